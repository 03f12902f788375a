"""Parts wherever they stand: rules and processes, local ones too, and the points of methods."""

from __future__ import annotations

from collections.abc import Iterator

from engine.rulebook import Method, MethodPoint, Period, Process, Rule, Rulebook


def identity_of(part: Rule | Process) -> str:
    """A name for one part: a process keeps its id from edition to edition, so its source joins."""
    return part.id if isinstance(part, Rule) else f"{part.id} ({part.citations[0].source})"


def all_rules(rulebook: Rulebook) -> Iterator[Rule]:
    """Every rule, those of local procedures too."""
    yield from rulebook.rules
    for overlay in rulebook.overlays:
        yield from overlay.widenings


def all_processes(rulebook: Rulebook) -> Iterator[Process]:
    """Every process, those of local procedures too."""
    yield from rulebook.processes
    for overlay in rulebook.overlays:
        yield from overlay.processes


def effective(rulebook: Rulebook, part: Rule | Process) -> Period:
    """When a part is in force, an edition that carries its source forward included."""
    source = rulebook.sources.get(part.citations[0].source)
    if source is not None and part.in_force.until == source.in_force.until:
        for edition in rulebook.editions:
            if edition.carries_forward == source.id:
                return Period(part.in_force.start, edition.in_force.until)
    return part.in_force


def points_of(method: Method) -> tuple[tuple[str, tuple[MethodPoint, ...]], ...]:
    """A method's lists of points by their keys."""
    return (
        ("fits", method.fits),
        ("merits", method.merits),
        ("drawbacks", method.drawbacks),
    )
