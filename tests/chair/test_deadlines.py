"""What counts as a deadline of a case, each told once, and which of them the figures count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.timetable import Standing
from tests.documents import cases
from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import Deadline, deadlines, decided_on_notifying
from webforms.chair.summary import _deadlines
from webforms.store import Store

TODAY = date(2026, 6, 10)
OPEN = {"age_of_person": 0, "what_happened": "harmed", "abuse_or_neglect": "not known"}
SERIOUS = {
    **OPEN,
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
}
KNOWN = {"incident": "2026-05-09", "awareness": "2026-05-11"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = cases.new_store(tmp_path)
    yield opened
    opened.close()


def of(file: CaseFile) -> list[Deadline]:
    return [each for each in deadlines(file, TODAY) if each.taken]


def counted(file: CaseFile, **wanted: str) -> list[dict[str, Any]]:
    return [
        each
        for each in _deadlines(deadlines(file, TODAY))
        if all(each[name] == value for name, value in wanted.items())
    ]


@pytest.mark.parametrize("area", ["none", "darlington"])
@pytest.mark.parametrize("dates", [{}, {"notification_sent": "2026-05-15"}])
def test_finding_out_what_is_open_is_no_deadline_and_the_time_to_notify_is(
    store: Store, area: str, dates: Mapping[str, str]
) -> None:
    found = of(cases.kept(store, area, dates={**KNOWN, **dates}, answers=OPEN))
    assert not [each.what for each in found if "Find out" in each.what]
    assert not [each.what for each in found if each.strength == "advice"]
    to_notify = [each for each in found if each.met_by == "notification_sent"]
    assert {each.due for each in to_notify} == {date(2026, 5, 18)}


def test_finding_out_is_no_deadline_under_the_rules_of_2015_either(store: Store) -> None:
    file = cases.kept(
        store,
        "none",
        dates={"incident": "2016-01-11", "awareness": "2016-01-12", "board_notified": "2016-01-29"},
        answers={**OPEN, "normally_resident_here": "yes"},
    )
    found = of(file)
    assert not [each.what for each in found if "Find out" in each.what]
    assert {each.due for each in found if each.met_by == "board_notified"} == {date(2016, 1, 19)}
    assert {each.due for each in found if each.met_by == "decision"} == {date(2016, 2, 29)}


def test_one_act_with_one_time_limit_is_told_once_whatever_it_is_called(store: Store) -> None:
    dates = {**KNOWN, "notification_sent": "2026-05-15", "acknowledgement": "2026-05-18"}
    found = of(cases.kept(store, dates=dates, answers=SERIOUS))
    telling = [each for each in found if each.act == "darlington_tell_the_panel"]
    assert [each.what for each in telling] == ["Tell the national Panel what was decided."]
    assert [each.due for each in telling] == [date(2026, 6, 9)]


def test_every_deadline_of_darlington_says_what_is_to_be_done(store: Store) -> None:
    found = of(cases.kept(store, dates=KNOWN, answers=SERIOUS))
    assert not [each.what for each in found if each.what.startswith("Darlington")]


def test_what_the_timetable_counts_as_met_the_figures_count_as_met(store: Store) -> None:
    written = {("referral", ""): {"reached_partners": "2026-05-12"}}
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written=written)
    assert counted(file, due="2026-05-12") == [
        {"stage": "notification", "set_by": "rules", "due": "2026-05-12", "met_on": "2026-05-12"}
    ]


def test_an_escalation_of_the_local_procedure_is_not_set_by_the_people(store: Store) -> None:
    action = {"what": "Revise the pathway", "owner": "Health", "due": "2026-01-30"}
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written={("action", "1"): action})
    assert [each["due"] for each in counted(file, set_by="people")] == ["2026-01-30"]
    assert [each["due"] for each in counted(file, set_by="local")] == ["2026-04-30"]


def test_under_the_rules_of_2015_deciding_is_one_deadline_that_the_decision_meets(
    store: Store,
) -> None:
    file = cases.kept(
        store,
        "none",
        dates={
            "incident": "2016-01-11",
            "awareness": "2016-01-12",
            "board_notified": "2016-01-29",
            "decision": "2016-03-04",
        },
        answers={**SERIOUS, "normally_resident_here": "yes"},
    )
    deciding = [each for each in of(file) if each.due == date(2016, 2, 29)]
    assert [(each.met, each.days) for each in deciding] == [(date(2016, 3, 4), -4)]


IN_DURHAM = {
    **SERIOUS,
    "where_it_happened": "elsewhere_in_england",
    "authority_of_the_incident": "durham",
}


def durhams(store: Store, **dates: str) -> Deadline:
    (found,) = (
        each
        for each in of(cases.kept(store, dates={**KNOWN, **dates}, answers=IN_DURHAM))
        if each.what.startswith("Expect Durham County Council to notify")
    )
    return found


def test_the_time_of_another_authority_is_never_overdue_from_what_we_knew(store: Store) -> None:
    found = durhams(store)
    assert found.due is not None
    assert found.due < TODAY
    assert (found.standing, found.overdue) == (Standing.PASSED, False)
    file = cases.kept(store, dates=KNOWN, answers=IN_DURHAM)
    assert not [each for each in counted(file) if each["stage"] == "notification"]


def test_what_is_expected_of_another_authority_is_no_deadline_of_the_case(store: Store) -> None:
    dates = {**KNOWN, "awareness": TODAY.isoformat()}
    file = cases.kept(store, dates=dates, answers=IN_DURHAM)
    (expected,) = (each for each in of(file) if each.expected)
    assert (expected.standing, expected.unmet) == (Standing.RUNNING, False)
    assert not [each for each in counted(file) if each["stage"] == "notification"]


def test_the_time_of_another_authority_counts_from_what_it_knew(store: Store) -> None:
    found = durhams(store, other_authority_aware="2026-05-29")
    assert (found.due, found.overdue) == (date(2026, 6, 5), True)
    sent = durhams(store, other_authority_aware="2026-05-29", notification_sent="2026-06-04")
    assert sent.met == date(2026, 6, 4)


def told_within(store: Store, written: Mapping[tuple[str, str], Any], **dates: str) -> list[Any]:
    """By when the referrer is told, in each reading that has a day."""
    file = cases.kept(store, dates={**KNOWN, **dates}, answers=SERIOUS, written=written)
    found = [each for each in deadlines(file, TODAY) if each.act == "darlington_tell_the_referrer"]
    return [each.due for each in found if each.due]


def test_the_referrer_is_told_within_five_days_of_the_decision_on_notifying(store: Store) -> None:
    assert told_within(store, {}, decision="2026-05-27") == []
    decided = {"notifying_decision": "2026-05-14", "decision": "2026-05-27"}
    assert told_within(store, {}, **decided) == [date(2026, 5, 21)]


def test_the_day_that_the_referrer_is_told_of_is_that_of_the_decision_on_notifying(
    store: Store,
) -> None:
    told = {("feedback", ""): {"outcome": "notified", "decided": "2026-05-14"}}
    assert told_within(store, told, decision="2026-05-27") == [date(2026, 5, 21)]
    open_still = {("feedback", ""): {"outcome": "not_decided", "decided": "2026-05-14"}}
    assert told_within(store, open_still) == []
    assert told_within(store, told, notifying_decision="2026-05-13") == [date(2026, 5, 20)]


def test_a_decision_on_a_review_does_not_settle_whether_it_is_notified(store: Store) -> None:
    written = {("notification", ""): {"criteria_met": "no", "why_not": "No harm."}}
    for dates, met in (
        ({"decision": "2026-05-27"}, None),
        ({"decision": "2026-05-27", "notifying_decision": "2026-05-14"}, date(2026, 5, 14)),
        ({"notification_sent": "2026-05-15"}, date(2026, 5, 15)),
    ):
        file = cases.kept(store, dates={**KNOWN, **dates}, written=written)
        assert decided_on_notifying(file) == met


def test_telling_the_referrer_belongs_to_the_stage_with_its_form(store: Store) -> None:
    found = of(cases.kept(store, dates=KNOWN, answers=SERIOUS))
    telling = [each for each in found if each.act == "darlington_tell_the_referrer"]
    assert [each.stage for each in telling] == ["referral"]
