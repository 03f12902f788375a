"""From the rules of one day to a program.

Constants are folded, ages cut into cells, local steps put in their places, local words filled in;
what the day's law does not know is left out, so that it is never asked about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.ages import Cell, cells, inside
from engine.expression import (
    Aged,
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
    findings_in,
    questions_in,
    rewrite,
    walk,
)
from engine.program import Asked, FindingRules, Program
from engine.rulebook import (
    Citation,
    Edition,
    Overlay,
    Placement,
    Process,
    Question,
    Route,
    Rule,
    Rulebook,
    Stage,
    Step,
)
from engine.wording import fill, filled_process, filled_question, filled_step

FALSE = Any(())
TRUE = All(())


def compiled_program(
    rulebook: Rulebook,
    stage: Stage,
    *,
    day: date,
    edition: Edition,
    overlay: Overlay,
    in_force: frozenset[str],
    rules: dict[str, tuple[Rule, ...]],
    processes: tuple[Process, ...],
) -> Program:
    """The program of a stage, from the rules (by finding) and processes in force."""
    words = dict(overlay.words)

    ages = _cells(rulebook, rules)
    findings = _folded(rules, ages)
    known = {each.finding for each in findings}

    wanted = (*stage.asked_processes, *stage.shown_processes)
    used_processes = tuple(
        filled_process(_used_process(process, known, in_force, day), words)
        for process in processes
        if process.finding in known and process.id in wanted
    )
    routes = _routes(rulebook, stage, overlay, known, in_force, day, words)
    decides = tuple(
        dict.fromkeys(
            finding
            for finding in (
                *stage.decides,
                *(each.finding for each in used_processes if each.id in stage.asked_processes),
            )
            if finding in known
        )
    )
    shows = tuple(each.finding for each in used_processes if each.finding not in decides)
    needed = needed_for(findings, routes, used_processes, (*decides, *shows))
    used = {question for each in needed for question in questions_in(each.when)}
    # Answers to questions that this stage does not ask can still inform the processes it shows.
    others = tuple(each for each in rulebook.questions if each not in stage.questions)
    asked = tuple(
        _asked(rulebook.questions[question], ages, words)
        for question in (*stage.questions, *others)
        if question in used
    )
    details = tuple(
        filled_question(rulebook.questions[question], words)
        for question in stage.questions
        if rulebook.questions[question].detail_of in used
    )
    return Program(
        rulebook=rulebook,
        day=day,
        stage=stage,
        edition=edition,
        overlay=overlay,
        in_force=in_force,
        asked=asked,
        details=details,
        findings=needed,
        routes=routes,
        processes=used_processes,
        decides=decides,
        shows=shows,
        words=words,
    )


def _cells(
    rulebook: Rulebook, concluded: dict[str, tuple[Rule, ...]]
) -> dict[str, tuple[Cell, ...]]:
    tests: dict[str, list[Aged]] = {}
    for rules in concluded.values():
        for rule in rules:
            for node in walk(rule.when):
                if isinstance(node, Aged):
                    tests.setdefault(node.question, []).append(node)
    return {
        question.id: cells(tests.get(question.id, []))
        for question in rulebook.questions.values()
        if question.kind == "age"
    }


def _folded(
    concluded: dict[str, tuple[Rule, ...]], ages: dict[str, tuple[Cell, ...]]
) -> tuple[FindingRules, ...]:
    """The findings in dependency order, each resting only on earlier ones.

    A finding that no rule in force concludes is false, and what rests on it is folded away; so a
    duty that an edition does not know is never asked about under it. What is then true whatever
    the answers stays, as a finding that is always established.
    """
    done: dict[str, Expression] = {}
    out: list[FindingRules] = []

    def leaf(node: Expression) -> Expression:
        if isinstance(node, Aged):
            return Answered(node.question, inside(node, ages[node.question]))
        if isinstance(node, Concluded):
            settle(node.finding)
            return node if done[node.finding] not in (TRUE, FALSE) else done[node.finding]
        return node

    def settle(finding: str) -> None:
        if finding in done:
            return
        if finding not in concluded:
            done[finding] = FALSE
            return
        rules = concluded[finding]
        parts = tuple(fold(rewrite(rule.when, leaf)) for rule in rules)
        when = fold(Any(parts)) if len(parts) > 1 else parts[0]
        done[finding] = when
        if when != FALSE:
            out.append(FindingRules(finding, when, rules))

    for finding in concluded:
        settle(finding)
    return tuple(out)


def fold(expression: Expression) -> Expression:
    """The same expression with constant parts folded away."""
    match expression:
        case All(parts):
            kept = [each for each in map(fold, parts) if each != TRUE]
            if FALSE in kept:
                return FALSE
            return kept[0] if len(kept) == 1 else All(tuple(kept))
        case Any(parts):
            kept = [each for each in map(fold, parts) if each != FALSE]
            if TRUE in kept:
                return TRUE
            return kept[0] if len(kept) == 1 else Any(tuple(kept))
        case Not(part):
            inner = fold(part)
            return FALSE if inner == TRUE else TRUE if inner == FALSE else Not(inner)
        case _:
            return expression


def _standing(expression: Expression, known: set[str]) -> Expression:
    """A route's condition with findings that no rule concludes taken as ruled out."""

    def leaf(node: Expression) -> Expression:
        if isinstance(node, Stands) and node.finding not in known:
            return TRUE if node.status is Status.RULED_OUT else FALSE
        return node

    return fold(rewrite(expression, leaf))


def _routes(
    rulebook: Rulebook,
    stage: Stage,
    overlay: Overlay,
    known: set[str],
    in_force: frozenset[str],
    day: date,
    words: dict[str, str],
) -> tuple[Route, ...]:
    routes = []
    for route in rulebook.routes:
        when = _standing(route.when, known)
        # A route whose every source has lapsed, or has not begun, is not of this edition.
        current = _current(route.citations, in_force)
        if route.stage != stage.id or when == FALSE or not current:
            continue
        steps = [*stage.steps_for_every_route, *route.steps]
        for placement in overlay.placements:
            if placement.stage == stage.id and (
                not placement.routes or route.id in placement.routes
            ):
                _place(steps, placement)
        kept = tuple(
            filled_step(step, words)
            for each in steps
            if (step := _used(each, known, in_force, day))
        )
        routes.append(
            replace(
                route,
                title=fill(route.title, words),
                summary=fill(route.summary, words),
                when=when,
                steps=kept,
                citations=current,
            )
        )
    return tuple(routes)


def _place(steps: list[Step], placement: Placement) -> None:
    where, _, beside = placement.place.partition(" ")
    ids = [step.id for step in steps]
    if where == "first":
        at = 0
    elif where == "last" or beside not in ids:
        at = len(steps)
    else:
        at = ids.index(beside) + (where == "after")
    steps.insert(at, placement.step)


def _used(step: Step, known: set[str], in_force: frozenset[str], day: date) -> Step | None:
    """The step as it stands on the day, or None when its sources or its condition rule it out."""
    citations = _current(step.citations, in_force)
    when = None if step.when is None else _standing(step.when, known)
    lapsed = (
        (step.citations and not citations)
        or (step.start is not None and day < step.start)
        or (step.until is not None and day > step.until)
    )
    if lapsed or when == FALSE:
        return None
    return replace(step, citations=citations, when=None if when == TRUE else when)


def _used_process(
    process: Process, known: set[str], in_force: frozenset[str], day: date
) -> Process:
    steps = tuple(step for each in process.steps if (step := _used(each, known, in_force, day)))
    return replace(process, steps=steps, citations=_current(process.citations, in_force))


def _current(citations: tuple[Citation, ...], in_force: frozenset[str]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if citation.source in in_force)


def needed_for(
    findings: tuple[FindingRules, ...],
    routes: tuple[Route, ...],
    processes: tuple[Process, ...],
    goals: tuple[str, ...],
) -> tuple[FindingRules, ...]:
    """The findings on which the stage rests, directly or through others."""
    rests_on = {each.finding: findings_in(each.when) for each in findings}
    conditions = [route.when for route in routes]
    items: tuple[Route | Process, ...] = (*routes, *processes)
    for item in items:
        conditions += [step.when for step in item.steps if step.when is not None]
    wanted = list({*goals, *(name for when in conditions for name in findings_in(when))})
    needed: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in needed and name in rests_on:
            needed.add(name)
            wanted += rests_on[name]
    return tuple(each for each in findings if each.finding in needed)


def _asked(question: Question, ages: dict[str, tuple[Cell, ...]], words: dict[str, str]) -> Asked:
    own = ages.get(question.id, ())
    values = (*(option.value for option in question.options), *(cell.value for cell in own))
    return Asked(filled_question(question, words), values, own)
