"""The small rulebook that lies beside these tests, and copies of it with something changed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine.rulebook import Rulebook
from rules.loader import load

SMALL = Path(__file__).parent / "small"


@lru_cache(maxsize=1)
def small_rulebook() -> Rulebook:
    """The small rulebook as it stands."""
    return load(SMALL)


def changed_copy(folder: Path, files: Mapping[str, str]) -> Path:
    """A copy of the small rulebook's files in `folder`, with some replaced or added."""
    copy = folder / "rules"
    shutil.copytree(SMALL, copy)
    for name, content in files.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return copy


def with_text(file: str, old: str, new: str) -> dict[str, str]:
    """One of the small rulebook's files with a piece of its text replaced."""
    text = (SMALL / file).read_text(encoding="utf-8")
    assert old in text, f"{file} does not say: {old}"
    return {file: text.replace(old, new)}
