"""Who may open which page. Every page says so itself, in one line above its view.

A page without a rule stops the application from starting: nobody can forget one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.store import Account, sha256

View = TypeVar("View", bound=Callable[..., Any])

COOKIE_KEY = "signed_in"


class Role(StrEnum):
    """What somebody is to a case. An account has one."""

    REFERRER = "referrer"
    PANEL_MEMBER = "panel member"
    CHAIR = "chair"
    ADMINISTRATOR = "partnership administrator"
    AUDITOR = "auditor"


ANY_ROLE = frozenset(Role)


@dataclass(frozen=True)
class Rule:
    """Who may open a page: everyone, or whoever is signed in with one of `roles`."""

    roles: frozenset[Role] | None

    def __str__(self) -> str:
        if self.roles is None:
            return "everyone"
        if self.roles == ANY_ROLE:
            return "whoever is signed in"
        return ", ".join(role for role in Role if role in self.roles)


EVERYONE = Rule(None)


def open_to_everyone(view: View) -> View:
    """Marks a page that needs no account."""
    view.access = EVERYONE  # type: ignore[attr-defined]
    return view


def only(*roles: Role) -> Callable[[View], View]:
    """Marks a page for those who are signed in with one of the roles; without any, for all."""

    def mark(view: View) -> View:
        view.access = Rule(frozenset(roles) or ANY_ROLE)  # type: ignore[attr-defined]
        return view

    return mark


def rules(app: Flask) -> dict[str, Rule]:
    """The rule of every page, by endpoint. Raises `LookupError` for a page without one."""
    found: dict[str, Rule] = {}
    for endpoint, view in app.view_functions.items():
        rule = EVERYONE if endpoint == "static" else getattr(view, "access", None)
        if rule is None:
            raise LookupError(f"the page {endpoint} does not say who may open it: see {__name__}")
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


def _ask_first() -> ResponseReturnValue | None:
    """Keeps out whoever may not open the page: to the sign-in page, or no further."""
    rule: Rule | None = current_app.extensions["access"].get(request.endpoint)
    if rule is None or rule.roles is None:
        return None
    found = account()
    if found is None:
        onward = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", onward=onward))
    if found.role not in rule.roles:
        abort(401)
    return None


def init_app(app: Flask) -> None:
    """To be called after every page has been registered."""
    app.extensions["access"] = rules(app)
    app.before_request(_ask_first)

    @app.context_processor
    def who() -> dict[str, Any]:
        return {"account": account(), "Role": Role}
