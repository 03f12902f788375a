"""Which rules for this date and this area: from the rulebook to a program.

The first of the stage's dates that the case gives picks the edition (the date of awareness for
the duty to notify, the date of decision for the kind of review; law of the day, not of today).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from engine.answers import BadCase, Case
from engine.compilation import compiled_program
from engine.program import Program
from engine.rulebook import (
    Edition,
    Overlay,
    Process,
    Rule,
    Rulebook,
    Stage,
    Step,
)


def program_for(rulebook: Rulebook, case: Case) -> Program:
    """The program for a case's stage, area and dates.

    Raises `BadCase` when the dates fall before the first edition held, or the case has none of
    the dates that pick one.
    """
    stage = rulebook.stages[case.stage]
    return program_on(rulebook, stage.id, case.area, governing_day(rulebook, stage, case))


def governing_day(rulebook: Rulebook, stage: Stage, case: Case) -> date:
    """The day whose law governs the stage. With no date given, the newest edition's first day.

    In an area that had not changed over yet, an edition that lingers governs with the law of its
    own last day.
    """
    day = given_day(rulebook, stage, case)
    lingering = lingering_on(rulebook, stage, day)
    if lingering is not None and lingering.lingers and lingering.in_force.until:
        changed = case.dates.get(lingering.lingers.changed)
        if changed is None or day < changed:
            return lingering.in_force.until
    return day


def given_day(rulebook: Rulebook, stage: Stage, case: Case) -> date:
    """The first of the stage's dates that the case gives, else the newest edition's first day."""
    for event in stage.edition_by:
        if event in case.dates:
            return case.dates[event]
    return max(edition.in_force.start for edition in rulebook.editions)


def lingering_on(rulebook: Rulebook, stage: Stage, day: date) -> Edition | None:
    """The edition that may still govern the stage on a day, in areas that have not changed over."""
    for edition in rulebook.editions:
        lingers, last = edition.lingers, edition.in_force.until
        if lingers and last and stage.id in lingers.stages and last < day <= lingers.until:
            return edition
    return None


def program_on(rulebook: Rulebook, stage: str, area: str, day: date) -> Program:
    """The program for a stage and an area under the law of one day."""
    edition_on(rulebook, day)
    return _compiled(rulebook, stage, area, epoch_of(rulebook, day))


def edition_on(rulebook: Rulebook, day: date) -> Edition:
    """The one edition that governs on a day. Raises `BadCase` before the first."""
    for edition in rulebook.editions:
        if edition.in_force.covers(day):
            return edition
    first = min(edition.in_force.start for edition in rulebook.editions)
    raise BadCase(
        f"{day} is before {first}, when Working Together 2015 began: Waymark does not hold the "
        "earlier editions of 2010 and 2013, which governed then, so take advice from the "
        "safeguarding partnership",
        ("dates",),
    )


@lru_cache(maxsize=64)
def epochs(rulebook: Rulebook) -> tuple[date, ...]:
    """The first day of each stretch of time in which no rule starts or ends."""
    days: set[date] = set()
    periods = [
        *(edition.in_force for edition in rulebook.editions),
        *(source.in_force for source in rulebook.sources.values()),
        *(rule.in_force for rule in rulebook.rules),
        *(process.in_force for process in rulebook.processes),
    ]
    for overlay in rulebook.overlays:
        periods += [overlay.in_force, *(rule.in_force for rule in overlay.widenings)]
        periods += [process.in_force for process in overlay.processes]
    for period in periods:
        days.add(period.start)
        if period.until is not None:
            days.add(period.until + timedelta(days=1))
    for step in all_steps(rulebook):
        if step.start is not None:
            days.add(step.start)
        if step.until is not None:
            days.add(step.until + timedelta(days=1))
    first = min(edition.in_force.start for edition in rulebook.editions)
    return tuple(sorted(day for day in days | {first} if day >= first))


def all_steps(rulebook: Rulebook) -> Iterator[Step]:
    """Every step of the rulebook, local ones too."""
    for stage in rulebook.stages.values():
        yield from stage.steps_for_every_route
    for route in rulebook.routes:
        yield from route.steps
    for process in rulebook.processes:
        yield from process.steps
    for overlay in rulebook.overlays:
        yield from (placement.step for placement in overlay.placements)
        for process in overlay.processes:
            yield from process.steps


def epoch_of(rulebook: Rulebook, day: date) -> date:
    """The first day of the stretch of time in which `day` lies."""
    return max(start for start in epochs(rulebook) if start <= day)


def sources_in_force(rulebook: Rulebook, day: date) -> frozenset[str]:
    """The sources that govern on a day, those that an edition carries forward included."""
    carried = edition_on(rulebook, day).carries_forward
    return frozenset(
        source.id
        for source in rulebook.sources.values()
        if source.in_force.covers(day) or source.id == carried
    )


def _in_force(rulebook: Rulebook, item: Rule | Process, day: date) -> bool:
    if item.in_force.covers(day):
        return True
    # A carried-forward source keeps the rules that were in force on its last day.
    source = rulebook.sources[item.citations[0].source]
    carried = edition_on(rulebook, day).carries_forward == source.id
    last = source.in_force.until
    return carried and last is not None and item.in_force.covers(last)


def overlay_on(rulebook: Rulebook, area: str, day: date) -> Overlay:
    """The area's local procedure on a day, or the national rules alone with the area's words."""
    own = next(overlay for overlay in rulebook.overlays if overlay.area == area)
    national = next(overlay for overlay in rulebook.overlays if overlay.area == "none")
    words = tuple({**dict(national.words), **dict(own.words)}.items())
    # The national rules alone are of every day.
    if own.in_force.covers(day) or own.area == "none":
        return replace(own, words=words)
    return replace(
        national,
        words=words,
        notes=(f"{own.title} was not in force on the date of this case; national rules are used.",),
    )


@lru_cache(maxsize=256)
def _compiled(rulebook: Rulebook, stage: str, area: str, day: date) -> Program:
    return compiled_program(
        rulebook,
        rulebook.stages[stage],
        day=day,
        edition=edition_on(rulebook, day),
        overlay=overlay_on(rulebook, area, day),
        in_force=sources_in_force(rulebook, day),
        rules=_rules_on(rulebook, overlay_on(rulebook, area, day), day),
        processes=tuple(
            each
            for each in (*rulebook.processes, *overlay_on(rulebook, area, day).processes)
            if _in_force(rulebook, each, day)
        ),
    )


def _rules_on(rulebook: Rulebook, overlay: Overlay, day: date) -> dict[str, tuple[Rule, ...]]:
    """The rules in force for each finding: the national one, then those that widen it."""
    rules: dict[str, tuple[Rule, ...]] = {
        rule.finding: (rule,) for rule in rulebook.rules if _in_force(rulebook, rule, day)
    }
    for rule in overlay.widenings:
        if rule.finding in rules and rule.in_force.covers(day):
            rules[rule.finding] = (*rules[rule.finding], rule)
    return rules
