"""What the people decided, what the Panel answered, and learning below the threshold."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part, not_yet
from webforms.chair.parts.outcomes import OPEN, OUTCOMES

# The routes that people can decide on.
ROUTES = (*OUTCOMES[:4], (OPEN, "Not decided yet: more is needed first"), *OUTCOMES[4:])
WITH_REVIEW = ("local_review", "national_review", "serious_case_review")
WITHOUT_REVIEW = ("no_review", "other_learning", "no_serious_case_review")

DECISION = Part(
    id="decision",
    title="The decision",
    stage="decision",
    intro=(
        "The tool recommends; the people decide. What was decided stands beside what was "
        "recommended, and neither changes the other."
    ),
    source="Children Act 2004, section 16F(1); Working Together 2023, paragraphs 339 to 341",
    local="paragraphs 8.8 and 8.9",
    writers=LEADERS,
    asks=(
        Ask(
            "route",
            "What was decided?",
            Kind.CHOICE,
            options=ROUTES,
        ),
        Ask(
            "appropriate",
            "",
            Kind.CHOICE,
            question="partners_think_review_appropriate",
        ),
        Ask(
            "decided_by",
            "Who decided, by role?",
            Kind.TEXT,
            rows=3,
            hint="For example: the three safeguarding partners, with the Independent Scrutineer.",
        ),
        Ask("decided", "", Kind.DATE, event="decision"),
        Ask(
            "reasons",
            "The reasons",
            Kind.TEXT,
            rows=10,
            hint="Why this route, on these facts. Where it differs from what was recommended, say "
            "why.",
        ),
        Ask(
            "why_no_review",
            "If there is no review: why not?",
            Kind.TEXT,
            rows=6,
            hint="Its own justification: what a review could still teach, and how that is learned "
            "otherwise.",
            required="Say why there is no review",
            when=("route", WITHOUT_REVIEW),
        ),
        Ask(
            "dissent",
            "Did anybody see it differently? (optional)",
            Kind.TEXT,
            hint="Who, by role, and why. It is kept as it is written.",
        ),
        Ask(
            "next_steps",
            "Next steps",
            Kind.TEXT,
            hint="Who does what, by when.",
        ),
        Ask("review_decided", "", Kind.DATE, event="review_decision"),
        Ask("family_told", "When and how is the family told?", Kind.TEXT, rows=2),
    ),
)

PANEL_ANSWER = Part(
    id="panel_answer",
    title="The Panel’s answer",
    stage="panel_answer",
    intro=(
        "What the national Panel wrote, and what was done. It decides on a national review. On a "
        "local one its view is taken into account, and the partners decide."
    ),
    source=("Working Together 2023, paragraphs 345 and 348; Regulations of 2018, regulation 11(d)"),
    writers=LEADERS,
    asks=(
        Ask("answer", "", Kind.CHOICE, question="panel_answer"),
        Ask(
            "agreement",
            "Does the Panel agree with what was decided?",
            Kind.CHOICE,
            hint="The question above is what it asks for. This one is whether you and it agree.",
            options=(
                ("agrees", "It agrees"),
                ("disagrees", "It disagrees"),
                ("asks_for_more", "It asks for more before it says"),
                ("national", "It takes the case into a national review"),
                ("not_yet", "It has not answered yet"),
            ),
            required="Choose whether the Panel agrees",
            once_come=("answered_on", ("agrees", "disagrees", "asks_for_more", "national"), ""),
        ),
        Ask("answered_on", "When did it answer?", Kind.DATE, past=not_yet("it answered")),
        Ask("said", "What did it write?", Kind.TEXT, hint="In short, in its own order."),
        Ask("done", "What was done about it?", Kind.TEXT),
        Ask("done_on", "When?", Kind.DATE, past=not_yet("it was done")),
    ),
)

LEARNING = Part(
    id="learning",
    title="Learning below the threshold",
    stage="learning_route",
    intro=(
        "For a case that is not notified, or for which no review follows. The group chooses the "
        "form of learning; the partners approve it."
    ),
    local="appendix 1 and paragraphs 14.1 to 14.7",
    writers=LEADERS,
    asks=(
        Ask(
            "referred_on",
            "When was it referred to the group?",
            Kind.DATE,
            past=not_yet("it was referred"),
            form=(("appendix_1", "referred_to_group"),),
        ),
        Ask(
            "met_on",
            "When did the group meet?",
            Kind.DATE,
            plan=True,
            form=(("appendix_1", "group_met"),),
        ),
        Ask(
            "agencies",
            "Which agencies were present?",
            Kind.TEXT,
            rows=3,
            form=(("appendix_1", "agencies_present"),),
        ),
        Ask(
            "option",
            "Which form of learning was chosen?",
            Kind.CHOICE,
            options=(),  # those of the area: see webforms.chair.words
            form=(("appendix_1", "option"),),
        ),
        Ask(
            "outcome",
            "Outcome and rationale",
            Kind.TEXT,
            rows=8,
            form=(("appendix_1", "outcome_and_rationale"),),
        ),
        Ask(
            "shared_on",
            "When was that shared with the partners?",
            Kind.DATE,
            past=not_yet("it was shared"),
            form=(("appendix_1", "shared_with_partners"),),
        ),
    ),
)

APPROVAL = Part(
    id="learning_approval",
    title="Approval by the partners",
    stage="learning_route",
    intro="The partners approve the form of learning, or send it back.",
    local="paragraphs 14.6 and 14.7",
    writers=LEADERS,
    asks=(
        Ask(
            "approved",
            "Do the partners approve?",
            Kind.CHOICE,
            options=(
                ("approved", "They approve"),
                ("sent_back", "They send it back"),
                ("not_yet", "They have not said yet"),
            ),
            required="Choose whether the partners approve",
            once_come=("approved_on", ("approved", "sent_back"), ""),
        ),
        Ask("approved_by", "Who, by role?"),
        Ask("approved_on", "When?", Kind.DATE, past=not_yet("they approved it or sent it back")),
        Ask("comment", "Their reasons (optional)", Kind.TEXT),
    ),
)

PARTS = (DECISION, PANEL_ANSWER, LEARNING, APPROVAL)
