"""The kernel: a program as one generated Python function over two bit rails.

Every finding has an *established* rail and a *ruled out* rail; an answer of "not known", or none,
sets neither. That is strong Kleene logic in plain `&` and `|`, so the same function decides one
case (rails of one bit), a batch (lane k of a big integer is case k), and, fed with diagrams
instead of numbers, every case at once (`engine.proof`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any as Anything

from engine.expression import (
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
)
from engine.program import Program

Rails = tuple[Anything, ...]
Decide = Callable[[Sequence[Anything], Anything], tuple[Rails, Rails, Rails]]


@dataclass(frozen=True)
class Kernel:
    """`decide(inputs, full)` gives the established rails, the ruled-out rails and the route rails.

    `inputs` holds one rail for each (question, value) of `columns`; `full` is a rail with every
    lane set. Rails come back in the order of `findings` and `routes`.
    """

    columns: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    routes: tuple[str, ...]
    decide: Decide
    source: str

    def inputs(self, known: Mapping[str, str]) -> list[int]:
        """One case's answers as one-bit rails."""
        return [int(known.get(question) == value) for question, value in self.columns]

    def statuses(self, known: Mapping[str, str]) -> tuple[dict[str, Status], tuple[str, ...]]:
        """How each finding stands on the answers, and the routes whose condition holds.

        An unanswered question counts as not known.
        """
        established, ruled_out, chosen = self.decide(self.inputs(known), 1)
        statuses = {
            finding: Status.ESTABLISHED if yes else Status.RULED_OUT if no else Status.OPEN
            for finding, yes, no in zip(self.findings, established, ruled_out, strict=True)
        }
        return statuses, tuple(
            route for route, holds in zip(self.routes, chosen, strict=True) if holds
        )


@lru_cache(maxsize=256)
def kernel_of(program: Program) -> Kernel:
    """The program's kernel, generated and compiled once."""
    columns = tuple((asked.question.id, value) for asked in program.asked for value in asked.values)
    findings = tuple(each.finding for each in program.findings)
    source = _source(program, columns, findings)
    scope: dict[str, Anything] = {}
    # The text is made of our own names and operators alone; nothing a user wrote is in it.
    exec(compile(source, f"<kernel of {program.stage.id}>", "exec"), scope)
    return Kernel(columns, findings, tuple(r.id for r in program.routes), scope["decide"], source)


def _source(
    program: Program, columns: tuple[tuple[str, str], ...], findings: tuple[str, ...]
) -> str:
    column = {each: index for index, each in enumerate(columns)}
    number = {finding: index for index, finding in enumerate(findings)}
    values = {asked.question.id: asked.values for asked in program.asked}

    def rails(when: Expression) -> tuple[str, str]:
        """The text of the established rail and of the ruled-out rail."""
        match when:
            case Answered(question, accepted):
                others = [value for value in values[question] if value not in accepted]
                return _any([f"x[{column[question, value]}]" for value in accepted]), _any(
                    [f"x[{column[question, value]}]" for value in others]
                )
            case Concluded(finding):
                return f"e{number[finding]}", f"r{number[finding]}"
            case All(parts):
                yes, no = zip(*map(rails, parts), strict=True)
                return _all(yes), _any(no)
            case Any(parts):
                yes, no = zip(*map(rails, parts), strict=True)
                return _any(yes), _all(no)
            case Not(part):
                yes_, no_ = rails(part)
                return no_, yes_
            case _:
                raise TypeError(f"a rule cannot rest on {when}")

    def holds(when: Expression) -> str:
        match when:
            case Stands(finding, Status.ESTABLISHED):
                return f"e{number[finding]}"
            case Stands(finding, Status.RULED_OUT):
                return f"r{number[finding]}"
            case Stands(finding, Status.OPEN):
                return f"(full ^ (e{number[finding]} | r{number[finding]}))"
            case All(parts):
                return _all([holds(part) for part in parts]) if parts else "full"
            case Any(parts):
                return _any([holds(part) for part in parts])
            case Not(part):
                return f"(full ^ {holds(part)})"
            case _:
                raise TypeError(f"a route cannot rest on {when}")

    lines = ["def decide(x, full):"]
    for each in program.findings:
        yes, no = rails(each.when)
        lines.append(f"    e{number[each.finding]} = {yes}")
        lines.append(f"    r{number[each.finding]} = {no}")
    routes = ", ".join(holds(route.when) for route in program.routes)
    lines.append(f"    return ({_tuple('e', findings)}), ({_tuple('r', findings)}), ({routes},)")
    return "\n".join(lines) + "\n"


def _any(parts: Sequence[str]) -> str:
    return f"({' | '.join(parts)})" if parts else "(full ^ full)"


def _all(parts: Sequence[str]) -> str:
    return f"({' & '.join(parts)})"


def _tuple(letter: str, findings: tuple[str, ...]) -> str:
    return "".join(f"{letter}{index}, " for index in range(len(findings)))
