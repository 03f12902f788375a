"""What changed, in ten lines at most: what is new, gone or otherwise, and at which stages.

Steps and their words are left out: there are many, and they stand in the details.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.comparison import Side
from engine.difference import Difference
from engine.edition import program_on
from engine.wording import fill
from webforms.rulebook.catalogue import Catalogue, words_of
from webforms.rulebook.references import Kind, Ref

# How many things a line names before it only counts the rest.
NAMED = 4
NOT_COMPARED = "strength is not compared"


@dataclass(frozen=True)
class Item:
    """One thing that changed: its page, how it changed where that has to be said, and where."""

    ref: Ref
    how: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class InShort:
    """A line: what kind of change, the first things that changed so, and how many more did."""

    title: str
    items: tuple[Item, ...]
    more: int


def in_short(
    catalogue: Catalogue, old: Side, new: Side, found: tuple[Difference, ...]
) -> tuple[InShort, ...]:
    """The lines, those of routes first; a kind of change that does not occur has none."""
    was, now = _routes(catalogue, old), _routes(catalogue, new)
    lines = [
        ("New routes", [(ref, "", stage) for ref, stage in now.items() if ref not in was]),
        (
            "Routes that are gone",
            [(ref, "", stage) for ref, stage in was.items() if ref not in now],
        ),
        (
            "Routes that some cases take now, and did not before",
            [
                (ref, "", each.stage)
                for each in found
                if each.kind == "route"
                and (ref := Ref(Kind.ROUTE, each.what.removeprefix("is now "))) in was
            ],
        ),
    ]
    lines += [
        (title, [told for each in found if fits(each) and (told := _told(catalogue, new, each))])
        for title, fits in LINES
    ]
    return tuple(_line(title, told) for title, told in lines if told)


def not_compared(found: Iterable[Difference]) -> int:
    """Of how many things the strength is not compared, because a text was not read."""
    return len({each.id for each in found if each.what.startswith(NOT_COMPARED)})


def _of(kind: str, start: str) -> Callable[[Difference], bool]:
    return lambda each: each.kind == kind and each.what.startswith(start)


LINES: tuple[tuple[str, Callable[[Difference], bool]], ...] = (
    ("New findings", _of("finding", "is concluded now")),
    ("Findings that are no longer made", _of("finding", "is no longer")),
    ("Findings that stand otherwise in some cases", _of("finding", "was ")),
    ("New processes", _of("process", "is new")),
    ("Processes that are gone", _of("process", "is gone")),
    ("Must, should and may", lambda each: each.what.startswith("strength was")),
    ("Clocks", lambda each: each.kind == "clock"),
)

Told = tuple[Ref, str, str]


def _line(title: str, told: Iterable[Told]) -> InShort:
    """The same thing at several stages is one item."""
    stages: dict[tuple[Ref, str], dict[str, None]] = {}
    for ref, how, stage in told:
        stages.setdefault((ref, how), {})[stage] = None
    items = [Item(ref, how, tuple(where)) for (ref, how), where in stages.items()]
    return InShort(title, tuple(items[:NAMED]), max(len(items) - NAMED, 0))


def _told(catalogue: Catalogue, new: Side, each: Difference) -> Told | None:
    ref = page_of(catalogue, each)
    if ref is None:
        return None
    says_how = each.kind == "clock" or each.what.startswith("strength")
    how = fill(each.what, words_of(catalogue.rulebook, new.area)) if says_how else ""
    return ref, how, each.stage


def page_of(catalogue: Catalogue, difference: Difference) -> Ref | None:
    """The page that a difference is about: of a clock that of the clock, else of what has it."""
    name, _, step = difference.id.partition(", step ")
    kinds = (Kind.ROUTE, Kind.PROCESS, Kind.FINDING)
    refs = (
        [Ref(Kind.FINDING, name)]
        if difference.kind == "finding"
        else [
            *([Ref(Kind.CLOCK, step)] if difference.kind == "clock" else []),
            *(Ref(kind, name) for kind in kinds),
        ]
    )
    return next((ref for ref in refs if ref in catalogue.entries), None)


def _routes(catalogue: Catalogue, side: Side) -> dict[Ref, str]:
    """The routes of a side with their stages."""
    rulebook = catalogue.rulebook
    return {
        Ref(Kind.ROUTE, route.id): stage
        for stage in rulebook.stages
        for route in program_on(rulebook, stage, side.area, side.day).routes
    }
