"""A board of facts: turned, taken back, started again, and kept as it is."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.answers import Answer, Case
from rules.loader import rulebook
from webforms.trainer.boards import (
    MOST_TURNS,
    VIGNETTE,
    Board,
    Turn,
    board_of,
    case_from,
    from_kept,
    to_keep,
)

START = Case(
    "notify",
    "darlington",
    {"incident": date(2025, 5, 9), "awareness": date(2025, 5, 12)},
    {"age_of_person": 0, "abuse_or_neglect": "suspected"},
)
ANSWERS: dict[str, list[Answer | None]] = {
    "age_of_person": [0, 17, 18, "unborn", "not known", None],
    "abuse_or_neglect": ["known", "suspected", "no", "not known", None],
    "what_happened": ["died", "harmed", None],
}
DAYS = st.dates(date(2016, 1, 1), date(2026, 1, 1)) | st.none()


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    asked = draw(st.lists(st.sampled_from(sorted(ANSWERS)), max_size=2, unique=True))
    return Turn(
        stage=draw(st.sampled_from(["", "notify", "review"])),
        area=draw(st.sampled_from(["", "darlington", "none"])),
        dates=draw(st.dictionaries(st.sampled_from(["incident", "decision"]), DAYS, max_size=2)),
        answers={each: draw(st.sampled_from(ANSWERS[each])) for each in asked},
    )


def board_after(turned: list[Turn]) -> Board:
    board = board_of(VIGNETTE, "a-vignette", START)
    for each in turned:
        board = board.with_turn(each)
    return board


@given(st.lists(turns(), max_size=8), turns())
def test_a_turn_that_is_taken_back_leaves_the_board_as_it_was(
    turned: list[Turn], last: Turn
) -> None:
    board = board_after(turned)
    after = board.with_turn(last)
    if after == board:
        assert after.past == board.past
    else:
        assert after.before == board.now
        assert after.undone() == board


@given(st.lists(turns(), max_size=8))
def test_all_turns_taken_back_give_the_start(turned: list[Turn]) -> None:
    board = board_after(turned)
    for _ in range(len(board.past)):
        board = board.undone()
    assert board.now == board.start == START
    assert board.undone() == board
    assert not board.turned


@given(st.lists(turns(), max_size=8))
def test_a_board_comes_back_as_it_was_kept(turned: list[Turn]) -> None:
    board = board_after(turned)
    assert from_kept(json.loads(json.dumps(to_keep(board))), rulebook()) == board


def test_starting_again_forgets_the_turns() -> None:
    board = board_after([Turn(area="none"), Turn(answers={"abuse_or_neglect": "no"})])
    assert board.turned
    assert board.started_again() == board_of(VIGNETTE, "a-vignette", START)


def test_only_so_many_turns_can_be_taken_back_and_the_start_is_kept() -> None:
    turned = [Turn(answers={"age_of_person": age % 100}) for age in range(1, MOST_TURNS + 50)]
    board = board_after(turned)
    assert len(board.past) == MOST_TURNS
    assert board.start == START


def test_of_what_was_saved_only_the_facts_are_taken() -> None:
    saved = {
        "format": 1,
        "stage": "notify",
        "area": "darlington",
        "dates": {"incident": "2025-05-09", "awareness": "not known"},
        "answers": {"abuse_or_neglect": "suspected", "no_such_question": "yes"},
        "notes": "Seen by the paediatrician",
    }
    assert case_from(saved, rulebook()) == Case(
        "notify",
        "darlington",
        {"incident": date(2025, 5, 9)},
        {"abuse_or_neglect": "suspected"},
    )
