"""The record: everything that an assessment says, as one dictionary of final words, in order.

It holds an assessment and leaves room for the decision beside it: the tool advises, a person
decides. `pdf`, `word` and the page template `documents/record.html` read it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.results import Assessment, DecisionMap, Explanation
from webforms.documents import advice, reasons
from webforms.documents.blocks import Section, blank, facts, notice, paragraph, prose, section
from webforms.documents.words import DOUBTS, day, each_text, is_doubt, sentence, tidy

RUNNING_HEAD = "Waymark record: advice, not a decision"


def build(
    assessment: Assessment,
    explanation: Explanation,
    decision_map: DecisionMap,
    notes: str,
    made: datetime,
    reference: str = "",
    digest: str = "",
) -> dict[str, Any]:
    """The record as plain data. The same arguments give the same record, byte for byte."""
    sections = [
        _about(assessment, made, reference, digest),
        _warnings(assessment),
        advice.what_to_do(assessment),
        advice.disputed_readings(assessment),
        reasons.why(assessment, explanation),
        reasons.what_would_change_it(assessment, explanation),
        reasons.still_open(assessment),
        advice.beside_it(assessment),
        reasons.contradictions(assessment),
        reasons.answers(assessment),
        None if assessment.route is None else reasons.map_as_text(decision_map),
        reasons.rationale(assessment),
        _notes(notes),
        _decision(),
    ]
    record = {
        "title": f"Record of advice: {assessment.stage_title}",
        "language": "en-GB",
        "running_head": RUNNING_HEAD,
        "marking": "",
        "landscape": False,
        "reference": reference,
        "digest": digest,
        "made": made.isoformat(timespec="seconds"),
        "sections": [part for part in sections if part is not None],
    }
    tidied: dict[str, Any] = each_text(record, tidy)
    return tidied


def _about(assessment: Assessment, made: datetime, reference: str, digest: str) -> Section:
    doubt = DOUBTS.get(assessment.edition_status)
    rows = [
        ("Reference", reference),
        ("Question", assessment.stage_title),
        ("Made", f"{day(made.date())} at {made:%H:%M}"),
        *((f"Date of {event.replace('_', ' ')}", day(when)) for event, when in assessment.dates),
        ("National rules", f"{assessment.edition_title} ({doubt or 'its text was read'})"),
        ("Local procedure", assessment.overlay_title or "None"),
        ("Rules version", assessment.rules_version),
        ("Fingerprint (hash)", digest),
    ]
    return section(
        "about",
        "About this record",
        paragraph(
            "Waymark gives advice on the rules. It does not decide: a person does, with their "
            "own reasons, at the end of this record."
        ),
        facts([(label, value) for label, value in rows if value]),
    )


def _warnings(assessment: Assessment) -> Section | None:
    """The warnings; doubts about the text of the rules come before every other."""
    warnings = list(assessment.warnings)
    doubt = DOUBTS.get(assessment.edition_status)
    if doubt and not any(is_doubt(warning) for warning in warnings):
        warnings.append(
            f"{assessment.edition_title}: {doubt}. Its text was not read for these rules. "
            "Check it before you rely on this record."
        )
    warnings.sort(key=lambda warning: not is_doubt(warning))
    if not warnings:
        return None
    return section(
        "warnings", "Read this first", *(notice(sentence(warning)) for warning in warnings)
    )


def _notes(notes: str) -> Section:
    """The notes as they were written."""
    return section("notes", "Notes", *(prose(notes) or [paragraph("No notes were written.")]))


def _decision() -> Section:
    return section(
        "decision",
        "The decision",
        paragraph(
            "To be completed by the person who decides. It may differ from the advice; the "
            "reasons then matter all the more."
        ),
        blank("Decision", 3),
        blank("Reasons", 6),
        blank("Decision made by (role)", 1),
        blank("Date", 1),
    )
