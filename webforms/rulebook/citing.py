"""Citations, dates and doubts as a page of the rulebook shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.program import Program
from engine.results import CitationGiven
from engine.rulebook import (
    Citation,
    Edition,
    Period,
    Rulebook,
    Source,
    Strength,
    Verification,
)
from engine.telling import certainty, citation_given, strengths

STATUS_WORDS = {
    Verification.READ: "Read",
    Verification.CARRIED_FORWARD: "Carried forward",
    Verification.UNVERIFIED: "Not verified",
}
STATUS_COLOURS = {
    Verification.READ: "green",
    Verification.CARRIED_FORWARD: "yellow",
    Verification.UNVERIFIED: "orange",
}
STATUS_MEANINGS = {
    Verification.READ: "The text itself was read.",
    Verification.CARRIED_FORWARD: "From an earlier edition; the newer one has not been seen.",
    Verification.UNVERIFIED: "Known only from what others say of it. Check the source.",
}


@dataclass(frozen=True)
class Doubts:
    """What a page rests on that was not read, and what a newer edition may have changed."""

    unverified: tuple[Source, ...]
    carried: tuple[Edition, ...]


def doubts(rulebook: Rulebook, cited: Iterable[Citation]) -> Doubts:
    """The doubts about the sources of some citations."""
    citations = tuple(cited)
    unsure = {
        each.source
        for each in citations
        if certainty(rulebook.sources[each.source], each) is Verification.UNVERIFIED
    }
    sources = {each.source for each in citations}
    return Doubts(
        tuple(source for source in rulebook.sources.values() if source.id in unsure),
        tuple(each for each in rulebook.editions if each.carries_forward in sources),
    )


def doubts_on(program: Program) -> Doubts:
    """The doubts about the rules of one stage, on one day, in one area."""
    cited = [
        *(each for found in program.findings for rule in found.rules for each in rule.citations),
        *(each for route in program.routes for each in route.citations),
    ]
    unverified = doubts(
        program.rulebook, (each for each in cited if each.source in program.in_force)
    ).unverified
    return Doubts(unverified, (program.edition,) if program.edition.carries_forward else ())


def all_doubts(rulebook: Rulebook) -> Doubts:
    """The doubts about the whole rulebook."""
    return doubts(rulebook, [Citation(source, "") for source in rulebook.sources])


def shown(
    rulebook: Rulebook, cited: Iterable[Citation], strength: Strength | None = None
) -> tuple[CitationGiven, ...]:
    """Citations as they may be shown: without the paragraph where that was not verified."""
    found = []
    cited = tuple(cited)
    for each, verb in zip(cited, strengths(cited, strength), strict=True):
        source = rulebook.sources[each.source]
        found.append(citation_given(source, each, certainty(source, each), verb))
    return tuple(dict.fromkeys(found))


def carried_by(rulebook: Rulebook, source: str, period: Period) -> Edition | None:
    """The edition that carries a rule on unseen, where its source ended and the rule had not."""
    last = rulebook.sources[source].in_force.until
    for edition in rulebook.editions:
        if edition.carries_forward == source and last is not None and period.covers(last):
            return edition
    return None


def plain_day(day: date) -> str:
    """2 January 2025, with spaces that do not break."""
    return f"{day.day}\u00a0{day:%B}\u00a0{day.year}"


def period_words(period: Period) -> str:
    if period.until is None:
        return f"since {plain_day(period.start)}"
    return f"from {plain_day(period.start)} until {plain_day(period.until)}"


def status_tag(status: Verification | str) -> dict[str, str]:
    """Parameters of the tag that says how far a text was confirmed."""
    known = Verification(status)
    return {
        "text": STATUS_WORDS[known],
        "classes": f"govuk-tag--{STATUS_COLOURS[known]} waymark-tag",
    }
