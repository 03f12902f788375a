"""Two programs in one table of diagrams, so that they can be compared answer by answer.

Programs of different days or areas may ask different questions, and cut ages differently. The
joint table asks every question of either and cuts ages at the bounds of both; a question that a
program does not ask makes no difference to it.
"""

from __future__ import annotations

from engine.ages import Cell
from engine.answers import NOT_KNOWN
from engine.diagram import Diagrams
from engine.expression import Aged
from engine.program import Asked
from engine.readings import Readings

NOWHERE = "nowhere"


class Joint:
    """A table in which the diagrams of several programs can stand side by side."""

    def __init__(self, *readings: Readings) -> None:
        asked: dict[str, list[Asked]] = {}
        for each in readings:
            for question in each.program.asked:
                asked.setdefault(question.question.id, []).append(question)
        self.questions = tuple(asked)
        self.level_of = {question: level for level, question in enumerate(self.questions)}
        self._cells = {question: _common_cells(same) for question, same in asked.items()}
        self.values = tuple(
            (
                *dict.fromkeys(option.value for each in same for option in each.question.options),
                *(cell.value for cell in self._cells[question]),
                NOT_KNOWN,
            )
            for question, same in asked.items()
        )
        self.diagrams = Diagrams([len(values) for values in self.values])
        self._words = {question: same[0] for question, same in asked.items()}

    def carry(self, source: Readings, node: int) -> int:
        """A diagram of one program, rebuilt in this table."""
        done: dict[int, int] = {}
        there = source.diagrams

        def go(at: int) -> int:
            if at in done:
                return done[at]
            if there.is_constant(at):
                done[at] = self.diagrams.terminal(there.value(at))
            else:
                level = there.level(at)
                question = source.questions[level]
                kids = dict(zip(source.values[level], map(go, there.children(at)), strict=True))
                asked = source.program.ask(question)
                children = tuple(
                    kids[self._as_asked(asked, question, value)]
                    for value in self.values[self.level_of[question]]
                )
                done[at] = self._asking(self.level_of[question], children)
            return done[at]

        return go(node)

    def _asking(self, level: int, children: tuple[int, ...]) -> int:
        """The diagram that goes on with the child answered at `level`.

        The children may ask questions that come before this one in the joint order, so the node
        cannot simply be made: each child is kept where its answer holds, and the rest joined.
        """
        d = self.diagrams
        result = d.terminal(NOWHERE)
        for index, child in enumerate(children):
            here = d.leaf(level, {index}, True, False)
            kept = d.apply("keep", lambda holds, x: x if holds is True else NOWHERE, here, child)
            result = d.apply("join", lambda x, y: y if x == NOWHERE else x, result, kept)
        return result

    def _as_asked(self, asked: Asked, question: str, value: str) -> str:
        """A joint value as a value of the program: its own cell, or not known where it has none."""
        if value in asked.values or value == NOT_KNOWN:
            return value
        for cell in self._cells[question]:
            if cell.value == value:
                return asked.value_of(cell.low)
        return NOT_KNOWN

    def cells_within(self, bounds: Aged) -> tuple[str, ...]:
        """The age cells of this table that lie wholly within some bounds."""
        least, under = bounds.at_least or 0, bounds.under
        return tuple(
            cell.value
            for cell in self._cells.get(bounds.question, ())
            if cell.low >= least
            and (under is None or (cell.high is not None and cell.high <= under))
        )

    def case_in_words(self, found: dict[int, int]) -> str:
        """Answers (level to child) in words."""
        said = []
        for level, child in sorted(found.items()):
            value = self.values[level][child]
            said.append(
                f"{self._words[self.questions[level]].question.label}: {self.words(level, value)}"
            )
        return "; ".join(said) or "whatever the answers"

    def words(self, level: int, value: str) -> str:
        question = self.questions[level]
        for cell in self._cells[question]:
            if cell.value == value:
                return cell.words
        return self._words[question].words_of(value)

    def answers(self, found: dict[int, int]) -> dict[str, str | int]:
        """Answers (level to child) as a case file has them; an age is the least of its cell."""
        given: dict[str, str | int] = {}
        for level, child in sorted(found.items()):
            question, value = self.questions[level], self.values[level][child]
            cell = next((each for each in self._cells[question] if each.value == value), None)
            given[question] = value if cell is None else cell.low
        return given


def _common_cells(same: list[Asked]) -> tuple[Cell, ...]:
    lows = sorted({cell.low for each in same for cell in each.cells})
    if not lows:
        return ()
    return tuple(Cell(low, high) for low, high in zip(lows, [*lows[1:], None], strict=True))
