"""A near miss in Darlington, made up, that is not notified and is looked at for learning."""

from __future__ import annotations

from datetime import date

from .written import NO, YES, Chosen, Form, Line, lines

AWARE = date(2026, 5, 11)
NOTES = "Medicine within reach."

CHECKED = {
    "danger_now": "No",
    "age_of_person": "Years: 4",
    "what_happened": "Nobody came to harm, but it was a near miss or it raises a concern",
    "abuse_or_neglect": "No, it is neither known nor suspected",
    "significant_harm": "No",
    "carries_learning": "Yes",
}
WEIGHED = {
    "threshold_decision": "It is below the threshold and is not notified",
    "kind_of_learning": "Something could have been done better",
    "agencies_in_the_learning": "That of several agencies",
    "issue_to_explore": "No",
    "partners_think_review_appropriate": "No",
    "similar_cases_seen": "Yes",
}
REFERRAL: Form = {
    "Which organisation sent it?": "A nursery, its manager",
    "When did the local authority receive the referral?": AWARE,
    "When did it reach the safeguarding partners?": date(2026, 5, 12),
}
NOTIFICATION: Form = {
    "Do the partners find the criteria for notifying met?": NO,
    "If it is not notified: what was decided, and why?": "Nobody was harmed.",
    "Which information was shared for this decision, agency by agency?": "Nursery and health.",
    "If it is not notified: may there be learning all the same?": YES,
}
OPTION = "2. Multi-agency audit on similar cases"
LEARNING: Form = {
    "When was it referred to the group?": date(2026, 5, 18),
    "When did the group meet?": date(2026, 6, 1),
    "Which agencies were present?": "Nursery, health, police.",
    "Which form of learning was chosen?": Chosen(OPTION),
    "Outcome and rationale": "The same was seen twice before.",
    "When was that shared with the partners?": date(2026, 6, 3),
}
APPROVAL: Form = {
    "Do the partners approve?": Chosen("They approve"),
    "Who, by role?": "The three partners",
    "When?": date(2026, 6, 9),
}

# What appendix 1 has to say

APPENDIX_1: tuple[Line, ...] = (
    ("Referred to the group on", LEARNING["When was it referred to the group?"]),
    ("The authority received the incident notification on", AWARE),
    ("Organisation that sent it", REFERRAL["Which organisation sent it?"]),
    ("It reached the safeguarding partners on", date(2026, 5, 12)),
    *lines(
        (
            "Do the partners find the criteria for notifying the Panel met?",
            "If it was not notified: the decision, and why",
            "Information shared for that decision, agency by agency",
            "If the criteria were not met: may there be learning all the same?",
        ),
        NOTIFICATION.values(),
    ),
    ("The group met on", LEARNING["When did the group meet?"]),
    ("Agencies present", LEARNING["Which agencies were present?"]),
    ("1. Multi-agency practice review", OPTION, "Chosen", "3. Learning for a single agency"),
    ("Outcome, and the reasons for it", LEARNING["Outcome and rationale"]),
    ("Shared with the partners on", LEARNING["When was that shared with the partners?"]),
)
