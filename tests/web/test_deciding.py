"""The meeting and the decision: views with reasons, what differs, signing, correcting."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from engine.answers import Answer
from webforms import rule_files
from webforms.access import Role
from webforms.chair import casefile
from webforms.chair.cards import cards
from webforms.chair.finishing import missing
from webforms.chair.recommending import FOLLOWS
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, DATES_OF_A_BABY, new_case, write
from .conftest import Clock, SignedInAs
from .pages import Page, Pages, words

WEIGHED: dict[str, Answer] = {
    **ANSWERS_OF_A_BABY,
    "improvements_needed": "yes",
    "recurrent_themes": "no",
    "joint_working_concern": "may",
    "panel_prefers_local_review": "no",
    "single_agency_concern": "no",
    "no_agency_involved_concern": "no",
    "more_than_one_area": "no",
    "institutional_setting": "no",
    "change_of_law_or_guidance": "no",
    "educated_otherwise_than_at_school": "no",
    "in_care_or_on_protection_plan": "not known",
    "range_of_abuse_types": "no",
    "complex_or_of_national_importance": "no",
}


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Independent chair")


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    return new_case(store, chair.account, answers=WEIGHED)


def file_of(store: Store, row: CaseRow) -> casefile.CaseFile:
    return casefile.read(store, row)


def views_on_all(store: Store, row: CaseRow, chair: Pages, but: str = "") -> None:
    for card in cards(file_of(store, row)):
        if card.id != but:
            write(
                store,
                row,
                chair.account,
                "views",
                card.id,
                view="cannot_say",
                reason="To be asked again.",
                found=card.finding.status.value,
            )


def ready(store: Store, row: CaseRow, chair: Pages, **decision: Any) -> None:
    """Everything that a record needs, and nothing more."""
    views_on_all(store, row, chair)
    write(
        store, row, chair.account, "meeting", held_on="2026-05-20", facts="A baby.", safety="Safe."
    )
    write(
        store, row, chair.account, "attendance", "1", role="Doctor", agency="A", attended="present"
    )
    write(
        store,
        row,
        chair.account,
        "decision",
        **{
            "route": "local_review",
            "decided_by": "The three safeguarding partners",
            "reasons": "The worry did not reach the social worker.",
            **decision,
        },
    )
    write(store, row, chair.account, "dates", "decision", day="2026-05-21")


# The cards


def test_each_criterion_and_circumstance_has_a_card_with_its_paragraph_and_what_is_found(
    chair: Pages, row: CaseRow
) -> None:
    page = chair.get(f"/cases/{row.reference}/criteria")
    found = page.all("section", "waymark-card")
    assert len(found) == 15
    first = words(found[0])
    assert "Regulations of 2018, regulation 11(a)" in first
    assert "On these answers it is engaged." in first
    answered = found[0].findall(".//dl/div")
    assert [words(each) for each in answered] == ["Improvements neededYes, it does"]
    on_a_plan = next(each for each in found if "on a protection plan" in words(each))
    assert "These answers do not settle it." in words(on_a_plan)
    assert "Not known yet" in words(on_a_plan)


def test_a_view_without_a_reason_is_not_taken(chair: Pages, row: CaseRow, store: Store) -> None:
    page = chair.post_wrongly(
        f"/cases/{row.reference}/criteria",
        card="criterion_improvements",
        **{"criterion_improvements-view": "engaged", "criterion_improvements-reason": " "},
    )
    assert page.errors == ["Enter the reason for the panel’s view"]
    assert store.history(row.id, "views") == ()


def test_after_a_view_the_next_card_without_one_comes(chair: Pages, row: CaseRow) -> None:
    address = chair.post(
        f"/cases/{row.reference}/criteria",
        card="criterion_improvements",
        **{"criterion_improvements-view": "engaged", "criterion_improvements-reason": "Seen."},
    )
    assert address.endswith("/criteria#card-criterion_recurrent_themes")


def test_a_view_that_differs_from_the_rules_is_marked_and_a_rerun_leaves_it_alone(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    chair.post(
        f"/cases/{row.reference}/criteria",
        card="criterion_joint_working",
        **{
            "criterion_joint_working-view": "not_engaged",
            "criterion_joint_working-reason": "They spoke on the day.",
        },
    )
    page = chair.get(f"/cases/{row.reference}/criteria")
    marked = [e for e in page.all("section", "waymark-card") if "sees it otherwise" in words(e)]
    assert [each.get("id") for each in marked] == ["card-criterion_joint_working"]
    # The answer changes, and the rules now find what the panel said: its view stands as it was.
    write(store, row, chair.account, "answers", "joint_working_concern", answer="no")
    card = next(c for c in cards(file_of(store, row)) if c.id == "criterion_joint_working")
    assert (card.view, card.reason) == ("not_engaged", "They spoke on the day.")
    assert not card.differs
    assert card.found_since
    assert "Its view stands as it was" in chair.get(f"/cases/{row.reference}/criteria").text


def test_not_known_is_not_counted_as_agreement_with_no(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    name = "panel_circumstance_in_care_or_on_plan"
    write(store, row, chair.account, "views", name, view="not_engaged", reason="No.", found="open")
    card = next(each for each in cards(file_of(store, row)) if each.id == name)
    assert not card.agrees


# What is missing


def test_the_chair_cannot_finish_without_a_reason_for_each(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    assert missing(file_of(store, row)) == ()
    views_on_all(store, row, chair, but="criterion_improvements")
    write(store, row, chair.account, "views", "criterion_improvements", view="engaged", reason="")
    (lacking,) = missing(file_of(store, row))
    assert lacking.anchor == "card-criterion_improvements"
    page = chair.get(f"/cases/{row.reference}/sign")
    assert "It cannot be signed yet" in page.text
    assert page.all("button", "govuk-button") == []
    token = chair.get("/account").token
    chair.client.post(
        f"/cases/{row.reference}/sign",
        data={"csrf_token": token, "read": "yes", "seen_seq": "999"},
    )
    assert store.signed(row.id) == ()


def test_no_local_review_asks_for_its_own_justification(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    page = chair.post_wrongly(
        f"/cases/{row.reference}/part/decision", route="no_review", reasons="Nothing new."
    )
    assert page.errors == ["Say why there is no review"]
    ready(store, row, chair, route="no_review")
    assert [each.what for each in missing(file_of(store, row))] == ["Why there is no review"]


def test_a_decision_that_is_not_made_cannot_be_signed(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair, route="more_needed")
    assert [each.what for each in missing(file_of(store, row))] == [
        "A decision: “not decided yet” cannot be signed"
    ]


# What the meeting recommends, and what is decided


def test_the_decision_is_written_under_what_the_meeting_recommended(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    chair.post(
        f"/cases/{row.reference}/part/recommendation",
        route="other_learning",
        reasons="An audit could show the same.",
        next_steps="The chair tells the partners.",
    )
    for page in ("part/decision", "decision", "meeting"):
        text = chair.get(f"/cases/{row.reference}/{page}").text
        assert "No local review; another form of learning" in text, page
        assert "An audit could show the same." in text, page
    form = chair.get(f"/cases/{row.reference}/part/decision")
    fields = {each.get("name") for tag in ("input", "textarea") for each in form.all(tag)}
    assert {"route", "reasons", "next_steps"} <= fields
    main = form.one("main")
    assert all("An audit could show the same." not in words(each) for each in main.iter("form"))
    assert file_of(store, row).one("decision") == {}


def test_what_the_meeting_recommended_stays_when_the_partners_decide_otherwise(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    departs = "This departs from what the meeting recommended."
    write(store, row, chair.account, "recommendation", route="no_review", reasons="Nothing new.")
    ready(store, row, chair, route="no_review", why_no_review="Nothing new.")
    assert departs not in chair.get(f"/cases/{row.reference}/decision").text
    write(store, row, chair.account, "decision", route="local_review", reasons="New learning.")
    assert departs in chair.get(f"/cases/{row.reference}/decision").text
    assert file_of(store, row).one("recommendation")["route"] == "no_review"


def test_a_panel_member_writes_what_was_recommended_and_not_what_is_decided(
    chair: Pages, row: CaseRow, store: Store, signed_in_as: SignedInAs
) -> None:
    member = signed_in_as(Role.PANEL_MEMBER)
    store.share(row.id, member.account.id)
    member.post(f"/cases/{row.reference}/part/recommendation", route="local_review")
    assert file_of(store, row).one("recommendation")["route"] == "local_review"
    form = member.get(f"/cases/{row.reference}/part/decision")
    assert "A local child safeguarding practice review" in form.text
    assert form.all("button", "govuk-button") == []


# Signing


def sign(visitor: Pages, row: CaseRow, **more: str) -> str:
    page = visitor.get(f"/cases/{row.reference}/sign")
    seen = next(e.get("value") for e in page.all("input") if e.get("name") == "seen_seq")
    return visitor.post(
        f"/cases/{row.reference}/sign", page, read="yes", seen_seq=seen or "", **more
    )


def test_a_signed_record_holds_the_facts_the_findings_and_what_was_decided(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    assert sign(chair, row) == f"/cases/{row.reference}/decision"
    (signed,) = store.signed(row.id)
    record = signed.record
    # That the Panel has not answered is what the case says while nothing is written of it.
    assert record["inputs"]["answers"] == {**WEIGHED, "panel_answer": "not_yet"}
    assert record["inputs"]["dates"]["awareness"] == DATES_OF_A_BABY["awareness"].isoformat()
    assert set(record["assessments"]) == {
        "notify",
        "rapid-review",
        "review",
        "learning",
        "parallel",
    }
    assert record["recommended"] == "find_out_first"
    # What the rules say is to find out first, so no decision can differ from it.
    assert record["agreement"] == "nothing_to_compare"
    assert "differs" not in record
    assert signed.rules_version == record["rules_version"]
    page = chair.get(f"/cases/{row.reference}/records/1")
    assert "The worry did not reach the social worker." in page.text
    assert signed.commitment in page.text


def test_what_is_written_after_signing_does_not_change_the_signed_record(
    app: Flask, chair: Pages, row: CaseRow, store: Store, clock: Clock
) -> None:
    ready(store, row, chair)
    sign(chair, row)
    before = chair.get(f"/cases/{row.reference}/records/1").text
    write(store, row, chair.account, "decision", route="no_review", reasons="Otherwise.")
    clock.now += timedelta(hours=1)
    shown = chair.get(f"/cases/{row.reference}/records/1")
    assert "Otherwise." not in shown.text
    assert words(shown.one("main")) == words(
        type(shown)(chair.client.get(f"/cases/{row.reference}/records/1")).one("main")
    )
    assert "The worry did not reach the social worker." in before
    assert "has been written in since" in chair.get(f"/cases/{row.reference}/decision").text


def test_nothing_said_of_the_stage_hides_that_a_record_is_signed(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    def decision() -> str:
        items = chair.get(f"/cases/{row.reference}").all("li", "govuk-task-list__item")
        return next(words(each) for each in items if words(each).startswith("Decision"))

    ready(store, row, chair)
    write(store, row, chair.account, "stage", "decision", state="not_needed", why="As we see it.")
    assert "Not needed" in decision()
    sign(chair, row)
    assert "Not needed" not in decision()
    assert "Done" in decision()


def test_a_correction_is_a_new_version_that_names_the_old_one(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    sign(chair, row)
    page = chair.get(f"/cases/{row.reference}/sign")
    seen = next(e.get("value") for e in page.all("input") if e.get("name") == "seen_seq")
    refused = chair.post_wrongly(
        f"/cases/{row.reference}/sign", page, read="yes", seen_seq=seen or "", correction=""
    )
    assert refused.errors == ["Say what is corrected, and why"]
    sign(chair, row, correction="The date of the meeting was wrong.")
    first, second = store.signed(row.id)
    assert second.record["corrects"] == {
        "version": 1,
        "seal": first.commitment,
        "why": "The date of the meeting was wrong.",
    }
    assert (
        "A later version corrects this one" in chair.get(f"/cases/{row.reference}/records/1").text
    )
    assert first.commitment in chair.get(f"/cases/{row.reference}/records/2").text


def test_a_chair_signs_what_was_read_and_nothing_newer(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    page = chair.get(f"/cases/{row.reference}/sign")
    seen = next(e.get("value") for e in page.all("input") if e.get("name") == "seen_seq")
    write(store, row, chair.account, "feedback", outcome="notified")
    response = chair.client.post(
        f"/cases/{row.reference}/sign",
        data={"csrf_token": page.token, "read": "yes", "seen_seq": seen},
    )
    assert "The case was written in while you were reading" in response.text
    assert store.signed(row.id) == ()


def overtaken(
    monkeypatch: pytest.MonkeyPatch,
    store: Store,
    row: CaseRow,
    chair: Pages,
    part: str,
    **data: str,
) -> None:
    """Somebody else writes after the case was read, and before it is signed."""
    keep = rule_files.keep

    def write_and_keep(opened: Store) -> None:
        write(store, row, chair.account, part, "9" if part == "chronology" else "", **data)
        keep(opened)

    monkeypatch.setattr(rule_files, "keep", write_and_keep)


def test_what_is_written_while_a_signature_is_under_way_is_not_signed_unread(
    chair: Pages, row: CaseRow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(store, row, chair)
    page = chair.get(f"/cases/{row.reference}/sign")
    seen = next(e.get("value") for e in page.all("input") if e.get("name") == "seen_seq")
    values = {"csrf_token": page.token, "read": "yes", "seen_seq": seen or ""}
    with monkeypatch.context() as patched:
        overtaken(patched, store, row, chair, "feedback", outcome="notified")
        shown = Page(chair.client.post(f"/cases/{row.reference}/sign", data=values))
    assert "The case was written in while you were reading" in shown.text
    assert store.signed(row.id) == ()
    # What is shown now is the case with what was written: the next signature is one to that.
    again = next(e.get("value") for e in shown.all("input") if e.get("name") == "seen_seq")
    chair.post(f"/cases/{row.reference}/sign", shown, read="yes", seen_seq=again or "")
    (signed,) = store.signed(row.id)
    assert signed.read_to == store.history(row.id, "feedback")[0].seq
    assert "has been written in since" not in chair.get(f"/cases/{row.reference}/decision").text


def test_a_chronology_that_the_record_names_is_not_signed_unread(
    chair: Pages, row: CaseRow, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(store, row, chair)
    page = chair.get(f"/cases/{row.reference}/sign")
    seen = next(e.get("value") for e in page.all("input") if e.get("name") == "seen_seq")
    values = {"csrf_token": page.token, "read": "yes", "seen_seq": seen or ""}
    with monkeypatch.context() as patched:
        entry = {"date": "2026-05-01", "event": "A visit.", "agency": "Police"}
        overtaken(patched, store, row, chair, "chronology", **entry)
        shown = Page(chair.client.post(f"/cases/{row.reference}/sign", data=values))
    assert "The case was written in while you were reading" in shown.text
    assert store.signed(row.id) == ()
    assert "Police: 1" in words(shown.one("main"))
    assert sign(chair, row) == f"/cases/{row.reference}/decision"
    assert "Police: 1" in chair.get(f"/cases/{row.reference}/records/1").text
    assert "has been written in since" not in chair.get(f"/cases/{row.reference}/decision").text


def test_a_chronology_that_goes_on_after_signing_is_told_and_is_not_the_one_that_was_signed(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    def fingerprint(page: str) -> str:
        said = words(chair.get(f"/cases/{row.reference}/{page}").one("main"))
        (found,) = re.findall(r"Fingerprint of its entries\s*([0-9a-f]{64})", said)
        return str(found)

    ready(store, row, chair)
    entry = {"date": "2026-05-01", "event": "A visit.", "agency": "Police"}
    write(store, row, chair.account, "chronology", "1", **entry)
    sign(chair, row)
    assert fingerprint("documents/appendix-6") == fingerprint("records/1")
    write(store, row, chair.account, "chronology", "1", **{**entry, "event": "A visit by two."})
    assert "has been written in since" in chair.get(f"/cases/{row.reference}/decision").text
    assert fingerprint("documents/appendix-6") != fingerprint("records/1")
    assert fingerprint("documents/decision-record") == fingerprint("documents/appendix-6")


def test_what_the_signer_had_not_read_is_told_to_be_newer_whenever_it_was_sealed(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    sign(chair, row)
    (signed,) = store.signed(row.id)
    assert signed.read_to == store.history(row.id)[0].seq < signed.seq


def test_only_a_chair_signs(
    chair: Pages, row: CaseRow, store: Store, signed_in_as: SignedInAs
) -> None:
    ready(store, row, chair)
    for role in (Role.PANEL_MEMBER, Role.ADMINISTRATOR):
        other = signed_in_as(role)
        store.share(row.id, other.account.id)
        assert other.client.get(f"/cases/{row.reference}/sign").status_code == 403


def test_the_decision_that_differs_from_the_advice_is_told_to_differ(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    write(store, row, chair.account, "answers", "partners_think_review_appropriate", answer="yes")
    for question, answer in (("notification_withdrawn", "no"), ("panel_answer", "not_yet")):
        write(store, row, chair.account, "answers", question, answer=answer)
    write(store, row, chair.account, "decision", route="local_review", reasons="New learning.")
    page = chair.get(f"/cases/{row.reference}/decision")
    assert "A local review, as the partners find it appropriate" in page.text
    assert "This differs from what the rules say" not in page.text
    write(store, row, chair.account, "decision", route="no_review", reasons="Nothing new.")
    assert (
        "This differs from what the rules say" in chair.get(f"/cases/{row.reference}/decision").text
    )


LEFT = "The rules left the outcome to the people, so there is nothing to compare."


def test_where_the_rules_leave_it_to_the_people_no_decision_is_told_to_differ(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair, why_no_review="Another review looks at it.")
    for question, answer in (
        ("partners_think_review_appropriate", "no"),
        ("notification_withdrawn", "no"),
        ("panel_answer", "asks_for_local_review"),
    ):
        write(store, row, chair.account, "answers", question, answer=answer)
    for route in ("local_review", "no_review", "other_learning"):
        ready(store, row, chair, route=route, why_no_review="Another review looks at it.")
        page = chair.get(f"/cases/{row.reference}/decision")
        assert "Take the Panel&#39;s view into account, decide again" in page.text
        assert LEFT in page.text
        assert "This differs from what the rules say" not in page.text
    sign(chair, row)
    (signed,) = store.signed(row.id)
    assert signed.record["recommended"] == "answer_the_panel"
    assert signed.record["agreement"] == "nothing_to_compare"
    page = chair.get(f"/cases/{row.reference}/records/1")
    assert LEFT in page.text
    assert "This is not what Waymark recommends" not in page.text


def test_a_decision_that_agrees_with_the_partners_own_answer_is_told_to_follow_from_it(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    for question, answer in (
        ("partners_think_review_appropriate", "yes"),
        ("notification_withdrawn", "no"),
        ("panel_answer", "not_yet"),
    ):
        write(store, row, chair.account, "answers", question, answer=answer)
    ready(store, row, chair)
    page = chair.get(f"/cases/{row.reference}/decision")
    assert FOLLOWS in page.text
    assert "nothing to compare" not in page.text
    assert "This differs" not in page.text
    sign(chair, row)
    (signed,) = store.signed(row.id)
    assert signed.record["agreement"] == "follows"
    assert signed.record["format"] == 3
    assert FOLLOWS in chair.get(f"/cases/{row.reference}/records/1").text


def test_no_page_of_a_decision_calls_a_review_mandatory(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair)
    sign(chair, row)
    for page in ("decision", "criteria", "meeting", "records/1", "advice/review", "methods"):
        text = words(chair.get(f"/cases/{row.reference}/{page}").one("main")).lower()
        # A MAPPA or an adults' review can be mandatory; a practice review never is.
        text = text.replace("mappa serious case review (mandatory)", "")
        for phrase in ("review is mandatory", "mandatory review", "must be a local review"):
            assert phrase not in text, (page, phrase)


# The letter to the Panel


def test_the_letter_to_the_panel_is_a_draft_until_signed_and_then_stays_as_signed(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    ready(store, row, chair, dissent="The police would have waited.")
    letter = f"/cases/{row.reference}/documents/letter-to-panel"
    draft = chair.get(letter)
    assert "DRAFT, NOT SIGNED" in draft.text
    assert "as signed" not in draft.text
    sign(chair, row)
    write(store, row, chair.account, "decision", route="no_review", reasons="Written later.")
    signed = chair.get(letter)
    assert "DRAFT" not in signed.text
    assert "This is the outcome of the rapid review" in signed.text
    assert "The worry did not reach the social worker." in signed.text
    assert "The police would have waited." in signed.text
    assert "Written later." not in signed.text
    assert "Record of the decision: version 1, signed on Wednesday 10 June 2026" in signed.text
