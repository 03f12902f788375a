"""Who may open which page, and who may send something to it. Every page says so itself, in one
line above its view.

A page without a rule stops the application from starting: nobody can forget one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

from webforms import visits
from webforms.store import Account, sha256

View = TypeVar("View", bound=Callable[..., Any])

COOKIE_KEY = visits.SIGN_IN_KEY
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Role(StrEnum):
    """What somebody is to a case. An account has one."""

    REFERRER = "referrer"
    PANEL_MEMBER = "panel member"
    CHAIR = "chair"
    ADMINISTRATOR = "partnership administrator"
    AUDITOR = "auditor"


ANY_ROLE = frozenset(Role)


class MayOnlyRead(Forbidden):
    """Somebody sent something to a page that they may only read."""


class CasesSwitchedOff(NotFound):
    """A page that needs an account, or leads to one, was asked for where none is served."""


@dataclass(frozen=True)
class Rule:
    """Who may open a page: everyone, or whoever is signed in with one of `roles`.

    `writers` are those of them whose changes it takes. `own` marks a page on which people look
    after their own account and nothing else: there an auditor, too, may change something.
    """

    roles: frozenset[Role] | None
    writers: frozenset[Role] = frozenset()
    own: bool = False

    @property
    def readers_named(self) -> str:
        return "everyone" if self.roles is None else _named(self.roles)

    @property
    def writers_named(self) -> str:
        return "everyone" if self.roles is None else _named(self.writers)

    def __str__(self) -> str:
        return self.readers_named


def _named(roles: frozenset[Role]) -> str:
    if roles == ANY_ROLE:
        return "whoever is signed in"
    return ", ".join(role for role in Role if role in roles) or "nobody"


EVERYONE = Rule(None)


def open_to_everyone(view: View) -> View:
    """Marks a page that needs no account."""
    view.access = EVERYONE  # type: ignore[attr-defined]
    return view


def only(*roles: Role, writes: Iterable[Role] | None = None) -> Callable[[View], View]:
    """Marks a page for those who are signed in with one of the roles; without any, for all.

    `writes` names those of them whose changes it takes: all but the auditor, unless it says less.
    """
    readers = frozenset(roles) or ANY_ROLE
    writers = readers - {Role.AUDITOR} if writes is None else frozenset(writes)

    def mark(view: View) -> View:
        view.access = Rule(readers, writers)  # type: ignore[attr-defined]
        return view

    return mark


def own_account(view: View) -> View:
    """Marks a page on which anybody who is signed in looks after their own account."""
    view.access = Rule(ANY_ROLE, ANY_ROLE, own=True)  # type: ignore[attr-defined]
    return view


def rules(app: Flask) -> dict[str, Rule]:
    """The rule of every page, by endpoint.

    Raises `LookupError` for a page without one, and `ValueError` for one that would let somebody
    write who may not read, or an auditor change a case.
    """
    found: dict[str, Rule] = {}
    for endpoint, view in app.view_functions.items():
        rule = EVERYONE if endpoint == "static" else getattr(view, "access", None)
        if rule is None:
            raise LookupError(f"the page {endpoint} does not say who may open it: see {__name__}")
        if Role.AUDITOR in rule.writers and not rule.own:
            raise ValueError(f"the page {endpoint} lets an auditor change something")
        if rule.roles is not None and not rule.writers <= rule.roles:
            raise ValueError(f"the page {endpoint} lets somebody write who may not read it")
        found[endpoint] = rule
    return found


def account() -> Account | None:
    """Whoever is signed in with this request, or None."""
    if "account" not in g:
        value = session.get(COOKIE_KEY)
        g.account = visits.store().signed_in(sha256(value)) if isinstance(value, str) else None
    found: Account | None = g.account
    return found


def signed_in() -> Account:
    """Whoever is signed in, on a page that only they can have opened."""
    found = account()
    assert found is not None, "a page for those who are signed in was opened by somebody else"
    return found


def may_write() -> bool:
    """Whether this page takes changes from whoever asks for it; templates show buttons by it."""
    rule: Rule | None = current_app.extensions["access"].get(request.endpoint)
    if rule is None or rule.roles is None:
        return True
    found = account()
    return found is not None and found.role in rule.writers


def local_path(asked: str | None) -> str | None:
    """The path to go to after signing in, or None where it could lead to another site.

    Browsers take a backslash for a slash and leave out tabs and line ends, so an address with
    any of these is no path.
    """
    if not asked or not asked.startswith("/") or asked.startswith("//"):
        return None
    if any(letter == "\\" or letter <= " " or letter == "\x7f" for letter in asked):
        return None
    try:
        parts = urlsplit(asked)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else asked


def _asked_for() -> str | None:
    """The page to come back to: the one asked for, or the one whose form was sent."""
    rule = request.url_rule
    there = rule is not None and "GET" in (rule.methods or ())
    return request.full_path.rstrip("?") if there else None


def _ask_first() -> ResponseReturnValue | None:
    """Keeps out whoever may not open the page: to the sign-in page, or no further."""
    rule: Rule | None = current_app.extensions["access"].get(request.endpoint)
    if rule is None:
        return None
    if current_app.config["WITHOUT_CASES"] and not (
        rule.roles is None and request.blueprint != "accounts"
    ):
        raise CasesSwitchedOff
    if rule.roles is None:
        return None
    found = account()
    if found is None:
        return redirect(url_for("accounts.sign_in", onward=_asked_for()))
    if found.role not in rule.roles:
        raise Forbidden
    if request.method not in READING and found.role not in rule.writers:
        raise MayOnlyRead
    return None


def init_app(app: Flask) -> None:
    """To be called after every page has been registered."""
    app.extensions["access"] = rules(app)
    app.before_request(_ask_first)

    @app.context_processor
    def who() -> dict[str, Any]:
        return {"account": account(), "may_write": may_write(), "Role": Role}
