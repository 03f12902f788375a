"""What things are called in a case: under the rules of today, or under those of 2015."""

from __future__ import annotations

from dataclasses import dataclass

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.quality import NATIONAL
from webforms.chair.words import overlay_of


@dataclass(frozen=True)
class Terms:
    """The names of the bodies and steps in running text."""

    panel: str
    deciders: str
    meeting: str
    meeting_view: str
    recommended: str
    weighed: str
    tool_stages: tuple[str, ...]
    old: bool


def terms(file: CaseFile) -> Terms:
    if not facts.problem(file) and facts.of_boards(file):
        return Terms(
            panel="the national panel of independent experts",
            deciders="the Local Safeguarding Children Board",
            meeting="The meeting that looked at the case",
            meeting_view="The meeting’s view",
            recommended="The meeting recommended",
            weighed="Conditions of a serious case review",
            tool_stages=("review",),
            old=True,
        )
    return Terms(
        panel="the Child Safeguarding Practice Review Panel",
        deciders=dict(overlay_of(file).words)["partners"],
        meeting="The rapid review meeting",
        meeting_view="The rapid review panel’s view",
        recommended="The rapid review recommended",
        weighed="Criteria and circumstances",
        tool_stages=("rapid-review", "review"),
        old=False,
    )


def guidance(file: CaseFile, place: str) -> str:
    """The national guidance that governs the decision, and the place in it where it was read."""
    edition = "" if facts.problem(file) else facts.program(file, "review").edition.id
    return NATIONAL.get(edition, NATIONAL["working-together-2023"]).format(place)
