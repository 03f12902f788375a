"""Child S under the rules of 2015: what is written, and what the documents then have to say.

The case is real, told from a public report: see `fixtures/real/child-s*.yaml`.
"""

from __future__ import annotations

from datetime import date

from .written import YES, Chosen, Form, Line, lines

# The report says: a baby of seven months with injuries that look inflicted, in June 2016; how
# agencies had worked together gave no cause for concern; the Chair and the national panel agreed
# that the criteria for a serious case review were not met; a learning review was held instead.
# Every day and every text below is made up; the end of the month stands in for June.
HAPPENED = AWARE = date(2016, 6, 30)
REPORTED, BOARD_TOLD = date(2016, 7, 6), date(2016, 7, 5)
MET, DECIDED = date(2016, 9, 20), date(2016, 9, 30)
SENT = date(2016, 10, 10)
ANSWERED = date(2016, 10, 28)
NOTES = "Nobody can explain the injuries."

CHECKED = {
    "danger_now": "No",
    "age_of_person": "Years: 0",
    "what_happened": "The child or young person was harmed, or may have been harmed",
    "how_serious_was_the_harm": "Serious physical harm",
    "abuse_or_neglect": "It is suspected",
    "normally_resident_here": "Yes",
}
WEIGHED = {"joint_working_cause_for_concern": "No"}

CHILD: Form = {
    "What is the child called in this case?": "Child S",
    "Care or protection plans (optional)": "On a child protection plan for neglect",
}
REFERRAL: Form = {
    "Which organisation sent it?": "Hospital, ward sister",
    "When did the local authority receive the referral?": AWARE,
    "When did it reach the Local Safeguarding Children Board?": BOARD_TOLD,
}
FEEDBACK: Form = {
    "What is the referrer told?": Chosen("The incident was reported to Ofsted and the Board"),
    "When was that decided?": REPORTED,
    "When was the letter sent?": date(2016, 7, 8),
}
NOTIFICATION: Form = {
    "Is the incident found to be notifiable?": YES,
    "Which information was shared for this decision, agency by agency?": "Hospital and police.",
    "When was the incident reported to Ofsted?": REPORTED,
    "When was the Local Safeguarding Children Board told?": BOARD_TOLD,
}
MEETING: Form = {
    "When did the meeting take place?": MET,
    "Why is the meeting held?": "The Case Review Committee looks at a baby’s injuries.",
    "The facts of the incident, and of the case": "A baby of seven months has head injuries.",
    "How were agencies involved with the children and the family?": "A supervision order was made.",
    "What do the children, brothers and sisters included, need now to be safe?": (
        "Child S lives with carers; social care visits weekly."
    ),
    "Which improvements does the meeting see?": "Strengths are shared as well.",
    "What goes beyond the area, if anything?": "Nothing that was seen.",
    "When were the findings sent to the national panel?": SENT,
}
PEOPLE = (
    ("Designated nurse", "Health", "Present"),
    ("Detective inspector", "Police", "Sent apologies"),
)
# The conditions of a serious case review, in the order of the page.
VIEWS = {
    "card-abuse_or_neglect_known_or_suspected": "Engaged",
    "card-child_died": "Not engaged",
    "card-child_seriously_harmed": "Engaged",
    "card-serious_case_of_death": "Not engaged",
    "card-serious_case_of_harm": "Not engaged",
    "card-death_in_custody_or_detention": "Not engaged",
}


def view(number: int, card: str) -> Form:
    """The meeting's view on a condition, with a reason of its own."""
    return {"The meeting’s view": Chosen(VIEWS[card]), "The reason": f"Reason {number}."}


RECOMMENDATION: Form = {
    "What does the meeting recommend?": Chosen("No serious case review (rules of 2015 only)"),
    "Why does it recommend this?": "The committee sees no cause for concern.",
    "Which next steps does it recommend?": "A learning review is offered.",
}
DECISION: Form = {
    "What was decided?": Chosen("No serious case review (rules of 2015 only)"),
    "Who decided, by role?": "The independent Chair of the Board",
    "When was the decision made?": DECIDED,
    "The reasons": "How agencies worked together gives no cause for concern.",
    "If there is no review: why not?": "The third condition is not met; a learning review is held.",
    "Next steps": "A learning review begins in November.",
}
PANEL_ANSWER: Form = {
    "Does the national panel agree with what was decided?": Chosen("It agrees"),
    "When did it answer?": ANSWERED,
    "What did it write?": "It shares the Chair’s view.",
}
OPTION = "Learning review by critical incident collaborative inquiry"
LEARNING: Form = {
    "When was it referred to the group?": date(2016, 10, 3),
    "When did the group meet?": date(2016, 10, 5),
    "Which agencies were present?": "Health, police, social care.",
    "Which form of learning was chosen?": Chosen(OPTION),
    "Outcome and rationale": "Practitioners look at it together.",
    "When was that shared with the Board?": date(2016, 10, 12),
}
APPROVAL: Form = {
    "Does the Board approve?": Chosen("It approves"),
    "Who, by role?": "The independent Chair of the Board",
    "When?": date(2016, 10, 14),
}


# What the documents have to say

ROUTE = "No serious case review"
DECISION_LABELS = (
    "Decided by",
    "Decided on",
    "The reasons",
    "Why there is no review",
    "Next steps",
)
RECORD: tuple[Line, ...] = (
    ("Version", "1"),
    ("Signed by", "Newcastle chair (chair)"),
    ("National rules", "Working Together 2015"),
    ("Local procedure", "Newcastle, report of 2016/17"),
    ("The national panel", "It agrees"),
    ("Child S", CHILD["Care or protection plans (optional)"]),
    *lines(("Sent by", "Received on", "Reached the Board on"), REFERRAL.values()),
    ("What the referral said", NOTES),
    ("Notification to Ofsted and the Board",),
    ("Information shared for this decision, agency by agency", "Hospital and police."),
    ("Reported to Ofsted on", REPORTED),
    ("The Board told on", BOARD_TOLD),
    *lines(
        (
            "Held on",
            "Why the meeting was held",
            "The facts of the incident, and of the case",
            "How agencies were involved with the children and the family",
            "What the children need now to be safe",
            "Improvements that the meeting saw",
            "What went beyond the area",
            "Findings sent on",
        ),
        MEETING.values(),
    ),
    *PEOPLE,
    ("Conditions of a serious case review",),
    *(
        ("The meeting’s view", stands, "Reason", f"Reason {number}.")
        for number, stands in enumerate(VIEWS.values(), start=1)
    ),
    ("Recommended", "The criteria for a serious case review are not met"),
    *lines(
        ("The meeting recommended", "Why it was recommended", "Next steps that were recommended"),
        (ROUTE, *list(RECOMMENDATION.values())[1:]),
    ),
    ("Decided", ROUTE),
    *lines(DECISION_LABELS, list(DECISION.values())[1:]),
    ("Answer of the national panel of independent experts",),
    *lines(("Agrees?", "Answered on", "What it wrote"), PANEL_ANSWER.values()),
    *lines(
        (
            "Referred on",
            "The group met on",
            "Agencies present",
            "Form of learning",
            "Outcome and rationale",
            "The Board told on",
        ),
        LEARNING.values(),
    ),
    *lines(("Does the Board approve?", "Answered by", "Answered on"), APPROVAL.values()),
)
APPENDIX_5: tuple[Line, ...] = (
    ("Date of the meeting", MET, "Present", "Designated nurse, Health"),
    ("Apologies", "Detective inspector, Police"),
    ("What the children, brothers and sisters included, need now to be safe",),
    (
        "The meeting recommends. What the Chair of the Board decided, and why, stands in the "
        "record of the decision.",
        "Recommendation, and whether to hold a serious case review",
        ROUTE,
    ),
    ("Why the meeting recommends this", "The committee sees no cause for concern."),
    ("Next steps that the meeting recommends", "A learning review is offered."),
)
LETTER_TO_PANEL: tuple[Line, ...] = (
    ("To", "The national panel of independent experts"),
    ("From", "The Local Safeguarding Children Board"),
    ("Notified on", REPORTED, "Met on", MET, "Concerning", "Child S"),
    ("Decided", ROUTE),
    ("Decided by", DECISION["Who decided, by role?"], "Decided on", DECIDED),
    ("The reasons", DECISION["The reasons"]),
    ("Why there is no review", DECISION["If there is no review: why not?"]),
)
LETTER_TO_REFERRER: tuple[Line, ...] = (
    ("To", REFERRAL["Which organisation sent it?"], "From", "Newcastle City Council"),
    ("The outcome", FEEDBACK["What is the referrer told?"]),
)
# What there was not in 2016. "Rapid review" alone would also forbid what says that there was none.
LATER_WORDS = (
    "safeguarding partners",
    "Child Safeguarding Practice Review Panel",
    "a rapid review follows",
    "the rapid review meeting",
    "local child safeguarding practice review",
)
