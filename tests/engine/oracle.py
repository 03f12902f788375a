"""The law as binary decision diagrams of the package `dd`: an oracle that shares nothing.

Every answer is a bit of its own, at most one of a question's bits is set, and none is set when
the answer is not known. Rules are read straight off the rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import reduce
from itertools import pairwise

from dd.bdd import BDD

from engine.expression import (
    Aged,
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
    walk,
)
from engine.readings import Readings
from engine.rulebook import Rulebook

# dd counts its nodes by whole numbers; the complement of one is its negative.
Node = int
TRUE, FALSE = 1, -1


class Oracle:
    """How every finding stands, for all cases at once."""

    def __init__(self, rulebook: Rulebook, law: Mapping[str, Expression]) -> None:
        self.law = law
        self.values = {
            each.id: [option.value for option in each.options]
            + (_age_ranges(law, each.id) if each.kind == "age" else [])
            for each in rulebook.questions.values()
        }
        self.bdd = BDD()
        for question, values in self.values.items():
            self.bdd.declare(*(f"{question}={value}" for value in values))
        self.at_most_one = self.every(
            -self.both(self.bit(question, a), self.bit(question, b))
            for question, values in self.values.items()
            for number, a in enumerate(values)
            for b in values[:number]
        )
        self._truth: dict[str, Node] = {}
        self._standing: dict[str, tuple[Node, Node]] = {}

    def bit(self, question: str, value: str) -> Node:
        return self.bdd.var(f"{question}={value}")

    def both(self, a: Node, b: Node) -> Node:
        return self.bdd.apply("and", a, b)

    def either(self, a: Node, b: Node) -> Node:
        return self.bdd.apply("or", a, b)

    def every(self, nodes: Iterable[Node]) -> Node:
        return reduce(self.both, nodes, TRUE)

    def some(self, nodes: Iterable[Node]) -> Node:
        return reduce(self.either, nodes, FALSE)

    def truth(self, when: Expression) -> Node:
        """Where a rule is true, every question being answered."""
        match when:
            case Answered(question, values):
                return self.some(self.bit(question, value) for value in values)
            case Aged(question, at_least, under):
                return self.some(
                    self.bit(question, value)
                    for value, ages in _ranges(self.law, question).items()
                    if (at_least is None or ages.start >= at_least)
                    and (under is None or ages.stop <= under)
                )
            case Concluded(finding):
                if finding not in self._truth:
                    rule = self.law.get(finding)
                    self._truth[finding] = FALSE if rule is None else self.truth(rule)
                return self._truth[finding]
            case All(parts):
                return self.every(map(self.truth, parts))
            case Any(parts):
                return self.some(map(self.truth, parts))
            case Not(part):
                return -self.truth(part)
            case _:
                raise TypeError(f"a rule does not say {when}")

    def whatever_is_not_known(self, node: Node) -> Node:
        """Where a function is true however what is not known turns out."""
        for question, values in self.values.items():
            bits = {f"{question}={value}" for value in values}
            if not bits & self.bdd.support(node):
                continue
            answered = self.some(self.bit(question, value) for value in values)
            either_way = self.every(
                self.bdd.let({bit: bit == f"{question}={value}" for bit in bits}, node)
                for value in values
            )
            node = self.bdd.ite(answered, node, either_way)
        return node

    def standing(self, finding: str) -> tuple[Node, Node]:
        """Where a finding is established, and where it is ruled out."""
        if finding not in self._standing:
            truth = self.truth(Concluded(finding))
            self._standing[finding] = (
                self.whatever_is_not_known(truth),
                self.whatever_is_not_known(-truth),
            )
        return self._standing[finding]

    def stands(self, when: Expression) -> Node:
        """Where a route's condition, on how findings stand, is met."""
        match when:
            case Stands(finding, status):
                established, ruled_out = self.standing(finding)
                return {
                    Status.ESTABLISHED: established,
                    Status.RULED_OUT: ruled_out,
                    Status.OPEN: self.both(-established, -ruled_out),
                }[status]
            case All(parts):
                return self.every(map(self.stands, parts))
            case Any(parts):
                return self.some(map(self.stands, parts))
            case Not(part):
                return -self.stands(part)
            case _:
                raise TypeError(f"a route does not say {when}")

    def same(self, a: Node, b: Node) -> bool:
        """Whether two functions agree on every case that there can be."""
        return self.both(self.bdd.apply("xor", a, b), self.at_most_one) == FALSE

    def of_diagram(self, readings: Readings, node: int, wanted: Callable[[Hashable], bool]) -> Node:
        """One of the engine's own diagrams in these bits: where its value is wanted."""
        d = readings.diagrams
        done: dict[int, Node] = {}

        def go(at: int) -> Node:
            if at not in done:
                if d.is_constant(at):
                    done[at] = TRUE if wanted(d.value(at)) else FALSE
                else:
                    question = readings.questions[d.level(at)]
                    *known, not_known = d.children(at)
                    values = readings.values[d.level(at)][:-1]
                    assert sorted(values) == sorted(self.values[question])
                    bits = [self.bit(question, value) for value in values]
                    nothing = self.every(-bit for bit in bits)
                    done[at] = self.some(
                        [self.both(nothing, go(not_known))]
                        + [
                            self.both(bit, go(child))
                            for bit, child in zip(bits, known, strict=True)
                        ]
                    )
            return done[at]

        return go(node)


def _ranges(law: Mapping[str, Expression], question: str) -> dict[str, range]:
    """The ages between one number that the law names and the next, by the names of the ranges."""
    numbers = {
        number
        for when in law.values()
        for node in walk(when)
        if isinstance(node, Aged) and node.question == question
        for number in (node.at_least, node.under)
        if number
    }
    ends = sorted({0, *numbers})
    named = {f"{a}-to-{b - 1}": range(a, b) for a, b in pairwise(ends)}
    return {**named, f"{ends[-1]}-or-over": range(ends[-1], 1000)}


def _age_ranges(law: Mapping[str, Expression], question: str) -> list[str]:
    return list(_ranges(law, question))
