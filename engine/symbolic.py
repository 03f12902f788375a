"""The kernel and the durable-rules program run on diagrams instead of bits.

A rail whose lanes are all possible answers is a true/false diagram; fed with those, the kernel's
own function gives for every finding the diagram of the cases in which it is established, and
chaining the compiled joins gives the same for durable-rules. Comparing two nodes then compares
two programs on every partial case at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from engine.diagram import Diagrams
from engine.expression import Status
from engine.joins import ALWAYS, NO, OPEN, YES, Fact, Join, answer_name, compiled, route_name
from engine.kernel import kernel_of
from engine.program import Program
from engine.readings import Readings


@dataclass(frozen=True)
class Rail:
    """A true/false diagram with the operators that the kernel uses."""

    diagrams: Diagrams
    node: int

    def __and__(self, other: Rail) -> Rail:
        return Rail(self.diagrams, self.diagrams.both(self.node, other.node))

    def __or__(self, other: Rail) -> Rail:
        return Rail(self.diagrams, self.diagrams.either(self.node, other.node))

    def __xor__(self, other: Rail) -> Rail:
        return Rail(self.diagrams, self.diagrams.unlike(self.node, other.node))


def kernel_rails(program: Program, readings: Readings) -> dict[str, tuple[int, int]]:
    """For each finding, the cases in which the kernel establishes it and rules it out."""
    yes, no, _ = _decided(program, readings)
    return {
        finding: (a.node, b.node)
        for finding, a, b in zip(kernel_of(program).findings, yes, no, strict=True)
    }


def kernel_routes(program: Program, readings: Readings) -> dict[str, int]:
    """For each route, the cases in which the kernel takes it."""
    _, _, routes = _decided(program, readings)
    return {route: rail.node for route, rail in zip(kernel_of(program).routes, routes, strict=True)}


def _decided(
    program: Program, readings: Readings
) -> tuple[tuple[Rail, ...], tuple[Rail, ...], tuple[Rail, ...]]:
    d = readings.diagrams
    inputs = []
    for question, value in kernel_of(program).columns:
        level, child = readings.child_of(question, value)
        inputs.append(Rail(d, d.leaf(level, {child}, True, False)))
    return kernel_of(program).decide(inputs, Rail(d, d.terminal(True)))


def status_diagram(readings: Readings, yes: int, no: int) -> int:
    """The status that two rails amount to."""

    def status(a: object, b: object) -> Status:
        return Status.ESTABLISHED if a else Status.RULED_OUT if b else Status.OPEN

    return readings.diagrams.apply("status", status, yes, no)


def chained_facts(program: Program, readings: Readings) -> dict[Fact, int]:
    """For each fact of the durable-rules program, the cases in which it is asserted."""
    d = readings.diagrams
    never = d.terminal(False)
    facts: dict[Fact, int] = {ALWAYS: d.terminal(True)}
    for question, value in kernel_of(program).columns:
        level, child = readings.child_of(question, value)
        facts[answer_name(question, value), YES] = d.leaf(level, {child}, True, False)
    joins = compiled(program)
    _chain(d, facts, joins.joins)
    for finding in kernel_of(program).findings:
        yes = facts.setdefault((finding, YES), never)
        no = facts.setdefault((finding, NO), never)
        facts[finding, OPEN] = d.negated(d.either(yes, no))
    _chain(d, facts, joins.route_joins)
    for route in program.routes:
        facts.setdefault((route_name(route.id), YES), never)
    return facts


def _chain(d: Diagrams, facts: dict[Fact, int], joins: tuple[Join, ...]) -> None:
    """Adds what follows from the facts until nothing new does."""
    never, always = d.terminal(False), d.terminal(True)
    changed = True
    while changed:
        changed = False
        for join in joins:
            holds = reduce(d.both, (facts.get(fact, never) for fact in join.all_of), always)
            before = facts.get(join.concludes, never)
            after = d.either(before, holds)
            changed = changed or after != before
            facts[join.concludes] = after
