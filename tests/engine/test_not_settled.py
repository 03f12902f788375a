"""Not settled is not ruled out, and what the texts leave open is never told as not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commands.as_json import assessment_json
from engine.answers import Answer, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.expression import Status
from engine.results import Assessment
from engine.rulebook import Rulebook

NOT_SETTLED = "Whether an unborn child is covered is not settled by the texts that were read."
UNBORN: dict[str, Answer] = {
    "age_of_person": "unborn",
    "what_happened": "died",
    "abuse_or_neglect": "suspected",
}
UNDER_2023, UNDER_2015 = date(2025, 6, 11), date(2016, 5, 10)


@pytest.fixture
def told(rulebook: Rulebook, working_days: WorkingDays) -> Any:
    def tell(day: date = UNDER_2023, stage: str = "notify", **changed: Answer) -> Assessment:
        dates = {"incident": day, "awareness": day}
        return assess(rulebook, Case(stage, "none", dates, {**UNBORN, **changed}), working_days)

    return tell


def findings(assessment: Assessment) -> dict[str, tuple[Status, str]]:
    return {each.id: (each.status, each.not_settled) for each in assessment.findings}


@pytest.mark.parametrize(
    ("day", "route", "finding"),
    [
        (UNDER_2023, "settle_whether_an_unborn_child_is_notified", "serious_incident"),
        (UNDER_2023, "settle_whether_an_unborn_child_is_notified", "duty_lies_with_this_authority"),
        (UNDER_2015, "settle_whether_an_unborn_child_is_reported", "notifiable_incident"),
    ],
)
def test_nothing_is_to_be_found_out_where_every_fact_about_an_unborn_child_is_known(
    told: Any, day: date, route: str, finding: str
) -> None:
    given = told(day)
    assert given.route is not None
    assert given.route.id == route
    assert not given.open
    assert "A8" in given.route.rests_on
    assert findings(given)[finding] == (Status.RULED_OUT, NOT_SETTLED)


def test_the_time_to_notify_runs_for_an_unborn_child_too(told: Any) -> None:
    steps = {each.id: each for each in told().route.steps}
    assert steps["mind_the_time_to_notify"].due == date(2025, 6, 18)
    assert steps["decide_whether_to_notify_for_an_unborn_child"].strength == "advice"


def test_whether_abuse_is_suspected_is_still_to_be_found_out(told: Any) -> None:
    given = told(abuse_or_neglect="not known")
    assert given.route.id == "find_out_before_the_deadline"
    assert findings(given)["serious_incident"] == (Status.RULED_OUT, "")


def test_where_nobody_suspects_abuse_that_settles_it(told: Any) -> None:
    given = told(abuse_or_neglect="no")
    assert given.route.id == "no_duty_to_notify"
    assert findings(given)["serious_incident"] == (Status.RULED_OUT, "")


def test_of_somebody_of_18_nothing_is_left_open(told: Any) -> None:
    given = told(age_of_person=18)
    assert not any(each.not_settled for each in (*given.findings, *given.rationale))


def test_the_rationale_and_json_say_it_beside_ruled_out(told: Any) -> None:
    given = told()
    said = {each.rule: each.not_settled for each in given.rationale if each.not_settled}
    assert set(said.values()) == {NOT_SETTLED}
    assert "ca2004-16b-9" in said
    plain = assessment_json(given)
    found = next(each for each in plain["findings"] if each["id"] == "serious_incident")
    assert (found["status"], found["not_settled"]) == ("ruled out", NOT_SETTLED)
    born = next(each for each in plain["findings"] if each["id"] == "child_died")
    assert "not_settled" not in born
