"""Writing to a part of a case: what a form changes, and what happens when two people write.

Each thing that a form shows has a version. What is sent back names the versions that its writer
saw. Where somebody else has written since, nothing is saved yet: what only they changed is taken
over into the form, what both changed is kept as the second writer has it, and a table shows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from engine.answers import BadCase, check_dates
from rules.loader import rulebook
from webforms import visits
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.part import Ask, Part
from webforms.chair.part_form import as_kept, fault, form_of, refill, shown, still_to_come
from webforms.store import Entry, Store
from webforms.wording import first_upper, spoken_dates

SEEN = re.compile(r"([a-z0-9_-]+)/([A-Za-z0-9_-]*)=([0-9]{1,9})")

Change = tuple[str, str, Mapping[str, Any], int]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Difference:
    """One thing that somebody else changed meanwhile: what it was, theirs, and yours."""

    label: str
    before: str
    theirs: str
    yours: str
    both: bool


@dataclass(frozen=True)
class Conflict:
    """What somebody else wrote to the same part, by whom and when."""

    entries: tuple[Entry, ...]
    differences: tuple[Difference, ...]


def difference(
    label: str, before: Value, theirs: Value, yours: Value, words: Callable[[Value], str]
) -> Difference | None:
    """What somebody else made of one thing; None where they changed nothing, or the same as you."""
    if theirs in (before, yours):
        return None
    return Difference(label, words(before), words(theirs), words(yours), yours != before)


def version_of(
    store: Store, file: CaseFile, part: str, item: str, version: int
) -> Mapping[str, Any]:
    """What an item said in one of its versions; empty for none."""
    history = store.history(file.row.id, part, item)
    return next((each.data for each in history if each.version == version), {})


class Writing:
    """One writer at one item of a part."""

    def __init__(
        self,
        store: Store,
        file: CaseFile,
        part: Part,
        item: str = "",
        *,
        prefix: str = "",
        sent: bool = True,
    ) -> None:
        self.store = store
        self.file = file
        self.part = part
        self.item = item
        self.values = {ask.id: file.value(part, ask, item) for ask in part.asks}
        seen = self._seen_now()
        self.form = form_of(part, self.values, seen, prefix=prefix, sent=sent)
        self.conflict: Conflict | None = None

    def move_to(self, file: CaseFile, item: str) -> None:
        """The same writer and the same words, before the case as it stands now."""
        self.file, self.item = file, item
        self.values = {ask.id: file.value(self.part, ask, item) for ask in self.part.asks}

    @property
    def taken_out(self) -> Entry | None:
        """The version by which somebody took the item out, while it is out."""
        newest = self.file.entry(self.part.id, self.item)
        return newest if newest and newest.data.get("taken_out") else None

    # Which versions are shown

    def _places(self) -> dict[tuple[str, str], int]:
        """Everything that the form shows, with its newest version."""
        places = {(self.part.id, self.item): self.file.version(self.part.id, self.item)}
        for ask in self.part.asks:
            if place := _elsewhere(ask):
                places[place] = self.file.version(*place)
        return places

    def _seen_now(self) -> str:
        return " ".join(f"{part}/{item}={v}" for (part, item), v in self._places().items())

    def _seen(self) -> dict[tuple[str, str], int]:
        """The versions that the writer saw; those not named count as none seen."""
        found = SEEN.findall(self.form.seen_versions.data or "")
        return {(part, item): int(version) for part, item, version in found}

    # What was sent

    def valid(self) -> bool:
        """Whether what was sent can be taken; the errors stand at the fields."""
        sound = bool(self.form.validate())
        sent = self.sent()
        for ask in self.part.asks:
            field = self.form[ask.id]
            if field.errors:
                continue
            if wrong := fault(ask, sent) or still_to_come(ask, sent):
                field.errors = [*field.errors, wrong]
                sound = False
        return sound and self._dates_hold(sent)

    def _dates_hold(self, sent: Mapping[str, str]) -> bool:
        """What the engine has to say against the dates stands at the date that it names."""
        events = {ask.event: ask for ask in self.part.asks if ask.event}
        if not events:
            return True
        given = {
            event: date.fromisoformat(sent[ask.id]) for event, ask in events.items() if sent[ask.id]
        }
        others = {event: day for event, day in self.file.dates.items() if event not in events}
        try:
            check_dates(rulebook(), {**others, **given}, visits.today())
        except BadCase as problem:
            named = next((events[each] for each in problem.where if each in events), None)
            ask = named or next(iter(events.values()))
            field = self.form[ask.id]
            field.errors = [*field.errors, first_upper(spoken_dates(problem.message))]
            return False
        return True

    def sent(self) -> dict[str, str]:
        """What was sent, as it is kept."""
        return {ask.id: as_kept(ask, self.form[ask.id].data) for ask in self.part.asks}

    def changed(self) -> bool:
        """Whether what was sent is neither what its writer saw nor what stands there now.

        Only what the part keeps itself counts. It tells which of several forms, sent at once, were
        filled in.
        """
        sent = self.sent()
        mine = {ask.id: sent[ask.id] for ask in self.part.own}
        if all(value == self.values[each] for each, value in mine.items()):
            return False
        version = self._seen().get((self.part.id, self.item), 0)
        before = version_of(self.store, self.file, self.part.id, self.item, version)
        return any(value != str(before.get(each, "")) for each, value in mine.items())

    def changes(self, extra: Mapping[str, Any]) -> list[Change]:
        """What this writer changes against what they saw."""
        sent, seen = self.sent(), self._seen()
        found: list[Change] = []
        mine = {ask.id: sent[ask.id] for ask in self.part.own}
        kept = self.file.one(self.part.id, self.item)
        place = (self.part.id, self.item)
        if any(mine[each] != str(kept.get(each, "")) for each in mine) or (extra and not kept):
            # What the rules of this case no longer ask for stays where it was written. What is
            # saved after it was taken out is thereby put back.
            before = self.taken_out.data if self.taken_out else kept
            unasked = {
                name: each
                for name, each in before.items()
                if name not in mine and name != "taken_out"
            }
            found.append((*place, {**unasked, **mine, **extra}, seen.get(place, 0)))
        for ask in self.part.asks:
            where = _elsewhere(ask)
            if where is None or sent[ask.id] == self.values[ask.id]:
                continue
            if ask.event:
                found.append((*where, {"day": sent[ask.id]}, seen.get(where, 0)))
            elif sent[ask.id]:
                # An answer can be changed to "not known yet", but not taken back to "not asked".
                found.append((*where, {"answer": sent[ask.id]}, seen.get(where, 0)))
        return found

    def save(self, account: int, extra: Mapping[str, Any] | None = None) -> bool:
        """Writes what was changed. False when somebody else wrote first: see `conflict`."""
        seen = self._seen()
        moved = [
            place for place, version in self._places().items() if version != seen.get(place, 0)
        ]
        if moved:
            self._meet(moved, seen)
            return False
        changes = self.changes(extra or {})
        if changes:
            # Somebody may still come first between the reading and the writing: `Superseded`.
            self.store.write_all(
                self.file.row.id, changes, account=account, rules=rulebook().version
            )
        return True

    # What somebody else wrote

    def _meet(self, moved: list[tuple[str, str]], seen: Mapping[tuple[str, str], int]) -> None:
        """Takes over what only the other changed, and notes every difference."""
        sent = self.sent()
        entries: list[Entry] = []
        differences: list[Difference] = []
        for part, item in moved:
            newest = self.file.entry(part, item)
            if newest is None or newest == self.taken_out:
                # Whoever took an item out changed none of its words: the writer keeps all of them.
                continue
            entries.append(newest)
            base = version_of(self.store, self.file, part, item, seen.get((part, item), 0))
            for ask in self._asks_of(part, item):
                theirs = self.values[ask.id]
                found = difference(
                    ask.label, _value(ask, base), theirs, sent[ask.id], partial(shown, ask)
                )
                if found is None:
                    continue
                differences.append(found)
                if not found.both:
                    sent[ask.id] = theirs
        self.conflict = Conflict(tuple(entries), tuple(differences))
        refill(self.form, self.part, sent)
        self.form.seen_versions.data = self._seen_now()

    def _asks_of(self, part: str, item: str) -> list[Ask]:
        return [
            ask
            for ask in self.part.asks
            if (_elsewhere(ask) or (self.part.id, self.item)) == (part, item)
        ]


def _elsewhere(ask: Ask) -> tuple[str, str] | None:
    """Where an ask is kept that does not belong to the part itself."""
    if ask.event:
        return DATES, ask.event
    return (ANSWERS, ask.question) if ask.question else None


def _value(ask: Ask, data: Mapping[str, Any]) -> str:
    key = "day" if ask.event else "answer" if ask.question else ask.id
    return str(data.get(key, ""))
