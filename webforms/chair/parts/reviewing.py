"""Commissioning a review, carrying it out, publishing it, and seeing that it is acted on."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part, not_yet

METHOD = Part(
    id="method",
    title="The method",
    stage="commissioning",
    intro=(
        "No model fits every case. The partners agree the method with the reviewer; the final "
        "decision is for them and the Independent Scrutineer."
    ),
    source="Working Together 2023, paragraphs 356 and 357",
    local="paragraphs 12.2 and 12.6 and appendix 2",
    writers=LEADERS,
    asks=(
        Ask("method", "Which method was chosen?", required="Enter the method"),
        Ask("reasons", "Why this one?", Kind.TEXT, required="Enter the reasons"),
        Ask(
            "tools", "Which tools does it use? (optional)", hint="For example: a joint chronology."
        ),
        Ask(
            "agreed_on",
            "When was it agreed with the reviewer?",
            Kind.DATE,
            past=not_yet("it was agreed"),
        ),
    ),
)

REVIEWER = Part(
    id="reviewer",
    title="The reviewer",
    stage="commissioning",
    intro="Six things to consider before a reviewer is appointed.",
    source="Working Together 2023, paragraphs 354 and 355",
    local="paragraph 12.1",
    writers=LEADERS,
    asks=(
        Ask("who", "Who is proposed?", hint="A role and an organisation. No name here."),
        Ask(
            "knowledge",
            "Knows the field, and can engage practitioners, children and families?",
            Kind.YES_NO,
        ),
        Ask("research", "Knows the relevant research?", Kind.YES_NO),
        Ask("complexity", "Sees how complex work across agencies is?", Kind.YES_NO),
        Ask("hindsight", "Sees practice as it looked then, without hindsight?", Kind.YES_NO),
        Ask("communicates", "Can communicate findings?", Kind.YES_NO),
        Ask(
            "conflict",
            "Is there a conflict of interest, real or perceived?",
            Kind.YES_NO,
        ),
        Ask("notes", "How was this checked? (optional)", Kind.TEXT),
        Ask(
            "appointed_on",
            "When was the reviewer appointed?",
            Kind.DATE,
            past=not_yet("the reviewer was appointed"),
        ),
        Ask(
            "bodies_told",
            "When were the Panel, Ofsted and the Department told?",
            Kind.DATE,
            past=not_yet("they were told"),
            hint="They should be, as soon as a local review is determined, with the reviewer’s "
            "name (paragraph 344).",
        ),
    ),
)

TERMS = Part(
    id="terms_of_reference",
    title="Terms of reference",
    stage="commissioning",
    source="Working Together 2023, paragraphs 356 to 358",
    local="paragraphs 13.1 and 16.1",
    writers=LEADERS,
    asks=(
        Ask("scope", "Scope: what the review looks at, and what it does not", Kind.TEXT),
        Ask("period", "Period looked at"),
        Ask("questions", "Questions that the review should answer", Kind.TEXT),
        Ask("agencies", "Agencies that take part", Kind.TEXT),
        Ask("practitioners", "How practitioners are involved", Kind.TEXT),
        Ask(
            "family",
            "How the family, and surviving children, are involved",
            Kind.TEXT,
            hint="Whether consent to share information was obtained, or why it is not sought.",
        ),
        Ask("agreed_on", "When were they agreed?", Kind.DATE, past=not_yet("they were agreed")),
    ),
)

GOVERNANCE = Part(
    id="governance_meeting",
    title="Governance meetings",
    stage="commissioning",
    many=True,
    one="meeting",
    heads=("held_on",),
    intro="At least three, under the chair of the rapid review.",
    local="paragraphs 13.1 and 13.3",
    writers=LEADERS,
    asks=(
        Ask("held_on", "When?", Kind.DATE, plan=True, required="Enter the date of the meeting"),
        Ask("settled", "What was settled?", Kind.TEXT),
        Ask("present", "Who was there, by role?", Kind.TEXT, rows=2),
    ),
)

DELAY = Part(
    id="delay",
    title="Delay",
    stage="publication",
    intro=(
        "A review should be completed and published within six months of the decision to start "
        "it. Where it cannot be, the Panel and the Secretary of State should be told why."
    ),
    source="Working Together 2023, paragraph 365",
    local="paragraph 19.1",
    writers=LEADERS,
    asks=(
        Ask("reason", "Why is it late?", Kind.TEXT, required="Enter the reason for the delay"),
        Ask("expected", "When is it expected now?", Kind.DATE),
        Ask(
            "told_on",
            "When were the Panel and the Secretary of State told?",
            Kind.DATE,
            past=not_yet("they were told"),
        ),
    ),
)

PUBLICATION = Part(
    id="publication",
    title="The report and its day",
    stage="publication",
    intro=(
        "The report goes to the Panel and the Secretary of State at least seven working days "
        "before the day of publication, which is a must; to Ofsted in the same time, which is a "
        "should."
    ),
    source="Children Act 2004, section 16F(3)–(5); Working Together 2023, paragraphs 362 to 365",
    local="paragraphs 18.4 to 18.7, 19.1 and 20.2",
    writers=LEADERS,
    asks=(
        Ask(
            "what",
            "What is published?",
            Kind.CHOICE,
            options=(
                ("full", "The full report"),
                ("improvements", "The information about improvements only"),
                ("not_decided", "Not decided yet"),
            ),
        ),
        Ask(
            "why_not_full",
            "If it is not published in full: why not?",
            Kind.TEXT,
            hint="The Panel and the Secretary of State should be given this, and their comments "
            "regarded.",
            required="Say why the report is not published in full",
            when=("what", ("improvements",)),
        ),
        Ask(
            "planned",
            "On which day is it published?",
            Kind.DATE,
            plan=True,
            hint="The day that is planned, until it has come. The seven working days count back "
            "from it.",
            event="publication",
        ),
        Ask("sent", "", Kind.DATE, event="report_sent"),
        Ask(
            "sent_to_ofsted", "When was it sent to Ofsted?", Kind.DATE, past=not_yet("it was sent")
        ),
        Ask("comments", "What the Panel or the Secretary of State said about it", Kind.TEXT),
        Ask("impact", "How the effect on children, family and staff is managed", Kind.TEXT),
        Ask(
            "published",
            "Has it been published?",
            Kind.YES_NO,
            once_come=(
                "planned",
                ("yes",),
                "The day of publication is still to come: say “Yes” once it has been published, or "
                "correct that day",
            ),
        ),
        Ask("where", "Where can it be read, and until when?", hint="At least one year."),
    ),
)

ACTION = Part(
    id="action",
    title="The plan",
    stage="actions",
    many=True,
    one="action",
    heads=("what", "owner"),
    intro=(
        "Three months after the deadline, with an extension that the Chief Officer asked for, the "
        "Head of Service is told; six months after the original deadline, the Chief Officer."
    ),
    local="paragraphs 13.4 and 21.2",
    writers=LEADERS,
    asks=(
        Ask("what", "What is to be done?", Kind.TEXT, rows=3, required="Enter what is to be done"),
        Ask("owner", "Who does it?", hint="A role and an agency.", required="Enter who does it"),
        Ask("due", "By when?", Kind.DATE, required="Enter the date by which it is to be done"),
        Ask("done_on", "When was it done?", Kind.DATE, past=not_yet("it was done")),
        Ask("result", "What came of it? (optional)", Kind.TEXT),
        Ask(
            "extended_to",
            "Extended to",
            Kind.DATE,
            hint="Only in exceptional circumstances, and only at the Chief Officer’s request.",
        ),
        Ask(
            "extension_asked_by",
            "Who asked for the extension?",
            Kind.CHOICE,
            options=(("chief_officer", "The Chief Officer"), ("", "Nobody")),
        ),
        Ask(
            "head_of_service_told",
            "When was the Head of Service told that it is late?",
            Kind.DATE,
            past=not_yet("the Head of Service was told"),
        ),
        Ask(
            "chief_officer_told",
            "When was the Chief Officer told that it is late?",
            Kind.DATE,
            past=not_yet("the Chief Officer was told"),
        ),
    ),
)

PARTS = (METHOD, REVIEWER, TERMS, GOVERNANCE, DELAY, PUBLICATION, ACTION)
