"""An expression of the rules in words: a small tree that can be drawn or read as a nested list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.ages import Cell
from engine.expression import (
    Aged,
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
    walk,
)
from engine.rulebook import Question, Rulebook
from webforms.rulebook.references import Kind, Ref

ALL = "All of these"
ANY = "At least one of these"
NOT = "Not this"
ALWAYS = "Always"
NEVER = "Never"

STANDS = {
    Status.ESTABLISHED: "Established",
    Status.RULED_OUT: "Ruled out",
    Status.OPEN: "Open",
}


@dataclass(frozen=True)
class Told:
    """One line of an expression: its words, the page that it leads to, and what stands under it."""

    text: str
    ref: Ref | None = None
    parts: tuple[Told, ...] = ()


def told(rulebook: Rulebook, sentences: dict[str, str], when: Expression | None) -> Told:
    """The expression in words. `sentences` has the sentence of every finding."""

    def go(node: Expression) -> Told:
        match node:
            case Answered(question, values):
                asked = rulebook.questions[question]
                answers = " or ".join(f"“{_answer(asked, value)}”" for value in values)
                return Told(f"{asked.label}: {answers}", Ref(Kind.QUESTION, question))
            case Aged(question, at_least, under):
                words = Cell(at_least or 0, under).words
                return Told(
                    f"{rulebook.questions[question].label}: {words}", Ref(Kind.QUESTION, question)
                )
            case Concluded(finding):
                return Told(sentences[finding], Ref(Kind.FINDING, finding))
            case Stands(finding, status):
                return Told(f"{STANDS[status]}: {sentences[finding]}", Ref(Kind.FINDING, finding))
            case All(parts):
                return Told(ALL, parts=tuple(map(go, parts))) if parts else Told(ALWAYS)
            case Any(parts):
                return Told(ANY, parts=tuple(map(go, parts))) if parts else Told(NEVER)
            case Not(part):
                return Told(NOT, parts=(go(part),))
            case _:
                raise TypeError(f"there are no words for {node}")

    return Told(ALWAYS) if when is None else go(when)


def _answer(question: Question, value: str) -> str:
    for option in question.options:
        if option.value == value:
            return option.text
    return value


def needs(when: Expression | None) -> tuple[Ref, ...]:
    """The questions and findings that an expression speaks of, each once, in its order."""
    return tuple(dict.fromkeys(_needs(when))) if when is not None else ()


def _needs(when: Expression) -> Iterator[Ref]:
    for node in walk(when):
        if isinstance(node, Answered | Aged):
            yield Ref(Kind.QUESTION, node.question)
        elif isinstance(node, Concluded | Stands):
            yield Ref(Kind.FINDING, node.finding)
