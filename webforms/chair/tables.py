"""A table of figures, and how cases are counted for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from webforms.store import CaseRow

FEW = 5
FEW_CASES = "Fewer than five cases are counted here. So few say little, and may point at one."
NOT_YET = ("", "more_needed")


@dataclass(frozen=True)
class Row:
    """A line of a table: what it counts, and a figure for each column."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Figures of one kind. `cases` is how many cases they come from, `says` what they are."""

    id: str
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    cases: int
    says: str = ""

    @property
    def few(self) -> str:
        """A warning where too few cases are counted to say much."""
        return FEW_CASES if self.cases < FEW else ""


def is_decided(row: CaseRow) -> bool:
    return row.summary.get("decided", "") not in NOT_YET


def count(rows: Iterable[CaseRow], holds: Callable[[CaseRow], Any]) -> int:
    return sum(bool(holds(row)) for row in rows)
