"""The journey: which questions are on the path, which comes next, what is set aside.

A pure function of a program and the answers. A question is on the path while, on the answers
before it, it can still matter. An answer off the path is set aside: kept, shown as not used,
never counted, and back as soon as the path comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.answers import NOT_KNOWN, Answer
from engine.program import Program
from engine.readings import Readings, readings_of


@dataclass(frozen=True)
class Journey:
    """Question ids, each group in asking order.

    `path`: answered and on the path. `next`: to be asked now, or None. `open`: unanswered
    questions that can still matter to what the stage decides. `not_known`: answered "not known",
    and an answer could still matter. `set_aside`: answered, off the path.
    """

    path: tuple[str, ...]
    next: str | None
    open: tuple[str, ...]
    not_known: tuple[str, ...]
    set_aside: tuple[str, ...]
    known: Mapping[str, str]


def journey(program: Program, answers: Mapping[str, Answer]) -> Journey:
    """The journey on these answers. Answers to questions of other stages are set aside too."""
    readings = readings_of(program)
    given = program.known_answers(answers)
    with readings.lock:
        path = _path(readings, given)
        known = {question: given[question] for question in path}
        left = _support(readings, goals(readings), known)
        unanswered = tuple(
            question
            for level, question in enumerate(readings.questions)
            if left >> level & 1 and question not in known
        )
        not_known = tuple(
            question
            for question in path
            if given[question] == NOT_KNOWN and matters(readings, known, question)
        )
    details = _details_on_path(program, answers, known)
    return Journey(
        path=path,
        next=unanswered[0] if unanswered else None,
        open=unanswered,
        not_known=not_known,
        set_aside=tuple(each for each in answers if each not in path and each not in details),
        known=known,
    )


def goals(readings: Readings) -> tuple[int, ...]:
    """The diagrams that the stage's questions are asked for."""
    return (readings.route, *(readings.status[each] for each in readings.program.decides))


def matters(readings: Readings, known: Mapping[str, str], question: str) -> bool:
    """Whether another answer to `question`, the rest unchanged, could change what is decided."""
    others = {each: value for each, value in known.items() if each != question}
    return bool(_support(readings, goals(readings), others) >> readings.level_of[question] & 1)


def _path(readings: Readings, given: Mapping[str, str]) -> tuple[str, ...]:
    shown = tuple(readings.status[each] for each in readings.program.shows)
    nodes = [*goals(readings), *shown]
    path: list[str] = []
    for level, question in enumerate(readings.questions):
        if question in given and any(readings.diagrams.support(n) >> level & 1 for n in nodes):
            path.append(question)
            child = readings.values[level].index(given[question])
            nodes = [readings.diagrams.restrict(node, level, child) for node in nodes]
    return tuple(path)


def _support(readings: Readings, nodes: tuple[int, ...], known: Mapping[str, str]) -> int:
    bits = 0
    for node in nodes:
        bits |= readings.diagrams.support(readings.restrict(node, known))
    return bits


def _details_on_path(
    program: Program, answers: Mapping[str, Answer], known: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(
        detail.id
        for detail in program.details
        if detail.id in answers and known.get(detail.detail_of or "") == detail.detail_when
    )
