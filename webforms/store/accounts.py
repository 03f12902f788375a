"""Accounts: who may sign in, by whose invitation, and who is signed in now.

A password is kept only as argon2 makes it, an invitation and a sign-in only as the hash of a
random value. What is counted against guessing is counted here, for every worker alike.

What changes who may do what (an invitation, an account made or closed, a password changed) is
written to the log. Sign-ins are not: the log is kept for ever, and would become a record of when
people work.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from webforms.store.ledger import sha256
from webforms.store.shares import ADMINISTRATOR, Shares

INVITATION_LASTS = timedelta(days=7)
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_AFTER = timedelta(minutes=1)
NAME_TRIES, CLIENT_TRIES = 5, 30
SIGN_IN_TRIES_WITHIN = timedelta(minutes=15)

FIRST_ROLE = "chair"


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


@dataclass(frozen=True)
class SignIn:
    """One browser in which an account is signed in."""

    key: str
    begun: datetime
    seen: datetime


class NotTakenUp(Exception):
    """An invitation could not be taken up: it is void by now."""


class NameTaken(NotTakenUp):
    """An invitation could not be taken up: another account has the name."""


def name_key(name: str) -> str:
    """The form in which names are compared: capitals and doubled spaces make no other name."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Accounts(Shares):
    """Accounts, invitations and sign-ins."""

    def _sweep(self, now: float) -> None:
        super()._sweep(now)
        self.db.execute(
            "DELETE FROM sign_ins WHERE seen <= ? OR begun <= ?",
            [now - IDLE.total_seconds(), now - LONGEST.total_seconds()],
        )
        self.db.execute(
            "DELETE FROM sign_in_tries WHERE at <= ?", [now - SIGN_IN_TRIES_WITHIN.total_seconds()]
        )
        self.db.execute("DELETE FROM invitations WHERE expires <= ?", [now])

    # Accounts

    def account(self, account_id: int) -> Account | None:
        rows = self.db.query("SELECT * FROM accounts WHERE id = ?", [account_id])
        return next(map(_account, rows), None)

    def accounts(self, area: str) -> tuple[Account, ...]:
        """Every account of an area, closed ones too, by name."""
        rows = self.db.query("SELECT * FROM accounts WHERE area = ? ORDER BY name_key", [area])
        return tuple(map(_account, rows))

    def has_accounts(self) -> bool:
        return self.db.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is not None

    def name_taken(self, name: str) -> bool:
        rows = self.db.execute("SELECT 1 FROM accounts WHERE name_key = ?", [name_key(name)])
        return rows.fetchone() is not None

    def password_of(self, name: str) -> tuple[Account, str] | None:
        """The account that may sign in under a name, and its password as argon2 made it."""
        rows = self.db.query(
            "SELECT * FROM accounts WHERE name_key = ? AND closed IS NULL", [name_key(name)]
        )
        return next(((_account(row), row["password"]) for row in rows), None)

    def change_password(self, account_id: int, password_hash: str) -> None:
        """A new password, chosen by the person."""
        with self._writing() as now:
            self._set_password(account_id, password_hash)
            self._void_password_links(account_id)
            self._record("password changed", {"account": account_id, "at": now}, "")

    def rehash_password(self, account_id: int, password_hash: str) -> None:
        """The same password, hashed in a newer manner."""
        with self._writing():
            self._set_password(account_id, password_hash)

    def _set_password(self, account_id: int, password_hash: str) -> None:
        self.db.execute(
            "UPDATE accounts SET password = ? WHERE id = ?", [password_hash, account_id]
        )

    def _void_password_links(self, account_id: int) -> None:
        self.db.execute("DELETE FROM invitations WHERE account = ? AND used IS NULL", [account_id])

    def close_account(self, account_id: int, by: int | None = None) -> None:
        """Closes an account for good and ends its sign-ins. What it wrote stays, with its name.

        The links that it made are void: nobody comes in on the word of one who may not. The cases
        that nobody else could share go to the account `by`, whose word the closing is. Nothing is
        done where that account was closed meanwhile: two people cannot shut each other out.
        """
        with self._writing() as now:
            if by is not None and not self._is_open(by):
                return
            closed = self.db.execute(
                "UPDATE accounts SET closed = ? WHERE id = ? AND closed IS NULL", [now, account_id]
            )
            self.db.execute("DELETE FROM sign_ins WHERE account = ?", [account_id])
            self._void_password_links(account_id)
            self.db.execute(
                "DELETE FROM invitations WHERE made_by = ? AND used IS NULL", [account_id]
            )
            if closed.rowcount:
                payload = {"account": account_id, "by": by, "at": now}
                self._record("account closed", payload, "")
                if by is not None:
                    self._hand_on(account_id, by, now)

    def _is_open(self, account_id: int) -> bool:
        account = self.account(account_id)
        return account is not None and account.closed is None

    # Invitations

    def invite(self, role: str, area: str, agency: str = "", by: int | None = None) -> str:
        """A one-time random value that lets somebody make an account; only its hash is kept.

        `by` is the account that invites; None for the command line.
        """
        with self._writing() as now:
            return self._invite(role, area, agency, by, now)

    def first_invitation(self) -> str | None:
        """The invitation for the first chair of all; None once there is any account.

        A new one voids those made before it.
        """
        with self._writing() as now:
            if self.has_accounts():
                return None
            self.db.execute("DELETE FROM invitations WHERE area = '' AND used IS NULL")
            return self._invite(FIRST_ROLE, "", "", None, now)

    def _invite(self, role: str, area: str, agency: str, by: int | None, now: float) -> str:
        value = secrets.token_urlsafe(32)
        self.db.execute(
            "INSERT INTO invitations (key, role, area, agency, made, expires, made_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [sha256(value), role, area, agency, now, now + INVITATION_LASTS.total_seconds(), by],
        )
        self._record(
            "invited", {"role": role, "area": area, "agency": agency, "by": by, "at": now}, ""
        )
        return value

    def invitation(self, key: str) -> Invitation | None:
        """An invitation that can still be taken up, by the hash of its value.

        One without an area is for the first account of all, and void once there is one: it was
        printed where others may read it later.
        """
        rows = self.db.query(
            "SELECT * FROM invitations WHERE key = ? AND account IS NULL AND used IS NULL"
            " AND expires > ? AND (area != '' OR NOT EXISTS (SELECT 1 FROM accounts))",
            [key, self._now().timestamp()],
        )
        return next(map(_invitation, rows), None)

    def invitations(self, area: str) -> tuple[Invitation, ...]:
        """The invitations to an area that nobody has taken up yet, the newest first."""
        rows = self.db.query(
            "SELECT * FROM invitations WHERE area = ? AND account IS NULL AND used IS NULL"
            " AND expires > ? ORDER BY made DESC, key",
            [area, self._now().timestamp()],
        )
        return tuple(map(_invitation, rows))

    def withdraw_invitation(self, key: str, by: int | None = None) -> None:
        """Voids a link that nobody has used: to an account, or to a new password."""
        with self._writing() as now:
            gone = self.db.execute(
                "DELETE FROM invitations WHERE key = ? AND used IS NULL", [key]
            ).rowcount
            if gone:
                self._record("link withdrawn", {"by": by, "at": now}, "")

    def accept(self, key: str, name: str, password_hash: str, area: str = "") -> Account:
        """Makes the account that an invitation allows. It can be taken up once.

        A partnership administrator is given the cases of the area that are there, on the word of
        whoever sent the invitation.

        Raises `NotTakenUp` when it was used or expired meanwhile, `NameTaken` when the name is
        another's; nothing is changed then.
        """
        with self._writing() as now:
            invitation = self.invitation(key)
            where = invitation and (invitation.area or area)
            if invitation is None or not where:
                raise NotTakenUp(key)
            if self.name_taken(name):
                raise NameTaken(name)
            (invited_by,) = self.db.execute(
                "UPDATE invitations SET used = ? WHERE key = ? RETURNING made_by", [now, key]
            ).fetchone()
            (account_id,) = self.db.execute(
                "INSERT INTO accounts (name, name_key, role, area, agency, password, made)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                [
                    name,
                    name_key(name),
                    invitation.role,
                    where,
                    invitation.agency,
                    password_hash,
                    now,
                ],
            ).fetchone()
            # Without the name: what the log holds cannot be corrected later.
            made = {
                "account": account_id,
                "role": invitation.role,
                "area": where,
                "agency": invitation.agency,
                "at": now,
            }
            self._record("account made", made, "")
            if invitation.role == ADMINISTRATOR:
                self._share_area(where, account_id, invited_by, now)
        found = self.account(account_id)
        assert found is not None
        return found

    # Sign-ins

    def begin_sign_in(self, account_id: int, key: str) -> None:
        """Somebody has signed in; `key` is the hash of the value in their cookie."""
        with self._writing() as now:
            self.db.execute("INSERT INTO sign_ins VALUES (?, ?, ?, ?)", [key, account_id, now, now])

    def signed_in(self, key: str) -> Account | None:
        """Whoever is signed in under a key: not for ever, and not after idle hours."""
        now = self._now().timestamp()
        rows = self.db.query(
            "SELECT accounts.*, seen FROM sign_ins JOIN accounts ON accounts.id = account"
            " WHERE key = ? AND seen > ? AND begun > ? AND closed IS NULL",
            [key, now - IDLE.total_seconds(), now - LONGEST.total_seconds()],
        )
        for row in list(rows):
            if now - row["seen"] >= SEEN_AFTER.total_seconds():
                with self._writing():
                    self.db.execute("UPDATE sign_ins SET seen = ? WHERE key = ?", [now, key])
            return _account(row)
        return None

    def sign_ins(self, account_id: int) -> tuple[SignIn, ...]:
        """Where an account is signed in now, the last used first."""
        now = self._now().timestamp()
        rows = self.db.query(
            "SELECT key, begun, seen FROM sign_ins WHERE account = ? AND seen > ? AND begun > ?"
            " ORDER BY seen DESC, begun DESC, key",
            [account_id, now - IDLE.total_seconds(), now - LONGEST.total_seconds()],
        )
        return tuple(SignIn(row["key"], _time(row["begun"]), _time(row["seen"])) for row in rows)

    def end_sign_in(self, key: str) -> None:
        with self._writing():
            self.db.execute("DELETE FROM sign_ins WHERE key = ?", [key])

    def end_all_sign_ins(self, account_id: int, but: str = "") -> None:
        """Ends every sign-in of an account, except the one under the key `but`."""
        with self._writing():
            self.db.execute(
                "DELETE FROM sign_ins WHERE account = ? AND key != ?", [account_id, but]
            )

    # Tries to guess a password

    def may_sign_in(self, name: str, client: str) -> bool:
        """Counts a try under a name, from a client; False when there were too many.

        The try is counted before the password is looked at, so that many sent at once count too.
        A name is kept only as a hash: people type their password there by mistake.
        """
        key = sha256(name_key(name))
        with self._writing() as now:
            since = now - SIGN_IN_TRIES_WITHIN.total_seconds()
            by_name, by_client = self.db.execute(
                "SELECT (SELECT count(*) FROM sign_in_tries WHERE name = ? AND at > ?),"
                " (SELECT count(*) FROM sign_in_tries WHERE client = ? AND at > ?)",
                [key, since, client, since],
            ).fetchone()
            if by_name >= NAME_TRIES or by_client >= CLIENT_TRIES:
                return False
            self.db.execute("INSERT INTO sign_in_tries VALUES (?, ?, ?)", [key, client, now])
        return True

    def forget_tries(self, name: str) -> None:
        """After the right password: the tries under the name no longer count."""
        with self._writing():
            self.db.execute("DELETE FROM sign_in_tries WHERE name = ?", [sha256(name_key(name))])


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _account(row: Mapping[str, Any]) -> Account:
    closed = row["closed"]
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        area=row["area"],
        agency=row["agency"],
        made=_time(row["made"]),
        closed=_time(closed) if closed else None,
    )


def _invitation(row: Mapping[str, Any]) -> Invitation:
    return Invitation(
        key=row["key"],
        role=row["role"],
        area=row["area"],
        agency=row["agency"],
        expires=_time(row["expires"]),
    )
