"""Who may open which page: the list of all pages, and that each keeps its rule."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.routing.converters import AnyConverter, BaseConverter, NumberConverter

from webforms import access
from webforms.access import ANY_ROLE, READING, Role, Rule, only, open_to_everyone, own_account

from .access_list import access_list, methods, pages
from .conftest import SignedInAs
from .pages import Page, Pages, words

LIST = Path(__file__).with_name("pages-and-access.txt")

# The pages that anyone may open, by the beginning of their names. Everything else needs a sign-in.
OPEN_DOORS = ("home.", "referrer.", "rulebook.", "static", "trainer.")
OPEN_BESIDE = {
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.signed_out",
    "accounts.take_up",
    "accounts.set_password",
}


def closed_pages(app: Flask) -> list[tuple[Route, Rule]]:
    return [(route, rule) for route, rule in pages(app) if rule.roles is not None]


def address(app: Flask, route: Route) -> str:
    """An address of a page. Whether anything is there does not matter: access comes first."""
    values = {name: _something(route._converters[name]) for name in route.arguments}
    with app.test_request_context():
        built = route.build(values)
    assert built
    return built[1]


def _something(part: BaseConverter) -> str | int:
    """Something that fits a part of an address."""
    if isinstance(part, AnyConverter):
        return min(part.items)
    return 1 if isinstance(part, NumberConverter) else "something"


def token(visitor: Pages) -> str:
    """A token that every form of the visitor may carry."""
    return visitor.get("/return").token


def test_every_page_is_listed_with_who_may_open_it(app: Flask) -> None:
    assert access_list(app) == LIST.read_text(encoding="utf-8"), (
        "a page is new, gone, or open to others than the list says. Look at the difference; if it "
        "is meant, run: .venv/bin/python -m tests.web.access_list > tests/web/pages-and-access.txt"
    )


def test_the_open_doors_need_no_account_and_nothing_else_is_open(app: Flask) -> None:
    for route, rule in pages(app):
        is_open = route.endpoint.startswith(OPEN_DOORS) or route.endpoint in OPEN_BESIDE
        assert (rule.roles is None) == is_open, route.endpoint


def test_a_visitor_without_an_account_is_sent_to_sign_in(app: Flask, client_request: Pages) -> None:
    form = token(client_request)
    checked = 0
    for route, _ in closed_pages(app):
        where = address(app, route)
        for method in methods(route):
            response = client_request.client.open(where, method=method, data={"csrf_token": form})
            assert response.status_code == 302, f"{method} {where}"
            to = urlsplit(response.headers["Location"])
            assert to.path == "/sign-in", f"{method} {where}"
            # After signing in they come back to a page that they can see.
            onward = parse_qs(to.query).get("onward")
            assert onward == ([where] if "GET" in methods(route) else None)
            checked += 1
    assert checked > 5


@pytest.mark.parametrize("role", Role)
def test_every_page_refuses_the_roles_that_it_does_not_name(
    app: Flask, signed_in_as: SignedInAs, role: Role
) -> None:
    visitor = signed_in_as(role)
    form = token(visitor)
    for route, rule in closed_pages(app):
        where = address(app, route)
        assert rule.roles is not None
        for method in methods(route):
            if role not in rule.roles:
                heading = "You may not open this page"
            elif method not in READING and role not in rule.writers:
                heading = "You may read this, but not change it"
            else:
                continue
            response = visitor.client.open(where, method=method, data={"csrf_token": form})
            assert response.status_code == 403, f"{role}: {method} {where}"
            assert Page(response).heading == heading


def test_somebody_is_refused_somewhere(app: Flask) -> None:
    """Else the test above would have looked at nothing."""
    assert any(rule.roles != ANY_ROLE for _, rule in closed_pages(app))
    assert any(
        rule.writers != rule.roles and set(methods(route)) - READING
        for route, rule in closed_pages(app)
    )


def test_an_auditor_changes_nothing_but_their_own_account(app: Flask) -> None:
    changing = {
        route.endpoint
        for route, rule in closed_pages(app)
        if Role.AUDITOR in rule.writers and set(methods(route)) - READING
    }
    assert changing == {"accounts.change_password", "accounts.end_sign_in"}


class TestATrainingRoomOpenToItsNetwork:
    """Where cases are switched off, since everybody in the network may come in."""

    @pytest.fixture(autouse=True)
    def without_cases(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.config, "WITHOUT_CASES", True)

    def test_nothing_that_needs_an_account_is_served_not_even_the_way_to_one(
        self, app: Flask, signed_in_as: SignedInAs
    ) -> None:
        chair = signed_in_as("chair")
        form = token(chair)
        beside = [(route, rule) for route, rule in pages(app) if route.endpoint in OPEN_BESIDE]
        assert len(beside) >= len(OPEN_BESIDE)
        for route, _ in (*closed_pages(app), *beside):
            where = address(app, route)
            for method in methods(route):
                response = chair.client.open(where, method=method, data={"csrf_token": form})
                assert response.status_code == 404, f"{method} {where}"
                assert b"Cases are switched off here" in response.data

    def test_the_open_doors_stay_open_and_lead_to_no_closed_one(
        self, client_request: Pages
    ) -> None:
        start = client_request.get("/")
        assert "enter no real case" in words(start.one("main"))
        links = {each.get("href") for each in start.all("a")}
        assert not links & {"/cases", "/sign-in"}
        for where in ("/check/start", "/training", "/join", "/rules", "/healthz"):
            assert client_request.client.get(where).status_code == 200, where


class TestStartingUp:
    """A page that breaks the rules of access keeps the application from starting."""

    def made(self, mark: object) -> Flask:
        app = Flask("little")

        def page() -> str:
            return ""

        app.add_url_rule("/page", "page", mark(page) if callable(mark) else page)
        return app

    def test_a_page_that_says_nothing(self) -> None:
        with pytest.raises(LookupError, match="page does not say who may open it"):
            access.rules(self.made(None))

    def test_a_page_on_which_an_auditor_could_write(self) -> None:
        with pytest.raises(ValueError, match="lets an auditor change something"):
            access.rules(self.made(only(Role.AUDITOR, writes=[Role.AUDITOR])))

    def test_a_page_on_which_somebody_could_write_who_may_not_read(self) -> None:
        with pytest.raises(ValueError, match="who may not read it"):
            access.rules(self.made(only(Role.AUDITOR, writes=[Role.CHAIR])))

    @pytest.mark.parametrize(
        ("mark", "reads", "writes"),
        [
            (open_to_everyone, "everyone", "everyone"),
            (own_account, "whoever is signed in", "whoever is signed in"),
            (
                only(),
                "whoever is signed in",
                "referrer, panel member, chair, partnership administrator",
            ),
            (only(Role.AUDITOR, Role.CHAIR), "chair, auditor", "chair"),
            (only(Role.CHAIR, Role.REFERRER, writes=()), "referrer, chair", "nobody"),
        ],
    )
    def test_what_the_marks_mean(self, mark: object, reads: str, writes: str) -> None:
        rule = access.rules(self.made(mark))["page"]
        assert (str(rule), rule.writers_named) == (reads, writes)


class TestGoingOn:
    @pytest.mark.parametrize("path", ["/", "/cases", "/cases/DAR-26-0001?part=meeting", "/a//b"])
    def test_a_path_of_ours_is_gone_to(self, path: str) -> None:
        assert access.local_path(path) == path

    @pytest.mark.parametrize(
        "elsewhere",
        [
            None,
            "",
            "cases",
            "//elsewhere.example",
            "///elsewhere.example",
            "/\\elsewhere.example",
            "\\\\elsewhere.example",
            "/\t/elsewhere.example",
            "/\n/elsewhere.example",
            " //elsewhere.example",
            "https://elsewhere.example",
            "https:elsewhere.example",
            "javascript:alert(1)",
            "/a\x7f",
        ],
    )
    def test_an_address_that_could_lead_elsewhere_is_not(self, elsewhere: str | None) -> None:
        assert access.local_path(elsewhere) is None
