"""What there is to show of a vignette: its choices, and the reasoning of the engine, in steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from engine import explain
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
    FiringGiven,
    PathAnswer,
)
from rules.calendar import england
from rules.loader import rulebook
from webforms.documents.words import capital, day
from webforms.trainer.vignettes import Turn, Vignette, case_of, choice_words, vignettes

# Rules that rule something out are shown together, as many as can be read from the last row.
RULED_OUT_AT_ONCE = 3


class NoReasoning(Exception):
    """The evaluators disagree on a vignette: there is no reasoning to be shown."""


@dataclass(frozen=True)
class Otherwise:
    """One fact told otherwise, and the choice that is right then."""

    fact: str
    told: str
    leads_to: str


@dataclass(frozen=True)
class Lesson:
    """A vignette with all that is to be shown of it.

    `facts` are the answers that alone lead to what is right. `rules` are those that fired on the
    way there, a group for each step. `map` is there where the question is which route to take.
    """

    vignette: Vignette
    choices: tuple[tuple[str, str], ...]
    right: str
    assessment: Assessment
    facts: tuple[PathAnswer, ...]
    rules: tuple[tuple[FiringGiven, ...], ...]
    citations: tuple[CitationGiven, ...]
    summary: str
    map: DecisionMap | None
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
    return Lesson(
        vignette=vignette,
        choices=_choices(vignette, program),
        right=vignette.right,
        assessment=assessment,
        facts=explanation.reason if by_route else _facts_of(assessment, rules),
        rules=tuple(_in_steps(rules)),
        citations=assessment.route.citations if by_route else _citations(vignette, assessment),
        summary=assessment.route.summary if by_route else _summary(vignette, assessment),
        map=explain.decision_map(program, case.answers) if by_route else None,
        otherwise=tuple(_otherwise(vignette, program, turn) for turn in vignette.turns_on),
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
    finding = vignette.finding or next(
        each.finding for each in program.processes if each.id == vignette.process
    )
    rules = program.finding(finding)
    assert rules is not None
    return rules.rule.sentence


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


def _in_steps(rules: Sequence[FiringGiven]) -> Iterator[tuple[FiringGiven, ...]]:
    """One rule a step; those that follow each other and rule something out, a few at once."""
    for ruled_out, group in groupby(rules, lambda each: each.status is Status.RULED_OUT):
        size = RULED_OUT_AT_ONCE if ruled_out else 1
        together = tuple(group)
        for start in range(0, len(together), size):
            yield together[start : start + size]


def _facts_of(assessment: Assessment, rules: Sequence[FiringGiven]) -> tuple[PathAnswer, ...]:
    used = {because for fired in rules for because in fired.because}
    return tuple(each for each in assessment.path if f"{each.label}: {each.words}" in used)


def _citations(vignette: Vignette, assessment: Assessment) -> tuple[CitationGiven, ...]:
    """Where it stands: of the process that is asked about, or of the finding."""
    of = {each.id: each.citations for each in assessment.findings}
    of |= {each.id: each.citations for each in assessment.processes}
    return of[vignette.about]


def _summary(vignette: Vignette, assessment: Assessment) -> str:
    return next((each.summary for each in assessment.processes if each.id == vignette.process), "")


def _otherwise(vignette: Vignette, program: Program, turn: Turn) -> Otherwise:
    if turn.event and turn.day:
        fact, told = rulebook().event_dates[turn.event].label, day(turn.day)
    elif turn.area:
        fact, told = "The area", _area(turn.area)
    else:
        asked = next((each for each in program.asked if each.question.id == turn.question), None)
        question = rulebook().questions[turn.question]
        options = {option.value: option.text for option in question.options}
        words = options.get(str(turn.answer), str(turn.answer))
        fact = question.label
        told = asked.words_of(turn.answer) if asked else words
    return Otherwise(capital(fact), told, choice_words(vignette, turn.leads_to))


def _area(area: str) -> str:
    for overlay in rulebook().overlays:
        if overlay.area == area:
            return capital(dict(overlay.words).get("area", area))
    return area
