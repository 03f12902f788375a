"""The database of one request, and the log: a chain of entries that is never changed.

Each entry holds the hash of the one before, and only a salted commitment to what was kept. What
was kept lies in a table of its own, so it can be erased and the chain still holds.

A connection belongs to one request in one thread: open a `Store`, use it, close it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True)
class Verification:
    """The chain examined: how many entries, how many still have their payload, what is wrong."""

    entries: int
    payloads: int
    faults: tuple[str, ...]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(value: object) -> str:
    """The one way in which a value is written, so that its hash is always the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(
    seq: int, time: str, kind: str, rules_version: str, commitment: str, previous: str
) -> str:
    return sha256(canonical([seq, time, kind, rules_version, commitment, previous]))


class Ledger:
    """The database of one request."""

    def __init__(
        self, path: Path | str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._now = now
        self.db = Database(sqlite3.connect(path, timeout=30), execute_plugins=False)
        self.db.execute("PRAGMA synchronous=FULL")
        # What is erased is overwritten, not only forgotten.
        self.db.execute("PRAGMA secure_delete=ON")

    def now(self) -> datetime:
        """The moment that what is written now is dated with."""
        return self._now()

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def _writing(self) -> Iterator[float]:
        """A transaction that takes the write lock at once, and sweeps away what is too old.

        A deferred transaction cannot be upgraded while another connection writes: it fails
        rather than wait.
        """
        now = self._now().timestamp()
        self.db.execute("BEGIN IMMEDIATE")
        try:
            self._sweep(now)
            yield now
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()

    def _sweep(self, now: float) -> None:
        """Erases what is too old. Each room of the store sweeps its own tables."""

    def _forget_pages(self) -> None:
        """Empties the write-ahead log, which still holds the pages as they were before."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _record(self, kind: str, payload: dict[str, Any], rules_version: str) -> int:
        salt, body = secrets.token_hex(16), canonical(payload)
        seq = self._append(kind, rules_version, sha256(salt + body))
        self.db.execute("INSERT INTO payloads VALUES (?, ?, ?)", [seq, salt, body])
        return seq

    def _append(self, kind: str, rules_version: str, commitment: str) -> int:
        last = list(self.db.query("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1"))
        seq = last[0]["seq"] + 1 if last else 1
        previous = last[0]["hash"] if last else FIRST_PREVIOUS
        time = self._now().astimezone(UTC).isoformat(timespec="seconds")
        entry = (seq, time, kind, rules_version, commitment, previous)
        self.db.execute(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", [*entry, entry_hash(*entry)]
        )
        return seq

    def verify(self) -> Verification:
        """Walks the chain. What was cut off its very end cannot be seen from the chain alone."""
        faults: list[str] = []
        commitments: dict[int, str] = {}
        last, previous = 0, FIRST_PREVIOUS
        for row in self.db.query("SELECT * FROM log ORDER BY seq"):
            seq, stated = row["seq"], row.pop("hash")
            if seq != last + 1:
                faults.append(f"Entry {seq} does not follow entry {last}.")
            if row["previous"] != previous:
                faults.append(f"Entry {seq} does not hold the hash of the entry before it.")
            if entry_hash(**row) != stated:
                faults.append(f"Entry {seq} is not what it was when it was written.")
            commitments[seq] = row["commitment"]
            last, previous = seq, stated
        payloads = list(self.db.query("SELECT seq, salt, body FROM payloads ORDER BY seq"))
        for row in payloads:
            if commitments.get(row["seq"]) != sha256(row["salt"] + row["body"]):
                faults.append(f"What was saved with entry {row['seq']} has been changed.")
        return Verification(len(commitments), len(payloads), tuple(faults))
