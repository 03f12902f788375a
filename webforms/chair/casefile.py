"""A case as it stands: the newest version of everything written in it, read once for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from engine.answers import Answer, offered
from rules.loader import rulebook
from webforms.chair.part import Ask, Part
from webforms.store import CaseRow, Entry, Store
from webforms.visits import LONDON

Data = Mapping[str, Any]

ANSWERS, DATES, SINGLE = "answers", "dates", ""
# Chronologies are long, and few pages need them.
LONG = ("chronology",)
# What a decision is told from.
OF_A_DECISION = ("decision", DATES, ANSWERS)


@dataclass(frozen=True)
class CaseFile:
    """The row of a case, and its newest entries by part and item.

    An item that was taken out is still among `entries`; `items` leaves it out. `signed` are the
    entries that tell a decision as whoever signed last had read them; None while none is signed.
    `today` is the day on which it was read: what is later is still to come.
    """

    row: CaseRow
    entries: Mapping[str, Mapping[str, Entry]]
    signed: Mapping[str, Mapping[str, Entry]] | None = None
    today: date = date.max

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def area(self) -> str:
        return self.row.area

    def entry(self, part: str, item: str = SINGLE) -> Entry | None:
        return self.entries.get(part, {}).get(item)

    def one(self, part: str, item: str = SINGLE) -> Data:
        """What stands in a part, or in one item of it; empty while nothing does."""
        found = self.entry(part, item)
        return found.data if found and not found.data.get("taken_out") else {}

    def items(self, part: str) -> dict[str, Entry]:
        """The items of a part that were not taken out, in the order in which they were added."""
        found = self.entries.get(part, {})
        return {
            item: found[item]
            for item in sorted(found, key=_number)
            if item and not found[item].data.get("taken_out")
        }

    def version(self, part: str, item: str = SINGLE) -> int:
        found = self.entry(part, item)
        return found.version if found else 0

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The newest answer to each question that today's rules still ask, in their order."""
        given = self.entries.get(ANSWERS, {})
        rules = rulebook()
        return {
            question: given[question].data["answer"]
            for question in rules.questions
            if question in given and offered(rules, question, given[question].data.get("answer"))
        }

    @cached_property
    def dates(self) -> dict[str, date]:
        """The dates that are known."""
        given = self.entries.get(DATES, {})
        return {
            event: date.fromisoformat(given[event].data["day"])
            for event in rulebook().event_dates
            if event in given and given[event].data.get("day")
        }

    def day(self, part: str, ask: str, item: str = SINGLE) -> date | None:
        """A date that a part keeps itself, or None while it is not known."""
        value = self.one(part, item).get(ask)
        return date.fromisoformat(value) if value else None

    def value(self, part: Part, ask: Ask, item: str = SINGLE) -> str:
        """What was said to an ask, wherever it is kept."""
        if ask.event:
            known = self.dates.get(ask.event)
            return known.isoformat() if known else ""
        if ask.question:
            return str(self.answers.get(ask.question, ""))
        return str(self.one(part.id, item).get(ask.id, ""))

    def applies(self, part: Part, ask: Ask, item: str = SINGLE) -> bool:
        """A justification kept from an earlier answer is not shown beside another answer."""
        if ask.when is None:
            return True
        other, values = ask.when
        return self.value(part, part.ask(other), item) in values

    @property
    def children(self) -> list[str]:
        return [str(entry.data["pseudonym"]) for entry in self.items("children").values()]


def _number(item: str) -> tuple[int, str]:
    """Items are numbered as they are added; others (a finding, a process) are named."""
    return (int(item), "") if item.isdigit() else (0, item)


def read(
    store: Store, row: CaseRow, *, with_long: bool = False, until: int | None = None
) -> CaseFile:
    """The case of a row; its chronology only when it is wanted.

    With `until`, as it stood when the entry of that number was written.
    """
    found = _by_part(store.entries(row.id, but=() if with_long else LONG, until=until))
    read_to = store.signed_to(row.id) if until is None else None
    signed = (
        None if read_to is None else _by_part(store.entries(row.id, OF_A_DECISION, until=read_to))
    )
    return CaseFile(row, found, signed, store.now().astimezone(LONDON).date())


def _by_part(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        found.setdefault(entry.part, {})[entry.item] = entry
    return found


def next_item(file: CaseFile, part: str) -> str:
    """The number of a new item of a part."""
    numbers = [int(item) for item in file.entries.get(part, {}) if item.isdigit()]
    return str(max(numbers, default=0) + 1)
