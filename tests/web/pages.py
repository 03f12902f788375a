"""Asking for pages in tests: every response is parsed strictly and held to the page rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webforms.store import Account

Values = Mapping[str, str]


class Page:
    """A page that keeps the rules."""

    def __init__(self, response: TestResponse, *, with_errors: bool = False) -> None:
        self.response = response
        self.text = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.text)
        self.with_errors = with_errors
        self._hold_to_the_rules()

    def all(self, tag: str, css: str = "") -> list[Element]:
        """The elements of a tag, of a class where one is given."""
        return [
            each
            for each in self.root.iter(tag)
            if not css or css in (each.get("class") or "").split()
        ]

    def one(self, tag: str, css: str = "") -> Element:
        found = self.all(tag, css)
        assert len(found) == 1, f"{len(found)} elements {tag}.{css}"
        return found[0]

    @property
    def heading(self) -> str:
        return words(self.one("h1"))

    @property
    def errors(self) -> list[str]:
        return [words(each) for each in self._error_links()]

    @property
    def token(self) -> str:
        tokens = [each for each in self.all("input") if each.get("name") == "csrf_token"]
        assert tokens, "the page has no form"
        return tokens[0].get("value") or ""

    @property
    def rows(self) -> dict[str, str]:
        """The rows of the summary lists: key to value."""
        keys = self.all("dt", "govuk-summary-list__key")
        values = self.all("dd", "govuk-summary-list__value")
        return dict(zip(map(words, keys), map(words, values), strict=True))

    def link(self, text: str) -> str:
        found = [each.get("href") or "" for each in self.all("a") if words(each) == text]
        assert found, f"no link {text!r}"
        return found[0]

    def _error_links(self) -> list[Element]:
        summaries = self.all("div", "govuk-error-summary")
        return [link for summary in summaries for link in summary.iter("a")]

    def _hold_to_the_rules(self) -> None:
        self._has_headers()
        title = words(self.one("title"))
        start = f"Error: {self.heading}" if self.with_errors else self.heading
        assert title.startswith(start), f"the title {title!r} does not begin with {start!r}"
        assert title.endswith(" – Waymark")
        assert bool(self._error_links()) == self.with_errors, "errors, or none"
        self._has_sound_ids()
        self._has_sound_forms()
        self._keeps_the_policy()

    def _has_headers(self) -> None:
        headers = self.response.headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"

    def _has_sound_ids(self) -> None:
        ids = [value for each in self.root.iter() if (value := each.get("id")) is not None]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        assert not twice, f"ids used twice: {twice}"
        fields = ("input", "select", "textarea")
        inputs = {each.get("id") for tag in fields for each in self.all(tag)}
        for link in self._error_links():
            assert (link.get("href") or "")[1:] in inputs, f"{words(link)!r} leads to no input"
        for each in self.root.iter():
            for name in ("aria-describedby", "aria-labelledby", "for"):
                for wanted in (each.get(name) or "").split():
                    assert wanted in ids, f"{name} names {wanted!r}, which is not there"

    def _has_sound_forms(self) -> None:
        for fieldset in self.all("fieldset"):
            assert fieldset[0].tag == "legend", "a fieldset without a legend"
            assert words(fieldset[0])
        for form in self.all("form"):
            assert form.get("action"), "a form without an action"
            if form.get("method") == "get":
                # A search changes nothing: it has no token that could end up in an address.
                assert form.get("role") == "search"
                continue
            assert form.get("method") == "post"
            assert form.get("novalidate") is not None, "a form that the browser would validate"
            names = {each.get("name") for each in form.iter("input")}
            assert "csrf_token" in names, "a form that could be forged"

    def _keeps_the_policy(self) -> None:
        for each in self.root.iter():
            assert isinstance(each.tag, str)
            assert each.get("style") is None, f"an inline style on {each.tag}"
            assert each.tag != "style"
            assert not [name for name in each.attrib if name.startswith("on")]
            assert each.tag != "script" or each.get("nonce"), "a script without the nonce"
            for name in ("href", "src", "action", "xlink:href"):
                address = each.get(name) or ""
                assert "//" not in address, f"{each.tag} leads to another host: {address}"


def words(element: Element) -> str:
    """The text of an element, its white space closed up."""
    return " ".join("".join(element.itertext()).split())


class Pages:
    """A visitor: a cookie jar, and every page that it is shown is checked."""

    # Whose sign-in the visitor has; only there where somebody is signed in.
    account: Account

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200) -> Page:
        response = self.client.get(address)
        assert response.status_code == status, f"{address}: {response.status}"
        return Page(response)

    def redirect(self, address: str) -> str:
        """Where a page sends the visitor."""
        response = self.client.get(address)
        assert response.status_code == 302, f"{address}: {response.status}"
        return response.headers["Location"]

    def post(self, address: str, form: Page | None = None, **values: str) -> str:
        """Sends a form that is taken; gives the address that follows."""
        response = self._send(address, form, values)
        assert response.status_code == 302, f"{address}: {response.status}, {_why(response)}"
        return response.headers["Location"]

    def post_wrongly(self, address: str, form: Page | None = None, **values: str) -> Page:
        """Sends a form that is not taken; gives the page with its errors."""
        response = self._send(address, form, values)
        assert response.status_code == 200, f"{address}: {response.status}"
        return Page(response, with_errors=True)

    def _send(self, address: str, form: Page | None, values: Values) -> TestResponse:
        token = (form or self.get(address)).token
        return self.client.post(address, data={"csrf_token": token, **values})

    # The way through a check

    def begin(
        self,
        dates: Mapping[str, date] | None = None,
        stage: str = "refer",
        area: str = "darlington",
    ) -> str:
        """Chooses stage and area and gives the dates; those not named are not known."""
        address = self.post("/check/start", stage=stage, area=area)
        assert address == "/check/dates"
        page = self.get(address)
        inputs = page.all("input", "govuk-input")
        events = {each.get("name", "").rpartition("-")[0] for each in inputs}
        values: dict[str, str] = {}
        for event in events:
            day = (dates or {}).get(event)
            if day is None:
                values[f"{event}_not_known"] = "yes"
            else:
                parts = (("day", day.day), ("month", day.month), ("year", day.year))
                values |= {f"{event}-{part}": str(number) for part, number in parts}
        return self.post(address, page, **values)

    def answer(self, address: str, answers: Mapping[str, str | int]) -> tuple[list[str], str]:
        """Answers what is asked, "not known yet" where `answers` says nothing.

        Gives the questions asked, and the address that follows the last.
        """
        asked: list[str] = []
        # One token serves a whole visit, so the pages between need not be read.
        form = self.get(address)
        while "/check/question/" in address:
            question = address.rpartition("/")[2]
            assert question not in asked, f"{question} was asked twice"
            asked.append(question)
            address = self.post(address, form, **form_values(question, answers))
        return asked, address

    def result(self) -> Page:
        """Asks for the result from the page of answers."""
        return self.get(self.post("/check/answers"))


def form_values(question: str, answers: Mapping[str, str | int]) -> dict[str, str]:
    """What a browser sends for an answer."""
    given = answers.get(question, "not known")
    if isinstance(given, int):
        return {"answer": "in-years", "years": str(given)}
    values = {"answer": given}
    if question == "where_it_happened" and "authority_of_the_incident" in answers:
        values["authority_of_the_incident"] = str(answers["authority_of_the_incident"])
    return values


def _why(response: TestResponse) -> list[str]:
    page = Page(response, with_errors=True)
    return page.errors
