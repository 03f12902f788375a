"""A figure, the bound that it has to keep, and all of them as a table or as JSON."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib import metadata
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One thing measured. It is met or missed where it has a bound; else it only informs."""

    id: str
    title: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def bound(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return "" if self.at_least is None else f"≥ {self.at_least:g}"


def environment() -> dict[str, str]:
    """What the figures were taken on."""
    packages = ("durable-rules", "flask", "zen-engine")
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        **{each: metadata.version(each) for each in packages},
    }


def as_json(figures: list[Figure]) -> dict[str, Any]:
    return {
        "environment": environment(),
        "met": all(each.met for each in figures),
        "figures": [
            {
                "id": each.id,
                "title": each.title,
                "value": each.value,
                "unit": each.unit,
                "at_most": each.at_most,
                "at_least": each.at_least,
                "met": each.met,
                "note": each.note,
            }
            for each in figures
        ],
    }


def as_text(figures: list[Figure]) -> str:
    rows = [("", "figure", "", "bound", ""), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}} {row[2]:<{widths[2]}}  "
        f"{row[3]:<{widths[3]}}  {row[4]}".rstrip()
        for row in rows
    ]
    notes = [f"{each.title}: {each.note}" for each in figures if each.note]
    machine = ", ".join(f"{name} {value}" for name, value in environment().items())
    return "\n".join([*lines, "", *notes, "", f"Taken on {machine}."])


def _row(figure: Figure) -> tuple[str, str, str, str, str]:
    value = figure.value
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    verdict = "" if not figure.bound else "met" if figure.met else "MISSED"
    return figure.title, shown, figure.unit, figure.bound, verdict
