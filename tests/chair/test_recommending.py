"""Whether a decision is what the rules recommend, for each of their routes."""

from __future__ import annotations

from itertools import combinations

import pytest

from rules.loader import rulebook
from tests.fixtures import cases
from webforms.chair.parts.deciding import ROUTES
from webforms.chair.recommending import (
    LEFT_TO_OTHERS,
    LEFT_TO_THE_PEOPLE,
    OUTCOMES,
    Agreement,
    agreement,
    agreement_of,
    rests_on_own_answer,
    why_nothing_to_compare,
)

OWN_QUESTION = "partners_think_review_appropriate"
DECISIONS = {id for id, _ in ROUTES}
REVIEW, WITHOUT, MORE = {"local_review"}, {"no_review", "other_learning"}, {"more_needed"}
NOTHING: set[str] = set()

# The routes that say how a review is decided, with the decisions that are the same.
SETTLED = {
    "local_review_by_the_partners": REVIEW,
    "review_by_choice_outside_the_definition": REVIEW,
    "no_practice_review_say_why_not": WITHOUT,
    "no_practice_review_record_why": WITHOUT,
    "no_review_outside_the_definition": WITHOUT,
    "hold_a_serious_case_review": {"serious_case_review"},
    "serious_case_review_after_a_death_in_custody": {"serious_case_review"},
    "no_serious_case_review": {"no_serious_case_review"},
}
# Those of them that the rules take only because the partners said what they find.
ON_OWN_ANSWER = {
    "local_review_by_the_partners",
    "review_by_choice_outside_the_definition",
    "no_practice_review_say_why_not",
    "no_practice_review_record_why",
    "no_review_outside_the_definition",
}
# The routes that leave it open, or that are for somebody else, with what fits them.
OPEN = {
    "find_out_first": MORE,
    "give_the_panel_more_information": MORE,
    "find_out_whether_the_criteria_are_met": MORE,
    "settle_whether_an_unborn_child_counts": MORE,
    "answer_the_panel": NOTHING,
    "withdraw_the_notification": WITHOUT,
    "national_review_by_the_panel": {"national_review"},
    "another_board_decides_on_a_review": NOTHING,
}


def test_every_route_of_the_rules_is_known_here_and_in_one_way_only() -> None:
    of_rules = {route.id for route in rulebook().routes if route.stage == "review"}
    ways = (set(OUTCOMES), set(LEFT_TO_THE_PEOPLE), set(LEFT_TO_OTHERS))
    assert set.union(*ways) == of_rules, "say of each route what a decision is compared with"
    assert all(one.isdisjoint(other) for one, other in combinations(ways, 2))
    assert set(SETTLED) | set(OPEN) == of_rules, "and write down here what is expected of it"


@pytest.mark.parametrize(("route", "same"), SETTLED.items())
def test_from_a_route_with_an_outcome_every_other_decision_differs(
    route: str, same: set[str]
) -> None:
    agrees = Agreement.FOLLOWS if route in ON_OWN_ANSWER else Agreement.SAME
    for decided in DECISIONS:
        expected = agrees if decided in same else Agreement.DIFFERS
        assert agreement(route, decided) is expected, decided


@pytest.mark.parametrize(("route", "fits"), OPEN.items())
def test_from_a_route_without_an_outcome_no_decision_differs(route: str, fits: set[str]) -> None:
    for decided in DECISIONS:
        expected = Agreement.SAME if decided in fits else Agreement.NOTHING_TO_COMPARE
        assert agreement(route, decided) is expected, decided


def worked_cases_with_an_outcome() -> list[cases.Worked]:
    return [case for case in cases.every() if not case.refused and case.expect["route"] in SETTLED]


@pytest.mark.parametrize("case", worked_cases_with_an_outcome(), ids=lambda case: case.name)
def test_what_rests_on_the_partners_own_answer_is_what_that_answer_decided(
    case: cases.Worked,
) -> None:
    said = [
        each for each in case.assessment().path if each.question == OWN_QUESTION and each.matters
    ]
    assert rests_on_own_answer(case.expect["route"]) is bool(said)


def test_a_route_that_the_rules_no_longer_know_is_not_said_to_rest_on_it() -> None:
    assert not rests_on_own_answer("a_route_of_long_ago")


def test_where_nothing_is_recommended_nothing_differs() -> None:
    assert agreement("", "local_review") is Agreement.NOTHING_TO_COMPARE
    assert why_nothing_to_compare("") == (
        "The rules recommended nothing, so there is nothing to compare."
    )


def test_it_is_said_to_whom_the_rules_left_it() -> None:
    assert why_nothing_to_compare("answer_the_panel") == (
        "The rules left the outcome to the people, so there is nothing to compare."
    )
    for route in ("another_board_decides_on_a_review", "national_review_by_the_panel"):
        assert why_nothing_to_compare(route) == (
            "The rules left this to another body to decide, so there is nothing to compare."
        )


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"format": 1, "differs": True}, Agreement.DIFFERS),
        ({"format": 1, "differs": False}, Agreement.SAME),
        ({"format": 2, "agreement": "same"}, Agreement.SAME),
        ({"format": 2, "agreement": "differs"}, Agreement.DIFFERS),
        ({"format": 2, "agreement": "nothing_to_compare"}, Agreement.NOTHING_TO_COMPARE),
        ({"format": 3, "agreement": "same"}, Agreement.SAME),
        ({"format": 3, "agreement": "follows"}, Agreement.FOLLOWS),
    ],
)
def test_a_signed_record_keeps_what_it_says(record: dict[str, object], says: Agreement) -> None:
    assert agreement_of(record) is says


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"format": 1, "differs": False}, Agreement.FOLLOWS),
        ({"format": 1, "differs": True}, Agreement.DIFFERS),
        ({"format": 2, "agreement": "same"}, Agreement.FOLLOWS),
        ({"format": 2, "agreement": "differs"}, Agreement.DIFFERS),
        # What is signed since then is told apart already.
        ({"format": 3, "agreement": "same"}, Agreement.SAME),
    ],
)
def test_a_record_signed_before_they_were_told_apart_is_told_apart_by_its_route(
    record: dict[str, object], says: Agreement
) -> None:
    assert agreement_of({**record, "recommended": "local_review_by_the_partners"}) is says
