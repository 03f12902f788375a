"""Forward chaining on the record: all use of durable-rules, and nothing else.

What fired, in order, with the facts it matched, is the rationale on the record. durable-rules has
sharp edges, and this module keeps clear of each:

- a host of our own that only has `get_action`; never the default host and its timer threads;
- we drain the agenda ourselves and check every return code; one lock a ruleset;
- a fresh random session for each evaluation, deleted afterwards; nothing is ever retracted;
- only facts that some rule consumes are asserted (an unconsumed one aborts its action);
- facts hold our own names and 0, 1 or 2 alone, never a user's text or number;
- at most 16 conditions a rule (`engine.joins` sees to that), and names spread over boxes that are
  told apart first, since the 513th name side by side hangs it, whatever property holds it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any as Anything

import durable_rules_engine
from durable.engine import Ruleset

from engine.answers import NOT_KNOWN
from engine.expression import Status
from engine.faults import DurableRulesFault
from engine.joins import ALWAYS, NO, OPEN, YES, Compiled, Fact, answer_name, compiled
from engine.program import Program

NAMES_A_BOX = 150


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
