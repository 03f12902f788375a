"""The letter to whoever referred the incident. It is made from `ForReferrer` alone.

The letter cannot carry what a referrer may not see, because `build` is never given it: only
`for_referrer` reads the case, and only two of its parts and two of its dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.frame import Record, finished
from webforms.chair.parts import PARTS
from webforms.chair.so_far import so_far
from webforms.chair.words import for_case, overlay_of
from webforms.documents.blocks import facts, headline, paragraph, prose, section
from webforms.documents.words import capital, day

NO_AREA = "none"
NOT_DECIDED = (None, "", "not_decided")
TITLE = "The outcome of your referral"
# Darlington's procedure alone says to whom a dissatisfied referrer can turn: its paragraph 6.3.
CHALLENGE = {
    "darlington": (
        "You can talk it over with the Director of Children and Adult Services, with the "
        "Statutory Safeguarding Partners, or with both. Darlington’s procedure of 2020 says so "
        "in paragraph 6.3."
    )
}
ANYWHERE = (
    "Talk it over with your agency’s safeguarding lead, who can raise it with the authority under "
    "the local arrangements for settling disagreements."
)


@dataclass(frozen=True)
class ForReferrer:
    """All that a referrer may be told."""

    reference: str
    organisation: str
    received: date | None
    outcome: str
    message: str
    decided: date | None
    sent: date | None
    area: str
    authority: str
    challenge: str


def for_referrer(file: CaseFile) -> ForReferrer:
    """What the referral and the answer to it say, and nothing else of the case."""
    feedback, words = file.one("feedback"), dict(overlay_of(file).words)
    outcome = for_case(PARTS["feedback"], file).ask("outcome")
    return ForReferrer(
        reference=file.reference,
        organisation=str(file.one("referral").get("organisation", "")),
        received=file.dates.get("referral_received"),
        outcome=outcome.words(str(feedback.get("outcome", ""))),
        message=str(feedback.get("message", "")),
        # A day that was kept from before says nothing of what is not decided.
        decided=None
        if feedback.get("outcome") in NOT_DECIDED
        else so_far(file, file.today).day("feedback", "decided"),
        sent=file.day("feedback", "sent"),
        # Without a local procedure, the words for the area are only "your area".
        area="" if file.area == NO_AREA else words["area"],
        authority=words["authority"],
        challenge=CHALLENGE.get(file.area, ANYWHERE),
    )


def not_ready(told: ForReferrer) -> str:
    """Why there is no letter yet, or nothing."""
    return "" if told.outcome else "Nobody has written yet what the referrer is told."


def build(told: ForReferrer, *, made: datetime) -> Record:
    about = [
        ("To", told.organisation or "The organisation that referred the incident"),
        ("From", capital(told.authority)),
        ("Area", capital(told.area)),
        ("Date", day(told.sent or made.date())),
        ("Our reference", told.reference),
    ]
    about = [row for row in about if row[1]]
    received = f" We received it on {day(told.received)}." if told.received else ""
    decided = f"This was decided on {day(told.decided)}." if told.decided else ""
    return finished(
        TITLE,
        running_head=TITLE,
        reference=told.reference,
        made=made,
        about_last=True,
        sections=[
            section(
                "opening",
                "Your referral",
                facts(about),
                paragraph(f"Thank you for your referral of an incident.{received}"),
            ),
            section(
                "outcome",
                "What came of it",
                headline("The outcome", told.outcome or "Not decided yet"),
                paragraph(decided) if decided else None,
                *prose(told.message),
            ),
            section("challenge", "If you see it differently", paragraph(told.challenge)),
            section(
                "danger",
                "If a child is in danger",
                paragraph(
                    "This letter does not replace a child protection referral. If a child is in "
                    "danger now, call 999."
                ),
            ),
        ],
    )
