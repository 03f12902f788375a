"""What was written in cases: by whom, when, and every version of it.

A case is written in *parts* (the meeting, the decision …), some of them of many *items* (one for
each agency). What is written to an item is a new version of it: nothing is ever written over. A
version is taken only where it follows the one that its writer had seen; otherwise the writer is
told what came between. The log seals every version, with its author and time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from webforms.store.shares import Shares

Data = Mapping[str, Any]

OF_HISTORY = "case_id = :case AND (:part = '' OR part = :part) AND (:item IS NULL OR item = :item)"


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


class Superseded(Exception):
    """Somebody wrote to the same item first. `entry` is what they wrote."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.part} {entry.item} is at version {entry.version}")
        self.entry = entry


class Entries(Shares):
    """What is written in the cases of every area."""

    def newest(self, case_id: int) -> int:
        """The place in the log of what was last written or signed in a case; 0 for nothing."""
        (seq,) = self.db.execute(
            "SELECT max(coalesce((SELECT max(seq) FROM case_entries WHERE case_id = :case), 0),"
            " coalesce((SELECT max(seq) FROM signed WHERE case_id = :case), 0))",
            {"case": case_id},
        ).fetchone()
        return int(seq)

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
        chosen, values = of_parts(parts, but)
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


def of_parts(parts: Sequence[str], but: Sequence[str]) -> tuple[str, list[Any]]:
    """A condition for SQL that chooses some parts, or all but some, and its values."""
    if parts:
        return f" AND part IN ({', '.join('?' * len(parts))})", list(parts)
    if but:
        return f" AND part NOT IN ({', '.join('?' * len(but))})", list(but)
    return "", []


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
