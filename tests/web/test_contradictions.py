"""Answers that cannot both be right are told on the pages and in the record, and both stay."""

from __future__ import annotations

from datetime import date

import pytest

from engine.answers import Answer
from webforms.access import Role
from webforms.chair import casefile, deadlines, facts
from webforms.store import CaseRow, Store

from .casework import DATES_OF_A_BABY, new_case, write
from .conftest import SignedInAs
from .pages import Pages, words
from .test_deciding import WEIGHED, ready, sign

TODAY = date(2026, 6, 10)
STARTED = date(2026, 5, 27)
DECIDED: dict[str, Answer] = {**WEIGHED, "partners_think_review_appropriate": "yes"}


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR)


def told(chair: Pages, row: CaseRow, page: str) -> list[str]:
    """The lines of the notice on contradictions on a page."""
    shown = chair.get(f"/cases/{row.reference}/{page}")
    return [
        words(line)
        for notice in shown.all("section", "waymark-notice")
        if notice.get("aria-labelledby") == "notice-contradicts"
        for line in notice.iter("li")
    ]


def record(chair: Pages, row: CaseRow) -> str:
    return words(chair.get(f"/cases/{row.reference}/documents/decision-record").one("main"))


def months_counted(store: Store, row: CaseRow) -> list[date | None]:
    """Every day that is counted from the start of a review."""
    file = casefile.read(store, row)
    return [
        each.due
        for each in deadlines.deadlines(file, TODAY)
        if each.starts_from == "review_decision"
    ]


# The Panel's answer

NATIONAL = "It has decided on a national review"


@pytest.mark.parametrize(
    ("answer", "agrees", "route"),
    [
        ("national_review", "agrees", "local_review"),
        ("national_review", "not_yet", "local_review"),
        ("national_review", "disagrees", "national_review"),
        ("not_yet", "agrees", "local_review"),
        ("not_yet", "disagrees", "no_review"),
        ("more_information", "agrees", "local_review"),
        ("agrees_no_review", "not_yet", "no_review"),
        ("agrees_no_review", "national", "no_review"),
        ("agrees_no_review", "disagrees", "no_review"),
        ("agrees_no_review", "agrees", "local_review"),
        ("asks_for_local_review", "agrees", "no_review"),
        ("asks_for_local_review", "disagrees", "local_review"),
        ("interested_in_thematic", "national", "local_review"),
    ],
)
def test_an_answer_of_the_panel_that_contradicts_itself_is_told(
    chair: Pages, store: Store, answer: str, agrees: str, route: str
) -> None:
    row = new_case(store, chair.account, answers={**WEIGHED, "panel_answer": answer})
    write(store, row, chair.account, "decision", route=route)
    write(store, row, chair.account, "panel_answer", agreement=agrees)
    for page in ("panel-answer", "decision", "sign"):
        (line,) = told(chair, row, page)
        assert line.startswith("Of the Panel’s answer it is written down:")
        assert line.endswith("Check both.")
    assert line in record(chair, row)


@pytest.mark.parametrize(
    ("answer", "agrees", "route"),
    [
        ("national_review", "national", "local_review"),
        ("national_review", "agrees", "national_review"),
        ("national_review", "disagrees", "no_review"),
        ("not_yet", "not_yet", "local_review"),
        ("not_yet", "", "local_review"),
        ("not known", "agrees", "local_review"),
        ("more_information", "asks_for_more", "local_review"),
        ("more_information", "disagrees", "no_review"),
        ("agrees_no_review", "agrees", "no_review"),
        ("asks_for_local_review", "agrees", "local_review"),
        ("asks_for_local_review", "disagrees", "other_learning"),
        ("interested_in_thematic", "agrees", "no_review"),
    ],
)
def test_an_answer_of_the_panel_that_can_be_is_left_alone(
    chair: Pages, store: Store, answer: str, agrees: str, route: str
) -> None:
    row = new_case(store, chair.account, answers={**WEIGHED, "panel_answer": answer})
    write(store, row, chair.account, "decision", route=route)
    write(store, row, chair.account, "panel_answer", agreement=agrees)
    assert told(chair, row, "panel-answer") == []
    assert "Two answers contradict each other" not in record(chair, row)


def test_both_answers_of_the_panel_are_quoted(chair: Pages, store: Store) -> None:
    row = new_case(store, chair.account, answers={**WEIGHED, "panel_answer": "national_review"})
    write(store, row, chair.account, "panel_answer", agreement="agrees")
    assert told(chair, row, "panel-answer") == [
        f"Of the Panel’s answer it is written down: “{NATIONAL}”. Of whether it agrees with what "
        "was decided: “It agrees”. Check both."
    ]


# The day on which a review was started


def with_a_start(chair: Pages, store: Store, answers: dict[str, Answer]) -> CaseRow:
    dates = {**DATES_OF_A_BABY, "review_decision": STARTED}
    row = new_case(store, chair.account, dates=dates, answers=answers)
    ready(store, row, chair)
    return row


@pytest.mark.parametrize("route", ["no_review", "other_learning"])
def test_a_day_on_which_a_review_was_started_is_told_where_none_was_decided(
    chair: Pages, store: Store, route: str
) -> None:
    own: dict[str, Answer] = {"partners_think_review_appropriate": "no"}
    row = with_a_start(chair, store, {**WEIGHED, **own})
    ready(store, row, chair, route=route, why_no_review="Nothing new.")
    for page in ("decision", "sign"):
        (line,) = told(chair, row, page)
        assert line.startswith("No review was decided, and Wednesday 27 May 2026 is written down")
    assert "No time limit is counted from that day" in record(chair, row)


def test_six_months_are_not_counted_from_a_review_that_was_not_decided(
    chair: Pages, store: Store
) -> None:
    row = with_a_start(chair, store, DECIDED)
    assert months_counted(store, row) == [date(2026, 11, 27)]
    ready(store, row, chair, route="no_review", why_no_review="Nothing new.")
    assert months_counted(store, row) == [None]
    assert "27 November 2026" not in chair.get(f"/cases/{row.reference}/timetable").text
    # What was written stays, and what was signed says what the rules were given.
    assert casefile.read(store, row).dates["review_decision"] == STARTED
    sign(chair, row)
    (signed,) = store.signed(row.id)
    assert "review_decision" not in signed.record["inputs"]["dates"]
    ready(store, row, chair)
    assert months_counted(store, row) == [date(2026, 11, 27)]


@pytest.mark.parametrize("where", ["question", "form"])
def test_a_national_review_has_its_day_whatever_the_partners_decided(
    chair: Pages, store: Store, where: str
) -> None:
    row = with_a_start(chair, store, {**WEIGHED, "partners_think_review_appropriate": "no"})
    ready(store, row, chair, route="no_review", why_no_review="Nothing new.")
    if where == "question":
        write(store, row, chair.account, "answers", "panel_answer", answer="national_review")
    else:
        write(store, row, chair.account, "panel_answer", agreement="national")
    assert told(chair, row, "decision") == []
    assert months_counted(store, row) == [date(2026, 11, 27)]
    assert facts.dates_of(casefile.read(store, row))["review_decision"] == STARTED


def test_not_known_takes_back_nothing_of_a_national_review_that_is_written_down(
    chair: Pages, store: Store
) -> None:
    row = with_a_start(chair, store, {**WEIGHED, "partners_think_review_appropriate": "no"})
    ready(store, row, chair, route="no_review", why_no_review="Nothing new.")
    write(store, row, chair.account, "answers", "panel_answer", answer="not known")
    write(store, row, chair.account, "panel_answer", agreement="national")
    assert facts.dates_of(casefile.read(store, row))["review_decision"] == STARTED
