"""What is proved of the rules, for every date, area and stage, and what is found when it fails.

Every claim is about all answers at once, "not known" included, and is decided on the diagrams;
nothing is sampled. A claim that fails comes with a counterexample in words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.program import Program
from engine.proof.claim import Claim, case_in_words
from engine.proof.discretion import no_review_is_compelled
from engine.proof.duties import duties_are_monotone, narrowed, overlays_never_narrow
from engine.proof.editions import every_day_has_one_edition
from engine.proof.evaluators import durable_rules_equals_kernel, kernel_is_exact
from engine.proof.not_known import not_known_is_safe
from engine.proof.numbers import Tried, age_bounds, every_number_has_cases
from engine.proof.programs import every_program
from engine.proof.routes import (
    every_route_is_reached,
    every_step_is_settled,
    exactly_one_route,
    nothing_is_dead,
)
from engine.proof.statements import every_statement_is_accounted_for, no_strength_is_raised
from engine.rulebook import Rulebook

__all__ = [
    "PROGRAM_CLAIMS",
    "Claim",
    "Tried",
    "age_bounds",
    "case_in_words",
    "durable_rules_equals_kernel",
    "duties_are_monotone",
    "every_number_has_cases",
    "every_program",
    "every_route_is_reached",
    "every_statement_is_accounted_for",
    "every_step_is_settled",
    "exactly_one_route",
    "kernel_is_exact",
    "narrowed",
    "no_review_is_compelled",
    "no_strength_is_raised",
    "not_known_is_safe",
    "prove",
]

PROGRAM_CLAIMS: tuple[Callable[[Program], Claim], ...] = (
    exactly_one_route,
    every_route_is_reached,
    every_step_is_settled,
    no_review_is_compelled,
    duties_are_monotone,
    not_known_is_safe,
    kernel_is_exact,
    durable_rules_equals_kernel,
)


def prove(rulebook: Rulebook, today: date) -> tuple[Claim, ...]:
    """Every claim, for every stretch of time, area and stage."""
    claims = [*every_day_has_one_edition(rulebook, today)]
    if not all(each.holds for each in claims):
        # What holds on a day cannot be asked where it is not settled which rules govern it.
        return tuple(claims)
    for program in every_program(rulebook, today):
        for claim in PROGRAM_CLAIMS:
            claims.append(claim(program))
    claims += [
        *nothing_is_dead(rulebook, today),
        *overlays_never_narrow(rulebook, today),
        no_strength_is_raised(rulebook),
        every_statement_is_accounted_for(rulebook),
    ]
    return tuple(claims)
