"""Made-up cases for the tests of the documents, kept through the store as pages would keep them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from webforms.chair.casefile import CaseFile, read
from webforms.store import Store, migrate

NOW = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
MADE = datetime(2026, 6, 10, 18, 0)
CHAIR, ADMINISTRATOR = 1, 2
ACCOUNTS = {
    CHAIR: "Chair, safeguarding partnership",
    ADMINISTRATOR: "Partnership administrator, safeguarding partnership",
}
RULES = "rules of the test"

Written = Mapping[tuple[str, str], Mapping[str, Any]]


def new_store(folder: Path) -> Store:
    path = folder / "waymark.db"
    migrate(path)
    return Store(path, lambda: NOW)


def kept(
    store: Store,
    area: str = "darlington",
    title: str = "Child A",
    *,
    dates: Mapping[str, str] | None = None,
    answers: Mapping[str, Any] | None = None,
    written: Written | None = None,
) -> CaseFile:
    """A case with these dates and answers, and with this written in its parts."""
    row = store.open_case(area, area[:3].upper(), title, CHAIR)
    changes: list[tuple[str, str, Mapping[str, Any], int]] = [
        *(("dates", event, {"day": day}, 0) for event, day in (dates or {}).items()),
        *(("answers", name, {"answer": answer}, 0) for name, answer in (answers or {}).items()),
        *((part, item, data, 0) for (part, item), data in (written or {}).items()),
    ]
    store.write_all(row.id, changes, account=CHAIR, rules=RULES)
    return read(store, row, with_long=True)


DATES = {
    "incident": "2026-04-11",
    "awareness": "2026-04-13",
    "referral_received": "2026-04-13",
    "notification_sent": "2026-04-17",
    "acknowledgement": "2026-04-20",
    "rapid_review_sent": "2026-05-08",
    "decision": "2026-05-06",
    "review_decision": "2026-05-06",
}
ANSWERS: Mapping[str, Any] = {
    "age_of_person": 0,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
    "partners_view": "not known",
    "improvements_needed": "may",
    "recurrent_themes": "not known",
    "joint_working_concern": "no",
    "partners_think_review_appropriate": "yes",
    "panel_answer": "asks_for_local_review",
    "homicide": "no",
    "police_investigation": "investigating",
}

# Every field of every form is filled in with words that stand nowhere else.
WRITTEN: Written = {
    ("children", "1"): {
        "pseudonym": "Child A",
        "born": "2026-01-20",
        "address": "At home with both parents",
        "status": "On a child protection plan since March 2026",
    },
    ("children", "2"): {"pseudonym": "Child B", "born": "", "address": "", "status": ""},
    ("referral", ""): {
        "organisation": "Memorial hospital, named nurse",
        "reached_partners": "2026-04-14",
        "account": "A baby was brought in with injuries that nobody could explain.",
    },
    ("notification", ""): {
        "criteria_met": "yes",
        "why_not": "",
        "information": "Social care and health shared what they held on the family.",
        "learning_seen": "",
        "partners_told": "2026-04-15",
        "number": "P-2026-118",
        "dispute": "The health partner first saw it otherwise; settled by telephone.",
    },
    ("feedback", ""): {
        "outcome": "notified",
        "message": "Thank you for acting so soon.",
        "decided": "2026-04-16",
        "sent": "2026-04-20",
    },
    ("agency_request", "1"): {
        "agency": "Health visiting",
        "asked_of": "Team manager",
        "asked_on": "2026-04-20",
        "return_by": "2026-04-27",
        "look_back_from": "2023-04-11",
        "note": "Please bring the growth chart.",
    },
    ("agency_return", "1"): {
        "children": "Child A only",
        "involved": "January to April 2026, still open",
        "completed_by": "Health visitor team lead",
        "details": "Community health, north team",
        "involvement": "Five home visits; low mood of the mother noted twice.",
        "facts": "Bruising was seen on 9 April and not passed on.",
        "older": "An older half-brother was known in 2019.",
        "returned_on": "2026-04-24",
    },
    ("agency_request", "2"): {"agency": "Police", "return_by": "2026-04-27"},
    ("chronology", "1"): {
        "date": "2026-04-09",
        "time": "14:30",
        "event": "Bruise on the cheek seen at a home visit",
        "agency": "Health visiting",
        "records": "Health visiting record",
        "source": "Those of the health visitor of the north team",
        "involved": "Child A, mother, health visitor",
        "outcome": "Advice given; no referral made",
        "seen": "yes",
        "views": "Settled in the mother’s arms",
        "comments": "The bruise was not mapped",
        "author": "Health visitor team lead",
    },
    ("chronology", "2"): {
        "date": "2026-04-01",
        "time": "",
        "event": "Call to the home address, parents arguing",
        "agency": "Police",
        "records": "Police log",
        "source": "Those of the response officer",
        "involved": "Both parents",
        "outcome": "No further action",
        "seen": "not known",
        "views": "",
        "comments": "",
        "author": "Detective sergeant",
    },
    ("attendance", "1"): {
        "role": "Designated doctor",
        "agency": "Integrated care board",
        "attended": "present",
    },
    ("attendance", "2"): {
        "role": "Housing manager",
        "agency": "Borough council",
        "attended": "apologies",
    },
    ("meeting", ""): {
        "held_on": "2026-04-30",
        "reason": "A serious injury to a baby under one.",
        "facts": "Child A was found limp at home.\n\nThree fractures of different ages were found.",
        "involvement": "Health visitors, a GP and the police knew the family.",
        "safety": "Child B stays with the grandmother until the enquiry ends.",
        "improvements": "Bruises in babies who cannot move yet are always to be referred.",
        "national": "The national finding on bruising in babies may be touched.",
    },
    # Other than what was decided, so that no form can take one for the other.
    ("recommendation", ""): {
        "route": "other_learning",
        "reasons": "A smaller audit could show the same, the panel thought.",
        "next_steps": "The chair brings this to the partners on Monday.",
    },
    ("decision", ""): {
        "route": "local_review",
        "decided_by": "The three safeguarding partners, with the scrutineer",
        "reasons": "A review can still teach how small signs are joined up.",
        "why_no_review": "Left from an earlier answer.",
        "dissent": "The police member would have waited for the trial.",
        "next_steps": "The administrator writes to the Panel by Friday.",
        "family_told": "By the social work manager, on 7 May.",
    },
    ("panel_answer", ""): {
        "agreement": "agrees",
        "answered_on": "2026-05-20",
        "said": "The Panel sees value in a local review.",
        "done": "A reviewer is sought.",
        "done_on": "2026-05-22",
    },
    ("process", "criminal_proceedings"): {
        "runs": "yes",
        "told": "yes",
        "told_on": "20 April, by the chair",
        "leads": "The police",
        "reports": "several",
        "agreement": "Witnesses are not spoken with before the police have.",
        "publication_waits": "yes",
        "meeting_waits": "no",
        "waits_until": "The end of the trial",
    },
    ("learning", ""): {
        "referred_on": "2026-05-11",
        "met_on": "2026-05-18",
        "agencies": "Health, social care, police and a nursery",
        "option": "option_2",
        "outcome": "An audit of bruising in babies, because three cases were alike.",
        "shared_on": "2026-05-21",
    },
    ("learning_approval", ""): {
        "approved": "approved",
        "approved_by": "Chief superintendent",
        "approved_on": "2026-05-28",
        "comment": "To be done before the autumn.",
    },
    ("method", ""): {
        "method": "Systems method",
        "reasons": "It asks why things made sense at the time.",
        "tools": "A joint chronology",
        "agreed_on": "2026-05-29",
    },
    ("reviewer", ""): {
        "who": "An independent reviewer from another region",
        "knowledge": "yes",
        "conflict": "no",
        "notes": "References were taken up.",
    },
    ("terms_of_reference", ""): {
        "scope": "From birth to the day of the injury.",
        "period": "January to April 2026",
        "questions": "How was bruising understood?",
    },
    ("governance_meeting", "1"): {
        "held_on": "2026-06-01",
        "settled": "Scope and dates were settled.",
        "present": "Chair and reviewer",
    },
    ("delay", ""): {"reason": "The trial is listed for the spring.", "expected": "2027-05-01"},
    ("publication", ""): {
        "what": "improvements",
        "why_not_full": "The family could be known from it.",
        "impact": "The family reads it first.",
    },
    ("action", "1"): {
        "what": "Write a pathway for bruises",
        "owner": "Head of health visiting",
        "due": "2026-06-01",
        "done_on": "",
    },
}


def full(store: Store) -> CaseFile:
    """A baby in Darlington, seriously harmed, from the referral to the Panel's answer and after."""
    return kept(
        store, title="Child A: injuries to a baby", dates=DATES, answers=ANSWERS, written=WRITTEN
    )


def not_notified(store: Store) -> CaseFile:
    """A near miss in Darlington that is not notified, and is looked at for learning."""
    return kept(
        store,
        title="Child C",
        dates={"awareness": "2026-05-11", "referral_received": "2026-05-11"},
        answers={"age_of_person": 4, "what_happened": "near_miss_or_concern"},
        written={
            ("children", "1"): {"pseudonym": "Child C"},
            ("referral", ""): {
                "organisation": "A nursery, its manager",
                "reached_partners": "2026-05-12",
            },
            ("notification", ""): {
                "criteria_met": "no",
                "why_not": "Nobody came to harm, and nothing was hidden.",
                "information": "The nursery and the GP told what they knew.",
                "learning_seen": "yes",
            },
            ("learning", ""): {
                "referred_on": "2026-05-18",
                "met_on": "2026-06-01",
                "agencies": "Nursery and health",
                "option": "option_4",
                "outcome": "How medicine is stored is looked at further.",
                "shared_on": "2026-06-03",
            },
        },
    )


def of_2015(store: Store) -> CaseFile:
    """A baby of seven months under the rules of 2015: serious harm, no concern on joint working."""
    return kept(
        store,
        "newcastle",
        "Child S",
        dates={"incident": "2016-06-30", "decision": "2016-09-30"},
        answers={
            "age_of_person": 0,
            "what_happened": "harmed",
            "how_serious_was_the_harm": "serious_physical",
            "abuse_or_neglect": "suspected",
            "joint_working_cause_for_concern": "no",
        },
        written={
            ("children", "1"): {"pseudonym": "Child S"},
            ("meeting", ""): {"held_on": "2016-09-20", "facts": "Injuries that look inflicted."},
            ("views", "serious_case_of_harm"): {
                "view": "not_engaged",
                "reason": "Agencies had worked well together.",
                "found": "ruled out",
            },
            ("recommendation", ""): {
                "route": "serious_case_review",
                "reasons": "The committee was in two minds.",
            },
            ("decision", ""): {
                "route": "no_serious_case_review",
                "decided_by": "The chair of the Board",
                "reasons": "The third condition was not met.",
                "why_no_review": "A learning review teaches the same.",
            },
            ("panel_answer", ""): {"agreement": "agrees", "said": "It sees no reason to differ."},
        },
    )


def empty(store: Store) -> CaseFile:
    """A case in which nothing has been written yet."""
    return kept(store)


def too_old(store: Store) -> CaseFile:
    """A case before the first edition: the rules cannot be applied to it."""
    return kept(store, dates={"incident": "2014-01-02", "decision": "2014-03-04"})
