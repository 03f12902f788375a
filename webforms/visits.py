"""Who is asking: nobody knows. A random value in a cookie leads to the answers given so far.

The cookie holds that value and the token against forged forms, nothing else; the answers lie in
the database under the value's hash, so that neither the cookie nor the database alone tells
what one person answered.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request, session

from webforms.store import Store, sha256

LONDON = ZoneInfo("Europe/London")
COOKIE_KEY = "visit"
SIGN_IN_KEY = "signed_in"


def now() -> datetime:
    """The time of day in England."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment.astimezone(LONDON)


def today() -> date:
    return now().date()


def store() -> Store:
    """The database of this request, opened when it is first needed."""
    if "store" not in g:
        g.store = Store(current_app.config["DATABASE"], current_app.config["CLOCK"])
    opened: Store = g.store
    return opened


def _close_store(_: BaseException | None) -> None:
    if opened := g.pop("store", None):
        opened.close()


def _key() -> str | None:
    value = session.get(COOKIE_KEY)
    return sha256(value) if isinstance(value, str) else None


def read() -> dict[str, Any]:
    """What the visitor has answered so far; empty for a new one."""
    key = _key()
    return (key and store().visit(key)) or {}


@contextmanager
def changing() -> Iterator[dict[str, Any]]:
    """What the visitor has answered so far, to be changed in place."""
    key = _key() or begin()
    with store().changing_visit(key) as data:
        yield data


def begin() -> str:
    """A new visit with a new value in the cookie."""
    session[COOKIE_KEY] = secrets.token_urlsafe(32)
    return sha256(session[COOKIE_KEY])


def end() -> None:
    """Erases the answers, and the cookie but for who is signed in."""
    if key := _key():
        store().erase_visit(key)
    empty_cookie(but=SIGN_IN_KEY)


def empty_cookie(*, but: str) -> None:
    """Takes everything out of the cookie but what stands under one key."""
    kept = session.get(but)
    session.clear()
    if kept is not None:
        session[but] = kept


def client() -> str:
    """A name for where a request comes from, from which the address cannot be had back."""
    secret = str(current_app.secret_key).encode()
    address = (request.remote_addr or "").encode()
    return hmac.new(secret, b"client " + address, hashlib.sha256).hexdigest()


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close_store)
