"""The names of all pages of the rulebook, as they are written down elsewhere.

`.venv/bin/python -m tests.rulebook.ids > tests/rulebook/ids.txt` writes the list anew.
"""

from __future__ import annotations

from pathlib import Path

from engine.rulebook import Rulebook
from rules.loader import rulebook
from webforms.rulebook.cataloguing import catalogue

LIST = Path(__file__).with_name("ids.txt")


def ids(rules: Rulebook) -> list[str]:
    return sorted(str(ref) for ref in catalogue(rules).entries)


def listed() -> list[str]:
    return LIST.read_text(encoding="utf-8").split()


if __name__ == "__main__":
    print("\n".join(ids(rulebook())))
