"""What a part cites and rests on has to be known, and is no more certain than its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.checks.places import Place, at
from engine.faults import Fault
from engine.rulebook import Citation, Rulebook, Source
from engine.telling import CERTAINTY


def citation_faults(
    rulebook: Rulebook, place: Place, citations: Iterable[Citation], key: str
) -> Iterator[Fault]:
    """Faults in the citations listed under `key`."""
    for index, citation in enumerate(citations):
        source = rulebook.sources.get(citation.source)
        if source is None:
            yield at(
                place,
                f"no source is called '{citation.source}': add it to sources.yaml or mend the name",
                key,
                index,
            )
        else:
            yield from _raised(source, citation, at(place, "", key, index))


def _raised(source: Source, citation: Citation, there: Fault) -> Iterator[Fault]:
    if citation.status and CERTAINTY.index(citation.status) > CERTAINTY.index(source.status):
        yield replace(
            there,
            message=f"this says '{citation.status}' of a source that is only '{source.status}': a "
            "citation can be less certain than its source, never more",
        )


def own_and_also_cited_faults(
    rulebook: Rulebook, place: Place, citations: tuple[Citation, ...]
) -> Iterator[Fault]:
    """Faults in what a rule or process cites: its file's own source first, then `also_cite`."""
    own, *others = citations
    yield from _raised(rulebook.sources[own.source], own, at(place, "", "status"))
    yield from citation_faults(rulebook, place, others, "also_cite")


def rests_on_faults(rulebook: Rulebook, place: Place, entries: Iterable[str]) -> Iterator[Fault]:
    """Entries that the register of contradictions does not have."""
    for entry in entries:
        if entry not in rulebook.contradictions:
            yield at(
                place,
                f"contradictions.yaml has no entry '{entry}': add it or mend the name",
                "rests_on",
            )
