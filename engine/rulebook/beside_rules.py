"""What the sources say beside the rules: guidance, what is left out, and where they disagree."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rulebook.sources import Citation, Strength


@dataclass(frozen=True)
class Guidance:
    """What a source says that is no rule of a stage: how to run a review, publish it, learn."""

    id: str
    topic: str
    text: str
    who: str
    strength: Strength
    citations: tuple[Citation, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Numbered statements that no rule, step, form or guidance encodes, and why."""

    statements: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Contradiction:
    """A place where the sources disagree or are silent, and the reading that the rules take."""

    id: str
    title: str
    positions: tuple[str, ...]
    reading: str
    reason: str
    sentence: str
    settled: str = ""
