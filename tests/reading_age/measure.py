"""The reading age of what people are asked and given to read: questions, hints, vignettes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.loader import rulebook
from rules.yaml_reader import read
from tests.reading_age.syllables import syllables
from webforms.trainer.vignettes import vignettes

HIGHEST = 14
REASONS = Path(__file__).with_name("reasons.yaml")
WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?|\d[\d.,/]*")
SENTENCE_ENDS = re.compile(r"[.!?:;]+[\"”)]?(?:\s|$)")


@dataclass(frozen=True)
class Read:
    """A text, where it is from, and the age at which it can be read."""

    where: str
    text: str

    @property
    def age(self) -> float:
        return reading_age(self.text)


def reading_age(text: str) -> float:
    """The Flesch-Kincaid grade of a text plus five, which is the age of a British reader."""
    words = WORD.findall(text)
    # A number is read out as about two syllables: "16", "24".
    spoken = sum(syllables(word) if word[0].isalpha() else 2 for word in words)
    sentences = max(len(SENTENCE_ENDS.findall(text.strip() + " ")), 1)
    grade = 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
    return grade + 5


@cache
def everything() -> tuple[Read, ...]:
    """Every question, hint and vignette."""
    return tuple(_everything())


def _everything() -> Iterator[Read]:
    for question in rulebook().questions.values():
        yield Read(f"question {question.id}", question.text)
        if question.hint:
            yield Read(f"hint {question.id}", question.hint)
        for option in question.options:
            if option.hint:
                yield Read(f"hint {question.id}/{option.value}", option.hint)
    for vignette in vignettes().values():
        yield Read(f"vignette {vignette.id}", " ".join(vignette.story))
        yield Read(f"learning {vignette.id}", " ".join(each.text for each in vignette.points))


def reasons() -> dict[str, str]:
    """Why a text is harder to read than it should be, by where it is from."""
    return dict(read(REASONS.read_text(encoding="utf-8")).data or {})


def too_hard() -> list[Read]:
    """The texts above the highest age, hardest first."""
    return sorted((each for each in everything() if each.age > HIGHEST), key=lambda each: -each.age)
