"""The tables of a comparison: a row for each thing, a cell for each side, and how they compare.

Pure: a comparison comes in, rows go out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.expression import Status
from engine.results import FindingGiven, ProcessGiven, StepGiven
from webforms.trainer.as_written import as_written
from webforms.trainer.changes import Place, deadlines_of, steps_of
from webforms.trainer.comparing import Comparison
from webforms.trainer.sides import Side


@dataclass(frozen=True)
class Row:
    """A line of a table: what it tells of, each side's cell, and whether they differ."""

    what: str
    left: Any
    right: Any
    differs: bool

    @property
    def sign(self) -> tuple[str, str]:
        """How the two cells compare, as a sign and in words."""
        if not self.differs:
            return "=", "Same"
        if self.right is None:
            return "←", "Left only"
        return ("→", "Right only") if self.left is None else ("≠", "Differs")


@dataclass(frozen=True)
class Table:
    """The rows of one kind: what differs is shown; what is the same, and `more`, when asked for."""

    id: str
    title: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()
    more_title: str = ""

    @property
    def differing(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.differs)

    @property
    def same(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.differs)


def tables(made: Comparison) -> tuple[Table, ...]:
    """What there is to do, the clocks, the findings and the processes of both sides."""
    left, right = made.left.assessment, made.right.assessment
    findings = _paired(
        {each.id: each for each in left.findings}, {each.id: each for each in right.findings}
    )
    processes = _paired(
        {each.id: each for each in left.processes}, {each.id: each for each in right.processes}
    )
    return (
        Table("steps", "What there is to do", step_rows(made)),
        Table("clocks", "Clocks", tuple(_clock_rows(made))),
        _standing_table("findings", "Findings", "sentence", findings),
        _standing_table("processes", "Processes that run beside it", "title", processes),
    )


def _paired(left: dict[str, Any], right: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(left.get(key), right.get(key)) for key in dict.fromkeys((*left, *right))]


def step_rows(made: Comparison) -> tuple[Row, ...]:
    """The steps of both sides. One that only names another council, as its area does, is the same.

    The days of its clocks are in a table of their own.
    """
    left_steps, right_steps = (steps_of(each.assessment) for each in (made.left, made.right))
    left_keys, right_keys = (_step_keys(each) for each in (made.left, made.right))
    rows = []
    for place in dict.fromkeys((*left_steps, *right_steps)):
        left, right = left_steps.get(place), right_steps.get(place)
        told = left or right
        assert told is not None
        rows.append(Row(told.do, left, right, left_keys.get(place) != right_keys.get(place)))
    return tuple(rows)


def _step_keys(at: Side) -> dict[Place, tuple[str, ...]]:
    """What each step of a side says, with `{authority}` for the name that the area gives it."""
    written, route = as_written(at.program), at.assessment.route
    keys = {}
    for (owner, name), step in steps_of(at.assessment).items():
        raw = written[(route.id if route and owner == "route" else owner, name)]
        by = "" if step.readings else raw.by_words
        keys[(owner, name)] = (raw.do, raw.who, by, raw.note, step.strength, *_texts(step))
    return keys


def _texts(told: StepGiven | FindingGiven | ProcessGiven) -> tuple[str, ...]:
    return tuple(each.text for each in told.citations)


def _clock_rows(made: Comparison) -> Iterable[Row]:
    pairs = _paired(deadlines_of(made.left.assessment), deadlines_of(made.right.assessment))
    for left, right in pairs:
        here, there = (each[1] if each else None for each in (left, right))
        yield Row((left or right)[0], here, there, here != there)


def _standing_table(id: str, title: str, named: str, pairs: list[tuple[Any, Any]]) -> Table:
    """What holds on a side, or stands otherwise on the two, first; the rest when asked for."""
    rows: list[Row] = []
    more: list[Row] = []
    for left, right in pairs:
        row = Row(getattr(right or left, named), left, right, _stands(left) != _stands(right))
        holds = any(each and each.status is Status.ESTABLISHED for each in (left, right))
        both = left is not None and right is not None
        (rows if holds or (both and row.differs) else more).append(row)
    return Table(id, title, tuple(rows), tuple(more), "The others, which hold on neither side")


def _stands(told: FindingGiven | ProcessGiven | None) -> tuple[str, ...]:
    return (str(told.status), told.strength) if told else ()


def facts(made: Comparison) -> Table:
    """Every answer of the case, and whether it counts on each side."""
    rows: list[Row] = []
    left, right = (_counted(each) for each in (made.left, made.right))
    words = {**_set_aside(made.left), **_set_aside(made.right), **_labels(made)}
    for question, label in words.items():
        a, b = left.get(question), right.get(question)
        rows.append(Row(label, a, b, (a is None) != (b is None)))
    return Table("answers", "The answers", tuple(rows))


def _counted(at: Side) -> dict[str, str]:
    return {each.question: each.words for each in at.assessment.path}


def _labels(made: Comparison) -> dict[str, str]:
    both = (*made.left.assessment.path, *made.right.assessment.path)
    return {each.question: each.label for each in both}


def _set_aside(at: Side) -> dict[str, str]:
    return {each.question: each.label for each in at.assessment.set_aside}
