"""Local procedures: what they widen, where their steps stand, and their methods of review."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.citations import own_and_also_cited_faults
from engine.checks.conditions import answer_faults
from engine.checks.parts import points_of
from engine.checks.places import Where, at
from engine.checks.steps import step_faults
from engine.faults import Fault
from engine.rulebook import Rulebook


def overlay_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in what local procedures widen, and in the places of their steps."""
    findings = {rule.finding for rule in rulebook.rules}
    areas: set[str] = set()
    for overlay in rulebook.overlays:
        place = where("overlay", overlay.id)
        if overlay.area in areas:
            yield at(place, f"two overlays are for the area '{overlay.area}': keep one", "overlay")
        areas.add(overlay.area)
        for index, rule in enumerate(overlay.widenings):
            if rule.finding not in findings:
                yield at(
                    place,
                    f"no national rule concludes '{rule.finding}', so there is nothing to widen: "
                    "mend the name",
                    "widens",
                    index,
                    "finding",
                )
        for index, placement in enumerate(overlay.placements):
            routes = {r.id: r for r in rulebook.routes if r.stage == placement.stage}
            here = (place[0], (*place[1], "steps", index))
            if placement.stage not in rulebook.stages:
                yield at(here, f"no stage is called '{placement.stage}': mend the name", "stage")
                continue
            for name in placement.routes:
                if name not in routes:
                    yield at(
                        here,
                        f"the stage '{placement.stage}' has no route '{name}': mend the name",
                        "routes",
                    )
            beside = placement.place.partition(" ")[2]
            stage_steps = {s.id for s in rulebook.stages[placement.stage].steps_for_every_route}
            local = {each.step.id for each in overlay.placements}
            taken: set[str] = set()
            for route in routes.values():
                if placement.routes and route.id not in placement.routes:
                    continue
                national = {s.id for s in route.steps} | stage_steps
                taken |= national
                if beside and beside not in national | local:
                    yield at(
                        here,
                        f"the route '{route.id}' has no step '{beside}' to stand beside: use first "
                        "or last, or mend the name",
                        "place",
                    )
            step = (here[0], (*here[1], "step"))
            yield from step_faults(rulebook, [(step, placement.step)], taken)
    if "none" not in areas:
        yield Fault("local", (), "no overlay has the area 'none': add the national rules alone")


def method_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in the methods of review that local procedures describe."""
    for overlay in rulebook.overlays:
        file, path = where("overlay", overlay.id)
        seen: set[str] = set()
        for index, method in enumerate(overlay.methods):
            here = (file, (*path, "methods", index))
            if method.id in seen:
                yield at(here, f"two methods here are called '{method.id}': rename one", "id")
            seen.add(method.id)
            yield from own_and_also_cited_faults(rulebook, here, method.citations)
            for key, points in points_of(method):
                for number, point in enumerate(points):
                    written = "weighs_more_when" if point.stands_anyway else "when"
                    for condition in point.when:
                        there = (file, (*here[1], key, number))
                        yield from answer_faults(rulebook, there, condition, written)
