"""The timetable: every deadline of a case, and whether it was met, runs, or is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.answers import Answer, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.expression import Status
from engine.rulebook import Rulebook
from engine.timetable import Line, Standing, timetable
from tests.rules.small_rulebook import small_rulebook

AWARE = date(2024, 2, 1)  # a Thursday: five working days end on Thursday the 8th
SERIOUS: dict[str, Answer] = {
    "age_of_person": 3,
    "what_happened": "died",
    "abuse_or_neglect": "known",
    "link_to_abuse_or_neglect": "cause",
    "where_it_happened": "in_area",
    "looked_after": "no",
}
REVIEWED: dict[str, Answer] = {
    "age_of_person": 3,
    "what_happened": "died",
    "abuse_or_neglect": "known",
    "normally_resident_here": "yes",
    "notification_withdrawn": "no",
    "panel_answer": "asks_for_local_review",
    "partners_think_review_appropriate": "yes",
}


def lines(
    rulebook: Rulebook,
    working_days: WorkingDays,
    case: Case,
    today: date,
) -> dict[str, list[Line]]:
    """The timetable of a case on a day, by step."""
    result = assess(rulebook, case, working_days)
    assert result.route is not None
    found: dict[str, list[Line]] = {}
    for line in timetable(result, case.dates, today):
        found.setdefault(line.step, []).append(line)
    return found


def notice(rulebook: Rulebook, working_days: WorkingDays, today: date, **dates: date) -> Line:
    """The line of the national notification, the authority having become aware on `AWARE`."""
    case = Case("notify", "none", {"awareness": AWARE, **dates}, SERIOUS)
    (line,) = lines(rulebook, working_days, case, today)["notify_in_five_working_days"]
    return line


@pytest.mark.parametrize(
    ("sent", "standing", "days"),
    [
        (date(2024, 2, 1), Standing.MET_EARLY, 7),
        (date(2024, 2, 7), Standing.MET_EARLY, 1),
        (date(2024, 2, 8), Standing.MET_ON_THE_DAY, 0),
        (date(2024, 2, 9), Standing.MET_LATE, -1),
        (date(2024, 3, 1), Standing.MET_LATE, -22),
    ],
)
def test_what_was_sent_is_met_in_time_on_the_last_day_or_late(
    sent: date, standing: Standing, days: int, rulebook: Rulebook, working_days: WorkingDays
) -> None:
    line = notice(rulebook, working_days, date(2024, 6, 1), notification_sent=sent)
    assert (line.standing, line.days, line.met) == (standing, days, sent)
    assert line.due == date(2024, 2, 8)
    assert line.started == AWARE


@pytest.mark.parametrize(
    ("today", "standing", "days"),
    [
        (date(2024, 2, 1), Standing.RUNNING, 7),
        (date(2024, 2, 7), Standing.RUNNING, 1),
        (date(2024, 2, 8), Standing.DUE_TODAY, 0),
        (date(2024, 2, 9), Standing.OVERDUE, -1),
        (date(2024, 2, 19), Standing.OVERDUE, -11),
    ],
)
def test_what_was_not_sent_runs_is_due_or_is_overdue(
    today: date, standing: Standing, days: int, rulebook: Rulebook, working_days: WorkingDays
) -> None:
    line = notice(rulebook, working_days, today)
    assert (line.standing, line.days, line.met) == (standing, days, None)


def test_what_is_due_today_and_sent_today_is_met(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    due = date(2024, 2, 8)
    line = notice(rulebook, working_days, due, notification_sent=due)
    assert (line.standing, line.days) == (Standing.MET_ON_THE_DAY, 0)


def test_a_line_says_what_who_and_under_which_paragraph(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    line = notice(rulebook, working_days, AWARE)
    assert line.of == "Notify the Panel"
    assert line.who.lower() == "the local authority"
    assert line.words.startswith("within 5 working days of the local authority becoming aware")
    assert line.strength == "should"
    assert "Working Together 2023" in line.source
    assert not line.disputed
    assert line.problem == ""


def test_without_its_start_a_deadline_has_no_day(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    case = Case("notify", "none", {"incident": AWARE}, SERIOUS)
    for today in (AWARE, date(2026, 6, 10)):
        found = lines(rulebook, working_days, case, today)
        (line,) = found["notify_in_five_working_days"]
        assert line.standing is Standing.NO_START
        assert (line.started, line.due, line.days) == (None, None, None)


def test_past_the_end_of_the_calendar_a_deadline_cannot_be_counted(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    ends = replace(working_days, last=AWARE + timedelta(days=3))
    line = notice(rulebook, ends, AWARE)
    assert line.standing is Standing.CANNOT_BE_COUNTED
    assert (line.started, line.due, line.days) == (AWARE, None, None)
    assert "count by hand" in line.problem


def test_each_reading_of_a_disputed_clock_is_a_line_of_its_own(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    dates = {"incident": date(2024, 1, 22), "awareness": AWARE, "notification_sent": AWARE}
    case = Case("notify", "none", dates, SERIOUS)
    first, other = sorted(
        lines(rulebook, working_days, case, date(2024, 2, 15))["rapid_review_next"],
        key=lambda line: line.words,
    )
    assert first.disputed
    assert other.disputed
    assert first.words.startswith("within 15 working days of the incident")
    assert (first.due, first.standing) == (date(2024, 2, 12), Standing.OVERDUE)
    assert other.words.startswith("within 15 working days of the notification being sent")
    assert (other.due, other.standing) == (date(2024, 2, 22), Standing.RUNNING)


def test_every_reading_of_darlingtons_clocks_is_shown(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    dates = {"incident": AWARE, "awareness": AWARE, "referral_received": AWARE}
    case = Case("notify", "darlington", dates, SERIOUS)
    found = lines(rulebook, working_days, case, AWARE)["darlington_notify"]
    assert {line.words.split(" (")[0] for line in found} == {
        "within 5 working days of the local authority becoming aware",
        "within 5 calendar days of the local authority receiving the referral",
        "within 5 working days of the incident",
    }
    assert all(line.disputed for line in found)


def test_the_earliest_comes_first_and_those_without_a_day_last(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    case = Case("notify", "darlington", {"awareness": AWARE, "notification_sent": AWARE}, SERIOUS)
    result = assess(rulebook, case, working_days)
    due = [line.due for line in timetable(result, case.dates, AWARE)]
    days = [day for day in due if day is not None]
    assert None in due
    assert days == sorted(days)
    assert due == days + [None] * (len(due) - len(days))


def test_no_line_is_told_twice(rulebook: Rulebook, working_days: WorkingDays) -> None:
    for area in ("none", "darlington", "gateshead", "isle-of-wight"):
        case = Case("notify", area, {"awareness": AWARE}, {**SERIOUS, "looked_after": "yes"})
        told = timetable(assess(rulebook, case, working_days), case.dates, AWARE)
        assert len(told) == len(set(told))


# Processes beside the route


@pytest.mark.parametrize(
    ("looked_after", "status"),
    [("yes", Status.ESTABLISHED), ("not known", Status.OPEN), ("no", Status.RULED_OUT)],
)
def test_only_an_established_process_has_deadlines(
    looked_after: str, status: Status, working_days: WorkingDays
) -> None:
    dates = {"incident": date(2024, 1, 31)}
    answers: dict[str, Answer] = {"age_of_person": 3, "what_happened": "died"}
    case = Case("notify", "none", dates, {**answers, "looked_after": looked_after})
    result = assess(small_rulebook(), case, working_days)
    assert [each.status for each in result.processes] == [status]
    told = [line for line in timetable(result, dates, AWARE) if line.step == "tell_the_inspectors"]
    assert len(told) == (status is Status.ESTABLISHED)
    for line in told:
        assert line.of == "Notice of the death of a looked-after child"
        assert (line.due, line.standing) == (date(2024, 2, 29), Standing.RUNNING)


def test_the_conference_of_a_childs_siblings_is_counted_from_the_strategy_discussion(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    held = date(2024, 3, 20)
    answers: dict[str, Answer] = {"age_of_person": 3, "significant_harm": "yes"}
    dates = {"decision": AWARE, "strategy_discussion": held}
    found = lines(rulebook, working_days, Case("parallel", "none", dates, answers), held)
    (line,) = found["hold_a_conference"]
    # Fifteen working days, with Good Friday and Easter Monday between.
    assert (line.started, line.due) == (held, date(2024, 4, 12))


# Clocks that run back from a day that is planned


def review(
    rulebook: Rulebook, working_days: WorkingDays, today: date, **dates: date
) -> dict[str, Line]:
    case = Case("review", "none", {"decision": AWARE, **dates}, REVIEWED)
    found = lines(rulebook, working_days, case, today)
    return {step: each[0] for step, each in found.items()}


def test_seven_working_days_before_publication_are_counted_back_over_easter(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    found = review(rulebook, working_days, AWARE, publication=date(2024, 4, 10))
    line = found["send_the_report_before_publication"]
    assert line.words == "at least 7 working days before the day of publication"
    assert (line.started, line.due) == (date(2024, 4, 10), date(2024, 3, 28))
    assert line.standing is Standing.RUNNING
    assert line.strength == "must"


@pytest.mark.parametrize(
    ("sent", "standing"),
    [
        (date(2024, 3, 27), Standing.MET_EARLY),
        (date(2024, 3, 28), Standing.MET_ON_THE_DAY),
        (date(2024, 4, 2), Standing.MET_LATE),
    ],
)
def test_a_report_is_sent_in_time_before_publication_or_not(
    sent: date, standing: Standing, rulebook: Rulebook, working_days: WorkingDays
) -> None:
    found = review(
        rulebook,
        working_days,
        date(2024, 4, 3),
        publication=date(2024, 4, 10),
        report_sent=sent,
    )
    assert found["send_the_report_before_publication"].standing is standing


def test_a_publication_that_is_only_planned_has_met_nothing(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    dates = {"review_decision": date(2024, 2, 29), "publication": date(2024, 8, 20)}
    before = review(rulebook, working_days, date(2024, 8, 19), **dates)["finish_in_six_months"]
    assert before.due == date(2024, 8, 29)
    assert (before.standing, before.met, before.days) == (Standing.RUNNING, None, 10)
    on_the_day = review(rulebook, working_days, date(2024, 8, 20), **dates)["finish_in_six_months"]
    assert (on_the_day.standing, on_the_day.days) == (Standing.MET_EARLY, 9)


def test_a_publication_planned_too_late_is_overdue_once_the_day_has_passed(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    dates = {"review_decision": date(2024, 2, 29), "publication": date(2024, 10, 1)}
    found = review(rulebook, working_days, date(2024, 9, 1), **dates)
    assert found["finish_in_six_months"].standing is Standing.OVERDUE
    later = review(rulebook, working_days, date(2024, 10, 1), **dates)
    assert later["finish_in_six_months"].standing is Standing.MET_LATE


def test_without_a_recommendation_the_route_has_no_deadline(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    case = Case("notify", "none", {"awareness": AWARE}, SERIOUS)
    result = replace(assess(rulebook, case, working_days), route=None, processes=())
    assert timetable(result, case.dates, AWARE) == ()
