"""What every document of a case has around it: marking, reference, rules version, fingerprint.

The fingerprint is the hash of everything that the document says, but for the section about the
document itself: two copies that say the same have the same one, whenever they were made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.loader import rulebook
from webforms.documents.blocks import Section, facts, section
from webforms.documents.words import day, each_text, tidy
from webforms.store import Signed, canonical, sha256
from webforms.visits import LONDON

Record = dict[str, Any]

MARKING = "CONFIDENTIAL"
DRAFT = f"{MARKING} – DRAFT, NOT SIGNED"
ABOUT = "about"


@dataclass(frozen=True)
class Making:
    """When a document is made, and of what: one `item` of the case, or the whole.

    `accounts` says of each account what it is: a role and an agency, never a name. `signed` is the
    signed record from whose state of the case it is made; without one, of the case as it stands.
    """

    made: datetime
    accounts: Mapping[int, str]
    item: str = ""
    signed: Signed | None = None

    @property
    def today(self) -> date:
        return self.made.date()

    def who(self, account: int | None) -> str:
        return self.accounts.get(account or 0, "An account that is not known here")


def finished(
    title: str,
    *,
    running_head: str,
    reference: str,
    made: datetime,
    sections: Sequence[Section | None],
    about: Sequence[tuple[str, str]] = (),
    marking: str = MARKING,
    landscape: bool = False,
    about_last: bool = False,
) -> Record:
    """The record of a document. Sections that are None are left out."""
    said = each_text([part for part in sections if part], tidy)
    record = {
        "title": " ".join(tidy(title).split()),
        "language": "en-GB",
        "running_head": running_head,
        "marking": marking,
        "landscape": landscape,
        "reference": reference,
        "digest": "",
        "made": made.isoformat(timespec="seconds"),
        "sections": said,
    }
    record["digest"] = digest_of(record)
    rows = [
        ("Reference", reference),
        *about,
        ("Made", moment(made)),
        ("Rules version", rulebook().version),
        ("Fingerprint (hash)", record["digest"]),
    ]
    itself = section(ABOUT, "About this document", facts([row for row in rows if row[1]]))
    record["sections"] = [*said, each_text(itself, tidy)]
    if not about_last:
        record["sections"] = record["sections"][-1:] + said
    return record


def digest_of(record: Mapping[str, Any]) -> str:
    """The fingerprint of a document: what it must be if nothing in it was changed."""
    said = [part for part in record["sections"] if part["id"] != ABOUT]
    return sha256(
        canonical({key: record[key] for key in ("title", "marking", "reference")} | {"said": said})
    )


def moment(when: datetime) -> str:
    """A time as it is in England: Thursday 2 January 2025 at 18:05."""
    there = when.astimezone(LONDON) if when.tzinfo else when
    return f"{day(there.date())} at {there:%H:%M}"
