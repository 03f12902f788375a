"""The figures of a partnership, from what a list knows of each case.

Counts only: nothing that was written in a case is read for them. Where a decision differs from
what was recommended, `agreeing.differing` names the cases whose reasons may be read.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webforms.chair.agreeing import agreement_tables
from webforms.chair.csv_guard import guarded
from webforms.chair.parts.deciding import ROUTES
from webforms.chair.stages import TITLES
from webforms.chair.tables import Row, Table, count, is_decided
from webforms.store import CaseRow

MONTHS = ("January to March", "April to June", "July to September", "October to December")
NO_DAY = "Day of the decision not given"


@dataclass(frozen=True)
class Reason:
    """Why a decision differs from what was recommended."""

    reference: str
    recommended: str
    decided: str
    reasons: str


def figures(rows: Sequence[CaseRow], today: date) -> tuple[Table, ...]:
    """Every table of the page, in its order."""
    return (
        _overview(rows),
        _by_stage(rows),
        *_deadlines(rows, today),
        *agreement_tables(rows),
        _routes(rows),
    )


def as_csv(tables: Iterable[Table], reasons: Iterable[Reason]) -> str:
    """Every figure on a line of its own: section, name, value."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(("section", "name", "value"))
    for table in tables:
        for row in table.rows:
            for column, value in zip(table.columns, row.values, strict=True):
                name = row.label if len(table.columns) == 1 else f"{row.label}: {column}"
                lines.writerow((guarded(table.title), guarded(name), value))
        lines.writerow((guarded(table.title), "Cases counted", table.cases))
    for each in reasons:
        lines.writerow(("Reasons for a difference", guarded(each.reference), guarded(each.reasons)))
    return written.getvalue()


def _overview(rows: Sequence[CaseRow]) -> Table:
    return Table(
        id="overview",
        title="The cases",
        head="Cases",
        columns=("Number",),
        rows=(
            Row("All cases", (len(rows),)),
            Row("Open", (count(rows, lambda row: not row.closed),)),
            Row("Closed", (count(rows, lambda row: row.closed),)),
            Row("Notified to the Panel", (count(rows, lambda row: _of(row, "notified_on")),)),
            Row("Notification withdrawn", (count(rows, lambda row: _of(row, "withdrawn")),)),
            Row("Decided", (count(rows, is_decided),)),
            Row("With a signed record", (count(rows, lambda row: _of(row, "signed")),)),
            Row("Learning below the threshold", (count(rows, lambda row: _of(row, "learning")),)),
        ),
        cases=len(rows),
    )


def _of(row: CaseRow, name: str) -> Any:
    return row.summary.get(name)


def _by_stage(rows: Sequence[CaseRow]) -> Table:
    still_open = [row for row in rows if not row.closed]
    counted = Counter(row.stage for row in still_open)
    return Table(
        id="stages",
        title="Open cases by stage",
        head="Stage",
        columns=("Open cases",),
        rows=tuple(Row(title, (counted[stage],)) for stage, title in TITLES.items()),
        cases=len(still_open),
        says="Each open case is counted once, at the first stage that is in hand or waits.",
    )


# Deadlines

IN_TIME, LATE, OVERDUE, RUNNING = "Met in time", "Met late", "Not met, overdue", "Running"
STANDINGS = (IN_TIME, LATE, OVERDUE, RUNNING)


SETTERS = (
    ("rules", "The rules"),
    ("local", "The local procedure, for actions that are late"),
    ("people", "The people of the case"),
)


def _set_by(deadline: dict[str, Any]) -> str:
    """Who set it. What was noted before said only whether it is of the rules."""
    return str(deadline.get("set_by") or ("rules" if deadline.get("by_rules") else "people"))


def _standing(deadline: dict[str, Any], today: date) -> str:
    due, met = deadline.get("due", ""), deadline.get("met_on", "")
    if met:
        return IN_TIME if met <= due else LATE
    return OVERDUE if due < today.isoformat() else RUNNING


def _deadlines(rows: Sequence[CaseRow], today: date) -> tuple[Table, Table]:
    by_stage: Counter[tuple[str, str]] = Counter()
    by_origin: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for each in row.summary.get("deadlines", ()):
            standing = _standing(each, today)
            by_stage[each["stage"], standing] += 1
            by_origin[_set_by(each), standing] += 1
    counted = count(rows, lambda row: row.summary.get("deadlines"))
    return (
        Table(
            id="deadlines",
            title="Deadlines met and missed, by stage",
            head="Stage",
            columns=STANDINGS,
            rows=tuple(
                Row(title, tuple(by_stage[stage, each] for each in STANDINGS))
                for stage, title in TITLES.items()
            ),
            cases=counted,
            says="A deadline is counted where it has a day, and where a date can tell that it was "
            "met. Of a time limit that can be counted in several ways, the reading taken counts.",
        ),
        Table(
            id="origins",
            title="Deadlines met and missed, by who set them",
            head="Set by",
            columns=STANDINGS,
            rows=tuple(
                Row(title, tuple(by_origin[setter, each] for each in STANDINGS))
                for setter, title in SETTERS
            ),
            cases=counted,
        ),
    )


# Routes over time


def quarter(day: str) -> tuple[int, int]:
    """The year of a day written 2025-01-02, and its quarter from 0 to 3."""
    return int(day[:4]), (int(day[5:7]) - 1) // 3


def _routes(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if is_decided(row)]
    counted: Counter[tuple[tuple[int, int] | None, str]] = Counter()
    for row in decided:
        day = row.summary.get("decided_on", "")
        counted[quarter(day) if day else None, row.summary["decided"]] += 1
    used = [(id, title) for id, title in ROUTES if any(route == id for _, route in counted)]
    quarters = {each for each, _ in counted if each}
    lines = [
        Row(f"{MONTHS[part]} {year}", tuple(counted[(year, part), id] for id, _ in used))
        for year, part in _through(quarters)
    ]
    if any(each is None for each, _ in counted):
        lines.append(Row(NO_DAY, tuple(counted[None, id] for id, _ in used)))
    return Table(
        id="routes",
        title="Routes decided, by quarter",
        head="Decided in",
        columns=tuple(title for _, title in used),
        rows=tuple(lines),
        cases=len(decided),
        says="Quarters of the calendar year.",
    )


def _through(quarters: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every quarter from the first to the last, those without a decision too."""
    if not quarters:
        return []
    numbers = [4 * year + part for year, part in quarters]
    return [divmod(each, 4) for each in range(min(numbers), max(numbers) + 1)]
