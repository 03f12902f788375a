"""From rules to what may be shown: citations, deadlines, steps, with honest labels.

The paragraph of an unverified citation is withheld, and a citation carried forward from an older
edition says so; a date that cannot be computed is replaced by the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.clock import CalendarEnds, WorkingDays, due, words
from engine.expression import All, Any, Expression, Not, Stands, Status
from engine.program import Program
from engine.results import CitationGiven, DeadlineGiven, StepGiven
from engine.rulebook import Citation, Clock, Source, Step, Verification
from engine.wording import fill

CERTAINTY = (Verification.UNVERIFIED, Verification.CARRIED_FORWARD, Verification.READ)


@dataclass(frozen=True)
class Telling:
    """What is needed to word a result: the program, the case's dates, and the calendar."""

    program: Program
    dates: Mapping[str, date]
    working_days: WorkingDays
    answer_words: Mapping[str, str]

    def step(self, step: Step) -> StepGiven:
        readings = tuple(self.deadline(clock) for clock in step.clocks)
        return StepGiven(
            id=step.id,
            do=fill(step.do, self.answer_words),
            who=fill(step.who, self.answer_words),
            by=_by(step, readings),
            due=readings[0].due if readings else None,
            readings=readings,
            strength=str(step.strength),
            citations=citations(self.program, step.citations),
            note=fill(step.note, self.answer_words),
            rests_on=step.rests_on,
        )

    def deadline(self, clock: Clock) -> DeadlineGiven:
        event = self.program.rulebook.event_dates[clock.of]
        text = words(clock, event.phrase)
        if clock.note:
            text = f"{text} ({clock.note})"
        start = self.dates.get(clock.of)
        day: date | None = None
        problem = ""
        if start is not None:
            try:
                day = due(clock, start, self.working_days)
            except CalendarEnds as ends:
                problem = str(ends)
        return DeadlineGiven(text, clock.of, start, day, problem, clock.met_by)


def _by(step: Step, readings: tuple[DeadlineGiven, ...]) -> str:
    if not readings:
        return step.by_words
    first = readings[0]
    if first.due is not None:
        return f"by {long_date(first.due)}, {first.words}"
    return first.words


def long_date(day: date) -> str:
    """A date as it is read out, such as Thursday 2 January 2025."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def verification(program: Program, citation: Citation) -> Verification:
    """How far the cited text has been confirmed, for the program's edition."""
    source = program.rulebook.sources[citation.source]
    return certainty(source, citation, program.edition.carries_forward == source.id)


def certainty(source: Source, citation: Citation, carried: bool = False) -> Verification:
    """How far the cited text has been confirmed; `carried` when a newer edition carries it on."""
    statuses = [source.status, citation.status or source.status]
    if carried:
        statuses.append(Verification.CARRIED_FORWARD)
    return min(statuses, key=CERTAINTY.index)


def citations(program: Program, cited: tuple[Citation, ...]) -> tuple[CitationGiven, ...]:
    """The citations in force, as they may be shown."""
    return tuple(_citation(program, each) for each in cited if each.source in program.in_force)


@lru_cache(maxsize=4096)
def _citation(program: Program, citation: Citation) -> CitationGiven:
    source = program.rulebook.sources[citation.source]
    return citation_given(source, citation, verification(program, citation))


def citation_given(source: Source, citation: Citation, status: Verification) -> CitationGiven:
    """A citation as it may be shown: without its paragraph where that was not verified."""
    paragraph = "" if status is Verification.UNVERIFIED else citation.paragraph
    if not paragraph:
        text = f"{source.short} (not verified)"
    else:
        place = f"{source.paragraph_word} {paragraph}" if paragraph[0].isdigit() else paragraph
        text = f"{source.short}, {place}"
        if status is Verification.CARRIED_FORWARD:
            text += " (carried forward)"
    return CitationGiven(source.id, source.title, paragraph, str(status), text)


def holds(when: Expression | None, statuses: Mapping[str, Status]) -> bool:
    """Whether a condition on how findings stand is met."""
    match when:
        case None:
            return True
        case Stands(finding, status):
            return statuses[finding] is status
        case All(parts):
            return all(holds(part, statuses) for part in parts)
        case Any(parts):
            return any(holds(part, statuses) for part in parts)
        case Not(part):
            return not holds(part, statuses)
        case _:
            raise TypeError(f"a step cannot rest on {when}")
