"""What differs between two editions, or two areas: findings, routes, processes, steps, clocks.

Read off the diagrams, so that a difference is real in some case, and that case is given.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from operator import eq

from engine.answers import Answer
from engine.clock import words
from engine.expression import Status
from engine.joint import Joint
from engine.plausible import plausible
from engine.program import Program
from engine.readings import Readings, readings_of
from engine.rulebook import Citation, Clock, Process, Route, Rule, Step, Verification
from engine.telling import citations

Strong = Rule | Route | Process | Step


@dataclass(frozen=True)
class Difference:
    """One difference: what kind of thing, which, how it differs, and a case that shows it.

    `example` is the case in words, and `answers` are its answers as a case file has them.
    """

    stage: str
    kind: str
    id: str
    what: str
    example: str
    answers: Mapping[str, Answer]


def differences(first: Program, second: Program) -> tuple[Difference, ...]:
    """What differs between two programs of one stage, the first taken as the older."""
    return tuple(_Comparison(first, second).all())


class _Comparison:
    """Two programs of one stage, side by side in one table."""

    def __init__(self, first: Program, second: Program) -> None:
        self.first, self.second = first, second
        self.a, self.b = readings_of(first), readings_of(second)
        self.joint = Joint(self.a, self.b)
        self.d = self.joint.diagrams
        self.plausible = plausible(self.joint)

    def all(self) -> Iterator[Difference]:
        yield from self._findings()
        yield from self._routes()
        yield from self._steps()
        yield from self._processes()

    def _differs(self, kind: str, name: str, what: str, *cases: int) -> Iterator[Difference]:
        """The difference, with a case out of the first of these sets that is not empty.

        A plausible case is preferred, out of whichever set.
        """
        examples = (*(self._likely(each) for each in cases), *(self._any(each) for each in cases))
        found = next((each for each in examples if each is not None), None)
        if found is not None:
            words, answers = self.joint.case_in_words(found), self.joint.answers(found)
            yield Difference(self.first.stage.id, kind, name, what, words, answers)

    def _any(self, node: int) -> dict[int, int] | None:
        """Answers (level to child) that make a true/false diagram true."""
        return self.d.find(node, True)

    def _likely(self, node: int) -> dict[int, int] | None:
        """The same, without an unlikely pair of answers, and with no answer that is not needed."""
        found = self.d.find(self.d.both(node, self.plausible), True)
        if found is None:
            return None
        needed: dict[int, int] = {}
        while not self.d.is_constant(node):
            level = self.d.level(node)
            # Where the plausible cases do not depend on an answer, any will do.
            needed[level] = found.get(level, 0)
            node = self.d.children(node)[needed[level]]
        return needed

    def _where(self, readings: Readings, node: int, value: Hashable) -> int:
        """The cases in which a diagram of one program has a value."""
        return self.d.map(partial(eq, value), self.joint.carry(readings, node))

    def _pairs(self, before: int, after: int) -> Iterator[tuple[tuple[Hashable, Hashable], int]]:
        """Each pair of unlike values that some case leads to, and where it does."""
        paired = self.d.apply("pair", lambda x, y: (x, y), before, after)
        for pair in sorted(self.d.terminals_under(paired), key=str):
            if isinstance(pair, tuple) and pair[0] != pair[1]:
                yield pair, self.d.map(partial(eq, pair), paired)

    def _findings(self) -> Iterator[Difference]:
        old = {each.finding: each.rule for each in self.first.findings}
        new = {each.finding: each.rule for each in self.second.findings}
        for name in dict.fromkeys((*old, *new)):
            if name not in new:
                what = f"is no longer concluded: {old[name].sentence}"
                yield from self._differs("finding", name, what, self._established(self.a, name))
            elif name not in old:
                what = f"is concluded now: {new[name].sentence}"
                yield from self._differs("finding", name, what, self._established(self.b, name))
            else:
                yield from self._finding(old[name], new[name])

    def _established(self, readings: Readings, finding: str) -> int:
        return self._where(readings, readings.status[finding], Status.ESTABLISHED)

    def _finding(self, old: Rule, new: Rule) -> Iterator[Difference]:
        name = old.finding
        before = self.joint.carry(self.a, self.a.status[name])
        after = self.joint.carry(self.b, self.b.status[name])
        for (was, now), node in self._pairs(before, after):
            yield from self._differs("finding", name, f"was {was}, is {now}", node)
        if old.strength != new.strength:
            stood, stands = self._established(self.a, name), self._established(self.b, name)
            what = self._strengths(old, new)
            yield from self._differs("finding", name, what, self.d.both(stood, stands), stands)

    def _routes(self) -> Iterator[Difference]:
        before = self.joint.carry(self.a, self.a.route)
        after = self.joint.carry(self.b, self.b.route)
        for (was, now), node in self._pairs(before, after):
            yield from self._differs("route", str(was), f"is now {now}", node)

    def _steps(self) -> Iterator[Difference]:
        new = {route.id: route for route in self.second.routes}
        for route in self.first.routes:
            if route.id in new:
                was = self._where(self.a, self.a.route, route.id)
                now = self._where(self.b, self.b.route, route.id)
                yield from self._changed(route, new[route.id], (was,), (now,))

    def _processes(self) -> Iterator[Difference]:
        old = {process.id: process for process in self.first.processes}
        new = {process.id: process for process in self.second.processes}
        for name in dict.fromkeys((*old, *new)):
            was, now = self._process(self.a, old.get(name)), self._process(self.b, new.get(name))
            if name not in new:
                yield from self._differs("process", name, f"is gone: {old[name].title}", *was)
            elif name not in old:
                yield from self._differs("process", name, f"is new: {new[name].title}", *now)
            else:
                yield from self._changed(old[name], new[name], was, now)

    def _process(self, readings: Readings, process: Process | None) -> tuple[int, int]:
        """Where a process is established; and where it is told at all, because it may be."""
        if process is None:
            return self.d.terminal(False), self.d.terminal(False)
        ruled_out = self._where(readings, readings.status[process.finding], Status.RULED_OUT)
        return self._established(readings, process.finding), self.d.negated(ruled_out)

    def _changed(
        self,
        old: Route | Process,
        new: Route | Process,
        was: tuple[int, ...],
        now: tuple[int, ...],
    ) -> Iterator[Difference]:
        """What changed in a route or process of both.

        `was` and `now` are where the two programs tell it: the cases to be preferred come first.
        """
        both = tuple(map(self.d.both, was, now))
        if old.strength != new.strength:
            what = self._strengths(old, new)
            yield from self._differs("strength", old.id, what, *both, *now)
        before = {step.id: step for step in old.steps}
        after = {step.id: step for step in new.steps}
        for name in dict.fromkeys((*before, *after)):
            where = f"{old.id}, step {name}"
            if name not in after:
                told = self._told(self.a, before[name], (*both, *was))
                yield from self._differs("step", where, f"is gone: {before[name].do}", *told)
            elif name not in before:
                told = self._told(self.b, after[name], (*both, *now))
                yield from self._differs("step", where, f"is new: {after[name].do}", *told)
            else:
                yield from self._step(where, before[name], after[name], both)

    def _step(
        self, where: str, old: Step, new: Step, both: tuple[int, ...]
    ) -> Iterator[Difference]:
        """What changed in a step; `both` is where both programs tell its route or process."""
        was, now = self._told(self.a, old, both), self._told(self.b, new, both)
        told = tuple(map(self.d.both, was, now))
        if old.strength != new.strength:
            what = self._strengths(old, new)
            yield from self._differs("strength", where, what, *told)
        if old.clocks != new.clocks:
            was_told, is_told = _clocks(self.first, old.clocks), _clocks(self.second, new.clocks)
            if _limits(old.clocks) != _limits(new.clocks):
                yield from self._differs("clock", where, f"was {was_told}, is {is_told}", *told)
            else:
                # The same limit: only what is said of it is told otherwise.
                what = f"keeps its time limit, now told as: {is_told}"
                yield from self._differs("words", where, what, *told)
        if (old.do, old.who, old.by_words) != (new.do, new.who, new.by_words):
            yield from self._differs("words", where, f"reads now: {new.do} ({new.who})", *told)
        unlike = tuple(map(self.d.unlike, was, now))
        yield from self._differs("step", where, "is told in other cases", *unlike)

    def _strengths(self, old: Strong, new: Strong) -> str:
        """How the strength changed; where a text was not read, that it cannot be compared."""
        unread = [
            side
            for side, program, each in (("older", self.first, old), ("newer", self.second, new))
            if not _was_read(program, each.citations)
        ]
        if unread:
            text = f"the {unread[0]} text was not read" if unread[1:] == [] else "neither was read"
            return f"strength is not compared: {text}"
        return f"strength was {old.strength}, is {new.strength}"

    def _told(self, readings: Readings, step: Step, within: tuple[int, ...]) -> tuple[int, ...]:
        """Where a step is told, within each of these sets of cases."""
        if step.when is None:
            return within
        holds = self.joint.carry(readings, readings.standing(step.when))
        return tuple(self.d.both(holds, each) for each in within)


def _was_read(program: Program, cited: tuple[Citation, ...]) -> bool:
    """Whether all that is cited was read; without a citation, whether the edition was."""
    given = citations(program, cited)
    statuses = [each.status for each in given] or [program.edition.status]
    return all(each == Verification.READ for each in statuses)


def _limits(clocks: tuple[Clock, ...]) -> list[Clock]:
    """Clocks without what is noted of them, which may only say how far a text was read."""
    return [replace(each, note="") for each in clocks]


def _clocks(program: Program, clocks: tuple[Clock, ...]) -> str:
    told = []
    for clock in clocks:
        limit = words(clock, program.rulebook.event_dates[clock.of].phrase)
        told.append(f"{limit} ({clock.note})" if clock.note else limit)
    return " or ".join(told) or "without a clock"
