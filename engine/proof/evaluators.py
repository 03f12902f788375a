"""The evaluators are at one: the kernel with the diagrams, durable-rules with the kernel."""

from __future__ import annotations

from engine.joins import NO, YES, route_name
from engine.program import Program
from engine.proof.claim import Claim, case_in_words, claim_of
from engine.readings import readings_of
from engine.symbolic import chained_facts, kernel_rails, kernel_routes, status_diagram

EXACT = "Three-valued logic decides everything that can be decided"
FORWARD = "The durable-rules program equals the kernel on every partial case"


def kernel_is_exact(program: Program) -> Claim:
    """The kernel's three-valued logic misses nothing that the diagrams know."""
    readings = readings_of(program)
    kernel = kernel_rails(program, readings)
    for finding, (yes, no) in kernel.items():
        claimed = status_diagram(readings, yes, no)
        different = readings.diagrams.difference(claimed, readings.status[finding])
        if different is not None:
            words = case_in_words(readings, different)
            return claim_of(
                "5 exact",
                EXACT,
                program,
                f"'{finding}' is decided by: {words}, but not by the kernel",
            )
    return claim_of("5 exact", EXACT, program, None)


def durable_rules_equals_kernel(program: Program) -> Claim:
    """The compiled durable-rules program decides every partial case as the kernel does."""
    readings = readings_of(program)
    kernel = kernel_rails(program, readings)
    chained = chained_facts(program, readings)
    d = readings.diagrams
    for finding, (yes, no) in kernel.items():
        for rail, value in ((yes, YES), (no, NO)):
            different = d.difference(rail, chained[finding, value])
            if different is not None:
                case = case_in_words(readings, different)
                return claim_of("forward", FORWARD, program, f"'{finding}' differs for: {case}")
    routes = kernel_routes(program, readings)
    for route, holds in routes.items():
        different = d.difference(holds, chained[route_name(route), YES])
        if different is not None:
            case = case_in_words(readings, different)
            return claim_of("forward", FORWARD, program, f"route '{route}' differs for: {case}")
    return claim_of("forward", FORWARD, program, None)
