"""Claim 1: one route for every set of answers, every route and rule of use, every step settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.diagram import TERMINAL
from engine.expression import Status
from engine.journey import goals
from engine.program import Program
from engine.proof.claim import Claim, case_in_words, claim_of
from engine.proof.programs import every_program
from engine.readings import NO_ROUTE, SEVERAL_ROUTES, Readings, readings_of
from engine.rulebook import Rulebook

SETTLED = "When the questions run out, every step is settled"


def exactly_one_route(program: Program) -> Claim:
    """Claim 1: every complete set of answers gets exactly one route."""
    readings = readings_of(program)
    found: str | None = None
    for bad in (NO_ROUTE, SEVERAL_ROUTES):
        case = readings.diagrams.find(readings.route, bad)
        if case is not None:
            found = f"{bad} for: {case_in_words(readings, case)}"
            break
    return claim_of("1 one route", "Every complete set of answers gets one route", program, found)


def every_route_is_reached(program: Program) -> Claim:
    """Claim 1: no route is unreachable."""
    readings = readings_of(program)
    reached = readings.diagrams.terminals_under(readings.route)
    missed = [route.id for route in program.routes if route.id not in reached]
    found = f"no answers lead to {', '.join(missed)}" if missed else None
    return claim_of("1 reached", "Every route can be reached", program, found)


def every_step_is_settled(program: Program) -> Claim:
    """When the questions run out, it is settled which steps of the route are told.

    Walks every journey at once: the questions that the goals still need are answered in every
    way, and where none is left, no step's condition may still hang on an answer.
    """
    readings = readings_of(program)
    tried: set[tuple[str, int]] = set()
    for route in program.routes:
        for step in route.steps:
            if step.when is None:
                continue
            condition = readings.standing(step.when)
            if (route.id, condition) in tried:
                continue
            tried.add((route.id, condition))
            case = _unsettled(readings, route.id, condition)
            if case is not None:
                words = case_in_words(readings, case)
                found = f"step '{step.id}' of '{route.id}' still hangs on an answer for: {words}"
                return claim_of("1 settled", SETTLED, program, found)
    return claim_of("1 settled", SETTLED, program, None)


def _unsettled(readings: Readings, route: str, condition: int) -> dict[int, int] | None:
    """Answers that settle the goals with that route, but leave the condition hanging."""
    d = readings.diagrams
    # Goals that share no question with the condition cannot settle it.
    others = [n for n in goals(readings)[1:] if d.support(n) & d.support(condition)]
    start = (readings.route, *others, condition)
    seen: set[tuple[int, ...]] = set()
    waiting: list[tuple[tuple[int, ...], dict[int, int]]] = [(start, {})]
    while waiting:
        nodes, taken = waiting.pop()
        *wanted, told = nodes
        if nodes in seen or d.is_constant(told) or route not in d.terminals_under(wanted[0]):
            continue
        seen.add(nodes)
        asking = min(d.level(node) for node in wanted)
        if asking == TERMINAL:
            return taken
        for child in range(len(readings.values[asking])):
            after = tuple(d.restrict(node, asking, child) for node in nodes)
            waiting.append((after, {**taken, asking: child}))
    return None


def nothing_is_dead(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    """Claim 1: every rule can be established, and ruled out, and matters to some stage."""
    alive: set[str] = set()
    constant: dict[str, str] = {}
    for program in every_program(rulebook, today):
        readings = readings_of(program)
        for each in program.findings:
            values = readings.diagrams.terminals_under(readings.status[each.finding])
            if values >= {Status.ESTABLISHED, Status.RULED_OUT}:
                alive |= {rule.id for rule in each.rules}
            else:
                (always,) = values - {Status.OPEN}
                constant[each.rule.id] = f"'{each.finding}' is always {always}"
    started = [rule for rule in rulebook.rules if rule.in_force.start <= today]
    dead = [rule.id for rule in started if rule.id not in alive]
    found = "; ".join(constant.get(each, f"no stage rests on rule '{each}'") for each in dead)
    yield Claim("1 dead rules", "No rule is dead", "every stage", not found, found)
