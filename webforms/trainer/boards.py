"""A board of facts: how they stood at the start, how they stand now, and every turn between.

Pure: a board is read from what the store keeps, turned, and given back to be kept. It holds
stage, area, dates and answers, and nothing else of the case that it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from engine.answers import Answer, Case, offered
from engine.rulebook import Rulebook

# So many turns can be undone; the start is kept however many there were.
MOST_TURNS = 100

# What a board can be made of. Of a saved check and of a case, no name is kept.
VIGNETTE, PUBLISHED, SAVED, CASE = "vignette", "published", "saved", "case"


@dataclass(frozen=True)
class Turn:
    """Facts to be told otherwise. None as a day or as an answer takes it out."""

    stage: str = ""
    area: str = ""
    dates: Mapping[str, date | None] = field(default_factory=dict)
    answers: Mapping[str, Answer | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Board:
    """`past` holds, for each turn, the turn that takes it back; the newest is the last.

    `source` names the vignette or the published case; it is empty for any other.
    """

    origin: str
    source: str
    start: Case
    now: Case
    past: tuple[Turn, ...] = ()

    @property
    def before(self) -> Case:
        """The facts as they were before the last turn."""
        return self.undone().now

    @property
    def turned(self) -> bool:
        return self.now != self.start

    def with_turn(self, turn: Turn) -> Board:
        """The board after a turn; the same board when the turn changes nothing."""
        now = facts_after(self.now, turn)
        if now == self.now:
            return self
        past = (*self.past, _back(self.now, turn))[-MOST_TURNS:]
        return replace(self, now=now, past=past)

    def undone(self) -> Board:
        """The board before its last turn."""
        if not self.past:
            return self
        return replace(self, now=facts_after(self.now, self.past[-1]), past=self.past[:-1])

    def started_again(self) -> Board:
        """The board as it was at the start. That cannot be undone."""
        return replace(self, now=self.start, past=())


def board_of(origin: str, source: str, case: Case) -> Board:
    """A new board."""
    return Board(origin, source, start=case, now=case)


def facts_after(case: Case, turn: Turn) -> Case:
    """The facts after a turn."""
    return Case(
        stage=turn.stage or case.stage,
        area=turn.area or case.area,
        dates=_merged(case.dates, turn.dates),
        answers=_merged(case.answers, turn.answers),
    )


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {**old, **new}
    return {key: value for key, value in both.items() if value is not None}


def _back(case: Case, turn: Turn) -> Turn:
    """The turn that takes another one back."""
    return Turn(
        stage=case.stage if turn.stage else "",
        area=case.area if turn.area else "",
        dates={event: case.dates.get(event) for event in turn.dates},
        answers={question: case.answers.get(question) for question in turn.answers},
    )


# As JSON


def to_keep(board: Board) -> dict[str, Any]:
    """The board as the store keeps it."""
    return {
        "origin": board.origin,
        "source": board.source,
        "start": _facts(board.start),
        "now": _facts(board.now),
        "past": [_facts(turn) for turn in board.past],
    }


def _facts(facts: Case | Turn) -> dict[str, Any]:
    return {
        "stage": facts.stage,
        "area": facts.area,
        "dates": {event: day.isoformat() if day else None for event, day in facts.dates.items()},
        "answers": dict(facts.answers),
    }


def from_kept(data: Mapping[str, Any], rulebook: Rulebook) -> Board:
    """The board as it was kept, less what today's rules no longer offer."""
    return Board(
        origin=data["origin"],
        source=data["source"],
        start=case_from(data["start"], rulebook),
        now=case_from(data["now"], rulebook),
        past=tuple(_turn(each) for each in data["past"]),
    )


def case_from(data: Mapping[str, Any], rulebook: Rulebook) -> Case:
    """Stage, area, known dates and answers out of what was kept; whatever else is there stays."""
    return Case(
        stage=data["stage"],
        area=data["area"],
        dates={
            event: date.fromisoformat(day)
            for event, day in data["dates"].items()
            if event in rulebook.event_dates and day and day[:1].isdigit()
        },
        answers={
            question: answer
            for question, answer in data["answers"].items()
            if offered(rulebook, question, answer)
        },
    )


def _turn(data: Mapping[str, Any]) -> Turn:
    days = data["dates"].items()
    return Turn(
        stage=data["stage"],
        area=data["area"],
        dates={event: date.fromisoformat(day) if day else None for event, day in days},
        answers=dict(data["answers"]),
    )
