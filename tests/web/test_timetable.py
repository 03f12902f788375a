"""The timetable of a case: every deadline in words, in a picture, and for a calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from icalendar import Calendar, Event

from engine.timetable import Standing
from rules.loader import rulebook
from webforms.access import Role
from webforms.chair.calendar_file import A_STEP, STEPS, calendar, uid
from webforms.chair.deadline_groups import Group, groups, standing_words
from webforms.chair.deadlines import Deadline
from webforms.store import CaseRow, Store

from .casework import DATES_OF_A_BABY, new_case, write
from .conftest import Clock
from .pages import Page, Pages, words

# The clock of the tests stands at Wednesday 10 June 2026.
NOTIFIED = {**DATES_OF_A_BABY, "notification_sent": date(2026, 5, 19)}
SVG = "{http://www.w3.org/2000/svg}"


def the_case(
    store: Store, visitor: Pages, dates: Mapping[str, date] = NOTIFIED, **more: Any
) -> CaseRow:
    return new_case(store, visitor.account, dates=dates, **more)


def timetable(visitor: Pages, case: CaseRow) -> Page:
    return visitor.get(f"/cases/{case.reference}/timetable")


def rows(page: Page, label: str) -> list[list[str]]:
    """The rows of the table in the region of that name, cell by cell."""
    (region,) = (each for each in page.all("div") if each.get("aria-label") == label)
    (body,) = region.iter("table")
    return [_cells(row) for part in body.iter("tbody") for row in part.iter("tr")]


def _cells(row: Element) -> list[str]:
    return [words(cell) for cell in row]


def row_of(page: Page, start: str, label: str = "Deadlines") -> list[str]:
    found = [row for row in rows(page, label) if row[0].startswith(start)]
    assert len(found) == 1, f"{len(found)} rows begin with {start!r}"
    return found[0]


class TestThePage:
    def test_a_deadline_says_what_who_by_when_and_how_it_stands(
        self, chair: Pages, store: Store
    ) -> None:
        page = timetable(chair, the_case(store, chair))
        assert page.heading == "Timetable"
        notify = row_of(page, "Notify through the Child Safeguarding Online Notification System")
        assert notify[1] == "Darlington Borough Council"
        assert notify[2].startswith(
            "Monday 18 May 2026 Within 5 working days of the local authority becoming aware"
        )
        assert notify[3] == "Late by 1 day Tuesday 19 May 2026"
        assert notify[4].startswith("Strength: Should Working Together 2023")

    def test_other_readings_stand_beneath_the_one_that_is_taken(
        self, chair: Pages, store: Store
    ) -> None:
        page = timetable(chair, the_case(store, chair))
        found = rows(page, "Deadlines")
        at = next(i for i, row in enumerate(found) if row[0].startswith("Undertake a rapid review"))
        assert found[at][0].endswith("The reading taken")
        assert found[at][2].startswith("Wednesday 10 June 2026 Within 15 working days of the notif")
        assert found[at][3] == "Due today"
        assert found[at + 1][0].startswith("Another reading of: Undertake a rapid review")
        assert found[at + 1][2].startswith("Monday 1 June 2026 Within 15 working days of the incid")
        assert found[at + 1][3] == "Overdue by 9 days"

    def test_a_step_whose_own_reading_waits_for_a_date_says_which_and_where_to_give_it(
        self, chair: Pages, store: Store
    ) -> None:
        case = the_case(store, chair)
        panel = row_of(timetable(chair, case), "Convene the Rapid Review Panel")
        assert panel[2].startswith("No day yet Within 10 working days of the Panel acknowledging")
        assert panel[2].endswith("Give this date first: Notification acknowledged")
        link = timetable(chair, case).link("Notification acknowledged")
        assert link == f"/cases/{case.reference}/part/key_dates?onward=timetable"
        chair.get(link)

    def test_deadlines_without_a_day_have_a_table_of_their_own(
        self, chair: Pages, store: Store
    ) -> None:
        case = the_case(store, chair, {})
        page = timetable(chair, case)
        assert "No deadline has a day yet." in page.text
        assert not page.all(f"{SVG}svg", "waymark-timetable")
        notify = row_of(
            page, "Notify through the Child Safeguarding Online", "Deadlines without a day"
        )
        assert notify[3] == "Give this date first: The local authority became aware"

    def test_an_auditor_is_told_what_is_missing_but_is_given_no_form(
        self, chair: Pages, store: Store, signed_in_as: Callable[..., Pages]
    ) -> None:
        case = the_case(store, chair, {})
        page = timetable(signed_in_as(Role.AUDITOR), case)
        notify = row_of(
            page, "Notify through the Child Safeguarding Online", "Deadlines without a day"
        )
        assert notify[3] == (
            "Counts from a date that is not given: The local authority became aware"
        )
        assert "key_dates" not in page.text

    def test_the_days_that_people_set_stand_among_those_of_the_rules(
        self, chair: Pages, store: Store
    ) -> None:
        case = the_case(store, chair)
        write(
            store,
            case,
            chair.account,
            "agency_request",
            "1",
            agency="Police",
            return_by="2026-06-12",
        )
        found = row_of(timetable(chair, case), "Information from Police")
        assert found[2] == "Friday 12 June 2026 The day set in this case"
        assert found[3] == "Running: 2 days left"
        assert found[4] == "Set by the people of this case"

    def test_the_picture_tells_the_same_and_names_today(self, chair: Pages, store: Store) -> None:
        page = timetable(chair, the_case(store, chair))
        drawn = page.one(f"{SVG}svg", "waymark-timetable")
        told = [words(each) for each in drawn.iter(f"{SVG}text")]
        assert "Today" in told
        assert "By Monday 18 May 2026. Late by 1 day." in told
        for shape in ("Met in time", "Met late", "Overdue", "The same step, counted otherwise"):
            assert shape in told
        assert (
            words(next(drawn.iter(f"{SVG}title")))
            == "The deadlines of this case on an axis of time"
        )
        described = words(next(drawn.iter(f"{SVG}desc")))
        assert described.startswith("Today is Wednesday 10 June 2026.")
        assert "late by 1 day" in described

    def test_the_quality_checks_are_told_with_every_way_to_count(
        self, chair: Pages, store: Store
    ) -> None:
        case = the_case(store, chair)
        page = timetable(chair, case)
        label = "Ways to count: Was the Panel notified within five working days of the incident?"
        found = rows(page, label)
        assert found[0][0] == "Within 5 working days of the incident"
        assert found[0][1].startswith("What the form asks")
        assert found[0][2].startswith("No It was Tuesday 19 May 2026, 4 days after the last day")
        assert found[1][1].startswith("The national count")
        assert "They are those of Darlington’s form" not in page.text

    def test_elsewhere_the_checks_are_said_to_be_darlingtons(
        self, store: Store, signed_in_as: Callable[..., Pages]
    ) -> None:
        visitor = signed_in_as(Role.CHAIR, "gateshead")
        page = timetable(visitor, the_case(store, visitor))
        assert "They are those of Darlington’s form for the meeting." in page.text

    def test_dates_before_the_first_rules_leave_the_days_that_people_set(
        self, chair: Pages, store: Store
    ) -> None:
        old = {"incident": date(2014, 1, 1), "awareness": date(2014, 1, 1)}
        case = the_case(store, chair, old)
        write(
            store, case, chair.account, "agency_request", "1", agency="GP", return_by="2026-06-12"
        )
        page = timetable(chair, case)
        assert "The rules cannot be applied yet" in page.text
        assert [row[0] for row in rows(page, "Deadlines")] == ["Information from GP"]


class TestWhoMaySeeIt:
    def test_nobody_else_finds_it(
        self, chair: Pages, store: Store, signed_in_as: Callable[..., Pages]
    ) -> None:
        case = the_case(store, chair)
        for other in (signed_in_as(Role.CHAIR), signed_in_as(Role.AUDITOR, "gateshead")):
            for ending in ("timetable", "timetable.ics"):
                response = other.client.get(f"/cases/{case.reference}/{ending}")
                assert response.status_code == 404, ending

    def test_a_referrer_may_not_open_it(
        self, chair: Pages, store: Store, signed_in_as: Callable[..., Pages]
    ) -> None:
        referrer = signed_in_as(Role.REFERRER)
        case = the_case(store, chair, shared_with=[referrer.account])
        for ending in ("timetable", "timetable.ics"):
            assert referrer.client.get(f"/cases/{case.reference}/{ending}").status_code in (
                401,
                403,
            )


def events(visitor: Pages, case: CaseRow) -> list[Event]:
    response = visitor.client.get(f"/cases/{case.reference}/timetable.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="{case.reference}-timetable.ics"'
    )
    read = Calendar.from_ical(response.get_data())
    assert isinstance(read, Calendar)
    return read.events


def summaries(found: list[Event]) -> dict[str, date]:
    return {str(each["summary"]): each["dtstart"].dt for each in found}


def the_meeting(found: list[Event]) -> Event:
    name = "hold the rapid review meeting (should)"
    (entry,) = (each for each in found if name in str(each["summary"]))
    return entry


class TestTheCalendarFile:
    def test_it_has_what_is_not_met_yet_and_leaves_out_what_is(
        self, chair: Pages, store: Store
    ) -> None:
        case = the_case(store, chair)
        found = summaries(events(chair, case))
        name = case.reference
        assert found[f"{name}: send the rapid review to the Panel (should)"] == date(2026, 6, 10)
        assert not [each for each in found if "notify the Panel" in each]

    def test_an_entry_is_all_day_with_an_alarm_the_day_before(
        self, chair: Pages, store: Store
    ) -> None:
        found = events(chair, the_case(store, chair))
        assert found
        for each in found:
            assert type(each["dtstart"].dt) is date
            assert each["dtend"].dt - each["dtstart"].dt == timedelta(days=1)
            assert each["dtstamp"].dt == datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
            (alarm,) = each.walk("VALARM")
            assert alarm["trigger"].dt == timedelta(hours=-15)

    def test_nothing_that_somebody_typed_is_in_it(self, chair: Pages, store: Store) -> None:
        case = the_case(store, chair, title="Child Quillfeather")
        write(
            store, case, chair.account, "agency_request", "1",
            agency="Quillfeather School", return_by="2026-06-12",
        )  # fmt: skip
        write(
            store, case, chair.account, "action", "1",
            what="Visit the Quillfeathers", owner="Dr Quillfeather", due="2026-01-12",
        )  # fmt: skip
        response = chair.client.get(f"/cases/{case.reference}/timetable.ics")
        assert b"uillfeather" not in response.get_data().replace(b"\r\n ", b"")
        found = summaries(events(chair, case))
        name = case.reference
        assert found[f"{name}: information from agency 1 is due"] == date(2026, 6, 12)
        assert found[f"{name}: action 1 is due"] == date(2026, 1, 12)
        assert found[f"{name}: action 1: tell the Head of Service"] == date(2026, 4, 12)

    def test_an_entry_keeps_its_name_when_its_day_moves(self, chair: Pages, store: Store) -> None:
        case = the_case(store, chair)
        before = {str(each["summary"]): str(each["uid"]) for each in events(chair, case)}
        write(store, case, chair.account, "dates", "notification_sent", day="2026-05-20")
        after = {str(each["summary"]): str(each["uid"]) for each in events(chair, case)}
        sent = f"{case.reference}: send the rapid review to the Panel (should)"
        assert before[sent] == after[sent]
        assert len(set(after.values())) == len(after)

    def test_one_time_limit_of_several_steps_is_one_entry(self, chair: Pages, store: Store) -> None:
        found = [
            (str(each["summary"]), each["dtstart"].dt)
            for each in events(chair, the_case(store, chair))
        ]
        assert len(found) == len(set(found))

    def test_while_the_reading_taken_has_no_day_the_first_of_the_others_is_worked_to(
        self, chair: Pages, store: Store, clock: Clock
    ) -> None:
        clock.now = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
        case = the_case(store, chair)
        entry = the_meeting(events(chair, case))
        # Fifteen days of the notification: the count from the acknowledgement cannot begin yet.
        assert entry["dtstart"].dt == date(2026, 6, 3)
        assert "has no day yet" in str(entry["description"])
        write(store, case, chair.account, "dates", "acknowledgement", day="2026-05-20")
        then = the_meeting(events(chair, case))
        assert then["dtstart"].dt == date(2026, 6, 4)
        assert then["uid"] == entry["uid"], "it would stand in the calendar twice"
        assert "is due earlier: Wednesday 3\u00a0June 2026." in str(then["description"])

    def test_a_case_without_deadlines_gives_an_empty_calendar(
        self, chair: Pages, store: Store
    ) -> None:
        assert events(chair, the_case(store, chair, {}, answers={})) == []


def a_deadline(**values: Any) -> Deadline:
    given: dict[str, Any] = {
        "stage": "parallel", "what": "Tell it", "who": "", "words": "", "due": date(2026, 6, 12),
        "started": None, "met": None, "standing": Standing.RUNNING, "days": 2,
        "strength": "must", "source": "A telling title", "of": "A telling process",
        "of_rules": True, "disputed": False, "taken": True, "problem": "", "met_by": None,
        "key": "step/a_step_of_a_telling_process/within a day", "starts_from": "incident",
        "act": "",
    }  # fmt: skip
    return Deadline(**{**given, **values})


class TestWhatIsLeftUnsaid:
    def test_a_step_that_would_tell_what_kind_of_case_it_is_is_only_a_step(self) -> None:
        file = calendar("DAR-26-0001", [Group(a_deadline(), ())], datetime.now(UTC)).decode()
        assert f"DAR-26-0001: {A_STEP} (must)" in file
        assert "telling" not in file.replace("\r\n ", "").lower()

    def test_every_step_that_has_a_name_of_its_own_is_a_step_of_the_rules(self) -> None:
        rules = rulebook()
        steps = {step.id for route in rules.routes for step in route.steps}
        steps |= {
            step.id for stage in rules.stages.values() for step in stage.steps_for_every_route
        }
        steps |= {each.step.id for overlay in rules.overlays for each in overlay.placements}
        assert not set(STEPS) - steps

    def test_the_name_of_an_entry_tells_nothing_of_the_case(self) -> None:
        name = uid("DAR-26-0001", "step/a_step")
        assert name.endswith("@waymark")
        assert "DAR" not in name
        assert name != uid("DAR-26-0002", "step/a_step")
        assert name != uid("DAR-26-0001", "step/another_step")
        assert name != uid("DAR-26-0001", "step/a_step", 1)


@pytest.mark.parametrize(
    ("standing", "days", "told"),
    [
        (Standing.MET_EARLY, 3, "Met, 3 days early"),
        (Standing.MET_ON_THE_DAY, 0, "Met on the last day"),
        (Standing.MET_LATE, -1, "Late by 1 day"),
        (Standing.RUNNING, 1, "Running: 1 day left"),
        (Standing.DUE_TODAY, 0, "Due today"),
        (Standing.OVERDUE, -12, "Overdue by 12 days"),
        (Standing.PASSED, -2, "The day has passed. Whether it was met is not recorded"),
        (Standing.NO_START, None, "No day yet"),
        (Standing.CANNOT_BE_COUNTED, None, "Cannot be counted"),
    ],
)
def test_how_a_deadline_stands_is_said_in_words(
    standing: Standing, days: int | None, told: str
) -> None:
    assert standing_words(a_deadline(standing=standing, days=days)) == told


def test_readings_of_one_step_come_together_and_steps_without_a_day_last() -> None:
    taken = a_deadline(disputed=True, due=None, key="step/a/1")
    other = a_deadline(disputed=True, taken=False, key="step/a/2", due=date(2026, 6, 12))
    early = a_deadline(what="Else", key="step/b/1", due=date(2026, 6, 1))
    never = a_deadline(what="Never", key="step/c/1", due=None)
    found = groups([never, early, other, taken])
    assert [group.taken.what for group in found] == ["Else", "Tell it", "Never"]
    assert found[1].taken is taken
    assert found[1].others == (other,)
    assert found[1].leads is other
