"""Every small wrong change to the rules is noticed: by a worked case, by a proof, or by a check.

`make mutants` tries them all. Here run those of the rules, every raised strength, those that are
equivalent, and every third of the others, so that the tests stay quick.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.edition import epochs
from engine.expression import Aged, All, Answered, Any, Expression, Not, Stands, Status
from engine.mutation import Mutant, Operator, changed_conditions, mutants
from engine.rulebook import Strength
from rules.loader import rulebook
from tests.fixtures.cases import TODAY, worked
from tests.mutation.equivalents import reasons
from tests.mutation.killing import CASE, CHECK, EQUIVALENT, PROOF, SURVIVED, Killer
from tests.mutation.reporting import some

A, B, C = (Answered(each, ("yes",)) for each in "abc")


@pytest.fixture(scope="module")
def made() -> dict[str, Mutant]:
    """Every mutant, by its name."""
    return {each.name: each for each in mutants(rulebook())}


@pytest.fixture(scope="module")
def without_cases() -> Killer:
    """A killer that has the proofs alone."""
    return Killer(rulebook(), ())


def changes(when: Expression) -> list[tuple[Operator, Expression]]:
    return [(each.operator, each.made) for each in changed_conditions(when)]


def test_no_mutant_survives() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "--some"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "left out" not in run.stdout, "cases that fail cannot kill"


def test_the_tests_run_every_mutant_of_a_rule_and_every_raised_strength(
    made: dict[str, Mutant],
) -> None:
    chosen = {each.name for each in some(tuple(made.values()))}
    always = {
        each.name
        for each in made.values()
        if each.kind == "rule" or each.operator is Operator.STRENGTH or each.name in reasons()
    }
    assert always <= chosen
    assert 3 * len(chosen - always) == pytest.approx(len(made.keys() - always), abs=3)


# How mutants are made


def test_an_age_is_moved_by_one_each_way() -> None:
    assert changes(Aged("age", 16, 18)) == [
        (Operator.NUMBER, Aged("age", 15, 18)),
        (Operator.NUMBER, Aged("age", 17, 18)),
        (Operator.NUMBER, Aged("age", 16, 17)),
        (Operator.NUMBER, Aged("age", 16, 19)),
    ]
    assert len(changes(Aged("age", None, 18))) == 2


def test_each_of_several_answers_is_dropped() -> None:
    assert changes(Answered("q", ("yes", "may"))) == [
        (Operator.ANSWER, Answered("q", ("may",))),
        (Operator.ANSWER, Answered("q", ("yes",))),
    ]
    assert changes(A) == []


@pytest.mark.parametrize(("same", "other"), [(All, Any), (Any, All)])
def test_a_connective_is_swapped_and_each_operand_dropped(
    same: type[All] | type[Any], other: type[All] | type[Any]
) -> None:
    assert changes(same((A, B, C))) == [
        (Operator.CONNECTIVE, other((A, B, C))),
        (Operator.OPERAND, same((B, C))),
        (Operator.OPERAND, same((A, C))),
        (Operator.OPERAND, same((A, B))),
    ]


def test_a_not_is_taken_away_and_what_it_holds_is_changed() -> None:
    assert changes(Not(All((A, B)))) == [
        (Operator.NOT, All((A, B))),
        (Operator.CONNECTIVE, Not(Any((A, B)))),
        (Operator.OPERAND, Not(All((B,)))),
        (Operator.OPERAND, Not(All((A,)))),
    ]


def test_what_stands_within_is_changed_too() -> None:
    inner = Any((Stands("f", Status.OPEN), Stands("g", Status.OPEN)))
    within = [made for _, made in changes(All((A, inner))) if isinstance(made, All)]
    assert All((A, All(inner.parts))) in within


def test_every_operator_is_used(made: dict[str, Mutant]) -> None:
    assert {each.operator for each in made.values()} == set(Operator)
    assert {each.kind for each in made.values()} == {
        "rule",
        "route",
        "step",
        "stage",
        "process",
        "overlay",
    }


def test_every_mutant_has_a_name_of_its_own_and_differs(made: dict[str, Mutant]) -> None:
    assert len(made) == len(list(mutants(rulebook())))
    ours = rulebook()
    for each in made.values():
        parts = ("rules", "routes", "stages", "processes", "overlays")
        differing = [part for part in parts if getattr(each.rulebook, part) != getattr(ours, part)]
        assert len(differing) == 1, each.name


def test_a_clock_is_moved_and_counted_otherwise(made: dict[str, Mutant]) -> None:
    step = "step notify/notify_the_panel, notify_in_five_working_days: clock 1, 5 working days to "
    assert {name.removeprefix(step) for name in made if name.startswith(step)} == {
        "4",
        "6",
        "calendar days",
    }


def test_a_step_that_routes_share_is_changed_in_all_of_them(made: dict[str, Mutant]) -> None:
    mutant = made["step refer/refer_as_serious_incident, write_it_down: strength advice to should"]
    strengths = {
        step.strength
        for route in mutant.rulebook.routes
        for step in route.steps
        if route.stage == "refer" and step.id == "write_it_down"
    }
    assert strengths == {Strength.SHOULD}


def test_no_strength_is_lowered(made: dict[str, Mutant]) -> None:
    raised = {each.change for each in made.values() if each.operator is Operator.STRENGTH}
    assert raised == {
        "strength advice to should",
        "strength definition to must",
        "strength duty to must",
        "strength fact to must",
        "strength may to should",
        "strength should to must",
    }


# What kills them

# No proof says how many days there are.
SIX_DAYS = (
    "step notify/another_authority_notifies, authority_of_the_place_notifies: "
    "clock 1, 5 working days to 6"
)
ITS_CASE = "mutants/notify/elsewhere-and-not-of-this-area"


def test_a_case_kills(made: dict[str, Mutant]) -> None:
    case = worked(ITS_CASE)
    fate = Killer(rulebook(), (case,)).fate(made[SIX_DAYS])
    assert (fate.fate, fate.by) == (CASE, case.name)


def test_a_mutant_survives_when_its_case_is_taken_away(
    made: dict[str, Mutant], without_cases: Killer
) -> None:
    fate = without_cases.fate(made[SIX_DAYS])
    assert fate.fate == SURVIVED
    assert "is within 6 working days" in fate.by, "it says what differs"


def test_a_case_that_fails_anyway_kills_nothing(made: dict[str, Mutant]) -> None:
    case = worked(ITS_CASE)
    wrong = replace(case, file=replace(case.file, expect={"route": "no_duty_to_notify"}))
    killer = Killer(rulebook(), (wrong,))
    assert killer.failing == [case.name]
    assert killer.fate(made[SIX_DAYS]).fate == SURVIVED


def test_a_proof_kills(made: dict[str, Mutant], without_cases: Killer) -> None:
    dropped = made["route refer/nothing_to_refer: operand 5 dropped"]
    fate = without_cases.fate(dropped)
    assert (fate.fate, fate.by) == (PROOF, "Every complete set of answers gets one route")


def test_a_raised_strength_is_caught(made: dict[str, Mutant], without_cases: Killer) -> None:
    by_its_statements = made["rule wt2023-334: strength should to must"]
    assert without_cases.fate(by_its_statements).fate == PROOF
    unsourced = made[
        "step refer/refer_as_serious_incident, write_it_down: strength advice to should"
    ]
    assert "cite nothing" in without_cases.fate(unsourced).by
    registered = made["rule wt2015-ch4-notifiable: strength should to must"]
    assert without_cases.fate(registered).fate == CHECK


def test_an_equivalent_mutant_is_proved_to_be(
    made: dict[str, Mutant], without_cases: Killer
) -> None:
    name = next(iter(reasons()))
    assert without_cases.fate(made[name]).fate == EQUIVALENT


def test_every_reason_is_for_a_mutant(made: dict[str, Mutant]) -> None:
    assert reasons().keys() <= made.keys()


def test_no_day_and_no_area_is_left_out_of_the_comparison(without_cases: Killer) -> None:
    for stage, places in without_cases.places.items():
        kept = [without_cases.programs.on(place) for place in places]
        for day in epochs(rulebook()):
            for overlay in rulebook().overlays:
                if day <= TODAY and (overlay.area == "none" or overlay.in_force.covers(day)):
                    program = without_cases.programs.on((stage, overlay.area, day))
                    assert any(each.says_the_same_as(program) for each in kept), (stage, day)
