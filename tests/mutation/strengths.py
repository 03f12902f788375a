"""A second entry for the strength of each part that no numbered statement holds.

`engine.proof.no_strength_is_raised` holds a part to the numbered statements that it encodes. What
that leaves free is written down in `strengths.yaml`, with the reason; and a step that cites nothing
is held to be advice, as it is when the rules are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from engine.edition import all_steps
from engine.rulebook import Process, Rulebook, Step, Strength

REGISTER = Path(__file__).with_name("strengths.yaml")


@dataclass(frozen=True)
class Entry:
    """The strength of one part, and the reason for it."""

    strength: Strength
    because: str


@cache
def register() -> dict[str, Entry]:
    """The register, by the name of the part."""
    entries: dict[str, Entry] = {}
    for group in yaml.safe_load(REGISTER.read_text(encoding="utf-8")):
        for name in group["items"]:
            assert name not in entries, f"{name} stands in the register twice"
            entries[name] = Entry(Strength(group["strength"]), group["because"].strip())
    return entries


def every_strength(rulebook: Rulebook) -> Iterator[tuple[str, Strength]]:
    """Every part that has a strength, by the name that its mutants have."""
    for rule in rulebook.rules:
        yield f"rule {rule.id}", rule.strength
    shared: dict[tuple[str, Step], str] = {}
    for route in rulebook.routes:
        yield f"route {route.stage}/{route.id}", route.strength
        for step in route.steps:
            shared.setdefault((route.stage, step), f"step {route.stage}/{route.id}")
    for (_, step), where in shared.items():
        yield f"{where}, {step.id}", step.strength
    for stage in rulebook.stages.values():
        for step in stage.steps_for_every_route:
            yield f"stage {stage.id}, {step.id}", step.strength
    for process in rulebook.processes:
        yield from _process(f"process {process.id} ({process.citations[0].source})", process)
    for overlay in rulebook.overlays:
        for rule in overlay.widenings:
            yield f"overlay {overlay.id}, {rule.id}", rule.strength
        for placement in overlay.placements:
            step = placement.step
            where = placement.routes[0] if placement.routes else "all"
            yield f"overlay {overlay.id}, {placement.stage}/{where}/{step.id}", step.strength
        for process in overlay.processes:
            yield from _process(f"overlay {overlay.id}, {process.id}", process)


def _process(name: str, process: Process) -> Iterator[tuple[str, Strength]]:
    yield name, process.strength
    for step in process.steps:
        yield f"{name}, {step.id}", step.strength


def differing(rulebook: Rulebook) -> str:
    """A part that is not as strong as the register has it, in words; empty when there is none."""
    for name, strength in every_strength(rulebook):
        entry = register().get(name)
        if entry is not None and entry.strength is not strength:
            return f"{name} is a {strength}, and a {entry.strength} in the register"
    return ""


def without_a_source(rulebook: Rulebook) -> str:
    """A step that cites nothing and is more than advice; the rules are not read with one."""
    for step in all_steps(rulebook):
        if not step.citations and step.strength is not Strength.ADVICE:
            return f"step {step.id} is a {step.strength}, and cites nothing"
    return ""
