"""Two people edit one case at once: nothing is lost, and the second is shown what changed."""

from __future__ import annotations

import pytest

from webforms.access import Role
from webforms.store import Account, CaseRow, Store, Superseded

from .casework import new_case, write
from .conftest import SignedInAs, SomebodyFirst
from .pages import Page, Pages, words


@pytest.fixture
def first(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Chair One")


@pytest.fixture
def second(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.PANEL_MEMBER, name="Member Two", agency="Health")


@pytest.fixture
def row(store: Store, first: Pages, second: Pages) -> CaseRow:
    return new_case(store, first.account, shared_with=[second.account])


def hidden(page: Page, name: str) -> str:
    found = [each for each in page.all("input") if each.get("name") == name]
    assert len(found) == 1, f"{len(found)} inputs called {name}"
    return found[0].get("value") or ""


def filled(page: Page) -> dict[str, str]:
    """What the text areas and lines of a page hold, as a browser would send them."""
    boxes = {each.get("name") or "": words(each) for each in page.all("textarea")}
    lines = {
        each.get("name") or "": each.get("value") or "" for each in page.all("input", "govuk-input")
    }
    return {**boxes, **lines, "seen_versions": hidden(page, "seen_versions")}


def sent(visitor: Pages, address: str, page: Page, **values: str) -> Page | str:
    """Sends a form as it was shown, with some of it changed."""
    response = visitor.client.post(
        address, data={"csrf_token": page.token, **filled(page), **values}
    )
    return response.headers["Location"] if response.status_code == 302 else Page(response)


def test_what_only_the_other_changed_is_taken_over(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/part/meeting"
    before_first, before_second = first.get(address), second.get(address)
    sent(first, address, before_first, facts="The facts, as the chair has them.", safety="Safe.")
    page = sent(second, address, before_second, improvements="Ask about the father.")
    assert isinstance(page, Page)
    assert "Somebody else saved this while you were writing" in page.text
    assert "Chair One (chair)" in page.text
    # Nothing of the second is saved yet, and nothing of either is gone from the form.
    again = filled(page)
    assert again["facts"] == "The facts, as the chair has them."
    assert again["improvements"] == "Ask about the father."
    assert isinstance(sent(second, address, page), str)
    newest = store.history(row.id, "meeting")[0]
    assert newest.version == 2
    assert newest.data["facts"] == "The facts, as the chair has them."
    assert newest.data["improvements"] == "Ask about the father."


def test_where_both_changed_the_same_the_second_sees_both_and_decides(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/part/meeting"
    before_first, before_second = first.get(address), second.get(address)
    sent(first, address, before_first, facts="First account.", safety="Safe.")
    page = sent(second, address, before_second, facts="Second account.", safety="Safe.")
    assert isinstance(page, Page)
    row_of_facts = next(tr for tr in page.all("tr") if "Both of you changed this" in words(tr))
    cells = [words(each) for each in row_of_facts.iter("td")]
    assert cells == ["Nothing was written", "First account.", "Second account."]
    assert filled(page)["facts"] == "Second account."
    sent(second, address, page, facts="First account. Second account.")
    texts = [entry.data["facts"] for entry in store.history(row.id, "meeting")]
    assert texts == ["First account. Second account.", "First account."]


def test_a_date_that_two_people_enter_is_a_conflict_too(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/part/key_dates"
    before_first, before_second = first.get(address), second.get(address)
    day = {
        "strategy_discussion-day": "1",
        "strategy_discussion-month": "6",
        "strategy_discussion-year": "2026",
    }
    other = {**day, "strategy_discussion-day": "2"}
    assert isinstance(sent(first, address, before_first, **day), str)
    page = sent(second, address, before_second, **other)
    assert isinstance(page, Page)
    row_of_it = next(tr for tr in page.all("tr") if "Both of you changed this" in words(tr))
    assert "Monday 1 June 2026" in words(row_of_it)
    assert "Tuesday 2 June 2026" in words(row_of_it)
    assert store.history(row.id, "dates", "strategy_discussion")[0].data["day"] == "2026-06-01"


def test_two_people_who_write_to_different_forms_do_not_meet(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    meeting = f"/cases/{row.reference}/part/meeting"
    referral = f"/cases/{row.reference}/part/referral"
    before_first, before_second = first.get(meeting), second.get(referral)
    assert isinstance(sent(first, meeting, before_first, safety="Safe."), str)
    assert isinstance(sent(second, referral, before_second, organisation="A school"), str)
    assert len(store.history(row.id, "meeting")) == len(store.history(row.id, "referral")) == 1


def test_two_people_who_add_an_item_at_once_both_get_theirs(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/part/attendance/new"
    pages = {visitor: visitor.get(address) for visitor in (first, second)}
    for visitor, role in ((first, "Designated doctor"), (second, "Detective inspector")):
        answer = sent(visitor, address, pages[visitor], role=role, agency="One", attended="present")
        assert isinstance(answer, str)
    shown = first.get(f"/cases/{row.reference}/items/attendance").text
    assert "Designated doctor" in shown
    assert "Detective inspector" in shown


def test_an_answer_that_somebody_else_gave_meanwhile_is_shown_and_not_lost(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/questions/notify/partners_view"
    before_first, before_second = first.get(address), second.get(address)
    assert isinstance(sent(first, address, before_first, answer="agree_to_notify"), str)
    page = sent(second, address, before_second, answer="disagree")
    assert isinstance(page, Page)
    assert "Somebody else saved this while you were writing" in page.text
    assert store.history(row.id, "answers", "partners_view")[0].data["answer"] == "agree_to_notify"
    assert isinstance(sent(second, address, page, answer="disagree"), str)
    given = [e.data["answer"] for e in store.history(row.id, "answers", "partners_view")]
    assert given == ["disagree", "agree_to_notify"]


def changed_rows(page: Page) -> list[list[str]]:
    """The rows of the table of what was changed: asked, before, theirs, yours."""
    return [[words(each) for each in row] for row in page.one("tbody")]


def test_an_error_in_the_form_does_not_let_it_overwrite_what_its_writer_never_saw(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/questions/notify/abuse_or_neglect"
    before_first, before_second = first.get(address), second.get(address)
    assert isinstance(sent(first, address, before_first, answer="known"), str)
    mended = second.post_wrongly(
        address, before_second, seen_versions=hidden(before_second, "seen_versions")
    )
    assert hidden(mended, "seen_versions") == "abuse_or_neglect=1"
    page = sent(second, address, mended, answer="no")
    assert isinstance(page, Page)
    # ANSWERS_OF_A_BABY says "suspected".
    assert changed_rows(page) == [
        [
            "Abuse or neglect Both of you changed this",
            "It is suspected",
            "Yes, it is known",
            "No, it is neither known nor suspected",
        ]
    ]
    given = [e.data["answer"] for e in store.history(row.id, "answers", "abuse_or_neglect")]
    assert given == ["known", "suspected"]
    assert isinstance(sent(second, address, page, answer="no"), str)


def test_answers_are_told_in_words_and_what_was_not_sent_is_left_out(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/questions/notify/where_it_happened"
    before_first, before_second = first.get(address), second.get(address)
    elsewhere = {"answer": "elsewhere_in_england", "authority_of_the_incident": "durham"}
    assert isinstance(sent(first, address, before_first, **elsewhere), str)
    page = sent(second, address, before_second, answer="not known")
    assert isinstance(page, Page)
    assert changed_rows(page) == [
        [
            "Place Both of you changed this",
            "In this area",
            "Elsewhere in England",
            "Not known yet",
        ]
    ]


def test_an_age_under_one_is_told_as_such(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/questions/notify/age_of_person"
    before_first, before_second = first.get(address), second.get(address)
    sent(first, address, before_first, answer="in-years", years="3")
    page = sent(second, address, before_second, answer="in-years", years="1")
    assert isinstance(page, Page)
    ((_, *cells),) = changed_rows(page)
    assert cells == ["Under 1", "3", "1"]


def test_an_answer_that_only_the_other_changed_is_taken_over(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/questions/notify/age_of_person"
    before_first, before_second = first.get(address), second.get(address)
    sent(first, address, before_first, answer="in-years", years="3")
    page = sent(second, address, before_second, answer="in-years", years="0")
    assert isinstance(page, Page)
    assert changed_rows(page)[0][1:] == ["Under 1", "3", "You had not changed it"]
    assert filled(page)["years"] == "3"


def test_an_answer_that_comes_between_reading_and_writing_is_shown_and_then_known(
    store: Store,
    first: Pages,
    second: Pages,
    row: CaseRow,
    somebody_first: SomebodyFirst,
) -> None:
    address = f"/cases/{row.reference}/questions/notify/abuse_or_neglect"
    page = second.get(address)
    somebody_first(
        lambda: write(store, row, first.account, "answers", "abuse_or_neglect", answer="known")
    )
    shown = sent(second, address, page, answer="no")
    assert isinstance(shown, Page)
    assert changed_rows(shown)[0][1:] == [
        "It is suspected",
        "Yes, it is known",
        "No, it is neither known nor suspected",
    ]
    assert isinstance(sent(second, address, shown, answer="no"), str)
    given = [e.data["answer"] for e in store.history(row.id, "answers", "abuse_or_neglect")]
    assert given == ["no", "known", "suspected"]


def test_a_writer_who_is_overtaken_between_reading_and_writing_is_told_as_well(
    store: Store,
    first: Pages,
    second: Pages,
    row: CaseRow,
    somebody_first: SomebodyFirst,
) -> None:
    address = f"/cases/{row.reference}/part/meeting"
    page = second.get(address)
    somebody_first(
        lambda: store.write(
            row.id, "meeting", "", {"safety": "Theirs."}, account=1, after=0, rules="r"
        )
    )
    shown = sent(second, address, page, safety="Ours.")
    assert isinstance(shown, Page)
    assert "Theirs." in shown.text
    assert filled(shown)["safety"] == "Ours."


def test_the_store_takes_only_the_version_that_follows_the_newest(
    store: Store, first: Pages, row: CaseRow
) -> None:
    account: Account = first.account
    store.write(row.id, "meeting", "", {"facts": "1"}, account=account.id, after=0, rules="r")
    with pytest.raises(Superseded) as refused:
        store.write(row.id, "meeting", "", {"facts": "2"}, account=account.id, after=0, rules="r")
    assert refused.value.entry.data == {"facts": "1"}
    assert [each.data["facts"] for each in store.history(row.id, "meeting")] == ["1"]


def test_what_is_typed_for_an_item_that_is_taken_out_is_kept_and_puts_it_back(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    write(
        store,
        row,
        first.account,
        "attendance",
        "1",
        role="Doctor",
        agency="Trust",
        attended="present",
    )
    address = f"/cases/{row.reference}/part/attendance/1"
    before = second.get(address)
    out = f"/cases/{row.reference}/take-out/attendance/1"
    assert isinstance(sent_to_take_out(first, out), str)
    typed = {"role": "Doctor, and many more words", "agency": "Trust", "attended": "present"}
    page = sent(second, address, before, **typed)
    assert isinstance(page, Page)
    assert "Somebody took this out while you were writing" in page.text
    assert "Chair One (chair) took it out on" in words(page.root)
    assert "10 June 2026" in words(page.root)
    assert "It was entered twice." in page.text
    assert filled(page)["role"] == "Doctor, and many more words"
    # What the writer had left as it was is still there as well.
    assert filled(page)["agency"] == "Trust"
    assert store.history(row.id, "attendance")[0].data["taken_out"] == "It was entered twice."
    assert isinstance(sent(second, address, page, attended="present"), str)
    newest = store.history(row.id, "attendance")[0]
    assert newest.version == 3
    assert newest.data["role"] == "Doctor, and many more words"
    assert "taken_out" not in newest.data
    assert (
        "Doctor, and many more words" in second.get(f"/cases/{row.reference}/items/attendance").text
    )


def test_a_mistake_in_what_is_typed_for_an_item_that_is_taken_out_loses_nothing(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    write(store, row, first.account, "attendance", "1", role="Doctor", agency="Trust")
    address = f"/cases/{row.reference}/part/attendance/1"
    before = second.get(address)
    sent_to_take_out(first, f"/cases/{row.reference}/take-out/attendance/1")
    typed = {**filled(before), "agency": "Trust, community service", "role": ""}
    answer = second.client.post(address, data={"csrf_token": before.token, **typed})
    page = Page(answer, with_errors=True)
    assert "Somebody took this out while you were writing" in page.text
    assert filled(page)["agency"] == "Trust, community service"
    # Once the mistake is mended, the writer is asked whether it is to be put back.
    again = sent(second, address, page, role="Doctor", attended="present")
    assert isinstance(again, Page)
    assert isinstance(sent(second, address, again, attended="present"), str)
    newest = store.history(row.id, "attendance")[0]
    assert newest.data["agency"] == "Trust, community service"


def test_a_return_can_be_saved_though_the_request_was_taken_out_meanwhile(
    store: Store, first: Pages, second: Pages, row: CaseRow
) -> None:
    write(store, row, first.account, "agency_request", "1", agency="Health")
    address = f"/cases/{row.reference}/part/agency_return/1"
    before = second.get(address)
    sent_to_take_out(first, f"/cases/{row.reference}/take-out/agency_request/1")
    assert isinstance(sent(second, address, before, involvement="Four visits."), str)
    assert store.history(row.id, "agency_return")[0].data["involvement"] == "Four visits."
    assert "Four visits." in first.get(f"/cases/{row.reference}/agencies/1").text


def test_what_was_never_there_is_not_made_by_sending_it(first: Pages, row: CaseRow) -> None:
    token = first.get(f"/cases/{row.reference}/part/attendance/new").token
    for item in ("7", "x"):
        address = f"/cases/{row.reference}/part/attendance/{item}"
        answer = first.client.post(address, data={"csrf_token": token, "role": "Doctor"})
        assert answer.status_code == 404


def sent_to_take_out(visitor: Pages, address: str) -> Page | str:
    page = visitor.get(address)
    values = {"why": "It was entered twice.", "seen_version": hidden(page, "seen_version")}
    response = visitor.client.post(address, data={"csrf_token": page.token, **values})
    return response.headers["Location"] if response.status_code == 302 else Page(response)
