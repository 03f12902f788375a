"""A decision does not wait for the Panel's answer to it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.answers import Answer
from webforms.chair import casefile, facts, recommending
from webforms.store import CaseRow, Store

from .casework import DATES_OF_A_BABY, new_case, write
from .pages import Pages, words
from .test_deciding import WEIGHED

# Everything is answered but what the Panel says.
DECIDED: dict[str, Answer] = {**WEIGHED, "partners_think_review_appropriate": "yes"}
QUESTION = "The Panel's answer"


def recommended(store: Store, row: CaseRow) -> str:
    return recommending.recommended(casefile.read(store, row))


def answered(chair: Pages, row: CaseRow) -> dict[str, str]:
    page = chair.get(f"/cases/{row.reference}/questions/review")
    rows = [line for line in page.all("tr") if line.findall("td")]
    return {words(line[0]): " / ".join(words(cell) for cell in line[1:3]) for line in rows}


def test_a_review_that_the_partners_find_right_is_recommended_before_the_panel_answers(
    chair: Pages, store: Store
) -> None:
    row = new_case(store, chair.account, answers=DECIDED)
    assert recommended(store, row) == "local_review_by_the_partners"
    assert answered(chair, row)[QUESTION] == (
        "It has not answered yet / Nothing is written of an answer of the Panel"
    )
    page = chair.get(f"/cases/{row.reference}/questions/review/panel_answer")
    assert "Taken as answered now: “It has not answered yet”" in page.text


@pytest.mark.parametrize("said", ["not known", "national_review"])
def test_what_somebody_says_of_the_panel_counts_instead(
    chair: Pages, store: Store, said: str
) -> None:
    row = new_case(store, chair.account, answers={**DECIDED, "panel_answer": said})
    expected = {"not known": "find_out_first", "national_review": "national_review_by_the_panel"}
    assert recommended(store, row) == expected[said]
    assert "Nothing is written" not in answered(chair, row)[QUESTION]


@pytest.mark.parametrize(
    ("agreement", "route", "expected"),
    [
        ("national", "local_review", "It has decided on a national review"),
        ("asks_for_more", "local_review", "It asks for more information"),
        ("not_yet", "local_review", "It has not answered yet"),
        ("agrees", "no_review", "It agrees that no review is needed"),
    ],
)
def test_what_is_written_of_its_answer_is_told_to_the_rules(
    chair: Pages, store: Store, agreement: str, route: str, expected: str
) -> None:
    row = new_case(store, chair.account, answers=DECIDED)
    write(store, row, chair.account, "decision", route=route)
    write(store, row, chair.account, "panel_answer", agreement=agreement)
    assert answered(chair, row)[QUESTION] == f"{expected} / What is written of the Panel’s answer"


def test_an_answer_of_a_day_to_come_has_not_been_given_and_counts_on_its_day(
    chair: Pages, store: Store
) -> None:
    row = new_case(store, chair.account, answers=DECIDED)
    said = {"agreement": "national", "said": "A letter is announced."}
    write(store, row, chair.account, "panel_answer", **said, answered_on="2026-06-11")
    assert recommended(store, row) == "local_review_by_the_partners"
    assert answered(chair, row)[QUESTION] == (
        "It has not answered yet / What is written of the Panel’s answer"
    )
    write(store, row, chair.account, "panel_answer", **said, answered_on="2026-06-10")
    assert recommended(store, row) == "national_review_by_the_panel"


@pytest.mark.parametrize(
    ("agreement", "route"), [("agrees", "local_review"), ("disagrees", "no_review"), ("", "")]
)
def test_what_it_asks_for_stays_open_where_its_answer_does_not_say(
    chair: Pages, store: Store, agreement: str, route: str
) -> None:
    row = new_case(store, chair.account, answers=DECIDED)
    write(store, row, chair.account, "decision", route=route)
    write(store, row, chair.account, "panel_answer", agreement=agreement, said="A letter.")
    assert recommended(store, row) == "find_out_first"
    assert QUESTION not in answered(chair, row)


def test_the_rules_of_2015_are_told_nothing_of_it(chair: Pages, store: Store) -> None:
    old = {event: day.replace(year=2016) for event, day in DATES_OF_A_BABY.items()}
    row = new_case(
        store, chair.account, dates={**old, "decision": date(2016, 6, 1)}, answers=DECIDED
    )
    file = casefile.read(store, row)
    assert facts.of_boards(file)
    assert facts.supplied(file, "review") is None


def test_where_it_can_no_longer_matter_nothing_is_told_of_it(chair: Pages, store: Store) -> None:
    row = new_case(store, chair.account, answers={**DECIDED, "abuse_or_neglect": "no"})
    assert facts.supplied(casefile.read(store, row), "review") is None
    assert "Nothing is written" not in chair.get(f"/cases/{row.reference}/questions/review").text
