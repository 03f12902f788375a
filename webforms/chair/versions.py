"""The decision in its versions: the one that the National Panel answered, and the one in the end.

A case goes on after its decision. The Panel answers one version, and the partners may then decide
otherwise: its answer is to the version that it saw, and says nothing of a later one. The log keeps
the order of everything written and signed, so each version can be told from it, with what stood
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webforms.chair import facts, recommending
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.recommending import Agreement
from webforms.chair.stages import decided_route
from webforms.store import CaseRow, Entry, Signed, Store

# What a decision is told from: itself, the facts, and the views of those who met.
BESIDE_A_DECISION = ("decision", DATES, ANSWERS, "views")
ANSWER = "panel_answer"
ANSWERED = ("agrees", "disagrees", "asks_for_more", "national")


@dataclass(frozen=True)
class Version:
    """A version of the decision: its route, and what was recommended.

    `file` is the case as it stood then, or its parts in `BESIDE_A_DECISION`. `number` is that of
    the signed record, and 0 where none was signed. Without a decision or without a recommendation
    there is no `agreement`.
    """

    number: int
    file: CaseFile
    route: str
    recommended: str
    agreement: Agreement | None


@dataclass(frozen=True)
class Written:
    """A case with all that was ever written of its decision, the newest first, and signed."""

    file: CaseFile
    history: Sequence[Entry]
    signed: Sequence[Signed]


def written(store: Store, file: CaseFile) -> Written:
    parts = (*BESIDE_A_DECISION, ANSWER)
    history = [entry for part in parts for entry in store.history(file.row.id, part)]
    history.sort(key=lambda entry: entry.seq, reverse=True)
    return Written(file, history, store.signed(file.row.id))


def in_the_end(of: Written) -> Version:
    """The version signed last; where none is signed, the decision as it stands."""
    return _signed(of, of.signed[-1]) if of.signed else _unsigned(of.file)


def answered(of: Written) -> Version | None:
    """The version that the National Panel answered, or None while it has not answered.

    It is the one signed last before the answer was written; where none was, the decision as it
    stood. An answer that was written before any decision is one to the first that was then made.
    """
    when = _answer_written(of.history, of.file.today)
    if when is None:
        return None
    before = [each for each in of.signed if each.seq < when]
    if before:
        return _signed(of, before[-1])
    stood = _unsigned(_as_it_stood(of, when))
    if stood.route:
        return stood
    return _signed(of, of.signed[0]) if of.signed else _unsigned(of.file)


def _answer_written(history: Sequence[Entry], today: date) -> int | None:
    """When the Panel's answer was first written as it stands.

    What was done about it is added later, often after the next decision: no new answer. One whose
    day is still to come has not been given.
    """
    answers = [entry for entry in history if entry.part == ANSWER]
    stands = answers[0].data.get("agreement") if answers else None
    if stands not in ANSWERED or answers[0].data.get("answered_on", "") > today.isoformat():
        return None
    first = answers[0].seq
    for entry in answers:
        if entry.data.get("agreement") != stands:
            break
        first = entry.seq
    return first


def _as_it_stood(of: Written, when: int) -> CaseFile:
    """What is known of the case from its decision, with nothing that was written after `when`."""
    row: CaseRow = of.file.row
    found: dict[str, dict[str, Entry]] = {}
    for entry in reversed(of.history):
        if entry.seq <= when and entry.part in BESIDE_A_DECISION:
            found.setdefault(entry.part, {})[entry.item] = entry
    return CaseFile(row, found, today=of.file.today)


def _signed(of: Written, signed: Signed) -> Version:
    """A signed version. What was recommended is what it says, whatever the rules say later."""
    file = _as_it_stood(of, signed.seq)
    route = signed.record["recommended"]
    agreement = recommending.agreement_of(signed.record) if route else None
    return Version(signed.version, file, decided_route(file), route, agreement)


def _unsigned(file: CaseFile) -> Version:
    decided = decided_route(file)
    if not decided or facts.problem(file):
        return Version(0, file, decided, "", None)
    route = recommending.recommended(file)
    agreement = recommending.agreement(route, decided) if route else None
    return Version(0, file, decided, route, agreement)
