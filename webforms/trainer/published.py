"""The published cases that come with Waymark, under the pseudonyms of their own reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from engine.answers import Answer, Case
from rules.loader import rulebook
from rules.yaml_reader import read

HERE = Path(__file__)
# In an installed copy they lie beside this module; in the project, with the other worked cases.
INSTALLED = HERE.parent / "published"
IN_THE_PROJECT = HERE.parents[2] / "fixtures" / "real"


@dataclass(frozen=True)
class Published:
    """A published case: what is known of it, from where, and its facts."""

    id: str
    title: str
    source: str
    story: str
    case: Case


@cache
def published() -> dict[str, Published]:
    """Every published case by its id. The tests hold their files to be sound."""
    folder = INSTALLED if INSTALLED.is_dir() else IN_THE_PROJECT
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}


def _read(path: Path) -> Published:
    data = read(path.read_text(encoding="utf-8")).data
    case = Case(
        stage=data["stage"],
        area=data["area"],
        dates={event: date.fromisoformat(str(day)) for event, day in data["dates"].items()},
        answers={each: _answer(each, value) for each, value in data["answers"].items()},
    )
    return Published(path.stem, data["title"], data["source"], data["story"], case)


def _answer(question: str, value: str | int) -> Answer:
    """An answer as the engine takes it; a file may write `true` for yes."""
    if rulebook().questions[question].kind == "yes/no":
        return {"true": "yes", "false": "no"}.get(str(value), value)
    return value
