"""The timetable: every deadline of an assessment's route and processes, and how each stands.

A deadline on its own day is met; the day after, it is late. A reading of a disputed clock is a
line of its own, so that nobody has to guess which date a colleague meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.expression import Status
from engine.results import Assessment, DeadlineGiven, StepGiven


class Standing(StrEnum):
    """How a deadline stands today."""

    NO_START = "start date not given"
    CANNOT_BE_COUNTED = "cannot be counted"
    MET_EARLY = "met"
    MET_ON_THE_DAY = "met on the last day"
    MET_LATE = "met late"
    RUNNING = "running"
    DUE_TODAY = "due today"
    OVERDUE = "overdue"
    PASSED = "the day has passed; whether it was met is not recorded"


@dataclass(frozen=True)
class Line:
    """One deadline: what, who, the clock in words, its days, and how it stands.

    `days` counts calendar days from today to the due day (negative when overdue), or from the day
    it was met to the due day (negative when late). `met_by` is the dated event that meets the
    clock, `taken` is False for the other readings of a disputed one, and `starts_from` is the dated
    event from which it counts.
    """

    step: str
    do: str
    who: str
    of: str
    words: str
    started: date | None
    due: date | None
    met: date | None
    standing: Standing
    days: int | None
    strength: str
    source: str
    disputed: bool
    problem: str = ""
    met_by: str | None = None
    taken: bool = True
    starts_from: str = ""
    expected: bool = False


def timetable(assessment: Assessment, dates: Mapping[str, date], today: date) -> tuple[Line, ...]:
    """Every deadline, the earliest first; those without a day come last."""
    lines: list[Line] = []
    steps: list[tuple[str, StepGiven]] = []
    if assessment.route is not None:
        steps += [(assessment.route.title, step) for step in assessment.route.steps]
    for process in assessment.processes:
        if process.status is not Status.ESTABLISHED:
            continue
        steps += [(process.title, step) for step in process.steps]
    for of, step in steps:
        lines += [_line(of, step, reading, dates, today) for reading in step.readings]
    return tuple(
        sorted(dict.fromkeys(lines), key=lambda each: (each.due is None, each.due or today))
    )


def _line(
    of: str, step: StepGiven, reading: DeadlineGiven, dates: Mapping[str, date], today: date
) -> Line:
    met = dates.get(reading.met_by) if reading.met_by else None
    if met is not None and met > today:
        # A day that is only planned has met nothing yet.
        met = None
    standing, days = _standing(reading, met, today)
    return Line(
        step=step.id,
        do=step.do,
        who=step.who,
        of=of,
        words=reading.words,
        started=reading.started,
        due=reading.due,
        met=met,
        standing=standing,
        days=days,
        strength=step.strength,
        source="; ".join(each.text for each in step.citations),
        disputed=len(step.readings) > 1,
        problem=reading.problem,
        met_by=reading.met_by,
        taken=reading is step.readings[0],
        starts_from=reading.event,
        expected=reading.expected,
    )


def _standing(reading: DeadlineGiven, met: date | None, today: date) -> tuple[Standing, int | None]:
    if reading.due is None:
        return (Standing.CANNOT_BE_COUNTED if reading.problem else Standing.NO_START), None
    stands, days = standing(reading.due, met, today)
    # Where no dated event can meet the clock, nobody has told us that it was missed; nor is another
    # late by a day that is counted from ours.
    unseen = stands is Standing.OVERDUE and not reading.met_by
    unseen |= reading.expected and stands in (Standing.OVERDUE, Standing.MET_LATE)
    return (Standing.PASSED if unseen else stands), days


def standing(due: date, met: date | None, today: date) -> tuple[Standing, int]:
    """How a day stands that was to be met: met on it is in time. The days are calendar days.

    They count from today to the due day (negative when overdue), or from the day on which it was
    met to the due day (negative when late).
    """
    if met is not None:
        days = (due - met).days
        if days == 0:
            return Standing.MET_ON_THE_DAY, 0
        return (Standing.MET_EARLY if days > 0 else Standing.MET_LATE), days
    days = (due - today).days
    if days == 0:
        return Standing.DUE_TODAY, 0
    return (Standing.RUNNING if days > 0 else Standing.OVERDUE), days
