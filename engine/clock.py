"""Clocks: from a start event and a number of units to a date.

A working day is not a Saturday, a Sunday or a bank holiday in England (Working Together 2023,
footnote 209). The day after the start event is day one. Months and years end on the same day of
the month, or on its last day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from engine.rulebook import Clock


class CalendarEnds(Exception):
    """A date lies outside the days for which bank holidays are known."""


@dataclass(frozen=True)
class WorkingDays:
    """The bank holidays from `first` to `last`, both included; outside them nothing is counted."""

    holidays: frozenset[date]
    first: date
    last: date

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a working day. Raises `CalendarEnds` outside the known days."""
        if not self.first <= day <= self.last:
            raise CalendarEnds(
                f"bank holidays are known from {self.first} to {self.last} only, so {day} cannot "
                "be counted: update the bank holidays or count by hand"
            )
        return day.weekday() < 5 and day not in self.holidays

    def after(self, start: date, days: int) -> date:
        """The working day that is number `days` after `start`, or before it when negative.

        The next (or the last) working day is number one; `start` itself never counts.
        """
        step = timedelta(days=1 if days > 0 else -1)
        day, left = start, abs(days)
        while left > 0:
            day += step
            left -= self.is_working_day(day)
        return day


def due(clock: Clock, start: date, working_days: WorkingDays) -> date:
    """The last day on which the clock is met; of an `after` clock, the day from which to act.

    Raises `CalendarEnds` as `WorkingDays` does.
    """
    try:
        return _due(clock, start, working_days)
    except (OverflowError, ValueError):
        raise CalendarEnds(f"no calendar goes so far from {start}: check the date") from None


def _due(clock: Clock, start: date, working_days: WorkingDays) -> date:
    count = -clock.within if clock.before else clock.within
    match clock.unit:
        case "working days":
            return working_days.after(start, count)
        case "calendar days":
            return start + timedelta(days=count)
        case "months":
            return months_after(start, count)
        case _:
            return months_after(start, 12 * count)


def months_after(start: date, months: int) -> date:
    """The same day of the month so many months on, or the last day of a shorter month.

    Raises `ValueError` where no calendar has such a day.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def words(clock: Clock, event: str) -> str:
    """The clock in words, such as "within 5 working days of the incident"."""
    unit = clock.unit if clock.within != 1 else clock.unit.removesuffix("s")
    if clock.before:
        return f"at least {clock.within} {unit} before {event}"
    if clock.after:
        have = "has" if clock.within == 1 else "have"
        return f"once {clock.within} {unit} {have} passed since {event}"
    return f"within {clock.within} {unit} of {event}"
