"""The programs of which everything is proved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.edition import epochs, program_on
from engine.program import Program
from engine.rulebook import Rulebook


def every_program(rulebook: Rulebook, today: date) -> Iterator[Program]:
    """The programs of every stage and area, for every stretch of time up to today."""
    last: dict[tuple[str, str], Program] = {}
    for day in epochs(rulebook):
        if day > today:
            continue
        for stage in rulebook.stages.values():
            for overlay in rulebook.overlays:
                if overlay.in_force.covers(day) or overlay.area == "none":
                    program = program_on(rulebook, stage.id, overlay.area, day)
                    before = last.get((stage.id, overlay.area))
                    if before is None or not before.says_the_same_as(program):
                        last[stage.id, overlay.area] = program
                        yield program
