"""What followed: the review, its publication, the actions, and how each deadline stands."""

from __future__ import annotations

from engine.timetable import Standing
from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import Deadline, deadlines
from webforms.chair.documents.frame import Making
from webforms.chair.documents.said import in_words, rows, told
from webforms.chair.words import of_darlington
from webforms.documents.blocks import (
    Block,
    Section,
    cell,
    facts,
    listing,
    paragraph,
    section,
    subheading,
    table,
)
from webforms.documents.words import capital, day, sentence

OF_REVIEW = (
    ("method", "The method"),
    ("reviewer", "The reviewer"),
    ("terms_of_reference", "Terms of reference"),
)
MORE_THAN_ONE_READING = "This time limit can be read in more than one way."


def review(file: CaseFile) -> list[Section | None]:
    """How a review was set up: method, reviewer, terms of reference, governance meetings."""
    found: list[Section | None] = []
    for part, heading in OF_REVIEW:
        blocks = told(file, part)
        found.append(section(part, heading, *blocks) if any(blocks) else None)
    blocks = []
    for item in file.items("governance_meeting"):
        when = in_words(file, "governance_meeting", "held_on", item)
        said = rows(file, "governance_meeting", item, only=("settled", "present"))
        blocks += [subheading(when or "A day that is not given"), facts(said)]
    found.append(section("governance", "Governance meetings", *blocks) if blocks else None)
    return found


def publication(file: CaseFile) -> list[Section | None]:
    found: list[Section | None] = []
    for part, heading in (("delay", "Delay"), ("publication", "Publication")):
        blocks = told(file, part)
        found.append(section(part, heading, *blocks) if any(blocks) else None)
    return found


def actions(file: CaseFile) -> Section | None:
    listed = table(
        "Actions",
        (("What", 38), ("Who", 20), ("By when", 20), ("How it stands", 22)),
        [
            [
                cell(str(entry.data.get("what", ""))),
                cell(str(entry.data.get("owner", ""))),
                cell(in_words(file, "action", "due", item), *_extended(file, item)),
                cell(_done(file, item), str(entry.data.get("result", ""))),
            ]
            for item, entry in file.items("action").items()
        ],
    )
    return section("actions", "Actions", listed) if listed else None


def _extended(file: CaseFile, item: str) -> list[str]:
    until = in_words(file, "action", "extended_to", item)
    if not until:
        return []
    if not of_darlington(file):
        return [f"Extended to {until}"]
    asked = file.one("action", item).get("extension_asked_by") == "chief_officer"
    return [
        f"Extended to {until}, at the Chief Officer’s request"
        if asked
        else f"Extension to {until} noted; not at the Chief Officer’s request"
    ]


def _done(file: CaseFile, item: str) -> str:
    done = in_words(file, "action", "done_on", item)
    return f"Done on {done}" if done else "Not done yet"


def timetable(file: CaseFile, making: Making) -> Section | None:
    """Every deadline and how it stood on the day on which the document was made."""
    found = [each for each in deadlines(file, making.today) if each.taken]
    counted = [each for each in found if each.due is not None]
    waiting = [each for each in found if each.due is None]
    if not found:
        return None
    listed = table(
        "Deadlines, the earliest first",
        (("What", 36), ("Who", 17), ("By when", 28), ("How it stands", 19)),
        [_line(each) for each in counted],
    )
    rest: list[Block | None] = [
        subheading("Without a date so far") if waiting else None,
        listing([(each.what, (sentence(_why(each)),)) for each in waiting]),
    ]
    stood = paragraph(f"As they stood on {day(making.today)}.")
    return section("deadlines", "Deadlines", stood, listed, *rest)


def _why(each: Deadline) -> str:
    return f"{each.words}: {each.problem or each.standing.value}"


def _line(each: Deadline) -> list[dict[str, object]]:
    assert each.due is not None
    source = f"Source: {each.source}" if each.source else ""
    return [
        cell(each.what, f"Strength: {each.strength}" if each.strength else "", source),
        cell(each.who),
        cell(day(each.due), each.words, MORE_THAN_ONE_READING if each.disputed else ""),
        cell(standing(each)),
    ]


def standing(each: Deadline) -> str:
    """How a deadline stands, in words, with the day on which it was met."""
    said = capital(each.standing.value)
    if each.standing is Standing.MET_LATE:
        said = f"Late by {_days(each)}"
    if each.standing is Standing.OVERDUE:
        said += f" by {_days(each)}"
    return f"{said}: {day(each.met)}" if each.met else said


def _days(each: Deadline) -> str:
    count = abs(each.days or 0)
    return "1 day" if count == 1 else f"{count} days"
