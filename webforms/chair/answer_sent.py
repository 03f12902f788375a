"""The answer that a referrer has been sent: what they read of it does not change afterwards.

The letter is made from the newest words, and whoever leads goes on writing them. A referrer reads
those that stood when the letter was sent. Whoever changes them writes a new letter, with the day on
which it is sent; until that day the referrer goes on reading the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from webforms.chair import casefile
from webforms.chair.casefile import CaseFile
from webforms.chair.parts.opening import FEEDBACK
from webforms.store import Entry, Store
from webforms.visits import LONDON


def sent_version(versions: Iterable[Entry], today: date) -> Entry | None:
    """The version that was sent last, of all versions of the answer; None while none was.

    Versions that follow one another with the same day of sending are one letter. It says what was
    written last before that day, or else what was first written down with it.
    """
    found: Entry | None = None
    ordered = sorted(versions, key=lambda each: each.version)
    for day, letter in groupby(ordered, key=lambda each: str(each.data.get("sent") or "")):
        if not day or date.fromisoformat(day) > today:
            continue
        first, *later = letter
        found = first
        for each in later:
            if each.at.astimezone(LONDON).date() < date.fromisoformat(day):
                found = each
    return found


def as_sent(store: Store, file: CaseFile, today: date) -> CaseFile | None:
    """The case as it stood when the answer that the referrer reads was written; None before."""
    found = sent_version(store.history(file.row.id, FEEDBACK.id), today)
    return casefile.read(store, file.row, until=found.seq) if found else None
