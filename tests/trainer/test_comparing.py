"""The same facts under two editions, or in two areas: what differs, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers import BadCase, Case
from engine.expression import Status
from rules.calendar import england
from rules.loader import rulebook
from webforms.trainer.changes import How
from webforms.trainer.comparing import Comparison, compare
from webforms.trainer.ready import READY
from webforms.trainer.sides import Side, moved, side
from webforms.trainer.subjects import every_subject, subject

TODAY = date(2026, 6, 10)
NAMES = tuple(name for _, choices in every_subject() for name, _ in choices)
EDITIONS = tuple(edition.id for edition in rulebook().editions)
AREAS = tuple(overlay.area for overlay in rulebook().overlays)


def facts(name: str) -> Case:
    found = subject(name)
    assert found is not None
    return found.case


def placed(name: str, under: str = "", area: str = "") -> Side:
    return side(rulebook(), facts(name), england(), under=under, area=area, today=TODAY)


def child_s() -> Comparison:
    return compare(placed("child-s"), placed("child-s", "working-together-2023"))


def test_child_s_was_below_the_criteria_of_2015_and_is_open_under_2023() -> None:
    told = child_s()
    assert told.left.program.edition.id == "working-together-2015"
    assert told.right.program.edition.id == "working-together-2023"
    assert told.left.assessment.route
    assert told.left.assessment.route.id == "no_serious_case_review"
    assert told.right.assessment.route
    assert told.right.assessment.route.id == "find_out_first"
    assert told.changes.leads_elsewhere
    incident = next(each for each in told.changes.findings if each.id == "serious_incident")
    assert (incident.how, incident.before, incident.after) == (
        How.NEW,
        "Not in these rules",
        "Holds",
    )


def test_the_third_condition_of_2015_is_set_aside_under_2023_and_it_is_told_why() -> None:
    told = child_s()
    asked = {each.question: each for each in told.why_left.questions}
    assert list(asked) == ["joint_working_cause_for_concern"]
    third = asked["joint_working_cause_for_concern"]
    assert third.words == "No"
    assert [rule.id for rule in third.rules] == ["lscbr2006-harmed"]
    assert "no such condition" in third.explanation
    assert third.instead
    assert third.instead.id == "ca2004-16b-9"
    assert third.instead.status is Status.ESTABLISHED
    assert "section 16B(9)" in third.instead.citations[0].text
    aside = [each.question for each in told.right.assessment.set_aside]
    assert aside == ["joint_working_cause_for_concern"]


def test_the_unverified_paragraphs_of_2015_are_named_without_a_number() -> None:
    told = child_s()
    assert set(told.why_left.unverified) == {
        "Regulations of 2006 (not verified)",
        "Working Together 2015 (not verified)",
    }
    assert told.why_right.unverified == ()
    for rule in told.why_left.rules:
        assert all(not each.paragraph for each in rule.citations)


def test_a_rule_is_a_reason_only_where_the_other_side_has_none_such() -> None:
    told = child_s()
    ids = {rule.id: rule for rule in told.why_left.rules}
    assert ids["lscbr2006-harmed"].decides
    # Both editions say that a baby is a child, each in a rule of its own.
    assert not ids["wt2015-glossary-child"].decides
    right = {rule.id for each in told.right.program.findings for rule in each.rules}
    assert not right & ids.keys()


def test_darlington_adds_steps_and_the_isle_of_wight_does_not() -> None:
    under = "working-together-2023"
    told = compare(
        placed("baby-alfie-notify", under, "darlington"),
        placed("baby-alfie-notify", under, "isle-of-wight"),
    )
    assert not told.changes.leads_elsewhere
    assert not told.changes.findings
    local = {step.id for step in told.why_left.local_steps}
    assert "darlington_report_to_the_partners" in local
    assert told.why_right.local_steps == ()
    assert told.why_left.rules == told.why_right.rules == ()


def test_all_dates_move_alike_so_that_the_time_between_them_stays() -> None:
    right = placed("child-s", "working-together-2023")
    assert right.case.dates["decision"] == right.day == date(2024, 9, 30)
    between = facts("child-s").dates["decision"] - facts("child-s").dates["incident"]
    assert right.case.dates["decision"] - right.case.dates["incident"] == between
    assert right.moved_by == (date(2024, 9, 30) - date(2016, 9, 30)).days


def test_a_case_that_is_under_the_edition_already_is_not_moved() -> None:
    left = placed("child-s", "working-together-2015")
    assert left.moved_by == 0
    assert left.case == facts("child-s")


def test_the_day_on_which_an_area_changed_over_stays() -> None:
    case = Case("review", "none", {"arrangements_changed": date(2019, 9, 1)}, {})
    assert moved(rulebook(), case, 400) == case


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_case_without_a_date_comes_under_the_edition_that_is_asked_for(edition: str) -> None:
    case = Case("review", "none", {}, {"what_happened": "harmed"})
    found = side(rulebook(), case, england(), under=edition, today=TODAY)
    assert found.program.edition.id == edition


@given(st.sampled_from(NAMES), st.sampled_from(EDITIONS), st.sampled_from(AREAS))
@settings(max_examples=40, deadline=None)
def test_every_case_comes_under_every_edition_in_every_area(
    name: str, edition: str, area: str
) -> None:
    found = placed(name, edition, area)
    assert found.program.edition.id == found.assessment.edition == edition
    assert found.assessment.area == area
    told = compare(found, found)
    assert told.same_rules
    assert not told.changes
    why = told.why_left
    assert (why.rules, why.questions, why.local_steps) == ((), (), ())


def test_a_day_may_be_named_in_place_of_an_edition() -> None:
    found = placed("child-s", "2024-02-29")
    assert found.day == date(2024, 2, 29)
    assert found.program.edition.id == "working-together-2023"


@pytest.mark.parametrize(
    ("under", "area", "said"),
    [
        ("2010-01-01", "", "before 2015-03-26"),
        ("the newest", "", "neither an edition nor a day"),
        ("", "atlantis", "not an area"),
    ],
)
def test_what_is_not_there_is_refused(under: str, area: str, said: str) -> None:
    with pytest.raises(BadCase, match=said):
        placed("child-s", under, area)


@pytest.mark.parametrize("ready", READY, ids=lambda each: each.title)
def test_every_ready_comparison_shows_a_difference(ready: object) -> None:
    assert ready in READY
    found = next(each for each in READY if each is ready)
    told = compare(
        placed(found.case, found.left, found.left_area),
        placed(found.case, found.right, found.right_area),
    )
    assert told.changes
    assert not told.same_rules
