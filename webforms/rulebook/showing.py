"""What the pages show of rules, steps and clocks: words filled in, citations made ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from engine.results import CitationGiven
from engine.rulebook import Clock, Process, Rule, Step
from engine.wording import fill
from webforms.rulebook import citing, days, tree_drawing
from webforms.rulebook.catalogue import Catalogue, Placed, clock_words, words_of
from webforms.rulebook.in_words import Told
from webforms.rulebook.references import Kind, Ref


@dataclass(frozen=True)
class RuleShown:
    """A rule: what it says, where, since when, and what it needs, told and drawn.

    `not_settled` has the finding that leaves it open whether this is rightly ruled out, and the
    entry of the register that says so.
    """

    ref: Ref
    sentence: str
    paraphrase: str
    strength: str
    citations: tuple[CitationGiven, ...]
    in_force: str
    told: Told
    picture: Markup
    not_settled: tuple[Ref, Ref] | None = None


@dataclass(frozen=True)
class ReadingShown:
    """One reading of a clock."""

    words: str
    note: str
    number: int
    unit: str
    before: bool
    after: bool
    starts: str
    start_event: str
    met_by: str
    met_event: str


@dataclass(frozen=True)
class StepShown:
    """A step, with the page of its clock where it has one."""

    id: str
    do: str
    who: str
    by: str
    readings: tuple[ReadingShown, ...]
    strength: str
    citations: tuple[CitationGiven, ...]
    note: str
    when: Told | None
    clock: Ref | None
    rests_on: tuple[str, ...]
    used: str


@dataclass(frozen=True)
class ProcessShown:
    """One version of a process."""

    title: str
    summary: str
    decider: str
    strength: str
    citations: tuple[CitationGiven, ...]
    in_force: str
    finding: Ref
    steps: tuple[StepShown, ...]


def rule(catalogue: Catalogue, each: Rule, number: int = 1) -> RuleShown:
    """A rule. `number` keeps the ids of several drawings on one page apart."""
    words = words_of(catalogue.rulebook)
    told = catalogue.told(each.when)
    sentence = fill(each.sentence, words)
    return RuleShown(
        ref=Ref(Kind.RULE, each.id),
        sentence=sentence,
        paraphrase=fill(each.paraphrase, words),
        strength=str(each.strength),
        citations=citing.shown(catalogue.rulebook, each.citations, each.strength),
        in_force=days.in_force(catalogue.rulebook, each),
        told=told,
        picture=tree_drawing.draw(told, f"What this needs: {sentence}", f"tree-{number}"),
        not_settled=_not_settled(each),
    )


def _not_settled(each: Rule) -> tuple[Ref, Ref] | None:
    """Where a finding that is ruled out is not settled, and what the register says of it."""
    told = each.not_settled
    if told is None:
        return None
    return Ref(Kind.FINDING, told.where), Ref(Kind.CONTRADICTION, told.see)


def process(catalogue: Catalogue, each: Process) -> ProcessShown:
    words = words_of(catalogue.rulebook)
    return ProcessShown(
        title=fill(each.title, words),
        summary=fill(each.summary, words),
        decider=fill(each.decider, words),
        strength=str(each.strength),
        citations=citing.shown(catalogue.rulebook, each.citations, each.strength),
        in_force=days.in_force(catalogue.rulebook, each),
        finding=Ref(Kind.FINDING, each.finding),
        steps=steps(catalogue, each.steps, of=days.of_item(catalogue.rulebook, each)),
    )


def steps(
    catalogue: Catalogue,
    some: Iterable[Step],
    area: str = "none",
    of: days.Stretches = days.ALWAYS,
) -> tuple[StepShown, ...]:
    """Steps of what is used on the days `of`; one that is used on fewer of them says on which."""
    words = words_of(catalogue.rulebook, area)
    return tuple(_step(catalogue, each, words, of) for each in some)


def _step(catalogue: Catalogue, step: Step, words: dict[str, str], of: days.Stretches) -> StepShown:
    clock = Ref(Kind.CLOCK, step.id)
    used = days.shared(of, days.of_step(catalogue.rulebook, step))
    return StepShown(
        id=step.id,
        do=fill(step.do, words),
        who=fill(step.who, words),
        by=fill(step.by_words, words),
        readings=tuple(reading(catalogue, each) for each in step.clocks),
        strength=str(step.strength),
        citations=citing.shown(catalogue.rulebook, step.citations, step.strength),
        note=fill(step.note, words),
        when=catalogue.told(step.when) if step.when is not None else None,
        clock=clock if step.clocks else None,
        rests_on=step.rests_on,
        used="" if used == of else days.told(used),
    )


def reading(catalogue: Catalogue, clock: Clock) -> ReadingShown:
    events = catalogue.rulebook.event_dates
    met = events[clock.met_by] if clock.met_by else None
    return ReadingShown(
        words=clock_words(catalogue.rulebook, clock),
        note=clock.note,
        number=clock.within,
        unit=clock.unit,
        before=clock.before,
        after=clock.after,
        starts=events[clock.of].label,
        start_event=clock.of,
        met_by=met.label if met else "",
        met_event=met.id if met else "",
    )


def variants(catalogue: Catalogue, placed: Iterable[Placed]) -> list[tuple[StepShown, list[Ref]]]:
    """The versions of a step with the places of each, those that read alike together."""
    together: dict[Step, list[Ref]] = {}
    for each in placed:
        together.setdefault(each.step, []).append(each.where)
    return [
        (
            steps(
                catalogue,
                (step,),
                next((each.id for each in places if each.kind is Kind.AREA), "none"),
            )[0],
            list(dict.fromkeys(places)),
        )
        for step, places in together.items()
    ]
