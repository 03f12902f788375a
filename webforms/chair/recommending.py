"""What the rules and the meeting recommend on a review, and whether people decided the same.

Not every route has an outcome that a decision could differ from. Some say what to do first, or that
the people decide; some are a decision of another body. With those there is nothing to compare, and
saying that a decision "differs" from them would be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.parts import outcomes


class Agreement(StrEnum):
    """Whether what was decided is what the rules recommend."""

    SAME = "same"
    DIFFERS = "differs"
    NOTHING_TO_COMPARE = "nothing_to_compare"


NO_REVIEW = frozenset({"no_review", "other_learning"})
LOCAL_REVIEW = frozenset({"local_review"})
SERIOUS_CASE_REVIEW = frozenset({"serious_case_review"})
MORE_NEEDED = frozenset({"more_needed"})
# The decisions that are the same as an outcome of the rules; any other differs from it.
OUTCOMES: Mapping[str, frozenset[str]] = {
    "local_review_by_the_partners": LOCAL_REVIEW,
    "review_by_choice_outside_the_definition": LOCAL_REVIEW,
    "no_practice_review_say_why_not": NO_REVIEW,
    "no_practice_review_record_why": NO_REVIEW,
    "no_review_outside_the_definition": NO_REVIEW,
    "hold_a_serious_case_review": SERIOUS_CASE_REVIEW,
    "serious_case_review_after_a_death_in_custody": SERIOUS_CASE_REVIEW,
    "no_serious_case_review": frozenset({"no_serious_case_review"}),
}
# Routes that leave the outcome to the people: they say what to find out, give, or weigh first. What
# fits such a route is the same; of anything else it cannot be said that it differs.
LEFT_TO_THE_PEOPLE: Mapping[str, frozenset[str]] = {
    "find_out_first": MORE_NEEDED,
    "give_the_panel_more_information": MORE_NEEDED,
    "find_out_whether_the_criteria_are_met": MORE_NEEDED,
    "settle_whether_an_unborn_child_counts": MORE_NEEDED,
    # The partners take the Panel's view into account; it is no order.
    "answer_the_panel": frozenset(),
    # The definition is not met, and the partners may still choose a review.
    "withdraw_the_notification": NO_REVIEW,
}
# Decisions of another body. A national review does not decide on a local one beside it.
LEFT_TO_OTHERS: Mapping[str, frozenset[str]] = {
    "national_review_by_the_panel": frozenset({"national_review"}),
    "another_board_decides_on_a_review": frozenset(),
}

NOTHING_RECOMMENDED = "The rules recommended nothing, so there is nothing to compare."
THE_PEOPLES = "The rules left the outcome to the people, so there is nothing to compare."
OF_OTHERS = "The rules left this to another body to decide, so there is nothing to compare."


def recommended(file: CaseFile) -> str:
    """The route that the rules recommend for the decision on a review, or nothing."""
    route = facts.assessed(file, "review").route
    return route.id if route else ""


def agreement(route: str, decided: str) -> Agreement:
    """Whether a decision is what a route of the rules says, or differs, or neither."""
    if route in OUTCOMES:
        return Agreement.SAME if decided in OUTCOMES[route] else Agreement.DIFFERS
    fits = {**LEFT_TO_THE_PEOPLE, **LEFT_TO_OTHERS}.get(route, frozenset())
    return Agreement.SAME if decided in fits else Agreement.NOTHING_TO_COMPARE


def why_nothing_to_compare(route: str) -> str:
    """Why a decision cannot be compared with a route, in a sentence."""
    if not route:
        return NOTHING_RECOMMENDED
    return OF_OTHERS if route in LEFT_TO_OTHERS else THE_PEOPLES


def agreement_of(record: Mapping[str, Any]) -> Agreement:
    """What a signed record says. Those of format 1 knew only whether a decision differs."""
    if "agreement" in record:
        return Agreement(record["agreement"])
    return Agreement.DIFFERS if record["differs"] else Agreement.SAME


def departs(file: CaseFile) -> bool:
    """Whether the people decided otherwise than the meeting recommended.

    Where one of the two has not been said yet, nobody departed from anything.
    """
    said = (file.one("recommendation").get("route"), file.one("decision").get("route"))
    decisions = dict(outcomes.OUTCOMES)
    return all(each in decisions for each in said) and said[0] != said[1]
