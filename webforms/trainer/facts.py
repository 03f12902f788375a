"""The facts of a board as its page shows them: each with its answers and where each one leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.answers import Answer, in_words
from engine.journey import journey
from engine.program import Program
from engine.results import Assessment
from engine.rulebook import Question
from webforms.trainer.boards import Board
from webforms.trainer.changes import APPLIES, HOLDS
from webforms.trainer.subjects import Subject
from webforms.trainer.turning import Lead, by_goal, leads, standings


@dataclass(frozen=True)
class Fact:
    """A question and its present answer, in words; empty where it was not asked yet.

    `was` is the answer at the start, where it is another one. `others` are the other answers.
    """

    question: Question
    now: str
    was: str
    others: tuple[Lead, ...]

    @property
    def turned(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class Facts:
    """What counts, what was not asked yet and could matter, and what is kept but does not count.

    `details` are the councils and the like that stand beneath an answer that counts.
    """

    counted: tuple[Fact, ...]
    not_asked: tuple[Fact, ...]
    set_aside: tuple[Fact, ...]
    details: tuple[Fact, ...]
    leads: tuple[Lead, ...]


def facts_of(board: Board, program: Program) -> Facts:
    """The facts of a board, under the rules that govern them."""
    answers = board.now.answers
    trip = journey(program, answers)
    found = leads(program, answers)

    def fact(question: Question) -> Fact:
        return Fact(
            question,
            words_of(program, question.id, answers),
            words_of(program, question.id, board.start.answers),
            tuple(each for each in found if each.question == question.id),
        )

    questions = program.rulebook.questions
    return Facts(
        counted=tuple(fact(program.question(each)) for each in trip.path),
        not_asked=tuple(fact(program.question(each)) for each in trip.open),
        set_aside=tuple(fact(questions[each]) for each in trip.set_aside),
        details=tuple(
            fact(each)
            for each in program.details
            if trip.known.get(each.detail_of or "") == each.detail_when
        ),
        leads=found,
    )


def words_of(program: Program, question: str, answers: Mapping[str, Answer]) -> str:
    """An answer in the words of its option; empty where there is none."""
    if question not in answers:
        return ""
    answer = answers[question]
    for asked in program.asked:
        if asked.question.id == question:
            return asked.words_of(answer)
    rules = program.rulebook
    return in_words(rules.questions[question], answer, dict(rules.authorities))


@dataclass(frozen=True)
class AskedAbout:
    """What the exercise asks about beside the route: how it stands, and what would change that."""

    title: str
    stands: str
    by_standing: dict[str, tuple[Lead, ...]]


def asked_about(
    about: Subject | None, board: Board, program: Program, assessment: Assessment
) -> AskedAbout | None:
    """None where the exercise asks for the route, or the rules of the board have no such thing."""
    if about is None or not (about.process or about.finding):
        return None
    process = next((each for each in program.processes if each.id == about.process), None)
    finding = program.finding(process.finding if process else about.finding)
    if finding is None:
        return None
    words = APPLIES if process else HOLDS
    given = next(each for each in assessment.findings if each.id == finding.finding)
    return AskedAbout(
        title=process.title if process else finding.rule.sentence,
        stands=words[given.status],
        by_standing=by_goal(standings(program, board.now.answers, finding.finding, words)),
    )
