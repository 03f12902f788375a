"""A claim about the rules, and how one is made for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.program import Program
from engine.readings import Readings


@dataclass(frozen=True)
class Claim:
    """One claim about the rules: whether it holds where it was tried, and if not, why not."""

    id: str
    title: str
    where: str
    holds: bool
    counterexample: str = ""
    program: Program | None = None


def where_tried(program: Program) -> str:
    """The stage, the edition and the local procedure of a program."""
    return f"{program.stage.id}, {program.edition.id}, {program.overlay.id}"


def claim_of(identity: str, title: str, program: Program, counterexample: str | None) -> Claim:
    """The claim as it was found for a program: it holds where there is no counterexample."""
    where, found = where_tried(program), counterexample or ""
    return Claim(identity, title, where, counterexample is None, found, program)


def case_in_words(readings: Readings, found: Mapping[int, int]) -> str:
    """Answers (level to child) in words, for a counterexample."""
    said = []
    for level, child in sorted(found.items()):
        question = readings.questions[level]
        said.append(f"{question}: {readings.values[level][child]}")
    return "; ".join(said) or "whatever the answers"
