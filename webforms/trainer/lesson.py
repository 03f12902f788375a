"""What there is to show of a vignette: its choices, and the reasoning of the engine, in steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from engine import explain, taken_way
from engine.answers import Answer
from engine.assessment import assess
from engine.edition import program_for
from engine.expression import Status
from engine.program import Program
from engine.rationale import SAYS
from engine.results import (
    Assessment,
    Change,
    CitationGiven,
    DecisionMap,
    FindingGiven,
    FiringGiven,
    PathAnswer,
    ProcessGiven,
    RouteGiven,
)
from rules.calendar import england
from rules.loader import rulebook
from webforms.trainer.otherwise import Otherwise, otherwise
from webforms.trainer.vignettes import (
    STANDINGS,
    Vignette,
    case_of,
    choice_words,
    vignettes,
)

# What the case does not turn on is shown together, as much as can be read from the last row: of
# rules so many lines, of so many letters.
PLAIN_AT_ONCE = 3
LINES_AT_ONCE = 12
LINE = 70
# How strongly it is asked for, and by whom: our own advice must not look like a source's. That
# something is a definition or a fact is no news to a room.
VERBS = ("must", "duty", "should", "may", "advice")


class NoReasoning(Exception):
    """The evaluators disagree on a vignette: there is no reasoning to be shown."""


@dataclass(frozen=True)
class Lesson:
    """A vignette with all that is to be shown of it.

    `facts` are the answers that alone lead to what is right. `rules` are those that fired on the
    way there, a group for each step: one on which the case turns stands alone. `map` is the way
    through the questions, lit up in steps: `lights` says how many questions are lit after each.
    """

    vignette: Vignette
    choices: tuple[tuple[str, str], ...]
    right: str
    assessment: Assessment
    facts: tuple[PathAnswer, ...]
    rules: tuple[tuple[FiringGiven, ...], ...]
    citations: tuple[CitationGiven, ...]
    strength: str
    summary: str
    map: DecisionMap
    lights: tuple[int, ...]
    otherwise: tuple[Otherwise, ...]
    changes: tuple[Change, ...]

    def words(self, choice: str) -> str:
        """A choice as learners read it."""
        return dict(self.choices).get(choice, choice)


def lesson_of(vignette_id: str) -> Lesson | None:
    """The lesson of a vignette; None when there is none of that id. Raises `NoReasoning`."""
    vignette = vignettes().get(vignette_id)
    return None if vignette is None else _lesson(vignette.id, rulebook().version)


@lru_cache(maxsize=128)
def _lesson(vignette_id: str, _version: str) -> Lesson:
    """The same vignette under the same rules gives the same lesson: it is worked out once."""
    vignette = vignettes()[vignette_id]
    case = case_of(vignette)
    program = program_for(rulebook(), case)
    assessment = assess(rulebook(), case, england())
    if assessment.route is None:
        raise NoReasoning(f"{vignette_id}: {assessment.fault}")
    explanation = explain.explain(program, case.answers)
    rules = _on_the_way(assessment, _target(vignette, program, assessment))
    by_route = not vignette.about
    told = _told(vignette, assessment)
    turning = {turn.question for turn in vignette.turns_on}
    way = _way(vignette, program, case.answers)
    return Lesson(
        vignette=vignette,
        choices=_choices(vignette, program),
        right=vignette.right,
        assessment=assessment,
        facts=explanation.reason if by_route else _facts_of(assessment, rules),
        rules=tuple(_in_steps(rules, _turning_rules(program, rules, turning))),
        citations=told.citations,
        strength=told.strength if told.strength in VERBS else "",
        summary="" if isinstance(told, FindingGiven) else told.summary,
        map=way,
        lights=_lights(way, turning),
        otherwise=tuple(otherwise(vignette, turn) for turn in vignette.turns_on),
        changes=explanation.changes if by_route else (),
    )


def _choices(vignette: Vignette, program: Program) -> tuple[tuple[str, str], ...]:
    """The choices in the order of the rules, which does not give away which one is right."""
    place = {route.id: number for number, route in enumerate(program.routes)}
    if vignette.about:
        ordered: Sequence[str] = vignette.choices
    else:
        ordered = sorted(vignette.choices, key=lambda choice: place.get(choice, len(place)))
    return tuple((choice, choice_words(vignette, choice)) for choice in ordered)


def _target(vignette: Vignette, program: Program, assessment: Assessment) -> str:
    """What the last rule on the way concludes: the route, or the finding that is asked about."""
    if not vignette.about:
        assert assessment.route is not None
        return assessment.route.title
    rules = program.finding(_finding(vignette, program))
    assert rules is not None
    return rules.rule.sentence


def _finding(vignette: Vignette, program: Program) -> str:
    """The finding that is asked about, or on which the process rests that is."""
    return vignette.finding or next(
        each.finding for each in program.processes if each.id == vignette.process
    )


def _way(vignette: Vignette, program: Program, answers: Mapping[str, Answer]) -> DecisionMap:
    if not vignette.about:
        return taken_way.way_to_route(program, answers)
    titles = {each.value: STANDINGS[each.value.replace(" ", "_")] for each in Status}
    return taken_way.way_to_finding(program, answers, _finding(vignette, program), titles)


def _lights(way: DecisionMap, turning: Collection[str]) -> tuple[int, ...]:
    """A question on which the case turns lights up alone; those between, a few at once."""
    lights: list[int] = []
    lit = 0
    for turns, group in groupby(way.steps, lambda each: each.question in turning):
        size = 1 if turns else PLAIN_AT_ONCE
        count = len(tuple(group))
        lights += [min(lit + done, lit + count) for done in range(size, count + size, size)]
        lit += count
    return tuple(lights)


def _on_the_way(assessment: Assessment, target: str) -> tuple[FiringGiven, ...]:
    """The rules that fired and on which the target rests, in the order in which they fired."""
    wanted: set[str] = set()
    kept: list[FiringGiven] = []
    for fired in reversed(assessment.rationale):
        concluded = f"{SAYS[fired.status]}: {fired.establishes}"
        if concluded in wanted or (not kept and fired.establishes == target):
            kept.append(fired)
            wanted |= set(fired.because)
    return tuple(reversed(kept))


def _turning_rules(
    program: Program, rules: Sequence[FiringGiven], turning: Collection[str]
) -> set[str]:
    """What the rules conclude that use a fact on which the case turns."""
    labels = tuple(f"{ask.question.label}: " for ask in program.asked if ask.question.id in turning)
    return {each.establishes for each in rules if any(b.startswith(labels) for b in each.because)}


def _in_steps(
    rules: Sequence[FiringGiven], turning: Collection[str]
) -> Iterator[tuple[FiringGiven, ...]]:
    """A rule on which the case turns alone, and the last one; those between, a few at once."""
    last = rules[-1:]
    together: list[FiringGiven] = []
    for each in rules:
        alone = each.establishes in turning or each in last
        if together and (alone or sum(map(_lines, [*together, each])) > LINES_AT_ONCE):
            yield tuple(together)
            together = []
        together.append(each)
        if alone or len(together) == PLAIN_AT_ONCE:
            yield tuple(together)
            together = []
    if together:
        yield tuple(together)


def _lines(fired: FiringGiven) -> int:
    """About how many lines of a screen a rule takes."""
    told = (fired.establishes, fired.not_settled, *fired.because, fired.source)
    return sum(len(text) // LINE + 1 for text in told if text)


def _facts_of(assessment: Assessment, rules: Sequence[FiringGiven]) -> tuple[PathAnswer, ...]:
    used = {because for fired in rules for because in fired.because}
    return tuple(each for each in assessment.path if f"{each.label}: {each.words}" in used)


def _told(vignette: Vignette, assessment: Assessment) -> RouteGiven | ProcessGiven | FindingGiven:
    """What is asked about: the process, the finding, or the route of the stage."""
    if not vignette.about:
        assert assessment.route is not None
        return assessment.route
    given: tuple[ProcessGiven | FindingGiven, ...] = (*assessment.processes, *assessment.findings)
    return next(each for each in given if each.id == vignette.about)
