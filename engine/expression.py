"""The one tree in which every rule and every route is written.

A rule's tree speaks of answers and findings; a route's tree speaks of how findings stand. The
kernel, the durable-rules program and the decision diagrams are all compiled from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a finding stands on the answers given."""

    ESTABLISHED = "established"
    RULED_OUT = "ruled out"
    OPEN = "open"


@dataclass(frozen=True)
class Answered:
    """True when the answer to `question` is one of `values` (yes/no is a choice of two)."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Aged:
    """True when an age, in completed years, lies from `at_least` up to, not including, `under`."""

    question: str
    at_least: int | None
    under: int | None


@dataclass(frozen=True)
class Concluded:
    """True when the rules make the finding `finding` true."""

    finding: str


@dataclass(frozen=True)
class Stands:
    """True when the finding stands as `status` says. Only routes and steps may ask this."""

    finding: str
    status: Status


@dataclass(frozen=True)
class All:
    """True when every part is."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Any:
    """True when at least one part is."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    """True when the part is false."""

    part: Expression


Expression = Answered | Aged | Concluded | Stands | All | Any | Not


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node of the tree, the root first."""
    yield expression
    match expression:
        case All(parts) | Any(parts):
            for part in parts:
                yield from walk(part)
        case Not(part):
            yield from walk(part)
        case _:
            pass


def questions_in(expression: Expression) -> set[str]:
    """The questions that the tree itself asks for (not those behind its findings)."""
    return {node.question for node in walk(expression) if isinstance(node, Answered | Aged)}


def findings_in(expression: Expression) -> set[str]:
    """The findings that the tree rests on directly."""
    return {node.finding for node in walk(expression) if isinstance(node, Concluded | Stands)}


def rewrite(expression: Expression, leaf: Callable[[Expression], Expression]) -> Expression:
    """The same tree with each leaf replaced by what `leaf` makes of it."""
    match expression:
        case All(parts):
            return All(tuple(rewrite(part, leaf) for part in parts))
        case Any(parts):
            return Any(tuple(rewrite(part, leaf) for part in parts))
        case Not(part):
            return Not(rewrite(part, leaf))
        case _:
            return leaf(expression)
