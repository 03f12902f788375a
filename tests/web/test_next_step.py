"""The page of a case says in one line what comes next; nothing forces anybody to do it."""

from __future__ import annotations

from datetime import date

from webforms.chair import casefile
from webforms.chair.cards import cards
from webforms.store import Account, CaseRow, Store

from .casework import new_case, write
from .conftest import SignedInAs
from .pages import Pages, words


def said(chair: Pages, row: CaseRow) -> str:
    boxes = chair.get(f"/cases/{row.reference}").all("section", "waymark-next")
    return words(boxes[0]) if boxes else ""


def views_on_everything(store: Store, row: CaseRow, account: Account) -> None:
    for card in cards(casefile.read(store, row)):
        found = {"found": card.finding.status.value}
        write(store, row, account, "views", card.id, view="engaged", reason="So.", **found)


def test_it_leads_from_the_dates_to_the_signature(signed_in_as: SignedInAs, store: Store) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account, dates={}, answers={})
    assert said(chair, row) == "Next step Give the dates of the case"
    row = new_case(store, chair.account)
    assert "notif" in said(chair, row)
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    assert said(chair, row) == "Next step Ask the agencies"
    write(store, row, chair.account, "agency_request", "1", agency="Police")
    assert "still missing from its record" in said(chair, row)
    meeting = {"held_on": "2026-05-26", "facts": "Facts.", "safety": "Nothing: in care."}
    write(store, row, chair.account, "meeting", **meeting)
    attended = {"role": "Chair", "agency": "Council", "attended": "present"}
    write(store, row, chair.account, "attendance", "1", **attended)
    views_on_everything(store, row, chair.account)
    assert said(chair, row) == "Next step Write down the decision, and why"
    decided = {"route": "local_review", "decided_by": "The partners", "reasons": "So."}
    write(store, row, chair.account, "decision", **decided)
    write(store, row, chair.account, "dates", "decision", day=date(2026, 5, 27).isoformat())
    assert said(chair, row) == "Next step Read the record and sign it"


def test_a_case_that_is_not_notified_goes_on_to_learning(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account)
    why = {"criteria_met": "no", "why_not": "The harm was not serious."}
    write(store, row, chair.account, "notification", **why)
    assert said(chair, row) == "Next step Choose how to learn from it below the threshold"


def test_a_closed_case_has_no_next_step(signed_in_as: SignedInAs, store: Store) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account)
    write(store, row, chair.account, "closing", closed="yes", why="Done.")
    assert said(chair, row) == ""


def test_a_page_of_a_stage_says_what_is_still_due_and_how_strongly(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account)
    answers = {
        "partners_think_review_appropriate": "yes",
        "panel_answer": "not_yet",
        "notification_withdrawn": "no",
    }
    for question, given in answers.items():
        write(store, row, chair.account, "answers", question, answer=given)
    text = chair.get(f"/cases/{row.reference}/publication").text
    assert "By when" in text
    assert "Send the same to Ofsted." in text
    assert "before the day of publication: must" in text
    assert "before the day of publication: should" in text


def test_what_is_not_asked_for_any_more_is_not_lost_when_the_form_is_saved(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair", "isle-of-wight")
    row = new_case(store, chair.account)
    action = {"what": "An action", "owner": "A head", "due": "2026-07-01", "gone": "Kept."}
    write(store, row, chair.account, "action", "1", **action)
    address = f"/cases/{row.reference}/part/action/1"
    form = chair.get(address)
    sent = {
        each.get("name", ""): each.get("value", "")
        for each in form.all("input")
        if each.get("type") in ("hidden", "text", None)
    }
    chair.post(address, form, **{**sent, "what": "Another action", "owner": "A head"})
    (newest, *_) = store.history(row.id, "action", "1")
    assert newest.data["what"] == "Another action"
    assert newest.data["gone"] == "Kept."
