"""The law of a day, read straight off the rulebook: no edition, program or compiler in between."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.expression import Any, Expression
from engine.rulebook import Process, Rule, Rulebook


def sources_on(rulebook: Rulebook, day: date) -> set[str]:
    """The sources of a day, and the one that its edition carries forward."""
    (edition,) = (each for each in rulebook.editions if each.in_force.covers(day))
    there = {each.id for each in rulebook.sources.values() if each.in_force.covers(day)}
    return there | ({edition.carries_forward} if edition.carries_forward else set())


def in_force(rulebook: Rulebook, part: Rule | Process, day: date) -> bool:
    """In force on the day, or in the source that the day's edition carries forward."""
    (edition,) = (each for each in rulebook.editions if each.in_force.covers(day))
    source = rulebook.sources[part.citations[0].source]
    last = source.in_force.until
    carried = edition.carries_forward == source.id and last is not None
    return part.in_force.covers(day) or (carried and part.in_force.covers(last))


def rules_on(rulebook: Rulebook, area: str, day: date) -> dict[str, tuple[Rule, ...]]:
    """Each finding's rules: the national one, then the local ones."""
    rules = {each.finding: (each,) for each in rulebook.rules if in_force(rulebook, each, day)}
    for overlay in rulebook.overlays:
        if overlay.area == area and overlay.in_force.covers(day):
            for each in overlay.widenings:
                if each.in_force.covers(day):
                    rules[each.finding] = (*rules[each.finding], each)
    return rules


def law_on(rulebook: Rulebook, area: str, day: date) -> Mapping[str, Expression]:
    """What makes each finding true: its national rule or any local one."""
    return {
        finding: Any(tuple(each.when for each in rules))
        for finding, rules in rules_on(rulebook, area, day).items()
    }
