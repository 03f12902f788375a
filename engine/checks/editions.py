"""Every day has one edition, and what an edition carries forward is a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from engine.checks.places import Where, at
from engine.faults import Fault
from engine.rulebook import Rulebook


def carried_forward_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Editions that carry forward what is no source."""
    for edition in rulebook.editions:
        carried = edition.carries_forward
        if carried is not None and carried not in rulebook.sources:
            yield at(
                where("edition", edition.id),
                f"no source is called '{carried}': mend the name",
                "carries_forward",
            )


def edition_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Days with two editions, or with none between two."""
    ordered = sorted(rulebook.editions, key=lambda each: each.in_force.start)
    for before, after in pairwise(ordered):
        place = where("edition", after.id)
        if before.in_force.overlaps(after.in_force):
            yield at(
                place,
                f"'{after.id}' overlaps '{before.id}': every day has one edition, so end "
                f"'{before.id}' the day before",
                "from",
            )
        elif (
            before.in_force.until is not None
            and before.in_force.until + timedelta(days=1) != after.in_force.start
        ):
            yield at(
                place,
                f"no edition governs between '{before.id}' and '{after.id}': close the gap",
                "from",
            )
