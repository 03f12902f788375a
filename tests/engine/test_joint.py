"""Two programs in one table say there what each says alone, whatever they ask and in what order."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN, Answer
from engine.expression import Aged, All, Expression
from engine.joint import Joint
from engine.program import Program
from engine.readings import Readings, readings_of
from tests.engine.little import QUESTIONS, laws, little, partial_answers, program_of, yes

BACKWARDS = dict(reversed(QUESTIONS.items()))


def said_alone(readings: Readings, node: int, answers: Mapping[str, Answer]) -> object:
    """What a program's own diagram says of a case."""
    known = readings.program.known_answers(answers)
    return readings.read(node, {each: known.get(each, NOT_KNOWN) for each in readings.questions})


def said_together(joint: Joint, node: int, answers: Mapping[str, Answer]) -> object:
    """What a diagram says of a case in the joint table."""
    d = joint.diagrams
    while not d.is_constant(node):
        level = d.level(node)
        answer = answers.get(joint.questions[level], NOT_KNOWN)
        values = joint.values[level]
        if isinstance(answer, int):
            (value,) = (each for each in values if each[0].isdigit() and answer in ages_of(each))
        else:
            value = answer
        node = d.children(node)[values.index(value)]
    return d.value(node)


def ages_of(value: str) -> range:
    """The ages of a cell, by its name: `16-to-17` or `25-or-over`."""
    low, _, high = value.partition("-to-")
    return range(int(low), int(high) + 1) if high else range(int(low.split("-")[0]), 200)


@given(one=laws(), other=laws(), turned=st.booleans(), data=st.data())
def test_what_is_carried_over_says_the_same_of_every_case(
    one: dict[str, Expression], other: dict[str, Expression], turned: bool, data: st.DataObject
) -> None:
    first = program_of(little(one))
    second = program_of(little(other, questions=BACKWARDS if turned else None))
    joint = Joint(readings_of(first), readings_of(second))
    for program in (first, second):
        readings = readings_of(program)
        answers = {
            **data.draw(partial_answers(first)),
            **data.draw(partial_answers(second)),
        }
        for node in (readings.route, *readings.status.values()):
            carried = joint.carry(readings, node)
            assert said_together(joint, carried, answers) == said_alone(readings, node, answers)


def test_a_question_that_only_one_asks_is_asked_in_the_joint_table_and_sways_the_other_not() -> (
    None
):
    first = program_of(little({"danger": yes("seen")}))
    second = program_of(little({"danger": All((yes("seen"), yes("told")))}))
    a, b = readings_of(first), readings_of(second)
    joint = Joint(a, b)
    assert joint.questions == ("seen", "told")
    d = joint.diagrams
    assert d.levels_in(joint.carry(a, a.status["danger"])) == (0,)
    assert d.levels_in(joint.carry(b, b.status["danger"])) == (0, 1)


def aged(*bounds: Aged) -> Program:
    return program_of(little({"of_age": All(bounds)}))


def test_ages_are_cut_at_the_numbers_of_both() -> None:
    first, second = aged(Aged("age", None, 18)), aged(Aged("age", 16, 25))
    joint = Joint(readings_of(first), readings_of(second))
    cells = ("0-to-15", "16-to-17", "18-to-24", "25-or-over")
    assert joint.values == (("unborn", *cells, NOT_KNOWN),)
    for age in range(30):
        for program in (first, second):
            readings = readings_of(program)
            carried = joint.carry(readings, readings.status["of_age"])
            assert said_together(joint, carried, {"age": age}) == said_alone(
                readings, readings.status["of_age"], {"age": age}
            )


def test_a_case_is_told_in_words_and_as_a_case_file_has_it() -> None:
    first, second = aged(Aged("age", None, 18)), aged(Aged("age", None, 16))
    a, b = readings_of(first), readings_of(second)
    joint = Joint(a, b)
    found = joint.diagrams.difference(
        joint.carry(a, a.status["of_age"]), joint.carry(b, b.status["of_age"])
    )
    assert found is not None
    assert joint.case_in_words(found) == "age: 16 or 17"
    assert joint.answers(found) == {"age": 16}
    assert joint.case_in_words({}) == "whatever the answers"
    assert joint.case_in_words({0: 0}) == "age: It is unborn"
    assert joint.answers({0: 4}) == {"age": NOT_KNOWN}
