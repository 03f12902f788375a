"""Deadlines: the day after the event is day one, and no weekend or bank holiday is counted."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import Case
from engine.assessment import assess
from engine.clock import CalendarEnds, WorkingDays, due, months_after, words
from engine.rulebook import Clock, Rulebook
from rules.calendar import england
from rules.loader import rulebook as shipped

FIVE = Clock(5, "working days", "awareness")


def day(text: str) -> date:
    return date.fromisoformat(text)


def shipped_clocks() -> list[Clock]:
    """Every clock that a rule file names, national or local."""
    rules = shipped()
    steps = [step for route in rules.routes for step in route.steps]
    steps += [step for stage in rules.stages.values() for step in stage.steps_for_every_route]
    steps += [step for process in rules.processes for step in process.steps]
    for overlay in rules.overlays:
        steps += [placement.step for placement in overlay.placements]
        steps += [step for process in overlay.processes for step in process.steps]
    return sorted(
        {Clock(each.within, each.unit, "incident") for step in steps for each in step.clocks},
        key=lambda each: (each.unit, each.within),
    )


def test_the_day_after_is_day_one(working_days: WorkingDays) -> None:
    # Monday to Tuesday.
    assert due(Clock(1, "working days", "awareness"), day("2024-02-05"), working_days) == day(
        "2024-02-06"
    )


@pytest.mark.parametrize(
    ("within", "last"),
    [(4, "2024-02-09"), (5, "2024-02-12"), (6, "2024-02-13")],
    ids=["one day fewer", "the five days of the guidance", "one day more"],
)
def test_a_weekend_is_not_counted(within: int, last: str, working_days: WorkingDays) -> None:
    monday = day("2024-02-05")
    assert due(Clock(within, "working days", "awareness"), monday, working_days) == day(last)


@pytest.mark.parametrize(
    ("aware", "last", "why"),
    [
        ("2024-02-02", "2024-02-09", "aware on a Friday"),
        ("2024-02-03", "2024-02-09", "aware on a Saturday"),
        ("2024-02-04", "2024-02-09", "aware on a Sunday"),
        ("2024-12-20", "2024-12-31", "Christmas Day and Boxing Day fall between"),
        ("2024-12-24", "2025-01-03", "Christmas, Boxing Day and New Year fall between"),
        ("2024-12-25", "2025-01-03", "aware on Christmas Day"),
        ("2021-12-24", "2022-01-05", "Christmas and New Year are kept on later days"),
        ("2022-12-23", "2023-01-04", "Christmas is kept on the Tuesday, New Year on the Monday"),
        ("2024-03-27", "2024-04-05", "Good Friday and Easter Monday fall between"),
        ("2024-03-28", "2024-04-08", "aware on Maundy Thursday"),
        ("2020-05-04", "2020-05-12", "the bank holiday of May is moved to Friday the 8th"),
        ("2020-05-01", "2020-05-11", "Monday 4 May 2020 is an ordinary Monday, the 8th is not"),
        ("2022-05-27", "2022-06-07", "the Jubilee: 2 and 3 June, and 30 May is counted"),
        ("2022-09-16", "2022-09-26", "the State Funeral of 19 September 2022"),
        ("2023-05-05", "2023-05-15", "the Coronation on 8 May 2023"),
        ("2023-04-28", "2023-05-09", "both bank holidays of the first weeks of May 2023"),
        ("2024-08-23", "2024-09-02", "the bank holiday of August"),
    ],
)
def test_a_bank_holiday_is_not_counted(
    aware: str, last: str, why: str, working_days: WorkingDays
) -> None:
    assert due(FIVE, day(aware), working_days) == day(last), why


@pytest.mark.parametrize(
    ("holiday", "instead_of"),
    [
        ("2020-05-08", "2020-05-04"),
        ("2022-06-02", "2022-05-30"),
        ("2022-06-03", None),
        ("2022-09-19", None),
        ("2023-05-08", None),
    ],
)
def test_one_off_bank_holidays_are_known(
    holiday: str, instead_of: str | None, working_days: WorkingDays
) -> None:
    assert not working_days.is_working_day(day(holiday))
    if instead_of:
        assert working_days.is_working_day(day(instead_of))


def test_the_holidays_of_scotland_are_working_days_in_england(working_days: WorkingDays) -> None:
    assert working_days.is_working_day(day("2024-01-02"))
    assert working_days.is_working_day(day("2023-11-30"))
    assert not working_days.is_working_day(day("2024-04-01"))


starts = st.dates(date(2012, 1, 1), date(2028, 9, 1))


@given(start=starts, within=st.integers(1, 60))
def test_exactly_that_many_working_days_lie_between(start: date, within: int) -> None:
    calendar = england()
    counted = [
        start + timedelta(days=number)
        for number in range(1, 2 * within + 30)
        if calendar.is_working_day(start + timedelta(days=number))
    ]
    assert due(Clock(within, "working days", "x"), start, calendar) == counted[within - 1]


@lru_cache(maxsize=1)
def every_working_day() -> list[date]:
    """Each working day that the calendar knows, found by looking at every day."""
    calendar = england()
    days = (calendar.last - calendar.first).days + 1
    every = [calendar.first + timedelta(days=number) for number in range(days)]
    return [each for each in every if each.weekday() < 5 and each not in calendar.holidays]


@pytest.mark.parametrize("clock", shipped_clocks(), ids=lambda each: f"{each.within} {each.unit}")
@given(start=starts)
def test_every_number_of_the_rules_is_met_a_day_before_and_missed_a_day_after(
    clock: Clock, start: date
) -> None:
    calendar = england()
    last = due(clock, start, calendar)
    fewer = due(Clock(clock.within - 1, clock.unit, clock.of), start, calendar)
    more = due(Clock(clock.within + 1, clock.unit, clock.of), start, calendar)
    assert start <= fewer < last < more
    if clock.unit == "working days":
        working = every_working_day()
        first = bisect_right(working, start)
        assert working[first : first + clock.within + 1][-2:] == [last, more]
    if clock.unit == "calendar days":
        assert (last - start).days == clock.within


def test_the_rules_name_clocks_of_days_and_months() -> None:
    named = {(each.within, each.unit) for each in shipped_clocks()}
    assert {(each, "working days") for each in (1, 5, 7, 10, 15)} <= named
    assert {(1, "months"), (3, "months"), (6, "months")} <= named


def test_past_the_last_known_holiday_nothing_is_counted(working_days: WorkingDays) -> None:
    assert working_days.last == day("2028-12-26")
    last_counted = day("2028-12-22")
    assert due(FIVE, day("2028-12-15"), working_days) == last_counted
    with pytest.raises(CalendarEnds, match="known from 2012-01-01 to 2028-12-26 only"):
        due(FIVE, day("2028-12-18"), working_days)


def test_before_the_first_known_year_nothing_is_counted(working_days: WorkingDays) -> None:
    assert due(FIVE, day("2011-12-31"), working_days) == day("2012-01-09")
    with pytest.raises(CalendarEnds):
        due(FIVE, day("2011-12-30"), working_days)


def test_where_the_calendar_ends_the_reason_is_shown_instead_of_a_date(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    case = Case(
        "notify",
        "none",
        {"awareness": day("2028-12-20")},
        {"what_happened": "died", "abuse_or_neglect": "known", "age_of_person": 3}
        | {"link_to_abuse_or_neglect": "cause", "where_it_happened": "in_area"},
    )
    result = assess(rulebook, case, working_days)
    assert result.route is not None
    step = next(each for each in result.route.steps if each.id == "notify_in_five_working_days")
    assert step.due is None
    assert step.by.startswith("within 5 working days of the local authority becoming aware")
    assert "update the bank holidays or count by hand" in step.readings[0].problem


# Clocks that run back


SEVEN_BEFORE = Clock(7, "working days", "publication", before=True)


@pytest.mark.parametrize(
    ("published", "last", "why"),
    [
        ("2024-02-15", "2024-02-06", "no holiday between"),
        ("2024-02-12", "2024-02-01", "published on a Monday"),
        ("2024-02-11", "2024-02-01", "published on a Sunday: the Friday before is day one"),
        ("2024-02-10", "2024-02-01", "published on a Saturday"),
        ("2024-04-10", "2024-03-28", "Good Friday and Easter Monday fall between"),
        ("2024-04-02", "2024-03-20", "published on the Tuesday after Easter"),
        ("2024-04-01", "2024-03-20", "published on Easter Monday itself"),
        ("2025-01-02", "2024-12-19", "Christmas, Boxing Day and New Year fall between"),
        ("2024-12-27", "2024-12-16", "Christmas and Boxing Day fall between"),
        ("2022-01-05", "2021-12-22", "Christmas and New Year were kept on later days"),
        ("2022-09-26", "2022-09-14", "the State Funeral of 19 September 2022"),
    ],
)
def test_working_days_before_publication_leave_out_weekends_and_holidays(
    published: str, last: str, why: str, working_days: WorkingDays
) -> None:
    assert due(SEVEN_BEFORE, day(published), working_days) == day(last), why


@given(published=st.dates(date(2012, 6, 1), date(2028, 9, 1)), within=st.integers(1, 60))
def test_exactly_that_many_working_days_lie_before(published: date, within: int) -> None:
    calendar = england()
    last = due(Clock(within, "working days", "x", before=True), published, calendar)
    assert calendar.is_working_day(last)
    between = [last + timedelta(days=number) for number in range(1, (published - last).days)]
    assert sum(calendar.is_working_day(each) for each in between) == within - 1


@given(start=starts, within=st.integers(1, 60))
def test_running_back_from_a_working_day_undoes_running_on(start: date, within: int) -> None:
    calendar = england()
    if calendar.is_working_day(start):
        on = due(Clock(within, "working days", "x"), start, calendar)
        assert due(Clock(within, "working days", "x", before=True), on, calendar) == start


@pytest.mark.parametrize(
    ("clock", "event", "last"),
    [
        (Clock(1, "months", "x", before=True), "2024-03-31", "2024-02-29"),
        (Clock(6, "months", "x", before=True), "2024-08-31", "2024-02-29"),
        (Clock(1, "months", "x", before=True), "2024-01-15", "2023-12-15"),
        (Clock(1, "years", "x", before=True), "2024-02-29", "2023-02-28"),
        (Clock(10, "calendar days", "x", before=True), "2024-01-05", "2023-12-26"),
    ],
)
def test_months_years_and_days_run_back_too(
    clock: Clock, event: str, last: str, working_days: WorkingDays
) -> None:
    assert due(clock, day(event), working_days) == day(last)


def test_running_back_over_the_beginning_of_the_calendar_is_refused(
    working_days: WorkingDays,
) -> None:
    assert due(SEVEN_BEFORE, day("2012-01-12"), working_days) == day("2012-01-03")
    with pytest.raises(CalendarEnds):
        due(SEVEN_BEFORE, day("2012-01-11"), working_days)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2024-01-28", 1, "2024-02-28"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-11-30", 1, "2024-12-30"),
        ("2024-12-31", 1, "2025-01-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-05-31", 0, "2024-05-31"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, months: int, last: str) -> None:
    assert months_after(day(start), months) == day(last)


@given(start=starts, months=st.integers(0, 60))
def test_months_end_in_the_month_so_many_on(start: date, months: int) -> None:
    last = months_after(start, months)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day == start.day or (last + timedelta(days=1)).day == 1


def test_a_year_is_twelve_months(working_days: WorkingDays) -> None:
    assert due(Clock(1, "years", "x"), day("2024-02-29"), working_days) == day("2025-02-28")
    assert due(Clock(2, "years", "x"), day("2023-12-15"), working_days) == day("2025-12-15")


def test_calendar_days_are_all_counted(working_days: WorkingDays) -> None:
    assert due(Clock(14, "calendar days", "x"), day("2024-12-20"), working_days) == day(
        "2025-01-03"
    )


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (Clock(5, "working days", "x"), "within 5 working days of the incident"),
        (Clock(1, "working days", "x"), "within 1 working day of the incident"),
        (Clock(1, "months", "x"), "within 1 month of the incident"),
        (Clock(2, "years", "x"), "within 2 years of the incident"),
        (Clock(7, "working days", "x", before=True), "at least 7 working days before the incident"),
        (Clock(1, "months", "x", before=True), "at least 1 month before the incident"),
        (Clock(3, "months", "x", after=True), "once 3 months have passed since the incident"),
        (Clock(1, "years", "x", after=True), "once 1 year has passed since the incident"),
    ],
)
def test_a_clock_is_said_in_words(clock: Clock, said: str) -> None:
    assert words(clock, "the incident") == said


def test_what_is_done_once_time_has_passed_is_done_from_the_same_day_that_would_end_it(
    working_days: WorkingDays,
) -> None:
    start = day("2024-11-30")
    by, once = (Clock(3, "months", "x", after=after) for after in (False, True))
    assert due(once, start, working_days) == due(by, start, working_days) == day("2025-02-28")


@pytest.mark.parametrize(
    ("clock", "start"),
    [
        (Clock(6, "months", "awareness"), date(9999, 10, 31)),
        (Clock(1, "years", "awareness"), date(9999, 1, 1)),
        (Clock(14, "calendar days", "awareness"), date(9999, 12, 31)),
        (Clock(5, "working days", "awareness"), date.max),
        (Clock(7, "calendar days", "awareness", before=True), date.min),
    ],
)
def test_a_clock_that_runs_out_of_the_calendar_is_said_not_to_be_counted(
    working_days: WorkingDays, clock: Clock, start: date
) -> None:
    with pytest.raises(CalendarEnds, match=f"no calendar goes so far from {start}"):
        due(clock, start, working_days)
