"""The result of a check: one call to the engine, and the same as plain data to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from engine import explain, taken_way
from engine.assessment import assess
from engine.results import Assessment, DecisionMap, Explanation
from rules.calendar import england
from rules.loader import rulebook
from webforms.plain import plain
from webforms.referrer import check as checks
from webforms.referrer.progress import Progress
from webforms.store import canonical, sha256


@dataclass(frozen=True)
class Outcome:
    """An assessment with its reasons and its map; without a route, there are no reasons."""

    assessment: Assessment
    explanation: Explanation
    decision_map: DecisionMap


def work_out(at: Progress) -> Outcome:
    """Assesses the check. A disagreement between the evaluators is logged, without the answers."""
    assessment = assess(rulebook(), at.check.case(), england())
    if assessment.fault:
        current_app.logger.error(
            "no recommendation given: the evaluators disagree (stage %s, edition %s, overlay %s, "
            "rules %s): %s",
            assessment.stage,
            assessment.edition,
            assessment.overlay,
            assessment.rules_version,
            assessment.fault,
        )
    return Outcome(
        assessment,
        explain.explain(at.program, at.check.answers),
        taken_way.way_to_route(at.program, at.check.answers),
    )


def to_save(at: Progress, outcome: Outcome | None) -> dict[str, Any]:
    """What is kept of a check: the case, and the assessment once there is one."""
    return {
        "case": checks.to_keep(at.check),
        "assessment": plain(outcome.assessment) if outcome else None,
        "rules_version": rulebook().version,
    }


def digest(payload: Mapping[str, Any]) -> str:
    """The hash by which a record on paper can be compared with a saved one."""
    return sha256(canonical(payload))
