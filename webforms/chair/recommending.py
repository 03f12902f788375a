"""What the rules and the meeting recommend on a review, and whether people decided otherwise."""

from __future__ import annotations

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.parts.outcomes import OUTCOMES


def recommended(file: CaseFile) -> str:
    """The route that the rules recommend for the decision on a review, or nothing."""
    route = facts.assessed(file, "review").route
    return route.id if route else ""


# Which routes of the rules a decision agrees with. Others differ, and their reasons are told.
AGREES: dict[str, tuple[str, ...]] = {
    "local_review": ("local_review_by_the_partners", "review_by_choice_outside_the_definition"),
    "national_review": ("national_review_by_the_panel",),
    "no_review": (
        "no_practice_review_say_why_not",
        "no_practice_review_record_why",
        "no_review_outside_the_definition",
        "withdraw_the_notification",
    ),
    "other_learning": (
        "no_practice_review_say_why_not",
        "no_practice_review_record_why",
        "no_review_outside_the_definition",
        "withdraw_the_notification",
    ),
    "more_needed": (
        "find_out_first",
        "give_the_panel_more_information",
        "find_out_whether_the_criteria_are_met",
        "settle_whether_an_unborn_child_counts",
    ),
    "serious_case_review": (
        "hold_a_serious_case_review",
        "serious_case_review_after_a_death_in_custody",
    ),
    "no_serious_case_review": ("no_serious_case_review",),
}


def differs(file: CaseFile, decided: str) -> bool:
    """Whether what was decided is not what the rules recommend on the answers as they stand."""
    return recommended(file) not in AGREES.get(decided, ())


def departs(file: CaseFile) -> bool:
    """Whether the people decided otherwise than the meeting recommended.

    Where one of the two has not been said yet, nobody departed from anything.
    """
    said = (file.one("recommendation").get("route"), file.one("decision").get("route"))
    outcomes = dict(OUTCOMES)
    return all(each in outcomes for each in said) and said[0] != said[1]
