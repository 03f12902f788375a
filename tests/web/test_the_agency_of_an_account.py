"""A panel member writes for one agency: it is named when they are invited, and can be put right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from webforms.access import Role
from webforms.chair.own_agency import writes_for
from webforms.store import Account, Store

from .casework import new_case, write
from .conftest import SignedInAs
from .pages import Page, Pages, words

NewAccount = Callable[..., Account]
NEEDED = "Enter the agency: a panel member writes for their agency only"
LEADERS = (Role.CHAIR, Role.ADMINISTRATOR)


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Independent chair")


def account(store: Store, account_id: int) -> Account:
    found = store.account(account_id)
    assert found is not None
    return found


def offered(page: Page) -> list[str]:
    return [each.get("value") or "" for each in page.all("option")]


def ask(store: Store, chair: Pages, *agencies: str, area_of: Pages | None = None) -> None:
    row = new_case(store, (area_of or chair).account)
    for number, agency in enumerate(agencies, 1):
        write(store, row, chair.account, "agency_request", str(number), agency=agency)


class TestTheInvitation:
    @pytest.mark.parametrize("agency", ["", "  "])
    def test_a_panel_member_is_not_invited_without_an_agency(
        self, agency: str, chair: Pages, store: Store
    ) -> None:
        page = chair.post_wrongly("/people/invite", role=Role.PANEL_MEMBER, agency=agency)
        assert page.errors == [NEEDED]
        assert store.invitations("darlington") == ()

    @pytest.mark.parametrize("role", [each for each in Role if each != Role.PANEL_MEMBER])
    def test_nobody_else_needs_one(self, role: Role, chair: Pages, store: Store) -> None:
        chair.post("/people/invite", role=role, agency="")
        (invitation,) = store.invitations("darlington")
        assert (invitation.role, invitation.agency) == (role, "")

    def test_the_agencies_asked_already_are_offered_once_each(
        self, chair: Pages, store: Store, signed_in_as: SignedInAs
    ) -> None:
        assert offered(chair.get("/people/invite")) == []
        ask(store, chair, "Police", "Health visiting")
        ask(store, chair, "police")
        # Not those of cases that are not theirs to see, nor of another area.
        other, elsewhere = signed_in_as(Role.CHAIR), signed_in_as(Role.CHAIR, "gateshead")
        ask(store, other, "A small school")
        ask(store, elsewhere, "Gateshead hospital")
        found = offered(chair.get("/people/invite"))
        assert found[0] == "Health visiting"
        assert [each.casefold() for each in found] == ["health visiting", "police"]

    def test_a_request_that_was_taken_out_or_renamed_is_not_offered(
        self, chair: Pages, store: Store
    ) -> None:
        row = new_case(store, chair.account)
        for item, agency in (("1", "Polcie"), ("2", "Housing")):
            write(store, row, chair.account, "agency_request", item, agency=agency)
        write(store, row, chair.account, "agency_request", "1", agency="Police")
        write(store, row, chair.account, "agency_request", "2", agency="Housing", taken_out="So.")
        assert offered(chair.get("/people/invite")) == ["Police"]

    def test_an_agency_is_spelt_as_it_was_when_it_was_asked(
        self, chair: Pages, store: Store
    ) -> None:
        ask(store, chair, "Health visiting")
        chair.post("/people/invite", role=Role.PANEL_MEMBER, agency=" HEALTH  visiting")
        (invitation,) = store.invitations("darlington")
        assert invitation.agency == "Health visiting"


class TestTheAccount:
    @pytest.mark.parametrize("role", LEADERS)
    def test_a_leader_gives_an_account_its_agency_and_it_can_write_for_it(
        self, role: Role, signed_in_as: SignedInAs, new_account: NewAccount, store: Store
    ) -> None:
        leader = signed_in_as(role)
        member = new_account(Role.PANEL_MEMBER, name="Detective")
        assert not writes_for(member, "Police")
        address = leader.get("/people").link("Agency of Detective")
        assert leader.get(address).heading == "The agency of Detective"
        leader.post(address, agency="Police")
        assert writes_for(account(store, member.id), "Police")
        assert "Police" in words(leader.get("/people").one("main"))

    def test_it_is_put_on_record_once_with_who_did_it(
        self, chair: Pages, new_account: NewAccount, store: Store
    ) -> None:
        member = new_account(Role.PANEL_MEMBER, agency="Durham Constabulary")
        for _ in range(2):
            chair.post(f"/people/{member.id}/agency", agency="Police")
        kinds = [each["kind"] for each in store.db["log"].rows]
        assert kinds.count("agency changed") == 1
        (said,) = store.db.query(
            "SELECT json_extract(body, '$.account') AS account,"
            " json_extract(body, '$.agency') AS agency, json_extract(body, '$.by') AS by"
            " FROM payloads JOIN log USING (seq) WHERE kind = 'agency changed'"
        )
        assert said == {"account": member.id, "agency": "Police", "by": chair.account.id}
        assert store.verify().faults == ()

    def test_an_agency_that_nobody_gave_it_is_told(
        self, chair: Pages, new_account: NewAccount, store: Store
    ) -> None:
        member = new_account(Role.PANEL_MEMBER, agency="Housing")
        chair.post(f"/people/{member.id}/agency", agency="Police")
        with store.db.conn:
            store.db.execute("UPDATE accounts SET agency = 'Housing' WHERE id = ?", [member.id])
        assert store.verify().faults == (
            f"Account {member.id} has another agency than it was given last.",
        )

    def test_a_panel_member_is_not_left_without_one(
        self, chair: Pages, new_account: NewAccount, store: Store
    ) -> None:
        member, auditor = new_account(Role.PANEL_MEMBER, agency="Police"), new_account(Role.AUDITOR)
        page = chair.post_wrongly(f"/people/{member.id}/agency", agency=" ")
        assert page.errors == [NEEDED]
        assert account(store, member.id).agency == "Police"
        chair.post(f"/people/{auditor.id}/agency", agency="")
        assert account(store, auditor.id).agency == ""

    def test_only_an_open_account_of_somebody_else_in_the_area_is_changed(
        self, chair: Pages, new_account: NewAccount, store: Store
    ) -> None:
        elsewhere, closed = new_account(Role.PANEL_MEMBER, "gateshead"), new_account(Role.AUDITOR)
        store.close_account(closed.id, by=chair.account.id)
        for each in (elsewhere.id, closed.id, chair.account.id):
            chair.get(f"/people/{each}/agency", 404)
        store.change_agency(closed.id, "Police", by=chair.account.id)
        store.change_agency(elsewhere.id, "Police", by=closed.id)
        assert account(store, closed.id).agency == account(store, elsewhere.id).agency == ""

    def test_who_cannot_write_is_told_who_can_put_it_right(
        self, signed_in_as: SignedInAs, chair: Pages, store: Store
    ) -> None:
        member = signed_in_as(Role.PANEL_MEMBER, agency="Durham Constabulary")
        row = new_case(store, chair.account, shared_with=[member.account])
        write(store, row, chair.account, "agency_request", "1", agency="Police")
        address = f"/cases/{row.reference}/part/agency_return/1"
        assert "names the wrong agency, they can change that" in member.get(address).text
        chair.post(f"/people/{member.account.id}/agency", agency="Police")
        member.post(address, member.get(address), involvement="Two calls.")
        assert store.history(row.id, "agency_return", "1")[0].data["involvement"] == "Two calls."
