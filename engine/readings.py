"""A program's decision diagrams: each finding, the route, and each step's condition, exactly.

Built once for a program and then only restricted by answers. The order of the questions in the
diagrams is the order of asking, so what is left of a diagram is what is left to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, reduce

from engine.answers import NOT_KNOWN
from engine.diagram import MOST_NODES, Diagrams
from engine.expression import (
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
)
from engine.program import Program

NO_ROUTE = "no route"
SEVERAL_ROUTES = "several routes"


class Readings:
    """The diagrams of one program. Safe to share between threads through `lock`."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.questions = tuple(asked.question.id for asked in program.asked)
        self.level_of = {question: level for level, question in enumerate(self.questions)}
        self.values = tuple((*asked.values, NOT_KNOWN) for asked in program.asked)
        self.diagrams = Diagrams([len(values) for values in self.values])
        self.lock = self.diagrams.lock
        self.truth: dict[str, int] = {}
        self.status: dict[str, int] = {}
        with self.lock:
            for each in self.program.findings:
                self.truth[each.finding] = self._truth(each.when)
            for finding, truth in self.truth.items():
                self.status[finding] = self.diagrams.exactly(truth)
            self.conditions = {route.id: self.standing(route.when) for route in self.program.routes}
            self.route = self._route()

    def child_of(self, question: str, value: str) -> tuple[int, int]:
        """The level of a question, and the number of the child that an answer takes."""
        level = self.level_of[question]
        return level, self.values[level].index(value)

    def restrict(self, node: int, known: Mapping[str, str]) -> int:
        """What is left of a diagram under the answers (values, or `NOT_KNOWN`)."""
        for question, value in known.items():
            level = self.level_of[question]
            if self.diagrams.support(node) >> level & 1:
                node = self.diagrams.restrict(node, level, self.values[level].index(value))
        return node

    def read(self, node: int, full: Mapping[str, str]) -> Hashable:
        """What a diagram says when every question has a value, or `NOT_KNOWN`."""
        d = self.diagrams
        while not d.is_constant(node):
            level = d.level(node)
            node = d.children(node)[self.values[level].index(full[self.questions[level]])]
        return d.value(node)

    def standing(self, when: Expression) -> int:
        """The diagram, true or false, of a condition on how findings stand."""
        d = self.diagrams
        match when:
            case Stands(finding, status):
                return d.map(lambda value: value == status, self.status[finding])
            case All(parts):
                return reduce(d.both, map(self.standing, parts), d.terminal(True))
            case Any(parts):
                return reduce(d.either, map(self.standing, parts), d.terminal(False))
            case Not(part):
                return d.negated(self.standing(part))
            case _:
                raise TypeError(f"a route cannot rest on {when}")

    def _truth(self, when: Expression) -> int:
        """The diagram, true or false, of a rule; what it says of "not known" means nothing."""
        d = self.diagrams
        match when:
            case Answered(question, values):
                level = self.level_of[question]
                accepted = {self.values[level].index(value) for value in values}
                return d.leaf(level, accepted, True, False)
            case Concluded(finding):
                return self.truth[finding]
            case All(parts):
                return reduce(d.both, map(self._truth, parts), d.terminal(True))
            case Any(parts):
                return reduce(d.either, map(self._truth, parts), d.terminal(False))
            case Not(part):
                return d.negated(self._truth(part))
            case _:
                raise TypeError(f"a rule cannot rest on {when}")

    def _route(self) -> int:
        d = self.diagrams
        result = d.terminal(NO_ROUTE)
        for route, condition in self.conditions.items():
            named = d.map(_named(route), condition)
            result = d.apply("one route", _one_route, result, named)
        return result


def readings_of(program: Program) -> Readings:
    """The program's diagrams: built once, and again when their table has grown past its limit.

    Whoever still works with the old table keeps it whole.
    """
    kept = _kept(program)
    if len(kept[0].diagrams) > MOST_NODES:
        kept[0] = Readings(program)
    return kept[0]


@lru_cache(maxsize=256)
def _kept(program: Program) -> list[Readings]:
    return [Readings(program)]


def _named(route: str) -> Callable[[Hashable], Hashable]:
    return lambda holds: route if holds is True else NO_ROUTE


def _one_route(a: Hashable, b: Hashable) -> Hashable:
    if a == NO_ROUTE:
        return b
    return a if b == NO_ROUTE else SEVERAL_ROUTES


def status_of(value: Hashable) -> Status:
    """A terminal's status; what is left of a diagram is open while it is not constant."""
    return value if isinstance(value, Status) else Status.OPEN
