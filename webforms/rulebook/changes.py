"""What changed between two editions or two areas, gathered by stage and by what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from engine.comparison import NothingToCompare, Side, all_differences, compared
from engine.difference import Difference
from engine.edition import edition_on
from engine.rulebook import Rulebook, TextChange
from engine.wording import fill
from webforms.rulebook.catalogue import Catalogue, words_of
from webforms.rulebook.changes_in_short import InShort, in_short, not_compared, page_of
from webforms.rulebook.references import Kind, Ref

# What a difference is of, in the order of the page.
KINDS = {
    "route": "Cases that take another route",
    "finding": "Findings",
    "process": "Processes",
    "strength": "Must, should and may",
    "clock": "Clocks",
    "step": "Steps that are told, or no longer told",
    "words": "Words of steps",
}


@dataclass(frozen=True)
class Change:
    """One difference, with the page that it is about and a case that shows it."""

    title: str
    ref: Ref | None
    what: str
    example: str


@dataclass(frozen=True)
class Compared:
    """Two sides, and what differs: in short, and in full by stage, then by kind.

    `in_words` has what changed in the texts themselves, whatever follows from it, as far as anybody
    listed it. `counts` has how many differences each stage has, `not_compared` of how many things
    the strength is not compared.
    """

    old: Side
    new: Side
    in_words: tuple[TextChange, ...]
    in_short: tuple[InShort, ...]
    not_compared: int
    stages: tuple[tuple[str, tuple[tuple[str, tuple[Change, ...]], ...]], ...]
    counts: dict[str, int]
    count: int


def pairs(rulebook: Rulebook) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs of editions, and of local procedures, that can be compared."""
    editions = list(combinations([each.id for each in rulebook.editions], 2))
    areas: list[tuple[str, str]] = []
    # The national rules alone come first, so that a local procedure is what is new.
    overlays = sorted((each.id for each in rulebook.overlays), key=lambda each: each != "none")
    for pair in combinations(overlays, 2):
        try:
            compared(rulebook, *pair)
        except NothingToCompare:
            continue
        areas.append(pair)
    return editions, areas


@lru_cache(maxsize=32)
def changes(catalogue: Catalogue, first: str, second: str) -> Compared:
    """What differs between two editions or areas. Raises `NothingToCompare`."""
    rulebook = catalogue.rulebook
    old, new = compared(rulebook, first, second)
    found = all_differences(rulebook, old, new)
    stages = tuple(
        (stage, by_kind)
        for stage in rulebook.stages
        if (by_kind := tuple(_by_kind(catalogue, new.area, stage, found)))
    )
    return Compared(
        old=old,
        new=new,
        in_words=_in_words(rulebook, old, new),
        in_short=in_short(catalogue, old, new, found),
        not_compared=not_compared(found),
        stages=stages,
        counts=dict(Counter(each.stage for each in found)),
        count=len(found),
    )


def _in_words(rulebook: Rulebook, old: Side, new: Side) -> tuple[TextChange, ...]:
    """What changed in the words from one edition to the other, in the order of the file."""
    pair = (edition_on(rulebook, old.day).id, edition_on(rulebook, new.day).id)
    if pair[0] == pair[1]:
        return ()
    return tuple(each for each in rulebook.text_changes if (each.old, each.new) == pair)


def _by_kind(
    catalogue: Catalogue, area: str, stage: str, found: tuple[Difference, ...]
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    for kind, heading in KINDS.items():
        of_kind = tuple(
            _change(catalogue, area, each)
            for each in found
            if (each.stage, each.kind) == (stage, kind)
        )
        if of_kind:
            yield heading, of_kind


def _change(catalogue: Catalogue, area: str, difference: Difference) -> Change:
    ref = page_of(catalogue, difference)
    title = catalogue.entries[ref].title if ref else difference.id
    what = difference.what
    if difference.kind == "route":
        now = what.removeprefix("is now ")
        what = f"leads now to: {_title(catalogue, now)}"
    return Change(title, ref, fill(what, words_of(catalogue.rulebook, area)), difference.example)


def _title(catalogue: Catalogue, route: str) -> str:
    entry = catalogue.entries.get(Ref(Kind.ROUTE, route))
    return entry.title if entry else route
