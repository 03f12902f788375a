"""A program as positive joins over facts, which an engine without negation can chain forward.

There are two rails: `(name, YES)` says that `name` is established, `(name, NO)` that it is ruled
out, and an unknown is neither. That gives strong Kleene logic. When the findings have settled, each
finding that got neither fact gets `OPEN`, and the routes are joined over all three.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from engine.expression import All, Answered, Any, Concluded, Expression, Not, Stands, Status
from engine.faults import DurableRulesFault
from engine.program import Program

YES, NO, OPEN = 1, 0, 2
VALUE_OF = {Status.ESTABLISHED: YES, Status.RULED_OUT: NO, Status.OPEN: OPEN}
STATUS_OF = {value: status for status, value in VALUE_OF.items()}
# More than that a rule of durable-rules cannot bear.
MOST_CONDITIONS = 16

Fact = tuple[str, int]
# A fact of every run, for what holds whatever the answers: a join has to match something.
ALWAYS: Fact = ("always so", YES)


@dataclass(frozen=True)
class Join:
    """A compiled rule: when every fact of `all_of` is there, `concludes` is a fact too."""

    name: str
    all_of: tuple[Fact, ...]
    concludes: Fact


@dataclass(frozen=True)
class Compiled:
    """The joins of a program: first those to the findings, then those to the routes."""

    joins: tuple[Join, ...]
    route_joins: tuple[Join, ...]


def answer_name(question: str, value: str) -> str:
    """The name of the fact that a question has an answer."""
    return f"{question} = {value}"


def route_name(route: str) -> str:
    """The name of the fact that a route is taken."""
    return f"route {route}"


@lru_cache(maxsize=256)
def compiled(program: Program) -> Compiled:
    """The joins of a program."""
    values = {asked.question.id: asked.values for asked in program.asked}
    joins: dict[str, Join] = {}
    count: dict[str, int] = {}

    def add(concludes: Fact, all_of: Iterable[Fact]) -> None:
        name = f"{'establish' if concludes[1] == YES else 'rule out'} {concludes[0]}"
        count[name] = count.get(name, 0) + 1
        numbered = f"{name} ({count[name]})"
        joins[numbered] = _join(numbered, all_of, concludes)

    def part(when: Expression, name: str) -> tuple[Fact, Fact]:
        """The facts that say that a part is true, and that it is false, compiled as needed."""
        match when:
            case Concluded(finding):
                return (finding, YES), (finding, NO)
            case Not(inner):
                yes, no = part(inner, name)
                return no, yes
            case Answered(question, accepted) if len(values[question]) == 2 and len(accepted) == 1:
                other = next(each for each in values[question] if each != accepted[0])
                return (answer_name(question, accepted[0]), YES), (
                    answer_name(question, other),
                    YES,
                )
            case _:
                known = (
                    f"{name}: {_question_and_values(when)}" if isinstance(when, Answered) else name
                )
                into(when, known)
                return (known, YES), (known, NO)

    def into(when: Expression, name: str) -> None:
        """Compiles joins that establish and rule out `name`."""
        if any(join.concludes[0] == name for join in joins.values()):
            return
        match when:
            case Answered(question, accepted):
                for value in values[question]:
                    verdict = YES if value in accepted else NO
                    add((name, verdict), [(answer_name(question, value), YES)])
            case All(parts) | Any(parts):
                every, some = (YES, NO) if isinstance(when, All) else (NO, YES)
                facts = [part(each, f"{name}.{index}") for index, each in enumerate(parts, 1)]
                join_on, single = (0, 1) if isinstance(when, All) else (1, 0)
                add((name, every), [each[join_on] for each in facts])
                for each in facts:
                    add((name, some), [each[single]])
            case _:
                yes, no = part(when, f"{name}.1")
                add((name, YES), [yes])
                add((name, NO), [no])

    for each in program.findings:
        into(each.when, each.finding)
    routes = tuple(
        _join(f"route {route.id} ({number})", facts, (route_name(route.id), YES))
        for route in program.routes
        for number, facts in enumerate(_alternatives(route.when), 1)
    )
    return Compiled(tuple(joins.values()), routes)


def _join(name: str, all_of: Iterable[Fact], concludes: Fact) -> Join:
    """A join of what durable-rules can bear: at least one condition, and not too many."""
    facts = tuple(dict.fromkeys(all_of)) or (ALWAYS,)
    if len(facts) > MOST_CONDITIONS:
        raise DurableRulesFault(
            f"'{concludes[0]}' joins {len(facts)} conditions, durable-rules takes "
            f"{MOST_CONDITIONS}: split its rule in two"
        )
    return Join(name, facts, concludes)


def _question_and_values(when: Answered) -> str:
    return f"{when.question} in {', '.join(when.values)}"


def _alternatives(when: Expression) -> list[tuple[Fact, ...]]:
    """A route's condition as joins, any one of which is enough."""
    match when:
        case Stands(finding, status):
            return [((finding, VALUE_OF[status]),)]
        case Not(Stands(finding, status)):
            return [((finding, value),) for value in VALUE_OF.values() if value != VALUE_OF[status]]
        case Not(Not(part)):
            return _alternatives(part)
        case Not(All(parts)):
            return _alternatives(Any(tuple(Not(part) for part in parts)))
        case Not(Any(parts)):
            return _alternatives(All(tuple(Not(part) for part in parts)))
        case Any(parts):
            return list(dict.fromkeys(each for part in parts for each in _alternatives(part)))
        case All(parts):
            found: list[tuple[Fact, ...]] = [()]
            for part in parts:
                found = [
                    tuple(dict.fromkeys((*left, *right)))
                    for left in found
                    for right in _alternatives(part)
                    if _consistent((*left, *right))
                ]
            return list(dict.fromkeys(found))
        case _:
            raise TypeError(f"a route cannot rest on {when}")


def _consistent(facts: tuple[Fact, ...]) -> bool:
    return len({name for name, _ in facts}) == len(set(facts))
