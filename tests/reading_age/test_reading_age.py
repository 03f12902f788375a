"""What people are asked and given to read can be read at fourteen, or it is said why not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.reading_age.measure import HIGHEST, everything, reading_age, reasons, too_hard
from tests.reading_age.syllables import syllables

# As the CMU Pronouncing Dictionary has them.
COUNTED = {
    "abuse": 2,
    "are": 1,
    "authority": 4,
    "being": 2,
    "child": 1,
    "children": 2,
    "criteria": 4,
    "decided": 3,
    "definition": 4,
    "elsewhere": 2,
    "family": 3,
    "household": 2,
    "injuries": 3,
    "involved": 2,
    "named": 1,
    "neglect": 2,
    "notified": 3,
    "nurse": 1,
    "people": 2,
    "police": 2,
    "review": 2,
    "safeguarding": 3,
    "safely": 2,
    "serious": 3,
    "seriously": 4,
    "society": 4,
    "somebody": 3,
    "statement": 2,
    "suicide": 3,
    "suspected": 3,
    "suspicion": 3,
    "table": 2,
    "the": 1,
}


@pytest.mark.parametrize("word", COUNTED)
def test_syllables_are_counted_as_they_are_said(word: str) -> None:
    assert syllables(word) == COUNTED[word]


def test_long_words_and_long_sentences_raise_the_age() -> None:
    plain = "The boy is safe. He lives with his aunt now."
    joined = "The boy is safe and he lives with his aunt now."
    heavy = "The adolescent is adequately accommodated. He is residing with relatives now."
    assert reading_age(plain) < reading_age(joined) < HIGHEST < reading_age(heavy)


def test_the_age_is_the_grade_of_flesch_and_kincaid_plus_five() -> None:
    # Two sentences, ten words, ten syllables: 0.39 × 5 + 11.8 × 1 - 15.59, and five.
    assert reading_age("The boy is safe now. He lives with his aunt.") == pytest.approx(3.16)


@pytest.mark.parametrize("kind", ["question", "hint", "vignette", "learning"])
def test_every_kind_of_text_is_measured(kind: str) -> None:
    assert len([each for each in everything() if each.where.startswith(f"{kind} ")]) >= 30


def test_what_is_above_the_age_has_a_reason() -> None:
    assert [each.where for each in too_hard() if each.where not in reasons()] == []


def test_no_reason_has_outlived_its_text() -> None:
    assert reasons().keys() - {each.where for each in too_hard()} == set()
    assert all(len(reason.split()) >= 3 for reason in reasons().values())


def test_no_vignette_needs_a_reason() -> None:
    assert [each.where for each in too_hard() if each.where.startswith(("vig", "learn"))] == []


def test_the_command_prints_every_age() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.reading_age"], capture_output=True, text=True, check=True
    )
    for each in everything():
        assert each.where in told.stdout
    assert "NO REASON" not in told.stdout
