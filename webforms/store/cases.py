"""Cases as lists know them: opening one, finding it, and noting what a list is to show of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from webforms.store.entries import Data
from webforms.store.signed import SignedRecords

PAGE = 50  # cases on one page of a list
BY_DUE = "closed, due IS NULL, due, changed DESC, id DESC"


@dataclass(frozen=True)
class CaseRow:
    """A case as a list knows it. `summary` is what was last worked out of its parts."""

    id: int
    reference: str
    area: str
    title: str
    opened: datetime
    changed: datetime
    stage: str
    due: date | None
    due_what: str
    closed: bool
    summary: dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """One page of a list of cases, and how many there are in all."""

    cases: tuple[CaseRow, ...]
    total: int
    overdue: int


class Noted(StrEnum):
    """What became of a summary of a case: it is overtaken where something newer was written."""

    CHANGED = "changed"
    SAME = "same"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Wanted:
    """What a list is to show. `account` limits it to what is shared with that account.

    `latest_first` orders it by when cases were opened, which tells nothing of what is in them.
    """

    area: str
    account: int | None
    today: date
    words: str = ""
    stage: str = ""
    state: str = "open"
    page: int = 1
    latest_first: bool = False


class Cases(SignedRecords):
    """The cases of every area. Who may see which is decided by the caller."""

    def open_case(self, area: str, letters: str, title: str, account: int) -> CaseRow:
        """A new case, shared with the account that opened it.

        Its reference is the area's letters, the year and a running number: DAR-26-0001.
        """
        with self._writing() as now:
            stem = f"{letters}-{datetime.fromtimestamp(now, UTC):%y}-"
            (number,) = self.db.execute(
                "SELECT count(*) + 1 FROM cases WHERE reference LIKE ? || '%'", [stem]
            ).fetchone()
            reference = f"{stem}{number:04}"
            (case_id,) = self.db.execute(
                "INSERT INTO cases (reference, area, title, opened, opened_by, changed, stage,"
                " due_what, closed, summary) VALUES (?, ?, ?, ?, ?, ?, '', '', 0, '{}')"
                " RETURNING id",
                [reference, area, title, now, account, now],
            ).fetchone()
            self.db.execute("INSERT INTO case_shares VALUES (?, ?)", [case_id, account])
            # What a case is called and where it belongs is sealed like what is written in it.
            sealed = {
                "case": case_id,
                "reference": reference,
                "area": area,
                "title": title,
                "account": account,
                "at": now,
            }
            self._record("case opened", sealed, "")
        found = self.case(reference)
        assert found is not None
        return found

    def case(self, reference: str) -> CaseRow | None:
        rows = self.db.query(
            "SELECT * FROM cases WHERE reference = ? AND erased IS NULL", [reference]
        )
        return next(map(_case, rows), None)

    def cases_from(self, area: str, check: str) -> tuple[CaseRow, ...]:
        """The cases of an area that were opened with a saved check, by the key of the check."""
        rows = self.db.query(
            "SELECT cases.* FROM cases JOIN case_entries AS e ON e.case_id = cases.id"
            " JOIN payloads AS p ON p.seq = e.seq WHERE area = ? AND erased IS NULL"
            " AND part = 'referral' AND version = 1 AND json_extract(body, '$.data.check') = ?"
            " ORDER BY cases.id",
            [area, check],
        )
        return tuple(map(_case, rows))

    def summarise(
        self,
        case_id: int,
        *,
        read_to: int,
        title: str,
        stage: str,
        due: date | None,
        due_what: str,
        closed: bool,
        summary: Data,
    ) -> Noted:
        """Notes what a list is to show of a case, worked out of everything up to `read_to`.

        Nothing is noted when there is something newer: whoever was slower would put an older
        summary over a newer one.
        """
        shown = [
            title,
            stage,
            due.isoformat() if due else None,
            due_what,
            int(closed),
            json.dumps(summary),
        ]
        with self._writing() as now:
            if self.newest(case_id) > read_to:
                return Noted.OVERTAKEN
            done = self.db.execute(
                "UPDATE cases SET title = ?, stage = ?, due = ?, due_what = ?, closed = ?,"
                " summary = ?, changed = ? WHERE id = ? AND erased IS NULL AND"
                " (title, stage, due, due_what, closed, summary) IS NOT (?, ?, ?, ?, ?, ?)",
                [*shown, now, case_id, *shown],
            )
        return Noted.CHANGED if done.rowcount else Noted.SAME

    def list_cases(self, wanted: Wanted) -> Listed:
        """One page of cases: the overdue first, then the soonest due, then the last changed.

        Or the latest first, where that is wanted.
        """
        where, values = _where(wanted)
        today = wanted.today.isoformat()
        total, overdue = self.db.execute(
            f"SELECT count(*), coalesce(sum(closed = 0 AND due < ?), 0) FROM cases WHERE {where}",
            [today, *values],
        ).fetchone()
        order = "id DESC" if wanted.latest_first else BY_DUE
        rows = self.db.query(
            f"SELECT * FROM cases WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            [*values, PAGE, PAGE * (wanted.page - 1)],
        )
        return Listed(tuple(map(_case, rows)), total, overdue)

    def summaries(self, area: str, account: int | None) -> tuple[CaseRow, ...]:
        """Every case of an area, or those shared with an account, for the figures."""
        where, values = _where(Wanted(area, account, date.min, state=""))
        rows = self.db.query(f"SELECT * FROM cases WHERE {where} ORDER BY id", values)
        return tuple(map(_case, rows))

    def references(self) -> tuple[str, ...]:
        """Every case that was not erased, by reference."""
        rows = self.db.execute(
            "SELECT reference FROM cases WHERE erased IS NULL ORDER BY id"
        ).fetchall()
        return tuple(row[0] for row in rows)


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    clauses = ["area = ?", "erased IS NULL"]
    values: list[Any] = [wanted.area]
    if wanted.account is not None:
        clauses.append("id IN (SELECT case_id FROM case_shares WHERE account = ?)")
        values.append(wanted.account)
    for word in wanted.words.split():
        clauses.append("(reference LIKE ? ESCAPE '!' OR title LIKE ? ESCAPE '!')")
        values += [f"%{_literal(word)}%"] * 2
    if wanted.stage:
        clauses.append("stage = ?")
        values.append(wanted.stage)
    if wanted.state == "open":
        clauses.append("closed = 0")
    elif wanted.state == "closed":
        clauses.append("closed = 1")
    elif wanted.state == "overdue":
        clauses.append("closed = 0 AND due < ?")
        values.append(wanted.today.isoformat())
    return " AND ".join(clauses), values


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _case(row: Mapping[str, Any]) -> CaseRow:
    return CaseRow(
        id=row["id"],
        reference=row["reference"],
        area=row["area"],
        title=row["title"],
        opened=datetime.fromtimestamp(row["opened"], UTC),
        changed=datetime.fromtimestamp(row["changed"], UTC),
        stage=row["stage"],
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        due_what=row["due_what"],
        closed=bool(row["closed"]),
        summary=json.loads(row["summary"]),
    )
