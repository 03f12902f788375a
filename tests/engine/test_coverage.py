"""Every numbered statement of the sources has a place in the rules, or a reason for having none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.coverage import Coverage, coverage, stated
from engine.proof import every_statement_is_accounted_for, no_strength_is_raised
from engine.rulebook import LeftOut, Rule, Rulebook, Strength

NUMBERED = {"D": 140, "W": 277, "CA": 81, "IW": 22, "G": 24, "N": 26}


@pytest.fixture(scope="module")
def covered(rulebook: Rulebook) -> Coverage:
    return coverage(rulebook)


@pytest.mark.parametrize(("prefix", "last"), NUMBERED.items())
def test_every_statement_is_accounted_for(prefix: str, last: int, covered: Coverage) -> None:
    same = [each for each in covered.statements if each.id.rsplit("-", 1)[0] == prefix]
    assert [each.id for each in same] == [f"{prefix}-{number:03d}" for number in range(1, last + 1)]
    assert [each.id for each in same if not each.accounted_for] == []


def test_the_shipped_rules_are_covered(covered: Coverage, rulebook: Rulebook) -> None:
    assert covered.complete
    assert covered.unknown == ()
    assert {prefix: last for prefix, last, _ in rulebook.numbered} == NUMBERED
    assert every_statement_is_accounted_for(rulebook).holds


def test_all_of_darlingtons_procedure_is_encoded_and_nothing_left_out(covered: Coverage) -> None:
    same = [each for each in covered.statements if each.source == "Darlington 2020"]
    assert len(same) == 140
    assert all(each.encoded_in and not each.left_out for each in same)


def test_nothing_is_both_encoded_and_left_out(covered: Coverage) -> None:
    for each in covered.statements:
        assert bool(each.encoded_in) != bool(each.left_out), each.id


def test_what_is_left_out_has_a_reason_in_a_sentence(rulebook: Rulebook) -> None:
    for each in rulebook.left_out:
        assert len(each.reason) > 40
        assert each.reason.rstrip().endswith(".")


def test_it_is_told_where_a_statement_stands(covered: Coverage) -> None:
    where = {each.id: each.encoded_in for each in covered.statements}
    assert "rule ca2004-16c-1" in where["CA-022"]
    assert any(each.startswith("clock ") for each in where["D-116"] + where["W-140"])
    assert any(each.startswith("group ") for each in sum(where.values(), ()))
    assert any(each.startswith("option ") for each in sum(where.values(), ()))
    assert any(each.startswith("form ") for each in sum(where.values(), ()))
    assert "method root_cause_analysis (darlington-2020)" in where["D-134"]


# Broken copies


def without(rulebook: Rulebook, statement: str) -> Rulebook:
    """The rules, in which nothing names a statement any more."""

    def forgotten(part: object) -> object:
        """The part and all within it, without the statement."""
        if isinstance(part, tuple):
            return tuple(forgotten(each) for each in part)
        changes = {}
        for name in ("steps", "step", "placements", "widenings", "processes", "guidance"):
            if getattr(part, name, None):
                changes[name] = forgotten(getattr(part, name))
        for name in ("groups", "options", "forms", "methods", "steps_for_every_route"):
            if isinstance(getattr(part, name, None), tuple):
                changes[name] = forgotten(getattr(part, name))
        if hasattr(part, "statements"):
            changes["statements"] = tuple(each for each in part.statements if each != statement)
        return replace(part, **changes) if changes else part

    return replace(
        rulebook,
        rules=forgotten(rulebook.rules),
        routes=forgotten(rulebook.routes),
        processes=forgotten(rulebook.processes),
        guidance=forgotten(rulebook.guidance),
        overlays=forgotten(rulebook.overlays),
        stages={name: forgotten(stage) for name, stage in rulebook.stages.items()},
    )


@pytest.mark.parametrize(
    "statement", ["D-001", "D-134", "D-140", "W-021", "CA-022", "IW-022", "G-001", "N-026"]
)
def test_a_statement_that_is_forgotten_is_caught(statement: str, rulebook: Rulebook) -> None:
    broken = without(rulebook, statement)
    found = coverage(broken)
    assert not found.complete
    assert [each.id for each in found.statements if not each.accounted_for] == [statement]
    claim = every_statement_is_accounted_for(broken)
    assert not claim.holds
    assert claim.counterexample == statement


def test_a_number_that_does_not_exist_is_caught(rulebook: Rulebook) -> None:
    first: Rule = rulebook.rules[0]
    broken = replace(
        rulebook,
        rules=(replace(first, statements=(*first.statements, "D-141")), *rulebook.rules[1:]),
    )
    found = coverage(broken)
    assert not found.complete
    assert found.unknown == (("D-141", f"rule {first.id}"),)
    claim = every_statement_is_accounted_for(broken)
    assert (claim.holds, claim.counterexample) == (False, "D-141 (no such statement)")


def test_a_number_left_out_that_does_not_exist_is_caught(rulebook: Rulebook) -> None:
    broken = replace(rulebook, left_out=(*rulebook.left_out, LeftOut(("X-001",), "No such.")))
    assert coverage(broken).unknown == (("X-001", "left out"),)
    assert not every_statement_is_accounted_for(broken).holds


def test_a_source_with_one_more_statement_is_not_covered(rulebook: Rulebook) -> None:
    numbered = tuple((p, last + (p == "G"), source) for p, last, source in rulebook.numbered)
    claim = every_statement_is_accounted_for(replace(rulebook, numbered=numbered))
    assert (claim.holds, claim.counterexample) == (False, "G-025")


def test_what_is_left_out_without_being_listed_is_caught(rulebook: Rulebook) -> None:
    claim = every_statement_is_accounted_for(replace(rulebook, left_out=rulebook.left_out[1:]))
    assert not claim.holds
    assert claim.counterexample == ", ".join(rulebook.left_out[0].statements)


# Strengths


def test_every_number_with_a_strength_is_a_statement(covered: Coverage, rulebook: Rulebook) -> None:
    known = {each.id for each in covered.statements}
    assert set(rulebook.statement_strengths) <= known
    assert set(rulebook.statement_strengths.values()) == {
        Strength.MUST,
        Strength.DUTY,
        Strength.SHOULD,
        Strength.MAY,
    }


def test_a_rule_stronger_than_its_statements_is_caught(rulebook: Rulebook) -> None:
    weak = Strength.SHOULD
    index, rule = next(
        (index, each)
        for index, each in enumerate(rulebook.rules)
        if each.strength is weak
        and {rulebook.statement_strengths.get(name) for name in each.statements} == {weak}
    )
    raised = replace(rule, strength=Strength.MUST)
    broken = replace(
        rulebook, rules=(*rulebook.rules[:index], raised, *rulebook.rules[index + 1 :])
    )
    claim = no_strength_is_raised(broken)
    assert not claim.holds
    said = ", ".join(rule.statements)
    assert claim.counterexample == f"rule {rule.id} is a must, and {said} say less"


def test_a_step_of_any_kind_stronger_than_its_statements_is_caught(rulebook: Rulebook) -> None:
    """In a route, a process, a local procedure and a piece of guidance, each in turn."""
    kinds = set()
    for where, strength, statements in stated(rulebook):
        most = {rulebook.statement_strengths.get(each) for each in statements}
        if strength is Strength.SHOULD and statements and Strength.MUST not in most:
            kind = where.split(", ")[-1].split()[0]
            if kind not in kinds:
                kinds.add(kind)
                lowered = {
                    **rulebook.statement_strengths,
                    **dict.fromkeys(statements, Strength.MAY),
                }
                claim = no_strength_is_raised(replace(rulebook, statement_strengths=lowered))
                assert not claim.holds
                assert "say less" in claim.counterexample
    assert kinds == {"rule", "stage", "route", "process", "guidance", "local"}


def test_a_part_that_encodes_only_definitions_may_not_be_a_duty(rulebook: Rulebook) -> None:
    lowered = {
        name: strength
        for name, strength in rulebook.statement_strengths.items()
        if strength is not Strength.MUST
    }
    claim = no_strength_is_raised(replace(rulebook, statement_strengths=lowered))
    assert not claim.holds
