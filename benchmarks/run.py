"""Every figure in one run, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from benchmarks import asking, building, casework, evaluators, pages, recording, rooms
from benchmarks.figures import Figure, as_json, as_text

Part = Callable[[], list[Figure]]
PARTS: tuple[Part, ...] = (
    evaluators.figures,
    recording.figures,
    asking.figures,
    pages.figures,
    casework.figures,
    rooms.figures,
    building.figures,
)


def main(*, json_wanted: bool = False, parts: tuple[Part, ...] = PARTS) -> int:
    """Measures and prints; 0 when every bound is kept, else 1."""
    figures = [figure for part in parts for figure in part()]
    if json_wanted:
        print(json.dumps(as_json(figures), indent=2, ensure_ascii=False))
    else:
        print(as_text(figures))
    return 0 if all(each.met for each in figures) else 1
