"""Who the case is about, when things happened, how it came in, and whether it is notified."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part, not_yet

NO_NAMES = "No names: say “Child A”. A record may be read by many."

CHILDREN = Part(
    id="children",
    title="The children",
    stage="referral",
    many=True,
    one="child",
    heads=("pseudonym",),
    most=4,
    intro=(
        "A case has room for four children. Use pseudonyms, here and everywhere: "
        "the key to them stays with the partnership, outside this tool."
    ),
    asks=(
        Ask(
            "pseudonym",
            "What is the child called in this case?",
            hint="Child A, Child B, Child C or Child D, or a pseudonym already published.",
            required="Enter what the child is called in this case, such as Child A",
            form=(("appendix_4", "child"), ("appendix_6", "name")),
        ),
        Ask(
            "born",
            "Date of birth (optional)",
            Kind.DATE,
            hint="Only if the chronology form has to show it. Otherwise leave it blank.",
            form=(("appendix_6", "date_of_birth"),),
        ),
        Ask(
            "address",
            "Address, or kind of place (optional)",
            hint="The form has room for it. “At home with both parents” is often enough.",
            form=(("appendix_6", "address"),),
        ),
        Ask(
            "status",
            "Care or protection plans (optional)",
            hint="For example: on a child protection plan until March 2024; never looked after.",
        ),
    ),
)

KEY_DATES = Part(
    id="key_dates",
    title="The dates of the case",
    stage="referral",
    intro=(
        "These dates pick the rules and start the clocks. Leave a date blank while it is not "
        "known: a blank date is never taken for “it did not happen”."
    ),
    asks=tuple(
        Ask(event, "", Kind.DATE, event=event)
        for event in (
            "incident",
            "awareness",
            "referral_received",
            "board_notified",
            "notification_sent",
            "acknowledgement",
            "rapid_review_sent",
            "decision",
            "arrangements_changed",
            "review_decision",
            "strategy_discussion",
            "coroner_decision",
            "allegation_known",
            "domestic_death_notified",
            "domestic_review_decision",
        )
    ),
)

REFERRAL = Part(
    id="referral",
    title="The referral",
    stage="referral",
    intro="How the incident came to the authority and its partners.",
    asks=(
        Ask(
            "organisation",
            "Which organisation sent it?",
            hint="The organisation, and the role of whoever sent it. No names.",
            form=(("appendix_1", "organisation"),),
        ),
        Ask(
            "received",
            "",
            Kind.DATE,
            event="referral_received",
            form=(("appendix_1", "received"),),
        ),
        Ask(
            "reached_partners",
            "When did it reach the safeguarding partners?",
            Kind.DATE,
            past=not_yet("it reached them"),
            form=(("appendix_1", "reached_partners"),),
        ),
        Ask(
            "account",
            "What did the referral say?",
            Kind.TEXT,
            hint=f"As it was sent, in short. {NO_NAMES}",
            rows=6,
        ),
    ),
)

NOTIFICATION = Part(
    id="notification",
    title="The notification",
    stage="notification",
    intro=(
        "What the local authority and its partners decided about notifying, and why. Knowing or "
        "suspecting is enough; a partner who disagrees does not switch the duty off."
    ),
    source="Children Act 2004, section 16C(1); Working Together 2023, paragraphs 330 and 113",
    local="sections 6 and 7, and appendix 1",
    writers=LEADERS,
    asks=(
        Ask(
            "criteria_met",
            "Do the partners find the criteria for notifying met?",
            Kind.YES_NO,
            form=(("appendix_1", "criteria_met"),),
        ),
        Ask(
            "why_not",
            "If it is not notified: what was decided, and why?",
            Kind.TEXT,
            hint="The reasons in full. They are read when a decision is challenged.",
            required="Say why it is not notified",
            when=("criteria_met", ("no",)),
            form=(("appendix_1", "why_not_notified"),),
        ),
        Ask("decided", "", Kind.DATE, event="notifying_decision"),
        Ask(
            "information",
            "Which information was shared for this decision, agency by agency?",
            Kind.TEXT,
            form=(("appendix_1", "information_shared"),),
        ),
        Ask(
            "learning_seen",
            "If it is not notified: may there be learning all the same?",
            Kind.YES_NO,
            hint="If so, it goes to the group that chooses the form of learning.",
            when=("criteria_met", ("no",)),
            form=(("appendix_1", "learning_seen"),),
        ),
        Ask(
            "sent",
            "",
            Kind.DATE,
            event="notification_sent",
            form=(("appendix_5", "notified_panel"),),
        ),
        Ask(
            "board",
            "",
            Kind.DATE,
            event="board_notified",
            form=(("appendix_5", "notified_partners"),),
        ),
        Ask("acknowledged", "", Kind.DATE, event="acknowledgement"),
        Ask(
            "partners_told",
            "When were the safeguarding partners told of the notification?",
            Kind.DATE,
            past=not_yet("they were told"),
            form=(("appendix_5", "notified_partners"),),
        ),
        Ask("other_aware", "", Kind.DATE, event="other_authority_aware"),
        Ask("number", "Number that the Panel gave it (optional)"),
        Ask(
            "dispute",
            "Did the partners disagree? How was it settled?",
            Kind.TEXT,
            hint="As we read it, the time to notify runs on meanwhile. The last step is the "
            "Secretary of State.",
        ),
        Ask(
            "withdrawn",
            "",
            Kind.CHOICE,
            question="notification_withdrawn",
        ),
        Ask(
            "withdrawn_on",
            "If it was withdrawn: when?",
            Kind.DATE,
            past=not_yet("it was withdrawn"),
            when=("withdrawn", ("yes",)),
        ),
        Ask(
            "withdrawn_why",
            "If it was withdrawn: why, and who was told?",
            Kind.TEXT,
            required="Say why the notification was withdrawn",
            when=("withdrawn", ("yes",)),
        ),
    ),
)

FEEDBACK = Part(
    id="feedback",
    title="The answer to the referrer",
    stage="referral",
    intro=(
        "What the referrer is told. Only what you write here, and the dates, goes into the letter: "
        "nothing of what agencies or the panel said."
    ),
    writers=LEADERS,
    asks=(
        Ask(
            "outcome",
            "What is the referrer told?",
            Kind.CHOICE,
            options=(
                ("notified", "The incident was notified, and a rapid review follows"),
                ("not_notified", "The incident was not notified"),
                ("learning", "The incident was not notified, and it is looked at for learning"),
                ("not_decided", "It has not been decided yet"),
            ),
            required="Choose what the referrer is told",
        ),
        Ask(
            "message",
            "In your own words (optional)",
            Kind.TEXT,
            hint="Nothing that the referrer may not see: nothing about others, nothing said by "
            "other agencies.",
        ),
        Ask(
            "decided",
            "When was that decided?",
            Kind.DATE,
            past=not_yet("it was decided"),
            not_with=(
                "outcome",
                ("not_decided",),
                "Leave this blank while it has not been decided, or choose what was decided",
            ),
        ),
        Ask(
            "sent",
            "When was the letter sent?",
            Kind.DATE,
            plan=True,
            hint="From that day on the referrer reads it here, as it was sent. What you change "
            "later is a new letter: give it the day on which it is sent.",
        ),
    ),
)

PARTS = (CHILDREN, KEY_DATES, REFERRAL, NOTIFICATION, FEEDBACK)
