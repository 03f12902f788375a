"""What runs beside a case, how its review is held, and what has to be said of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from engine.answers import Answer
from webforms.access import Role
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, write
from .conftest import SignedInAs
from .pages import Page, Pages, words

CRIMINAL = "Criminal investigation or prosecution"
INQUEST = "Coroner's investigation and inquest"


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    return new_case(store, chair.account)


def under(page: Page, heading: str) -> Iterator[Element]:
    """What stands in the page below a heading of the second level, until the next one.

    What is folded up has a heading of its own.
    """
    for parent in page.root.iter():
        found = False
        for each in parent:
            if each.tag in ("h2", "details"):
                found = words(each) == heading
            elif found:
                yield each


def named(page: Page, id: str) -> Element:
    """The section that a heading names."""
    (found,) = (each for each in page.all("section") if each.get("aria-labelledby") == id)
    return found


class TestWhatRunsBeside:
    def page(self, chair: Pages, row: CaseRow) -> Page:
        return chair.get(f"/cases/{row.reference}/parallel")

    def test_what_waits_for_what_is_told_first(
        self, chair: Pages, row: CaseRow, store: Store
    ) -> None:
        for process, said in (
            ("criminal_proceedings", {"publication_waits": "yes", "waits_until": "the trial ends"}),
            ("coroners_investigation", {"meeting_waits": "yes", "waits_until": "the inquest"}),
            # Of this one somebody has said that nothing waits.
            (
                "child_protection_enquiries",
                {"publication_waits": "no", "meeting_waits": "not known"},
            ),
        ):
            write(store, row, chair.account, "process", process, **said)
        (told,) = under(self.page(chair, row), "What waits for what")
        assert sorted(words(each) for each in told.iter("li")) == [
            f"{INQUEST}: A meeting, or the start of a review, waits for it, until the inquest.",
            f"{CRIMINAL}: Publication waits for it, until the trial ends.",
        ]

    def test_while_nothing_waits_nothing_is_said_of_it(
        self, chair: Pages, row: CaseRow, store: Store
    ) -> None:
        write(store, row, chair.account, "process", "criminal_proceedings", runs="yes")
        page = self.page(chair, row)
        assert "What waits for what" not in page.text
        assert "No process outranks another." in page.text

    def test_each_process_stands_where_its_own_test_puts_it(
        self, chair: Pages, store: Store
    ) -> None:
        answers: dict[str, Answer] = {**ANSWERS_OF_A_BABY, "police_investigation": "charged"}
        row = new_case(store, chair.account, answers=answers)
        page = self.page(chair, row)
        applies, may_apply = (
            {words(h3) for each in under(page, heading) for h3 in each.iter("h3")}
            for heading in ("Apply, on these answers", "May apply: these answers do not settle it")
        )
        assert applies == {CRIMINAL}
        # Nobody has said whether somebody else was killed, so an inquest is not ruled out.
        assert INQUEST in may_apply
        # The baby lived.
        assert "Child death review" not in applies | may_apply
        (folded,) = page.all("details")
        assert "Child death review" in {words(each) for each in folded.iter("h3")}

    def test_who_decides_and_what_was_agreed_stand_beside_the_finding(
        self, chair: Pages, row: CaseRow, store: Store
    ) -> None:
        write(
            store, row, chair.account, "process", "criminal_proceedings",
            runs="yes", told="no", agreement="The police speak with the father first.",
        )  # fmt: skip
        told = [
            (words(each[0]), words(each[1]))
            for each in named(self.page(chair, row), "process-criminal_proceedings").iter("div")
        ]
        assert ("Who decides", "The police, then the Crown Prosecution Service") in told
        assert ("Does it run, or will it?", "Yes") in told
        assert ("Have those who decide on it been told?", "No, not yet") in told
        assert (
            "What was agreed about coordination?",
            "The police speak with the father first.",
        ) in told


class TestTheMethods:
    TITLES = (
        "Traditional model",
        "Action learning",
        "Peer review",
        "Multi-agency practice learning review",
        "Root cause analysis",
        "Significant event analysis",
    )
    TOOLS = ("Individual management review", "Multi-agency chronology")

    def test_all_stand_side_by_side_in_the_order_of_the_procedure(
        self, chair: Pages, row: CaseRow
    ) -> None:
        page = chair.get(f"/cases/{row.reference}/methods")
        assert page.heading == "Choosing a method"
        cards = page.all("section", "waymark-method")
        assert [words(next(each.iter("h3"))) for each in cards] == [*self.TITLES, *self.TOOLS]
        told = words(page.one("main"))
        assert "Nothing is ranked: people decide, in the light of this case." in told
        assert "as an example from another area" not in page.text

    def test_a_point_says_whether_it_bears_on_this_case_and_by_which_answer(
        self, chair: Pages, row: CaseRow
    ) -> None:
        page = chair.get(f"/cases/{row.reference}/methods")
        points = [words(each) for each in named(page, "method-traditional_model").iter("li")]

        def point(start: str) -> str:
            (found,) = (each for each in points if each.startswith(start))
            return found

        # The baby was seriously harmed, and nobody knows yet of more than one kind of abuse.
        harm = point("Suits a serious incident: here, serious harm")
        assert "Bears on this case." in harm
        assert "Serious physical harm" in harm
        assert "Does not bear on this case." in point("Suits a serious incident: here, a death")
        assert "Not known yet whether it bears" in point("Suits a case with several kinds of abuse")
        # It stands in every case; whether it weighs more in this one is another question.
        high_profile = point("Suits a high-profile case.")
        assert "Not known yet whether it weighs more in this case." in high_profile

    def test_in_an_area_without_methods_of_its_own_they_are_an_example(
        self, store: Store, signed_in_as: SignedInAs
    ) -> None:
        chair = signed_in_as(Role.CHAIR, "gateshead")
        page = chair.get(f"/cases/{new_case(store, chair.account).reference}/methods")
        assert "The local procedure of this area names no methods." in page.text
        assert "as an example from another area" in page.text

    def test_the_method_that_was_chosen_stands_above_them(
        self, chair: Pages, row: CaseRow, store: Store
    ) -> None:
        write(store, row, chair.account, "method", method="Peer review", reasons="Outside eyes.")
        rows = chair.get(f"/cases/{row.reference}/methods").rows
        assert rows["Which method was chosen?"] == "Peer review"
        assert rows["Why this one?"] == "Outside eyes."


class TestGovernanceMeetings:
    def note(self, chair: Pages, row: CaseRow) -> str:
        text = words(chair.get(f"/cases/{row.reference}/reviewing").one("main"))
        return text if "paragraph 13.3" in text else ""

    @pytest.mark.parametrize(
        ("held", "said"),
        [
            (0, "3 more of at least 3 (Darlington, paragraph 13.3)."),
            (2, "1 more of at least 3 (Darlington, paragraph 13.3)."),
            (3, "At least 3 were asked for (Darlington, paragraph 13.3)."),
            (4, "At least 3 were asked for (Darlington, paragraph 13.3)."),
        ],
    )
    def test_darlington_asks_for_at_least_three(
        self, chair: Pages, row: CaseRow, store: Store, held: int, said: str
    ) -> None:
        for item in range(1, held + 1):
            day = f"2026-06-0{item}"
            write(store, row, chair.account, "governance_meeting", str(item), held_on=day)
        assert said in self.note(chair, row)

    def test_another_area_is_asked_for_none(self, store: Store, signed_in_as: SignedInAs) -> None:
        chair = signed_in_as(Role.CHAIR, "gateshead")
        row = new_case(store, chair.account)
        assert self.note(chair, row) == ""
        assert "Governance meetings" in chair.get(f"/cases/{row.reference}/reviewing").text


class TestALateAction:
    """The months count from the day first set; today is Wednesday 10 June 2026."""

    TELL = "Tell the Chief Officer that an action is 6 months late: Ask about men"

    def late(self, store: Store, chair: Pages, due: date, told: str = "") -> list[str]:
        """The row of the timetable that says to tell the Chief Officer, cell by cell."""
        row = new_case(store, chair.account)
        write(
            store, row, chair.account, "action", "1",
            what="Ask about men", owner="A head of service", due=due.isoformat(),
            chief_officer_told=told,
        )  # fmt: skip
        page = chair.get(f"/cases/{row.reference}/timetable")
        rows = [[words(cell) for cell in each] for each in page.all("tr")]
        return next((each for each in rows if each[0].startswith(self.TELL)), [])

    def test_on_the_day_that_it_is_six_months_late_the_chief_officer_is_told(
        self, store: Store, chair: Pages
    ) -> None:
        _, who, when, standing, source = self.late(store, chair, date(2025, 12, 10))
        assert who == "The Chair of the Learning and Development sub-group"
        assert when.startswith("Wednesday 10 June 2026")
        assert standing.startswith("Due today")
        assert "Darlington, paragraphs 13.4 and 21.2" in source

    def test_a_day_earlier_it_is_only_three_months_late(self, store: Store, chair: Pages) -> None:
        assert self.late(store, chair, date(2025, 12, 11)) == []

    def test_once_the_chief_officer_was_told_it_says_when(self, store: Store, chair: Pages) -> None:
        told = self.late(store, chair, date(2025, 12, 1), told="2026-06-02")
        assert told[2].startswith("Monday 1 June 2026")
        assert told[3] == "Late by 1 day Tuesday 2 June 2026"

    def test_in_another_area_who_follows_it_up_is_not_said(
        self, store: Store, signed_in_as: SignedInAs
    ) -> None:
        assert self.late(store, signed_in_as(Role.CHAIR, "gateshead"), date(2025, 1, 1)) == []


class TestWhatHasToBeJustified:
    @pytest.mark.parametrize(
        ("part", "chosen", "why", "error"),
        [
            (
                "publication",
                {"what": "improvements"},
                "why_not_full",
                "Say why the report is not published in full",
            ),
            (
                "notification",
                {"withdrawn": "yes"},
                "withdrawn_why",
                "Say why the notification was withdrawn",
            ),
        ],
    )
    def test_it_is_not_kept_without_the_reason(
        self,
        chair: Pages,
        row: CaseRow,
        store: Store,
        part: str,
        chosen: dict[str, str],
        why: str,
        error: str,
    ) -> None:
        address = f"/cases/{row.reference}/part/{part}"
        for blank in ("", "  \n "):
            page = chair.post_wrongly(address, **chosen, **{why: blank})
            assert page.errors == [error]
        assert store.history(row.id, part) == ()
        assert "withdrawn" not in str(store.history(row.id, "answers"))
        chair.post(address, **chosen, **{why: "The family asked for it."})
        (kept,) = store.history(row.id, part)
        assert kept.data[why] == "The family asked for it."

    @pytest.mark.parametrize(
        ("part", "chosen"),
        [
            ("publication", {"what": "full"}),
            ("publication", {"what": "not_decided"}),
            ("notification", {"withdrawn": "no", "number": "7"}),
        ],
    )
    def test_what_needs_no_justification_is_kept_without_one(
        self, chair: Pages, row: CaseRow, store: Store, part: str, chosen: dict[str, str]
    ) -> None:
        chair.post(f"/cases/{row.reference}/part/{part}", **chosen)
        assert len(store.history(row.id, part)) == 1
