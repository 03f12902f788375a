"""The register of strengths: every part that no numbered statement holds, and nothing else."""

from __future__ import annotations

from engine.mutation import Operator, mutants
from engine.proof import no_strength_is_raised
from rules.loader import rulebook
from tests.mutation.strengths import differing, every_strength, register, without_a_source


def test_the_rules_are_as_strong_as_the_register_has_them() -> None:
    assert differing(rulebook()) == ""


def test_what_cites_nothing_is_advice() -> None:
    assert without_a_source(rulebook()) == ""


def test_every_part_that_could_be_raised_unseen_is_in_the_register() -> None:
    loose = {
        each.name.split(": strength")[0]
        for each in mutants(rulebook())
        if each.operator is Operator.STRENGTH
        and no_strength_is_raised(each.rulebook).holds
        and not without_a_source(each.rulebook)
    }
    assert loose - register().keys() == set(), "write down how strong these are, and why"
    assert register().keys() - loose == set(), "these are held already, or are no longer there"


def test_every_entry_has_a_reason() -> None:
    assert all(len(entry.because) > 20 for entry in register().values())


def test_every_part_has_a_name_of_its_own() -> None:
    names = [name for name, _ in every_strength(rulebook())]
    assert len(names) == len(set(names))
