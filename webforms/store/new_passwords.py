"""A new password for somebody who forgot theirs: a one-time link, made by whoever knows them.

It is kept among the invitations, because it is the same thing: a random value of which only the
hash is here. But neither can be used as the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from webforms.store.accounts import Account, Accounts, NotTakenUp, name_key
from webforms.store.ledger import sha256

PASSWORD_LINK_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class PasswordLink:
    """A link that can still be used: for whose password, and until when."""

    key: str
    account: Account
    expires: datetime


class NewPasswords(Accounts):
    """Links to a new password."""

    def offer_new_password(self, account_id: int, by: int | None = None) -> str | None:
        """The value of a new link for an open account; None when there is no such account.

        It voids the one before it. The old password and the sign-ins stay until the link is used.
        """
        with self._writing() as now:
            account = self.account(account_id)
            if account is None or account.closed:
                return None
            self._void_password_links(account_id)
            value = secrets.token_urlsafe(32)
            self.db.execute(
                "INSERT INTO invitations (key, role, area, agency, made, expires, made_by, account)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    sha256(value),
                    account.role,
                    account.area,
                    account.agency,
                    now,
                    now + PASSWORD_LINK_LASTS.total_seconds(),
                    by,
                    account_id,
                ],
            )
            self._record("password link made", {"account": account_id, "by": by, "at": now}, "")
        return value

    def account_named(self, name: str) -> Account | None:
        """The open account of a name."""
        found = self.password_of(name)
        return found[0] if found else None

    def password_link(self, key: str) -> PasswordLink | None:
        """A link that can still be used, by the hash of its value."""
        return next(iter(self._password_links("key = ?", key)), None)

    def password_links(self, area: str) -> tuple[PasswordLink, ...]:
        """The links of an area that nobody has used yet, the newest first."""
        return self._password_links("area = ?", area)

    def _password_links(self, which: str, value: str) -> tuple[PasswordLink, ...]:
        rows = list(
            self.db.query(
                f"SELECT key, account, expires FROM invitations WHERE {which}"
                " AND account IS NOT NULL AND used IS NULL AND expires > ? ORDER BY made DESC, key",
                [value, self._now().timestamp()],
            )
        )
        return tuple(each for row in rows if (each := self._password_link(row)))

    def _password_link(self, row: Mapping[str, Any]) -> PasswordLink | None:
        account = self.account(row["account"])
        if account is None or account.closed:
            return None
        return PasswordLink(row["key"], account, datetime.fromtimestamp(row["expires"], UTC))

    def set_new_password(self, key: str, password_hash: str) -> Account:
        """Sets the password by a link, once. Ends every sign-in, and a lockout of the name.

        Raises `NotTakenUp` when the link was used, withdrawn or too old meanwhile.
        """
        with self._writing() as now:
            link = self.password_link(key)
            if link is None:
                raise NotTakenUp(key)
            account = link.account
            self.db.execute("UPDATE invitations SET used = ? WHERE key = ?", [now, key])
            self._set_password(account.id, password_hash)
            self.db.execute("DELETE FROM sign_ins WHERE account = ?", [account.id])
            self.db.execute(
                "DELETE FROM sign_in_tries WHERE name = ?", [sha256(name_key(account.name))]
            )
            self._record("password set by link", {"account": account.id, "at": now}, "")
        return account
