"""Claim 7: every number in a rule has worked cases around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.edition import all_steps
from engine.expression import Aged, walk
from engine.proof.claim import Claim
from engine.rulebook import Rulebook


def age_bounds(rulebook: Rulebook) -> dict[str, set[int]]:
    """Every number that a rule compares an age with, by question (claim 7 asks cases around it)."""
    bounds: dict[str, set[int]] = {}
    for rule in rulebook.rules:
        for node in walk(rule.when):
            if isinstance(node, Aged):
                found = {bound for bound in (node.at_least, node.under) if bound is not None}
                bounds.setdefault(node.question, set()).update(found)
    return bounds


@dataclass(frozen=True)
class Tried:
    """What worked cases try: the ages given to each question, the steps whose date is expected."""

    ages: Mapping[str, set[int]]
    clocks: frozenset[str]


def every_number_has_cases(rulebook: Rulebook, tried: Tried) -> Claim:
    """Claim 7: every age in a rule has cases one below, at and one above, every clock a date."""
    missing = [
        f"{question} of {age} (for the bound {bound})"
        for question, bounds in sorted(age_bounds(rulebook).items())
        for bound in sorted(bounds)
        for age in (bound - 1, bound, bound + 1)
        if age not in tried.ages.get(question, set())
    ]
    missing += sorted(
        {f"the date of step '{step.id}'" for step in all_steps(rulebook) if step.clocks}
        - {f"the date of step '{name}'" for name in tried.clocks}
    )
    title = "Every number in a rule has worked cases around it"
    found = f"no case has {'; '.join(missing)}" if missing else ""
    return Claim("7 numbers", title, "every rule and clock", not missing, found)
