"""Forward chaining on the record: all use of durable-rules, and nothing else.

A program is compiled to positive joins over facts on two rails: `{"p": name, "v": 1}` says that
`name` is established, `"v": 0` that it is ruled out, and an unknown is neither. That gives strong
Kleene logic on an engine that has no negation. When the findings have settled, each finding that
got neither fact gets `"v": 2` (open), and the routes are joined over all three.

What fired, in order, with the facts it matched, is the rationale on the record. durable-rules has
sharp edges, and this module keeps clear of each:

- a host of our own that only has `get_action`; never the default host and its timer threads;
- we drain the agenda ourselves and check every return code; one lock a ruleset;
- a fresh random session for each evaluation, deleted afterwards; nothing is ever retracted;
- only facts that some rule consumes are asserted (an unconsumed one aborts its action);
- facts hold our own names and 0, 1 or 2 alone, never a user's text or number;
- at most 16 conditions a rule, and names spread over boxes that are told apart first, since the
  513th name side by side hangs it, whatever property holds it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any as Anything

import durable_rules_engine
from durable.engine import Ruleset

from engine.answers import NOT_KNOWN
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

YES, NO, OPEN = 1, 0, 2
VALUE_OF = {Status.ESTABLISHED: YES, Status.RULED_OUT: NO, Status.OPEN: OPEN}
STATUS_OF = {value: status for status, value in VALUE_OF.items()}
MOST_CONDITIONS = 16
NAMES_A_BOX = 150

Fact = tuple[str, int]
# A fact of every run, for what holds whatever the answers: a join has to match something.
ALWAYS: Fact = ("always so", YES)


class DurableRulesFault(Exception):
    """durable-rules answered with something other than success: no result can be trusted."""


@dataclass(frozen=True)
class Join:
    """A compiled rule: when every fact of `all_of` is there, `concludes` is a fact too."""

    name: str
    all_of: tuple[Fact, ...]
    concludes: Fact


@dataclass(frozen=True)
class Fired:
    """A join that fired: what it matched and what it concluded."""

    join: str
    matched: tuple[Fact, ...]
    concludes: Fact


@dataclass(frozen=True)
class Trace:
    """What the program established, in the order in which it did."""

    fired: tuple[Fired, ...]
    statuses: Mapping[str, Status]
    routes: tuple[str, ...]


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
                    f"{name}: {question_and_values(when)}" if isinstance(when, Answered) else name
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


def question_and_values(when: Answered) -> str:
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


class _Host:
    """All that durable-rules asks of a host when we drain its agenda ourselves."""

    def get_action(self, _name: str) -> Anything:
        return lambda _closure: None


class Firing:
    """One program on durable-rules. Evaluations take turns."""

    def __init__(self, name: str, program: Compiled) -> None:
        self.program = program
        joins = (*program.joins, *program.route_joins)
        names = dict.fromkeys(fact[0] for join in joins for fact in join.all_of)
        self._box = {each: index // NAMES_A_BOX for index, each in enumerate(names)}
        self._consumed = {fact for join in joins for fact in join.all_of}
        self._joins = {join.name: join for join in joins}
        self._lock = Lock()
        definition: dict[str, Anything] = {"opening": {"all": [{"m": {"open": 1}}], "run": "note"}}
        for join in joins:
            conditions = [
                {f"c{index}": {"$and": [{"b": self._box[name]}, {"p": name}, {"v": value}]}}
                for index, (name, value) in enumerate(join.all_of)
            ]
            definition[join.name] = {"all": conditions, "run": "note"}
        self._ruleset = Ruleset(name, _Host(), definition)

    def run(self, known: Mapping[str, str], findings: tuple[str, ...]) -> Trace:
        """Runs one case. `known` maps questions to values; "not known" asserts nothing.

        Raises `DurableRulesFault` when durable-rules reports anything but success.
        """
        answers = [
            ALWAYS,
            *(
                (answer_name(question, value), YES)
                for question, value in known.items()
                if value != NOT_KNOWN
            ),
        ]
        session = secrets.token_hex(16)
        with self._lock:
            try:
                state = self._open(session)
                try:
                    return self._run(session, state, answers, findings)
                finally:
                    self._ruleset.delete_state(session)
            except durable_rules_engine.error as problem:
                raise DurableRulesFault(f"durable-rules refused a case: {problem}") from problem

    def _open(self, session: str) -> int:
        """Begins a session. Until this is done it must not be deleted: that kills the process."""
        opened = json.dumps({"open": 1, "sid": session, "id": "open"})
        state = _offset(durable_rules_engine.assert_fact(self._ruleset._handle, opened))
        self._drain(state)
        return state

    def _run(
        self, session: str, state: int, answers: list[Fact], findings: tuple[str, ...]
    ) -> Trace:
        facts: set[Fact] = set()
        fired: list[Fired] = []
        self._chain(session, state, answers, facts, fired)
        statuses = {
            finding: Status.ESTABLISHED
            if (finding, YES) in facts
            else Status.RULED_OUT
            if (finding, NO) in facts
            else Status.OPEN
            for finding in findings
        }
        for finding in findings:
            if (finding, YES) in facts and (finding, NO) in facts:
                raise DurableRulesFault(f"'{finding}' was both established and ruled out")
        still_open = [(name, OPEN) for name, each in statuses.items() if each is Status.OPEN]
        self._chain(session, state, still_open, facts, fired)
        routes = tuple(
            dict.fromkeys(
                each.concludes[0].removeprefix("route ")
                for each in fired
                if each.concludes[0].startswith("route ")
            )
        )
        return Trace(tuple(fired), statuses, routes)

    def _chain(
        self,
        session: str,
        state: int,
        new: list[Fact],
        facts: set[Fact],
        fired: list[Fired],
    ) -> None:
        """Asserts facts and what follows from them, until nothing new follows."""
        handle = self._ruleset._handle
        while new:
            facts.update(new)
            batch = [
                {
                    "b": self._box[name],
                    "p": name,
                    "v": value,
                    "sid": session,
                    "id": f"{name}={value}",
                }
                for name, value in new
                if (name, value) in self._consumed
            ]
            new = []
            if not batch:
                return
            _offset(durable_rules_engine.assert_facts(handle, json.dumps(batch)))
            for name in self._drain(state):
                join = self._joins[name]
                if join.concludes not in facts:
                    facts.add(join.concludes)
                    new.append(join.concludes)
                    fired.append(Fired(name, join.all_of, join.concludes))

    def _drain(self, state: int) -> list[str]:
        """The names of the rules on the agenda, in the order in which they fire."""
        handle = self._ruleset._handle
        names: list[str] = []
        started = durable_rules_engine.start_action_for_state(handle, state)
        message = json.loads(started[1]) if started else None
        while message:
            names += list(message)
            following = durable_rules_engine.complete_and_start_action(handle, state)
            message = json.loads(following) if following else None
        return names


def _offset(result: tuple[int, int]) -> int:
    """The state's offset in a result. Raises `DurableRulesFault` unless every fact was taken."""
    code, offset = result
    if code != 0:
        raise DurableRulesFault(f"durable-rules did not take a fact (code {code})")
    return int(offset)


@lru_cache(maxsize=64)
def firing_of(program: Program) -> Firing:
    """The program on durable-rules, built once."""
    name = f"{program.stage.id}-{secrets.token_hex(4)}"
    return Firing(name, compiled(program))
