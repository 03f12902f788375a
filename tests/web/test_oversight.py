"""The page of oversight: who sees which figures, what stands in them, and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask

from webforms.access import Role
from webforms.chair import summary
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .pages import Page, Pages, words

SignedInAs = Callable[..., Pages]
SVG = "{http://www.w3.org/2000/svg}"


def figures(page: Page, id: str) -> dict[str, list[str]]:
    """The rows of the table of a section: what is counted, and its figures."""
    (section,) = (each for each in page.all("section") if each.get("aria-labelledby") == id)
    rows = [row for body in section.iter("tbody") for row in body.iter("tr")]
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in rows}


def a_case(app: Flask, store: Store, visitor: Pages, **decision: str) -> CaseRow:
    row = new_case(store, visitor.account)
    if decision:
        write(store, row, visitor.account, "decision", **decision)
    with app.app_context():
        summary.refresh(store, row)
    return row


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR)


class TestWhoSeesWhat:
    def test_a_chair_sees_the_figures_of_the_cases_that_are_shared(
        self, app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
    ) -> None:
        other = signed_in_as(Role.CHAIR)
        a_case(app, store, chair)
        a_case(app, store, other)
        a_case(app, store, other)
        page = chair.get("/oversight")
        assert page.heading == "Oversight"
        assert figures(page, "overview")["All cases"] == ["1"]
        assert "not all of them" in page.text

    def test_an_auditor_sees_those_of_the_whole_area_and_of_no_other(
        self, app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
    ) -> None:
        a_case(app, store, chair)
        a_case(app, store, signed_in_as(Role.CHAIR))
        a_case(app, store, signed_in_as(Role.CHAIR, "gateshead"))
        page = signed_in_as(Role.AUDITOR).get("/oversight")
        assert figures(page, "overview")["All cases"] == ["2"]
        assert "every case of your area" in page.text

    @pytest.mark.parametrize("role", [Role.REFERRER, Role.PANEL_MEMBER])
    @pytest.mark.parametrize("address", ["/oversight", "/oversight.csv"])
    def test_others_may_not_open_it(
        self, signed_in_as: SignedInAs, role: Role, address: str
    ) -> None:
        assert signed_in_as(role).client.get(address).status_code in (401, 403)

    @pytest.mark.parametrize("address", ["/oversight", "/oversight.csv"])
    def test_whoever_is_not_signed_in_is_asked_to(
        self, client_request: Pages, address: str
    ) -> None:
        assert "/sign-in" in client_request.redirect(address)


class TestThePage:
    def test_without_a_case_every_figure_is_nought_and_no_chart_is_drawn(
        self, chair: Pages
    ) -> None:
        page = chair.get("/oversight")
        assert figures(page, "overview")["All cases"] == ["0"]
        assert not page.all(f"{SVG}svg", "waymark-chart")
        assert "Fewer than five cases are counted here." in page.text

    def test_a_table_has_a_chart_with_a_name_beside_it(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        a_case(app, store, chair)
        page = chair.get("/oversight")
        charts = page.all(f"{SVG}svg", "waymark-chart")
        titles = [words(each) for chart in charts for each in chart.iter(f"{SVG}title")]
        assert "Open cases by stage: bars" in titles
        assert len(titles) == len(set(titles))

    def test_the_time_limit_of_a_notification_counts_once_however_many_steps_mind_it(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        # Aware on 11 May; today is 10 June, and nothing was sent.
        a_case(app, store, chair)
        found = figures(chair.get("/oversight"), "deadlines")
        assert found["Notification"] == ["0", "0", "1", "0"]

    def test_a_decision_that_differs_is_told_with_its_reasons(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = a_case(
            app, store, chair, route="no_review", reasons="Learned <already> in another review."
        )
        page = chair.get("/oversight")
        assert figures(page, "tool")["Differs from what was recommended"] == ["1"]
        assert page.link(row.reference) == f"/cases/{row.reference}"
        assert "Learned &lt;already&gt; in another review." in page.text
        assert "No local review" in page.text

    def test_the_reasons_of_a_case_that_is_not_shared_are_not_told(
        self, app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
    ) -> None:
        a_case(app, store, chair, route="no_review", reasons="Only for those who may see it.")
        other = signed_in_as(Role.CHAIR)
        for address in ("/oversight", "/oversight.csv"):
            assert "Only for those" not in other.client.get(address).get_data(as_text=True)


class TestTheFile:
    def read(self, visitor: Pages) -> list[list[str]]:
        response = visitor.client.get("/oversight.csv")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Content-Disposition"] == (
            'attachment; filename="oversight-2026-06-10.csv"'
        )
        text = response.get_data().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    def test_it_says_what_the_page_says(self, app: Flask, store: Store, chair: Pages) -> None:
        a_case(app, store, chair, route="no_review", reasons="Enough is known.")
        head, *lines = self.read(chair)
        assert head == ["section", "name", "value"]
        page = chair.get("/oversight")
        for label, (value,) in figures(page, "overview").items():
            assert ["The cases", label, value] in lines

    def test_reasons_that_look_like_a_formula_are_text(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = a_case(app, store, chair, route="no_review", reasons='=HYPERLINK("x")')
        assert ["Reasons for a difference", row.reference, '\'=HYPERLINK("x")'] in self.read(chair)
