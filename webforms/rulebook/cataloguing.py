"""Makes the catalogue from the rulebook, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from engine.rulebook import (
    Citation,
    Contradiction,
    Form,
    Group,
    LearningOption,
    Method,
    Overlay,
    Process,
    Rule,
    Rulebook,
    Stage,
    Step,
)
from engine.wording import fill
from webforms.rulebook import in_words
from webforms.rulebook.catalogue import (
    NATIONAL,
    Catalogue,
    Entry,
    Placed,
    all_processes,
    all_rules,
    clock_words,
    first_sentence,
    words_of,
)
from webforms.rulebook.references import Kind, Ref

# What can encode a numbered statement of a source.
Encoding = Rule | Step | Group | LearningOption | Form | Method


@lru_cache(maxsize=4)
def catalogue(rulebook: Rulebook) -> Catalogue:
    """The catalogue of a rulebook."""
    return _Making(rulebook).made()


class _Making:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.words = words_of(rulebook)
        self.rules_of: dict[str, tuple[Rule, ...]] = {}
        for rule in all_rules(rulebook):
            self.rules_of[rule.finding] = (*self.rules_of.get(rule.finding, ()), rule)
        self.sentences = {
            # The newest wording speaks for a finding that several editions conclude.
            finding: fill(max(rules, key=lambda each: each.in_force.start).sentence, self.words)
            for finding, rules in self.rules_of.items()
        }
        self.placed = tuple(self._placed())
        self.steps: dict[str, tuple[Placed, ...]] = {}
        for each in self.placed:
            self.steps[each.step.id] = (*self.steps.get(each.step.id, ()), each)

    def made(self) -> Catalogue:
        entries = {entry.ref: entry for entry in self._entries()}
        needed_by: dict[Ref, dict[Ref, None]] = {}
        for entry in entries.values():
            for ref in _leads_to(entry):
                if ref != entry.ref:
                    needed_by.setdefault(ref, {})[entry.ref] = None
        return Catalogue(
            rulebook=self.rulebook,
            entries=entries,
            needed_by={ref: tuple(by) for ref, by in needed_by.items()},
            steps=self.steps,
            sentences=self.sentences,
            rules_of=self.rules_of,
        )

    def _placed(self) -> Iterator[Placed]:
        for stage in self.rulebook.stages.values():
            for step in stage.steps_for_every_route:
                yield Placed(step, Ref(Kind.STAGE, stage.id))
        for route in self.rulebook.routes:
            for step in route.steps:
                yield Placed(step, Ref(Kind.ROUTE, route.id))
        for process in all_processes(self.rulebook):
            for step in process.steps:
                yield Placed(step, Ref(Kind.PROCESS, process.id))
        for overlay in self.rulebook.overlays:
            for placement in overlay.placements:
                yield Placed(placement.step, Ref(Kind.AREA, overlay.area))

    def _entries(self) -> Iterator[Entry]:
        yield from map(self._stage, self.rulebook.stages.values())
        yield from self._routes()
        yield from (self._finding(*each) for each in self.rules_of.items())
        yield from map(self._rule, all_rules(self.rulebook))
        yield from self._questions()
        yield from self._processes()
        yield from self._clocks()
        for source in self.rulebook.sources.values():
            yield Entry(Ref(Kind.SOURCE, source.id), source.title, (source.short, source.note))
        yield from map(self._contradiction, self.rulebook.contradictions.values())
        yield from map(self._area, self.rulebook.overlays)

    def _stage(self, stage: Stage) -> Entry:
        routes = (each.id for each in self.rulebook.routes if each.stage == stage.id)
        processes = (*stage.asked_processes, *stage.shown_processes)
        return Entry(
            Ref(Kind.STAGE, stage.id),
            stage.title,
            (stage.ask, stage.whom),
            _citations_of(stage.steps_for_every_route),
            needs=tuple(Ref(Kind.QUESTION, each) for each in stage.questions),
            mentions=(
                *(Ref(Kind.ROUTE, each) for each in routes),
                *(Ref(Kind.FINDING, each) for each in stage.decides),
                *(Ref(Kind.PROCESS, each) for each in processes),
                *_steps_lead_to(stage.steps_for_every_route),
            ),
            rests_on=(
                *_rests_on(stage.steps_for_every_route),
                *(
                    each
                    for note in self.rulebook.notes
                    if stage.id in note.stages
                    for each in note.rests_on
                ),
            ),
            statements=_statements(stage.steps_for_every_route),
        )

    def _routes(self) -> Iterator[Entry]:
        for route in self.rulebook.routes:
            yield Entry(
                Ref(Kind.ROUTE, route.id),
                fill(route.title, self.words),
                (
                    fill(route.summary, self.words),
                    *(fill(f"{step.do} {step.note}", self.words) for step in route.steps),
                ),
                (*route.citations, *_citations_of(route.steps)),
                needs=in_words.needs(route.when),
                mentions=_steps_lead_to(route.steps),
                rests_on=(*route.rests_on, *_rests_on(route.steps)),
                strength=route.strength,
                statements=_statements(route.steps),
            )

    def _finding(self, finding: str, rules: tuple[Rule, ...]) -> Entry:
        return Entry(
            Ref(Kind.FINDING, finding),
            self.sentences[finding],
            citations=tuple(cited for rule in rules for cited in rule.citations),
            needs=tuple(dict.fromkeys(ref for rule in rules for ref in in_words.needs(rule.when))),
            mentions=tuple(Ref(Kind.RULE, rule.id) for rule in rules),
            rests_on=tuple(each for rule in rules for each in rule.rests_on),
            statements=_statements(rules),
        )

    def _rule(self, rule: Rule) -> Entry:
        return Entry(
            Ref(Kind.RULE, rule.id),
            fill(rule.sentence, self.words),
            (fill(rule.paraphrase, self.words),),
            rule.citations,
            needs=in_words.needs(rule.when),
            mentions=(Ref(Kind.FINDING, rule.finding),),
            rests_on=rule.rests_on,
            strength=rule.strength,
            statements=rule.statements,
        )

    def _questions(self) -> Iterator[Entry]:
        # What a rule rests on, the questions whose answers it uses rest on with it.
        rests_on: dict[Ref, dict[str, None]] = {}
        for rule in all_rules(self.rulebook):
            for ref in in_words.needs(rule.when):
                rests_on.setdefault(ref, {}).update(dict.fromkeys(rule.rests_on))
        for each in self.rulebook.questions.values():
            options = tuple(f"{option.text} {option.hint}" for option in each.options)
            needs = (Ref(Kind.QUESTION, each.detail_of),) if each.detail_of else ()
            yield Entry(
                Ref(Kind.QUESTION, each.id),
                fill(each.text, self.words),
                tuple(
                    fill(text, self.words)
                    for text in (each.label, each.hint, each.why, each.explanation, *options)
                ),
                each.citations,
                needs=needs,
                rests_on=tuple(rests_on.get(Ref(Kind.QUESTION, each.id), ())),
            )

    def _processes(self) -> Iterator[Entry]:
        together: dict[str, list[Process]] = {}
        for process in all_processes(self.rulebook):
            together.setdefault(process.id, []).append(process)
        for name, versions in together.items():
            newest = max(versions, key=lambda each: each.in_force.start)
            steps = tuple(step for each in versions for step in each.steps)
            yield Entry(
                Ref(Kind.PROCESS, name),
                fill(newest.title, self.words),
                (
                    *(fill(each.summary, self.words) for each in versions),
                    *(fill(f"{step.do} {step.note}", self.words) for step in steps),
                ),
                (*(cited for each in versions for cited in each.citations), *_citations_of(steps)),
                needs=tuple(dict.fromkeys(Ref(Kind.FINDING, each.finding) for each in versions)),
                mentions=_steps_lead_to(steps),
                rests_on=(
                    *(each for version in versions for each in version.rests_on),
                    *_rests_on(steps),
                ),
                strength=newest.strength,
                statements=_statements(steps),
            )

    def _clocks(self) -> Iterator[Entry]:
        for name, placed in self.steps.items():
            steps = tuple(dict.fromkeys(each.step for each in placed if each.step.clocks))
            if not steps:
                continue
            area = next((each.where.id for each in placed if each.where.kind is Kind.AREA), "")
            local = words_of(self.rulebook, area or NATIONAL)
            limits = [clock_words(self.rulebook, clock) for step in steps for clock in step.clocks]
            limit = limits[0]
            yield Entry(
                Ref(Kind.CLOCK, name),
                f"{limit[:1].upper()}{limit[1:]}: {fill(first_sentence(steps[0].do), local)}",
                (
                    *dict.fromkeys(limits),
                    *(fill(f"{step.do} {step.who} {step.note}", local) for step in steps),
                ),
                _citations_of(steps),
                needs=tuple(
                    dict.fromkeys(ref for step in steps for ref in in_words.needs(step.when))
                ),
                rests_on=_rests_on(steps),
                strength=steps[0].strength,
                statements=_statements(steps),
            )

    def _contradiction(self, each: Contradiction) -> Entry:
        text = (*each.positions, each.reading, each.reason, each.sentence)
        named = re.findall(r"[A-Z][A-Z-]*[0-9]+", f"{each.reading} {each.reason}")
        return Entry(
            Ref(Kind.CONTRADICTION, each.id),
            each.title,
            text,
            mentions=tuple(
                Ref(Kind.CONTRADICTION, name)
                for name in dict.fromkeys(named)
                if name in self.rulebook.contradictions and name != each.id
            ),
        )

    def _area(self, overlay: Overlay) -> Entry:
        steps = tuple(each.step for each in overlay.placements)
        return Entry(
            Ref(Kind.AREA, overlay.area),
            overlay.title,
            overlay.notes,
            (Citation(overlay.source, ""), *_citations_of(steps)),
            mentions=(
                *_steps_lead_to(steps),
                *(Ref(Kind.RULE, rule.id) for rule in overlay.widenings),
                *(Ref(Kind.PROCESS, process.id) for process in overlay.processes),
            ),
            rests_on=_rests_on(steps),
            statements=_statements(
                (
                    *steps,
                    *overlay.groups,
                    *overlay.options,
                    *overlay.forms,
                    *overlay.methods,
                )
            ),
        )


def _steps_lead_to(steps: Iterable[Step]) -> tuple[Ref, ...]:
    """The findings on which steps depend, and the pages of their clocks."""
    found: dict[Ref, None] = {}
    for step in steps:
        found |= dict.fromkeys(in_words.needs(step.when))
        if step.clocks:
            found[Ref(Kind.CLOCK, step.id)] = None
    return tuple(found)


def _citations_of(steps: Iterable[Step]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited for step in steps for cited in step.citations))


def _rests_on(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(each for step in steps for each in step.rests_on)


def _statements(parts: Iterable[Encoding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part.statements))


def _leads_to(entry: Entry) -> Iterator[Ref]:
    yield from entry.needs
    yield from entry.mentions
    yield from (Ref(Kind.SOURCE, each.source) for each in entry.citations)
    yield from (Ref(Kind.CONTRADICTION, each) for each in entry.rests_on)
