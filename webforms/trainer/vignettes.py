"""The vignettes that come with Waymark: short cases to learn with, each turning on a fact or two.

Each is a file in `fixtures/training/vignettes/`, a worked case like any other with an exercise
beside it. What is right is what the engine says of the case; the tests hold every file to that.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.edition import program_for
from rules.loader import rulebook
from webforms.trainer.vignette import (
    STANDINGS,
    TOPICS,
    Point,
    Turn,
    Vignette,
    case_of,
    choice_on,
    turned,
)
from webforms.trainer.vignette_files import load

__all__ = [
    "STANDINGS",
    "TOPICS",
    "Point",
    "Turn",
    "Vignette",
    "case_of",
    "choice_on",
    "choice_words",
    "turned",
    "vignettes",
]

HERE = Path(__file__)
# In an installed copy they lie beside this module; in the project, with the other worked cases.
INSTALLED = HERE.parent / "cases"
IN_THE_PROJECT = HERE.parents[2] / "fixtures" / "training" / "vignettes"


@cache
def vignettes() -> dict[str, Vignette]:
    """Every vignette by its id, in the order in which they are best taken.

    Raises `webforms.trainer.vignette_files.BadVignettes`.
    """
    folder = INSTALLED if INSTALLED.is_dir() else IN_THE_PROJECT
    return {each.id: each for each in load(folder, rulebook())}


def choice_words(vignette: Vignette, choice: str) -> str:
    """A choice as learners read it."""
    if vignette.about:
        return STANDINGS[choice]
    # The rules of the vignette's own day first: other days may know the route under another title.
    own = program_for(rulebook(), case_of(vignette)).routes
    return next(
        route.title
        for route in (*own, *rulebook().routes)
        if (route.id, route.stage) == (choice, vignette.stage)
    )
