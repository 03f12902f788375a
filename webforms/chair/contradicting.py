"""Answers in a case that cannot both be right. Both stay as they are: people put it right."""

from __future__ import annotations

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.parts.deciding import PANEL_ANSWER, WITHOUT_REVIEW
from webforms.chair.words import for_case
from webforms.wording import day

LOCAL_REVIEW, NATIONAL_REVIEW = "local_review", "national_review"
# What the Panel is said to have answered, and what cannot be said beside it of whether it agrees.
# One that has not answered agrees with nothing; one that asks for more has not agreed yet.
CANNOT_STAND_TOGETHER = {
    "not_yet": ("agrees", "disagrees", "asks_for_more", "national"),
    "national_review": ("agrees", "asks_for_more", "not_yet"),
    "more_information": ("agrees", "national", "not_yet"),
    "asks_for_local_review": ("national", "not_yet"),
    "interested_in_thematic": ("national", "not_yet"),
    "agrees_no_review": ("national", "not_yet"),
}
# Whether it can agree depends on what was decided: the answer, the decisions, and what to say then.
CANNOT_STAND_BESIDE = (
    ("asks_for_local_review", WITHOUT_REVIEW, "agrees"),
    ("asks_for_local_review", (LOCAL_REVIEW,), "disagrees"),
    ("agrees_no_review", WITHOUT_REVIEW, "disagrees"),
    ("agrees_no_review", (LOCAL_REVIEW,), "agrees"),
    ("national_review", (NATIONAL_REVIEW,), "disagrees"),
)


def in_decision(file: CaseFile) -> list[str]:
    """The decision against the partners' own answer, and against the day a review was started."""
    route = file.one("decision").get("route")
    appropriate = file.answers.get("partners_think_review_appropriate")
    found = []
    if route == LOCAL_REVIEW and appropriate == "no":
        found.append(
            "A local review was decided, and it is written down that the partners do not think one "
            "appropriate. Check both."
        )
    if route in WITHOUT_REVIEW and appropriate == "yes":
        found.append(
            "No local review was decided, and it is written down that the partners think one "
            "appropriate. Check both."
        )
    if facts.started_without_review(file):
        started = day(file.dates["review_decision"])
        found.append(
            f"No review was decided, and {started} is written down as the day on which it was "
            "decided to start one. No time limit is counted from that day. Check both."
        )
    return found


def in_panel_answer(file: CaseFile) -> list[str]:
    """What the Panel is said to have answered, against whether it is said to agree."""
    answer = str(file.answers.get(facts.PANEL_ANSWER, ""))
    agrees = str(file.one("panel_answer").get("agreement", ""))
    route = file.one("decision").get("route")
    together = agrees in CANNOT_STAND_TOGETHER.get(answer, ())
    if route == NATIONAL_REVIEW and (answer, agrees) == ("national_review", "agrees"):
        # It agrees with just that.
        together = False
    beside = any(
        (answer, agrees) == (said, says) and route in decided
        for said, decided, says in CANNOT_STAND_BESIDE
    )
    if not together and not beside:
        return []
    answered = facts.words_of(facts.PANEL_ANSWER, answer)
    agreed = for_case(PANEL_ANSWER, file).ask("agreement").words(agrees)
    return [
        f"Of the Panel’s answer it is written down: “{answered}”. Of whether it agrees with what "
        f"was decided: “{agreed}”. Check both."
    ]
