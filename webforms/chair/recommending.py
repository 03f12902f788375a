"""What the rules and the meeting recommend on a review, and whether people decided the same.

Not every route has an outcome that a decision could differ from. Some say what to do first, or that
the people decide; some are a decision of another body. With those there is nothing to compare, and
saying that a decision "differs" from them would be wrong.

Other routes have an outcome only because the partners said themselves whether a review is
appropriate. A decision that agrees with one of those follows from that answer. Calling it "the same
as the rules recommend" would make a second opinion of one judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from engine.expression import All, Expression, Stands, Status
from engine.expression import Any as AnyOf
from rules.loader import rulebook
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.parts import outcomes


class Agreement(StrEnum):
    """Whether what was decided is what the rules recommend.

    `FOLLOWS`: it is, and they recommend it because the partners gave that answer themselves.
    """

    SAME = "same"
    FOLLOWS = "follows"
    DIFFERS = "differs"
    NOTHING_TO_COMPARE = "nothing_to_compare"


# How it is told wherever there is room for a few words only.
IN_WORDS: Mapping[Agreement, str] = {
    Agreement.SAME: "The same",
    Agreement.FOLLOWS: "Follows from the partners’ own answer",
    Agreement.DIFFERS: "Differs",
    Agreement.NOTHING_TO_COMPARE: "Nothing to compare",
}

# What the partners say themselves, on the form of the decision: Children Act 2004, section 16F(1).
OWN_ANSWER = "partners_find_a_review_appropriate"
# Since this format of a signed record, agreeing with one's own answer is told apart.
FOLLOWS_TOLD_APART = 3

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
FOLLOWS = (
    "What Waymark recommends follows from the partners’ own answer on whether a review is "
    "appropriate. It is no second opinion on that."
)


def recommended(file: CaseFile) -> str:
    """The route that the rules recommend for the decision on a review, or nothing."""
    route = facts.assessed(file, "review").route
    return route.id if route else ""


def agreement(route: str, decided: str) -> Agreement:
    """Whether a decision is what a route of the rules says, or differs, or neither."""
    if route in OUTCOMES:
        if decided not in OUTCOMES[route]:
            return Agreement.DIFFERS
        return Agreement.FOLLOWS if rests_on_own_answer(route) else Agreement.SAME
    fits = {**LEFT_TO_THE_PEOPLE, **LEFT_TO_OTHERS}.get(route, frozenset())
    return Agreement.SAME if decided in fits else Agreement.NOTHING_TO_COMPARE


@cache
def rests_on_own_answer(route: str) -> bool:
    """Whether a route is taken only where the partners said if they find a review appropriate.

    Today's rules tell; of a route that they no longer know, nothing is said.
    """
    found = [each for each in rulebook().routes if each.stage == "review" and each.id == route]
    return bool(found) and all(_settled_by_own_answer(each.when) for each in found)


def _settled_by_own_answer(when: Expression) -> bool:
    """Whether each way in which a condition can be met takes that answer for a yes or a no."""
    match when:
        case Stands(finding, status):
            return finding == OWN_ANSWER and status is not Status.OPEN
        case All(parts):
            return any(_settled_by_own_answer(part) for part in parts)
        case AnyOf(parts):
            return all(_settled_by_own_answer(part) for part in parts)
        case _:
            return False


def why_nothing_to_compare(route: str) -> str:
    """Why a decision cannot be compared with a route, in a sentence."""
    if not route:
        return NOTHING_RECOMMENDED
    return OF_OTHERS if route in LEFT_TO_OTHERS else THE_PEOPLES


def agreement_of(record: Mapping[str, Any]) -> Agreement:
    """What a signed record says. Those of format 1 knew only whether a decision differs.

    Those before format 3 called it the same as well where the decision follows from the partners'
    own answer. That is told apart from the route that they recommended.
    """
    if "agreement" in record:
        said = Agreement(record["agreement"])
    else:
        said = Agreement.DIFFERS if record["differs"] else Agreement.SAME
    if record.get("format", 1) < FOLLOWS_TOLD_APART:
        return told_apart(said, record.get("recommended", ""))
    return said


def told_apart(said: Agreement, route: str) -> Agreement:
    """What was kept as the same before the two were told apart, as it is told today."""
    own = said is Agreement.SAME and rests_on_own_answer(route)
    return Agreement.FOLLOWS if own else said


def departs(file: CaseFile) -> bool:
    """Whether the people decided otherwise than the meeting recommended.

    Where one of the two has not been said yet, nobody departed from anything.
    """
    said = (file.one("recommendation").get("route"), file.one("decision").get("route"))
    decisions = dict(outcomes.OUTCOMES)
    return all(each in decisions for each in said) and said[0] != said[1]
