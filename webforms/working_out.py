"""What the rules say of a case or of a board: worked out once for the same facts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from flask import current_app

from engine.answers import Answer, Case
from engine.assessment import assess
from engine.results import Assessment
from rules.calendar import england
from rules.loader import rulebook


def assessed(case: Case) -> Assessment:
    """The assessment of a case. Raises `engine.answers.BadCase`.

    A disagreement between the evaluators is logged, without the answers.
    """
    found = _assessed(
        rulebook().version,
        case.stage,
        case.area,
        tuple(sorted(case.dates.items())),
        tuple(sorted(case.answers.items())),
    )
    if found.fault:
        current_app.logger.error("no recommendation (%s): %s", case.stage, found.fault)
    return found


@lru_cache(maxsize=2048)
def _assessed(
    _version: str,
    stage: str,
    area: str,
    dates: tuple[tuple[str, date], ...],
    answers: tuple[tuple[str, Answer], ...],
) -> Assessment:
    """The same facts under the same rules give the same assessment."""
    return assess(rulebook(), Case(stage, area, dict(dates), dict(answers)), england())


def forget() -> None:
    """Forgets what was worked out before, so that a measurement starts afresh."""
    _assessed.cache_clear()
