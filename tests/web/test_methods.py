"""Choosing a method: what speaks for and against each in this case, and who decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from webforms.access import Role
from webforms.chair.weighing import _time_since
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, write
from .conftest import SignedInAs
from .pages import Pages, words

SAID = {
    "joint_working_concern": "no",
    "improvements_needed": "may",
    "more_than_one_area": "no",
    "police_investigation": "charged",
}


@pytest.fixture
def told(store: Store, chair: Pages) -> Callable[[CaseRow], str]:
    return lambda row: words(chair.get(f"/cases/{row.reference}/methods").one("main"))


def method(text: str, name: str) -> str:
    """What the page says of one method, up to how it goes."""
    found = re.search(rf"{name} (?!review)(.*?) How it goes", text)
    assert found
    return found[1]


def test_drawbacks_are_weighed_with_the_answer_that_says_so(
    store: Store, chair: Pages, told: Callable[[CaseRow], str]
) -> None:
    row = new_case(store, chair.account, answers={**ANSWERS_OF_A_BABY, **SAID})
    drawbacks = method(told(row), "Traditional model").partition("Drawbacks ")[2]
    assert drawbacks == (
        "Can be too bureaucratic. "
        "Weighs no more here than in another case. More than one area: No. "
        "Lessons have been slow to take effect. It may not answer when time is short. "
        "Weighs more in this case. Improvements needed: It may do. "
        "It is costly, and what comes out may not be worth the cost. "
        "Not known yet whether it weighs more in this case. Whose practice: Not asked yet. "
        "It is more likely to be felt as blame. "
        "Not known yet whether it weighs more in this case. A service in question: Not asked yet. "
        "Frontline staff are often kept out, and so lose touch with the process and its lessons. "
        "Weighs no more here than in another case. Concern about joint working: No."
    )


def test_a_point_that_no_answer_bears_on_says_so(
    store: Store, chair: Pages, told: Callable[[CaseRow], str]
) -> None:
    text = told(new_case(store, chair.account))
    assert (
        "The agencies may not have the people to spare. "
        "Nothing in the answers bears on this: weigh it yourselves. A team may not be free."
    ) in text


def test_what_is_known_of_the_case_stands_before_the_methods(
    store: Store, chair: Pages, told: Callable[[CaseRow], str]
) -> None:
    row = new_case(store, chair.account, answers={**ANSWERS_OF_A_BABY, **SAID})
    for item, agency in (("1", "Police"), ("2", "Health visiting"), ("3", "Police")):
        write(store, row, chair.account, "agency_request", item, agency=agency)
    text = told(row)
    assert "Agencies asked for information Two " in text
    # 9 May to 10 June 2026, the day of the tests.
    assert "Time since the incident Four weeks " in text
    assert re.search("Processes that run beside, as far as is known .*[Cc]riminal", text)


def test_a_case_with_nothing_in_it_says_what_is_not_known(
    store: Store, chair: Pages, told: Callable[[CaseRow], str]
) -> None:
    text = told(new_case(store, chair.account, dates={}, answers={}))
    assert "Agencies asked for information None yet" in text
    assert "Time since the incident Not known yet" in text


@pytest.mark.parametrize(
    ("area", "dates", "decides", "not_said"),
    [
        (
            "darlington",
            None,
            "the final decision is for them and the Independent Scrutineer",
            "The partners choose",
        ),
        (
            "gateshead",
            None,
            "The partners agree the method with the reviewer.",
            "decision is for them and the Independent",
        ),
        (
            "newcastle",
            {"incident": date(2016, 5, 9), "awareness": date(2016, 5, 11)},
            "the Board held the review",
            "The partners agree",
        ),
    ],
)
def test_who_decides_is_said_in_the_words_of_the_area_and_the_time(
    store: Store,
    signed_in_as: SignedInAs,
    area: str,
    dates: dict[str, date] | None,
    decides: str,
    not_said: str,
) -> None:
    chair = signed_in_as(Role.CHAIR, area=area)
    row = new_case(store, chair.account, dates=dates)
    text = words(chair.get(f"/cases/{row.reference}/methods").one("main"))
    assert decides in text
    assert not_said not in text
    assert "HASCAS" in text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Less than a week"),
        (6, "Less than a week"),
        (7, "One week"),
        (13, "One week"),
        (14, "Two weeks"),
        # 9 November is six months after 9 May, and 184 days.
        (183, "26 weeks"),
        (184, "Six months"),
        (365, "12 months"),
    ],
)
def test_time_is_told_in_weeks_and_then_in_months(days: int, said: str) -> None:
    then = date(2026, 5, 9)
    assert _time_since(then, then + timedelta(days=days)) == said
