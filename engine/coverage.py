"""Which numbered statement of the sources stands where in the rules, or why it does not.

The statements are numbered in `statements.yaml` (D-001 to D-140, and so on). Each has to be named
by a rule, a step, a clock, a process, a form, a group, an option, a method or a piece of guidance,
or be listed as left out with a reason; and nothing may name a number that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.rulebook import Rulebook, Step, Strength


@dataclass(frozen=True)
class Statement:
    """One numbered statement: where it is encoded, or the reason why it is left out."""

    id: str
    source: str
    encoded_in: tuple[str, ...]
    left_out: str = ""

    @property
    def accounted_for(self) -> bool:
        return bool(self.encoded_in) or bool(self.left_out)


@dataclass(frozen=True)
class Coverage:
    """Every numbered statement, and the numbers that parts name but no source has."""

    statements: tuple[Statement, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def complete(self) -> bool:
        return not self.unknown and all(each.accounted_for for each in self.statements)


def coverage(rulebook: Rulebook) -> Coverage:
    """The coverage of every numbered source."""
    named: dict[str, list[str]] = {}
    for statement, where in _named(rulebook):
        if where not in named.setdefault(statement, []):
            named[statement].append(where)
    left_out = {each: item.reason for item in rulebook.left_out for each in item.statements}
    statements = tuple(
        Statement(
            id=identity,
            source=source,
            encoded_in=tuple(named.get(identity, ())),
            left_out=left_out.get(identity, ""),
        )
        for prefix, last, source in rulebook.numbered
        for identity in (f"{prefix}-{number:03d}" for number in range(1, last + 1))
    )
    known = {each.id for each in statements}
    unknown = tuple(
        (statement, where)
        for statement, places in sorted(named.items())
        for where in places
        if statement not in known
    )
    unlisted = tuple((each, "left out") for each in sorted(left_out) if each not in known)
    return Coverage(statements, unknown + unlisted)


def stated(rulebook: Rulebook) -> Iterator[tuple[str, Strength, tuple[str, ...]]]:
    """Every part that has a strength: where it is, how strong, and what it encodes."""
    for rule in (*rulebook.rules, *(r for o in rulebook.overlays for r in o.widenings)):
        yield f"rule {rule.id}", rule.strength, rule.statements
    for stage in rulebook.stages.values():
        yield from _steps(stage.steps_for_every_route, f"stage {stage.id}")
    for route in rulebook.routes:
        yield from _steps(route.steps, f"route {route.id} ({route.stage})")
    for process in (*rulebook.processes, *(p for o in rulebook.overlays for p in o.processes)):
        yield from _steps(process.steps, f"process {process.id}")
    for guidance in (*rulebook.guidance, *(g for o in rulebook.overlays for g in o.guidance)):
        yield f"guidance {guidance.id}", guidance.strength, guidance.statements
    for overlay in rulebook.overlays:
        for placement in overlay.placements:
            yield from _steps((placement.step,), f"local procedure {overlay.id}")


def _steps(steps: tuple[Step, ...], where: str) -> Iterator[tuple[str, Strength, tuple[str, ...]]]:
    for step in steps:
        kind = "clock" if step.clocks else "step"
        yield f"{kind} {step.id}, {where}", step.strength, step.statements


def _named(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Every statement that some part names, and where."""
    for where, _, statements in stated(rulebook):
        for statement in statements:
            yield statement, where
    for overlay in rulebook.overlays:
        parts = (
            *((f"group {each.id}", each.statements) for each in overlay.groups),
            *((f"option {each.id}", each.statements) for each in overlay.options),
            *((f"form {each.id}", each.statements) for each in overlay.forms),
            *((f"method {each.id}", each.statements) for each in overlay.methods),
        )
        for where, statements in parts:
            for statement in statements:
                yield statement, f"{where} ({overlay.id})"
