"""What is kept of anonymous checks: visits for hours, saved checks for days.

A *visit* holds the answers of someone who is in the middle of a check; it is erased when they
clear it, or after four idle hours. A *saved* check lasts thirty days, behind a reference of which
only the hash is here.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from webforms.store.ledger import canonical, sha256
from webforms.store.tries import Tries

VISIT_LASTS = timedelta(hours=4)
SAVED_LASTS = timedelta(days=30)
# A visit that is only being read is marked as alive this often, not on every page.
TOUCH_AFTER = timedelta(minutes=10)
TRIES_ALLOWED = 20

# Crockford's alphabet: no I, L, O or U, which are misread or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
PREFIX = "WM"
SYMBOLS = 16  # of five bits each: 80 bits
GROUP = 4


@dataclass(frozen=True)
class Saved:
    """A saved check: what was saved, under which rules, and until when it is kept."""

    key: str
    payload: dict[str, Any]
    rules_version: str
    commitment: str
    made: datetime
    expires: datetime


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


class Checks(Tries):
    """Visits, saved checks, and tries to guess a reference."""

    def _sweep(self, now: float) -> None:
        super()._sweep(now)
        self.db.execute("DELETE FROM visits WHERE seen <= ?", [now - VISIT_LASTS.total_seconds()])
        for row in list(self.db.query("SELECT reference FROM saved WHERE expires <= ?", [now])):
            self._erase(row["reference"], "expired")

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

    def look_up(self, key: str | None, client: str) -> Saved | None:
        """The same for a client who may be guessing. `key` is None for what cannot be a reference.

        Raises `TooManyTries`.
        """
        with self._writing() as now:
            self._hold_to("reference", client, TRIES_ALLOWED)
            found = self.saved(key) if key else None
            if found is None:
                self._note_try("reference", client, now)
        return found

    def every_saved(self) -> tuple[str, ...]:
        """The keys of everything that is saved and not too old, the oldest first."""
        rows = self.db.execute(
            "SELECT reference FROM saved WHERE expires > ? ORDER BY seq",
            [self._now().timestamp()],
        )
        return tuple(row[0] for row in rows.fetchall())

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
