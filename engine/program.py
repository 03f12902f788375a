"""The rules of one stage, for one date and one area, ready to be evaluated.

A program is what `engine.edition` selects from the rulebook: constants folded, ages cut into
cells, local rules joined in, findings in an order in which each rests only on earlier ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.ages import Cell, cell_of
from engine.answers import Answer, in_words
from engine.expression import Expression
from engine.rulebook import (
    Edition,
    Overlay,
    Process,
    Question,
    Route,
    Rule,
    Rulebook,
    Stage,
)


@dataclass(frozen=True)
class Asked:
    """A question of the program, and the values between which its rules can tell."""

    question: Question
    values: tuple[str, ...]
    cells: tuple[Cell, ...] = ()

    def value_of(self, answer: Answer) -> str:
        """The value that an answer comes to: itself, or the cell in which an age lies."""
        if isinstance(answer, int):
            return cell_of(answer, self.cells).value
        return answer

    def words_of(self, value: Answer) -> str:
        """An answer, or a value, in words."""
        return in_words(self.question, value, {cell.value: cell.words for cell in self.cells})


@dataclass(frozen=True)
class FindingRules:
    """A finding, the national rule that concludes it, and local rules that widen it."""

    finding: str
    when: Expression
    rules: tuple[Rule, ...]

    @property
    def rule(self) -> Rule:
        return self.rules[0]


@dataclass(frozen=True, eq=False)
class Program:
    """Compared by identity: one program is compiled once and then shared.

    `day` is the first day of the stretch of time whose rules these are.
    `asked` keeps the order of asking. `goals` names what the questions are for: the route comes
    first in importance, then the findings that the stage decides beside it.
    """

    rulebook: Rulebook
    day: date
    stage: Stage
    edition: Edition
    overlay: Overlay
    in_force: frozenset[str]
    asked: tuple[Asked, ...]
    details: tuple[Question, ...]
    findings: tuple[FindingRules, ...]
    routes: tuple[Route, ...]
    processes: tuple[Process, ...]
    decides: tuple[str, ...]
    shows: tuple[str, ...]
    words: Mapping[str, str]

    def says_the_same_as(self, other: Program) -> bool:
        """Whether two programs of one stage differ in nothing but the day."""
        return (
            self.edition == other.edition
            and self.overlay.id == other.overlay.id
            and self.asked == other.asked
            and self.findings == other.findings
            and self.routes == other.routes
            and self.processes == other.processes
            and (self.decides, self.shows) == (other.decides, other.shows)
        )

    def ask(self, question: str) -> Asked:
        return next(each for each in self.asked if each.question.id == question)

    def question(self, question: str) -> Question:
        """The question, its words filled in for the area."""
        for asked in self.asked:
            if asked.question.id == question:
                return asked.question
        return next(each for each in self.details if each.id == question)

    def finding(self, name: str) -> FindingRules | None:
        return next((each for each in self.findings if each.finding == name), None)

    def known_answers(self, answers: Mapping[str, Answer]) -> dict[str, str]:
        """The answers to the program's questions, as values (cells for ages), in asking order."""
        return {
            asked.question.id: asked.value_of(answers[asked.question.id])
            for asked in self.asked
            if asked.question.id in answers
        }
