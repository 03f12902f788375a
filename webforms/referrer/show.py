"""What pages show of a check: rows, progress and reasons, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from engine.answers import NOT_KNOWN, BadCase, Case, check_dates
from engine.edition import program_for
from rules.loader import rulebook
from webforms import visits
from webforms.asking import NOT_KNOWN_YET
from webforms.referrer.check import Check
from webforms.referrer.progress import Progress
from webforms.shared_forms import areas_of
from webforms.wording import day, first_lower, number

Row = dict[str, Any]


def progress(at: Progress, question: str) -> str:
    """How far it is, in words. The number never grows from one answer to the next."""
    if question != at.trip.next:
        return "You are changing an answer"
    left = len(at.trip.open)
    if left == 1:
        return "This is the last question that can matter"
    return f"At most {number(left)} questions left, including this one"


def problem_with_dates(check: Check, dates: dict[str, date | None], today: date) -> BadCase | None:
    """What the engine has to say against the dates, if anything."""
    given = {event: each for event, each in dates.items() if each is not None}
    try:
        check_dates(rulebook(), given, today)
        program_for(rulebook(), Case(check.stage, check.area, given))
    except BadCase as problem:
        return problem
    return None


def _row(key: str, value: str, href: str = "", changes: str = "") -> Row:
    row: Row = {"key": {"text": key}, "value": {"text": value}}
    if href:
        change = {"href": href, "text": "Change", "visuallyHiddenText": changes or first_lower(key)}
        row["actions"] = {"items": [change]}
    return row


def change_link(endpoint: str, **values: str) -> str:
    """The address of a page for someone who comes from the answers and goes back to them."""
    arguments: dict[str, Any] = {**values, "from": "answers"}
    return url_for(endpoint, **arguments)


def start_rows(at: Progress) -> list[Row]:
    """What is checked, where, and the dates."""
    check, stage = at.check, at.program.stage
    start = change_link("referrer.start")
    dates = change_link("referrer.dates")
    rows = [
        _row("What is checked", stage.ask, start, "what is checked"),
        _row("Area", dict(areas_of(rulebook()))[check.area], start),
    ]
    for event in stage.dates:
        given = check.dates[event]
        label = rulebook().event_dates[event].label
        rows.append(_row(label, day(given) if given else NOT_KNOWN_YET, dates))
    return rows


def answer_rows(at: Progress) -> list[Row]:
    """The answers on the path, in the order of asking."""
    return [
        _row(
            at.program.question(each).label,
            answer_words(at, each),
            change_link("referrer.question", question_id=each),
        )
        for each in at.trip.path
    ]


def set_aside_rows(at: Progress) -> list[Row]:
    """The answers off the path, in the order of asking; what stands beneath one is told with it."""
    told_beneath = {
        detail.id
        for parent in at.trip.set_aside
        for detail in at.details(parent)
        if at.check.answers[parent] == detail.detail_when
    }
    order = [*at.program.stage.questions, *at.trip.set_aside]
    return [
        _row(rulebook().questions[each].label, answer_words(at, each))
        for each in dict.fromkeys(order)
        if each in at.trip.set_aside and each not in told_beneath
    ]


def answer_words(at: Progress, question: str) -> str:
    """An answer in the words of its option, with what was said beneath it."""
    answer = at.check.answers[question]
    words = _words(at, question)
    for detail in at.details(question):
        if answer == detail.detail_when and detail.id in at.check.answers:
            words += f" ({first_lower(detail.label)}: {_words(at, detail.id)})"
    return words


def _words(at: Progress, question: str) -> str:
    answer = at.check.answers[question]
    if answer == NOT_KNOWN:
        return NOT_KNOWN_YET
    for asked in at.program.asked:
        if asked.question.id == question:
            return asked.words_of(answer)
    options = {option.value: option.text for option in rulebook().questions[question].options}
    return (options | dict(rulebook().authorities)).get(str(answer), str(answer))


@dataclass(frozen=True)
class SavedThen:
    """What was saved of this check, where it differs from what there is now."""

    made: datetime
    route: str
    rules_changed: bool


def saved_then(at: Progress) -> SavedThen | None:
    """The check as it was saved, for a visitor who came back to it or saved it earlier."""
    saved = visits.store().saved(at.check.saved) if at.check.saved else None
    if saved is None:
        return None
    route = (saved.payload.get("assessment") or {}).get("route") or {}
    return SavedThen(
        made=saved.made,
        route=route.get("title", ""),
        rules_changed=saved.rules_version != rulebook().version,
    )
