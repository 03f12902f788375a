"""Local names take the place of words in braces, and nothing in braces is ever evaluated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.edition import epochs, program_on
from engine.rulebook import Rulebook
from engine.wording import FROM_ANSWERS, fill, names_in

WORDS = {"partners": "the Riverside Partnership", "area": "Riverside"}


def test_a_name_in_braces_is_filled_in() -> None:
    assert fill("Tell {partners} in {area}.", WORDS) == (
        "Tell the Riverside Partnership in Riverside."
    )


def test_a_name_without_words_stays_to_be_filled_in_later() -> None:
    text = "Tell {incident_authority} and {partners}."
    assert fill(text, WORDS) == "Tell {incident_authority} and the Riverside Partnership."
    assert names_in(fill(text, WORDS)) == {"incident_authority"}


@pytest.mark.parametrize(
    "text",
    [
        "{partners.__class__}",
        "{0}",
        "{partners!r}",
        "{partners:>99}",
        "{}",
        "{ partners }",
        "%(area)s",
    ],
)
def test_nothing_else_in_braces_means_anything(text: str) -> None:
    assert fill(text, WORDS) == text


def test_words_are_not_filled_in_twice() -> None:
    assert fill("{partners}", {"partners": "{area}", "area": "Riverside"}) == "{area}"


@given(text=st.text(alphabet="ab{} _A", max_size=20))
def test_without_words_a_text_is_left_as_it_is(text: str) -> None:
    assert fill(text, {}) == text
    assert all(f"{{{name}}}" in text for name in names_in(text))


def test_every_shipped_text_is_filled_in_for_every_area(rulebook: Rulebook) -> None:
    for day in epochs(rulebook):
        for stage in rulebook.stages:
            for overlay in rulebook.overlays:
                program = program_on(rulebook, stage, overlay.area, day)
                items = [*program.routes, *program.processes]
                texts = [text for each in items for text in (each.title, each.summary)]
                for step in (step for each in items for step in each.steps):
                    texts += [step.do, step.who, step.by_words, step.note]
                for asked in program.asked:
                    texts += [asked.question.text, asked.question.hint, asked.question.ask_whom]
                for text in texts:
                    assert names_in(text) <= set(FROM_ANSWERS), text
