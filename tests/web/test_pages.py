"""What holds for every page: headers, error pages, cookies."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from flask import Flask

from webforms import create_app
from webforms.config import SECRET_FILE, settings

from .pages import Page, Pages, words
from .walks import BABY_DATES


def test_a_sign_of_life(client_request: Pages) -> None:
    response = client_request.client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "address", ["/", "/about", "/return", "/check/start", "/check/cleared", "/check/deleted"]
)
def test_pages_that_anyone_may_see(client_request: Pages, address: str) -> None:
    client_request.get(address)


class TestErrorPages:
    def test_no_such_page(self, client_request: Pages) -> None:
        assert client_request.get("/nowhere", 404).heading == "Page not found"

    def test_the_wrong_method(self, client_request: Pages) -> None:
        page = client_request.get("/check/clear", 405)
        assert page.heading == "This page cannot be used in that way"
        assert page.response.headers["Allow"]

    @pytest.mark.parametrize("token", ["", "forged"])
    def test_a_form_from_elsewhere(self, client_request: Pages, token: str) -> None:
        address = client_request.begin(BABY_DATES)
        response = client_request.client.post(address, data={"answer": "no", "csrf_token": token})
        assert response.status_code == 403
        assert Page(response).heading == "This page was open for too long, or in another window"
        assert client_request.redirect("/check/result") == address

    def test_a_form_that_is_too_long(self, client_request: Pages) -> None:
        response = client_request.client.post("/check/start", data={"stage": "x" * 70_000})
        assert response.status_code == 413
        assert Page(response).heading == "What was sent is too long"

    def test_bytes_that_are_no_form(self, client_request: Pages) -> None:
        response = client_request.client.post(
            "/check/start",
            data=b"\xff\x00\xfe%zz=&&;",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 403
        Page(response)

    def test_a_fault_of_ours_says_what_to_do_now(
        self, client_request: Pages, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client_request.begin(BABY_DATES)
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

        def broken(*_: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr("webforms.referrer.show.progress", broken)
        response = client_request.client.get("/check/question/danger_now")
        assert response.status_code == 500
        page = Page(response)
        assert "call 999" in words(page.one("main"))
        assert "broken" not in page.text

    def test_a_host_that_is_not_ours(self, tmp_path: Path) -> None:
        app = create_app({"DATA_FOLDER": tmp_path, "TRUSTED_HOSTS": ["waymark.example"]})
        client = app.test_client()
        assert client.get("/", base_url="http://waymark.example").status_code == 200
        response = client.get("/", base_url="http://elsewhere.example")
        assert (response.status_code, response.mimetype) == (400, "text/plain")


class TestSettings:
    def test_cases_are_switched_off_only_where_the_environment_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WAYMARK_WITHOUT_CASES", raising=False)
        assert settings(tmp_path)["WITHOUT_CASES"] is False
        monkeypatch.setenv("WAYMARK_WITHOUT_CASES", "yes")
        assert settings(tmp_path)["WITHOUT_CASES"] is True


class TestCookie:
    def test_it_is_kept_from_scripts_and_other_sites(self, client_request: Pages) -> None:
        cookie = client_request.client.get("/check/start").headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie

    def test_it_is_secure_over_https(self, client_request: Pages) -> None:
        response = client_request.client.get("/check/start", base_url="https://localhost")
        assert "Secure" in response.headers["Set-Cookie"]

    def test_it_holds_no_answer(self, client_request: Pages, app: Flask) -> None:
        address = client_request.begin(BABY_DATES)
        client_request.post(address, answer="yes")
        with client_request.client.session_transaction() as session:
            assert set(session) == {"csrf_token", "visit"}

    def test_the_database_does_not_hold_its_value(self, client_request: Pages, app: Flask) -> None:
        client_request.begin(BABY_DATES)
        with client_request.client.session_transaction() as session:
            value = session["visit"].encode()
        folder = Path(app.config["DATA_FOLDER"])
        assert not any(value in path.read_bytes() for path in folder.iterdir())

    def test_the_secret_is_made_once_and_for_its_owner_alone(self, tmp_path: Path) -> None:
        first = create_app({"DATA_FOLDER": tmp_path}).secret_key
        assert create_app({"DATA_FOLDER": tmp_path}).secret_key == first
        path = tmp_path / SECRET_FILE
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [each.name for each in tmp_path.glob(f"{SECRET_FILE}*")] == [SECRET_FILE]


def test_static_files_may_be_cached_because_their_address_changes(client_request: Pages) -> None:
    page = client_request.get("/")
    for link in page.all("link"):
        address = link.get("href") or ""
        assert re.search(r"\?v=[0-9a-f]{12}$", address)
        with client_request.client.get(address) as response:
            assert response.status_code == 200
            assert "max-age" in response.headers["Cache-Control"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_nonce_is_new_each_time(client_request: Pages) -> None:
    nonces = {client_request.get("/").all("script")[0].get("nonce") for _ in range(5)}
    assert len(nonces) == 5


def test_nothing_of_gov_uk_is_used(client_request: Pages) -> None:
    page = client_request.get("/")
    for mark in ("GOV.UK", "crown", "GDS Transport", "govuk-logo"):
        assert mark.lower() not in page.text.lower()


def test_only_a_source_may_say_must(app: Flask) -> None:
    """Our own words never oblige the reader: what is a duty, the rules say, with its paragraph."""
    templates = Path(app.root_path).rglob("*.html")
    assert not [each.name for each in templates if "you must" in each.read_text().lower()]
