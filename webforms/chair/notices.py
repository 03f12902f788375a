"""What a page of a stage has to say before anything else: dates that cannot be, and what stands
against what is written. Nothing is refused for it: people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webforms.chair import order_of_dates
from webforms.chair.casefile import CaseFile
from webforms.chair.contradicting import in_decision, in_panel_answer
from webforms.chair.parts import PARTS
from webforms.chair.people import process_title
from webforms.chair.words import of_darlington
from webforms.wording import first_lower

GOVERNANCE_AT_LEAST = 3  # Darlington, paragraph 13.3
COMMISSIONED = ("reviewer", "terms_of_reference", "governance_meeting")
CHECKS = ("knowledge", "research", "complexity", "hindsight", "communicates")


@dataclass(frozen=True)
class Notice:
    """A heading and what stands under it, line by line."""

    id: str
    heading: str
    lines: tuple[str, ...]


def about_dates(file: CaseFile, parts: Iterable[str] = tuple(PARTS)) -> list[Notice]:
    """The dates of some forms of which one must be wrong; of every form, where none is named."""
    found = order_of_dates.of_parts(file, parts)
    return [Notice("dates", "Dates that cannot both be right", tuple(found))] if found else []


def about_decision(file: CaseFile) -> list[Notice]:
    """What the decision and the record have to say first: answers that contradict, and dates."""
    lines = (*in_decision(file), *in_panel_answer(file))
    return [*about_contradictions(lines), *about_dates(file)]


def about_contradictions(lines: Sequence[str]) -> list[Notice]:
    heading = "Two answers that contradict each other"
    return [Notice("contradicts", heading, tuple(lines))] if lines else []


def of_stage(file: CaseFile, hub: str, parts: Iterable[str]) -> list[Notice]:
    """What the page of a stage says first."""
    found = about_dates(file, parts)
    if hub == "panel_answer":
        found = [*about_contradictions(in_panel_answer(file)), *found]
    if hub == "publication":
        found += _publication(file)
    if hub == "reviewing":
        found += _commissioning(file)
    if hub == "actions":
        found += _extensions(file)
    return found


def _publication(file: CaseFile) -> list[Notice]:
    """What publication waits for; that it was published all the same is said too."""
    waiting = []
    for process, entry in file.items("process").items():
        if entry.data.get("publication_waits") == "yes":
            until = entry.data.get("waits_until")
            waiting.append(process_title(file, process) + (f", until {until}" if until else ""))
    if not waiting:
        return []
    if file.one("publication").get("published") == "yes":
        heading = "It was published, although publication was to wait for this"
    else:
        heading = "Publication waits for this"
    return [Notice("waits", heading, tuple(waiting))]


def _commissioning(file: CaseFile) -> list[Notice]:
    reviewer, lines = file.one("reviewer"), []
    if reviewer.get("conflict") == "yes":
        lines.append("A conflict of interest of the reviewer, real or perceived, is written down.")
    lines += [
        f"Answered “No” of the reviewer: {first_lower(PARTS['reviewer'].ask(each).label)}"
        for each in CHECKS
        if reviewer.get(each) == "no"
    ]
    held = len(file.items("governance_meeting"))
    begun = any(file.entries.get(part) for part in COMMISSIONED)
    if of_darlington(file) and begun and held < GOVERNANCE_AT_LEAST:
        lines.append(
            f"Fewer than three governance meetings are written down: {held or 'none'} so far "
            "(Darlington, paragraph 13.3)."
        )
    return [Notice("commissioning", "To look at before going on", tuple(lines))] if lines else []


def _extensions(file: CaseFile) -> list[Notice]:
    """Extensions for which nobody asked who may: Darlington, paragraphs 13.4 and 21.2."""
    if not of_darlington(file):
        return []
    lines = tuple(
        f"{entry.data.get('what', '')} (the deadline first set still counts)"
        for entry in file.items("action").values()
        if entry.data.get("extended_to") and entry.data.get("extension_asked_by") != "chief_officer"
    )
    heading = "Extended without the Chief Officer’s request"
    why = "A deadline is moved only at the Chief Officer’s request (Darlington, paragraph 21.2)."
    return [Notice("extensions", heading, (*lines, why))] if lines else []
