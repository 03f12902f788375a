"""Claim 6: which edition governs is settled for every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.proof.claim import Claim
from engine.rulebook import Rulebook


def every_day_has_one_edition(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    """Claim 6: every day from the first edition to today has exactly one."""
    day = min(edition.in_force.start for edition in rulebook.editions)
    found = ""
    while day <= today and not found:
        governing = [edition.id for edition in rulebook.editions if edition.in_force.covers(day)]
        if len(governing) != 1:
            found = f"{day} has {', '.join(governing) or 'none'}"
        day += timedelta(days=1)
    title = "Every day has exactly one national edition"
    yield Claim("6 editions", title, "every day to today", not found, found)
