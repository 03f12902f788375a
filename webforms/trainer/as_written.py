"""The steps of a program as the rules write them: with `{authority}`, before an area fills it in.

Two areas whose councils have different names have the same step; only so can that be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from engine.program import Program
from engine.rulebook import Step
from engine.wording import fill
from webforms.trainer.changes import Place


@lru_cache(maxsize=64)
def as_written(program: Program) -> dict[Place, Step]:
    """Every step of every route and process of the program, unfilled, by its place.

    Of the routes only one holds, and all place their steps as `route`; so they stand under the
    route's id here.
    """
    rulebook, overlay = program.rulebook, program.overlay
    stage = rulebook.stages[program.stage.id]
    local = [each.step for each in overlay.placements if each.stage == stage.id]
    written: dict[Place, Step] = {}
    for route in program.routes:
        own = (each.steps for each in rulebook.routes if each.id == route.id)
        every = (*stage.steps_for_every_route, *(step for steps in own for step in steps), *local)
        written |= dict(_matched(program, route.id, route.steps, every))
    for process in program.processes:
        theirs = (*rulebook.processes, *overlay.processes)
        every = tuple(step for each in theirs if each.id == process.id for step in each.steps)
        written |= dict(_matched(program, process.id, process.steps, every))
    return written


def _matched(
    program: Program, owner: str, filled: Iterable[Step], every: tuple[Step, ...]
) -> Iterator[tuple[Place, Step]]:
    """Each filled step's own writing; editions may write one step in several ways."""
    for step in filled:
        for each in every:
            if each.id == step.id and _words(program, each) == (step.do, step.who, step.note):
                yield (owner, step.id), each
                break
        else:
            raise LookupError(f"the step {step.id} of {owner} is in no rule file")


def _words(program: Program, step: Step) -> tuple[str, ...]:
    return tuple(fill(each, program.words) for each in (step.do, step.who, step.note))
