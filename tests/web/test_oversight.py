"""The page of oversight: who sees which figures, what stands in them, and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask

from engine.answers import Answer
from webforms.access import Role
from webforms.chair import summary
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, sign, write
from .pages import Page, Pages, words

SignedInAs = Callable[..., Pages]
SVG = "{http://www.w3.org/2000/svg}"

# The rules recommend a local review on these.
A_REVIEW: dict[str, Answer] = {
    **ANSWERS_OF_A_BABY,
    "improvements_needed": "yes",
    "notification_withdrawn": "no",
    "panel_answer": "not_yet",
    "partners_think_review_appropriate": "yes",
}


def figures(page: Page, id: str) -> dict[str, list[str]]:
    """The rows of the table of a section: what is counted, and its figures."""
    (section,) = (each for each in page.all("section") if each.get("aria-labelledby") == id)
    rows = [row for body in section.iter("tbody") for row in body.iter("tr")]
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in rows}


def a_case(app: Flask, store: Store, visitor: Pages, **decision: str) -> CaseRow:
    """A case; with a decision, one for which the rules recommend a local review."""
    row = new_case(store, visitor.account, answers=A_REVIEW if decision else None)
    if decision:
        write(store, row, visitor.account, "decision", **decision)
    with app.app_context():
        summary.refresh(store, row)
    return row


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
        # Aware on 11 May; today is 10 June, and nothing was sent, to the Panel or to the partners.
        a_case(app, store, chair)
        found = figures(chair.get("/oversight"), "deadlines")
        assert found["Notification"] == ["0", "0", "2", "0"]

    def test_a_decision_that_differs_is_told_with_its_reasons(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = a_case(
            app, store, chair, route="no_review", reasons="Learned <already> in another review."
        )
        page = chair.get("/oversight")
        assert figures(page, "tool")["Differs from what the rules recommend"] == ["1"]
        assert page.link(row.reference) == f"/cases/{row.reference}"
        (reason,) = page.all("dl", "waymark-reason")
        assert [words(each) for each in reason.iter("dd")] == [
            "A local review, as the partners find it appropriate",
            "No local review",
            "Learned <already> in another review.",
        ]

    def test_the_reasons_of_a_case_that_is_not_shared_are_not_told(
        self, app: Flask, store: Store, chair: Pages, signed_in_as: SignedInAs
    ) -> None:
        a_case(app, store, chair, route="no_review", reasons="Only for those who may see it.")
        other = signed_in_as(Role.CHAIR)
        for address in ("/oversight", "/oversight.csv"):
            assert "Only for those" in chair.client.get(address).get_data(as_text=True)
            assert "Only for those" not in other.client.get(address).get_data(as_text=True)


class TestVersions:
    """Each comparison is made on one version of a decision, and the page says on which."""

    def decides(self, store: Store, row: CaseRow, chair: Pages, route: str) -> None:
        write(store, row, chair.account, "decision", route=route, reasons=f"For {route}.")

    def signs(self, store: Store, row: CaseRow, chair: Pages, **record: object) -> None:
        """A signed record, of which the figures read these two things alone."""
        said = {"recommended": "no_practice_review_record_why", "agreement": "same", **record}
        sign(store, row, chair.account, said)

    def panel_says(self, store: Store, row: CaseRow, chair: Pages, agreement: str) -> None:
        write(store, row, chair.account, "panel_answer", agreement=agreement, answered_on="")

    def page(self, app: Flask, store: Store, row: CaseRow, chair: Pages) -> Page:
        with app.app_context():
            summary.refresh(store, row)
        return chair.get("/oversight")

    def test_the_panel_disagrees_and_the_partners_take_up_its_view(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "other_learning")
        self.signs(store, row, chair)
        self.panel_says(store, row, chair, "disagrees")
        self.decides(store, row, chair, "local_review")
        self.signs(store, row, chair, recommended="local_review_by_the_partners")
        # What was done about the answer is written last, and makes no new answer of it.
        write(
            store, row, chair.account, "panel_answer", agreement="disagrees", done="They met again."
        )
        page = self.page(app, store, row, chair)
        assert figures(page, "panel") == {
            "It agrees": ["0"],
            "It disagrees": ["1"],
            "It asks for more before it says": ["0"],
            "It takes the case into a national review": ["0"],
            "It has not answered yet": ["0"],
        }
        assert figures(page, "after-disagreement") == {
            "A local child safeguarding practice review": ["0", "1"],
            "No local review; another form of learning": ["1", "0"],
        }
        assert "The Panel answers one version of the decision, and that one is counted" in page.text

    def test_a_new_answer_to_a_later_version_is_counted_with_that_version(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        for route, says in (("no_review", "agrees"), ("local_review", "disagrees")):
            self.decides(store, row, chair, route)
            self.signs(store, row, chair)
            self.panel_says(store, row, chair, says)
        page = self.page(app, store, row, chair)
        assert figures(page, "after-disagreement") == {
            "A local child safeguarding practice review": ["1", "1"],
        }

    def test_what_was_recommended_is_noted_beside_the_decision_that_the_panel_answered(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "other_learning")
        self.signs(store, row, chair)
        self.panel_says(store, row, chair, "disagrees")
        self.decides(store, row, chair, "local_review")
        self.signs(store, row, chair, recommended="local_review_by_the_partners")
        self.page(app, store, row, chair)
        noted = store.case(row.reference)
        assert noted is not None
        assert noted.summary["recommended"] == "local_review_by_the_partners"
        assert noted.summary["answered"]["recommended"] == "no_practice_review_record_why"

    def test_an_answer_of_a_day_to_come_is_one_to_no_version_yet(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "no_review")
        said = {"agreement": "disagrees", "answered_on": "2026-06-11"}
        write(store, row, chair.account, "panel_answer", **said)
        page = self.page(app, store, row, chair)
        assert figures(page, "panel")["It has not answered yet"] == ["1"]
        noted = store.case(row.reference)
        assert noted is not None
        assert noted.summary["answered"] == {}

    def test_where_nothing_is_signed_the_answer_is_to_the_decision_as_it_stood(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "no_review")
        self.panel_says(store, row, chair, "disagrees")
        self.decides(store, row, chair, "local_review")
        page = self.page(app, store, row, chair)
        assert figures(page, "after-disagreement") == {
            "A local child safeguarding practice review": ["0", "1"],
            "No local review": ["1", "0"],
        }
        # In the end it is as the rules recommend, because the partners said so themselves.
        assert figures(page, "tool")["Follows from the partners’ own answer"] == ["1"]

    def test_an_answer_that_was_written_first_is_one_to_the_decision_that_followed(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.panel_says(store, row, chair, "disagrees")
        for route in ("no_review", "local_review"):
            self.decides(store, row, chair, route)
            self.signs(store, row, chair)
        page = self.page(app, store, row, chair)
        assert figures(page, "after-disagreement")["No local review"] == ["1", "0"]

    def test_what_was_recommended_and_the_reasons_are_those_of_the_version_signed_last(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "local_review")
        self.signs(store, row, chair, agreement="differs")
        self.decides(store, row, chair, "no_review")  # not signed yet
        page = self.page(app, store, row, chair)
        assert figures(page, "tool")["Differs from what the rules recommend"] == ["1"]
        (reason,) = page.all("dl", "waymark-reason")
        assert [words(each) for each in reason.iter("dd")] == [
            "No review: record why",
            "A local child safeguarding practice review",
            "For local_review.",
        ]

    @pytest.mark.parametrize(
        ("differs", "label"),
        [
            (True, "Differs from what the rules recommend"),
            (False, "The same as the rules recommend"),
        ],
    )
    def test_a_record_that_was_signed_before_keeps_what_it_says(
        self, app: Flask, store: Store, chair: Pages, differs: bool, label: str
    ) -> None:
        row = new_case(store, chair.account, answers=A_REVIEW)
        self.decides(store, row, chair, "local_review")
        old = {"format": 1, "recommended": "find_out_first", "differs": differs}
        sign(store, row, chair.account, old)
        page = self.page(app, store, row, chair)
        assert figures(page, "tool")[label] == ["1"]

    def test_where_the_rules_left_it_to_the_people_no_difference_is_counted(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        # Whether the partners find a review appropriate was not asked: find that out first.
        row = new_case(store, chair.account)
        self.decides(store, row, chair, "local_review")
        page = self.page(app, store, row, chair)
        assert figures(page, "tool") == {
            "The same as the rules recommend": ["0"],
            "Follows from the partners’ own answer": ["0"],
            "Differs from what the rules recommend": ["0"],
            "Left by the rules to the people, or to another body": ["1"],
            "Nothing to compare with was kept": ["0"],
            "Not decided yet": ["0"],
        }
        assert "No decision differs." in page.text


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
        assert figures(page, "overview")["Decided"] == ["1"]
        for id, title in (
            ("overview", "The cases"),
            ("tool", "What the rules recommend, and what was decided"),
            ("panel", "The decision, and the National Panel’s answer"),
            ("routes", "Routes decided, by quarter"),
        ):
            # A table of several columns names them in the file; this case has one route alone.
            for label, (value,) in figures(page, id).items():
                assert [title, label, value] in lines

    def test_reasons_that_look_like_a_formula_are_text(
        self, app: Flask, store: Store, chair: Pages
    ) -> None:
        row = a_case(app, store, chair, route="no_review", reasons='=HYPERLINK("x")')
        assert ["Reasons for a difference", row.reference, '\'=HYPERLINK("x")'] in self.read(chair)
