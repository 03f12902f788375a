"""How often a client tried something lately. Counted for every worker alike, and forgotten again.

A *client* is a name for an address, from which the address cannot be had back. What is limited is
guessing (a reference, the code of a room) and doing without end (joining rooms, opening them).
"""

from __future__ import annotations

from datetime import timedelta

from webforms.store.ledger import Ledger

TRIES_WITHIN = timedelta(minutes=15)


class TooManyTries(Exception):
    """A client did something so often lately that it has to wait."""


class Tries(Ledger):
    """What clients tried."""

    def _sweep(self, now: float) -> None:
        super()._sweep(now)
        self.db.execute("DELETE FROM tries WHERE at <= ?", [now - TRIES_WITHIN.total_seconds()])

    def count_try(self, what: str, client: str, allowed: int) -> None:
        """Counts something that a client does. Raises `TooManyTries` when it was done too often."""
        with self._writing() as now:
            self._hold_to(what, client, allowed)
            self._note_try(what, client, now)

    # Within a transaction, so that nobody comes between the counting and what is counted

    def _hold_to(self, what: str, client: str, allowed: int) -> None:
        since = self._now().timestamp() - TRIES_WITHIN.total_seconds()
        (count,) = self.db.execute(
            "SELECT count(*) FROM tries WHERE client = ? AND at > ?", [f"{what} {client}", since]
        ).fetchone()
        if count >= allowed:
            raise TooManyTries(what)

    def _note_try(self, what: str, client: str, now: float) -> None:
        self.db.execute("INSERT INTO tries VALUES (?, ?)", [f"{what} {client}", now])
