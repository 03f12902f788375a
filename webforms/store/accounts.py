"""Accounts: who may sign in, by whose invitation, and who is signed in now.

A password is kept only as argon2 makes it, an invitation and a sign-in only as the hash of a
random value. What is counted against guessing is counted here, for every worker alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from webforms.store.ledger import Ledger

INVITATION_LASTS = timedelta(days=7)
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_AFTER = timedelta(minutes=1)
NAME_TRIES, CLIENT_TRIES = 5, 30
SIGN_IN_TRIES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in: one role, in one area."""

    id: int
    name: str
    role: str
    area: str
    agency: str
    made: datetime
    closed: datetime | None


@dataclass(frozen=True)
class Invitation:
    """What an invitation allows. An empty `area` is chosen by whoever takes it up."""

    key: str
    role: str
    area: str
    agency: str
    expires: datetime


class Accounts(Ledger):
    """Accounts, invitations and sign-ins."""

    def account(self, account_id: int) -> Account | None:
        rows = self.db.query("SELECT * FROM accounts WHERE id = ?", [account_id])
        return next(map(_account, rows), None)

    def accounts(self, area: str) -> tuple[Account, ...]:
        """Every account of an area, closed ones too, by name."""
        rows = self.db.query("SELECT * FROM accounts WHERE area = ? ORDER BY name", [area])
        return tuple(map(_account, rows))


def _account(row: Mapping[str, Any]) -> Account:
    closed = row["closed"]
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        area=row["area"],
        agency=row["agency"],
        made=datetime.fromtimestamp(row["made"], UTC),
        closed=datetime.fromtimestamp(closed, UTC) if closed else None,
    )
