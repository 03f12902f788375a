"""Three evaluators read the same rules, and say the same of every case, known in part or whole."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN
from engine.expression import Answered, Concluded, Expression, Not, Stands, Status
from engine.firing import Firing, firing_of
from engine.joins import compiled
from engine.kernel import kernel_of
from engine.program import Program
from engine.readings import readings_of
from tests.engine.little import EITHER_WAY, laws, little, partial_answers, program_of, standing, yes
from tests.engine.programs import NAMES, names, shipped_programs


@pytest.fixture(params=NAMES)
def program(request: pytest.FixtureRequest) -> Program:
    return shipped_programs()[request.param]


def by_kernel(program: Program, known: dict[str, str]) -> tuple[dict[str, Status], set[str]]:
    statuses, routes = kernel_of(program).statuses(known)
    return statuses, set(routes)


def by_durable_rules(
    program: Program, known: dict[str, str], firing: Firing | None = None
) -> tuple[dict[str, Status], set[str]]:
    findings = tuple(each.finding for each in program.findings)
    trace = (firing or firing_of(program)).run(known, findings)
    return dict(trace.statuses), set(trace.routes)


def by_diagrams(program: Program, known: dict[str, str]) -> tuple[dict[str, object], set[object]]:
    readings = readings_of(program)
    whole = {question: known.get(question, NOT_KNOWN) for question in readings.questions}
    left = readings.diagrams.value(readings.restrict(readings.route, whole))
    return {
        finding: readings.diagrams.value(readings.restrict(status, whole))
        for finding, status in readings.status.items()
    }, {left}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_three_agree_on_every_shipped_program(program: Program, data: st.DataObject) -> None:
    known = program.known_answers(data.draw(partial_answers(program)))
    said = by_kernel(program, known)
    assert said == by_durable_rules(program, known)
    assert said == by_diagrams(program, known)
    assert len(said[1]) == 1


@settings(max_examples=60)
@given(law=laws(), data=st.data())
def test_durable_rules_says_what_the_kernel_says_of_any_rules_at_all(
    law: dict[str, Expression], data: st.DataObject
) -> None:
    program = program_of(little(law))
    firing = Firing("any", compiled(program))
    for _ in range(4):
        known = program.known_answers(data.draw(partial_answers(program)))
        assert by_kernel(program, known) == by_durable_rules(program, known, firing)


@given(law=laws(), data=st.data())
def test_the_kernel_never_settles_what_some_answer_would_settle_otherwise(
    law: dict[str, Expression], data: st.DataObject
) -> None:
    program = program_of(little(law))
    answers = data.draw(partial_answers(program))
    statuses, _ = kernel_of(program).statuses(program.known_answers(answers))
    for finding, status in statuses.items():
        if status is not Status.OPEN:
            assert standing(program, finding, law, answers) is status


@given(law=laws(), data=st.data())
def test_the_kernel_settles_everything_once_all_is_known(
    law: dict[str, Expression], data: st.DataObject
) -> None:
    program = program_of(little(law))
    answers = {
        asked.question.id: data.draw(
            st.sampled_from([*(o.value for o in asked.question.options)])
            if not asked.cells
            else st.integers(0, 40)
        )
        for asked in program.asked
    }
    known = program.known_answers(answers)
    statuses, routes = by_kernel(program, known)
    assert Status.OPEN not in statuses.values()
    assert (statuses, routes) == by_diagrams(program, known)


# What three-valued logic cannot see: (A and X) or (A and not X) is A, whatever X is.


def test_the_diagrams_see_that_an_answer_makes_no_difference_either_way() -> None:
    program = program_of(little(EITHER_WAY))
    known = {"seen": "yes", "told": NOT_KNOWN}
    assert by_diagrams(program, known)[0] == {"danger": Status.ESTABLISHED}
    assert by_kernel(program, known)[0] == {"danger": Status.OPEN}
    assert by_durable_rules(program, known)[0] == {"danger": Status.OPEN}


@pytest.mark.parametrize("told", ["yes", "no"])
def test_once_it_is_answered_the_three_agree_again(told: str) -> None:
    program = program_of(little(EITHER_WAY))
    known = {"seen": "yes", "told": told}
    said = ({"danger": Status.ESTABLISHED}, {"act"})
    assert by_kernel(program, known) == by_durable_rules(program, known) == said
    assert by_diagrams(program, known) == said


# What holds whatever the answers


ALWAYS_SO = {"known": Answered("seen", ("yes",)), "safe": Not(Concluded("unheard_of"))}


def test_what_no_rule_of_the_day_contradicts_is_always_so() -> None:
    routes = {"only": Stands("safe", Status.ESTABLISHED)}
    program = program_of(little(ALWAYS_SO, routes, decides=["known"]))
    for known in ({}, {"seen": "yes"}, {"seen": "no"}):
        said = by_kernel(program, known)
        assert said[0]["safe"] is Status.ESTABLISHED
        assert said[1] == {"only"}
        assert said == by_durable_rules(program, known) == by_diagrams(program, known)


def test_a_route_that_is_always_taken_is_taken_by_all_three() -> None:
    routes = {"only": Not(Stands("unheard_of", Status.ESTABLISHED))}
    program = program_of(little({"known": yes("seen")}, routes, decides=["known"]))
    for known in ({}, {"seen": "yes"}):
        assert by_kernel(program, known)[1] == {"only"}
        assert by_kernel(program, known) == by_durable_rules(program, known)
        assert by_kernel(program, known) == by_diagrams(program, known)


# Many cases at once


@settings(max_examples=50)
@given(name=names, data=st.data())
def test_cases_in_lanes_are_decided_as_one_by_one(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    kernel = kernel_of(program)
    cases = data.draw(st.lists(partial_answers(program), min_size=1, max_size=40))
    known = [program.known_answers(each) for each in cases]
    lanes = [
        sum((one.get(question) == value) << lane for lane, one in enumerate(known))
        for question, value in kernel.columns
    ]
    established, ruled_out, chosen = kernel.decide(lanes, (1 << len(known)) - 1)
    for lane, one in enumerate(known):
        statuses, routes = kernel.statuses(one)
        for finding, yes_lanes, no_lanes in zip(
            kernel.findings, established, ruled_out, strict=True
        ):
            assert (yes_lanes >> lane & 1) == (statuses[finding] is Status.ESTABLISHED)
            assert (no_lanes >> lane & 1) == (statuses[finding] is Status.RULED_OUT)
        taken = {
            route
            for route, lanes_of in zip(kernel.routes, chosen, strict=True)
            if lanes_of >> lane & 1
        }
        assert taken == set(routes)


def test_no_word_of_a_user_is_in_the_kernels_text(program: Program) -> None:
    names = {name for line in kernel_of(program).source.split() for name in [line.strip("(),")]}
    allowed = {"def", "decide", "decide(x", "full", "full):", "return", "=", "&", "|", "^", ""}
    for name in names - allowed:
        assert name.lstrip("er").isdigit() or name.startswith("x["), name
