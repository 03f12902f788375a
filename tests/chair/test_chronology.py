"""The order of a chronology, its gaps and overlaps, and what is marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webforms.chair.chronology import (
    PAGE,
    Event,
    Gap,
    Marked,
    Window,
    drawn,
    events_of,
    gaps,
    mark,
    shared_days,
    sheet,
    strips,
    window,
)

INCIDENT = date(2025, 6, 1)
LOOK_BACK = date(2022, 6, 1)
DAYS = st.dates(date(2022, 1, 1), date(2025, 12, 31))


def chronology(*rows: str) -> tuple[Event, ...]:
    """Entries written as "2025-01-02 14:30 Police: called out"; the time may be left out."""
    items = {}
    for number, row in enumerate(rows, start=1):
        head, _, text = row.partition(": ")
        day, *rest = head.split(" ")
        time = rest.pop(0) if rest and rest[0][0].isdigit() else ""
        items[str(number)] = {"date": day, "time": time, "agency": " ".join(rest), "event": text}
    return events_of(items)


def marked(events: Sequence[Event], within: Window | None = None) -> tuple[Marked, ...]:
    return mark(events, within or window(events, {}, LOOK_BACK, INCIDENT), INCIDENT)


class TestOrder:
    def test_by_day_then_time_then_agency(self) -> None:
        events = chronology(
            "2025-01-03 Police: d",
            "2025-01-02 14:30 School: c",
            "2025-01-02 14:30 GP: b",
            "2025-01-02 09:05 School: a",
        )
        assert [each.values["event"] for each in events] == ["a", "b", "c", "d"]

    def test_an_entry_without_a_time_comes_last_in_its_day(self) -> None:
        events = chronology("2025-01-02 Police: late", "2025-01-02 23:59 School: early")
        assert [each.values["event"] for each in events] == ["early", "late"]

    def test_entries_otherwise_alike_keep_the_order_in_which_they_were_added(self) -> None:
        events = chronology("2025-01-02 Police: first", "2025-01-02 police: second")
        assert [each.values["event"] for each in events] == ["first", "second"]


class TestGaps:
    def test_a_gap_is_told_by_its_first_and_last_day(self) -> None:
        entries = [date(2025, 1, 1), date(2025, 4, 9)]
        (gap,) = gaps(entries, date(2025, 1, 1), date(2025, 4, 9), 90)
        assert gap == Gap(date(2025, 1, 2), date(2025, 4, 8))
        assert gap.days == 97

    @pytest.mark.parametrize(("days", "found"), [(90, 0), (91, 1)])
    def test_a_gap_is_longer_than_the_days_chosen(self, days: int, found: int) -> None:
        first = date(2025, 1, 1)
        after = first + timedelta(days=days + 1)
        assert len(gaps([first, after], first, after, 90)) == found

    def test_the_stretches_before_the_first_and_after_the_last_entry_count(self) -> None:
        found = gaps([date(2025, 5, 1)], date(2025, 1, 1), date(2025, 12, 31), 90)
        assert found == (
            Gap(date(2025, 1, 1), date(2025, 4, 30)),
            Gap(date(2025, 5, 2), date(2025, 12, 31)),
        )

    def test_without_any_entry_the_whole_time_is_one_gap(self) -> None:
        assert gaps([], LOOK_BACK, INCIDENT, 90) == (Gap(LOOK_BACK, INCIDENT),)

    def test_entries_outside_the_days_looked_at_end_no_gap(self) -> None:
        days = [date(2020, 1, 1), date(2025, 6, 2)]
        assert gaps(days, LOOK_BACK, INCIDENT, 90) == (Gap(LOOK_BACK, INCIDENT),)

    @pytest.mark.parametrize(
        ("first", "last"), [(None, INCIDENT), (LOOK_BACK, None), (INCIDENT, LOOK_BACK)]
    )
    def test_without_days_to_look_at_there_are_none(
        self, first: date | None, last: date | None
    ) -> None:
        assert gaps([], first, last, 30) == ()

    def test_the_last_day_of_the_calendar_can_have_an_entry(self) -> None:
        assert gaps([date.max], date(9999, 12, 1), date.max, 90) == ()

    @given(days=st.lists(DAYS, max_size=30), longer=st.integers(0, 200))
    def test_every_day_lies_in_a_gap_or_near_an_entry(self, days: list[date], longer: int) -> None:
        """Checked day by day against the meaning of a gap."""
        found = gaps(days, LOOK_BACK, INCIDENT, longer)
        in_gap = {gap.first + timedelta(days=step) for gap in found for step in range(gap.days)}
        stretch: list[date] = []
        for step in range((INCIDENT - LOOK_BACK).days + 2):
            day = LOOK_BACK + timedelta(days=step)
            if day <= INCIDENT and day not in days:
                stretch.append(day)
                continue
            assert (set(stretch) <= in_gap) == (len(stretch) > longer or not stretch)
            stretch = []
        assert not in_gap & set(days)


class TestWindow:
    def test_it_begins_with_the_earliest_look_back_and_ends_with_the_incident(self) -> None:
        asked = {"Police": date(2023, 1, 1), "GP": date(2021, 1, 1)}
        found = window(chronology("2024-01-01 GP: a"), asked, LOOK_BACK, INCIDENT)
        assert (found.first, found.last) == (date(2021, 1, 1), INCIDENT)
        assert found.first_for("POLICE") == date(2023, 1, 1)

    def test_one_agency_asked_for_more_does_not_make_the_records_of_others_thin(self) -> None:
        found = window((), {"GP": date(2021, 1, 1)}, LOOK_BACK, INCIDENT)
        assert found.first_for("School") == LOOK_BACK

    def test_those_who_were_not_asked_begin_with_the_earliest_who_was(self) -> None:
        found = window((), {"GP": date(2024, 1, 1)}, LOOK_BACK, INCIDENT)
        assert found.first_for("School") == date(2024, 1, 1)

    def test_without_requests_it_begins_three_years_before_the_incident(self) -> None:
        assert window((), {}, LOOK_BACK, INCIDENT).first == LOOK_BACK

    def test_what_is_not_known_is_taken_from_the_entries(self) -> None:
        events = chronology("2024-01-01 GP: a", "2025-02-01 GP: b")
        found = window(events, {}, None, None)
        assert (found.first, found.last) == (date(2024, 1, 1), date(2025, 2, 1))


class TestMarks:
    def test_entries_of_several_agencies_on_one_day_name_each_other(self) -> None:
        found = marked(
            chronology("2025-01-02 Police: a", "2025-01-02 School: b", "2025-01-03 Police: c")
        )
        assert [each.same_day for each in found] == [("School",), ("Police",), ()]
        assert shared_days(found) == 1

    def test_two_entries_of_one_agency_do_not_overlap(self) -> None:
        found = marked(chronology("2025-01-02 Police: a", "2025-01-02 POLICE: b"))
        assert [each.same_day for each in found] == [(), ()]

    def test_the_same_day_and_time_may_be_one_event(self) -> None:
        found = marked(chronology("2025-01-02 14:30 Police: a", "2025-01-02 14:30 School: b"))
        assert [each.same_time for each in found] == [("School",), ("Police",)]

    def test_two_times_that_are_not_known_are_not_the_same_time(self) -> None:
        found = marked(chronology("2025-01-02 Police: a", "2025-01-02 School: b"))
        assert [each.same_time for each in found] == [(), ()]

    def test_the_second_of_two_that_are_alike_is_marked(self) -> None:
        found = marked(
            chronology(
                "2025-01-02 Police: Called  out",
                "2025-01-02 police: called out",
                "2025-01-02 School: Called out",
                "2025-01-03 Police: Called out",
            )
        )
        assert [each.twice for each in found] == [False, True, False, False]

    def test_after_the_incident_and_before_the_look_back(self) -> None:
        found = marked(
            chronology(
                "2022-05-31 GP: older",
                "2022-06-01 GP: first day",
                "2025-06-01 GP: the day itself",
                "2025-06-02 GP: after",
            )
        )
        assert [each.before_look_back for each in found] == [True, False, False, False]
        assert [each.after_incident for each in found] == [False, False, False, True]

    def test_each_agency_is_held_to_its_own_look_back(self) -> None:
        events = chronology("2022-06-01 GP: a", "2022-06-01 Police: b")
        asked = {"Police": date(2024, 1, 1), "GP": LOOK_BACK}
        found = mark(events, window(events, asked, LOOK_BACK, INCIDENT), INCIDENT)
        assert {each.event.agency: each.before_look_back for each in found} == {
            "GP": False,
            "Police": True,
        }

    def test_nothing_is_before_or_after_while_the_days_are_not_known(self) -> None:
        events = chronology("1990-01-01 GP: a", "2090-01-01 GP: b")
        found = mark(events, window(events, {}, None, None), None)
        assert not any(each.outside for each in found)

    @given(days=st.lists(DAYS, max_size=20))
    def test_nothing_is_ever_left_out(self, days: list[date]) -> None:
        events = chronology(*(f"{day} GP: same words" for day in days))
        assert len(marked(events)) == len(days)


class TestStrips:
    def test_an_agency_that_was_asked_and_has_no_entry_is_named(self) -> None:
        found = strips(marked(chronology("2025-01-02 Police: a")), WITHIN, ["GP", "POLICE"], 90)
        assert [(each.agency, each.count) for each in found] == [("GP", 0), ("Police", 1)]
        assert found[0].gaps == ()

    def test_an_agency_has_gaps_of_its_own(self) -> None:
        events = chronology("2022-06-01 GP: a", "2025-05-01 GP: b", "2024-01-01 Police: c")
        gp, police = strips(marked(events), WITHIN, [], 90)
        assert gp.gaps == (Gap(date(2022, 6, 2), date(2025, 4, 30)),)
        assert len(police.gaps) == 2

    def test_it_tells_how_many_entries_lie_outside(self) -> None:
        events = chronology("2020-01-01 GP: a", "2025-05-01 GP: b", "2025-07-01 GP: c")
        (gp,) = strips(marked(events), WITHIN, [], 90)
        assert (gp.outside, gp.first, gp.last) == (2, date(2020, 1, 1), date(2025, 7, 1))

    def test_it_is_drawn_from_one_end_to_the_other_and_no_further(self) -> None:
        events = chronology(
            "2020-01-01 GP: older", "2022-06-01 GP: a", "2025-06-01 GP: b", "2025-07-01 GP: after"
        )
        (gp,) = strips(marked(events), WITHIN, [], 90)
        drawing = drawn(gp, WITHIN, 600)
        assert drawing is not None
        assert drawing.path == "M1 4v16 M599 4v16"
        assert len(drawing.bands) == 1

    def test_thousands_of_entries_stay_a_short_path(self) -> None:
        days = (LOOK_BACK + timedelta(days=step % 1000) for step in range(5000))
        (gp,) = strips(marked(chronology(*(f"{day} GP: a" for day in days))), WITHIN, [], 90)
        drawing = drawn(gp, WITHIN, 600)
        assert drawing is not None
        assert drawing.path.count("M") <= 600

    def test_without_days_to_look_at_nothing_is_drawn(self) -> None:
        (gp,) = strips(marked(chronology("2025-01-02 GP: a")), WITHIN, [], 90)
        assert drawn(gp, Window(None, None, None, {}), 600) is None
        assert drawn(gp, Window(INCIDENT, INCIDENT, INCIDENT, {}), 600) is None


WITHIN = Window(LOOK_BACK, INCIDENT, LOOK_BACK, {})


class TestSheets:
    def lines(self, *rows: str, longer: int = 90) -> list[str]:
        found = marked(chronology(*rows))
        between = gaps((each.event.day for each in found), LOOK_BACK, INCIDENT, longer)
        return [
            f"gap of {line.days}" if isinstance(line, Gap) else line.event.values["event"]
            for line in sheet(found, between, 1).lines
        ]

    def test_gaps_stand_between_entries(self) -> None:
        assert self.lines("2022-06-01 GP: a", "2022-10-01 GP: b", "2025-05-31 GP: c") == [
            "a",
            "gap of 121",
            "b",
            "gap of 972",
            "c",
        ]

    def test_the_gap_before_the_incident_stands_before_what_came_after_it(self) -> None:
        assert self.lines("2020-01-01 GP: older", "2025-06-02 GP: after") == [
            "older",
            "gap of 1097",
            "after",
        ]

    def test_the_last_gap_stands_at_the_end(self) -> None:
        assert self.lines("2022-06-01 GP: a") == ["a", "gap of 1096"]

    @pytest.mark.parametrize(
        ("count", "asked", "number", "pages", "first"),
        [
            (PAGE, 1, 1, 1, 0),
            (PAGE + 1, 1, 1, 2, 0),
            (PAGE + 1, 2, 2, 2, PAGE),
            (PAGE + 1, 99, 2, 2, PAGE),
            (PAGE + 1, 0, 1, 2, 0),
            (0, 1, 1, 1, None),
        ],
    )
    def test_pages(
        self, count: int, asked: int, number: int, pages: int, first: int | None
    ) -> None:
        found = marked(chronology(*(f"2025-01-02 GP: {each}" for each in range(count))))
        page = sheet(found, (), asked)
        assert (page.number, page.pages) == (number, pages)
        assert len(page.lines) <= PAGE
        if first is not None:
            assert isinstance(page.lines[0], Marked)
            assert page.lines[0].event.values["event"] == str(first)

    @given(days=st.lists(DAYS, min_size=1, max_size=3 * PAGE // 2))
    def test_every_entry_and_every_gap_stands_on_one_page(self, days: list[date]) -> None:
        found = marked(chronology(*(f"{day} GP: a" for day in days)))
        between = gaps(days, LOOK_BACK, INCIDENT, 30)
        pages = sheet(found, between, 1).pages
        lines = [
            line for number in range(pages) for line in sheet(found, between, number + 1).lines
        ]
        assert [line for line in lines if isinstance(line, Marked)] == list(found)
        assert [line for line in lines if isinstance(line, Gap)] == list(between)
