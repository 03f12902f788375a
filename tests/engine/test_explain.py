"""Why: why a question is asked, why a route was reached, and the fewest answers that change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN, Answer
from engine.edition import program_on
from engine.explain import MOST_CHANGES, explain, why_asked
from engine.expression import Status
from engine.journey import journey
from engine.kernel import kernel_of
from engine.program import Program
from engine.readings import readings_of
from engine.results import Change, Consequence
from engine.rulebook import Rulebook
from engine.taken_way import way_to_finding, way_to_route
from tests.engine.little import partial_answers
from tests.engine.programs import names, shipped_programs
from tests.rules.small_rulebook import small_rulebook


def small(stage: str = "notify", area: str = "none") -> Program:
    return program_on(small_rulebook(), stage, area, date(2024, 2, 1))


def route_of(program: Program, answers: dict[str, Answer]) -> str:
    """The route by the kernel, what is not asked being not known."""
    _, routes = kernel_of(program).statuses(program.known_answers(answers))
    (route,) = routes
    return route


def routes_left(program: Program, known: dict[str, str]) -> set[object]:
    """Every route that some answers to the other questions lead to."""
    readings = readings_of(program)
    return readings.diagrams.terminals_under(readings.restrict(readings.route, known))


def standings_left(program: Program, finding: str, known: dict[str, str]) -> set[object]:
    """Every way in which a finding can stand, whatever the other answers are."""
    readings = readings_of(program)
    return readings.diagrams.terminals_under(readings.restrict(readings.status[finding], known))


def values_of(program: Program, question: str) -> list[str]:
    return list(program.ask(question).values)


# The reason


@given(name=names, data=st.data())
def test_the_reason_alone_leads_to_the_route(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    told = explain(program, answers)
    reason = {each.question: trip.known[each.question] for each in told.reason}
    assert routes_left(program, reason) == routes_left(program, dict(trip.known))
    assert told.route == route_of(program, dict(trip.known))


@given(name=names, data=st.data())
def test_no_answer_of_the_reason_can_be_spared(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    readings = readings_of(program)
    trip = journey(program, answers)
    reason = [each.question for each in explain(program, answers).reason]
    settled = readings.restrict(readings.route, trip.known)
    for spared in reason:
        without = {each: trip.known[each] for each in reason if each != spared}
        assert readings.restrict(readings.route, without) != settled


def test_the_reason_for_no_notice_is_one_answer() -> None:
    program = small()
    answers: dict[str, Answer] = {
        "age_of_person": 3,
        "what_happened": "near_miss_or_concern",
        "abuse_or_neglect": "no",
    }
    told = explain(program, answers)
    assert told.route == "no_notice"
    assert len(told.reason) == 1


def test_not_known_answers_that_do_not_matter_are_told() -> None:
    # Without abuse or neglect no notice is due, whatever happened.
    program = small()
    answers: dict[str, Answer] = {
        "age_of_person": 3,
        "what_happened": NOT_KNOWN,
        "abuse_or_neglect": "no",
        "looked_after": "no",
    }
    told = explain(program, answers)
    assert told.route == "no_notice"
    assert told.not_known_that_do_not_matter == ("what_happened",)


@given(name=names, data=st.data())
def test_a_not_known_that_does_not_matter_could_be_anything(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    known = dict(journey(program, answers).known)
    for question in explain(program, answers).not_known_that_do_not_matter:
        for value in values_of(program, question):
            statuses, routes = kernel_of(program).statuses({**known, question: value})
            before, taken = kernel_of(program).statuses(known)
            assert routes == taken
            for finding in program.decides:
                assert statuses[finding] is before[finding]


# What would change it


def applied(program: Program, answers: dict[str, Answer], change: Change) -> Iterator[str]:
    """The routes that a change leads to, over what would have to be answered besides."""
    labels = {asked.question.label: asked for asked in program.asked}
    changed = dict(answers)
    for question, _, _, then in change.answers:
        asked = program.ask(question)
        (changed[question],) = (each for each in asked.values if asked.words_of(each) == then)
    besides = [labels[label] for label in change.then_asked]
    for values in product(*(asked.values for asked in besides)):
        more = {a.question.id: v for a, v in zip(besides, values, strict=True)}
        yield route_of(program, _as_values(program, {**changed, **more}))


def _as_values(program: Program, answers: dict[str, Answer]) -> dict[str, Answer]:
    return {question: program.ask(question).value_of(value) for question, value in answers.items()}


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_each_change_leads_to_the_route_it_names(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    told = explain(program, answers)
    assert len(told.changes) <= MOST_CHANGES
    for change in told.changes:
        assert change.route != told.route
        assert change.answers
        if len(change.then_asked) <= 4:
            assert change.route in set(applied(program, answers, change))


def fewest_changes(program: Program, answers: dict[str, Answer]) -> dict[str, int]:
    """For each other route, the fewest answers to change, found by trying them all.

    What has not been asked may be answered besides; nobody is asked to un-know what they know.
    """
    given_answers = program.known_answers(answers)
    unasked = [each.question.id for each in program.asked if each.question.id not in answers]
    here = route_of(program, answers)
    fewest: dict[str, int] = {}
    for count in range(len(given_answers) + 1):
        for questions in combinations(given_answers, count):
            choices = [
                [v for v in values_of(program, q) if v != given_answers[q]] for q in questions
            ] + [values_of(program, q) for q in unasked]
            for values in product(*choices):
                changed = dict(zip((*questions, *unasked), values, strict=True))
                route = route_of(program, {**given_answers, **changed})
                if route != here:
                    fewest.setdefault(route, count)
    return fewest


@settings(max_examples=40)
@given(data=st.data())
def test_no_smaller_change_would_do(data: st.DataObject) -> None:
    program = small()
    answers = data.draw(partial_answers(program))
    told = {each.route: len(each.answers) for each in explain(program, answers).changes}
    fewest = {r: n for r, n in fewest_changes(program, answers).items() if n > 0}
    assert set(told) <= set(fewest)
    for route, count in told.items():
        assert count == fewest[route]
    for route, count in fewest.items():
        assert route in told or count > min(fewest.values()) + 1


@settings(max_examples=40)
@given(data=st.data())
def test_every_route_within_one_change_of_the_fewest_is_told(data: st.DataObject) -> None:
    program = small("learning", "riverside")
    answers = data.draw(partial_answers(program))
    told = {each.route for each in explain(program, answers).changes}
    fewest = {r: n for r, n in fewest_changes(program, answers).items() if n > 0}
    assert told == {r for r, n in fewest.items() if n <= min(fewest.values()) + 1}


def test_an_answer_that_was_set_aside_is_counted_when_a_change_brings_it_back() -> None:
    # Nothing to learn was said, then set aside by a near miss; without the near miss it decides.
    program = small("learning", "riverside")
    answers: dict[str, Answer] = {
        "what_happened": "near_miss_or_concern",
        "carries_learning": "no",
    }
    assert journey(program, answers).set_aside == ("carries_learning",)
    (change,) = explain(program, answers).changes
    assert change.route == "leave_it"
    assert change.then_asked == ()
    assert [each[0] for each in change.answers] == ["what_happened"]
    assert set(applied(program, answers, change)) == {"leave_it"}


def test_a_change_is_told_in_the_words_of_the_answers() -> None:
    program = small()
    answers: dict[str, Answer] = {
        "age_of_person": 17,
        "what_happened": "died",
        "abuse_or_neglect": "known",
    }
    changes = explain(program, answers).changes
    assert {each.route for each in changes} == {"no_notice"}
    question, label, now, then = changes[0].answers[0]
    assert (question, label, now, then) == ("age_of_person", "Age", "17", "Not yet born")


def test_nobody_is_told_to_unknow_what_they_know() -> None:
    program = small()
    known: dict[str, Answer] = {
        "age_of_person": 3,
        "what_happened": "died",
        "abuse_or_neglect": "no",
    }
    assert {each.route for each in explain(program, known).changes} == {"notify"}


# Why a question is asked


def follows(consequence: Consequence) -> tuple[set[str], set[str]]:
    """The sentences that a consequence says hold, and that it says do not."""
    said = re.findall("Then this (holds|does not hold): “(.*?)”", consequence.follows)
    assert len(said) == consequence.follows.count("“"), consequence.follows
    holding = {sentence for verb, sentence in said if verb == "holds"}
    return holding, {sentence for _, sentence in said} - holding


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_what_is_said_to_follow_from_an_answer_does_follow(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    question = data.draw(st.sampled_from([each.question.id for each in program.asked]))
    readings = readings_of(program)
    level = readings.level_of[question]
    trip = journey(program, answers)
    before = {q: v for q, v in trip.known.items() if readings.level_of[q] < level}
    sentences = {each.rule.sentence: each.finding for each in program.findings}
    titles = {each.title: each.id for each in program.routes}
    told = why_asked(program, answers, question)
    assert [each.value for each in told.consequences] == [*values_of(program, question), NOT_KNOWN]
    for consequence in told.consequences:
        after = {**before, question: consequence.value}
        for said, status in zip(
            follows(consequence), (Status.ESTABLISHED, Status.RULED_OUT), strict=True
        ):
            for sentence in said:
                node = readings.status[sentences[sentence]]
                assert readings.diagrams.value(readings.restrict(node, after)) is status
                assert readings.diagrams.value(readings.restrict(node, before)) is None
        _, _, said_route = consequence.follows.partition("The route is then: ")
        if said_route:
            assert routes_left(program, after) == {titles[said_route.removesuffix(".")]}
        elif len(routes_left(program, before)) > 1:
            assert len(routes_left(program, after)) > 1


@given(name=names, data=st.data())
def test_a_later_answer_makes_no_difference_to_why_a_question_is_asked(
    name: str, data: st.DataObject
) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    order = [each.question.id for each in program.asked]
    question = data.draw(st.sampled_from(order))
    earlier = {q: a for q, a in answers.items() if order.index(q) < order.index(question)}
    assert why_asked(program, answers, question) == why_asked(program, earlier, question)


def test_why_asked_names_the_paragraph() -> None:
    told = why_asked(small(), {"age_of_person": 3, "what_happened": "died"}, "abuse_or_neglect")
    assert told.summary == "Suspicion is enough."
    assert [each.text for each in told.citations] == ["the Act, section 3"]
    by_value = {each.value: each for each in told.consequences}
    assert by_value["suspected"].follows == (
        "Then this holds: “This is a serious incident” (the Act, section 2). "
        "The route is then: Notify this."
    )
    assert by_value["no"].follows == (
        "Then this does not hold: “This is a serious incident” (the Act, section 2). "
        "Then this does not hold: “It happened here” (the Act, section 4). "
        "The route is then: No notice is due."
    )
    assert by_value[NOT_KNOWN].answer == "Not known yet"


# The map of the way taken


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_the_map_ends_in_the_route_and_each_branch_where_it_says(
    name: str, data: st.DataObject
) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    told = way_to_route(program, answers)
    assert told.route == route_of(program, dict(trip.known))
    assert told.certain == (len(routes_left(program, dict(trip.known))) == 1)
    taken: dict[str, str] = {}
    for step in told.steps:
        asked = program.ask(step.question)
        words = {asked.words_of(value): value for value in (*asked.values, NOT_KNOWN)}
        for branch in step.branches:
            routes = routes_left(program, {**taken, step.question: words[branch.answers]})
            assert (branch.route is None) == (len(routes) > 1)
            assert branch.route is None or routes == {branch.route}
        taken[step.question] = trip.known.get(step.question, NOT_KNOWN)
    assert routes_left(program, taken) == {told.route}


@settings(max_examples=30)
@given(name=names, data=st.data())
def test_the_map_of_a_finding_ends_as_the_kernel_says_it_stands(
    name: str, data: st.DataObject
) -> None:
    program = shipped_programs()[name]
    finding = data.draw(st.sampled_from([each.finding for each in program.findings]))
    answers = data.draw(partial_answers(program))
    trip = journey(program, answers)
    told = way_to_finding(program, answers, finding, {each: each.upper() for each in Status})
    assert told.title == told.route.upper()
    left = standings_left(program, finding, dict(trip.known))
    assert told.certain == (len(left) == 1)
    assert told.route in left
    taken: dict[str, str] = {}
    for step in told.steps:
        asked = program.ask(step.question)
        words = {asked.words_of(value): value for value in (*asked.values, NOT_KNOWN)}
        for branch in step.branches:
            there = standings_left(
                program, finding, {**taken, step.question: words[branch.answers]}
            )
            assert (branch.route is None) == (len(there) > 1)
            assert branch.route is None or there == {branch.route}
        taken[step.question] = trip.known.get(step.question, NOT_KNOWN)
    # What is on the way settles it alone.
    assert standings_left(program, finding, taken) == {told.route}


def test_the_map_says_what_has_not_been_asked(rulebook: Rulebook) -> None:
    program = program_on(rulebook, "refer", "none", date(2024, 2, 1))
    told = way_to_route(program, {"age_of_person": 3})
    assert {each.question: each.answer for each in told.steps}["age_of_person"] == "3"
    assert "Not asked yet" in {each.answer for each in told.steps}
    assert not told.certain
