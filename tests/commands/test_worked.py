"""The proof that every number in a rule has worked cases around it, and what breaks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.worked import tried
from engine.proof import Tried, every_number_has_cases
from engine.rulebook import Rulebook


@pytest.fixture(scope="module")
def cases() -> Tried:
    found = tried()
    assert found is not None
    return found


def test_every_number_of_the_rules_has_cases(rulebook: Rulebook, cases: Tried) -> None:
    assert every_number_has_cases(rulebook, cases).holds


def test_a_missing_neighbour_of_a_bound_is_named(rulebook: Rulebook, cases: Tried) -> None:
    ages = {**cases.ages, "age_of_person": cases.ages["age_of_person"] - {25}}
    claim = every_number_has_cases(rulebook, replace(cases, ages=ages))
    assert claim.counterexample == "no case has age_of_person of 25 (for the bound 25)"


def test_a_clock_without_a_date_is_named(rulebook: Rulebook, cases: Tried) -> None:
    clocks = cases.clocks - {"notify_in_five_working_days"}
    claim = every_number_has_cases(rulebook, replace(cases, clocks=clocks))
    assert claim.counterexample == "no case has the date of step 'notify_in_five_working_days'"


def test_an_installed_copy_has_no_cases_to_try(tmp_path: Path) -> None:
    assert tried(tmp_path / "nowhere") is None
