"""Routes, and the stages whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.checks.citations import citation_faults, rests_on_faults
from engine.checks.conditions import condition_faults
from engine.checks.parts import all_processes
from engine.checks.places import Where, at, steps_at
from engine.checks.steps import step_faults
from engine.faults import Fault
from engine.rulebook import Rulebook


def route_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in routes and in their steps."""
    findings = {rule.finding for rule in rulebook.rules}
    for route in rulebook.routes:
        place = where("route", route.id)
        if route.stage not in rulebook.stages:
            yield at(place, f"no stage is called '{route.stage}': mend the name")
        yield from citation_faults(rulebook, place, route.citations, "cite")
        yield from rests_on_faults(rulebook, place, route.rests_on)
        yield from condition_faults(rulebook, place, route.when, findings, on_status=True)
        stage = rulebook.stages.get(route.stage)
        taken = [step.id for step in stage.steps_for_every_route] if stage else []
        yield from step_faults(rulebook, steps_at(place, route.steps, "steps"), taken)


def stage_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in what stages name, and stages without a route."""
    findings = {rule.finding for rule in rulebook.rules}
    processes = {process.id for process in all_processes(rulebook)}
    for stage in rulebook.stages.values():
        place = where("stage", stage.id)
        known: tuple[tuple[str, tuple[str, ...], Iterable[str], str], ...] = (
            ("questions", stage.questions, rulebook.questions, "no question is called"),
            ("decides", stage.decides, findings, "no rule concludes"),
            ("asked_processes", stage.asked_processes, processes, "no process is called"),
            ("shown_processes", stage.shown_processes, processes, "no process is called"),
            ("dates", stage.dates, rulebook.event_dates, "events.yaml has no date"),
            ("edition_by", stage.edition_by, rulebook.event_dates, "events.yaml has no date"),
        )
        for key, names, there, what in known:
            for index, name in enumerate(names):
                if name not in there:
                    yield at(place, f"{what} '{name}': mend the name or add it", key, index)
                elif name in names[:index]:
                    yield at(place, f"'{name}' is here twice: keep one", key, index)
        every = where("every route", stage.id)
        yield from step_faults(rulebook, steps_at(every, stage.steps_for_every_route))
        if not any(route.stage == stage.id for route in rulebook.routes):
            yield at(place, f"the stage '{stage.id}' has no route: write its routes file")
