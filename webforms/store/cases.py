"""Cases: what was written in them, by whom and when, and what was signed.

A case is written in *parts* (the meeting, the decision …), some of them of many *items* (one for
each agency). What is written to an item is a new version of it: nothing is ever written over. A
version is taken only where it follows the one that its writer had seen; otherwise the writer is
told what came between. The log seals every version, with its author and time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from webforms.store.shares import Shares

Data = Mapping[str, Any]

PAGE = 50  # cases on one page of a list
BY_DUE = "closed, due IS NULL, due, changed DESC, id DESC"
OF_HISTORY = "case_id = :case AND (:part = '' OR part = :part) AND (:item IS NULL OR item = :item)"


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


@dataclass(frozen=True)
class Entry:
    """One version of one item of a part: what was written, by which account, and when."""

    seq: int
    part: str
    item: str
    version: int
    data: dict[str, Any]
    account: int
    at: datetime


@dataclass(frozen=True)
class Signed:
    """A signed record: its version, what was signed, and the seal under which it lies.

    `read_to` is the place in the log up to which the case had been read when it was signed.
    """

    seq: int
    read_to: int
    version: int
    record: dict[str, Any]
    rules_version: str
    commitment: str
    account: int
    at: datetime


class Superseded(Exception):
    """Somebody wrote to the same item first. `entry` is what they wrote."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.part} {entry.item} is at version {entry.version}")
        self.entry = entry


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


class Cases(Shares):
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

    def newest(self, case_id: int) -> int:
        """The place in the log of what was last written or signed in a case; 0 for nothing."""
        (seq,) = self.db.execute(
            "SELECT max(coalesce((SELECT max(seq) FROM case_entries WHERE case_id = :case), 0),"
            " coalesce((SELECT max(seq) FROM signed WHERE case_id = :case), 0))",
            {"case": case_id},
        ).fetchone()
        return int(seq)

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

    # What is written in it

    def entries(
        self,
        case_id: int,
        parts: Sequence[str] = (),
        but: Sequence[str] = (),
        until: int | None = None,
    ) -> tuple[Entry, ...]:
        """The newest version of every item: of `parts`, or of all but those of `but`.

        With `until`, as it stood when the entry of that number was written.
        """
        chosen, values = _of_parts(parts, but)
        if until is not None:
            chosen, values = f"{chosen} AND seq <= ?", [*values, until]
        rows = self.db.query(
            "SELECT e.seq, e.part, e.item, e.version, e.account, e.at, p.body FROM"
            " (SELECT seq, part, item, max(version) AS version, account, at FROM case_entries"
            f" WHERE case_id = ?{chosen} GROUP BY part, item) AS e"
            " JOIN payloads AS p USING (seq) ORDER BY e.seq",
            [case_id, *values],
        )
        return tuple(map(_entry, rows))

    def history(
        self,
        case_id: int,
        part: str = "",
        item: str | None = None,
        *,
        most: int = -1,
        skip: int = 0,
    ) -> tuple[Entry, ...]:
        """Every version of a case, of a part or of an item, the newest first."""
        rows = self.db.query(
            "SELECT e.seq, part, item, version, account, at, body FROM case_entries AS e"
            f" JOIN payloads USING (seq) WHERE {OF_HISTORY}"
            " ORDER BY e.seq DESC LIMIT :most OFFSET :skip",
            {"case": case_id, "part": part, "item": item, "most": most, "skip": skip},
        )
        return tuple(map(_entry, rows))

    def history_length(self, case_id: int, part: str = "", item: str | None = None) -> int:
        """How many versions `history` has."""
        (count,) = self.db.execute(
            f"SELECT count(*) FROM case_entries WHERE {OF_HISTORY}",
            {"case": case_id, "part": part, "item": item},
        ).fetchone()
        return int(count)

    def write(
        self,
        case_id: int,
        part: str,
        item: str,
        data: Data,
        *,
        account: int,
        after: int,
        rules: str,
    ) -> Entry:
        """Writes the version that follows `after` (0 for the first one).

        Raises `Superseded` when the item has moved on since; nothing is written then.
        """
        (entry,) = self.write_all(
            case_id, [(part, item, data, after)], account=account, rules=rules
        )
        return entry

    def write_all(
        self,
        case_id: int,
        changes: Iterable[tuple[str, str, Data, int]],
        *,
        account: int,
        rules: str,
    ) -> tuple[Entry, ...]:
        """Writes several items, (part, item, data, after) each: all of them, or none."""
        written: list[Entry] = []
        with self._writing() as now:
            self._must_stand(case_id)
            for part, item, data, after in changes:
                newest = self._newest(case_id, part, item)
                version = newest.version if newest else 0
                if newest and version != after:
                    raise Superseded(newest)
                written.append(
                    self._write(case_id, part, item, version + 1, data, account, now, rules)
                )
            self.db.execute("UPDATE cases SET changed = ? WHERE id = ?", [now, case_id])
        return tuple(written)

    def _newest(self, case_id: int, part: str, item: str) -> Entry | None:
        rows = self.db.query(
            "SELECT e.seq, part, item, version, account, at, body FROM case_entries AS e"
            " JOIN payloads USING (seq) WHERE case_id = ? AND part = ? AND item = ?"
            " ORDER BY version DESC LIMIT 1",
            [case_id, part, item],
        )
        return next(map(_entry, rows), None)

    def _write(
        self,
        case_id: int,
        part: str,
        item: str,
        version: int,
        data: Data,
        account: int,
        now: float,
        rules: str,
    ) -> Entry:
        # The author and the time are sealed with the words.
        sealed = {
            "case": case_id,
            "part": part,
            "item": item,
            "version": version,
            "account": account,
            "at": now,
            "data": dict(data),
        }
        seq = self._record("written", sealed, rules)
        self.db.execute(
            "INSERT INTO case_entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            [seq, case_id, part, item, version, account, now],
        )
        at = datetime.fromtimestamp(now, UTC)
        return Entry(seq, part, item, version, dict(data), account, at)

    # What is signed

    def sign(
        self,
        case_id: int,
        record: Data,
        *,
        account: int,
        rules: str,
        after: int,
        read_to: int,
        but: Sequence[str] = (),
    ) -> Signed | None:
        """Fixes a record as the version that follows `after`, made of everything up to `read_to`.

        None when another version came first, or when something newer was written in the case, in
        other parts than those of `but`: nobody signs what they have not read.
        """
        chosen, values = _of_parts((), but)
        with self._writing() as now:
            self._must_stand(case_id)
            (written,) = self.db.execute(
                f"SELECT coalesce(max(seq), 0) FROM case_entries WHERE case_id = ?{chosen}",
                [case_id, *values],
            ).fetchone()
            if written > read_to:
                return None
            (last,) = self.db.execute(
                "SELECT coalesce(max(version), 0) FROM signed WHERE case_id = ?", [case_id]
            ).fetchone()
            if last != after:
                return None
            # Whose signature it is, of which case and version, is sealed with the record.
            sealed = {
                "case": case_id,
                "version": last + 1,
                "account": account,
                "at": now,
                "read_to": read_to,
                "record": dict(record),
            }
            seq = self._record("signed", sealed, rules)
            self.db.execute(
                "INSERT INTO signed VALUES (?, ?, ?, ?, ?)", [seq, case_id, last + 1, account, now]
            )
        return self.signed(case_id)[-1]

    def signed(self, case_id: int) -> tuple[Signed, ...]:
        """Every signed version of a case's record, the first one first."""
        rows = self.db.query(
            "SELECT s.seq, version, body, rules_version, commitment, account, at FROM signed AS s"
            " JOIN payloads USING (seq) JOIN log USING (seq) WHERE case_id = ? ORDER BY version",
            [case_id],
        )
        sealed = [(row, json.loads(row["body"])) for row in rows]
        return tuple(
            Signed(
                seq=row["seq"],
                # Older records do not say it: of them, what came before the seal counts as read.
                read_to=body.get("read_to", row["seq"]),
                version=row["version"],
                record=body["record"],
                rules_version=row["rules_version"],
                commitment=row["commitment"],
                account=row["account"],
                at=datetime.fromtimestamp(row["at"], UTC),
            )
            for row, body in sealed
        )

    def references(self) -> tuple[str, ...]:
        """Every case that was not erased, by reference."""
        rows = self.db.execute(
            "SELECT reference FROM cases WHERE erased IS NULL ORDER BY id"
        ).fetchall()
        return tuple(row[0] for row in rows)

    # The rules that records were made by

    def keep_rules(self, version: str, files: bytes) -> None:
        with self._writing():
            self.db.execute("INSERT OR IGNORE INTO rule_files VALUES (?, ?)", [version, files])

    def kept_rules(self, version: str) -> bytes | None:
        row = self.db.execute(
            "SELECT files FROM rule_files WHERE version = ?", [version]
        ).fetchone()
        return bytes(row[0]) if row else None

    def has_rules(self, version: str) -> bool:
        row = self.db.execute("SELECT 1 FROM rule_files WHERE version = ?", [version]).fetchone()
        return row is not None


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


def _of_parts(parts: Sequence[str], but: Sequence[str]) -> tuple[str, list[Any]]:
    if parts:
        return f" AND part IN ({', '.join('?' * len(parts))})", list(parts)
    if but:
        return f" AND part NOT IN ({', '.join('?' * len(but))})", list(but)
    return "", []


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


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        seq=row["seq"],
        part=row["part"],
        item=row["item"],
        version=row["version"],
        data=json.loads(row["body"])["data"],
        account=row["account"],
        at=datetime.fromtimestamp(row["at"], UTC),
    )
