"""Mutants of the rules: one small, wrong change each, to see whether anything notices.

A number is moved by one, a connective swapped, an operand or an answer dropped, a `not` taken
away, a unit of time changed, a strength raised. A mutant that no worked case and no proof notices,
and that is not equivalent to the rules, is a hole in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from engine.expression import Aged, All, Answered, Any, Expression, Not
from engine.rulebook import (
    Clock,
    Overlay,
    Placement,
    Process,
    Route,
    Rule,
    Rulebook,
    Step,
    Strength,
)

RAISED = {
    Strength.ADVICE: Strength.SHOULD,
    Strength.FACT: Strength.MUST,
    Strength.DEFINITION: Strength.MUST,
    Strength.MAY: Strength.SHOULD,
    Strength.DUTY: Strength.MUST,
    Strength.SHOULD: Strength.MUST,
}
OTHER_UNIT = {
    "working days": "calendar days",
    "calendar days": "working days",
    "months": "calendar days",
    "years": "months",
}


class Operator(StrEnum):
    """What is done to the rules to make a mutant."""

    NUMBER = "a number moved by one"
    CONNECTIVE = "'all' and 'any' swapped"
    OPERAND = "an operand dropped"
    ANSWER = "an answer dropped"
    NOT = "a 'not' taken away"
    CONDITION = "a step's condition dropped"
    UNIT = "a unit of time changed"
    STRENGTH = "a strength raised"


@dataclass(frozen=True)
class Mutant:
    """A changed rulebook: which part was changed, and how.

    `kind` is rule, route, step, process, stage or overlay, and `part` its id: a route's with its
    stage, a process's with its source, for a step that of the first route that has it. `item` is
    the step or the local rule within the part, and empty where the part itself was changed.
    """

    kind: str
    part: str
    item: str
    operator: Operator
    change: str
    rulebook: Rulebook

    @property
    def name(self) -> str:
        """The mutant in one line."""
        inside = f", {self.item}" if self.item else ""
        return f"{self.kind} {self.part}{inside}: {self.change}"


Part = TypeVar("Part")


@dataclass(frozen=True)
class Change(Generic[Part]):
    """A part of the rules as one operator leaves it, and the change in words."""

    operator: Operator
    words: str
    made: Part
    item: str = ""


Whole = TypeVar("Whole")


def _around(
    changes: Iterator[Change[Part]],
    whole: Callable[[Part], Whole],
    words: str = "",
) -> Iterator[Change[Whole]]:
    """The same changes, each of the whole that stands around the part."""
    for each in changes:
        yield Change(each.operator, words + each.words, whole(each.made), each.item)


def _one_of(
    parts: tuple[Part, ...], changes: Callable[[Part], Iterator[Change[Part]]]
) -> Iterator[tuple[Part, Change[tuple[Part, ...]]]]:
    """Every way to change one of several parts: the part as it was, and all with it changed."""
    for index, part in enumerate(parts):
        for each in changes(part):
            made = (*parts[:index], each.made, *parts[index + 1 :])
            yield part, Change(each.operator, each.words, made, each.item)


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Every mutant of the rules: conditions, clocks and strengths."""
    for rule, rules in _one_of(rulebook.rules, _rule):
        yield _mutant("rule", rule.id, rules, replace(rulebook, rules=rules.made))
    for route, routes in _one_of(rulebook.routes, _route):
        part = f"{route.stage}/{route.id}"
        yield _mutant("route", part, routes, replace(rulebook, routes=routes.made))
    yield from _shared_steps(rulebook)
    for name, stage in rulebook.stages.items():
        for steps in _steps(stage.steps_for_every_route):
            stages = {**rulebook.stages, name: replace(stage, steps_for_every_route=steps.made)}
            yield _mutant("stage", name, steps, replace(rulebook, stages=stages))
    for process, others in _one_of(rulebook.processes, _process):
        part = f"{process.id} ({process.citations[0].source})"
        yield _mutant("process", part, others, replace(rulebook, processes=others.made))
    for overlay, overlays in _one_of(rulebook.overlays, _overlay):
        yield _mutant("overlay", overlay.id, overlays, replace(rulebook, overlays=overlays.made))


def _shared_steps(rulebook: Rulebook) -> Iterator[Mutant]:
    """Mutants of the routes' steps. One that several routes share is written, and changed, once."""
    routes_of: dict[tuple[str, Step], str] = {}
    for route in rulebook.routes:
        for step in route.steps:
            routes_of.setdefault((route.stage, step), route.id)
    for (stage, step), first in routes_of.items():
        for change in _step(step):
            routes = tuple(
                replace(each, steps=tuple(change.made if s == step else s for s in each.steps))
                if each.stage == stage
                else each
                for each in rulebook.routes
            )
            made = replace(rulebook, routes=routes)
            yield Mutant("step", f"{stage}/{first}", step.id, change.operator, change.words, made)


def _mutant(kind: str, part: str, change: Change[Part], rulebook: Rulebook) -> Mutant:
    return Mutant(kind, part, change.item, change.operator, change.words, rulebook)


def _strength(strength: Strength) -> Iterator[Change[Strength]]:
    if strength in RAISED:
        words = f"strength {strength} to {RAISED[strength]}"
        yield Change(Operator.STRENGTH, words, RAISED[strength])


def _rule(rule: Rule) -> Iterator[Change[Rule]]:
    yield from _around(changed_conditions(rule.when), lambda when: replace(rule, when=when))
    yield from _around(_strength(rule.strength), lambda higher: replace(rule, strength=higher))


def changed_conditions(when: Expression) -> Iterator[Change[Expression]]:
    """Every condition that differs from `when` in one number, connective, operand or answer."""
    match when:
        case Aged():
            yield from _ages(when)
        case Answered(question, values) if len(values) > 1:
            for value in values:
                kept = tuple(each for each in values if each != value)
                words = f"{question} without {value}"
                yield Change(Operator.ANSWER, words, Answered(question, kept))
        case Not(part):
            yield Change(Operator.NOT, "'not' taken away", part)
            for each in changed_conditions(part):
                yield Change(each.operator, each.words, Not(each.made))
        case All(parts):
            yield from _joined(parts, All, Any, "all to any")
        case Any(parts):
            yield from _joined(parts, Any, All, "any to all")
        case _:
            return


def _ages(when: Aged) -> Iterator[Change[Expression]]:
    question, low, high = when.question, when.at_least, when.under
    if low is not None:
        for moved in (low - 1, low + 1):
            words = f"{question} at least {low} to at least {moved}"
            yield Change(Operator.NUMBER, words, Aged(question, moved, high))
    if high is not None:
        for moved in (high - 1, high + 1):
            words = f"{question} under {high} to under {moved}"
            yield Change(Operator.NUMBER, words, Aged(question, low, moved))


def _joined(
    parts: tuple[Expression, ...],
    same: type[All] | type[Any],
    other: type[All] | type[Any],
    swapped: str,
) -> Iterator[Change[Expression]]:
    if len(parts) > 1:
        yield Change(Operator.CONNECTIVE, swapped, other(parts))
        for index in range(len(parts)):
            rest = (*parts[:index], *parts[index + 1 :])
            yield Change(Operator.OPERAND, f"operand {index + 1} dropped", same(rest))
    for index, part in enumerate(parts):
        for each in changed_conditions(part):
            made = same((*parts[:index], each.made, *parts[index + 1 :]))
            yield Change(each.operator, f"{index + 1}: {each.words}", made)


def _route(route: Route) -> Iterator[Change[Route]]:
    yield from _around(changed_conditions(route.when), lambda when: replace(route, when=when))
    yield from _around(_strength(route.strength), lambda higher: replace(route, strength=higher))


def _process(process: Process) -> Iterator[Change[Process]]:
    yield from _around(
        _strength(process.strength), lambda higher: replace(process, strength=higher)
    )
    yield from _around(_steps(process.steps), lambda steps: replace(process, steps=steps))


def _overlay(overlay: Overlay) -> Iterator[Change[Overlay]]:
    for rule, rules in _one_of(overlay.widenings, _rule):
        made = replace(overlay, widenings=rules.made)
        yield Change(rules.operator, rules.words, made, rule.id)
    for placement, placements in _one_of(overlay.placements, _placement):
        where = placement.routes[0] if placement.routes else "all"
        item = f"{placement.stage}/{where}/{placement.step.id}"
        made = replace(overlay, placements=placements.made)
        yield Change(placements.operator, placements.words, made, item)
    for process, processes in _one_of(overlay.processes, _process):
        item = f"{process.id}/{processes.item}".rstrip("/")
        made = replace(overlay, processes=processes.made)
        yield Change(processes.operator, processes.words, made, item)


def _placement(placement: Placement) -> Iterator[Change[Placement]]:
    yield from _around(_step(placement.step), lambda step: replace(placement, step=step))


def _steps(steps: tuple[Step, ...]) -> Iterator[Change[tuple[Step, ...]]]:
    for step, change in _one_of(steps, _step):
        yield Change(change.operator, change.words, change.made, step.id)


def _step(step: Step) -> Iterator[Change[Step]]:
    yield from _around(_strength(step.strength), lambda higher: replace(step, strength=higher))
    for clock, clocks in _one_of(step.clocks, _clock):
        words = f"clock {step.clocks.index(clock) + 1}, {clocks.words}"
        yield Change(clocks.operator, words, replace(step, clocks=clocks.made))
    if step.when is not None:
        yield Change(Operator.CONDITION, "condition dropped", replace(step, when=None))
        yield from _around(
            changed_conditions(step.when),
            lambda when: replace(step, when=when),
            words="condition, ",
        )


def _clock(clock: Clock) -> Iterator[Change[Clock]]:
    for moved in (clock.within - 1, clock.within + 1):
        if moved > 0:
            words = f"{clock.within} {clock.unit} to {moved}"
            yield Change(Operator.NUMBER, words, replace(clock, within=moved))
    other = OTHER_UNIT[clock.unit]
    words = f"{clock.within} {clock.unit} to {other}"
    yield Change(Operator.UNIT, words, replace(clock, unit=other))
