"""Signing: a record of a decision is fixed with the facts and the rules by which it was made.

A signed record is never changed. A correction is a new version that names the one it corrects and
says what was wrong. The rules themselves are kept with it, so that it can be worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.loader import rulebook
from webforms.chair import facts, recommending, stages
from webforms.chair.casefile import CaseFile
from webforms.chair.documents import decision_record
from webforms.plain import plain
from webforms.store import Signed

# What 1 and 2 say of a decision beside the rules: see `recommending.agreement_of`.
FORMAT = 3


def inputs(file: CaseFile) -> dict[str, Any]:
    """What the rules were given."""
    return {
        "area": file.area,
        "dates": {event: day.isoformat() for event, day in facts.dates_of(file).items()},
        "answers": facts.answers_of(file),
    }


def record_of(
    file: CaseFile,
    *,
    accounts: Mapping[int, str],
    signed_by: str,
    made: datetime,
    version: int,
    corrects: Signed | None,
    correction: str,
) -> dict[str, Any]:
    """What is signed: the facts, the assessment of every stage, and the document in words."""
    corrected = (
        {"version": corrects.version, "seal": corrects.commitment, "why": correction}
        if corrects
        else None
    )
    route = recommending.recommended(file)
    return {
        "format": FORMAT,
        "reference": file.reference,
        "version": version,
        "corrects": corrected,
        "signed_by": signed_by,
        "made": made.isoformat(timespec="seconds"),
        "rules_version": rulebook().version,
        "recommended": route,
        "agreement": recommending.agreement(route, stages.decided_route(file)).value,
        "inputs": inputs(file),
        "assessments": {stage: plain(facts.assessed(file, stage)) for stage in facts.STAGES},
        "document": decision_record.build(
            file,
            accounts=accounts,
            made=made,
            version=version,
            signed_by=signed_by,
            corrects=corrected,
        ),
    }
