"""What the worked cases of a checkout try: the ages they answer with, the clocks they expect."""

from __future__ import annotations

from pathlib import Path

from engine.proof import Tried
from rules.yaml_reader import read

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def tried(folder: Path = FIXTURES) -> Tried | None:
    """What the cases in a folder try, or None where there are none (an installed copy)."""
    if not folder.is_dir():
        return None
    ages: dict[str, set[int]] = {}
    clocks: set[str] = set()
    for path in sorted(folder.rglob("*.yaml")):
        case = read(path.read_text(encoding="utf-8")).data
        for question, answer in (case.get("answers") or {}).items():
            if isinstance(answer, int):
                ages.setdefault(question, set()).add(answer)
        clocks |= set((case.get("expect") or {}).get("due") or {})
    return Tried(ages, frozenset(clocks))
