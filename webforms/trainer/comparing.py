"""What differs between two sides, and why: rules, questions, local steps, unverified texts.

Pure. A rule is a reason only where the route of its side rests on it and the other side has no
such rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.expression import Status, findings_in, questions_in
from engine.program import FindingRules, Program
from engine.results import Assessment, CitationGiven, StepGiven
from engine.rulebook import Rule
from engine.telling import citations
from webforms.trainer.changes import Changes, changed, steps_of
from webforms.trainer.sides import Side

# Where a question fell away, the rule that took the place of the one that tested it.
IN_ITS_PLACE = {"joint_working_cause_for_concern": "ca2004-16b-9"}


@dataclass(frozen=True)
class RuleTold:
    """A rule of one side. `decides` is True where its finding stands otherwise on the other."""

    id: str
    sentence: str
    paraphrase: str
    status: Status
    citations: tuple[CitationGiven, ...]
    decides: bool


@dataclass(frozen=True)
class AskedOnOneSide:
    """A question that was answered, and that one side does not ask: there it is set aside.

    `rules` are those that test it where it is asked; `instead`, the rule that the other side has
    in their place, where there is one.
    """

    question: str
    label: str
    words: str
    explanation: str
    rules: tuple[RuleTold, ...]
    instead: RuleTold | None


@dataclass(frozen=True)
class Why:
    """The reasons on one side: what is there and not on the other."""

    rules: tuple[RuleTold, ...]
    questions: tuple[AskedOnOneSide, ...]
    also_asked: tuple[str, ...]
    local_steps: tuple[StepGiven, ...]
    unverified: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two sides, what differs, and why, seen from each."""

    left: Side
    right: Side
    changes: Changes
    why_left: Why
    why_right: Why

    @property
    def same_rules(self) -> bool:
        """Whether both sides have the same rules in force."""
        a, b = self.left.program, self.right.program
        return a is b or a.says_the_same_as(b)


def compare(left: Side, right: Side) -> Comparison:
    """What differs between two sides, and why."""
    return Comparison(
        left,
        right,
        changed(left.assessment, right.assessment),
        _why(left, right),
        _why(right, left),
    )


def _why(here: Side, there: Side) -> Why:
    return Why(
        rules=tuple(_rules_only(here, there)),
        questions=tuple(_asked_only(here, there)),
        also_asked=tuple(_also_asked(here, there)),
        local_steps=tuple(_local_steps(here, there)),
        unverified=tuple(dict.fromkeys(_unverified(here.assessment))),
    )


def behind(program: Program, route: str) -> tuple[FindingRules, ...]:
    """The findings on which a route rests, directly or through others, in their order."""
    rests_on = {each.finding: findings_in(each.when) for each in program.findings}
    condition = next(each.when for each in program.routes if each.id == route)
    wanted, found = list(findings_in(condition)), set[str]()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += rests_on[name]
    return tuple(each for each in program.findings if each.finding in found)


def _rules_only(here: Side, there: Side) -> Iterator[RuleTold]:
    route = here.assessment.route
    if route is None:
        return
    elsewhere = {rule.id for each in there.program.findings for rule in each.rules}
    for each in behind(here.program, route.id):
        for rule in each.rules:
            if rule.id not in elsewhere:
                yield _told(here, rule, there)


def _told(here: Side, rule: Rule, there: Side) -> RuleTold:
    stands = _standings(here)[rule.finding]
    return RuleTold(
        rule.id,
        rule.sentence,
        rule.paraphrase,
        stands,
        citations(here.program, rule.citations, rule.strength),
        decides=_standings(there).get(rule.finding) != stands,
    )


def _standings(at: Side) -> dict[str, Status]:
    return {each.id: each.status for each in at.assessment.findings}


def questions_of(program: Program) -> set[str]:
    """Every question that the program's rules can ask, those beneath an answer included."""
    return {
        *(each.question.id for each in program.asked),
        *(each.id for each in program.details),
    }


def _asked_only(here: Side, there: Side) -> Iterator[AskedOnOneSide]:
    missing = questions_of(here.program) - questions_of(there.program)
    for given in here.assessment.path:
        if given.question in missing:
            yield AskedOnOneSide(
                given.question,
                given.label,
                given.words,
                here.program.rulebook.questions[given.question].explanation,
                tuple(
                    _told(here, rule, there)
                    for rule in _rules(here.program)
                    if given.question in questions_in(rule.when)
                ),
                _instead(here, there, given.question),
            )


def _rules(program: Program) -> Iterator[Rule]:
    for each in program.findings:
        yield from each.rules


def _instead(here: Side, there: Side, question: str) -> RuleTold | None:
    name = IN_ITS_PLACE.get(question)
    found = next((rule for rule in _rules(there.program) if rule.id == name), None)
    return _told(there, found, here) if found else None


def _also_asked(here: Side, there: Side) -> Iterator[str]:
    """The labels of what only this side would still ask."""
    others = {each.question for each in there.assessment.path}
    others |= {each.question for each in there.assessment.open}
    for each in here.assessment.open:
        if each.question not in others:
            yield each.label


def _local_steps(here: Side, there: Side) -> Iterator[StepGiven]:
    """The steps that this side's local procedure adds, and the other does not have."""
    if here.program.overlay.area == "none":
        return
    local = here.program.overlay.source
    elsewhere = steps_of(there.assessment).values()
    for step in steps_of(here.assessment).values():
        if any(each.source == local for each in step.citations) and step not in elsewhere:
            yield step


def _unverified(assessment: Assessment) -> Iterator[str]:
    """The texts behind what this side says that were not read, or are carried forward."""
    cited: list[CitationGiven] = []
    if assessment.route is not None:
        cited += assessment.route.citations
    for finding in assessment.findings:
        if finding.status is Status.ESTABLISHED:
            cited += finding.citations
    for step in steps_of(assessment).values():
        cited += step.citations
    for process in assessment.processes:
        if process.status is Status.ESTABLISHED:
            cited += process.citations
    yield from (each.text for each in cited if each.status != "read")
