"""The decision record: what was known, what was weighed, what was advised, what was decided.

It is signed, so it is a pure function: the same case, accounts and time give the same record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webforms.chair.casefile import CaseFile
from webforms.chair.documents import afterwards, decided, known, weighed
from webforms.chair.documents.frame import DRAFT, MARKING, Making, Record, finished
from webforms.chair.words import area_name
from webforms.documents.blocks import Section, facts, notice, paragraph, section
from webforms.documents.words import capital, sentence

TITLE = "Record of the decision"
NOT_SIGNED = "This is a draft. Nobody has signed it, and it may still change."


def build(
    file: CaseFile,
    *,
    accounts: Mapping[int, str],
    made: datetime,
    version: int | None = None,
    signed_by: str = "",
    corrects: Mapping[str, Any] | None = None,
) -> Record:
    """The record as plain data. Without a version it is a draft, and says so on every page.

    The case must have been read with its chronology, which the record names.

    `corrects` names the signed version that this one corrects: its `version`, its `seal`, and
    `why` it is corrected.
    """
    making = Making(made, accounts)
    return finished(
        f"{TITLE}: {file.row.title}",
        running_head=TITLE if version else f"{TITLE}: draft",
        marking=MARKING if version else DRAFT,
        reference=file.reference,
        made=made,
        about=[
            ("Area", capital(area_name(file)) if file.area != "none" else ""),
            ("Version", "" if version else "A draft, not signed"),
            *known.in_force(file),
        ],
        sections=[
            _version(version, signed_by, corrects),
            _read_first(file, draft=version is None),
            decided.in_short(file),
            known.children(file),
            known.dates(file, making),
            known.referral(file),
            known.notification(file),
            known.meeting(file),
            known.agencies(file),
            known.chronology(file),
            known.safety(file),
            known.seen(file),
            known.answers(file, making),
            weighed.criteria(file, making),
            weighed.recommended(file),
            decided.recommendation(file),
            decided.decision(file),
            decided.panel_answer(file),
            decided.withdrawn(file),
            decided.parallel(file),
            decided.learning(file),
            *afterwards.review(file),
            *afterwards.publication(file),
            afterwards.actions(file),
            afterwards.timetable(file, making),
            weighed.contradictions(file),
        ],
    )


def _version(
    version: int | None, signed_by: str, corrects: Mapping[str, Any] | None
) -> Section | None:
    """What a reader must know of a corrected version; it is covered by the fingerprint."""
    if version is None:
        return None
    rows = [("Version", str(version)), ("Signed by", signed_by)]
    if corrects:
        rows += [
            ("Corrects", f"Version {corrects['version']}, which stays on record"),
            ("Its seal", str(corrects.get("seal", ""))),
            ("What was corrected, and why", str(corrects.get("why", ""))),
        ]
    return section(
        "version",
        "This version",
        facts([row for row in rows if row[1]]),
        paragraph("A signed version is never changed. A correction is a new version."),
    )


def _read_first(file: CaseFile, draft: bool) -> Section | None:
    notices = [*([NOT_SIGNED] if draft else []), *weighed.warnings(file)]
    if not notices:
        return None
    return section("warnings", "Read this first", *(notice(sentence(each)) for each in notices))
