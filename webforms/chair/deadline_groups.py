"""The deadlines of a case, step by step: the reading taken, and the others beneath it, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.timetable import Standing
from rules.loader import rulebook
from webforms.chair.deadlines import Deadline
from webforms.chair.parts import PARTS
from webforms.chair.parts.opening import KEY_DATES


@dataclass(frozen=True)
class Group:
    """One step: the reading of its time limit that is taken, and the other readings."""

    taken: Deadline
    others: tuple[Deadline, ...]

    @property
    def all(self) -> tuple[Deadline, ...]:
        return (self.taken, *self.others)

    @property
    def first_due(self) -> date | None:
        """The day of the reading taken; while it has none, the earliest day of another one."""
        if self.taken.due is not None:
            return self.taken.due
        return min((each.due for each in self.others if each.due), default=None)

    @property
    def leads(self) -> Deadline:
        """The reading that gives the day to work to for now."""
        return next((each for each in self.all if each.due == self.first_due), self.taken)


def groups(deadlines: Iterable[Deadline]) -> tuple[Group, ...]:
    """Every deadline once, under the step that it belongs to; the earliest first."""
    steps: dict[tuple[str, str], list[Deadline]] = {}
    for each in deadlines:
        name = (each.what, "" if each.disputed else each.key)
        steps.setdefault(name, []).append(each)
    found = [_group(each) for each in steps.values()]
    return tuple(sorted(found, key=_order))


def _group(readings: list[Deadline]) -> Group:
    taken = next((each for each in readings if each.taken), readings[0])
    return Group(taken, tuple(each for each in readings if each is not taken))


def _order(group: Group) -> tuple[bool, date]:
    return (group.first_due is None, group.first_due or date.max)


def standing_words(each: Deadline) -> str:
    """How a deadline stands, in words, with its days."""
    days = abs(each.days or 0)
    match each.standing:
        case Standing.MET_EARLY:
            return f"Met, {_days(days)} early"
        case Standing.MET_LATE:
            return f"Late by {_days(days)}"
        case Standing.MET_ON_THE_DAY:
            return "Met on the last day"
        case Standing.RUNNING:
            return f"Running: {_days(days)} left"
        case Standing.DUE_TODAY:
            return "Due today"
        case Standing.OVERDUE:
            return f"Overdue by {_days(days)}"
        case Standing.PASSED:
            return "The day has passed. Whether it was met is not recorded"
        case Standing.CANNOT_BE_COUNTED:
            return "Cannot be counted"
        case _:
            return "No day yet"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


@dataclass(frozen=True)
class Missing:
    """The date from which a deadline counts, while it is not given, and the part that asks for it.

    `part` is empty where no form asks for it.
    """

    label: str
    part: str


def missing(each: Deadline) -> Missing | None:
    """The date that is missing, or None where none is."""
    if each.due is not None or each.problem or not each.starts_from:
        return None
    event = rulebook().event_dates[each.starts_from]
    return Missing(event.label, _part_that_asks(each.starts_from))


def _part_that_asks(event: str) -> str:
    """The form of all dates where it has this one, else the first form that asks for it."""
    asking = [
        part.id
        for part in (KEY_DATES, *PARTS.values())
        if not part.many and any(ask.event == event for ask in part.asks)
    ]
    return next(iter(asking), "")
