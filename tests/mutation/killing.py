"""What kills a mutant: a check, a worked case whose expectation fails, or a proof.

A mutant that none of them kills is compared with the rules for every stage, area and stretch of
time. Where nothing that a person is told differs in any case, it is equivalent; otherwise it has
survived, and is a hole in the cases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from unittest import mock

import engine.assessment
from engine.assessment import assess
from engine.difference import Difference, differences
from engine.edition import (
    edition_on,
    epoch_of,
    epochs,
    governing_day,
    overlay_on,
    program_on,
    sources_in_force,
)
from engine.expression import findings_in
from engine.firing import Trace
from engine.kernel import kernel_of
from engine.mutation import Mutant, Operator
from engine.program import Program
from engine.proof import (
    duties_are_monotone,
    every_route_is_reached,
    every_step_is_settled,
    exactly_one_route,
    narrowed,
    no_review_is_compelled,
    no_strength_is_raised,
)
from engine.results import Assessment
from engine.rulebook import Process, Route, Rule, Rulebook, Step
from rules.calendar import england
from tests.fixtures.cases import TODAY, Worked, every, mismatches
from tests.mutation.strengths import differing, without_a_source

CASE, PROOF, CHECK = "killed by a case", "killed by a proof", "killed by a check"
EQUIVALENT, SURVIVED = "equivalent", "survived"
PROOFS = (
    exactly_one_route,
    every_route_is_reached,
    every_step_is_settled,
    no_review_is_compelled,
    duties_are_monotone,
)
# What a person is told; beside these, how a finding stands that the stage settles or shows.
TOLD = ("route", "process", "strength", "step", "clock")

# Where a program is looked up: stage, area, first day of a stretch of time.
Place = tuple[str, str, date]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant, and by what."""

    name: str
    kind: str
    operator: Operator
    fate: str
    by: str

    @property
    def survived(self) -> bool:
        return self.fate == SURVIVED


class _Quick:
    """Stands in for durable-rules: the kernel's own result, so that thousands of runs are cheap."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def run(self, known: dict[str, str], _findings: tuple[str, ...]) -> Trace:
        statuses, routes = kernel_of(self.program).statuses(known)
        return Trace((), statuses, routes)


@dataclass(frozen=True)
class _Mutated(Worked):
    """A worked case under a mutant's rules."""

    rulebook: Rulebook | None = None

    def assessment(self) -> Assessment:
        assert self.rulebook is not None
        return assess(self.rulebook, self.file.case, england())


class Killer:
    """Tries mutants of one rulebook against the worked cases, or some of them, and the proofs."""

    def __init__(self, rulebook: Rulebook, cases: tuple[Worked, ...] | None = None) -> None:
        self.rulebook = rulebook
        self.programs = _Programs(rulebook, self._rests_on)
        self.cases: dict[str, list[tuple[Place, Worked]]] = defaultdict(list)
        self.failing: list[str] = []
        self._decided: dict[str, object] = {}
        with mock.patch.object(engine.assessment, "firing_of", _Quick):
            for worked in every() if cases is None else cases:
                if not worked.refused:
                    self._add(worked)

    def _add(self, worked: Worked) -> None:
        """Keep a case to try mutants with; one that fails without any would kill them all."""
        if mismatches(_under(self.programs.rulebook(worked.file.case.stage), worked)):
            self.failing.append(worked.name)
            return
        case = worked.file.case
        stage = self.rulebook.stages[case.stage]
        day = governing_day(self.rulebook, stage, case)
        place = (case.stage, case.area, epoch_of(self.rulebook, day))
        self.cases[case.stage].append((place, worked))

    def fate(self, mutant: Mutant) -> Fate:
        """What becomes of a mutant."""
        fate, by = self._fate(mutant)
        return Fate(mutant.name, mutant.kind, mutant.operator, fate, by)

    def _fate(self, mutant: Mutant) -> tuple[str, str]:
        if mutant.operator is Operator.STRENGTH:
            if not no_strength_is_raised(mutant.rulebook).holds:
                return PROOF, "no strength is raised above its statements"
            if found := without_a_source(mutant.rulebook):
                return CHECK, f"only advice may cite nothing: {found}"
            if found := differing(mutant.rulebook):
                return CHECK, f"the register of strengths: {found}"
        with mock.patch.object(engine.assessment, "firing_of", _Quick):
            mutated = _Programs(mutant.rulebook, self._rests_on)
            if by := self._killing_case(mutant, mutated, by_the_kernel=True):
                return CASE, by
            changed = tuple(self._changed(mutant, mutated))
            told = next(_told(changed), None)
            if told is None:
                why = "nothing told differs in any case" if changed else "no program changes"
                return EQUIVALENT, why
            if by := _killing_proof(changed):
                return PROOF, by
            if by := self._killing_case(mutant, mutated, by_the_kernel=False):
                return CASE, by
            return SURVIVED, f"{told.stage}: {told.kind} {told.id} {told.what}: {told.example}"

    def _killing_case(
        self, mutant: Mutant, mutated: _Programs, *, by_the_kernel: bool
    ) -> str | None:
        """A case whose expectation fails, the likeliest first.

        A first pass only assesses those that the kernel decides otherwise, or whose route or
        processes have other steps; a second those that it left out.
        """
        cases = [
            each
            for stage in self._stages(mutant)
            for each in self.cases.get(stage, ())
            if self._is_there(mutant, each[0])
        ]
        # Then place by place, the one with most cases first: each has to be compiled.
        at = Counter(place for place, _ in cases)
        cases.sort(
            key=lambda each: (_likelihood(mutant, each[1]), at[each[0]], each[0]), reverse=True
        )
        for place, worked in cases:
            ours, theirs = self.programs.on(place), mutated.on(place)
            if ours.says_the_same_as(theirs):
                continue
            if self._decides_otherwise(worked, ours, theirs) is by_the_kernel and mismatches(
                _under(mutated.rulebook(place[0]), worked)
            ):
                return worked.name
        return None

    def _decides_otherwise(self, worked: Worked, ours: Program, theirs: Program) -> bool:
        before = self._decided.get(worked.name)
        if before is None:
            before = self._decided[worked.name] = _decided(ours, worked)
        return before != _decided(theirs, worked)

    def _is_there(self, mutant: Mutant, place: Place) -> bool:
        """Whether the changed part is in force at a place; if not, nothing can be changed there."""
        _, area, day = place
        match mutant.kind:
            case "overlay":
                return overlay_on(self.rulebook, area, day).id == mutant.part
            case "rule":
                rule = self._rules[mutant.part]
                carried = edition_on(self.rulebook, day).carries_forward
                return rule.in_force.covers(day) or rule.citations[0].source == carried
            case "route" | "step":
                route = self._routes[mutant.part]
                steps = [each for each in route.steps if each.id == mutant.item]
                cited = {each.source for item in steps or [route] for each in item.citations}
                return not cited or bool(cited & sources_in_force(self.rulebook, day))
            case _:
                return True

    def _stages(self, mutant: Mutant) -> tuple[str, ...]:
        """The stages that the changed part can touch."""
        match mutant.kind:
            case "route" | "step" | "stage":
                return (mutant.part.partition("/")[0],)
            case "overlay" if "/" in mutant.item:
                return (mutant.item.partition("/")[0],)
            case "rule":
                finding = self._rules[mutant.part].finding
                return tuple(each for each, rests in self._rests_on.items() if finding in rests)
            case "process":
                name = mutant.part.split()[0]
                return tuple(
                    each.id
                    for each in self.rulebook.stages.values()
                    if name in (*each.asked_processes, *each.shown_processes)
                )
            case _:
                return tuple(self.rulebook.stages)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rulebook.rules}

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return {f"{route.stage}/{route.id}": route for route in self.rulebook.routes}

    @cached_property
    def _rests_on(self) -> dict[str, set[str]]:
        """The findings on which each stage can rest, on any day, before anything is folded."""
        conclusions: dict[str, set[str]] = defaultdict(set)
        for rule in _all_rules(self.rulebook):
            conclusions[rule.finding] |= findings_in(rule.when)
        found = {}
        for stage in self.rulebook.stages.values():
            wanted = [*stage.decides]
            for item in _items(self.rulebook, stage.id):
                wanted += _conditions(item)
            rests: set[str] = set()
            while wanted:
                finding = wanted.pop()
                if finding not in rests:
                    rests.add(finding)
                    wanted += conclusions[finding]
            found[stage.id] = rests
        return found

    @cached_property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """By stage, every place whose program is made of other parts than the others' are.

        A program is made of nothing but what is compared here, so two places with the same key
        have the same program under the rules and under any mutant of them.
        """
        found: dict[str, tuple[Place, ...]] = {}
        for stage in self.rulebook.stages:
            seen: dict[object, Place] = {}
            for day in epochs(self.rulebook):
                if day > TODAY:
                    continue
                for overlay in self.rulebook.overlays:
                    if overlay.area == "none" or overlay.in_force.covers(day):
                        seen.setdefault(
                            self._made_of(stage, overlay.area, day), (stage, overlay.area, day)
                        )
            found[stage] = tuple(seen.values())
        return found

    def _made_of(self, stage: str, area: str, day: date) -> object:
        items = _items(self.rulebook, stage)
        sources = {each.source for item in items for each in _cited(item)}
        return (
            edition_on(self.rulebook, day).id,
            overlay_on(self.rulebook, area, day).id,
            sources_in_force(self.rulebook, day) & sources,
            *(
                rule.id
                for rule in _all_rules(self.rulebook)
                if rule.finding in self._rests_on[stage] and rule.in_force.covers(day)
            ),
            *(
                (index, each.id)
                for index, each in enumerate(items)
                if isinstance(each, Process) and each.in_force.covers(day)
            ),
        )

    def _changed(self, mutant: Mutant, mutated: _Programs) -> Iterator[tuple[Program, Program]]:
        """The programs that the mutant changes, before and after."""
        for stage in self._stages(mutant):
            for place in self.places[stage]:
                if not self._is_there(mutant, place):
                    continue
                ours, theirs = self.programs.on(place), mutated.on(place)
                if not ours.says_the_same_as(theirs):
                    yield ours, theirs


class _Programs:
    """The programs of one rulebook, compiled when they are asked for.

    A stage's is compiled from its own routes, and the rules on which it can rest, alone.
    """

    def __init__(self, rulebook: Rulebook, rests_on: dict[str, set[str]]) -> None:
        self._whole = rulebook
        self._rests_on = rests_on
        self._rulebooks: dict[str, Rulebook] = {}
        self._programs: dict[Place, Program] = {}

    def rulebook(self, stage: str) -> Rulebook:
        """The rulebook without what the stage cannot use."""
        if stage not in self._rulebooks:
            self._rulebooks[stage] = replace(
                self._whole,
                routes=tuple(each for each in self._whole.routes if each.stage == stage),
                rules=tuple(
                    each for each in self._whole.rules if each.finding in self._rests_on[stage]
                ),
            )
        return self._rulebooks[stage]

    def on(self, place: Place) -> Program:
        if place not in self._programs:
            self._programs[place] = program_on(self.rulebook(place[0]), *place)
        return self._programs[place]


def _under(rulebook: Rulebook, worked: Worked) -> _Mutated:
    return _Mutated(worked.name, worked.path, worked.file, rulebook)


def _decided(program: Program, worked: Worked) -> object:
    """What the kernel decides of a case, and the steps of its route and of its processes."""
    known = program.known_answers(worked.file.case.answers)
    statuses, routes = kernel_of(program).statuses(known)
    steps = tuple(each.steps for each in program.routes if each.id in routes)
    return statuses, routes, steps, tuple(each.steps for each in program.processes)


def _likelihood(mutant: Mutant, worked: Worked) -> tuple[bool, ...]:
    """Puts first the cases that are named after the part, then those that speak of it."""
    name = mutant.part.split("/")[-1].split(" ")[0]
    step = mutant.item.split("/")[-1]
    expect = worked.expect
    return (
        worked.name.startswith(f"rules/{name}-"),
        bool(step) and (step in expect.get("due", {}) or step in expect.get("without_steps", ())),
        name == expect.get("route") or name in expect.get("processes", {}),
        worked.folder == "mutants",
    )


def _killing_proof(changed: tuple[tuple[Program, Program], ...]) -> str | None:
    """A claim that held of the rules, and holds no longer."""
    for before, after in changed:
        for proof in PROOFS:
            if not proof(after).holds and (claim := proof(before)).holds:
                return claim.title
        if (lost := _narrowed(after)) and not _narrowed(before):
            return f"no local procedure narrows a national duty: {lost}"
    return None


def _narrowed(local: Program) -> str:
    if local.overlay.area == "none":
        return ""
    return narrowed(program_on(local.rulebook, local.stage.id, "none", local.day), local)


def _told(changed: tuple[tuple[Program, Program], ...]) -> Iterator[Difference]:
    """Differences in what a person is told: not in findings that decide nothing."""
    for before, after in changed:
        decided = {*before.decides, *before.shows}
        for each in differences(before, after):
            strength = each.kind == "finding" and each.what.startswith("strength")
            if each.kind in TOLD or strength or (each.kind == "finding" and each.id in decided):
                yield each


def _all_rules(rulebook: Rulebook) -> Iterator[Rule]:
    yield from rulebook.rules
    for overlay in rulebook.overlays:
        yield from overlay.widenings


def _items(rulebook: Rulebook, stage: str) -> tuple[Route | Process | Step, ...]:
    """The routes, processes and steps of a stage, of every day and area."""
    settings = rulebook.stages[stage]
    wanted = (*settings.asked_processes, *settings.shown_processes)
    local = [each for overlay in rulebook.overlays for each in overlay.processes]
    return (
        *settings.steps_for_every_route,
        *(route for route in rulebook.routes if route.stage == stage),
        *(each for each in (*rulebook.processes, *local) if each.id in wanted),
        *(
            placement.step
            for overlay in rulebook.overlays
            for placement in overlay.placements
            if placement.stage == stage
        ),
    )


def _conditions(item: Route | Process | Step) -> Iterator[str]:
    """The findings that an item names, its own steps included."""
    if isinstance(item, Process):
        yield item.finding
    elif item.when is not None:
        yield from findings_in(item.when)
    if not isinstance(item, Step):
        for step in item.steps:
            yield from _conditions(step)


def _cited(item: Route | Process | Step) -> Iterator[object]:
    yield from item.citations
    if not isinstance(item, Step):
        for step in item.steps:
            yield from step.citations
