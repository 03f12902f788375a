"""Ages as cells: the bounds that the rules name cut the years of life into a few ranges.

A rule that says "under 18" and one that says "at least 16" make the cells *under 16*, *16 or 17*
and *18 or over*. Two ages in one cell cannot be told apart by any rule, so the cells are the
answers that the diagrams need, and no impossible case (under 16 yet 18 or over) can be written.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expression import Aged

OLDEST = 130


@dataclass(frozen=True)
class Cell:
    """Completed years from `low` up to, not including, `high` (None: no upper bound)."""

    low: int
    high: int | None

    @property
    def value(self) -> str:
        """A name for the cell, such as `16-to-17`."""
        if self.high is None:
            return f"{self.low}-or-over"
        return f"{self.low}-to-{self.high - 1}"

    @property
    def words(self) -> str:
        """The cell as it may be read out, such as `16 or 17`."""
        if self.low == 0:
            return "any age" if self.high is None else f"under {self.high}"
        if self.high is None:
            return f"{self.low} or over"
        if self.high - self.low == 1:
            return str(self.low)
        return f"{self.low} {'or' if self.high - self.low == 2 else 'to'} {self.high - 1}"


def cells(tests: list[Aged]) -> tuple[Cell, ...]:
    """The cells that the tests' bounds make."""
    bounds = sorted(
        {0, *(bound for test in tests for bound in (test.at_least, test.under) if bound)}
    )
    return tuple(Cell(low, high) for low, high in zip(bounds, [*bounds[1:], None], strict=True))


def inside(test: Aged, among: tuple[Cell, ...]) -> tuple[str, ...]:
    """The values of the cells in which the test is true."""
    return tuple(
        cell.value
        for cell in among
        if (test.at_least is None or cell.low >= test.at_least)
        and (test.under is None or (cell.high is not None and cell.high <= test.under))
    )


def cell_of(age: int, among: tuple[Cell, ...]) -> Cell:
    """The cell in which an age of so many completed years lies."""
    return next(cell for cell in reversed(among) if age >= cell.low)
