"""The page of a case says in one line what comes next; nothing forces anybody to do it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.answers import Answer
from webforms.chair import casefile
from webforms.chair.cards import cards
from webforms.store import Account, CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, write
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
    answers = {"age_of_person": 4, "what_happened": "near_miss_or_concern"}
    row = new_case(store, chair.account, answers=answers)
    why = {"criteria_met": "no", "why_not": "The harm was not serious."}
    write(store, row, chair.account, "notification", **why)
    assert said(chair, row) == "Next step Choose how to learn from it below the threshold"


NOT_MET = {"criteria_met": "no", "why_not": "The harm was not serious."}
WAITING = {
    "Agency information",
    "Rapid review meeting",
    "Decision",
    "The Panel’s answer",
    "Commissioning a review",
    "Publication",
}


def stands(chair: Pages, row: CaseRow) -> dict[str, str]:
    """How the stages of the task list stand."""
    items = chair.get(f"/cases/{row.reference}").all("li", "govuk-task-list__item")
    return {
        words(next(each.iter("a"))): words(each).removesuffix(
            f" Owner and state of {words(next(each.iter('a')))}"
        )
        for each in items
    }


def test_the_partners_no_hides_no_duty_that_the_rules_find(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account)
    write(store, row, chair.account, "referral", organisation="A hospital")
    write(store, row, chair.account, "notification", **NOT_MET)
    found = stands(chair, row)
    assert {title for title in found if found[title].endswith("Not needed")} == set()
    assert said(chair, row) == (
        "Next step Look again at notifying: a duty stands that the partners’ view does not remove"
    )
    notice = words(
        chair.get(f"/cases/{row.reference}/notification").one("section", "waymark-notice")
    )
    assert "a duty on the authority, which the partners’ view does not remove" in notice
    assert "notify the Panel" in notice
    # Once it is notified there is nothing to say, and the answer to the referrer is next.
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    page = chair.get(f"/cases/{row.reference}/notification")
    assert page.all("section", "waymark-notice") == []
    assert said(chair, row) == "Next step Tell the referrer what came of it"


@pytest.mark.parametrize(
    "answers",
    [
        {"age_of_person": 4, "what_happened": "near_miss_or_concern"},
        # Open: a duty that may yet turn out is none that is found.
        {**ANSWERS_OF_A_BABY, "abuse_or_neglect": "not known"},
    ],
)
def test_where_no_duty_is_certain_the_partners_no_stands_alone(
    signed_in_as: SignedInAs, store: Store, answers: dict[str, Answer]
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account, answers=answers)
    write(store, row, chair.account, "notification", **NOT_MET)
    found = stands(chair, row)
    assert {title for title in found if found[title].endswith("Not needed")} == WAITING
    page = chair.get(f"/cases/{row.reference}/notification")
    assert page.all("section", "waymark-notice") == []


def test_a_looked_after_childs_death_has_to_be_told_though_no_rapid_review_follows(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    died: dict[str, Answer] = {"age_of_person": 10, "what_happened": "died"}
    illness: dict[str, Answer] = {"abuse_or_neglect": "no", "looked_after": "yes"}
    row = new_case(store, chair.account, answers={**died, **illness})
    write(store, row, chair.account, "notification", **NOT_MET)
    page = chair.get(f"/cases/{row.reference}/notification")
    assert "death of a looked-after child" in words(page.one("section", "waymark-notice"))
    found = stands(chair, row)
    assert {title for title in found if found[title].endswith("Not needed")} == WAITING


def test_a_process_that_must_run_and_is_said_not_to_is_pointed_out(
    signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account)
    process = "child_protection_enquiries"
    write(store, row, chair.account, "answers", "significant_harm", answer="yes")
    for runs, denied in (("yes", False), ("not known", False), ("no", True)):
        write(store, row, chair.account, "process", process, runs=runs)
        page = chair.get(f"/cases/{row.reference}/parallel")
        (card,) = (
            each
            for each in page.all("section", "waymark-process")
            if each.get("aria-labelledby") == f"process-{process}"
        )
        assert ("It is written down as not running" in words(card)) == denied, runs
        assert ("It is written down as not running" in page.text) == denied, runs


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
