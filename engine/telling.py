"""From rules to what may be shown: citations, deadlines, steps, with honest labels.

The paragraph of an unverified citation is withheld, and a citation carried forward from an older
edition says so; sources of different strength are shown each with its own; a date that cannot be
computed is replaced by the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.clock import CalendarEnds, WorkingDays, due, words
from engine.expression import All, Any, Expression, Not, Stands, Status
from engine.program import Program
from engine.results import CitationGiven, DeadlineGiven, StepGiven
from engine.rulebook import Citation, Clock, Rule, Source, Step, Strength, Verification
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
            citations=citations(self.program, step.citations, step.strength),
            note=fill(step.note, self.answer_words),
            rests_on=step.rests_on,
        )

    def deadline(self, clock: Clock) -> DeadlineGiven:
        events = self.program.rulebook.event_dates
        event = events[clock.of]
        start, stand_in = self.dates.get(clock.of), None
        if start is None and event.while_not_known:
            start = self.dates.get(event.while_not_known)
            stand_in = events[event.while_not_known] if start else None
        counted = f"that day is not given: counted from {stand_in.phrase}" if stand_in else ""
        notes = "; ".join(filter(None, (clock.note, counted)))
        text = words(clock, event.phrase)
        if notes:
            text = f"{text} ({notes})"
        day: date | None = None
        problem = ""
        if start is not None:
            try:
                day = due(clock, start, self.working_days)
            except CalendarEnds as ends:
                problem = str(ends)
        return DeadlineGiven(
            text,
            clock.of,
            start,
            day,
            problem,
            clock.met_by,
            expected=stand_in is not None,
            after=clock.after,
        )


def _by(step: Step, readings: tuple[DeadlineGiven, ...]) -> str:
    if not readings:
        return step.by_words
    first = readings[0]
    if first.due is not None:
        when = "from" if first.after else "by"
        return f"{when} {long_date(first.due)}, {first.words}"
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


def citations(
    program: Program, cited: tuple[Citation, ...], strength: Strength | None = None
) -> tuple[CitationGiven, ...]:
    """The citations in force, as they may be shown, for something of this strength."""
    current = [each for each in cited if each.source in program.in_force]
    verbs = strengths(current, strength)
    return tuple(_citation(program, *each) for each in zip(current, verbs, strict=True))


@lru_cache(maxsize=4096)
def _citation(program: Program, citation: Citation, verb: Strength | None) -> CitationGiven:
    source = program.rulebook.sources[citation.source]
    return citation_given(source, citation, verification(program, citation), verb)


def strengths(cited: Sequence[Citation], strength: Strength | None) -> list[Strength | None]:
    """The verb to show with each citation: where one of them differs, all; otherwise none.

    `strength` is that of what cites them, and of each citation that has none of its own.
    """
    verbs = [each.strength or strength for each in cited]
    differ = strength is not None and any(each != strength for each in verbs)
    return verbs if differ else [None] * len(verbs)


def citation_given(
    source: Source, citation: Citation, status: Verification, verb: Strength | None = None
) -> CitationGiven:
    """A citation as it may be shown: without its paragraph where that was not verified."""
    paragraph = "" if status is Verification.UNVERIFIED else citation.paragraph
    marks = [str(verb)] if verb else []
    text = source.short
    if paragraph:
        place = f"{source.paragraph_word} {paragraph}" if paragraph[0].isdigit() else paragraph
        text = f"{text}, {place}"
    else:
        marks.append("not verified")
    if paragraph and status is Verification.CARRIED_FORWARD:
        marks.append("carried forward")
    if marks:
        text += f" ({', '.join(marks)})"
    return CitationGiven(source.id, source.title, paragraph, str(status), text)


def not_settled(program: Program, rule: Rule, statuses: Mapping[str, Status]) -> str:
    """What the texts leave open of a finding that the rule rules out, in a sentence; or nothing."""
    told = rule.not_settled
    if told is None or statuses[rule.finding] is not Status.RULED_OUT:
        return ""
    if statuses.get(told.where) is not Status.ESTABLISHED:
        return ""
    return program.rulebook.contradictions[told.see].sentence


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
