"""A day that is still to come is a plan: nothing is met, done or said to be so by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.documents import cases
from webforms.chair.agencies import State as Back
from webforms.chair.agencies import requests
from webforms.chair.deadlines import Deadline, deadlines
from webforms.chair.documents.said import in_words
from webforms.chair.finishing import missing_in_meeting
from webforms.chair.part import Kind
from webforms.chair.parts import PARTS
from webforms.chair.so_far import so_far
from webforms.chair.stages import State, task_list
from webforms.chair.summary import _deadlines
from webforms.store import Store

TODAY, TO_COME = date(2026, 6, 10), "2026-06-11"
KNOWN = {"incident": "2026-05-09", "awareness": "2026-05-11", "notification_sent": "2026-05-15"}
SERIOUS = {
    "age_of_person": 0,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
}
ACTION = {"what": "Revise the pathway", "owner": "Health", "due": "2025-11-03"}
REQUEST = {"agency": "Police", "asked_on": "2026-05-18", "return_by": "2026-05-26"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = cases.new_store(tmp_path)
    yield opened
    opened.close()


def stands(
    store: Store, stage: str, written: cases.Written, dates: Mapping[str, str] = KNOWN
) -> State:
    file = cases.kept(store, dates=dates, answers=SERIOUS, written=written)
    return next(each.state for each in task_list(file, TODAY) if each.id == stage)


def due(store: Store, written: cases.Written) -> dict[str, Deadline]:
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written=written)
    return {each.what: each for each in deadlines(file, TODAY) if each.taken}


def test_an_action_to_be_done_tomorrow_stays_overdue_and_goes_to_those_it_goes_to(
    store: Store,
) -> None:
    written = {("action", "1"): {**ACTION, "done_on": TO_COME}}
    found = due(store, written)
    assert found["Revise the pathway"].overdue
    assert len([each for each in found if each.startswith("Tell the Head of Service")]) == 1
    assert len([each for each in found if each.startswith("Tell the Chief Officer")]) == 1
    assert stands(store, "actions", written) is State.IN_HAND


def test_telling_somebody_tomorrow_is_not_telling_them(store: Store) -> None:
    written = {("action", "1"): {**ACTION, "head_of_service_told": TO_COME}}
    found = due(store, written)
    (told,) = (each for each in found if each.startswith("Tell the Head of Service"))
    assert found[told].overdue


def test_information_that_will_come_back_tomorrow_has_not_come_back(store: Store) -> None:
    written = {
        ("agency_request", "1"): REQUEST,
        ("agency_return", "1"): {"facts": "What we know.", "returned_on": TO_COME},
    }
    assert due(store, written)["Information from Police"].overdue
    assert stands(store, "agency_information", written) is State.IN_HAND
    file = cases.kept(store, dates=KNOWN, written=written)
    (request,) = requests(file, TODAY)
    assert (request.state, request.returned_on) == (Back.OVERDUE, None)


@pytest.mark.parametrize(
    ("stage", "written"),
    [
        ("referral", {("feedback", ""): {"outcome": "notified", "sent": TO_COME}}),
        ("publication", {("publication", ""): {"published": "yes"}}),
        ("panel_answer", {("panel_answer", ""): {"agreement": "agrees", "answered_on": TO_COME}}),
        (
            "learning_route",
            {("learning_approval", ""): {"approved": "approved", "approved_on": TO_COME}},
        ),
        (
            "commissioning",
            {
                ("reviewer", ""): {"appointed_on": TO_COME},
                ("terms_of_reference", ""): {"agreed_on": TO_COME},
            },
        ),
    ],
)
def test_a_stage_is_done_on_its_day_and_in_hand_before(
    store: Store, stage: str, written: dict[tuple[str, str], dict[str, Any]]
) -> None:
    planned = {**KNOWN, "publication": TO_COME}
    assert stands(store, stage, written, planned) is State.IN_HAND
    come = {
        place: {ask: "2026-06-10" if said == TO_COME else said for ask, said in data.items()}
        for place, data in written.items()
    }
    assert stands(store, stage, come, {**KNOWN, "publication": "2026-06-10"}) is State.DONE


def test_a_meeting_that_is_planned_has_not_been_held(store: Store) -> None:
    planned = {"held_on": "2026-12-25", "facts": "A baby.", "safety": "Safe."}
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written={("meeting", ""): planned})
    held = "The meeting itself: its date, Friday 25 December 2026, is still to come"
    assert held in [each.what.replace("\u00a0", " ") for each in missing_in_meeting(file)]
    assert in_words(file, "meeting", "held_on").endswith("25 December 2026 (planned)")
    written = {("meeting", ""): {**planned, "held_on": "2026-06-10"}}
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written=written)
    assert "The date of the meeting" not in [each.what for each in missing_in_meeting(file)]
    assert in_words(file, "meeting", "held_on").endswith("10 June 2026")


def test_the_figures_count_nothing_as_met_on_a_day_that_is_still_to_come(store: Store) -> None:
    written = {
        ("action", "1"): {**ACTION, "done_on": TO_COME},
        ("meeting", ""): {"held_on": TO_COME},
        ("feedback", ""): {"outcome": "notified", "sent": TO_COME},
    }
    file = cases.kept(store, dates=KNOWN, answers=SERIOUS, written=written)
    assert TO_COME not in [each["met_on"] for each in _deadlines(deadlines(file, TODAY))]


def test_what_has_no_day_to_come_is_left_as_it_is(store: Store) -> None:
    written = {("action", "1"): {**ACTION, "due": "2027-01-04", "extended_to": "2027-03-01"}}
    file = cases.kept(store, dates=KNOWN, written=written)
    assert so_far(file, TODAY) is file


def test_every_ask_of_when_something_was_done_knows_what_a_day_to_come_is() -> None:
    """A day by which, or from which, something is asked for may well be to come."""
    may_be_to_come = {
        ("children", "born"),
        ("agency_request", "asked_on"),
        ("agency_request", "return_by"),
        ("agency_request", "look_back_from"),
        ("delay", "expected"),
        ("action", "due"),
        ("action", "extended_to"),
    }
    found = {
        (part.id, ask.id)
        for part in PARTS.values()
        for ask in part.own
        if ask.kind is Kind.DATE and not ask.past and not ask.plan
    }
    assert found == may_be_to_come
