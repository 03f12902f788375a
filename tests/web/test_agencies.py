"""Asking agencies for information, what came back, and all of it side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from webforms.chair import casefile
from webforms.chair.agencies import State, look_back_hint, same_name, state_of
from webforms.store import Account, CaseRow, Store

from .casework import new_case, write
from .conftest import SignedInAs, SomebodyFirst
from .pages import Page, Pages, words

TODAY = date(2026, 6, 10)
BEFORE, LATER = date(2026, 6, 1), date(2026, 6, 20)


@pytest.fixture
def at(case: CaseRow) -> str:
    return f"/cases/{case.reference}/agencies"


@pytest.fixture
def asked(store: Store, case: CaseRow, chair: Pages) -> None:
    """The police sent theirs back in time; the school is late with it."""
    for item, agency in (("1", "School"), ("2", "Police")):
        write(
            store,
            case,
            chair.account,
            "agency_request",
            item,
            agency=agency,
            asked_of="Safeguarding lead",
            asked_on="2026-05-14",
            return_by="2026-05-20",
            look_back_from="2023-05-09",
            note="",
        )
    write(
        store,
        case,
        chair.account,
        "agency_return",
        "2",
        facts="Called at ten past six.",
        involvement="Three calls.\nNo action after the second.",
        returned_on="2026-05-19",
    )


def table(page: Page) -> list[list[str]]:
    """The cells, without what each is called: that is for a narrow screen alone."""
    body = page.one("tbody")
    for label in [each for each in body.iter("span") if each.get("aria-hidden")]:
        label.text = ""
    return [[words(cell) for cell in row] for row in body.iter("tr")]


def requests(store: Store, case: CaseRow) -> dict[str, dict[str, str]]:
    items = casefile.read(store, case).items("agency_request")
    return {item: entry.data for item, entry in items.items()}


class TestStates:
    @pytest.mark.parametrize(
        ("asked_on", "return_by", "returned_on", "state"),
        [
            (None, None, None, State.NOT_ASKED),
            (None, LATER, None, State.NOT_ASKED),
            (LATER, LATER, None, State.NOT_ASKED),
            (BEFORE, None, None, State.ASKED),
            (BEFORE, LATER, None, State.ASKED),
            (BEFORE, TODAY, None, State.ASKED),
            (TODAY, LATER, None, State.ASKED),
            (BEFORE, date(2026, 6, 9), None, State.OVERDUE),
            (None, date(2026, 6, 9), None, State.OVERDUE),
            (BEFORE, date(2026, 6, 5), date(2026, 6, 5), State.BACK_IN_TIME),
            (BEFORE, date(2026, 6, 5), date(2026, 6, 6), State.BACK_LATE),
            (BEFORE, None, date(2026, 6, 6), State.BACK),
        ],
    )
    def test_how_a_request_stands(
        self,
        asked_on: date | None,
        return_by: date | None,
        returned_on: date | None,
        state: State,
    ) -> None:
        assert state_of(asked_on, return_by, returned_on, TODAY) is state

    @pytest.mark.parametrize(
        ("look_back_from", "incident", "hint"),
        [
            (date(2023, 5, 9), date(2026, 5, 9), False),
            (date(2023, 5, 8), date(2026, 5, 9), True),
            (date(2021, 2, 28), date(2024, 2, 29), False),
            (date(2021, 2, 27), date(2024, 2, 29), True),
            (None, date(2026, 5, 9), False),
            (date(1990, 1, 1), None, False),
        ],
    )
    def test_a_look_back_of_more_than_three_years_is_pointed_out(
        self, look_back_from: date | None, incident: date | None, hint: bool
    ) -> None:
        assert bool(look_back_hint(look_back_from, incident, "darlington")) == hint

    def test_only_darlington_is_told_of_its_own_procedure(self) -> None:
        days = date(2020, 1, 1), date(2026, 5, 9)
        assert "paragraph 8.4" in look_back_hint(*days, "darlington")
        assert "Darlington" not in look_back_hint(*days, "gateshead")

    def test_neither_capitals_nor_spaces_make_another_agency(self) -> None:
        assert same_name(" GP  Practice ") == same_name("gp practice")


class TestTheList:
    def test_nobody_has_been_asked_at_first(self, chair: Pages, at: str) -> None:
        assert "Nobody has been asked yet." in words(chair.get(at).one("main"))

    @pytest.mark.usefixtures("asked")
    def test_each_request_with_its_state_and_what_can_be_done(self, chair: Pages, at: str) -> None:
        page = chair.get(at)
        school, police = table(page)
        assert school[:2] == ["School Safeguarding lead", "Overdue"]
        assert school[3] == "Nothing came back yet"
        assert police[1:4] == [
            "Back in time",
            "Wednesday 20 May 2026",
            "Tuesday 19 May 2026",
        ]
        assert "1 of 2 came back. 1 overdue." in words(page.one("main"))
        case = at.removesuffix("/agencies")
        assert page.link("Write what came back: School") == f"{case}/part/agency_return/1"
        assert page.link("Change what came back: Police") == f"{case}/part/agency_return/2"
        assert page.link("Change the request: School") == f"{case}/part/agency_request/1"
        assert page.link("Print the form: Police") == f"{case}/documents/appendix-4/2"

    @pytest.mark.usefixtures("asked")
    def test_a_return_without_its_day_is_not_said_to_be_back(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        write(store, case, chair.account, "agency_return", "1", facts="Absent for a week.")
        school, _ = table(chair.get(at))
        assert school[1] == "Overdue"
        assert school[3] == "Something is written. On which day it came back is not"

    @pytest.mark.usefixtures("asked")
    def test_a_panel_member_sees_the_request_to_their_own_agency_first(
        self, signed_in_as: SignedInAs, at: str, store: Store, case: CaseRow
    ) -> None:
        member = signed_in_as("panel member", agency="POLICE")
        store.share(case.id, member.account.id)
        page = member.get(at)
        police, school = table(page)
        assert police[0] == "Police Your agency Safeguarding lead"
        assert school[0] == "School Safeguarding lead"
        texts = [words(link) for link in page.all("a")]
        assert "Change what came back: Police" in texts
        # What the school sends back is not theirs to write.
        assert "Write what came back: School" not in texts
        assert not [text for text in texts if text.startswith(("Change the request", "Open req"))]

    @pytest.mark.usefixtures("asked")
    def test_an_auditor_reads_and_is_offered_no_change(
        self, signed_in_as: SignedInAs, at: str
    ) -> None:
        page = signed_in_as("auditor").get(at)
        changes = ("Write", "Change", "Open")
        assert not [a for a in page.all("a") if words(a).startswith(changes)]
        assert len(table(page)) == 2


class TestWhoWritesWhatCameBack:
    """A panel member writes for their own agency; who leads, for every one."""

    @pytest.fixture
    def member(self, signed_in_as: SignedInAs, store: Store, case: CaseRow) -> Pages:
        visitor = signed_in_as("panel member", name="Sergeant", agency="pOLICE")
        store.share(case.id, visitor.account.id)
        return visitor

    @pytest.mark.usefixtures("asked")
    def test_a_panel_member_writes_for_their_own_agency(
        self, member: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        address = f"{at.removesuffix('/agencies')}/part/agency_return/2"
        member.post(address, member.get(address), facts="Called at ten to six.")
        newest = store.history(case.id, "agency_return", "2")[0]
        assert newest.data["facts"] == "Called at ten to six."
        assert newest.account == member.account.id
        shown = words(member.get(f"{at}/compare").one("main"))
        assert "Last written by Nobody yet" not in shown
        assert "Sergeant (panel member, pOLICE)" in shown

    @pytest.mark.usefixtures("asked")
    def test_and_for_no_other(
        self, member: Pages, at: str, store: Store, case: CaseRow, chair: Pages
    ) -> None:
        case_at = at.removesuffix("/agencies")
        token = member.get(at).token
        for address in (f"{case_at}/part/agency_return/1", f"{case_at}/take-out/agency_return/1"):
            sent = {"csrf_token": token, "facts": "Changed by the police.", "why": "Not so."}
            assert member.client.post(address, data=sent).status_code in (403, 404)
        assert store.history(case.id, "agency_return", "1") == ()
        page = member.get(f"{case_at}/part/agency_return/1")
        assert not page.all("textarea")
        assert "Your account writes for “pOLICE”. This is for “School”" in words(page.one("main"))
        # Whoever leads writes for all of them.
        address = f"{case_at}/part/agency_return/1"
        chair.post(address, chair.get(address), facts="Absent for a week.")
        assert store.history(case.id, "agency_return", "1")[0].data["facts"]

    @pytest.mark.usefixtures("asked")
    def test_a_panel_member_without_an_agency_is_told_why(
        self, signed_in_as: SignedInAs, store: Store, case: CaseRow, at: str
    ) -> None:
        visitor = signed_in_as("panel member")
        store.share(case.id, visitor.account.id)
        page = visitor.get(f"{at.removesuffix('/agencies')}/part/agency_return/2")
        assert not page.all("textarea")
        assert "Your account names no agency" in words(page.one("main"))


class TestOneAgency:
    @pytest.mark.usefixtures("asked")
    def test_what_is_asked_and_what_came_back(self, chair: Pages, at: str) -> None:
        page = chair.get(f"{at}/2")
        assert page.heading == "Police"
        assert page.rows["By when is the information to come back?"] == "Wednesday 20 May 2026"
        assert page.rows["What does your agency know now of the facts of the incident?"] == (
            "Called at ten past six."
        )
        history = page.link("Every version of what came back")
        assert "part=agency_return" in history
        assert chair.get(history)

    @pytest.mark.usefixtures("asked")
    def test_an_agency_that_has_sent_nothing(self, chair: Pages, at: str) -> None:
        page = chair.get(f"{at}/1")
        assert "Nothing came back yet." in words(page.one("main"))

    def test_a_long_look_back_is_pointed_out_and_not_refused(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        write(
            store,
            case,
            chair.account,
            "agency_request",
            "1",
            agency="GP",
            look_back_from="2020-01-01",
        )
        assert "further than three years before the incident" in chair.get(f"{at}/1").text
        assert "Looks back further than three years" in chair.get(at).text

    def test_how_late_it_came_back(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        write(
            store, case, chair.account, "agency_request", "1", agency="GP", return_by="2026-05-20"
        )
        write(store, case, chair.account, "agency_return", "1", returned_on="2026-05-21")
        assert "Back late 1 day after the day that was set." in words(
            chair.get(f"{at}/1").one("main")
        )

    @pytest.mark.usefixtures("asked")
    def test_what_came_back_stays_when_its_request_is_taken_out(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        kept = requests(store, case)["2"]
        write(store, case, chair.account, "agency_request", "2", **kept, taken_out="Asked twice")
        assert "The request was taken out." in chair.get(f"{at}/2").text
        assert [row[0] for row in table(chair.get(at))] == [
            "School Safeguarding lead",
            "Police Safeguarding lead",
        ]

    @pytest.mark.usefixtures("asked")
    @pytest.mark.parametrize("item", ["3", "0", "x"])
    def test_there_is_no_other(self, chair: Pages, at: str, item: str) -> None:
        chair.get(f"{at}/{item}", 404)


class TestSideBySide:
    @pytest.mark.usefixtures("asked")
    def test_a_column_for_each_agency_and_a_row_for_each_field(self, chair: Pages, at: str) -> None:
        page = chair.get(f"{at}/compare")
        head = [words(cell) for cell in page.one("thead").iter("th")]
        assert head == ["School", "Police"]
        rows = {row[0]: row[1:] for row in table(page)}
        assert rows["What does your agency know now of the facts of the incident?"] == [
            "Nothing came back yet",
            "Called at ten past six.",
        ]
        assert rows["Your agency’s details"][1] == "Nothing was written"
        assert all(row[0].tag == "th" for row in page.one("tbody").iter("tr"))

    def test_without_requests_there_is_nothing_to_compare(self, chair: Pages, at: str) -> None:
        assert "Nobody has been asked yet." in chair.get(f"{at}/compare").text


class TestAskingSeveral:
    def days(self, **dates: str) -> dict[str, str]:
        return {
            f"{name}-{part}": figure
            for name, day in dates.items()
            for part, figure in zip(("year", "month", "day"), day.split("-"), strict=True)
        }

    def test_one_request_each_with_the_same_days(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        values = self.days(
            asked_on="2026-06-09", return_by="2026-06-17", look_back_from="2023-05-09"
        )
        assert (
            chair.post(
                f"{at}/new",
                agencies="Police",
                others="Village school\r\n\r\n  Village   nursery ",
                asked_of="Safeguarding lead",
                note="One page.\r\nNot more.",
                **values,
            )
            == at
        )
        found = requests(store, case)
        assert [each["agency"] for each in found.values()] == [
            "Police",
            "Village school",
            "Village nursery",
        ]
        for each in found.values():
            assert {name: each[name] for name in each if name != "agency"} == {
                "asked_of": "Safeguarding lead",
                "note": "One page.\nNot more.",
                "asked_on": "2026-06-09",
                "return_by": "2026-06-17",
                "look_back_from": "2023-05-09",
            }
        assert "3 requests are open." in chair.get(at).text

    def test_the_list_of_cases_knows_of_the_new_deadline(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        chair.post(f"{at}/new", agencies="Police", **self.days(return_by="2026-05-10"))
        row = store.case(case.reference)
        assert row is not None
        assert (row.due, row.due_what) == (date(2026, 5, 10), "Information from Police")

    def test_three_years_before_the_incident_are_filled_in(self, chair: Pages, at: str) -> None:
        page = chair.get(f"{at}/new")
        values = {each.get("name"): each.get("value") for each in page.all("input")}
        assert [values[f"look_back_from-{part}"] for part in ("day", "month", "year")] == [
            "9",
            "5",
            "2023",
        ]

    def test_nothing_is_filled_in_while_the_incident_has_no_date(
        self, chair: Pages, store: Store
    ) -> None:
        case = new_case(store, chair.account, dates={})
        page = chair.get(f"/cases/{case.reference}/agencies/new")
        values = {each.get("name"): each.get("value") for each in page.all("input")}
        assert not values["look_back_from-day"]
        assert "is not known here, so nothing is filled in" in page.text

    @pytest.mark.usefixtures("asked")
    def test_those_who_were_asked_are_not_offered_again(self, chair: Pages, at: str) -> None:
        page = chair.get(f"{at}/new")
        offered = [each.get("value") for each in page.all("input", "govuk-checkboxes__input")]
        assert "Police" not in offered
        assert "GP practice" in offered
        assert "Open already: School; Police." in words(page.one("main"))

    @pytest.mark.usefixtures("asked")
    @pytest.mark.parametrize(
        ("values", "error"),
        [
            ({}, "Choose at least one agency, or enter another"),
            ({"agencies": "Somebody else"}, "Choose at least one agency, or enter another"),
            ({"others": "the POLICE\nPOLICE"}, "A request to Police is open already"),
            ({"agencies": "Police"}, "A request to Police is open already"),
            ({"others": "a" * 301}, "An agency must be 300 characters or fewer"),
            ({"agencies": "Cafcass", "note": "a" * 12_001}, "must be 12,000 characters or fewer"),
            (
                {"agencies": "Cafcass", "return_by-day": "31", "return_by-month": "2"},
                "The day of return must include a year",
            ),
        ],
    )
    def test_what_is_not_taken(
        self,
        chair: Pages,
        at: str,
        store: Store,
        case: CaseRow,
        values: dict[str, str],
        error: str,
    ) -> None:
        page = chair.post_wrongly(f"{at}/new", **values)
        assert error in page.errors[0]
        assert len(requests(store, case)) == 2

    def test_an_agency_ticked_and_written_is_asked_once(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        chair.post(f"{at}/new", agencies="Police", others="police")
        assert len(requests(store, case)) == 1

    def test_two_people_open_requests_at_once_and_none_is_lost(
        self,
        chair: Pages,
        at: str,
        store: Store,
        case: CaseRow,
        somebody_first: SomebodyFirst,
    ) -> None:
        form = chair.get(f"{at}/new")
        somebody_first(
            lambda: write(store, case, chair.account, "agency_request", "1", agency="School"),
        )
        chair.post(f"{at}/new", form, agencies="Police")
        assert [each["agency"] for each in requests(store, case).values()] == ["School", "Police"]

    def test_two_people_ask_one_agency_at_once_and_the_second_is_told(
        self,
        chair: Pages,
        at: str,
        store: Store,
        case: CaseRow,
        somebody_first: SomebodyFirst,
    ) -> None:
        form = chair.get(f"{at}/new")
        somebody_first(
            lambda: write(store, case, chair.account, "agency_request", "1", agency="Police"),
        )
        page = chair.post_wrongly(f"{at}/new", form, agencies="Police")
        assert page.errors == ["A request to Police is open already: send this without it"]

    @pytest.mark.parametrize("role", ["panel member", "auditor"])
    def test_only_those_who_lead_a_case_may_ask(
        self, signed_in_as: SignedInAs, at: str, store: Store, case: CaseRow, role: str
    ) -> None:
        somebody = signed_in_as(role)
        store.share(case.id, somebody.account.id)
        somebody.get(f"{at}/new", 403)


@pytest.mark.parametrize("page", ["", "/1", "/compare", "/new"])
def test_nobody_sees_a_case_that_is_not_shared_with_them(
    signed_in_as: SignedInAs, at: str, page: str, new_account: Callable[..., Account]
) -> None:
    signed_in_as("chair").get(f"{at}{page}", 404)
