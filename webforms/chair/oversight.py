"""The figures of a partnership, from what a list knows of each case.

Counts only: nothing that was written in a case is read for them. Where a decision differs from
what was recommended, `differing` names the cases whose reasons may be read.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webforms.chair.csv_guard import guarded
from webforms.chair.parts.deciding import PANEL_ANSWER, ROUTES
from webforms.chair.stages import TITLES
from webforms.store import CaseRow

FEW = 5
FEW_CASES = "Fewer than five cases are counted here. So few say little, and may point at one."
NOT_YET = ("", "more_needed")
MONTHS = ("January to March", "April to June", "July to September", "October to December")
NO_DAY = "Day of the decision not given"


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
        _tool_and_decision(rows),
        _views(rows),
        _panel(rows),
        _all_three(rows),
        _routes(rows),
    )


def differing(rows: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """The decided cases that went another way than was recommended, the newest first."""
    found = [row for row in rows if _decided(row) and row.summary.get("differs") == "yes"]
    return tuple(sorted(found, key=lambda row: row.id, reverse=True))


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


def _decided(row: CaseRow) -> bool:
    return row.summary.get("decided", "") not in NOT_YET


def _count(rows: Iterable[CaseRow], holds: Callable[[CaseRow], Any]) -> int:
    return sum(bool(holds(row)) for row in rows)


def _overview(rows: Sequence[CaseRow]) -> Table:
    return Table(
        id="overview",
        title="The cases",
        head="Cases",
        columns=("Number",),
        rows=(
            Row("All cases", (len(rows),)),
            Row("Open", (_count(rows, lambda row: not row.closed),)),
            Row("Closed", (_count(rows, lambda row: row.closed),)),
            Row("Notified to the Panel", (_count(rows, lambda row: _of(row, "notified_on")),)),
            Row("Notification withdrawn", (_count(rows, lambda row: _of(row, "withdrawn")),)),
            Row("Decided", (_count(rows, _decided),)),
            Row("With a signed record", (_count(rows, lambda row: _of(row, "signed")),)),
            Row("Learning below the threshold", (_count(rows, lambda row: _of(row, "learning")),)),
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


def _standing(deadline: dict[str, Any], today: date) -> str:
    due, met = deadline.get("due", ""), deadline.get("met_on", "")
    if met:
        return IN_TIME if met <= due else LATE
    return OVERDUE if due < today.isoformat() else RUNNING


def _deadlines(rows: Sequence[CaseRow], today: date) -> tuple[Table, Table]:
    by_stage: Counter[tuple[str, str]] = Counter()
    by_origin: Counter[tuple[bool, str]] = Counter()
    for row in rows:
        for each in row.summary.get("deadlines", ()):
            standing = _standing(each, today)
            by_stage[each["stage"], standing] += 1
            by_origin[bool(each["by_rules"]), standing] += 1
    counted = _count(rows, lambda row: row.summary.get("deadlines"))
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
                Row(title, tuple(by_origin[of_rules, each] for each in STANDINGS))
                for of_rules, title in ((True, "The rules"), (False, "The people of the case"))
            ),
            cases=counted,
        ),
    )


# Agreement


def _tool_and_decision(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if _decided(row)]
    said = Counter(row.summary.get("differs", "") for row in decided)
    return Table(
        id="tool",
        title="What was recommended, and what was decided",
        head="The decision",
        columns=("Cases",),
        rows=(
            Row("The same as was recommended", (said["no"],)),
            Row("Differs from what was recommended", (said["yes"],)),
            Row("Nothing to compare with was kept", (len(decided) - said["no"] - said["yes"],)),
            Row("Not decided yet", (len(rows) - len(decided),)),
        ),
        cases=len(decided),
        says="A difference is no fault. The people decide, and say why.",
    )


def _views(rows: Sequence[CaseRow]) -> Table:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.summary.get("views", {}))
    begun = _count(rows, lambda row: _given(row) > 0)
    return Table(
        id="views",
        title="The rapid review panel’s views, and what the rules find",
        head="Criteria and circumstances",
        columns=("Views",),
        rows=(
            Row("The same", (total["same"],)),
            Row("Differ", (total["differ"],)),
            Row("Only one of the two says yes or no", (total["neither"],)),
            Row("View still to come", (total["to_come"],)),
        ),
        cases=begun,
        says="Each criterion and circumstance of each case is counted. What the rules find is what "
        "they found when the case was last changed.",
    )


def _given(row: CaseRow) -> int:
    views = row.summary.get("views", {})
    return sum(int(views.get(each, 0)) for each in ("same", "differ", "neither"))


def _panel(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if _decided(row)]
    said = Counter(row.summary.get("panel", "") or "not_yet" for row in decided)
    return Table(
        id="panel",
        title="The decision, and the National Panel’s answer",
        head="The National Panel",
        columns=("Cases",),
        rows=tuple(
            Row(text, (said[value],)) for value, text in PANEL_ANSWER.ask("agreement").options
        ),
        cases=sum(said[each] for each in said if each != "not_yet"),
        says="Decided cases only. A case without an answer counts as not answered yet.",
    )


def _all_three(rows: Sequence[CaseRow]) -> Table:
    """Where all have spoken: the tool, the panel that met, and the National Panel."""
    spoken = [
        row
        for row in rows
        if _decided(row)
        and row.summary.get("differs") in ("yes", "no")
        and row.summary.get("panel") in ("agrees", "disagrees")
        and _given(row)
    ]
    tool = [row for row in spoken if row.summary["differs"] == "no"]
    agree = [row for row in tool if not row.summary["views"]["differ"]]
    all_agree = _count(agree, lambda row: row.summary["panel"] == "agrees")
    return Table(
        id="all-three",
        title="Tool, rapid review panel and National Panel together",
        head="Where all have spoken",
        columns=("Cases",),
        rows=(
            Row("All of them agree", (all_agree,)),
            Row("At least one differs", (len(spoken) - all_agree,)),
        ),
        cases=len(spoken),
        says="They agree where the decision is the one recommended, no view of the panel differs "
        "from what the rules find, and the National Panel agrees with the decision.",
    )


# Routes over time


def quarter(day: str) -> tuple[int, int]:
    """The year of a day written 2025-01-02, and its quarter from 0 to 3."""
    return int(day[:4]), (int(day[5:7]) - 1) // 3


def _routes(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if _decided(row)]
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
