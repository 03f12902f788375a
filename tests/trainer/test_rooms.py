"""Rooms as they are kept, and what is shown of a vignette; the pages are tested in tests/web."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pytest

from webforms.documents import pdf
from webforms.store import Store, TooManyTries, learner_key, migrate, trainer_key
from webforms.store.rooms import MOST_LEARNERS, ROOM_LASTS, RoomsFull
from webforms.store.tries import TRIES_WITHIN
from webforms.trainer import handout
from webforms.trainer.lesson import Lesson, lesson_of
from webforms.trainer.split import split_of
from webforms.trainer.steps import JUMPS, heading_of, jumps, steps_of
from webforms.trainer.vignettes import vignettes

CLIENT = "a school"
TRAINER = trainer_key("the trainer’s browser")
MADE = datetime(2026, 6, 10, 18, 0)
VIGNETTE = "baby-with-an-unexplained-bruise"
PROCESSES, EACH = 4, 25


class Clock:
    now = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "waymark.sqlite3"
    migrate(path)
    return path


@pytest.fixture
def store(database: Path, clock: Clock) -> Iterator[Store]:
    opened = Store(database, clock)
    yield opened
    opened.close()


def lesson(vignette: str = VIGNETTE) -> Lesson:
    found = lesson_of(vignette)
    assert found
    return found


# Rooms


def test_a_browser_is_another_learner_in_another_room() -> None:
    assert learner_key("value", "AAAAA") != learner_key("value", "CCCCC")
    assert learner_key("value", "AAAAA") != trainer_key("value")


def test_a_learner_has_one_answer_in_each_turn_of_a_room(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    assert store.join_room(room.code, "learner", CLIENT)
    for choice in ("one", "another"):
        assert store.answer(room, "learner", choice, "Why.")
    assert [each.choice for each in store.answers_given(room)] == ["another"]
    assert store.take_vignette(room, "next")
    following = store.room_of_trainer(room.code, TRAINER)
    assert following
    assert (following.vignette, following.turn) == ("next", 2)
    assert store.answers_given(following) == ()
    # What was read before the next vignette was taken changes nothing any more.
    assert not store.answer(room, "learner", "late", "Why.")
    assert not store.show_step(room, 3)
    assert not store.take_vignette(room, "another")


def test_no_answer_is_taken_while_the_reasons_are_shown(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    store.join_room(room.code, "learner", CLIENT)
    store.show_step(room, 1)
    assert not store.answer(room, "learner", "one", "Late.")
    # The trainer may go back and let them answer again.
    store.show_step(room, 0)
    assert store.answer(room, "learner", "one", "In time.")


def test_a_sentence_is_hidden_only_in_the_trainers_own_room(store: Store) -> None:
    mine = store.open_room(VIGNETTE, TRAINER, CLIENT)
    theirs = store.open_room(VIGNETTE, "another", CLIENT)
    store.join_room(mine.code, "learner", CLIENT)
    store.answer(mine, "learner", "one", "Mine.")
    (given,) = store.answers_given(mine)
    store.hide_sentence(theirs, given.id, True)
    assert not store.answers_given(mine)[0].hidden
    store.hide_sentence(mine, given.id, True)
    assert store.answers_given(mine)[0].hidden
    # Writing it anew does not bring it back.
    store.answer(mine, "learner", "one", "Mine again.")
    assert store.answers_given(mine)[0].hidden


def test_a_room_takes_no_more_than_it_can_hold(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    store.db["room_learners"].insert_all(
        {"room": room.code, "learner": str(number), "joined": 0.0}
        for number in range(MOST_LEARNERS)
    )
    assert store.join_room(room.code, "0", CLIENT)
    with pytest.raises(RoomsFull):
        store.join_room(room.code, "one more", CLIENT)


def test_one_client_cannot_fill_a_room(store: Store, clock: Clock) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    for number in range(300):
        store.db.execute(
            "INSERT INTO tries VALUES (?, ?)", [f"room joined {CLIENT}", clock().timestamp()]
        )
        if number == 0:
            assert store.join_room(room.code, "0", CLIENT)
    with pytest.raises(TooManyTries):
        store.join_room(room.code, "one more", CLIENT)
    # Whoever is in comes back, and others join from elsewhere; later there is room again.
    assert store.join_room(room.code, "0", CLIENT)
    assert store.join_room(room.code, "another", "elsewhere")
    clock.now += TRIES_WITHIN
    assert store.join_room(room.code, "one more", CLIENT)


def test_two_hundred_learners_of_one_school_all_get_in(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    for number in range(200):
        assert store.join_room(room.code, str(number), CLIENT)
    assert store.joined(room.code) == 200


def test_sentences_leave_the_screen_when_the_room_takes_answers_again(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    store.show_step(room, 2)
    store.show_reasons(room, True)
    store.show_step(room, 1)
    shown = store.room_of_trainer(room.code, TRAINER)
    assert shown is not None
    assert shown.reasons_shown
    store.show_step(room, 0)
    again = store.room_of_trainer(room.code, TRAINER)
    assert again is not None
    assert (again.step, again.reasons_shown) == (0, False)


def test_a_room_that_is_too_old_is_erased_by_whatever_is_written_next(
    store: Store, clock: Clock
) -> None:
    old = store.open_room(VIGNETTE, TRAINER, CLIENT)
    store.join_room(old.code, "learner", CLIENT)
    store.answer(old, "learner", "one", "Soon gone.")
    clock.now += timedelta(hours=1)
    young = store.open_room(VIGNETTE, TRAINER, CLIENT)
    clock.now += ROOM_LASTS - timedelta(hours=1)
    store.count_try("something", CLIENT, 1)
    assert [row["code"] for row in store.db.query("SELECT code FROM rooms")] == [young.code]
    assert store.db["room_learners"].count == store.db["room_answers"].count == 0


def test_codes_of_live_rooms_differ(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["CCCCC", "CCCCC", "DDDDD"])
    monkeypatch.setattr("webforms.store.rooms.new_code", lambda: next(codes))
    assert store.open_room(VIGNETTE, TRAINER, CLIENT).code == "CCCCC"
    assert store.open_room(VIGNETTE, TRAINER, CLIENT).code == "DDDDD"


def answer_many(database: Path, code: str, worker: int) -> None:
    """What one worker of the server does: each answer on a connection of its own, sent twice."""
    for number in range(EACH):
        learner = f"learner {worker} {number}"
        for _ in range(2):
            store = Store(database)
            store.join_room(code, learner, CLIENT)
            room = store.room_of_learner(code, learner)
            assert room
            assert store.answer(room, learner, "one", f"{worker} {number}")
            store.close()


def test_answers_from_several_processes_are_all_kept_once(database: Path) -> None:
    store = Store(database)
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=answer_many, args=(database, room.code, number))
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    given = [each.sentence for each in store.answers_given(room)]
    assert sorted(given) == sorted(f"{w} {n}" for w in range(PROCESSES) for n in range(EACH))
    assert store.joined(room.code) == PROCESSES * EACH
    store.close()


# What is shown


@pytest.mark.parametrize("vignette", vignettes())
def test_every_vignette_can_be_shown_to_its_end(vignette: str) -> None:
    shown = lesson(vignette)
    steps = steps_of(shown, room=True)
    assert shown.right in dict(shown.choices)
    assert shown.rules, "no rule is shown on the way"
    assert shown.facts or shown.assessment.open, "no fact is shown"
    assert all(heading_of(shown, step) for step in steps)
    assert {words for words, _ in jumps(steps)} >= {words for words, _ in JUMPS} - {"the map"}
    # The last rule is the one that concludes what is right.
    last = shown.rules[-1][-1]
    if not shown.vignette.about:
        assert last.establishes == shown.words(shown.right)
    assert all(fired.source for group in shown.rules for fired in group)


@pytest.mark.parametrize("vignette", vignettes())
def test_the_rules_shown_rest_on_each_other_and_on_answers(vignette: str) -> None:
    shown = lesson(vignette)
    told = {f"{each.label}: {each.words}" for each in shown.assessment.path}
    for fired in (fired for group in shown.rules for fired in group):
        for because in fired.because:
            # What is not known is concluded by no rule: nothing fired for it.
            assert because in told or because.startswith("Not known: "), because
        status = {"established": "Established", "ruled out": "Ruled out"}[str(fired.status)]
        told.add(f"{status}: {fired.establishes}")


def test_the_choices_do_not_give_away_what_is_right() -> None:
    places = [
        [choice for choice, _ in lesson(each).choices].index(lesson(each).right)
        for each in vignettes()
    ]
    assert len(set(places)) > 1


def test_there_is_no_lesson_of_another_name() -> None:
    assert lesson_of("no-such-vignette") is None


def test_an_answer_that_was_hidden_is_counted_and_not_read(store: Store) -> None:
    room = store.open_room(VIGNETTE, TRAINER, CLIENT)
    for name in ("one", "two"):
        store.join_room(room.code, name, CLIENT)
        store.answer(room, name, "notify_the_panel", f"By {name}.")
    store.hide_sentence(room, store.answers_given(room)[0].id, True)
    shares = {each.choice: each for each in split_of(lesson(), store.answers_given(room))}
    assert shares["notify_the_panel"].count == 2
    assert shares["notify_the_panel"].percent == 100
    assert shares["notify_the_panel"].reasons == ("By two.",)
    assert shares["no_duty_to_notify"].count == 0


# On paper


@pytest.mark.parametrize("vignette", [VIGNETTE, "aunt-with-care-needs"])
def test_the_handout_passes_the_pdf_ua_checker(vignette: str) -> None:
    made = pdf.render(handout.build(lesson(vignette), MADE))
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant, [each.message for each in report.failures]


def test_the_handout_is_the_same_every_time() -> None:
    record = handout.build(lesson(), MADE)
    assert pdf.render(record) == pdf.render(handout.build(lesson(), MADE))


@pytest.mark.parametrize("vignette", vignettes())
def test_the_handout_gives_nothing_away_before_its_reasoning(vignette: str) -> None:
    record = handout.build(lesson(vignette), MADE)
    ids = [part["id"] for part in record["sections"]]
    assert ids == ["story", "questions", "reasoning", "otherwise", "points"]
    assert [part["id"] for part in record["sections"] if part.get("new_page")] == ["reasoning"]
    before = str(record["sections"][:2])
    for fired in (fired for group in lesson(vignette).rules for fired in group[:1]):
        assert not re.search(re.escape(fired.source), before)
