"""What moves when one fact of a case is told otherwise: findings and rules, processes, the route.

Read off the diagrams: it names pages of the rulebook, and no assessment is put together for it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.answers import NOT_KNOWN, Case
from engine.edition import program_for
from engine.expression import Status
from engine.journey import journey
from engine.program import Program
from engine.readings import readings_of, status_of
from engine.rulebook import Rulebook
from engine.telling import holds
from webforms.rulebook.references import Kind, Ref


@dataclass(frozen=True)
class _Standing:
    """How a case stands under its rules: its findings, and the route that it takes."""

    program: Program
    findings: Mapping[str, Status]
    route: str

    def of(self, finding: str) -> Status:
        """A finding that the rules of the day do not know is not established, as if ruled out."""
        return self.findings.get(finding, Status.RULED_OUT)


def turned(case: Case, turn: Mapping[str, Any]) -> Case:
    """The case with one fact told otherwise, as a vignette's `turns_on` has it."""
    answers = {**case.answers, **(turn.get("also") or {})}
    if "question" in turn:
        answers[turn["question"]] = turn["answer"]
    dates = dict(case.dates)
    if "event" in turn:
        dates[turn["event"]] = date.fromisoformat(str(turn["day"]))
    return replace(case, area=turn.get("area", case.area), dates=dates, answers=answers)


def moved(rulebook: Rulebook, before: Case, after: Case) -> Iterator[Ref]:
    """Every finding, rule, process and route whose standing differs between two cases."""
    was, now = _standing(rulebook, before), _standing(rulebook, after)
    names = [
        each
        for each in dict.fromkeys((*was.findings, *now.findings))
        if was.of(each) is not now.of(each)
    ]
    yield from (Ref(Kind.FINDING, each) for each in names)
    for program in (was.program, now.program):
        yield from rules_of(program, names)
        for process in program.processes:
            if process.finding in names:
                yield Ref(Kind.PROCESS, process.id)
    if was.route != now.route:
        yield from (Ref(Kind.ROUTE, each) for each in (was.route, now.route))


def told(rulebook: Rulebook, case: Case) -> Iterator[tuple[Ref, str]]:
    """Every page that a case is told of, with each contradiction on which what it is told rests.

    A route or a process is told with those of its steps that are shown for this case; a finding
    that is ruled out tells nothing.
    """
    standing = _standing(rulebook, case)
    program, statuses = standing.program, standing.findings
    steps = []
    for route in program.routes:
        if route.id == standing.route:
            shown = [each for each in route.steps if holds(each.when, statuses)]
            steps += shown
            for rests_on in (route.rests_on, *(each.rests_on for each in shown)):
                yield from ((Ref(Kind.ROUTE, route.id), each) for each in rests_on)
    for process in program.processes:
        if standing.of(process.finding) is Status.ESTABLISHED:
            shown = [each for each in process.steps if holds(each.when, statuses)]
            steps += shown
            for rests_on in (process.rests_on, *(each.rests_on for each in shown)):
                yield from ((Ref(Kind.PROCESS, process.id), each) for each in rests_on)
    for step in steps:
        yield from ((Ref(Kind.CLOCK, step.id), each) for each in step.rests_on)
        yield from ((Ref(Kind.AREA, program.overlay.area), each) for each in step.rests_on)
    for rules in program.findings:
        if standing.of(rules.finding) is not Status.RULED_OUT:
            for rule in rules.rules:
                yield from ((Ref(Kind.FINDING, rules.finding), each) for each in rule.rests_on)
                yield from ((Ref(Kind.RULE, rule.id), each) for each in rule.rests_on)


def rules_of(program: Program, findings: Container[str]) -> Iterator[Ref]:
    """The rules that conclude some findings, of those in force for a case."""
    for each in program.findings:
        if each.finding in findings:
            yield from (Ref(Kind.RULE, rule.id) for rule in each.rules)


def _standing(rulebook: Rulebook, case: Case) -> _Standing:
    program = program_for(rulebook, case)
    known = journey(program, case.answers).known
    readings = readings_of(program)
    full = {question: known.get(question, NOT_KNOWN) for question in readings.questions}
    with readings.lock:
        findings = {
            each: status_of(readings.read(node, full)) for each, node in readings.status.items()
        }
        route = str(readings.read(readings.route, full))
    return _Standing(program, findings, route)
