"""The quality checks of appendix 5: worked out from dates, never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from webforms.chair.casefile import CaseFile
from webforms.chair.quality import Reading, Tick, ticks
from webforms.store import CaseRow, Entry

THEN = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 12, 1)
NOTIFIED, HELD, SENT = range(3)


def a_case(
    dates: dict[str, date], parts: dict[str, dict[str, str]] | None = None, area: str = "darlington"
) -> CaseFile:
    row = CaseRow(1, "DAR-26-0001", area, "", THEN, THEN, "", None, "", False, {})
    given = {
        event: Entry(1, "dates", event, 1, {"day": day.isoformat()}, 1, THEN)
        for event, day in dates.items()
    }
    written = {
        part: {"": Entry(1, part, "", 1, data, 1, THEN)} for part, data in (parts or {}).items()
    }
    return CaseFile(row, {"dates": given, **written})


def held_on(day: date) -> dict[str, dict[str, str]]:
    return {"meeting": {"held_on": day.isoformat()}}


def the(
    which: int, file: CaseFile, today: date = TODAY
) -> tuple[Tick, Reading, Reading, Reading | None]:
    """A check, and its ways to count."""
    tick = ticks(file, today)[which]
    first, second, *rest = tick.readings
    return tick, first, second, rest[0] if rest else None


def test_a_planned_meeting_is_said_to_be_planned_and_not_to_have_no_day() -> None:
    planned = held_on(date(2026, 12, 25))
    tick, first, *_ = the(HELD, a_case({"notification_sent": MONDAY}, planned))
    assert tick.met is None
    said = first.why.replace("\u00a0", " ")
    assert "the day of the meeting is given as Friday 25 December 2026, which is still to" in said
    assert "is not given" not in first.why


# The first of June 2026 is a Monday, and no bank holiday comes until the last day of August.
MONDAY = date(2026, 6, 1)


class TestTheNotification:
    @pytest.mark.parametrize(
        ("sent", "met"),
        [
            (MONDAY, True),
            (date(2026, 6, 5), True),  # day four
            (date(2026, 6, 8), True),  # day five
            (date(2026, 6, 9), False),  # day six
        ],
    )
    def test_day_five_after_the_incident_is_in_time_and_day_six_is_not(
        self, sent: date, met: bool
    ) -> None:
        tick, form, _, _ = the(NOTIFIED, a_case({"incident": MONDAY, "notification_sent": sent}))
        assert form.due == date(2026, 6, 8)
        assert form.met is met
        assert tick.met is met

    def test_the_form_and_the_national_text_can_disagree_and_both_are_shown(self) -> None:
        found_late = a_case(
            {
                "incident": MONDAY,
                "awareness": date(2026, 6, 22),
                "notification_sent": date(2026, 6, 24),
            }
        )
        tick, form, national, _ = the(NOTIFIED, found_late)
        assert form.asked
        assert "incident" in form.text
        assert form.met is False
        assert not national.asked
        assert "becoming aware" in national.text
        assert national.whose.startswith("The national count")
        assert national.met is True
        # The check is what the form asks, answered as it is asked.
        assert tick.met is False
        assert tick.source == "Darlington’s procedure of 2020, appendix 5"

    def test_christmas_and_new_year_do_not_count(self) -> None:
        # 25 December, the day given for the 26th, and 1 January are bank holidays.
        wednesday = date(2026, 12, 23)
        last = date(2027, 1, 4)
        for sent, met in ((last, True), (last + timedelta(days=1), False)):
            file = a_case({"incident": wednesday, "notification_sent": sent})
            tick, form, _, _ = the(NOTIFIED, file, date(2027, 2, 1))
            assert form.due == last
            assert tick.met is met

    def test_without_the_incident_the_form_cannot_be_answered_but_the_national_count_can(
        self,
    ) -> None:
        file = a_case({"awareness": MONDAY, "notification_sent": date(2026, 6, 3)})
        tick, form, national, _ = the(NOTIFIED, file)
        assert tick.met is None
        assert tick.words == "Cannot be told yet"
        assert form.why == "The day of the incident is not given."
        assert national.met is True

    @pytest.mark.parametrize("today", [MONDAY, date(2026, 6, 8)])
    def test_while_the_time_runs_nothing_is_told(self, today: date) -> None:
        tick, _, _, _ = the(NOTIFIED, a_case({"incident": MONDAY}), today)
        assert tick.met is None
        assert tick.why.replace("\u00a0", " ") == "The time runs until Monday 8 June 2026."

    def test_a_day_that_is_not_given_is_never_a_no_even_when_the_time_is_over(self) -> None:
        tick, _, _, _ = the(NOTIFIED, a_case({"incident": MONDAY}), date(2026, 6, 9))
        assert tick.met is None
        assert "the day of the notification is not given" in tick.why

    def test_past_the_known_bank_holidays_the_problem_is_said(self) -> None:
        file = a_case({"incident": date(2028, 12, 22), "notification_sent": date(2028, 12, 27)})
        tick, form, _, _ = the(NOTIFIED, file, date(2029, 1, 30))
        assert tick.met is None
        assert form.due is None
        assert tick.why.startswith("Bank holidays are known from")
        assert "count by hand" in tick.why

    def test_where_it_is_not_to_be_notified_there_is_nothing_to_check(self) -> None:
        file = a_case({"incident": MONDAY}, {"notification": {"criteria_met": "no"}})
        for tick in ticks(file, TODAY):
            assert tick.met is None
            assert "not to be notified" in tick.why

    def test_under_the_rules_of_2015_nothing_is_checked(self) -> None:
        file = a_case({"incident": date(2016, 3, 1), "awareness": date(2016, 3, 1)})
        for tick in ticks(file, TODAY):
            assert tick.met is None
            assert "2015" in tick.why


class TestTheMeeting:
    @pytest.mark.parametrize(
        ("met_on", "met"),
        [(date(2026, 6, 19), True), (date(2026, 6, 22), True), (date(2026, 6, 23), False)],
    )
    def test_day_fifteen_is_in_time_and_day_sixteen_is_not(self, met_on: date, met: bool) -> None:
        tick, form, _, _ = the(HELD, a_case({"notification_sent": MONDAY}, held_on(met_on)))
        assert form.due == date(2026, 6, 22)
        assert tick.met is met

    def test_the_counts_of_the_procedure_itself_stand_beside_it(self) -> None:
        file = a_case(
            {"notification_sent": MONDAY, "acknowledgement": date(2026, 6, 2)},
            held_on(date(2026, 6, 17)),
        )
        tick, form, procedure, first_chapter = the(HELD, file)
        assert form.met is True
        assert procedure.due == date(2026, 6, 16)  # ten working days
        assert procedure.met is False
        assert first_chapter is not None
        assert first_chapter.due == date(2026, 6, 16)  # fifteen days
        assert tick.met is True

    def test_a_meeting_that_is_only_planned_has_kept_no_time(self) -> None:
        file = a_case({"notification_sent": MONDAY}, held_on(date(2026, 6, 10)))
        tick, _, _, _ = the(HELD, file, date(2026, 6, 9))
        assert tick.met is None
        tick, _, _, _ = the(HELD, file, date(2026, 6, 10))
        assert tick.met is True


class TestWhatIsSentToThePanel:
    NOTIFICATION = MONDAY
    ACKNOWLEDGEMENT = date(2026, 6, 3)
    FIRST, SECOND = date(2026, 6, 22), date(2026, 6, 24)

    def case(self, sent: date | None, acknowledged: bool = True) -> CaseFile:
        dates = {"notification_sent": self.NOTIFICATION}
        if acknowledged:
            dates["acknowledgement"] = self.ACKNOWLEDGEMENT
        if sent:
            dates["rapid_review_sent"] = sent
        return a_case(dates)

    def test_the_form_does_not_say_of_what_and_so_both_counts_are_shown(self) -> None:
        tick, notification, acknowledgement, national = the(SENT, self.case(self.FIRST))
        assert tick.why.startswith("The form does not say from which day the time counts.")
        assert (notification.due, acknowledgement.due) == (self.FIRST, self.SECOND)
        assert notification.asked
        assert acknowledgement.asked
        assert national is not None
        assert not national.asked
        assert national.met is None

    def test_it_is_met_where_both_counts_say_so(self) -> None:
        assert the(SENT, self.case(self.FIRST))[0].met is True

    def test_it_is_missed_where_both_counts_say_so(self) -> None:
        assert the(SENT, self.case(self.SECOND + timedelta(days=1)))[0].met is False

    @pytest.mark.parametrize("late", [date(2026, 6, 23), date(2026, 6, 24)])
    def test_where_the_counts_disagree_nothing_is_told(self, late: date) -> None:
        tick, notification, acknowledgement, _ = the(SENT, self.case(late))
        assert (notification.met, acknowledgement.met) == (False, True)
        assert tick.met is None

    def test_without_the_acknowledgement_the_earlier_count_can_say_yes_but_never_no(self) -> None:
        assert the(SENT, self.case(self.FIRST, acknowledged=False))[0].met is True
        late = self.case(self.FIRST + timedelta(days=1), acknowledged=False)
        assert the(SENT, late)[0].met is None

    def test_before_it_is_sent_nothing_is_told(self) -> None:
        assert the(SENT, self.case(None), self.SECOND + timedelta(days=60))[0].met is None


def test_a_case_without_dates_is_told_nothing_and_refused_nothing() -> None:
    assert [tick.met for tick in ticks(a_case({}), TODAY)] == [None, None, None]
    assert [tick.met for tick in ticks(a_case({}, area="gateshead"), TODAY)] == [None, None, None]
