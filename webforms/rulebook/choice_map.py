"""A decision diagram as a map that people read: numbered questions, and what each answer leads to.

The picture and the text are both made from a `ChoiceMap`, so that neither can say what the other
does not. Questions are numbered as they stand in the picture: row by row, one row a question in
the order of asking, from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from engine.ages import Cell
from engine.program import Asked
from engine.readings import Readings
from webforms.rulebook.ordering import ordered


@dataclass(frozen=True)
class Way:
    """Answers that lead to the same place: the number of a question, or an outcome's letter."""

    answers: tuple[str, ...]
    to: str

    @property
    def words(self) -> str:
        return " or ".join(f"“{each}”" for each in self.answers)


@dataclass(frozen=True)
class Choice:
    """A question at one place of the map, and the ways on from it."""

    number: int
    row: int
    question: str
    label: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Outcome:
    """Where ways end: a route, or how a finding stands."""

    letter: str
    value: str
    title: str


@dataclass(frozen=True)
class ChoiceMap:
    """The whole map. Without choices, every case has the one outcome."""

    choices: tuple[Choice, ...]
    outcomes: tuple[Outcome, ...]


def route_map(readings: Readings) -> ChoiceMap:
    """The map of a stage: from every answer to the route."""
    routes = {route.id: route.title for route in readings.program.routes}
    return choice_map(readings, readings.route, routes)


def finding_map(readings: Readings, finding: str) -> ChoiceMap:
    """The map of one finding: from every answer to how it stands."""
    statuses = {each: each.capitalize() for each in ("established", "ruled out", "open")}
    return choice_map(readings, readings.status[finding], statuses)


def choice_map(readings: Readings, root: int, titles: dict[str, str]) -> ChoiceMap:
    """The map of a diagram. `titles` names its values, in the order in which they get letters."""
    diagrams, program = readings.diagrams, readings.program
    with readings.lock:
        nodes = [each for each in diagrams.walk(root) if not diagrams.is_constant(each)]
        reached = {str(value) for value in diagrams.terminals_under(root)}
        children = {node: diagrams.children(node) for node in nodes}
        level = {node: diagrams.level(node) for node in nodes}
        values: dict[int, Hashable] = {
            child: diagrams.value(child)
            for each in children.values()
            for child in each
            if child not in children
        }
    outcomes = tuple(
        Outcome(_letter(index), value, titles[value])
        for index, value in enumerate(each for each in titles if each in reached)
    )
    letters = {outcome.value: outcome.letter for outcome in outcomes}
    rows = _rows(root, children, level)
    in_order = [node for row in rows for node in row]
    number = {node: index for index, node in enumerate(in_order, start=1)}

    def to(child: int) -> str:
        return str(number[child]) if child in number else letters[str(values[child])]

    return ChoiceMap(
        tuple(
            Choice(
                number[node],
                index,
                readings.questions[level[node]],
                program.asked[level[node]].question.label,
                _ways(program.asked[level[node]], children[node], readings.values[level[node]], to),
            )
            for index, row in enumerate(rows)
            for node in row
        ),
        outcomes,
    )


def _rows(
    root: int, children: dict[int, tuple[int, ...]], level: dict[int, int]
) -> list[list[int]]:
    """The nodes by question, each row in the order in which the fewest lines cross."""
    found: dict[int, list[int]] = {}
    seen: set[int] = set()

    def visit(node: int) -> None:
        if node in seen or node not in children:
            return
        seen.add(node)
        found.setdefault(level[node], []).append(node)
        for child in children[node]:
            visit(child)

    visit(root)
    rows = [found[each] for each in sorted(found)]
    edges = {node: [each for each in kids if each in children] for node, kids in children.items()}
    return ordered(rows, edges)


def _ways(
    asked: Asked,
    children: tuple[int, ...],
    values: tuple[str, ...],
    to: Callable[[int], str],
) -> tuple[Way, ...]:
    together: dict[int, list[str]] = {}
    for child, value in zip(children, values, strict=True):
        together.setdefault(child, []).append(value)
    return tuple(
        Way(answers_in_words(asked, taken), to(child)) for child, taken in together.items()
    )


def answers_in_words(asked: Asked, values: list[str]) -> tuple[str, ...]:
    """The values in words; ages that follow each other are one: “under 18”, not three ranges."""
    cells = {cell.value: cell for cell in asked.cells}
    merged: list[Cell | str] = []
    for value in values:
        cell, last = cells.get(value), merged[-1] if merged else None
        if cell is None:
            merged.append(asked.words_of(value))
        elif isinstance(last, Cell) and last.high == cell.low:
            merged[-1] = Cell(last.low, cell.high)
        else:
            merged.append(cell)
    words = (each.words if isinstance(each, Cell) else each for each in merged)
    return tuple(text[:1].upper() + text[1:] for text in words)


def _letter(index: int) -> str:
    """A, B … Z, then AA, AB …"""
    return ("" if index < 26 else chr(64 + index // 26)) + chr(65 + index % 26)
