"""A decision that agrees with the partners' own answer is not told as if the rules supported it."""

from __future__ import annotations

import pytest

from webforms.chair.casefile import CaseFile
from webforms.chair.documents import decision_record, letter_to_panel
from webforms.chair.documents.frame import Making, Record
from webforms.chair.recommending import FOLLOWS
from webforms.store import Store

from . import cases

NO_SUPPORT = "It is no support of that answer."
DIFFERS = "This is not what Waymark recommends on these answers."


def section(record: Record, id: str) -> str:
    return str(next(part["blocks"] for part in record["sections"] if part["id"] == id))


def record_of(file: CaseFile) -> Record:
    return decision_record.build(file, accounts=cases.ACCOUNTS, made=cases.MADE)


def letter_of(file: CaseFile) -> Record:
    return letter_to_panel.build(file, Making(cases.MADE, cases.ACCOUNTS))


def in_short(file: CaseFile) -> str:
    """How the first page compares the decision with what is recommended."""
    blocks = next(p["blocks"] for p in record_of(file)["sections"] if p["id"] == "in-short")
    rows = [row for block in blocks if block["kind"] == "facts" for row in block["rows"]]
    return next((r["value"] for r in rows if r["label"] == "Compared with the decision"), "")


def decided(store: Store, route: str, **answers: str) -> CaseFile:
    said = {("decision", ""): {"route": route, "reasons": "As it was weighed."}}
    return cases.kept(store, dates=cases.DATES, answers={**cases.ANSWERS, **answers}, written=said)


@pytest.mark.parametrize(
    ("route", "answers"),
    [
        ("local_review", {}),
        (
            "no_review",
            {"partners_think_review_appropriate": "no", "panel_answer": "agrees_no_review"},
        ),
        (
            "other_learning",
            {"partners_think_review_appropriate": "no", "panel_answer": "not_yet"},
        ),
    ],
)
def test_it_is_said_in_the_record_and_the_letter_that_it_follows_from_their_own_answer(
    store: Store, route: str, answers: dict[str, str]
) -> None:
    file = decided(store, route, **answers)
    assert in_short(file) == "Follows from the partners’ own answer"
    for document in (record_of(file), letter_of(file)):
        assert FOLLOWS in section(document, "decision")
        assert DIFFERS not in section(document, "decision")
    assert NO_SUPPORT in section(record_of(file), "recommended")


def test_a_decision_against_their_own_answer_differs_as_before(store: Store) -> None:
    file = decided(store, "no_review")
    assert in_short(file) == "Differs"
    for document in (record_of(file), letter_of(file)):
        assert DIFFERS in section(document, "decision")
        assert FOLLOWS not in section(document, "decision")


def test_what_does_not_rest_on_their_answer_is_called_the_same(store: Store) -> None:
    """The definition is found not to be met: that the notification is withdrawn rests on facts."""
    file = decided(store, "no_review", abuse_or_neglect="no", notification_withdrawn="yes")
    assert in_short(file) == "The same"
    for document in (record_of(file), letter_of(file)):
        assert FOLLOWS not in str(document)
    assert NO_SUPPORT not in section(record_of(file), "recommended")


def test_under_the_rules_of_2015_nothing_rests_on_such_an_answer(store: Store) -> None:
    file = cases.of_2015(store)
    assert in_short(file) == "The same"
    assert FOLLOWS not in str(record_of(file))


def test_where_the_rules_leave_it_open_there_is_nothing_to_compare(store: Store) -> None:
    file = decided(store, "local_review", partners_think_review_appropriate="not known")
    assert in_short(file) == "Nothing to compare"


@pytest.mark.parametrize("route", ["", "more_needed"])
def test_while_nothing_is_decided_nothing_is_compared(store: Store, route: str) -> None:
    assert in_short(decided(store, route)) == ""
