"""What can be laid out as a board or compared: a vignette, or a published case."""

from __future__ import annotations

from dataclasses import dataclass

from engine.answers import Case
from webforms.trainer.boards import PUBLISHED, VIGNETTE
from webforms.trainer.published import published
from webforms.trainer.vignettes import case_of, vignettes


@dataclass(frozen=True)
class Subject:
    """Something with facts. `kind` says what; `told` what is known of it, as paragraphs.

    `process` or `finding` names what the exercise asks about, where that is not the route.
    """

    kind: str
    id: str
    title: str
    told: tuple[str, ...]
    case: Case
    source: str = ""
    process: str = ""
    finding: str = ""


def subject(name: str) -> Subject | None:
    """The vignette of that name, or else the published case; None when there is neither."""
    if found := vignettes().get(name):
        return Subject(
            VIGNETTE,
            name,
            found.title,
            found.story,
            case_of(found),
            process=found.process,
            finding=found.finding,
        )
    if known := published().get(name):
        return Subject(PUBLISHED, name, known.title, (known.story,), known.case, known.source)
    return None


def every_subject() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What there is to choose from: (kind in words, the names and titles)."""
    return (
        ("Published cases", tuple((each.id, each.title) for each in published().values())),
        ("Vignettes", tuple((each.id, each.title) for each in vignettes().values())),
    )
