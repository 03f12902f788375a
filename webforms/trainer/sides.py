"""A case placed under another edition, or in another area: one side of a comparison.

Pure: the rulebook and the calendar come in, and the side goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine.answers import BadCase, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.edition import edition_on, given_day, governing_day, program_on
from engine.program import Program
from engine.results import Assessment
from engine.rulebook import Rulebook


@dataclass(frozen=True)
class Side:
    """One side: the facts as they are taken there, the rules, and what they say.

    `day` is the day that picks the rules. `moved_by` counts the days by which the dates of the
    case were moved to come under them; 0 where they stand as they are.
    """

    case: Case
    program: Program
    assessment: Assessment
    day: date
    moved_by: int

    @property
    def name(self) -> str:
        """The side in a few words: its edition and its area."""
        area = dict(self.program.overlay.words).get("area", "")
        where = area if self.case.area != "none" else "national rules alone"
        return f"{self.program.edition.title}, {where}" if where else self.program.edition.title


def side(
    rulebook: Rulebook,
    case: Case,
    working_days: WorkingDays,
    *,
    under: str = "",
    area: str = "",
    today: date,
) -> Side:
    """The case under an edition (its id, or a day as 2024-09-30) and in an area.

    Where either is empty, it stays as in the case. Raises `BadCase` for what is not there.
    """
    if area and area not in {each.area for each in rulebook.overlays}:
        raise BadCase(f"'{area}' is not an area that Waymark knows", ("area",))
    placed = replace(case, area=area or case.area)
    stage = rulebook.stages[placed.stage]
    old = given_day(rulebook, stage, placed)
    day = _day(rulebook, placed, under, old, today) if under else old
    placed = moved(rulebook, placed, (day - old).days)
    if under and not any(event in placed.dates for event in stage.edition_by):
        # A case without a date has the newest rules; to come under others it needs one.
        placed = replace(placed, dates={**placed.dates, stage.edition_by[0]: day})
    governing = governing_day(rulebook, stage, placed)
    return Side(
        case=placed,
        program=program_on(rulebook, stage.id, placed.area, governing),
        assessment=assess(rulebook, placed, working_days),
        day=day,
        moved_by=(day - old).days,
    )


def _day(rulebook: Rulebook, case: Case, under: str, old: date, today: date) -> date:
    """The day on which the edition is met: the case's own where that will do."""
    editions = {each.id: each for each in rulebook.editions}
    if under in editions:
        return day_under(rulebook, case, under, old, today)
    try:
        day = date.fromisoformat(under)
    except ValueError:
        raise BadCase(
            f"'{under}' is neither an edition nor a day: write a day as 2024-09-30", ("under",)
        ) from None
    edition_on(rulebook, day)
    return day


def day_under(rulebook: Rulebook, case: Case, edition: str, old: date, today: date) -> date:
    """A day on which the edition governs the case: of the same time of year, where there is one.

    While two editions overlap (an area had not changed over yet), only a day counts on which the
    case, moved there, is decided under this one.
    """
    period = next(each.in_force for each in rulebook.editions if each.id == edition)
    last = min(period.until or today, max(today, period.start))
    same_time_of_year = (_in_year(old, year) for year in range(period.start.year, last.year + 1))
    days = (period.start + timedelta(days=n) for n in range((last - period.start).days + 1))
    for day in (old, *same_time_of_year, *days):
        if period.start <= day <= last and _governs(rulebook, case, edition, day, old):
            return day
    raise BadCase(f"'{edition}' governs no day of this stage in this area", ("under",))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        # The last day of February, in a year that has no 29th.
        return date(year, 2, 28)


def _governs(rulebook: Rulebook, case: Case, edition: str, day: date, old: date) -> bool:
    stage = rulebook.stages[case.stage]
    there = moved(rulebook, case, (day - old).days)
    if not any(event in there.dates for event in stage.edition_by):
        there = replace(there, dates={**there.dates, stage.edition_by[0]: day})
    return edition_on(rulebook, governing_day(rulebook, stage, there)).id == edition


def moved(rulebook: Rulebook, case: Case, days: int) -> Case:
    """The case with all its dates moved alike, so that the time between them stays as it was.

    The day on which an area changed over is a fact of the area and stays where it is.
    """
    fixed = {each.lingers.changed for each in rulebook.editions if each.lingers}
    dates = {
        event: day if event in fixed else day + timedelta(days=days)
        for event, day in case.dates.items()
    }
    return replace(case, dates=dates)
