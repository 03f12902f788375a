"""The assessment: findings, route, processes, rationale and warnings for one case.

Three evaluators read the same rules. What durable-rules fired is what is recorded; it has to
agree with the kernel, and both have to be confirmed by the diagrams. Where they differ, no
recommendation is given and the assessment carries the fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.answers import Answer, Case
from engine.clock import WorkingDays
from engine.edition import program_for
from engine.expression import Status, findings_in
from engine.faults import DurableRulesFault
from engine.firing import Fired, Trace, firing_of
from engine.journey import Journey, journey, matters
from engine.kernel import kernel_of
from engine.program import Program
from engine.rationale import rationale
from engine.readings import Readings, readings_of
from engine.results import (
    Assessment,
    ContradictionGiven,
    FindingGiven,
    OpenQuestion,
    PathAnswer,
    ProcessGiven,
    RouteGiven,
)
from engine.rulebook import Process, Rulebook, Verification
from engine.telling import Telling, citations, holds, not_settled, verification
from engine.warning import warnings_for
from engine.wording import FROM_ANSWERS


def assess(rulebook: Rulebook, case: Case, working_days: WorkingDays) -> Assessment:
    """The assessment of a case.

    A question that has not been asked counts as not known; while one could still change the
    route, the route given is marked as not certain. Raises `engine.answers.BadCase` when no
    edition governs the dates.
    """
    program = program_for(rulebook, case)
    trip = journey(program, case.answers)
    statuses, routes = kernel_of(program).statuses(trip.known)
    telling = Telling(program, case.dates, working_days, _answer_words(program, case.answers))
    fired: tuple[Fired, ...] = ()
    try:
        trace = firing_of(program).run(trip.known, tuple(each.finding for each in program.findings))
        fired = trace.fired
        fault = disagreement(program, trip.known, statuses, routes, trace)
    except DurableRulesFault as problem:
        fault = f"The rule engine failed: {problem}"

    route = None if fault else _route(program, trip, telling, statuses, routes[0])
    findings = tuple(_finding(program, name, statuses) for name in statuses)
    processes = tuple(_process(each, program, telling, statuses) for each in program.processes)
    return Assessment(
        stage=program.stage.id,
        stage_title=program.stage.title,
        edition=program.edition.id,
        edition_title=program.edition.title,
        edition_status=str(program.edition.status),
        overlay=program.overlay.id,
        overlay_title=program.overlay.title,
        area=case.area,
        dates=tuple(case.dates.items()),
        rules_version=rulebook.version,
        route=route,
        findings=findings,
        processes=tuple(sorted(processes, key=lambda each: not each.first)),
        path=tuple(path_answer(program, trip, case.answers, each) for each in trip.path),
        open=open_questions(program, trip),
        set_aside=tuple(path_answer(program, trip, case.answers, each) for each in trip.set_aside),
        rationale=() if fault else rationale(program, fired, case.answers, statuses),
        contradictions=_contradictions(program, route, findings, processes, statuses),
        warnings=warnings_for(program, case, findings, statuses),
        fault=fault,
    )


def disagreement(
    program: Program,
    known: Mapping[str, str],
    statuses: Mapping[str, Status],
    routes: tuple[str, ...],
    trace: Trace,
) -> str:
    """What the evaluators disagree on, in a sentence; empty when they are at one."""
    for finding, status in statuses.items():
        if trace.statuses[finding] is not status:
            return (
                f"The evaluators disagree on '{finding}': the kernel says {status}, "
                f"durable-rules says {trace.statuses[finding]}."
            )
    if set(trace.routes) != set(routes):
        return (
            f"The evaluators disagree on the route: the kernel takes {_listed(routes)}, "
            f"durable-rules takes {_listed(trace.routes)}."
        )
    if len(routes) != 1:
        return f"Exactly one route has to hold, and these do: {_listed(routes)}."
    return _unconfirmed(readings_of(program), known, statuses, routes[0])


def _listed(routes: tuple[str, ...]) -> str:
    return ", ".join(routes) or "none"


def _unconfirmed(
    readings: Readings, known: Mapping[str, str], statuses: Mapping[str, Status], route: str
) -> str:
    with readings.lock:
        # What has not been asked counts as not known, as it did for the other two.
        full = {question: known.get(question, "not known") for question in readings.questions}
        for finding, status in statuses.items():
            left = readings.read(readings.status[finding], full)
            if left != status:
                return f"The diagram of '{finding}' says {left}, the kernel says {status}."
        left = readings.read(readings.route, full)
    if left != route:
        return f"The diagram of the routes says {left}, the kernel says {route}."
    return ""


def _answer_words(program: Program, answers: Mapping[str, Answer]) -> dict[str, str]:
    names = dict(program.rulebook.authorities)
    words = dict(FROM_ANSWERS)
    for detail in program.details:
        parent = answers.get(detail.detail_of or "")
        if parent == detail.detail_when and answers.get(detail.id) in names:
            words["incident_authority"] = names[str(answers[detail.id])]
    return words


def _route(
    program: Program,
    trip: Journey,
    telling: Telling,
    statuses: Mapping[str, Status],
    chosen: str,
) -> RouteGiven:
    route = next(each for each in program.routes if each.id == chosen)
    readings = readings_of(program)
    with readings.lock:
        certain = readings.diagrams.is_constant(readings.restrict(readings.route, trip.known))
    return RouteGiven(
        id=route.id,
        title=route.title,
        summary=route.summary,
        strength=str(route.strength),
        certain=certain,
        citations=citations(program, route.citations, route.strength),
        steps=tuple(telling.step(step) for step in route.steps if holds(step.when, statuses)),
        rests_on=route.rests_on,
    )


def _finding(program: Program, name: str, statuses: Mapping[str, Status]) -> FindingGiven:
    rules = next(each for each in program.findings if each.finding == name)
    rule = rules.rule
    return FindingGiven(
        id=name,
        sentence=rule.sentence,
        status=statuses[name],
        strength=str(rule.strength),
        citations=tuple(
            given
            for each in rules.rules
            for given in citations(program, each.citations, each.strength)
        ),
        verified=all(
            verification(program, each.citations[0]) is Verification.READ for each in rules.rules
        ),
        paraphrase=rule.paraphrase,
        rule=" and ".join(each.id for each in rules.rules),
        rests_on=rule.rests_on,
        not_settled=not_settled(program, rule, statuses),
    )


def _process(
    process: Process, program: Program, telling: Telling, statuses: Mapping[str, Status]
) -> ProcessGiven:
    status = statuses[process.finding]
    steps = () if status is Status.RULED_OUT else process.steps
    return ProcessGiven(
        id=process.id,
        title=process.title,
        summary=process.summary,
        status=status,
        decider=process.decider,
        strength=str(process.strength),
        citations=citations(program, process.citations, process.strength),
        steps=tuple(telling.step(step) for step in steps if holds(step.when, statuses)),
        first=process.first,
        verified=verification(program, process.citations[0]) is Verification.READ,
        rests_on=process.rests_on,
    )


def path_answer(
    program: Program, trip: Journey, answers: Mapping[str, Answer], question: str
) -> PathAnswer:
    """An answer in words, and whether it could still change what is decided."""
    asked = next((each for each in program.asked if each.question.id == question), None)
    shown = asked.question if asked else program.rulebook.questions[question]
    value = answers[question]
    if asked:
        words = asked.words_of(value)
    else:
        options = {option.value: option.text for option in shown.options}
        words = (options | dict(program.rulebook.authorities)).get(str(value), str(value))
    readings = readings_of(program)
    with readings.lock:
        mattering = question in trip.path and matters(readings, trip.known, question)
    return PathAnswer(question, shown.label, shown.text, str(value), words, mattering)


def open_questions(program: Program, trip: Journey) -> tuple[OpenQuestion, ...]:
    """The questions that still matter: those asked and not known, and those not asked yet."""
    still = {**dict.fromkeys(trip.not_known, True), **dict.fromkeys(trip.open, False)}
    return tuple(
        OpenQuestion(
            question=asked.question.id,
            text=asked.question.text,
            label=asked.question.label,
            asked=still[asked.question.id],
            find_out=asked.question.find_out,
            ask_whom=asked.question.ask_whom,
        )
        for asked in program.asked
        if asked.question.id in still
    )


def _contradictions(
    program: Program,
    route: RouteGiven | None,
    findings: tuple[FindingGiven, ...],
    processes: tuple[ProcessGiven, ...],
    statuses: Mapping[str, Status],
) -> tuple[ContradictionGiven, ...]:
    """The register's entries on which this result rests."""
    entries: dict[str, None] = {}
    if route is not None:
        entries.update(dict.fromkeys(route.rests_on))
        for step in route.steps:
            entries.update(dict.fromkeys(step.rests_on))
        behind = _behind(program, route.id)
        for finding in findings:
            if finding.id in behind and statuses[finding.id] is not Status.RULED_OUT:
                entries.update(dict.fromkeys(finding.rests_on))
    for process in processes:
        if process.status is Status.ESTABLISHED:
            entries.update(dict.fromkeys(process.rests_on))
            for step in process.steps:
                entries.update(dict.fromkeys(step.rests_on))
    register = program.rulebook.contradictions
    return tuple(
        ContradictionGiven(each, register[each].title, register[each].sentence) for each in entries
    )


@lru_cache(maxsize=1024)
def _behind(program: Program, route: str) -> frozenset[str]:
    """The findings on which a route rests, directly or through others."""
    rests_on = {each.finding: findings_in(each.when) for each in program.findings}
    condition = next(each.when for each in program.routes if each.id == route)
    wanted, behind = list(findings_in(condition)), set[str]()
    while wanted:
        name = wanted.pop()
        if name not in behind:
            behind.add(name)
            wanted += rests_on[name]
    return frozenset(behind)
