"""What the pages of the rules say of strengths, days and clocks: no more than the sources do."""

from __future__ import annotations

import pytest

from engine.rulebook import Rulebook
from webforms.rulebook import showing
from webforms.rulebook.catalogue import Catalogue, all_rules
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.references import Kind, Ref
from webforms.wording import STRENGTHS


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Catalogue:
    return catalogue(rulebook)


def rule(whole: Catalogue, name: str) -> showing.RuleShown:
    return showing.rule(whole, next(each for each in all_rules(whole.rulebook) if each.id == name))


def test_the_panel_may_ask_and_whoever_is_asked_must_comply(whole: Catalogue) -> None:
    shown = rule(whole, "ca2004-16d-1")
    assert shown.strength == "may"
    assert [each.text for each in shown.citations] == [
        "Children Act 2004, section 16D(1) (may)",
        "Children Act 2004, section 16D(2) (must)",
        "Working Together 2023, paragraph 347 (must)",
    ]


def test_a_definition_may_say_who_holds_a_task_too() -> None:
    assert STRENGTHS["definition"] == (
        "It says what a thing is, who holds a task, or what follows from a word."
    )


@pytest.mark.parametrize(("name", "months"), [("three", 3), ("six", 6)])
def test_darlington_tells_of_a_late_action_once_the_months_have_passed(
    whole: Catalogue, name: str, months: int
) -> None:
    title = whole.entries[Ref(Kind.CLOCK, f"darlington_{name}_months_late")].title
    assert title.startswith(
        f"Once {months} months have passed since the day on which the action was due: "
    )
