"""Which neighbours a question, a process, a clock, a source and a contradiction have."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache

from engine.rulebook import Clock, Stage
from webforms.rulebook.catalogue import Catalogue, Placed
from webforms.rulebook.editions import editions_of
from webforms.rulebook.neighbourhood import Line, Neighbourhood, Place, neighbourhood
from webforms.rulebook.references import WORDS, Kind, Ref


def around(catalogue: Catalogue, ref: Ref) -> Neighbourhood | None:
    """The neighbourhood of a page; None for a kind whose pages have a drawing of their own."""
    match ref.kind:
        case Kind.QUESTION:
            return _question(catalogue, ref)
        case Kind.PROCESS:
            return _process(catalogue, ref)
        case Kind.CLOCK:
            return _clock(catalogue, ref)
        case Kind.SOURCE | Kind.CONTRADICTION:
            return _cited(catalogue, ref)
        case _:
            return None


def _question(catalogue: Catalogue, ref: Ref) -> Neighbourhood:
    """Stages that ask it → the question → findings that read it → what rests on these."""
    here = _place(catalogue, ref, "This question")
    stages = catalogue.rulebook.stages.values()
    before = [_stage(each, "Asked at the stage") for each in stages if ref.id in each.questions]
    before += [
        _place(catalogue, each, "Asked with the question") for each in catalogue.entries[ref].needs
    ]
    readers = _readers(catalogue).get(ref, ())
    findings = [each for each in readers if each.kind is Kind.FINDING]
    details = [
        _place(catalogue, each, "Question asked with it")
        for each in readers
        if each.kind is Kind.QUESTION
    ]
    after = [*(_place(catalogue, each) for each in findings), *details]
    further, lines = _resting_on(catalogue, findings, _of_the_same_editions(catalogue, ref))
    for finding in findings:
        for stage in stages:
            if finding.id in stage.decides:
                settled = _stage(stage, "Settled at the stage")
                further.append(settled)
                lines.append((_place(catalogue, finding), settled))
    return _joined(catalogue, [before, [here], after, further], here, lines)


def _process(catalogue: Catalogue, ref: Ref) -> Neighbourhood:
    """What its finding reads → the finding → the process → its clocks, and where it is told."""
    here = _place(catalogue, ref, "This process")
    findings = catalogue.entries[ref].needs
    reads: list[Place] = []
    lines: list[Line] = []
    for finding in findings:
        for each in catalogue.entries[finding].needs:
            reads.append(_place(catalogue, each))
            lines.append((reads[-1], _place(catalogue, finding)))
    clocks = [each for each in catalogue.entries[ref].mentions if each.kind is Kind.CLOCK]
    after = [_place(catalogue, each) for each in clocks]
    after += _stages_of_process(catalogue, ref)
    before = [_place(catalogue, each) for each in findings]
    return _joined(catalogue, [reads, before, [here], after], here, lines)


def _clock(catalogue: Catalogue, ref: Ref) -> Neighbourhood:
    """What starts it, and what its step depends on → the clock → where it is told → at which stage.

    Beside the places where it is told stands the event that meets it.
    """
    here = _place(catalogue, ref, "This clock")
    placed = catalogue.clocks(ref.id)
    clocks = list(dict.fromkeys(clock for each in placed for clock in each.step.clocks))
    several = len({(clock.within, clock.unit) for clock in clocks}) > 1
    before = [_start(catalogue, clock, tell_limit=several) for clock in clocks]
    before += [
        _place(catalogue, each, "Depends on the finding") for each in catalogue.entries[ref].needs
    ]
    after: list[Place] = []
    stages: list[Place] = []
    lines: list[Line] = []
    for each in placed:
        where = _where(catalogue, each)
        after.append(where)
        for stage in _stages_of(catalogue, each):
            stages.append(stage)
            lines.append((where, stage))
    events = dict.fromkeys(clock.met_by for clock in clocks if clock.met_by)
    after += [_event(catalogue, each, "Met by") for each in events]
    return _joined(catalogue, [before, [here], after, stages], here, lines)


def _cited(catalogue: Catalogue, ref: Ref) -> Neighbourhood:
    """A source or a contradiction → what rests on it; of that, what rests on its findings last.

    Rules are left out: each stands as the finding that it concludes. What rests on such a finding
    without citing the source is left out too: the finding may have other rules on other days. So
    are the questions of a contradiction: it is met in what their answers lead to. A contradiction
    that names another stands before it, and leads to it.
    """
    here = _place(catalogue, ref, f"This {WORDS[ref.kind][0].lower()}")
    needed_by = catalogue.needed_by.get(ref, ())
    before = [_place(catalogue, each) for each in needed_by if each.kind is Kind.CONTRADICTION]
    left_out = {Kind.RULE, Kind.CONTRADICTION}
    if ref.kind is Kind.CONTRADICTION:
        left_out.add(Kind.QUESTION)
    direct = [each for each in needed_by if each.kind not in left_out]
    findings = [each for each in direct if each.kind is Kind.FINDING]
    further, lines = _resting_on(catalogue, findings, set(direct))
    last = {place.ref for place in further}
    first = [_place(catalogue, each) for each in direct if each not in last]
    first += [_place(catalogue, each) for each in catalogue.entries[ref].mentions]
    return _joined(catalogue, [before, [here], first, further], here, lines)


def _joined(
    catalogue: Catalogue, columns: list[list[Place]], here: Place, lines: list[Line]
) -> Neighbourhood:
    """The columns, with a line between the page itself and each of its nearest neighbours."""
    at = columns.index([here])
    before = columns[at - 1] if at else []
    after = columns[at + 1] if at + 1 < len(columns) else []
    lines = [*lines, *((each, here) for each in before), *((here, each) for each in after)]
    routes = {
        route.id: catalogue.rulebook.stages[route.stage] for route in catalogue.rulebook.routes
    }
    return neighbourhood(
        columns, here, lines, lambda ref: (routes[ref.id].id, routes[ref.id].title)
    )


def _resting_on(
    catalogue: Catalogue, findings: Iterable[Ref], wanted: Container[Ref]
) -> tuple[list[Place], list[Line]]:
    """What of the wanted rests on findings, itself or through others, and the lines to it."""
    lines = [
        (_place(catalogue, finding), _place(catalogue, each))
        for finding in findings
        for each in _reached(catalogue, finding)
        if each in wanted
    ]
    in_order = {ref: index for index, ref in enumerate(catalogue.entries)}
    found = dict.fromkeys(place for _, place in lines)
    return sorted(found, key=lambda each: in_order[each.ref] if each.ref else 0), lines


def _of_the_same_editions(catalogue: Catalogue, question: Ref) -> set[Ref]:
    """All pages but the routes of editions that do not ask the question.

    A finding can have a rule in each edition, of which only some read the question.
    """
    used = editions_of(catalogue.rulebook)
    asked = set(used.get(question, ()))
    return {
        ref
        for ref in catalogue.entries
        if ref.kind is not Kind.ROUTE or not asked or asked & set(used.get(ref, asked))
    }


def _reached(catalogue: Catalogue, finding: Ref) -> list[Ref]:
    readers = _readers(catalogue)
    seen: dict[Ref, None] = {}
    waiting = [finding]
    while waiting:
        for each in readers.get(waiting.pop(), ()):
            if each not in seen:
                seen[each] = None
                waiting.append(each)
    return [each for each in seen if each.kind in (Kind.ROUTE, Kind.PROCESS, Kind.CLOCK)]


@lru_cache(maxsize=4)
def _readers(catalogue: Catalogue) -> dict[Ref, tuple[Ref, ...]]:
    """What reads a question or a finding in its own test. A rule is read as its finding."""
    kinds = (Kind.FINDING, Kind.ROUTE, Kind.PROCESS, Kind.CLOCK, Kind.QUESTION)
    found: dict[Ref, list[Ref]] = {}
    for entry in catalogue.entries.values():
        if entry.ref.kind in kinds:
            for ref in entry.needs:
                found.setdefault(ref, []).append(entry.ref)
    return {ref: tuple(by) for ref, by in found.items()}


def _place(catalogue: Catalogue, ref: Ref, kind: str = "") -> Place:
    title = catalogue.entries[ref].title
    return Place(kind or WORDS[ref.kind][0], title, ref.address, ref)


def _stage(stage: Stage, kind: str) -> Place:
    ref = Ref(Kind.STAGE, stage.id)
    return Place(kind, stage.title, ref.address, ref)


def _event(catalogue: Catalogue, event: str, kind: str, more: str = "") -> Place:
    label = catalogue.rulebook.event_dates[event].label
    return Place(kind, f"{label}{more}", f"/rules/dates#date-{event}")


def _start(catalogue: Catalogue, clock: Clock, *, tell_limit: bool) -> Place:
    unit = clock.unit if clock.within != 1 else clock.unit.removesuffix("s")
    limit = f" ({clock.within} {unit})" if tell_limit else ""
    return _event(catalogue, clock.of, "Runs back from" if clock.before else "Starts with", limit)


def _where(catalogue: Catalogue, placed: Placed) -> Place:
    every = "Every route of the stage" if placed.where.kind is Kind.STAGE else ""
    return _place(catalogue, placed.where, every)


def _stages_of(catalogue: Catalogue, placed: Placed) -> list[Place]:
    """The stages at which a placed step is told; of a stage itself, no further one."""
    rulebook, where = catalogue.rulebook, placed.where
    match where.kind:
        case Kind.ROUTE:
            names = [each.stage for each in rulebook.routes if each.id == where.id]
        case Kind.AREA:
            names = [
                each.stage
                for overlay in rulebook.overlays
                if overlay.area == where.id
                for each in overlay.placements
                if each.step == placed.step
            ]
        case Kind.PROCESS:
            return _stages_of_process(catalogue, where)
        case _:
            names = []
    return [_stage(rulebook.stages[each], "At the stage") for each in names]


def _stages_of_process(catalogue: Catalogue, ref: Ref) -> list[Place]:
    stages = catalogue.rulebook.stages.values()
    return [
        *(
            _stage(each, "Settled at the stage")
            for each in stages
            if ref.id in each.asked_processes
        ),
        *(
            _stage(each, "Told of at the stage")
            for each in stages
            if ref.id in each.shown_processes
        ),
    ]
