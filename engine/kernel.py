"""The kernel: a program as one generated Python function over two bit rails.

Every finding has an *established* rail and a *ruled out* rail; an answer of "not known", or none,
sets neither. That is strong Kleene logic in plain `&` and `|`, so the same function decides one
case (rails of one bit), a batch (lane k of a big integer is case k), and, fed with diagrams
instead of numbers, every case at once (`engine.proof`). A second function, written by the same
hand with `and` and `or`, decides one case fast and tells which rule concluded what.
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
from engine.program import FindingRules, Program

Rails = tuple[Anything, ...]
Decide = Callable[[Sequence[Anything], Anything], tuple[Rails, Rails, Rails]]
# The rule that concludes a finding, the finding, and how it stands.
Conclusion = tuple[str, str, Status]
Trace = Callable[[Mapping[str, str]], tuple[tuple[Conclusion, ...], tuple[str, ...]]]


@dataclass(frozen=True)
class Kernel:
    """`decide(inputs, full)` gives the established rails, the ruled-out rails and the route rails.

    `inputs` holds one rail for each (question, value) of `columns`; `full` is a rail with every
    lane set. Rails come back in the order of `findings` and `routes`.

    `trace(known)` decides one case, and tells of every finding which rule concluded it. Both
    functions are written by the same hand from the same tree.
    """

    columns: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    routes: tuple[str, ...]
    decide: Decide
    trace: Trace
    source: str

    def statuses(self, known: Mapping[str, str]) -> tuple[dict[str, Status], tuple[str, ...]]:
        """How each finding stands on the answers, and the routes whose condition holds.

        An unanswered question counts as not known.
        """
        conclusions, routes = self.trace(known)
        return {finding: status for _, finding, status in conclusions}, routes


@lru_cache(maxsize=256)
def kernel_of(program: Program) -> Kernel:
    """The program's kernel, generated and compiled once."""
    columns = tuple((asked.question.id, value) for asked in program.asked for value in asked.values)
    findings = tuple(each.finding for each in program.findings)
    source = _lanes_source(program, columns)
    scope: dict[str, Anything] = {
        "YES": Status.ESTABLISHED,
        "NO": Status.RULED_OUT,
        "OPEN": Status.OPEN,
    }
    # The text is made of our own names and operators alone; nothing a user wrote is in it.
    for text in (source, _trace_source(program)):
        exec(compile(text, f"<kernel of {program.stage.id}>", "exec"), scope)
    return Kernel(
        columns=columns,
        findings=findings,
        routes=tuple(route.id for route in program.routes),
        decide=scope["decide"],
        trace=scope["trace"],
        source=source,
    )


class _Hand:
    """Writes rules and routes as Python: on rails of many lanes, or on the answers of one case.

    `leaf` writes that the answer to a question is one of some values.
    """

    def __init__(
        self,
        program: Program,
        leaf: Callable[[str, Sequence[str]], str],
        words: tuple[str, str, str, str, str],
    ) -> None:
        self.number = {each.finding: index for index, each in enumerate(program.findings)}
        self.values = {asked.question.id: asked.values for asked in program.asked}
        self.leaf = leaf
        self.either, self.both, self.never, self.always, self.opposite = words

    def any(self, parts: Sequence[str]) -> str:
        return f"({self.either.join(parts)})" if parts else self.never

    def all(self, parts: Sequence[str]) -> str:
        return f"({self.both.join(parts)})" if parts else self.always

    def rails(self, when: Expression) -> tuple[str, str]:
        """The text of the established rail and of the ruled-out rail."""
        match when:
            case Answered(question, accepted):
                others = [value for value in self.values[question] if value not in accepted]
                return self.leaf(question, accepted), self.leaf(question, others)
            case Concluded(finding):
                return f"e{self.number[finding]}", f"r{self.number[finding]}"
            case All(()):
                return self.always, self.never
            case All(parts):
                yes, no = zip(*map(self.rails, parts), strict=True)
                return self.all(yes), self.any(no)
            case Any(parts):
                yes, no = zip(*map(self.rails, parts), strict=True)
                return self.any(yes), self.all(no)
            case Not(part):
                yes_, no_ = self.rails(part)
                return no_, yes_
            case _:
                raise TypeError(f"a rule cannot rest on {when}")

    def holds(self, when: Expression) -> str:
        """The text of a route's condition."""
        match when:
            case Stands(finding, Status.ESTABLISHED):
                return f"e{self.number[finding]}"
            case Stands(finding, Status.RULED_OUT):
                return f"r{self.number[finding]}"
            case Stands(finding, Status.OPEN):
                number = self.number[finding]
                return self.opposite.format(self.any([f"e{number}", f"r{number}"]))
            case All(parts):
                return self.all([self.holds(part) for part in parts])
            case Any(parts):
                return self.any([self.holds(part) for part in parts])
            case Not(part):
                return self.opposite.format(self.holds(part))
            case _:
                raise TypeError(f"a route cannot rest on {when}")

    def findings(self, program: Program) -> list[str]:
        """The lines that give each finding its two rails."""
        lines = []
        for index, each in enumerate(program.findings):
            yes, no = self.rails(each.when)
            lines += [f"    e{index} = {yes}", f"    r{index} = {no}"]
        return lines


def _lanes_source(program: Program, columns: tuple[tuple[str, str], ...]) -> str:
    column = {each: index for index, each in enumerate(columns)}

    def leaf(question: str, values: Sequence[str]) -> str:
        return hand.any([f"x[{column[question, value]}]" for value in values])

    hand = _Hand(program, leaf, (" | ", " & ", "(full ^ full)", "full", "(full ^ {})"))
    routes = ", ".join(hand.holds(route.when) for route in program.routes)
    count = len(program.findings)
    lines = ["def decide(x, full):", *hand.findings(program)]
    lines.append(f"    return ({_tuple('e', count)}), ({_tuple('r', count)}), ({routes},)")
    return "\n".join(lines) + "\n"


def _trace_source(program: Program) -> str:
    number = {asked.question.id: index for index, asked in enumerate(program.asked)}

    def leaf(question: str, values: Sequence[str]) -> str:
        if len(values) == 1:
            return f"a{number[question]} == {values[0]!r}"
        return f"a{number[question]} in {{{', '.join(map(repr, values))}}}" if values else "False"

    hand = _Hand(program, leaf, (" or ", " and ", "False", "True", "(not {})"))
    lines = ["def trace(known):", "    answer = known.get"]
    lines += [f"    a{index} = answer({question!r})" for question, index in number.items()]
    lines += hand.findings(program)
    lines.append("    routes = []")
    for route in program.routes:
        lines += [f"    if {hand.holds(route.when)}:", f"        routes.append({route.id!r})"]
    told = [
        f"({_rules(each)!r}, {each.finding!r}, YES if e{index} else NO if r{index} else OPEN),"
        for index, each in enumerate(program.findings)
    ]
    lines.append(f"    return ({' '.join(told)}), tuple(routes)")
    return "\n".join(lines) + "\n"


def _rules(each: FindingRules) -> str:
    return " and ".join(rule.id for rule in each.rules)


def _tuple(letter: str, count: int) -> str:
    return "".join(f"{letter}{index}, " for index in range(count))
