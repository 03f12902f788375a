"""A made-up case with something in every part of it, for looking at every page."""

from __future__ import annotations

from typing import Any

from webforms.chair import casefile
from webforms.chair.cards import cards
from webforms.store import Account, CaseRow, Store

from .casework import new_case, write

WRITTEN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("children", "1", {"pseudonym": "Child A", "status": "On no plan."}),
    ("children", "2", {"pseudonym": "Child B"}),
    ("referral", "", {"organisation": "A hospital", "reached_partners": "2026-05-12"}),
    ("notification", "", {"criteria_met": "yes", "information": "Health, police.", "number": "7"}),
    ("feedback", "", {"outcome": "notified", "message": "Thank you.", "sent": "2026-05-15"}),
    (
        "agency_request",
        "1",
        {"agency": "Health visiting", "asked_of": "Named nurse", "return_by": "2026-05-20"},
    ),
    (
        "agency_request",
        "2",
        {"agency": "Police", "asked_of": "Detective inspector", "return_by": "2026-05-20"},
    ),
    (
        "agency_return",
        "1",
        {"children": "Child A", "involvement": "Five visits.", "returned_on": "2026-05-19"},
    ),
    (
        "chronology",
        "1",
        {"date": "2026-01-10", "time": "14:30", "event": "A visit.", "agency": "Health visiting"},
    ),
    (
        "chronology",
        "2",
        {"date": "2026-05-09", "event": "A call.", "agency": "Police", "seen": "not known"},
    ),
    (
        "meeting",
        "",
        {
            "held_on": "2026-05-26",
            "reason": "A notified incident.",
            "facts": "A baby of three months was brought to hospital.\n\nNobody could say why.",
            "safety": "Both children are with foster carers.",
            "improvements": "Ask about the father.",
        },
    ),
    ("attendance", "1", {"role": "Named nurse", "agency": "Health", "attended": "present"}),
    ("attendance", "2", {"role": "Head teacher", "agency": "A school", "attended": "apologies"}),
    # Nobody has such a role, and no page is to burst when somebody types it.
    ("attendance", "3", {"role": "W" * 300, "agency": "A" * 300, "attended": "present"}),
    (
        "recommendation",
        "",
        {
            "route": "other_learning",
            "reasons": "An audit could show the same.",
            "next_steps": "The chair tells the partners.",
        },
    ),
    (
        "decision",
        "",
        {
            "route": "local_review",
            "decided_by": "The three safeguarding partners",
            "reasons": "The worry did not reach the social worker.",
            "dissent": "The police saw less to learn.",
            "next_steps": "Find a reviewer.",
        },
    ),
    (
        "panel_answer",
        "",
        {"agreement": "agrees", "answered_on": "2026-06-02", "said": "It agrees."},
    ),
    (
        "process",
        "criminal_proceedings",
        {"runs": "yes", "told": "yes", "publication_waits": "yes", "waits_until": "the trial"},
    ),
    ("learning", "", {"option": "option_2", "outcome": "An audit as well."}),
    ("learning_approval", "", {"approved": "approved", "approved_by": "The partners"}),
    ("method", "", {"method": "Action learning", "reasons": "Those who were there can tell."}),
    ("reviewer", "", {"who": "An independent reviewer", "knowledge": "yes", "conflict": "no"}),
    ("terms_of_reference", "", {"scope": "From birth.", "agreed_on": "2026-06-08"}),
    ("governance_meeting", "1", {"held_on": "2026-06-08", "settled": "The scope."}),
    ("delay", "", {"reason": "A trial.", "told_on": "2026-06-09"}),
    ("publication", "", {"what": "improvements", "why_not_full": "It would name the child."}),
    (
        "action",
        "1",
        {
            "what": "Ask about every man in the home",
            "owner": "Head of service",
            "due": "2026-02-01",
        },
    ),
    ("stage", "meeting", {"owner": "Business manager", "state": "worked_out"}),
    ("stage", "actions", {"owner": "O" * 300, "state": "done", "why": "Y" * 300}),
)
DATES = {
    "referral_received": "2026-05-11",
    "notification_sent": "2026-05-15",
    "acknowledgement": "2026-05-18",
    "rapid_review_sent": "2026-06-01",
    "decision": "2026-05-27",
    "review_decision": "2026-05-27",
}
ANSWERS = {
    "improvements_needed": "yes",
    "joint_working_concern": "may",
    "recurrent_themes": "not known",
    "police_investigation": "charged",
    "significant_harm": "yes",
    "partners_think_review_appropriate": "yes",
    "panel_answer": "not_yet",
    "notification_withdrawn": "no",
}


def rich_case(store: Store, account: Account, title: str = "Child A and Child B") -> CaseRow:
    """The case, written by the account, with a view on every criterion."""
    row = new_case(store, account, title)
    for part, item, data in WRITTEN:
        write(store, row, account, part, item, **data)
    for event, day in DATES.items():
        write(store, row, account, "dates", event, day=day)
    for question, answer in ANSWERS.items():
        write(store, row, account, "answers", question, answer=answer)
    for place, card in enumerate(cards(casefile.read(store, row))):
        view = ("engaged", "not_engaged", "cannot_say")[place % 3]
        said = {"view": view, "reason": "As the panel sees it.", "found": card.finding.status.value}
        write(store, row, account, "views", card.id, **said)
    return row
