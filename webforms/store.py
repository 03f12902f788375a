"""Everything that is kept, and all of the SQL.

Three things are kept, for three lengths of time. A *visit* holds the answers of someone who is
in the middle of a check; it is erased when they clear it, or after four idle hours. A *saved*
check lasts thirty days, behind a reference of which only the hash is here. The *log* is never
changed: each entry holds the hash of the one before, and only a salted commitment to what was
saved. What was saved lies in a table of its own, so it can be erased and the chain still holds.

A connection belongs to one request in one thread: open a `Store`, use it, close it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

VISIT_LASTS = timedelta(hours=4)
SAVED_LASTS = timedelta(days=30)
# A visit that is only being read is marked as alive this often, not on every page.
TOUCH_AFTER = timedelta(minutes=10)
TRIES_ALLOWED = 20
TRIES_WITHIN = timedelta(minutes=15)

FIRST_PREVIOUS = "0" * 64

# Crockford's alphabet: no I, L, O or U, which are misread or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
PREFIX = "WM"
SYMBOLS = 16  # of five bits each: 80 bits
GROUP = 4

MIGRATIONS = (
    """
    CREATE TABLE visits (
        key TEXT PRIMARY KEY,
        data TEXT NOT NULL,
        seen REAL NOT NULL
    ) STRICT;
    CREATE INDEX visits_by_age ON visits (seen);

    CREATE TABLE log (
        seq INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        kind TEXT NOT NULL,
        rules_version TEXT NOT NULL,
        commitment TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE payloads (
        seq INTEGER PRIMARY KEY REFERENCES log (seq),
        salt TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE saved (
        reference TEXT PRIMARY KEY,
        seq INTEGER NOT NULL REFERENCES log (seq),
        made REAL NOT NULL,
        expires REAL NOT NULL
    ) STRICT;
    CREATE INDEX saved_by_expiry ON saved (expires);

    CREATE TABLE tries (
        client TEXT NOT NULL,
        at REAL NOT NULL
    ) STRICT;
    CREATE INDEX tries_by_client ON tries (client, at);

    CREATE TRIGGER log_is_never_updated BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
    CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is never erased'); END;
    -- This also stops INSERT OR REPLACE, which goes round the two above.
    CREATE TRIGGER log_grows_at_its_end BEFORE INSERT ON log
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
      OR NEW.previous IS NOT coalesce(
            (SELECT hash FROM log ORDER BY seq DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT RAISE(ABORT, 'a log entry must follow the last one'); END;
    """,
)


@dataclass(frozen=True)
class Saved:
    """A saved check: what was saved, under which rules, and until when it is kept."""

    key: str
    payload: dict[str, Any]
    rules_version: str
    commitment: str
    made: datetime
    expires: datetime


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


def new_reference() -> str:
    """A reference of 80 random bits in readable groups, such as WM-7GQX-0N3D-V2KC-M8RT."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(SYMBOLS))
    groups = [symbols[start : start + GROUP] for start in range(0, SYMBOLS, GROUP)]
    return "-".join([PREFIX, *groups])


def reference_key(reference: str) -> str | None:
    """The hash under which a reference is kept, or None when it cannot be one.

    Case, spaces and dashes do not matter, and the letters that Crockford's alphabet leaves out
    are read as the figures that they look like.
    """
    text = "".join(letter for letter in reference.upper() if letter.isalnum())
    if len(text) == len(PREFIX) + SYMBOLS and text.startswith(PREFIX):
        text = text[len(PREFIX) :]
    text = text.translate(MISREAD)
    if len(text) != SYMBOLS or any(letter not in ALPHABET for letter in text):
        return None
    return sha256(f"waymark reference {text}")


class Store:
    """The database of one request."""

    def __init__(
        self, path: Path | str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._now = now
        self.db = Database(sqlite3.connect(path, timeout=30), execute_plugins=False)
        self.db.execute("PRAGMA synchronous=FULL")
        # What is erased is overwritten, not only forgotten.
        self.db.execute("PRAGMA secure_delete=ON")

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
        self.db.execute("DELETE FROM visits WHERE seen <= ?", [now - VISIT_LASTS.total_seconds()])
        self.db.execute("DELETE FROM tries WHERE at <= ?", [now - TRIES_WITHIN.total_seconds()])
        for row in list(self.db.query("SELECT reference FROM saved WHERE expires <= ?", [now])):
            self._erase(row["reference"], "expired")

    def _forget_pages(self) -> None:
        """Empties the write-ahead log, which still holds the pages as they were before."""
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # Visits

    def visit(self, key: str) -> dict[str, Any] | None:
        now = self._now().timestamp()
        for row in self.db.query("SELECT data, seen FROM visits WHERE key = ?", [key]):
            idle = now - row["seen"]
            if idle >= VISIT_LASTS.total_seconds():
                return None
            if idle >= TOUCH_AFTER.total_seconds():
                with self._writing():
                    self.db.execute("UPDATE visits SET seen = ? WHERE key = ?", [now, key])
            data: dict[str, Any] = json.loads(row["data"])
            return data
        return None

    @contextmanager
    def changing_visit(self, key: str) -> Iterator[dict[str, Any]]:
        """The data of a visit, to be changed in place; kept when the block ends well.

        The whole block holds the write lock, so that two open tabs lose no answer.
        """
        with self._writing() as now:
            rows = list(self.db.query("SELECT data FROM visits WHERE key = ?", [key]))
            data: dict[str, Any] = json.loads(rows[0]["data"]) if rows else {}
            yield data
            self.db.execute(
                "INSERT INTO visits (key, data, seen) VALUES (?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE SET data = excluded.data, seen = excluded.seen",
                [key, canonical(data), now],
            )

    def erase_visit(self, key: str) -> None:
        with self._writing():
            self.db.execute("DELETE FROM visits WHERE key = ?", [key])
        self._forget_pages()

    # Saved checks

    def save(self, payload: dict[str, Any], rules_version: str) -> str:
        """Keeps a check and returns its reference, which is not kept."""
        reference = new_reference()
        key = reference_key(reference)
        with self._writing() as now:
            seq = self._record("saved", payload, rules_version)
            expires = now + SAVED_LASTS.total_seconds()
            self.db.execute("INSERT INTO saved VALUES (?, ?, ?, ?)", [key, seq, now, expires])
        return reference

    def save_again(self, key: str, payload: dict[str, Any], rules_version: str) -> bool:
        """Replaces what is kept under a reference. False when nothing is kept under it."""
        with self._writing() as now:
            rows = list(self.db.query("SELECT seq FROM saved WHERE reference = ?", [key]))
            if not rows:
                return False
            self.db.execute("DELETE FROM payloads WHERE seq = ?", [rows[0]["seq"]])
            seq = self._record("changed", payload, rules_version)
            self.db.execute(
                "UPDATE saved SET seq = ?, made = ?, expires = ? WHERE reference = ?",
                [seq, now, now + SAVED_LASTS.total_seconds(), key],
            )
        return True

    def saved(self, key: str) -> Saved | None:
        now = self._now().timestamp()
        rows = self.db.query(
            "SELECT body, rules_version, commitment, made, expires FROM saved"
            " JOIN payloads USING (seq) JOIN log USING (seq)"
            " WHERE reference = ? AND expires > ?",
            [key, now],
        )
        for row in rows:
            return Saved(
                key=key,
                payload=json.loads(row["body"]),
                rules_version=row["rules_version"],
                commitment=row["commitment"],
                made=datetime.fromtimestamp(row["made"], UTC),
                expires=datetime.fromtimestamp(row["expires"], UTC),
            )
        return None

    def erase_saved(self, key: str) -> bool:
        """Erases what is kept under a reference. False when nothing is."""
        with self._writing():
            erased = self._erase(key, "erased")
        self._forget_pages()
        return erased

    def _erase(self, key: str, kind: str) -> bool:
        rows = list(
            self.db.query(
                "SELECT seq, rules_version, commitment FROM saved JOIN log USING (seq)"
                " WHERE reference = ?",
                [key],
            )
        )
        for row in rows:
            self.db.execute("DELETE FROM saved WHERE reference = ?", [key])
            self.db.execute("DELETE FROM payloads WHERE seq = ?", [row["seq"]])
            # The same commitment again says which entry's payload has gone.
            self._append(kind, row["rules_version"], row["commitment"])
        return bool(rows)

    # The log

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

    # Tries to guess a reference

    def may_try(self, client: str) -> bool:
        since = self._now().timestamp() - TRIES_WITHIN.total_seconds()
        row = self.db.execute(
            "SELECT count(*) FROM tries WHERE client = ? AND at > ?", [client, since]
        ).fetchone()
        return bool(row[0] < TRIES_ALLOWED)

    def note_failed_try(self, client: str) -> None:
        with self._writing() as now:
            self.db.execute("INSERT INTO tries VALUES (?, ?)", [client, now])


def migrate(path: Path) -> None:
    """Brings the database to the newest layout; workers that start together take turns."""
    with open(path.with_suffix(".lock"), "w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        store = Store(path)
        try:
            store.db.enable_wal()
            (done,) = store.db.execute("PRAGMA user_version").fetchone()
            for number, script in enumerate(MIGRATIONS[done:], start=done + 1):
                store.db.conn.executescript(
                    f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={number}; COMMIT;"
                )
        finally:
            store.close()
    path.chmod(0o600)
