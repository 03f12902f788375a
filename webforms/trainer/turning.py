"""Which single change of the facts would move the line: every other answer, and where it leads.

Read off the decision diagrams, so nothing is left out and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.ages import Cell
from engine.answers import NOT_KNOWN, Answer
from engine.explain import explain
from engine.expression import Status
from engine.journey import journey
from engine.program import Asked, Program
from engine.readings import Readings, readings_of

NOT_ASKED = "Not asked yet"


@dataclass(frozen=True)
class Lead:
    """Another answer to one question, the rest unchanged, and what follows.

    `answer` is one of the answers that the words stand for, as a case has it. `goal` is the route
    that follows, or how a finding then stands; `elsewhere` is True where that is another one.
    """

    question: str
    label: str
    now: str
    answer: Answer
    words: str
    goal: str
    title: str
    elsewhere: bool


@dataclass(frozen=True)
class Together:
    """The fewest changes that lead to a route which no single change reaches by itself.

    `changes` are (question, its label, its words now, the other answer, that in words);
    `then_asked` are the labels of what would have to be answered as well.
    """

    route: str
    title: str
    changes: tuple[tuple[str, str, str, Answer, str], ...]
    then_asked: tuple[str, ...]


def route_on(readings: Readings, known: Mapping[str, str]) -> str:
    """The route on these answers; a question without one counts as not known."""
    return str(readings.read(readings.route, _full(readings, known)))


def _full(readings: Readings, known: Mapping[str, str]) -> dict[str, str]:
    return {question: known.get(question, NOT_KNOWN) for question in readings.questions}


def leads(program: Program, answers: Mapping[str, Answer]) -> tuple[Lead, ...]:
    """Every other answer to every question that is asked or was answered, and its route."""
    readings = readings_of(program)
    titles = {route.id: route.title for route in program.routes}
    return _leads(program, answers, lambda known: route_on(readings, known), titles)


def standings(
    program: Program, answers: Mapping[str, Answer], finding: str, words: Mapping[Status, str]
) -> tuple[Lead, ...]:
    """The same for a finding that the stage asks for: how it stands then, in these words."""
    readings = readings_of(program)

    def stands(known: Mapping[str, str]) -> str:
        return str(readings.read(readings.status[finding], _full(readings, known)))

    return _leads(program, answers, stands, {str(status): words[status] for status in Status})


def _leads(
    program: Program,
    answers: Mapping[str, Answer],
    goal_on: Callable[[Mapping[str, str]], str],
    titles: Mapping[str, str],
) -> tuple[Lead, ...]:
    readings = readings_of(program)
    known = program.known_answers(answers)
    open_ones = journey(program, answers).open
    with readings.lock:
        present = goal_on(known)
        return tuple(
            Lead(
                question=asked.question.id,
                label=asked.question.label,
                now=_now(asked, answers),
                answer=answer_of(asked, value, answers.get(asked.question.id)),
                words=asked.words_of(value),
                goal=goal,
                title=titles[goal],
                elsewhere=goal != present,
            )
            for asked, value in _others(program, known, open_ones)
            for goal in (goal_on({**known, asked.question.id: value}),)
        )


def _others(
    program: Program, known: Mapping[str, str], open_ones: tuple[str, ...]
) -> Iterator[tuple[Asked, str]]:
    """Every value that a question does not have now; "not known" among them."""
    for asked in program.asked:
        question = asked.question.id
        if question in known or question in open_ones:
            for value in (*asked.values, NOT_KNOWN):
                if value != known.get(question):
                    yield asked, value


def _now(asked: Asked, answers: Mapping[str, Answer]) -> str:
    question = asked.question.id
    return asked.words_of(answers[question]) if question in answers else NOT_ASKED


def answer_of(asked: Asked, value: str, now: Answer | None) -> Answer:
    """An answer that comes to `value`; of several ages, the one nearest to the present one."""
    for cell in asked.cells:
        if cell.value == value:
            return _nearest(cell, now if isinstance(now, int) else 0)
    return value


def _nearest(cell: Cell, age: int) -> int:
    if age < cell.low or cell.high is None:
        return cell.low
    return min(age, cell.high - 1)


def by_goal(found: tuple[Lead, ...]) -> dict[str, tuple[Lead, ...]]:
    """The single changes that lead elsewhere, by the title of what each leads to.

    Those that take back what is known come last: a trainer looks first for what decides.
    """
    grouped: dict[str, list[Lead]] = {}
    for each in sorted(found, key=lambda lead: lead.answer == NOT_KNOWN):
        if each.elsewhere:
            grouped.setdefault(each.title, []).append(each)
    return {title: tuple(group) for title, group in grouped.items()}


def together(
    program: Program, answers: Mapping[str, Answer], singles: tuple[Lead, ...]
) -> tuple[Together, ...]:
    """The routes that the fewest changes lead to, less those that one change alone reaches."""
    reached = {each.goal for each in singles if each.elsewhere}
    return tuple(
        Together(
            change.route,
            change.title,
            tuple(
                (question, label, now, _spoken(program.ask(question), words, answers), words)
                for question, label, now, words in change.answers
            ),
            change.then_asked,
        )
        for change in explain(program, answers).changes
        if change.route not in reached
    )


def _spoken(asked: Asked, words: str, answers: Mapping[str, Answer]) -> Answer:
    """The answer that the words of an option stand for."""
    value = next(each for each in (*asked.values, NOT_KNOWN) if asked.words_of(each) == words)
    return answer_of(asked, value, answers.get(asked.question.id))
