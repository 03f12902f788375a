"""What the documents of Baby Alfie’s case have to say, once his people have written `alfie`."""

from __future__ import annotations

from .alfie import (
    ACTION,
    ASKED_ON,
    AWARE,
    CARDS,
    CHECKED,
    CHILD,
    CORRECTION,
    DECISION,
    DECISION_AGAIN,
    DELAY,
    EVENT,
    FEEDBACK,
    GOVERNANCE,
    HEALTH,
    LOOK_BACK_FROM,
    MEETING,
    MET,
    METHOD,
    NOTES,
    NOTIFICATION,
    NOTIFIED,
    PANEL_ANSWER,
    PARTNERS_TOLD,
    PEOPLE,
    PUBLICATION,
    PUBLISHED,
    RECOMMENDATION,
    REFERRAL,
    RETURN,
    RETURN_BY,
    REVIEW_DECIDED,
    REVIEWER,
    SENT,
    TERMS,
    WEIGHED,
)
from .written import UNKNOWN, YES, Line, lines

DECISION_LABELS = (
    "Decided",
    "Is a local review found appropriate?",
    "Decided by",
    "Decided on",
    "The reasons",
    "Why there is no review",
    "Dissent",
    "Next steps",
)
DECIDED: tuple[Line, ...] = (
    *lines(DECISION_LABELS, list(DECISION.values())[:8]),
    ("How the family is told", DECISION["When and how is the family told?"]),
)
DECIDED_AGAIN: tuple[Line, ...] = (
    *lines((*DECISION_LABELS[:2], "Decided on", "The reasons"), list(DECISION_AGAIN.values())[:4]),
    ("Review decided on", REVIEW_DECIDED),
    # What was not changed stands as it was.
    ("Decided by", DECISION["Who decided, by role?"]),
    ("Dissent", DECISION["Did anybody see it differently? (optional)"]),
    ("Next steps", DECISION["Next steps"]),
)
RECOMMENDED: tuple[Line, ...] = lines(
    (
        "The rapid review recommended",
        "Why it was recommended",
        "Next steps that were recommended",
    ),
    RECOMMENDATION.values(),
)
# In February the partners departed from what the meeting had recommended in January.
DEPARTED: tuple[Line, ...] = (
    (
        "The rapid review recommended: No local review; another form of learning. The decision is "
        "another one.",
    ),
)
MET_WITH: tuple[Line, ...] = lines(
    (
        "Held on",
        "Why the panel met",
        "The facts of the incident, and of the case",
        "How agencies were involved with the children and the family",
        "What the children need now to be safe",
        "Improvements that the panel sees",
        "What points to national importance",
        "Sent to the Panel on",
    ),
    MEETING.values(),
)
RECORD: tuple[Line, ...] = (
    ("Version", "2"),
    ("Signed by", "Gateshead chair (chair)"),
    ("Corrects", "Version 1, which stays on record"),
    ("What was corrected, and why", CORRECTION),
    ("National rules", "Working Together 2018"),
    tuple(CHILD.values()),
    ("The local authority became aware", AWARE),
    *lines(("Sent by", "Received on", "Reached the partners on"), REFERRAL.values()),
    ("What the referral said", NOTES),
    *lines(
        (
            "Criteria found met?",
            "Information shared for this decision, agency by agency",
            "Sent to the Panel on",
            "Acknowledged on",
            "Partners told on",
            "The Panel’s number",
        ),
        NOTIFICATION.values(),
    ),
    *MET_WITH,
    *PEOPLE,
    (HEALTH, ASKED_ON, RETURN_BY, RETURN["When was this sent back?"]),
    ("Police", ASKED_ON, RETURN_BY, "Not noted"),
    ("How serious was the harm?", CHECKED["how_serious_was_the_harm"]),
    ("Where did it happen?", UNKNOWN),
    ("Does the case show that improvements are needed?", WEIGHED["improvements_needed"]),
    ("“Not known yet” was never counted as “no”.",),
    ("This view differs from what the rules find on these answers.",),
    ("Recommended", "A local review, as the partners find it appropriate"),
    *RECOMMENDED,
    *DEPARTED,
    *DECIDED_AGAIN,
    *lines(
        (
            "Its answer",
            "Agrees?",
            "Answered on",
            "What it wrote",
            "What was done about it",
            "Done on",
        ),
        PANEL_ANSWER.values(),
    ),
)


def views_in_record() -> tuple[Line, ...]:
    """Each view with its reason: the record has the cards in the order of the page."""
    places = {1: "Engaged", 5: "Not engaged", 9: "Not engaged"}
    return tuple(
        (
            "The rapid review panel’s view",
            places.get(number, "Cannot say yet"),
            "Reason",
            f"Reason {number}.",
        )
        for number in range(1, CARDS + 1)
    )


FOLLOWED: tuple[Line, ...] = (
    *lines(("Method", "Why this method", "Tools", "Agreed on"), METHOD.values()),
    *lines(
        (
            "Proposed",
            "Knows the field, and can engage people?",
            "Knows the research?",
            "Sees the complexity?",
            "Can communicate?",
            "Conflict of interest?",
            "How this was checked",
            "Appointed on",
            "Panel, Ofsted and Department told on",
        ),
        REVIEWER.values(),
    ),
    *lines((*list(TERMS)[:6], "Agreed on"), TERMS.values()),
    *((held_on, "Settled", settled, "Present", "All.") for held_on, settled in GOVERNANCE),
    *lines(
        ("Why it is late", "Expected now", "Panel and Secretary of State told on"),
        DELAY.values(),
    ),
    *lines(
        (
            "What is published",
            "Day of publication",
            "Report sent on",
            "Sent to Ofsted on",
            "What the Panel or the Secretary of State said about it",
            "How the effect on children, family and staff is managed",
            "Published?",
            "Can be read at",
        ),
        PUBLICATION.values(),
    ),
    (
        ACTION["What is to be done?"],
        ACTION["Who does it?"],
        ACTION["By when?"],
        "Done on",
        ACTION["When was it done?"],
        ACTION["What came of it? (optional)"],
    ),
    ("within 6 months of the decision to start the review", "Late by 206 days", PUBLISHED),
    ("at least 7 working days before the day of publication", "Met on the last day", SENT),
)
APPENDIX_4: tuple[Line, ...] = (
    ("Agency", HEALTH, "Asked on", ASKED_ON),
    ("To come back by", RETURN_BY, "Look back from", LOOK_BACK_FROM),
    *lines(
        (
            "The child or children concerned",
            "Dates of the agency’s involvement",
            "Completed by (role)",
            "The agency’s details",
            "The agency’s involvement, and safeguarding issues known in its course",
            "What the agency knows now of the facts of the incident",
            "Anything older than three years that matters",
            "Sent back on",
        ),
        RETURN.values(),
    ),
)
APPENDIX_5: tuple[Line, ...] = (
    ("Date of the meeting", MET),
    ("Present", "Designated doctor, Health Detective inspector, Police"),
    ("Apologies", "Head of service, Children’s social care"),
    ("Notified to the Panel on", NOTIFIED),
    ("The safeguarding partners were told on", PARTNERS_TOLD),
    *lines(
        (
            "Why the panel meets",
            "The facts of the case, as far as they can readily be found now",
            "How agencies were involved with the children and family",
            "What the children, brothers and sisters included, need now to be safe",
            "Improvements that the panel sees",
            "What points to national importance",
        ),
        list(MEETING.values())[1:7],
    ),
    (HEALTH, RETURN["Dates of your agency’s involvement"], RETURN["When was this sent back?"]),
    # What the meeting of January said, whatever was decided in February.
    (
        "The panel recommends. What the safeguarding partners in Gateshead decided, and why, "
        "stands in the record of the decision.",
        "Recommendation, and whether to hold a local review",
        "No local review; another form of learning",
    ),
    ("Why the panel recommends this", "The case calls for a learning review."),
    ("Next steps that the panel recommends", "Practitioners are asked who could take part."),
    # The day of the incident is not known, so the form's own question cannot be answered.
    ("Was the Panel notified within five working days of the incident?", "Cannot be told yet"),
    (
        "Did the rapid review meet no later than 15 working days after the notification?",
        "Yes",
        "It was Friday 22 January 2021; the last day was Friday 29 January 2021.",
    ),
)
APPENDIX_6: tuple[Line, ...] = (
    ("Name (a pseudonym)", "Alfie"),
    ("Address", CHILD["Address, or kind of place (optional)"]),
    (
        "12/10/2020",
        "09:05",
        EVENT["What happened?"],
        HEALTH,
        EVENT["Which kind of record does it come from?"],
        "Author: Health visiting team leader",
        EVENT["Whose professional records are they?"],
        EVENT["Who was involved?"],
        EVENT["What was decided and done, and what came of it?"],
        YES,
        EVENT["The child’s views"],
        EVENT["The author’s comments (optional)"],
    ),
    (
        "20/11/2020 Not known Six week check was missed. GP practice GP record",
        "Author: Practice manager The GP’s Alfie, mother A letter was sent. No",
        "No reply was chased.",
    ),
    (
        "04/01/2021 23:40 Brought in with injuries. Hospital Ward record Author: Named nurse",
        "The registrar’s Alfie, mother, partner Admitted. Yes Cried when moved.",
    ),
)
LETTER_TO_PANEL: tuple[Line, ...] = (
    ("To", "The Child Safeguarding Practice Review Panel"),
    ("From", "The safeguarding partners in Gateshead", "Authority", "Gateshead Council"),
    ("Your reference", NOTIFICATION["Number that the Panel gave it (optional)"]),
    ("Notified on", NOTIFIED, "Met on", MET, "Concerning", "Alfie"),
    *lines(
        (
            "The facts, as far as they are known",
            "What the children need now to be safe",
            "Improvements that were seen",
            "What points to national importance",
        ),
        [list(MEETING.values())[place] for place in (2, 4, 5, 6)],
    ),
    ("Decided", DECISION_AGAIN["What was decided?"], "Local review fitting?", YES),
    ("Decided by", DECISION["Who decided, by role?"], "Decided on", REVIEW_DECIDED),
    # The Panel must be told that the meeting had recommended something else.
    ("The rapid review recommended: No local review; another form of learning.",),
    ("it takes the place of version 1",),
    ("The reasons", DECISION_AGAIN["The reasons"]),
    ("Who saw it differently", DECISION["Did anybody see it differently? (optional)"]),
    ("Next steps", DECISION["Next steps"]),
    ("the case shows, or may show, that improvements are needed",),
)
LETTER_TO_REFERRER: tuple[Line, ...] = (
    ("To", REFERRAL["Which organisation sent it?"], "From", "Gateshead Council"),
    ("Date", FEEDBACK["When was the letter sent?"]),
    ("We received it on Monday 4 January 2021.",),
    ("The outcome", FEEDBACK["What is the referrer told?"]),
    ("This was decided on Friday 8 January 2021.", FEEDBACK["In your own words (optional)"]),
)
# What was decided, which the form of the meeting does not tell.
NOT_OF_THE_MEETING = (
    "A local child safeguarding practice review",
    "The Panel’s view was weighed",
    "The learning review begins in March",
)
# What agencies and the meeting said, and a referrer may not see.
NOT_FOR_REFERRERS = (
    "Universal services alone",
    "foster carers",
    "Three visits",
    "once in care",
    "designated doctor",
    "It disagrees",
    "Reason 1.",
)
