"""What is still missing before a meeting is finished, and before a record can be signed.

A reason is compulsory for each criterion and circumstance: the chair cannot finish without it.
"""

from __future__ import annotations

from dataclasses import dataclass

from webforms.chair import facts
from webforms.chair.cards import cards
from webforms.chair.casefile import CaseFile
from webforms.chair.order_of_dates import decided_before_the_incident
from webforms.chair.parts.deciding import WITHOUT_REVIEW
from webforms.chair.so_far import so_far
from webforms.chair.stages import decided_route
from webforms.chair.threshold import no_meeting
from webforms.wording import day


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: what, and the page on which it is written."""

    what: str
    page: str
    part: str = ""
    anchor: str = ""


def missing_in_meeting(file: CaseFile) -> tuple[Missing, ...]:
    """What the record of the meeting lacks: nothing where none is needed, and none is written."""
    if no_meeting(file):
        return ()
    said = so_far(file, file.today).one("meeting")
    old = not facts.problem(file) and facts.of_boards(file)
    view = "The meeting’s view" if old else "The rapid review panel’s view"
    found = [
        Missing(what, "chair.part", "meeting")
        for ask, what in (
            ("held_on", _which_day(file)),
            ("facts", "The facts of the incident"),
            ("safety", "What the children need now to be safe"),
        )
        if not said.get(ask)
    ]
    if not any(
        entry.data.get("attended") == "present" for entry in file.items("attendance").values()
    ):
        found.append(Missing("Who was present", "chair.items", "attendance"))
    found += [
        Missing(
            f"{view}, and its reason: {card.finding.sentence}",
            "chair.criteria",
            anchor=f"card-{card.id}",
        )
        for card in cards(file)
        if not (card.view and card.reason)
    ]
    return tuple(found)


def _which_day(file: CaseFile) -> str:
    """What is missing of the day of the meeting: one that is planned is not one that was held."""
    planned = file.day("meeting", "held_on")
    if planned is None or planned <= file.today:
        return "The date of the meeting"
    return f"The meeting itself: its date, {day(planned)}, is still to come"


def missing_in_decision(file: CaseFile) -> tuple[Missing, ...]:
    """What the decision lacks."""
    said, route = file.one("decision"), decided_route(file)
    wanted = [
        ("route", "What was decided"),
        ("decided_by", "Who decided, by role"),
        ("reasons", "The reasons for the decision"),
    ]
    if route in WITHOUT_REVIEW:
        wanted.append(("why_no_review", "Why there is no review"))
    found = [Missing(what, "chair.part", "decision") for ask, what in wanted if not said.get(ask)]
    if "decision" not in file.dates:
        found.append(Missing("The date of the decision", "chair.part", "decision"))
    if decided_before_the_incident(file):
        what = "A date of the decision that can be: it is dated before the incident"
        found.append(Missing(what, "chair.part", "decision"))
    if route == "more_needed":
        what = "A decision: “not decided yet” cannot be signed"
        found.append(Missing(what, "chair.part", "decision"))
    return tuple(found)


def missing(file: CaseFile) -> tuple[Missing, ...]:
    """Everything that is missing before the record can be signed."""
    if problem := facts.problem(file):
        return (Missing(f"Rules that can be applied: {problem}", "chair.part", "key_dates"),)
    return (*missing_in_meeting(file), *missing_in_decision(file))
