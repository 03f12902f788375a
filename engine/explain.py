"""Why: why a question is asked, why a route was reached, and what would change it.

All of it is read off the decision diagrams, so it is exact: "cannot matter" means that no
completion of the answers makes a difference.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.answers import NOT_KNOWN, Answer
from engine.assessment import path_answer
from engine.expression import Stands, Status, questions_in, walk
from engine.journey import goals, journey
from engine.program import Program
from engine.readings import Readings, readings_of, status_of
from engine.results import (
    Change,
    Consequence,
    Explanation,
    WhyAsked,
)
from engine.telling import citations

MOST_CHANGES = 6
# Findings told for one answer: a reader at the end of a day takes in no more.
MOST_TOLD = 2


def why_asked(program: Program, answers: Mapping[str, Answer], question: str) -> WhyAsked:
    """Why `question` is asked now: what follows from each answer.

    An answer already given to it, or to a later question, is left out of account.
    """
    readings = readings_of(program)
    trip = journey(program, answers)
    level = readings.level_of[question]
    before = {each: value for each, value in trip.known.items() if readings.level_of[each] < level}
    asked = program.ask(question)
    with readings.lock:
        before_it = _Before(readings, before)
        consequences = tuple(
            Consequence(
                value,
                "Not known yet" if value == NOT_KNOWN else asked.words_of(value),
                _follows(before_it, question, value),
            )
            for value in readings.values[level]
        )
    return WhyAsked(
        question=question,
        summary=asked.question.why,
        consequences=consequences,
        citations=citations(program, asked.question.citations),
    )


class _Before:
    """What is left of the program's diagrams once the answers before a question are in."""

    def __init__(self, readings: Readings, known: Mapping[str, str]) -> None:
        self.readings = readings
        self.route = readings.restrict(readings.route, known)
        self.goals = tuple(readings.restrict(node, known) for node in goals(readings))
        self.undecided = {
            finding: left
            for finding, node in readings.status.items()
            if not readings.diagrams.is_constant(left := readings.restrict(node, known))
        }


def _follows(before: _Before, question: str, value: str) -> str:
    """What an answer settles, in words; what is still to be asked when it settles nothing."""
    readings = before.readings
    d, program = readings.diagrams, readings.program
    level, child = readings.child_of(question, value)
    newly: dict[str, Status] = {}
    for finding, left in before.undecided.items():
        now = d.value(d.restrict(left, level, child))
        if now in (Status.ESTABLISHED, Status.RULED_OUT):
            newly[finding] = status_of(now)
    said = [_settled(program, each, newly[each]) for each in _telling(program, question, newly)]
    route = d.restrict(before.route, level, child)
    if d.is_constant(route):
        if not d.is_constant(before.route):
            said.append(f"The route is then: {_title(program, d.value(route))}.")
    elif not said:
        remaining = {
            asked for node in before.goals for asked in d.levels_in(d.restrict(node, level, child))
        }
        said.append(_more(len(remaining)))
    return " ".join(said) or "Nothing more follows from this alone."


@lru_cache(maxsize=256)
def _principal(program: Program) -> tuple[str, ...]:
    """The findings that the routes are told apart by, in the order in which they name them."""
    named = (
        node.finding
        for route in program.routes
        for node in walk(route.when)
        if isinstance(node, Stands)
    )
    return tuple(dict.fromkeys((*named, *program.decides)))


def _telling(program: Program, question: str, newly: Mapping[str, Status]) -> tuple[str, ...]:
    """Of the findings that an answer settles, the few that say most.

    What it establishes says more than what it rules out. Of either, first those that the routes
    are told apart by; failing that, the ones that test the question itself.
    """
    for status in (Status.ESTABLISHED, Status.RULED_OUT):
        settled = [each for each, how in newly.items() if how is status]
        principal = [each for each in _principal(program) if each in settled]
        direct = [
            each.finding
            for each in program.findings
            if each.finding in settled and question in questions_in(each.when)
        ]
        if principal or direct:
            return tuple((principal or direct)[:MOST_TOLD])
    return ()


def _more(count: int) -> str:
    return f"Up to {count} more question{'' if count == 1 else 's'} can matter."


def _settled(program: Program, finding: str, status: Status) -> str:
    rules = program.finding(finding)
    assert rules is not None
    cited = citations(program, rules.rule.citations)
    place = f" ({cited[0].text})" if cited else ""
    holds = "holds" if status is Status.ESTABLISHED else "does not hold"
    return f"Then this {holds}: \u201c{rules.rule.sentence}\u201d{place}."


def _title(program: Program, route: Hashable) -> str:
    return next((each.title for each in program.routes if each.id == route), str(route))


def explain(program: Program, answers: Mapping[str, Answer]) -> Explanation:
    """A smallest set of answers that decides the route, and the fewest that would change it."""
    readings = readings_of(program)
    trip = journey(program, answers)
    d = readings.diagrams
    with readings.lock:
        standing = {q: trip.known.get(q, NOT_KNOWN) for q in readings.questions}
        route = str(d.value(readings.restrict(readings.route, standing)))
        reason = _reason(readings, trip.known)
        # An answer that was set aside counts again as soon as a change brings its question back.
        changes = _changes(readings, program, answers, program.known_answers(answers), route)
    return Explanation(
        route=route,
        reason=tuple(path_answer(program, trip, answers, each) for each in reason),
        changes=changes,
        not_known_that_do_not_matter=tuple(
            question
            for question in trip.path
            if trip.known[question] == NOT_KNOWN and question not in trip.not_known
        ),
    )


def _reason(readings: Readings, known: Mapping[str, str]) -> tuple[str, ...]:
    """Answers none of which can be spared: without any one the route would not be settled."""
    kept = dict(known)
    settled = readings.restrict(readings.route, kept)
    for question in reversed(readings.questions):
        if question in kept:
            others = {each: value for each, value in kept.items() if each != question}
            if readings.restrict(readings.route, others) == settled:
                kept = others
    return tuple(kept)


@dataclass(frozen=True)
class _Way:
    """A way to a route: how many answers change, how many are new, and which (level, child)."""

    changed: int
    new: int
    taken: tuple[tuple[int, int], ...]


def _changes(
    readings: Readings,
    program: Program,
    answers: Mapping[str, Answer],
    known: Mapping[str, str],
    route: str,
) -> tuple[Change, ...]:
    ways = sorted(
        (
            (way, other)
            for other in sorted(map(str, readings.diagrams.terminals_under(readings.route)))
            if other != route and (way := _way(readings, known, other)) is not None and way.changed
        ),
        key=lambda each: (each[0].changed, each[0].new, each[1]),
    )
    if not ways:
        return ()
    fewest = ways[0][0].changed
    return tuple(
        _told(readings, program, answers, known, way, other)
        for way, other in ways[:MOST_CHANGES]
        if way.changed <= fewest + 1
    )


def _way(readings: Readings, known: Mapping[str, str], route: str) -> _Way | None:
    """The way to `route` that changes the fewest answers, then asks the fewest new questions."""
    d = readings.diagrams
    best: dict[int, _Way | None] = {}

    def go(node: int) -> _Way | None:
        if node in best:
            return best[node]
        found: _Way | None = None
        if d.is_constant(node):
            found = _Way(0, 0, ()) if d.value(node) == route else None
        else:
            level = d.level(node)
            values = readings.values[level]
            given = known.get(readings.questions[level])
            for index, child in enumerate(d.children(node)):
                # A person can learn something new, but cannot be told to un-know it.
                if values[index] == NOT_KNOWN and given != NOT_KNOWN:
                    continue
                rest = go(child)
                if rest is None:
                    continue
                changed = given is not None and values[index] != given
                way = _Way(
                    rest.changed + changed,
                    rest.new + (given is None),
                    ((level, index), *rest.taken),
                )
                if found is None or (way.changed, way.new) < (found.changed, found.new):
                    found = way
        best[node] = found
        return found

    return go(readings.route)


def _told(
    readings: Readings,
    program: Program,
    answers: Mapping[str, Answer],
    known: Mapping[str, str],
    way: _Way,
    route: str,
) -> Change:
    changed: list[tuple[str, str, str, str]] = []
    asked: list[str] = []
    for level, index in way.taken:
        question = readings.questions[level]
        value = readings.values[level][index]
        each = program.ask(question)
        if question not in known:
            asked.append(each.question.label)
        elif known[question] != value:
            now = each.words_of(answers[question])
            changed.append((question, each.question.label, now, each.words_of(value)))
    return Change(route, _title(program, route), tuple(changed), tuple(asked))
