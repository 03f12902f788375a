"""What leads to a page of the rulebook, and what it leads to: in columns, from left to right.

The picture and the list beside it are both made from a `Neighbourhood`, so that neither can say
what the other does not. A column that would be too long has groups, each with its count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from webforms.rulebook.references import WORDS, Kind, Ref

# More boxes in one column, or more lines into it, are no longer a picture that can be read.
MOST = 10
MOST_LINES = 24


@dataclass(frozen=True)
class Place:
    """A box: what kind of thing it is, its words, and where its page is.

    A group stands for several pages, which are listed below the picture under `id`.
    """

    kind: str
    text: str
    address: str
    ref: Ref | None = None
    id: str = ""
    pages: tuple[Ref, ...] = ()

    @property
    def words(self) -> str:
        return f"{self.text}, listed below" if self.pages else self.text


@dataclass(frozen=True)
class Branch:
    """A line of the list: a place, and under it what comes before it, or after it."""

    place: Place
    parts: tuple[Branch, ...]


Line = tuple[Place, Place]


@dataclass(frozen=True)
class Neighbourhood:
    """The columns, the number of the one with the page itself, and the lines between places."""

    columns: tuple[tuple[Place, ...], ...]
    here: int
    lines: frozenset[Line]

    @property
    def before(self) -> tuple[Branch, ...]:
        """What leads to the page, and under each what leads to that."""
        return self._branches(self.here, self.columns[self.here][0], -1)

    @property
    def after(self) -> tuple[Branch, ...]:
        """What the page leads to, and under each what that leads to."""
        return self._branches(self.here, self.columns[self.here][0], 1)

    @property
    def groups(self) -> tuple[Place, ...]:
        """The places that stand for several pages."""
        return tuple(each for column in self.columns for each in column if each.pages)

    def _branches(self, at: int, place: Place, way: int) -> tuple[Branch, ...]:
        there = at + way
        if not 0 <= there < len(self.columns):
            return ()
        return tuple(
            Branch(each, self._branches(there, each, way))
            for each in self.columns[there]
            if ((place, each) if way > 0 else (each, place)) in self.lines
        )


def neighbourhood(
    columns: Sequence[Iterable[Place]],
    here: Place,
    lines: Iterable[Line],
    stage_of: Callable[[Ref], tuple[str, str]],
) -> Neighbourhood:
    """The columns without the empty ones, and long ones in groups.

    `stage_of` gives the id and the title of the stage of a route: routes are grouped by it.
    """
    found = [list(dict.fromkeys(column)) for column in columns]
    lines = set(lines)
    stands_for: dict[Place, Place] = {}
    rows: list[tuple[Place, ...]] = []
    for number, column in enumerate(found):
        # The column before is drawn already: its groups have fewer lines than their places.
        into = {(stands_for[start], end) for start, end in lines if end in column}
        drawn = _drawn(column, number, into, stage_of)
        stands_for |= drawn
        rows += [tuple(dict.fromkeys(drawn.values()))] if drawn else []
    joined = frozenset((stands_for[a], stands_for[b]) for a, b in lines)
    return Neighbourhood(
        tuple(rows),
        next(index for index, row in enumerate(rows) if here in row),
        joined,
    )


def _drawn(
    column: list[Place], number: int, into: set[Line], stage_of: Callable[[Ref], tuple[str, str]]
) -> dict[Place, Place]:
    """What stands for each place of a column: itself, or where there are too many, its group.

    `into` has the lines that end in the column.

    The kind that has most is grouped first, until the column can be read. Routes are grouped by
    stage, and all together where even that leaves too many lines.
    """
    found = {place: place for place in column}
    alike: dict[Kind, list[Place]] = {}
    for place in column:
        # What stands in a part of its own, such as the stage that asks, is never grouped.
        if place.ref and place.kind == WORDS[place.ref.kind][0]:
            alike.setdefault(place.ref.kind, []).append(place)
    ways = [
        (kind, kind is Kind.ROUTE) for kind in sorted(alike, key=lambda each: -len(alike[each]))
    ]
    if Kind.ROUTE in alike:
        ways.append((Kind.ROUTE, False))
    for kind, by_stage in ways:
        lines = {(start, found[end]) for start, end in into}
        if len(set(found.values())) <= MOST and len(lines) <= MOST_LINES:
            break
        together: dict[tuple[str, str], list[Place]] = {}
        for place in alike[kind]:
            key = stage_of(place.ref) if by_stage and place.ref else ("", "")
            together.setdefault(key, []).append(place)
        for (stage, title), some in together.items():
            if len(some) > 1:
                found |= dict.fromkeys(some, _group(kind, number, stage, title, some))
    return found


def _group(kind: Kind, number: int, stage: str, title: str, some: list[Place]) -> Place:
    name = "-".join(filter(None, ("group", str(number), kind, stage)))
    of = f" of the stage “{title}”" if title else ""
    return Place(
        WORDS[kind][1],
        f"{len(some)}{of}",
        f"#{name}",
        id=name,
        pages=tuple(each.ref for each in some if each.ref),
    )
