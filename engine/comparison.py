"""What is compared: two editions, or two areas, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.difference import Difference, differences
from engine.edition import program_on
from engine.rulebook import Edition, Overlay, Rulebook


class NothingToCompare(Exception):
    """The names cannot be compared; the message says which can."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: an area under the law of a day."""

    name: str
    area: str
    day: date


def compared(rulebook: Rulebook, first: str, second: str) -> tuple[Side, Side]:
    """The two sides that two names mean.

    Editions are compared as they stood where one gave way to the next: the older on its last day,
    the newer on its first. Areas are compared on the first day on which both procedures are in
    force, and with the national rules alone on the first day of the other. Raises
    `NothingToCompare`.
    """
    editions = _edition(rulebook, first), _edition(rulebook, second)
    if editions[0] and editions[1]:
        old, new = sorted((editions[0], editions[1]), key=lambda each: each.in_force.start)
        last = old.in_force.start if old == new else old.in_force.until or old.in_force.start
        return Side(old.title, "none", last), Side(new.title, "none", new.in_force.start)
    overlays = _overlay(rulebook, first), _overlay(rulebook, second)
    if overlays[0] and overlays[1]:
        a, b = overlays[0], overlays[1]
        # The national rules alone are of every day.
        local = [each for each in (a, b) if each.area != "none"] or [a]
        day = max(each.in_force.start for each in local)
        if not all(each.in_force.covers(day) for each in local):
            raise NothingToCompare(f"'{first}' and '{second}' were never in force together")
        return Side(a.title, a.area, day), Side(b.title, b.area, day)
    wrong = first if not (editions[0] or overlays[0]) else second
    known = [each.id for each in rulebook.editions] + [each.id for each in rulebook.overlays]
    raise NothingToCompare(
        f"'{wrong}' cannot be compared here: name two editions or two areas of {', '.join(known)}"
    )


def _edition(rulebook: Rulebook, name: str) -> Edition | None:
    return next(
        (each for each in rulebook.editions if name in (each.id, each.id.rsplit("-", 1)[-1])), None
    )


def _overlay(rulebook: Rulebook, name: str) -> Overlay | None:
    return next((each for each in rulebook.overlays if name in (each.id, each.area)), None)


def all_differences(rulebook: Rulebook, first: Side, second: Side) -> tuple[Difference, ...]:
    """The differences between two sides, stage by stage."""
    return tuple(
        difference
        for stage in rulebook.stages
        for difference in differences(
            program_on(rulebook, stage, first.area, first.day),
            program_on(rulebook, stage, second.area, second.day),
        )
    )
