"""A case as it comes in: area, dates and answers, checked before anything rests on them.

An answer has four states. A *value*; *not known* (asked, and the person cannot say yet); *not
asked* (the question is not among the answers); *not applicable* (off the path: see
`engine.journey`). Neither "not known" nor "not asked" is ever read as "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from engine.ages import OLDEST
from engine.rulebook import Question, Rulebook

NOT_KNOWN = "not known"

Answer = str | int
Answers = Mapping[str, Answer]

NO_NAMES: Mapping[str, str] = MappingProxyType({})


class BadCase(Exception):
    """The case cannot be assessed. `where` is the key at fault; the message says what to do."""

    def __init__(self, message: str, where: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.where = where


@dataclass(frozen=True)
class Case:
    """What is known of one incident at one stage.

    `dates` maps events (`incident`, `awareness`, …) to days; `answers` maps question ids to
    answers.
    """

    stage: str
    area: str
    dates: Mapping[str, date] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)


def check_case(rulebook: Rulebook, case: Case, today: date) -> None:
    """Raises `BadCase` when the case names what is not there, or a day that cannot be."""
    if case.stage not in rulebook.stages:
        known = ", ".join(rulebook.stages)
        raise BadCase(f"'{case.stage}' is not a stage: use one of {known}", ("stage",))
    areas = tuple(overlay.area for overlay in rulebook.overlays)
    if case.area not in areas:
        raise BadCase(
            f"'{case.area}' is not an area that Waymark knows: use one of {', '.join(areas)} "
            "('none' applies the national rules alone)",
            ("area",),
        )
    check_dates(rulebook, case.dates, today)
    for question, answer in case.answers.items():
        check_answer(rulebook, question, answer)


def check_dates(rulebook: Rulebook, dates: Mapping[str, date], today: date) -> None:
    """Raises `BadCase` for an unknown event, a day to come, or awareness before the incident."""
    for event, day in dates.items():
        if event not in rulebook.event_dates:
            known = ", ".join(rulebook.event_dates)
            raise BadCase(f"'{event}' is not a date that a case has: use {known}", ("dates", event))
        found = rulebook.event_dates[event]
        if day > today and not found.planned:
            raise BadCase(
                f"“{found.label}” is {day}, which is still to come: give the day it happened",
                ("dates", event),
            )
    incident, awareness = dates.get("incident"), dates.get("awareness")
    if incident and awareness and awareness < incident:
        raise BadCase(
            f"the local authority cannot have become aware on {awareness}, before the incident "
            f"on {incident}: check both dates",
            ("dates", "awareness"),
        )


def check_answer(rulebook: Rulebook, question_id: str, answer: object) -> None:
    """Raises `BadCase` when the question does not exist or cannot be answered so."""
    where = ("answers", question_id)
    question = rulebook.questions.get(question_id)
    if question is None:
        raise BadCase(f"'{question_id}' is not a question that Waymark asks: check the name", where)
    if answer == NOT_KNOWN:
        return
    if question.kind == "age" and isinstance(answer, int) and not isinstance(answer, bool):
        if not 0 <= answer <= OLDEST:
            raise BadCase(
                f"'{question_id}' is {answer}: give completed years, from 0 to {OLDEST}", where
            )
        return
    values = (
        tuple(authority for authority, _ in rulebook.authorities)
        if question.kind == "authority"
        else tuple(option.value for option in question.options)
    )
    if answer not in values:
        raise BadCase(f"'{question_id}' cannot be '{answer}': {_wanted(question, values)}", where)


def offered(rulebook: Rulebook, question: str, answer: object) -> bool:
    """Whether the rules still ask a question, and take this answer to it: for what was kept."""
    try:
        check_answer(rulebook, question, answer)
    except BadCase:
        return False
    return True


def _wanted(question: Question, values: tuple[str, ...]) -> str:
    if question.kind == "authority":
        return f"give a council's id, such as {values[0]}" if values else "no councils are listed"
    choices = ", ".join((*values, NOT_KNOWN))
    if question.kind == "age":
        return f"give a whole number of completed years, or one of {choices}"
    return f"answer one of {choices}"


def in_words(question: Question, answer: Answer, names: Mapping[str, str] = NO_NAMES) -> str:
    """An answer in the words of its option.

    `names` has the words of values that are no option, such as an authority; an answer that has
    none stands as it is.
    """
    if answer == NOT_KNOWN:
        return "Not known yet"
    if isinstance(answer, int):
        return "Under 1" if answer == 0 else str(answer)
    for option in question.options:
        if option.value == answer:
            return option.text
    return names.get(answer, answer)
