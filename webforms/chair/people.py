"""Who wrote what, in words: names of accounts, and a version of an entry as it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import g

from rules.loader import rulebook
from webforms import visits
from webforms.chair import facts, words
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.part import Ask, Kind
from webforms.chair.part_form import shown
from webforms.chair.parts import PARTS
from webforms.store import Account, Entry

DAY = Ask("day", "Day", Kind.DATE)
SOMEBODY = "somebody whose account is not held here"


def account_name(account: Account) -> str:
    """A person as a record names them: the name they work under, role and agency."""
    agency = f", {account.agency}" if account.agency else ""
    return f"{account.name} ({account.role}{agency})"


def account_words(account_id: int) -> str:
    """The same for an account’s number, looked up once in a request."""
    known: dict[int, str] = g.setdefault("account_words", {})
    if account_id not in known:
        found = visits.store().account(account_id)
        known[account_id] = account_name(found) if found else SOMEBODY
    return known[account_id]


def process_ids() -> frozenset[str]:
    """Every process that the rules know, local ones included."""
    rules = rulebook()
    local = (each for overlay in rules.overlays for each in overlay.processes)
    return frozenset(each.id for each in (*rules.processes, *local))


def process_title(file: CaseFile, process: str) -> str:
    """The title of a process of the rules."""
    if not facts.problem(file):
        for each in facts.assessed(file, "parallel").processes:
            if each.id == process:
                return each.title
    rules = rulebook()
    found = next((each for each in rules.processes if each.id == process), None)
    return found.title if found else process.replace("_", " ")


@dataclass(frozen=True)
class Told:
    """One version as a history shows it."""

    title: str
    version: int
    by: str
    at: datetime
    rows: tuple[tuple[str, str], ...]
    taken_out: str


def told(file: CaseFile, entry: Entry) -> Told:
    """A version of an entry in words."""
    return Told(
        title=_title(file, entry),
        version=entry.version,
        by=account_words(entry.account),
        at=entry.at,
        rows=tuple(_rows(file, entry)),
        taken_out=str(entry.data.get("taken_out", "")),
    )


def _title(file: CaseFile, entry: Entry) -> str:
    rules = rulebook()
    if entry.part == DATES and entry.item in rules.event_dates:
        return rules.event_dates[entry.item].label
    if entry.part == ANSWERS and entry.item in rules.questions:
        return f"Answer: {rules.questions[entry.item].label}"
    part = PARTS.get(entry.part)
    if part is None:
        return entry.part.replace("_", " ")
    if entry.part == "process":
        return f"{part.title}: {process_title(file, entry.item)}"
    if entry.part == "views":
        return f"{part.title}: {finding_sentence(file, entry.item)}"
    return f"{part.title}: {part.one} {entry.item}" if part.many else part.title


def finding_sentence(file: CaseFile, finding: str) -> str:
    """A finding as the rules say it, or its name while they cannot be applied to the case."""
    if facts.problem(file):
        return finding.replace("_", " ")
    for stage in ("rapid-review", "review"):
        for each in facts.assessed(file, stage).findings:
            if each.id == finding:
                return each.sentence
    return finding.replace("_", " ")


def _rows(file: CaseFile, entry: Entry) -> list[tuple[str, str]]:
    if entry.part == DATES:
        day = str(entry.data.get("day", ""))
        return [("Day", shown(DAY, day))]
    if entry.part == ANSWERS:
        single = replace(file, entries={ANSWERS: {entry.item: entry}})
        rows = [("Answer", facts.words_of_answer(single, entry.item))]
        given = str(entry.data.get("given_by", ""))
        return [*rows, ("Given by", given)] if given else rows
    part = PARTS.get(entry.part)
    if part is None:
        return [(key.replace("_", " "), str(value)) for key, value in entry.data.items()]
    asks = words.for_case(part, file).own
    return [
        (ask.label, shown(ask, str(entry.data[ask.id]))) for ask in asks if entry.data.get(ask.id)
    ]
