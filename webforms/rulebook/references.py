"""What the rulebook has pages for, and the names by which a page is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of page. The value is the word in its address, and never changes."""

    STAGE = "stage"
    ROUTE = "route"
    FINDING = "finding"
    RULE = "rule"
    QUESTION = "question"
    PROCESS = "process"
    CLOCK = "clock"
    SOURCE = "source"
    CONTRADICTION = "contradiction"
    AREA = "area"


# One and many, in plain words.
WORDS = {
    Kind.STAGE: ("Stage", "Stages"),
    Kind.ROUTE: ("Route", "Routes"),
    Kind.FINDING: ("Finding", "Findings"),
    Kind.RULE: ("Rule", "Rules"),
    Kind.QUESTION: ("Question", "Questions"),
    Kind.PROCESS: ("Process", "Processes"),
    Kind.CLOCK: ("Clock", "Clocks"),
    Kind.SOURCE: ("Source", "Sources"),
    Kind.CONTRADICTION: ("Contradiction", "Contradictions"),
    Kind.AREA: ("Local procedure", "Local procedures"),
}

MEANINGS = {
    Kind.STAGE: "One decision in the process, and what is asked to reach it.",
    Kind.ROUTE: "Where a stage can lead: what to do, who does it, and by when.",
    Kind.FINDING: "A named conclusion. It is established, ruled out or open.",
    Kind.RULE: "What makes a finding true, under one paragraph of one source.",
    Kind.QUESTION: "What a person is asked, and why.",
    Kind.PROCESS: "A duty or a review that runs beside the route.",
    Kind.CLOCK: "A time limit: so many days or months after something happened.",
    Kind.SOURCE: "A statute, regulations, guidance or a local procedure.",
    Kind.CONTRADICTION: "Where the sources disagree or are silent, and the reading taken.",
    Kind.AREA: "What an area lays over the national rules: its groups, forms and steps.",
}


@dataclass(frozen=True, order=True)
class Ref:
    """A page of the rulebook: its kind, and the id that the rule files give."""

    kind: Kind
    id: str

    @property
    def address(self) -> str:
        """Where the page is. These addresses are written down elsewhere: they must last."""
        if self.kind is Kind.AREA:
            return f"/rules/areas/{self.id}"
        return f"/rules/{self.kind}/{self.id}"

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


def of_firing(name: str, routes: Collection[str]) -> tuple[Ref, ...]:
    """The pages of what fired: of a route, or of the rules that one finding rests on together."""
    if name in routes:
        return (Ref(Kind.ROUTE, name),)
    return tuple(Ref(Kind.RULE, each) for each in name.split(" and "))


def parsed(text: str) -> Ref | None:
    """The page that `rule/ca2004-16m-1` names, whether it is there or not."""
    kind, _, name = text.partition("/")
    return Ref(Kind(kind), name) if kind in set(Kind) and name else None
