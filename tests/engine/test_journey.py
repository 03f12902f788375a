"""The journey: which questions are asked, in which order, and which answers are set aside."""

from __future__ import annotations

import random
from collections.abc import Mapping
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.readings
from engine.answers import NOT_KNOWN, Answer
from engine.diagram import Diagrams
from engine.edition import program_on
from engine.journey import Journey, goals, journey
from engine.kernel import kernel_of
from engine.program import Program
from engine.readings import readings_of
from engine.rulebook import Rulebook
from rules.loader import rulebook as shipped
from tests.engine.little import partial_answers
from tests.engine.programs import NAMES, names, shipped_programs
from tests.rules.small_rulebook import small_rulebook

MOST_ASKED = 12


@pytest.fixture
def refer(rulebook: Rulebook) -> Program:
    return program_on(rulebook, "refer", "darlington", date(2024, 2, 1))


@pytest.fixture
def small() -> Program:
    return program_on(small_rulebook(), "notify", "none", date(2024, 2, 1))


def asked_in_turn(program: Program, answer_to: Mapping[str, Answer]) -> list[str]:
    """The questions that a person is asked who gives these answers, one at a time."""
    answers: dict[str, Answer] = {}
    asked = []
    while (question := journey(program, answers).next) is not None:
        asked.append(question)
        answers[question] = answer_to.get(question, NOT_KNOWN)
    return asked


def decided(program: Program, answers: Mapping[str, Answer]) -> tuple[object, ...]:
    """The route, and how every finding that the stage decides stands."""
    statuses, routes = kernel_of(program).statuses(program.known_answers(answers))
    return routes, [statuses[each] for each in program.decides]


# A pure function


@given(name=names, data=st.data())
def test_the_same_answers_give_the_same_journey(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    before = deepcopy(answers)
    first = journey(program, answers)
    journey(program, data.draw(partial_answers(program)))
    assert journey(program, answers) == first
    assert answers == before


@given(name=names, data=st.data())
def test_the_order_in_which_answers_came_in_is_no_matter(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    one, other = journey(program, answers), journey(program, shuffled)
    assert (one.path, one.next, one.open) == (other.path, other.next, other.open)
    assert set(one.set_aside) == set(other.set_aside)


def test_the_journey_is_the_same_when_its_diagrams_have_to_be_built_again(
    refer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"what_happened": "harmed", "abuse_or_neglect": NOT_KNOWN, "age_of_person": 3}
    first = journey(refer, answers)
    old = readings_of(refer)
    monkeypatch.setattr(engine.readings, "MOST_NODES", 10)
    assert journey(refer, answers) == first
    assert readings_of(refer) is not old


# What is asked


@given(name=names, data=st.data())
def test_what_is_asked_can_still_change_what_is_decided(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    readings = readings_of(program)
    for question in trip.open:
        # Some way of answering the rest makes this answer matter.
        assert _can_matter(program, trip, question)
        assert question not in trip.path
    assert trip.next == (trip.open[0] if trip.open else None)
    for question in set(readings.questions) - set(trip.open) - set(answers):
        assert not _can_matter(program, trip, question)


def _can_matter(program: Program, trip: Journey, question: str) -> bool:
    readings = readings_of(program)
    level = readings.level_of[question]
    return any(
        level in readings.diagrams.levels_in(readings.restrict(node, trip.known))
        for node in goals(readings)
    )


@given(name=names, data=st.data())
def test_when_nothing_is_asked_no_answer_makes_a_difference(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    everything = data.draw(partial_answers(program))
    asked = asked_in_turn(program, everything)
    answers = {question: everything.get(question, NOT_KNOWN) for question in asked}
    outcome = decided(program, journey(program, answers).known)
    pick = random.Random(0)
    for _ in range(20):
        more = dict(answers)
        for each in program.asked:
            if each.question.id not in answers:
                more[each.question.id] = pick.choice([*each.values, NOT_KNOWN])
        known = {question: str(program.ask(question).value_of(more[question])) for question in more}
        assert decided(program, known) == outcome


@given(name=names, data=st.data())
def test_questions_are_asked_in_the_order_of_the_stage(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    asked = asked_in_turn(program, data.draw(partial_answers(program)))
    order = list(program.stage.questions)
    assert [order.index(each) for each in asked] == sorted(order.index(each) for each in asked)
    assert len(set(asked)) == len(asked)


@given(name=names, data=st.data())
def test_only_the_stages_own_questions_are_asked(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    trip = journey(program, data.draw(partial_answers(program)))
    assert set(trip.open) <= set(program.stage.questions)


@given(name=names, data=st.data())
def test_a_question_that_was_answered_is_not_asked_again(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    assert not set(journey(program, answers).open) & set(answers)


def longest(program: Program) -> int:
    """The most questions that anybody can be asked, over every way of answering them.

    The diagram of all that is decided, taken together, asks exactly the next question that can
    matter; so its longest path is the longest journey.
    """
    readings = readings_of(program)
    d: Diagrams = readings.diagrams
    together = d.terminal(())
    for node in goals(readings):
        together = d.apply("together", lambda a, b: (*a, b), together, node)
    depth: dict[int, int] = {}
    for at in sorted(d.walk(together)):  # children are made before what rests on them
        depth[at] = 0 if d.is_constant(at) else 1 + max(depth[each] for each in d.children(at))
    return depth[together]


@pytest.mark.parametrize("name", [each for each in NAMES if each.split()[0] in ("refer", "notify")])
def test_no_one_is_asked_more_than_twelve_questions(name: str) -> None:
    assert longest(shipped_programs()[name]) <= MOST_ASKED


@settings(max_examples=40)
@given(data=st.data())
def test_the_longest_journey_is_never_exceeded_by_one_taken(data: st.DataObject) -> None:
    program = program_on(shipped(), "refer", "none", date(2024, 2, 1))
    asked = asked_in_turn(program, data.draw(partial_answers(program)))
    assert len(asked) <= longest(program)


def test_the_longest_journey_is_one_that_somebody_can_take(small: Program) -> None:
    # Age, what happened, abuse, place, looked after: each can matter after the ones before.
    taken = asked_in_turn(small, {"age_of_person": 3, "what_happened": "died"})
    assert len(taken) == longest(small) == 5


def test_nobody_is_asked_about_harm_when_the_child_died(refer: Program) -> None:
    asked = asked_in_turn(refer, {"age_of_person": 0, "what_happened": "died"})
    assert "how_serious_was_the_harm" not in asked
    assert "looked_after" in asked


def test_nobody_is_asked_which_council_as_a_question_of_its_own(refer: Program) -> None:
    asked = asked_in_turn(refer, {"where_it_happened": "elsewhere_in_england"})
    assert "where_it_happened" in asked
    assert "authority_of_the_incident" not in asked


# Not known


def test_not_known_answers_that_could_still_matter_are_told(refer: Program) -> None:
    trip = journey(refer, {"age_of_person": 3, "what_happened": NOT_KNOWN})
    assert trip.not_known == ("what_happened",)
    assert "what_happened" in trip.path


def test_not_known_is_an_answer_and_is_not_asked_again(refer: Program) -> None:
    answers = {asked.question.id: NOT_KNOWN for asked in refer.asked}
    trip = journey(refer, answers)
    assert trip.next is None
    assert trip.open == ()


# Set aside

DIED: dict[str, Answer] = {"age_of_person": 3, "what_happened": "died", "abuse_or_neglect": "no"}


def test_an_answer_off_the_path_is_set_aside_and_never_counted(refer: Program) -> None:
    answers = {**DIED, "how_serious_was_the_harm": "serious_physical"}
    trip = journey(refer, answers)
    assert trip.set_aside == ("how_serious_was_the_harm",)
    assert "how_serious_was_the_harm" not in trip.known
    assert journey(refer, DIED).open == trip.open


def test_an_answer_set_aside_comes_back_with_its_path(refer: Program) -> None:
    answers = {**DIED, "how_serious_was_the_harm": "serious_physical"}
    harmed = journey(refer, {**answers, "what_happened": "harmed"})
    assert "how_serious_was_the_harm" in harmed.path
    assert harmed.known["how_serious_was_the_harm"] == "serious_physical"
    assert harmed.set_aside == ()


@given(name=names, data=st.data())
def test_every_answer_is_on_the_path_or_set_aside(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    assert set(trip.path) | set(trip.set_aside) == set(answers)
    assert not set(trip.path) & set(trip.set_aside)
    assert dict(trip.known) == {
        question: program.known_answers(answers)[question] for question in trip.path
    }


@given(name=names, data=st.data())
def test_what_is_set_aside_changes_nothing_whatever_it_says(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    without = {question: answers[question] for question in trip.path}
    other = journey(program, without)
    assert (other.path, other.next, other.known) == (trip.path, trip.next, trip.known)
    every = decided(program, answers)
    assert decided(program, {q: str(v) for q, v in trip.known.items()}) == every


def test_the_council_counts_only_beside_its_own_option(small: Program) -> None:
    here = {"age_of_person": 3, "what_happened": "died", "abuse_or_neglect": "known"}
    elsewhere = {**here, "where_it_happened": "elsewhere", "authority_of_the_incident": "hilltop"}
    assert journey(small, elsewhere).set_aside == ()
    back = {**elsewhere, "where_it_happened": "here"}
    assert journey(small, back).set_aside == ("authority_of_the_incident",)


def test_an_answer_of_another_stage_is_set_aside(refer: Program) -> None:
    trip = journey(refer, {"age_of_person": 3, "partners_view": "disagree"})
    assert trip.set_aside == ("partners_view",)
    assert trip.path == ("age_of_person",)
