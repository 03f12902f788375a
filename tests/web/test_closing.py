"""Before a case is closed its page says what is still open. Nothing is refused for it."""

from __future__ import annotations

import pytest

from webforms.access import Role
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, write
from .conftest import SignedInAs
from .pages import Pages, words
from .test_deciding import ready, sign

HEADING = "Still open in this case"


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Independent chair")


def still_open(chair: Pages, row: CaseRow) -> list[str]:
    page = chair.get(f"/cases/{row.reference}/part/closing")
    notices = [each for each in page.all("section", "waymark-notice") if HEADING in words(each)]
    return [words(line) for notice in notices for line in notice.iter("li")]


def test_what_is_overdue_and_what_is_not_signed_is_named(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    found = still_open(chair, row)
    assert "No decision is written down." in found
    assert any("Notify through" in each and "Overdue by" in each for each in found)
    ready(store, row, chair)
    assert "The record of the decision is not signed." in still_open(chair, row)
    sign(chair, row)
    assert not any("sign" in each or "decision is" in each for each in still_open(chair, row))
    write(store, row, chair.account, "decision", route="no_review", reasons="Otherwise.")
    assert "The decision was changed after it was signed." in still_open(chair, row)


def test_a_duty_to_notify_that_is_denied_is_named(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    denied = "A duty to notify stands that the partners’ view does not remove."
    assert denied not in still_open(chair, row)
    write(store, row, chair.account, "notification", criteria_met="no", why_not="So.")
    assert denied in still_open(chair, row)


def test_actions_that_are_not_done_are_counted(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    for item, done in (("1", ""), ("2", ""), ("3", "2026-06-01")):
        said = {"what": "A pathway", "owner": "Health", "due": "2027-01-01", "done_on": done}
        write(store, row, chair.account, "action", item, **said)
    assert "Two actions are not done." in still_open(chair, row)
    write(store, row, chair.account, "action", "2", what="A pathway", done_on="2026-06-02")
    assert "1 action is not done." in still_open(chair, row)


def test_an_action_that_will_be_done_tomorrow_is_not_done(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    said = {"what": "A pathway", "owner": "Health", "due": "2027-01-01"}
    write(store, row, chair.account, "action", "1", **said, done_on="2026-06-11")
    assert "1 action is not done." in still_open(chair, row)
    write(store, row, chair.account, "action", "1", **said, done_on="2026-06-10")
    assert not any("not done" in each for each in still_open(chair, row))


def test_where_nothing_is_open_nothing_is_said(store: Store, chair: Pages) -> None:
    answers = {**ANSWERS_OF_A_BABY, "what_happened": "near_miss_or_concern"}
    row = new_case(store, chair.account, answers=answers, dates={})
    write(store, row, chair.account, "notification", criteria_met="no", why_not="So.")
    assert still_open(chair, row) == []


def test_it_is_closed_all_the_same(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    chair.post(f"/cases/{row.reference}/part/closing", closed="yes", why="It was a double.")
    kept = store.case(row.reference)
    assert kept is not None
    assert kept.closed


def test_no_other_form_says_what_is_open(store: Store, chair: Pages) -> None:
    row = new_case(store, chair.account)
    assert HEADING not in chair.get(f"/cases/{row.reference}/part/notification").text
