"""Beginning and ending a sign-in in this browser."""

from __future__ import annotations

import secrets

from flask import g, session, url_for

from webforms import access, visits
from webforms.store import Account, sha256


def begin(account: Account) -> None:
    """Signs an account in, under a new value that no page before had.

    Nothing else stays in the cookie but the way to a check in progress, which a referrer may
    want to bring into a case.
    """
    end()
    value = secrets.token_urlsafe(32)
    session[access.COOKIE_KEY] = value
    visits.store().begin_sign_in(account.id, sha256(value))


def end() -> None:
    """Signs out whoever is signed in here. A check in progress stays."""
    if key := current_key():
        visits.store().end_sign_in(key)
    visits.empty_cookie(but=visits.COOKIE_KEY)
    g.pop("account", None)


def current_key() -> str | None:
    """The key of the sign-in that this browser has."""
    value = session.get(access.COOKIE_KEY)
    return sha256(value) if isinstance(value, str) else None


def first_page() -> str:
    """Where people go who asked for no page in particular."""
    return url_for("chair.cases")
