"""Old addresses of the rulebook, and the pages to which they lead now."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rules.yaml_reader import read
from webforms.rulebook.references import Ref, parsed

FILE = Path(__file__).with_name("renamed.yaml")


@lru_cache(maxsize=1)
def renamed(file: Path = FILE) -> dict[Ref, Ref]:
    """The new page of every page that was renamed. Raises `ValueError` for a name of no kind."""
    data = read(file.read_text(encoding="utf-8")).data["renamed"]
    return {_ref(old): _ref(new) for old, new in data.items()}


def _ref(text: str) -> Ref:
    found = parsed(str(text))
    if found is None:
        raise ValueError(f"{FILE.name}: '{text}' names no page: write it as finding/child_died")
    return found
