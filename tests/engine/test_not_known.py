"""“Not known" is never "no": knowing more settles more, and never unsettles what was settled."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN, Answer
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.edition import program_on
from engine.expression import Status
from engine.kernel import kernel_of
from engine.program import Program
from engine.readings import readings_of
from engine.rulebook import Rulebook
from rules.loader import rulebook as shipped
from tests.conftest import MakeCase
from tests.engine.little import laws, little, partial_answers, program_of
from tests.engine.programs import NAMES, names, shipped_programs

NATIONAL = [name for name in NAMES if name.split()[1] == "none"]


def statuses(program: Program, answers: dict[str, Answer]) -> dict[str, Status]:
    return kernel_of(program).statuses(program.known_answers(answers))[0]


def with_more(data: st.DataObject, program: Program) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Some answers, and the same with more of them known."""
    answers = data.draw(partial_answers(program))
    others = data.draw(partial_answers(program))
    missing = {q: a for q, a in others.items() if answers.get(q, NOT_KNOWN) == NOT_KNOWN}
    return answers, {**answers, **missing}


@given(name=names, data=st.data())
def test_knowing_more_never_unsettles_a_finding(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    less, more = (statuses(program, each) for each in with_more(data, program))
    for finding, status in less.items():
        if status is not Status.OPEN:
            assert more[finding] is status


@given(law=laws(), data=st.data())
def test_knowing_more_never_unsettles_a_finding_under_any_rules(
    law: dict[str, object], data: st.DataObject
) -> None:
    program = program_of(little(law))
    less, more = (statuses(program, each) for each in with_more(data, program))
    for finding, status in less.items():
        if status is not Status.OPEN:
            assert more[finding] is status


@given(name=names, data=st.data())
def test_not_asked_counts_as_not_known(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    known = {question: answer for question, answer in answers.items() if answer != NOT_KNOWN}
    every = {asked.question.id: NOT_KNOWN for asked in program.asked}
    assert statuses(program, answers) == statuses(program, known)
    assert statuses(program, answers) == statuses(program, {**every, **known})


@pytest.mark.parametrize("name", NAMES)
def test_when_nothing_is_known_nothing_is_settled(name: str) -> None:
    program = shipped_programs()[name]
    everything = {asked.question.id: NOT_KNOWN for asked in program.asked}
    assert set(statuses(program, everything).values()) == {Status.OPEN}
    assert set(statuses(program, {}).values()) == {Status.OPEN}


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_can_be_open_established_and_ruled_out(name: str) -> None:
    readings = readings_of(shipped_programs()[name])
    for finding, status in readings.status.items():
        assert readings.diagrams.terminals_under(status) == set(Status), finding


@pytest.mark.parametrize("name", NATIONAL)
def test_not_known_is_not_read_as_any_answer(name: str) -> None:
    """Each answer settles something somewhere that "not known" leaves open."""
    readings = readings_of(shipped_programs()[name])
    d = readings.diagrams
    assert readings.level_of
    for question, level in readings.level_of.items():
        *values, not_known = range(len(readings.values[level]))
        for value in values:
            told_apart = any(
                d.restrict(status, level, value) != d.restrict(status, level, not_known)
                for status in readings.status.values()
            )
            assert told_apart, f"{question}: {readings.values[level][value]} is read as not known"


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_that_rests_on_what_is_not_known_is_open(name: str) -> None:
    """Where "not known" settles a finding, every answer would have settled it the same way."""
    readings = readings_of(shipped_programs()[name])
    d = readings.diagrams
    for finding, status in readings.status.items():
        for level in d.levels_in(status):
            *values, not_known = range(len(readings.values[level]))
            unknown = d.restrict(status, level, not_known)
            for value in values:
                both = d.apply(
                    "side by side", lambda a, b: (a, b), unknown, d.restrict(status, level, value)
                )
                for without, with_answer in d.terminals_under(both):
                    assert without in (Status.OPEN, with_answer), finding


# In a case


def test_all_not_known_ends_in_what_to_find_out_and_not_in_no(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    program = program_on(rulebook, "refer", "darlington", date(2024, 2, 1))
    answers = {asked.question.id: NOT_KNOWN for asked in program.asked}
    result = assess(rulebook, case(area="darlington", **answers), working_days)
    assert result.route is not None
    assert result.route.id not in ("nothing_to_refer", "no_referral")
    assert {each.status for each in result.findings} == {Status.OPEN}
    assert result.open
    assert all(each.asked and each.find_out and each.ask_whom for each in result.open)


@pytest.mark.parametrize(
    "question", ["age_of_person", "what_happened", "abuse_or_neglect", "how_serious_was_the_harm"]
)
def test_one_answer_missing_from_a_serious_incident_leaves_it_open(
    question: str, rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    whole: dict[str, Answer] = {
        "age_of_person": 3,
        "what_happened": "harmed",
        "how_serious_was_the_harm": "serious_physical",
        "abuse_or_neglect": "suspected",
    }
    result = assess(rulebook, case(**{**whole, question: NOT_KNOWN}), working_days)
    found = {each.id: each.status for each in result.findings}
    assert found["serious_incident"] is Status.OPEN
    whole_result = assess(rulebook, case(**whole), working_days)
    found = {each.id: each.status for each in whole_result.findings}
    assert found["serious_incident"] is Status.ESTABLISHED


def test_suspicion_settles_what_knowledge_settles() -> None:
    for stage in ("refer", "notify"):
        program = program_on(shipped(), stage, "none", date(2024, 2, 1))
        base: dict[str, Answer] = {"age_of_person": 3, "what_happened": "died"}
        known = statuses(program, {**base, "abuse_or_neglect": "known"})
        suspected = statuses(program, {**base, "abuse_or_neglect": "suspected"})
        assert known == suspected
        assert known["serious_incident"] is Status.ESTABLISHED
