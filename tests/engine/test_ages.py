"""Ages are cut where the rules cut them, so that no two ages in one cell are told apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ages import OLDEST, Cell, cell_of, cells, inside
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.expression import Aged, Status, walk
from engine.proof import age_bounds, every_program
from engine.results import Assessment
from engine.rulebook import Rulebook
from tests.conftest import MakeCase

bounds = st.none() | st.integers(1, 30)
tests = st.builds(Aged, st.just("age"), bounds, bounds)


@given(made=st.lists(tests, max_size=4).map(cells))
def test_every_age_lies_in_exactly_one_cell(made: tuple[Cell, ...]) -> None:
    for age in range(OLDEST + 1):
        there = [each for each in made if each.low <= age and (each.high or age + 1) > age]
        assert there == [cell_of(age, made)]


@given(several=st.lists(tests, min_size=1, max_size=4))
def test_a_cell_answers_every_test_as_each_of_its_ages_does(several: list[Aged]) -> None:
    made = cells(several)
    for test in several:
        for age in range(40):
            said = (test.at_least is None or age >= test.at_least) and (
                test.under is None or age < test.under
            )
            assert (cell_of(age, made).value in inside(test, made)) == said


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (Cell(0, None), "0-or-over", "any age"),
        (Cell(0, 16), "0-to-15", "under 16"),
        (Cell(16, 17), "16-to-16", "16"),
        (Cell(16, 18), "16-to-17", "16 or 17"),
        (Cell(18, 25), "18-to-24", "18 to 24"),
        (Cell(25, None), "25-or-over", "25 or over"),
    ],
)
def test_a_cell_is_read_out_plainly(cell: Cell, value: str, said: str) -> None:
    assert (cell.value, cell.words) == (value, said)


def test_the_numbers_of_the_rules_are_known(rulebook: Rulebook) -> None:
    assert age_bounds(rulebook) == {
        "age_of_person": {4, 16, 18, 25},
        "age_of_the_adult": {18},
        "age_of_the_person_killed": {18},
    }


def test_on_each_side_of_every_number_an_age_is_told_apart(rulebook: Rulebook, today: date) -> None:
    for program in every_program(rulebook, today):
        tested = {
            (node.question, bound)
            for each in program.findings
            for rule in each.rules
            for node in walk(rule.when)
            if isinstance(node, Aged)
            for bound in (node.at_least, node.under)
            if bound is not None
        }
        for question, bound in tested:
            # What rests on a number may be folded away in a stage that never asks.
            for asked in (each for each in program.asked if each.question.id == question):
                assert asked.value_of(bound - 1) != asked.value_of(bound)
                assert asked.value_of(bound) == asked.value_of(bound + 1)


def found(result: Assessment, finding: str) -> Status:
    return next(each.status for each in result.findings if each.id == finding)


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (0, Status.ESTABLISHED),
        (17, Status.ESTABLISHED),
        (18, Status.RULED_OUT),
        (19, Status.RULED_OUT),
        ("unborn", Status.RULED_OUT),
        ("not known", Status.OPEN),
    ],
)
def test_a_child_is_under_eighteen(
    age: int | str,
    status: Status,
    rulebook: Rulebook,
    working_days: WorkingDays,
    case: MakeCase,
) -> None:
    given = case(age_of_person=age, what_happened="died", abuse_or_neglect="known")
    result = assess(rulebook, given, working_days)
    assert found(result, "child_under_18") is status
    assert found(result, "serious_incident") is status


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (17, Status.ESTABLISHED),
        (18, Status.ESTABLISHED),
        (23, Status.ESTABLISHED),
        (24, Status.ESTABLISHED),
        (25, Status.RULED_OUT),
        (26, Status.RULED_OUT),
    ],
)
def test_a_care_leaver_is_no_older_than_twenty_four(
    age: int, status: Status, rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    given = case(age_of_person=age, what_happened="died", care_leaver="yes", looked_after="no")
    assert found(assess(rulebook, given, working_days), "care_leaver_death") is status


@pytest.mark.parametrize(
    ("age", "status"),
    [(15, Status.RULED_OUT), (16, Status.ESTABLISHED), (17, Status.ESTABLISHED)],
)
def test_a_domestic_homicide_is_of_a_person_of_sixteen_or_over(
    age: int, status: Status, rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    given = case(
        "parallel", age_of_person=age, what_happened="died", death_by_family_or_household="yes"
    )
    result = assess(rulebook, given, working_days)
    assert found(result, "young_person_died_by_family_or_household") is status
