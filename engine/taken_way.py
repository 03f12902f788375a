"""The way taken through the questions, to a route or to how one finding stands: a decision map.

It is read off the decision diagrams, so each branch not taken leads where it says, whatever the
other answers are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.answers import NOT_KNOWN, Answer
from engine.journey import journey
from engine.program import Program
from engine.readings import Readings, readings_of
from engine.results import DecisionMap, MapBranch, MapStep

# What a value of a diagram is called: a route, or how a finding stands.
Titles = Callable[[str], str]


def way_to_route(program: Program, answers: Mapping[str, Answer]) -> DecisionMap:
    """The way taken to the route, question by question, with the branches not taken."""
    titles = {route.id: route.title for route in program.routes}
    return _way(program, answers, readings_of(program).route, titles.__getitem__, "Where it leads")


def way_to_finding(
    program: Program, answers: Mapping[str, Answer], finding: str, titles: Mapping[str, str]
) -> DecisionMap:
    """The way taken to how a finding stands. `titles` has words for each value of `Status`."""
    root = readings_of(program).status[finding]
    return _way(program, answers, root, titles.__getitem__, "Conclusion")


def _way(
    program: Program, answers: Mapping[str, Answer], root: int, title: Titles, ends_in: str
) -> DecisionMap:
    readings = readings_of(program)
    trip = journey(program, answers)
    d = readings.diagrams
    steps: list[MapStep] = []
    with readings.lock:
        node = root
        while not d.is_constant(node):
            level = d.level(node)
            question = readings.questions[level]
            value = trip.known.get(question, NOT_KNOWN)
            taken = readings.values[level].index(value)
            asked = program.ask(question)
            steps.append(
                MapStep(
                    question=question,
                    label=asked.question.label,
                    answer=asked.words_of(answers[question])
                    if question in trip.known
                    else "Not asked yet",
                    branches=_branches(readings, program, node, taken, title),
                )
            )
            node = d.children(node)[taken]
        end = str(d.value(node))
        certain = d.is_constant(readings.restrict(root, trip.known))
    return DecisionMap(tuple(steps), end, title(end), certain, ends_in)


def _branches(
    readings: Readings, program: Program, node: int, taken: int, title: Titles
) -> tuple[MapBranch, ...]:
    d = readings.diagrams
    level = d.level(node)
    asked = program.ask(readings.questions[level])
    branches = [
        (asked.words_of(readings.values[level][index]), child)
        for index, child in enumerate(d.children(node))
        if child != d.children(node)[taken]
    ]
    return tuple(
        MapBranch(
            answers=words,
            leads_to=title(str(d.value(child))) if d.is_constant(child) else "More questions",
            route=str(d.value(child)) if d.is_constant(child) else None,
        )
        for words, child in branches
    )
