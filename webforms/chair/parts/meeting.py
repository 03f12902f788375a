"""The rapid review meeting: who was there, what was known, what children need, what is recommended.

The meeting recommends; the decision is a form of its own (`deciding`).
"""

from __future__ import annotations

from webforms.chair.part import Ask, Kind, Part
from webforms.chair.parts.outcomes import OPEN, OUTCOMES

ATTENDANCE = Part(
    id="attendance",
    title="Present, and apologies",
    stage="meeting",
    many=True,
    one="person",
    # Who sent apologies must not look present in a list.
    heads=("role", "agency", "attended"),
    intro="By role and agency. No names.",
    asks=(
        Ask(
            "role",
            "Role",
            hint="For example: designated doctor; detective inspector.",
            required="Enter the role",
            form=(("appendix_5", "present"), ("appendix_5", "apologies")),
        ),
        Ask(
            "agency",
            "Agency",
            required="Enter the agency",
            form=(("appendix_5", "present"), ("appendix_5", "apologies")),
        ),
        Ask(
            "attended",
            "Was this person there?",
            Kind.CHOICE,
            options=(("present", "Present"), ("apologies", "Sent apologies")),
            required="Choose whether this person was there",
            form=(("appendix_5", "present"), ("appendix_5", "apologies")),
        ),
    ),
)

MEETING = Part(
    id="meeting",
    title="The rapid review meeting",
    stage="meeting",
    intro=(
        "What can readily be established now. A rapid review does not investigate, and it is no "
        "practice review."
    ),
    source="Working Together 2023, paragraph 343",
    local="appendix 5",
    asks=(
        Ask(
            "held_on",
            "When did the meeting take place?",
            Kind.DATE,
            plan=True,
            hint="A day that is still to come is a plan: it meets no time limit until it has come.",
            form=(("appendix_5", "date"),),
        ),
        Ask(
            "reason",
            "Why does the panel meet?",
            Kind.TEXT,
            rows=3,
            form=(("appendix_5", "reason"),),
        ),
        Ask(
            "facts",
            "The facts of the incident, and of the case",
            Kind.TEXT,
            rows=10,
            hint="What happened, first. Then who the children and the family are: ethnicity, "
            "religion, disability, housing and money, fathers and other men in the home.",
            form=(("appendix_5", "facts"),),
        ),
        Ask(
            "involvement",
            "How were agencies involved with the children and the family?",
            Kind.TEXT,
            rows=8,
            hint="In short: what each sent back stands in full beside it.",
            form=(("appendix_5", "agency_involvement"),),
        ),
        Ask(
            "safety",
            "What do the children, brothers and sisters included, need now to be safe?",
            Kind.TEXT,
            hint="Say who does it and by when. If nothing is needed, say why.",
            form=(("appendix_5", "immediate_action"),),
        ),
        Ask(
            "improvements",
            "Which improvements does the panel see?",
            Kind.TEXT,
            hint="To keep children safe and well. What can be done at once should be.",
            form=(("appendix_5", "improvements"),),
        ),
        Ask(
            "national",
            "What points to national importance, if anything?",
            Kind.TEXT,
            form=(("appendix_5", "national_importance"),),
        ),
        Ask("minutes_sent", "", Kind.DATE, event="rapid_review_sent"),
    ),
)

RECOMMENDATION = Part(
    id="recommendation",
    title="What the panel recommends",
    stage="meeting",
    intro=(
        "What the meeting recommends to the safeguarding partners, as it said it on the day. They "
        "decide, and their decision is written down apart: it may differ, and neither changes the "
        "other."
    ),
    source="Working Together 2023, paragraph 343",
    local="paragraphs 8.4 to 8.9 and appendix 5",
    asks=(
        Ask(
            "route",
            "What does the panel recommend?",
            Kind.CHOICE,
            options=(*OUTCOMES[:4], (OPEN, "Nothing yet: more is needed first"), *OUTCOMES[4:]),
            form=(("appendix_5", "decision"),),
        ),
        Ask(
            "reasons",
            "Why does it recommend this?",
            Kind.TEXT,
            rows=8,
            hint="If it is another form of learning, say which: a review by one agency, for "
            "example, or a smaller audit.",
            form=(("appendix_5", "rationale"),),
        ),
        Ask(
            "next_steps",
            "Which next steps does it recommend?",
            Kind.TEXT,
            hint="Who does what, by when. A method of review, or an independent chair or author, "
            "can be recommended here too.",
            form=(("appendix_5", "next_steps"),),
        ),
    ),
)

# A view on one criterion or circumstance: its items are the findings of the rules.
VIEWS = Part(
    id="views",
    title="The panel’s view, criterion by criterion",
    stage="meeting",
    many=True,
    one="criterion or circumstance",
    asks=(
        Ask(
            "view",
            "The panel’s view",
            Kind.CHOICE,
            options=(
                ("engaged", "Engaged"),
                ("not_engaged", "Not engaged"),
                ("cannot_say", "Cannot say yet"),
            ),
            required="Choose the panel’s view",
        ),
        Ask(
            "reason",
            "The reason",
            Kind.TEXT,
            rows=3,
            required="Enter the reason for the panel’s view",
        ),
    ),
)

PARTS = (ATTENDANCE, MEETING, VIEWS, RECOMMENDATION)
