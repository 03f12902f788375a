"""Where a part was read, so that a fault can say where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.faults import DataPath, Fault
from engine.rulebook import Step

Place = tuple[str, DataPath]
# The place where a part was read, by its kind and its id.
Where = Callable[[str, str], Place]


def at(place: Place, message: str, *inside: str | int) -> Fault:
    """A fault at a place, or at what stands `inside` the part that was read there."""
    file, path = place
    return Fault(file, (*path, *inside), message)


def steps_at(
    place: Place, steps: Iterable[Step], *inside: str | int
) -> Iterator[tuple[Place, Step]]:
    """Each step of a list with the place where it was read."""
    file, path = place
    for index, step in enumerate(steps):
        yield (file, (*path, *inside, index)), step
