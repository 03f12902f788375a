"""What the chronology of a case is at one moment: a later reader can tell if it has changed.

It goes on being written after a record is signed. The fingerprint that the record names is the same
as that of a chronology printed later only where not one entry has changed in between.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from webforms.chair.agencies import same_name
from webforms.chair.casefile import CaseFile
from webforms.chair.chronology import agencies_of, events_of
from webforms.store import Entry, canonical, sha256

PART = "chronology"


@dataclass(frozen=True)
class State:
    """How many entries there are, how many of each agency, and what was written last.

    `last` may have taken an entry out. `fingerprint` is a SHA-256 in hexadecimal digits.
    """

    entries: int
    agencies: tuple[tuple[str, int], ...]
    last: Entry
    fingerprint: str


def state_of(file: CaseFile) -> State | None:
    """The chronology of a case that was read with it; None where no entry stands in it."""
    items = file.items(PART)
    if not items:
        return None
    events = events_of({item: entry.data for item, entry in items.items()})
    counted = Counter(same_name(event.agency) for event in events)
    return State(
        entries=len(items),
        agencies=tuple((name, counted[key]) for key, name in agencies_of(events).items()),
        last=max(file.entries[PART].values(), key=lambda entry: entry.seq),
        fingerprint=fingerprint(items),
    )


def fingerprint(items: dict[str, Entry]) -> str:
    """The hash of every entry, by its number. What was left blank counts for nothing."""
    said = [
        [item, {name: value for name, value in entry.data.items() if value not in ("", None)}]
        for item, entry in items.items()
    ]
    return sha256(canonical(said))
