"""What is still open in a case, for whoever is about to close it. Nothing is refused for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webforms.chair import duties
from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import decision_changed, is_signed
from webforms.chair.deadline_groups import standing_words
from webforms.chair.deadlines import deadlines
from webforms.chair.notices import Notice
from webforms.chair.so_far import so_far
from webforms.chair.threshold import no_rapid_review
from webforms.wording import day, first_upper, number


def still_open(file: CaseFile, today: date) -> list[Notice]:
    """What to look at before the case is closed; nothing where nothing is open."""
    file = so_far(file, today)
    lines = (*_duty(file), *_decision(file), *_actions(file), *_overdue(file, today))
    return [Notice("open", "Still open in this case", lines)] if lines else []


def _duty(file: CaseFile) -> Iterator[str]:
    if duties.notifying_denied(file):
        yield f"A duty to notify stands that {duties.denial(file)} does not remove."


def _decision(file: CaseFile) -> Iterator[str]:
    if decision_changed(file):
        yield "The decision was changed after it was signed."
    elif not is_signed(file) and file.one("decision"):
        yield "The record of the decision is not signed."
    elif not is_signed(file) and not no_rapid_review(file) and not _said_not_needed(file):
        yield "No decision is written down."


def _said_not_needed(file: CaseFile) -> bool:
    return file.one("stage", "decision").get("state") == "not_needed"


def _actions(file: CaseFile) -> Iterator[str]:
    left = sum(not each.data.get("done_on") for each in file.items("action").values())
    if left:
        yield (
            "1 action is not done."
            if left == 1
            else (f"{first_upper(number(left))} actions are not done.")
        )


def _overdue(file: CaseFile, today: date) -> Iterator[str]:
    """Each deadline that has passed, once, the oldest first."""
    lines = [
        f"{each.what.rstrip('.')} (due on {day(each.due)}). {standing_words(each)}."
        for each in deadlines(file, today)
        if each.overdue and each.due
    ]
    yield from dict.fromkeys(lines)
