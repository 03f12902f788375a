"""On which days the rules of a stage are other rules, and in which editions a route is used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engine.answers import BadCase
from engine.edition import edition_on, epochs, program_on
from engine.program import Program
from engine.rulebook import Edition, Overlay, Rulebook
from webforms.rulebook.catalogue import NATIONAL
from webforms.rulebook.references import Kind, Ref


@dataclass(frozen=True)
class Link:
    """A choice of edition, area or day, and whether it is the one shown.

    `leads` is False where the rules of that choice know no such finding, so that no map is there.
    """

    text: str
    on: date
    area: str
    here: bool
    leads: bool = True


def chosen(rulebook: Rulebook, stage: str, area: str, on: str) -> Program | None:
    """The program that an address asks for; None when the day or the area is not held."""
    if area not in {each.area for each in rulebook.overlays}:
        return None
    try:
        day = date.fromisoformat(on) if on else newest_day(rulebook, area)
        return program_on(rulebook, stage, area, day)
    except (ValueError, BadCase):
        return None


def newest_day(rulebook: Rulebook, area: str) -> date:
    return first_day(rulebook, rulebook.editions[-1], area)


def first_day(rulebook: Rulebook, edition: Edition, area: str) -> date:
    """The first day of an edition on which the area's procedure is in force, if there is one."""
    overlay = _overlay(rulebook, area)
    start = max(edition.in_force.start, overlay.in_force.start)
    return start if edition.in_force.covers(start) else edition.in_force.start


def edition_links(program: Program, area: str, finding: str = "") -> list[Link]:
    """Every edition; with a finding, only those that know it have a map of it to lead to."""
    return [
        _link(program, each.title, first_day(program.rulebook, each, area), area, finding)
        for each in program.rulebook.editions
    ]


def area_links(program: Program, area: str, finding: str = "") -> list[Link]:
    """Every area; with a finding, only those that know it have a map of it to lead to."""
    return [
        replace(
            _link(program, name, first_day(program.rulebook, program.edition, each), each, finding),
            here=each == area,
        )
        for each, name in area_names(program.rulebook).items()
    ]


def _link(program: Program, text: str, on: date, area: str, finding: str) -> Link:
    there = program_on(program.rulebook, program.stage.id, area, on)
    leads = not finding or there.finding(finding) is not None
    return Link(text, on, area, here=there.edition == program.edition, leads=leads)


def area_names(rulebook: Rulebook) -> dict[str, str]:
    """The areas by id: the national rules alone first, then by name."""
    names = {each.area: dict(each.words).get("area", each.area) for each in rulebook.overlays}
    local = sorted((name, area) for area, name in names.items() if area != NATIONAL)
    return {NATIONAL: "The national rules alone", **{area: name for name, area in local}}


def day_links(program: Program, area: str) -> list[Link]:
    """The days on which the rules of the stage became others, for the area."""
    rulebook, stage = program.rulebook, program.stage.id
    days = days_of_change(rulebook, stage, area)
    here = max(day for day in days if day <= program.day)
    return [Link(edition_on(rulebook, day).title, day, area, day == here) for day in days]


@lru_cache(maxsize=64)
def days_of_change(rulebook: Rulebook, stage: str, area: str) -> tuple[date, ...]:
    days: list[date] = []
    before: Program | None = None
    for day in epochs(rulebook):
        program = program_on(rulebook, stage, area, day)
        if before is None or not program.says_the_same_as(before):
            days.append(day)
        before = program
    return tuple(days)


@lru_cache(maxsize=2)
def editions_of(rulebook: Rulebook) -> dict[Ref, tuple[Edition, ...]]:
    """The editions in which each route and each question is used, by the national rules."""
    found: dict[Ref, dict[Edition, None]] = {}
    for edition in rulebook.editions:
        days = {edition.in_force.start, edition.in_force.until or edition.in_force.start}
        for stage in rulebook.stages:
            for day in sorted(days):
                program = program_on(rulebook, stage, NATIONAL, day)
                asked = [each.question.id for each in program.asked]
                for ref in (
                    *(Ref(Kind.ROUTE, route.id) for route in program.routes),
                    *(Ref(Kind.QUESTION, each) for each in asked),
                    *(Ref(Kind.QUESTION, each.id) for each in program.details),
                ):
                    found.setdefault(ref, {})[edition] = None
    return {ref: tuple(editions) for ref, editions in found.items()}


def _overlay(rulebook: Rulebook, area: str) -> Overlay:
    return next(each for each in rulebook.overlays if each.area == area)
