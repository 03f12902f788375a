"""The forms of a case in the words of the rules of 2015: a Board, Ofsted, and no rapid review.

The same forms serve both times. Only what they call things differs, and a few asks and options that
one of them does not know are left out.
"""

from __future__ import annotations

from dataclasses import replace

from webforms.chair.part import Ask, Part

TITLES = {
    "notification": "The report to Ofsted and the Board",
    "meeting": "The meeting that looks at the case",
    "views": "The meeting’s view, condition by condition",
    "recommendation": "What the meeting recommends",
    "panel_answer": "The answer of the national panel",
    "learning_approval": "Approval by the Board",
}
INTROS = {
    "notification": (
        "What was decided about reporting the incident to Ofsted and to the Local Safeguarding "
        "Children Board, and why. Knowing or suspecting is enough."
    ),
    "meeting": (
        "What can readily be established now. The rules of 2015 know no rapid review: this is the "
        "meeting that looks at the case for the Board."
    ),
    "recommendation": (
        "What the meeting recommends to the Chair of the Board, as it said it on the day. The "
        "Chair decides, and the decision is written down apart: it may differ, and neither changes "
        "the other."
    ),
    "panel_answer": (
        "What the national panel of independent experts wrote, and what was done. It may advise; "
        "the Chair of the Board decides."
    ),
    "learning": (
        "For a case that is not a serious case. The Board may learn from it in another way, and "
        "approves the form."
    ),
    "learning_approval": "The Board approves the form of learning, or sends it back.",
    "agency_request": (
        "One request for each agency. Under the rules of 2015 the Board asked, under a section of "
        "the Act that has since been taken out and was not read."
    ),
    "agency_return": "The information for the meeting. Facts first, in as few words as they need.",
    "method": (
        "No model fits every case. Who chose it under the rules of 2015 was not read; the Board "
        "held the review."
    ),
    "reviewer": (
        "What was to be considered under the rules of 2015 was not read. These are the points of a "
        "later edition, as a help."
    ),
    "delay": "Why the report of a serious case review takes longer, and who was told.",
    "publication": "What of the report is published, and when.",
}
NOT_VERIFIED = "Working Together 2015 (not verified)"
SOURCES = {
    "agency_request": "Children Act 2004, section 14B, since omitted (not verified)",
    "notification": NOT_VERIFIED,
    "meeting": NOT_VERIFIED,
    "recommendation": NOT_VERIFIED,
    "decision": f"Regulations of 2006, regulation 5 (not verified); {NOT_VERIFIED}",
    "panel_answer": NOT_VERIFIED,
    "learning": NOT_VERIFIED,
    "learning_approval": NOT_VERIFIED,
    "method": NOT_VERIFIED,
    "reviewer": NOT_VERIFIED,
    "terms_of_reference": NOT_VERIFIED,
    "delay": NOT_VERIFIED,
    "publication": NOT_VERIFIED,
}
LABELS = {
    ("key_dates", "notification_sent"): "When was the incident reported to Ofsted?",
    ("key_dates", "acknowledgement"): "When was the report acknowledged?",
    ("key_dates", "rapid_review_sent"): "When were the findings sent to the national panel?",
    ("referral", "reached_partners"): "When did it reach the Local Safeguarding Children Board?",
    ("notification", "criteria_met"): "Is the incident found to be notifiable?",
    ("notification", "why_not"): "If it is not reported: what was decided, and why?",
    ("notification", "learning_seen"): "If it is not reported: may there be learning all the same?",
    ("notification", "sent"): "When was the incident reported to Ofsted?",
    ("notification", "acknowledged"): "When was the report acknowledged?",
    ("notification", "board"): "When was the Local Safeguarding Children Board told?",
    ("notification", "number"): "Number that it was given (optional)",
    ("notification", "dispute"): "Was there disagreement? How was it settled?",
    (
        "notification",
        "withdrawn",
    ): "Is the report withdrawn, because it was found not to be notifiable?",
    ("meeting", "reason"): "Why is the meeting held?",
    ("meeting", "improvements"): "Which improvements does the meeting see?",
    ("meeting", "national"): "What goes beyond the area, if anything?",
    ("meeting", "minutes_sent"): "When were the findings sent to the national panel?",
    ("views", "view"): "The meeting’s view",
    ("recommendation", "route"): "What does the meeting recommend?",
    ("panel_answer", "agreement"): "Does the national panel agree with what was decided?",
    ("learning", "shared_on"): "When was that shared with the Board?",
    ("learning_approval", "approved"): "Does the Board approve?",
    ("learning_approval", "comment"): "Its reasons (optional)",
    ("reviewer", "bodies_told"): "When were the national panel, Ofsted and the Department told?",
    ("delay", "told_on"): "When was the delay reported?",
    ("publication", "sent"): "When was the report sent to the national panel?",
    ("publication", "comments"): "What the national panel said about it",
}
HINTS = {
    ("key_dates", "notification_sent"): "",
    ("key_dates", "acknowledgement"): "",
    ("key_dates", "rapid_review_sent"): "",
    ("notification", "sent"): "",
    ("notification", "board"): "",
    ("notification", "acknowledged"): "",
    ("meeting", "minutes_sent"): "",
    ("recommendation", "reasons"): (
        "If it is another form of learning, say which: a review by one agency, for example, or a "
        "smaller audit."
    ),
    ("recommendation", "next_steps"): "Who does what, by when.",
    ("panel_answer", "agreement"): "",
    ("reviewer", "bodies_told"): "",
    ("publication", "where"): "At least twelve months, as others report the rules.",
    ("notification", "dispute"): "The time to report runs on meanwhile.",
    ("decision", "decided_by"): (
        "For example: the independent Chair of the Board, on the advice of its committee."
    ),
    ("publication", "why_not_full"): "",
    ("publication", "planned"): "The day that is planned, until it has come.",
}
# What a rule of 2018 or later asks, and the rules of 2015 do not. The Board was told, not partners.
NOT_ASKED = (
    ("decision", "appropriate"),
    ("panel_answer", "answer"),
    ("notification", "partners_told"),
)
# What a list of dates calls an event.
EVENT_LABELS = {
    "notification_sent": "Reported to Ofsted",
    "acknowledgement": "Report acknowledged",
    "rapid_review_sent": "Findings sent to the national panel",
}
OPTIONS = {
    ("feedback", "outcome"): (("notified", "The incident was reported to Ofsted and the Board"),),
    ("panel_answer", "agreement"): (("national", "It wants a serious case review"),),
    ("learning_approval", "approved"): (
        ("approved", "It approves"),
        ("sent_back", "It sends it back"),
        ("not_yet", "It has not said yet"),
    ),
}
# What the list of documents calls them, and what each is for.
DOCUMENTS = {
    "decision-record": (
        "Record of the decision",
        "For a coroner, a court or the national panel: what was known, what was weighed, what "
        "Waymark recommended, what people decided, and why.",
    ),
    "appendix-5": (
        "Meeting that looked at the case",
        "Darlington’s appendix 5: the form of the meeting, with its quality checks.",
    ),
    "letter-to-panel": (
        "Letter to the national panel",
        "Sends the decision on a serious case review: findings, decision, reasons.",
    ),
}
# The routes that people can decide on, under each.
ROUTES_OF_2015 = ("serious_case_review", "no_serious_case_review", "more_needed")
ROUTES_SINCE = ("local_review", "national_review", "no_review", "other_learning", "more_needed")


def part_of_2015(part: Part, kept: frozenset[str] = frozenset()) -> Part:
    """A part in the words of the rules of 2015. `kept` are the asks of it that hold something."""
    return replace(
        part,
        title=TITLES.get(part.id, part.title),
        intro=INTROS.get(part.id, part.intro),
        source=SOURCES.get(part.id, part.source),
        asks=tuple(
            _ask(part, each)
            for each in part.asks
            if (part.id, each.id) not in NOT_ASKED or each.id in kept
        ),
    )


def _ask(part: Part, ask: Ask) -> Ask:
    place = (part.id, ask.id)
    others = dict(OPTIONS.get(place, ()))
    return replace(
        ask,
        label=LABELS.get(place, ask.label),
        hint=HINTS.get(place, ask.hint),
        options=tuple((value, others.get(value, text)) for value, text in ask.options),
    )
