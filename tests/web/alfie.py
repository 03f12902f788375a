"""Baby Alfie: what his people write, and what the documents of his case then have to say.

The case is real, told from a public report: see `fixtures/real/baby-alfie*.yaml`.
"""

from __future__ import annotations

from datetime import date

from .written import NO, UNKNOWN, YES, Chosen, Form, Line, lines

# Known from Gateshead's report of 2022, under its heading on Baby Alfie: a baby was badly hurt at
# home. On 22 January 2021 the meeting saw a need for a learning review; the Panel asked to have it
# published as a local review. A reviewer was found in September 2021, and the partners agreed the
# report on 10 February 2022. Every other day and every text below is made up.
AWARE, NOTIFIED = date(2021, 1, 4), date(2021, 1, 8)
PARTNERS_TOLD = date(2021, 1, 9)
ASKED_ON, RETURN_BY, LOOK_BACK_FROM = date(2021, 1, 12), date(2021, 1, 19), date(2018, 1, 4)
MET = date(2021, 1, 22)
ANSWERED, REVIEW_DECIDED = date(2021, 2, 12), date(2021, 2, 15)
# The sixth month ends on Sunday 15 August 2021.
DELAY_TOLD, REVIEWER_FOUND = date(2021, 8, 2), date(2021, 9, 6)
SENT, PUBLISHED = date(2022, 2, 28), date(2022, 3, 9)

HEALTH = "Health visiting and school nursing"

NOTES = "The account given does not explain the injuries."
CHECKED = {
    "danger_now": "No",
    "age_of_person": "Years: 0",
    "what_happened": "The child or young person was harmed, or may have been harmed",
    "how_serious_was_the_harm": "Serious physical harm",
    "abuse_or_neglect": "It is suspected",
}
WEIGHED = {"improvements_needed": "It may do"}

CHILD: Form = {
    "What is the child called in this case?": "Alfie",
    "Address, or kind of place (optional)": "At home with his mother and her partner",
}
REFERRAL: Form = {
    "Which organisation sent it?": "Children’s hospital, named nurse",
    "When did the local authority receive the referral?": AWARE,
    "When did it reach the safeguarding partners?": date(2021, 1, 5),
}
NOTIFICATION: Form = {
    "Do the partners find the criteria for notifying met?": YES,
    "Which information was shared for this decision, agency by agency?": "Health and police: all.",
    "When was the notification sent to the Panel?": NOTIFIED,
    "When did the Panel acknowledge the notification?": date(2021, 1, 11),
    "When were the safeguarding partners told of the notification?": PARTNERS_TOLD,
    "Number that the Panel gave it (optional)": "P-2021-0042",
}
FEEDBACK: Form = {
    "What is the referrer told?": Chosen("The incident was notified, and a rapid review follows"),
    "In your own words (optional)": "Thank you for writing to us on the same day.",
    "When was that decided?": NOTIFIED,
    "When was the letter sent?": date(2021, 1, 12),
}
RETURN: Form = {
    "Which children does this concern?": "Alfie",
    "Dates of your agency’s involvement": "October to December 2020, closed",
    "Who completed this form?": "Health visiting team leader",
    "Your agency’s details": "North team, by the duty telephone",
    "What was your involvement, and which safeguarding issues did you know of?": "Three visits.",
    "What does your agency know now of the facts of the incident?": "What the ward told us.",
    "Anything older than three years that matters (optional)": "The mother was once in care.",
    "When was this sent back?": date(2021, 1, 18),
}
EVENT: Form = {
    "When did it happen?": date(2020, 10, 12),
    "At what time? (optional)": "9.05",
    "What happened?": "First visit after the birth.",
    "Which agency does this come from?": HEALTH,
    "Which kind of record does it come from?": "Health visiting record",
    "Whose professional records are they?": "The health visitor’s",
    "Who was involved?": "Alfie, mother, health visitor",
    "What was decided and done, and what came of it?": "Routine visits to go on.",
    "Was the child seen, and were the child’s views sought?": YES,
    "The child’s views": "Settled in his mother’s arms.",
    "The author’s comments (optional)": "The partner was not asked about.",
    "Author of this entry": "Health visiting team leader",
}
CSV = """\
Date,Time,What happened,Agency,Kind of record,Whose records,Who was involved,\
"Decisions, actions and outcome",Child seen and views sought,The child’s views,\
Author’s comments,Author
20/11/2020,,Six week check was missed.,GP practice,GP record,The GP’s,"Alfie, mother",\
A letter was sent.,No,,No reply was chased.,Practice manager
04/01/2021,23:40,Brought in with injuries.,Hospital,Ward record,The registrar’s,\
"Alfie, mother, partner",Admitted.,Yes,Cried when moved.,,Named nurse
"""
MEETING: Form = {
    "When did the meeting take place?": MET,
    "Why does the panel meet?": "A baby has injuries that nobody can explain.",
    "The facts of the incident, and of the case": "Significant injuries to a young baby at home.",
    "How were agencies involved with the children and the family?": "Universal services alone.",
    "What do the children, brothers and sisters included, need now to be safe?": (
        "Alfie is with foster carers, by social care, since 6 January."
    ),
    "Which improvements does the panel see?": "Men in the home are asked about at each visit.",
    "What points to national importance, if anything?": "Nothing that is known so far.",
    "When was the rapid review sent to the Panel?": date(2021, 1, 28),
}
PEOPLE = (
    ("Designated doctor", "Health", "Present"),
    ("Detective inspector", "Police", "Present"),
    ("Head of service", "Children’s social care", "Sent apologies"),
)
# Where the view is something else than "cannot say yet". The rules find the first two engaged on
# the answers, so that the second differs; of the third they cannot say.
VIEWS = {
    "card-criterion_improvements": "Engaged",
    "card-panel_criterion_improvements": "Not engaged",
    "card-circumstance_single_agency": "Not engaged",
}
CARDS = 15


def view(number: int, card: str) -> Form:
    """The panel's view on a card, with a reason of its own."""
    chosen = Chosen(VIEWS.get(card, "Cannot say yet"))
    return {"The panel’s view": chosen, "The reason": f"Reason {number}."}


# The report has the meeting see a need for a learning review; the rest is made up.
RECOMMENDATION: Form = {
    "What does the panel recommend?": Chosen("No local review; another form of learning"),
    "Why does it recommend this?": "The case calls for a learning review.",
    "Which next steps does it recommend?": "Practitioners are asked who could take part.",
}
# The report says nothing of what ran beside the review: this is made up.
BESIDE = "Criminal investigation or prosecution"
INVESTIGATION: Form = {
    "Does it run, or will it?": YES,
    "Have those who decide on it been told?": YES,
    "When were they told, and by whom?": "20 January, by the head of service",
    "What was agreed about coordination?": "The police speak with the mother’s partner first.",
    "Does publication wait for it?": YES,
    "Does a meeting, or the start of a review, wait for it?": NO,
    "Until when, as far as is known?": "the prosecutor has decided",
}
INVESTIGATION_ON_PAPER: tuple[Line, ...] = (
    (BESIDE, "The rules find"),
    *lines(
        (
            "Does it run?",
            "Deciders told?",
            "Told when, by whom",
            "Agreed",
            "Does publication wait?",
            "Does a meeting wait?",
            "Until",
        ),
        INVESTIGATION.values(),
    ),
)
DECISION: Form = {
    "What was decided?": Chosen("No local review; another form of learning"),
    "Do the partners think that a local review is appropriate?": NO,
    "Who decided, by role?": "The three safeguarding partners",
    "When was the decision made?": MET,
    "The reasons": "A learning review looks at the same questions, and sooner.",
    "If there is no review: why not?": "What a review could teach is learned by a learning review.",
    "Did anybody see it differently? (optional)": "The designated doctor wanted a local review.",
    "Next steps": "The learning review begins in March.",
    "When and how is the family told?": "By the social worker, in person.",
}
PANEL_ANSWER: Form = {
    "What has the Panel answered to the rapid review?": Chosen(
        "It asks for a local review, or finds that one may be more fitting"
    ),
    "Does the Panel agree with what was decided?": Chosen("It disagrees"),
    "When did it answer?": ANSWERED,
    "What did it write?": "It sees value in a review and asks that it be published.",
    "What was done about it?": "The partners met again.",
    "When?": REVIEW_DECIDED,
}
DECISION_AGAIN: Form = {
    "What was decided?": Chosen("A local child safeguarding practice review"),
    "Do the partners think that a local review is appropriate?": YES,
    "When was the decision made?": REVIEW_DECIDED,
    "The reasons": "The Panel’s view was weighed, and the partners now share it.",
    "When was it decided to start a review?": REVIEW_DECIDED,
}
CORRECTION = "The decision: the partners took up the Panel’s view."
METHOD: Form = {
    "Which method was chosen?": "Learning review with practitioners",
    "Why this one?": "Practitioners can still be asked.",
    "Which tools does it use? (optional)": "A joint chronology",
    "When was it agreed with the reviewer?": date(2021, 9, 10),
}
# The edition of 2018 has five things to consider; that of 2023 added a sixth.
REVIEWER: Form = {
    "Who is proposed?": "Independent reviewer of another area",
    "Knows the field, and can engage practitioners, children and families?": YES,
    "Knows the relevant research?": YES,
    "Sees how complex work across agencies is?": UNKNOWN,
    "Can communicate findings?": YES,
    "Is there a conflict of interest, real or perceived?": NO,
    "How was this checked? (optional)": "Two earlier reports were read.",
    "When was the reviewer appointed?": REVIEWER_FOUND,
    "When were the Panel, Ofsted and the Department told?": date(2021, 9, 8),
}
TERMS: Form = {
    "Scope: what the review looks at, and what it does not": "From the pregnancy to the injuries.",
    "Period looked at": "March 2020 to January 2021",
    "Questions that the review should answer": "Who knew of the partner?",
    "Agencies that take part": "Health, police, social care.",
    "How practitioners are involved": "Two learning events.",
    "How the family, and surviving children, are involved": "The mother is offered a meeting.",
    "When were they agreed?": date(2021, 9, 13),
}
GOVERNANCE = (
    (date(2021, 9, 13), "The terms of reference."),
    (date(2021, 11, 15), "The draft findings."),
    (date(2022, 2, 10), "The report was agreed."),
)
DELAY: Form = {
    "Why is it late?": "No reviewer could be found before September.",
    "When is it expected now?": date(2022, 2, 28),
    "When were the Panel and the Secretary of State told?": DELAY_TOLD,
}
PUBLICATION: Form = {
    "What is published?": Chosen("The full report"),
    "On which day is it published?": PUBLISHED,
    "When was the report sent to the Panel and the Secretary of State?": SENT,
    "When was it sent to Ofsted?": SENT,
    "What the Panel or the Secretary of State said about it": "They thanked the partners.",
    "How the effect on children, family and staff is managed": "The family reads it first.",
    "Has it been published?": YES,
    "Where can it be read, and until when?": "The partnership’s pages, until March 2023",
}
ACTION: Form = {
    "What is to be done?": "Ask about men in the home at every visit.",
    "Who does it?": "Head of health visiting",
    "By when?": date(2022, 6, 1),
    "When was it done?": date(2022, 5, 20),
    "What came of it? (optional)": "An audit found it in nine visits of ten.",
}
