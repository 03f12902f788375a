"""What is proved of the rules, for every date, area and stage, and what is found when it fails.

Every claim is about all answers at once, "not known" included, and is decided on the diagrams;
nothing is sampled. A claim that fails comes with a counterexample in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.answers import NOT_KNOWN
from engine.coverage import coverage, stated
from engine.diagram import TERMINAL
from engine.edition import all_steps, epochs, program_on
from engine.expression import Aged, Status, findings_in, walk
from engine.firing import NO, YES, route_name
from engine.joint import Joint
from engine.journey import goals
from engine.program import Program
from engine.readings import NO_ROUTE, SEVERAL_ROUTES, Readings, readings_of
from engine.rulebook import Rulebook, Strength
from engine.symbolic import chained_facts, kernel_rails, kernel_routes, status_diagram


@dataclass(frozen=True)
class Claim:
    """One claim about the rules: whether it holds where it was tried, and if not, why not."""

    id: str
    title: str
    where: str
    holds: bool
    counterexample: str = ""
    program: Program | None = None


def prove(rulebook: Rulebook, today: date) -> tuple[Claim, ...]:
    """Every claim, for every stretch of time, area and stage."""
    claims = [*_every_day_has_one_edition(rulebook, today)]
    if not all(each.holds for each in claims):
        # What holds on a day cannot be asked where it is not settled which rules govern it.
        return tuple(claims)
    for program in every_program(rulebook, today):
        for claim in PROGRAM_CLAIMS:
            claims.append(claim(program))
    claims += [
        *_nothing_is_dead(rulebook, today),
        *_overlays_never_narrow(rulebook, today),
        no_strength_is_raised(rulebook),
        every_statement_is_accounted_for(rulebook),
    ]
    return tuple(claims)


def every_program(rulebook: Rulebook, today: date) -> Iterator[Program]:
    """The programs of every stage and area, for every stretch of time up to today."""
    last: dict[tuple[str, str], Program] = {}
    for day in epochs(rulebook):
        if day > today:
            continue
        for stage in rulebook.stages.values():
            for overlay in rulebook.overlays:
                if overlay.in_force.covers(day) or overlay.area == "none":
                    program = program_on(rulebook, stage.id, overlay.area, day)
                    before = last.get((stage.id, overlay.area))
                    if before is None or not before.says_the_same_as(program):
                        last[stage.id, overlay.area] = program
                        yield program


def _where(program: Program) -> str:
    return f"{program.stage.id}, {program.edition.id}, {program.overlay.id}"


def _claim(identity: str, title: str, program: Program, counterexample: str | None) -> Claim:
    where, found = _where(program), counterexample or ""
    return Claim(identity, title, where, counterexample is None, found, program)


def case_in_words(readings: Readings, found: Mapping[int, int]) -> str:
    """Answers (level to child) in words, for a counterexample."""
    said = []
    for level, child in sorted(found.items()):
        question = readings.questions[level]
        said.append(f"{question}: {readings.values[level][child]}")
    return "; ".join(said) or "whatever the answers"


def exactly_one_route(program: Program) -> Claim:
    """Claim 1: every complete set of answers gets exactly one route."""
    readings = readings_of(program)
    found: str | None = None
    for bad in (NO_ROUTE, SEVERAL_ROUTES):
        case = readings.diagrams.find(readings.route, bad)
        if case is not None:
            found = f"{bad} for: {case_in_words(readings, case)}"
            break
    return _claim("1 one route", "Every complete set of answers gets one route", program, found)


def every_route_is_reached(program: Program) -> Claim:
    """Claim 1: no route is unreachable."""
    readings = readings_of(program)
    reached = readings.diagrams.terminals_under(readings.route)
    missed = [route.id for route in program.routes if route.id not in reached]
    found = f"no answers lead to {', '.join(missed)}" if missed else None
    return _claim("1 reached", "Every route can be reached", program, found)


def every_step_is_settled(program: Program) -> Claim:
    """When the questions run out, it is settled which steps of the route are told.

    Walks every journey at once: the questions that the goals still need are answered in every
    way, and where none is left, no step's condition may still hang on an answer.
    """
    readings = readings_of(program)
    tried: set[tuple[str, int]] = set()
    for route in program.routes:
        for step in route.steps:
            if step.when is None:
                continue
            condition = readings.standing(step.when)
            if (route.id, condition) in tried:
                continue
            tried.add((route.id, condition))
            case = _unsettled(readings, route.id, condition)
            if case is not None:
                words = case_in_words(readings, case)
                found = f"step '{step.id}' of '{route.id}' still hangs on an answer for: {words}"
                return _claim("1 settled", SETTLED, program, found)
    return _claim("1 settled", SETTLED, program, None)


def _unsettled(readings: Readings, route: str, condition: int) -> dict[int, int] | None:
    """Answers that settle the goals with that route, but leave the condition hanging."""
    d = readings.diagrams
    # Goals that share no question with the condition cannot settle it.
    others = [n for n in goals(readings)[1:] if d.support(n) & d.support(condition)]
    start = (readings.route, *others, condition)
    seen: set[tuple[int, ...]] = set()
    waiting: list[tuple[tuple[int, ...], dict[int, int]]] = [(start, {})]
    while waiting:
        nodes, taken = waiting.pop()
        *wanted, told = nodes
        if nodes in seen or d.is_constant(told) or route not in d.terminals_under(wanted[0]):
            continue
        seen.add(nodes)
        asking = min(d.level(node) for node in wanted)
        if asking == TERMINAL:
            return taken
        for child in range(len(readings.values[asking])):
            after = tuple(d.restrict(node, asking, child) for node in nodes)
            waiting.append((after, {**taken, asking: child}))
    return None


SETTLED = "When the questions run out, every step is settled"


def kernel_is_exact(program: Program) -> Claim:
    """The kernel's three-valued logic misses nothing that the diagrams know."""
    readings = readings_of(program)
    kernel = kernel_rails(program, readings)
    for finding, (yes, no) in kernel.items():
        claimed = status_diagram(readings, yes, no)
        different = readings.diagrams.difference(claimed, readings.status[finding])
        if different is not None:
            words = case_in_words(readings, different)
            return _claim(
                "5 exact",
                EXACT,
                program,
                f"'{finding}' is decided by: {words}, but not by the kernel",
            )
    return _claim("5 exact", EXACT, program, None)


EXACT = "Three-valued logic decides everything that can be decided"


def not_known_is_safe(program: Program) -> Claim:
    """Claim 5: with answers not known, nothing is ruled out that some completion establishes.

    The other way round too: nothing is established that some completion rules out.
    """
    readings = readings_of(program)
    d = readings.diagrams
    for finding, status in readings.status.items():
        for level in d.levels_in(status):
            unknown = d.restrict(status, level, len(readings.values[level]) - 1)
            for child in range(len(readings.values[level]) - 1):
                known = d.restrict(status, level, child)
                clash = d.find(d.apply("clash", _clash, unknown, known), True)
                if clash is not None:
                    case = case_in_words(readings, {**clash, level: child})
                    return _claim(
                        "5 safe",
                        SAFE,
                        program,
                        f"'{finding}' is settled while '{readings.questions[level]}' is not known, "
                        f"yet otherwise for: {case}",
                    )
    return _claim("5 safe", SAFE, program, None)


SAFE = "Not known never rules out what an answer would establish"


def _clash(unknown: object, known: object) -> bool:
    return unknown is not Status.OPEN and unknown is not known


def durable_rules_equals_kernel(program: Program) -> Claim:
    """The compiled durable-rules program decides every partial case as the kernel does."""
    readings = readings_of(program)
    kernel = kernel_rails(program, readings)
    chained = chained_facts(program, readings)
    d = readings.diagrams
    for finding, (yes, no) in kernel.items():
        for rail, value in ((yes, YES), (no, NO)):
            different = d.difference(rail, chained[finding, value])
            if different is not None:
                case = case_in_words(readings, different)
                return _claim("forward", FORWARD, program, f"'{finding}' differs for: {case}")
    routes = kernel_routes(program, readings)
    for route, holds in routes.items():
        different = d.difference(holds, chained[route_name(route), YES])
        if different is not None:
            case = case_in_words(readings, different)
            return _claim("forward", FORWARD, program, f"route '{route}' differs for: {case}")
    return _claim("forward", FORWARD, program, None)


FORWARD = "The durable-rules program equals the kernel on every partial case"


def no_review_is_compelled(program: Program) -> Claim:
    """Claim 3: no answers make a local or national practice review a must.

    Routes and steps name the review that they would have somebody hold. A decision, a notice or a
    rapid review may be compelled, never the practice review itself; a serious case review under
    the rules of 2015 could be.
    """
    for route in program.routes:
        said = [("", route.title, route.holds, route.strength)]
        said += [(f", step '{s.id}'", s.do, s.holds, s.strength) for s in route.steps]
        for where, text, holds, strength in said:
            if strength is Strength.MUST and (holds in PRACTICE_REVIEWS or _would_hold(text)):
                found = f"route '{route.id}'{where} makes it a must: {text}"
                return _claim("3 discretion", DISCRETION, program, found)
    return _claim("3 discretion", DISCRETION, program, None)


DISCRETION = "No answers make a local or national practice review a must"
PRACTICE_REVIEWS = ("local review", "national review")
# Words that would have a review held, for a writer who forgets to name it.
HOLDING = re.compile(
    r"\b(carry out|commission|conduct|hold|start|undertake)( an?| the)? "
    r"(local|national)( child safeguarding)?( practice)? review",
    re.IGNORECASE,
)


def _would_hold(text: str) -> bool:
    return HOLDING.search(text) is not None


def duties_are_monotone(program: Program) -> Claim:
    """Claim 4: learning of more harm, or moving from no to suspected, never removes a duty.

    A duty is a *must* or a *should* that the stage decides or shows, or that a route rests on; a
    part of a definition (a harm that is likely to last) may give way to another part.
    """
    readings = readings_of(program)
    d = readings.diagrams
    on_routes = {finding for route in program.routes for finding in findings_in(route.when)}
    duties = [
        each.finding
        for each in program.findings
        if each.rule.strength in (Strength.MUST, Strength.DUTY, Strength.SHOULD)
        and each.finding in {*program.decides, *program.shows, *on_routes}
    ]
    for question, less, more in MORE_HARM:
        if question not in readings.level_of:
            continue
        level = readings.level_of[question]
        values = readings.values[level]
        if less not in values or more not in values:
            continue
        for finding in duties:
            status = readings.status[finding]
            before = d.restrict(status, level, values.index(less))
            after = d.restrict(status, level, values.index(more))
            lost = d.find(d.apply("lost", _lost, before, after), True)
            if lost is not None:
                case = case_in_words(readings, lost)
                return _claim(
                    "4 monotone",
                    MONOTONE,
                    program,
                    f"'{finding}' goes when '{question}' moves from {less} to {more}: {case}",
                )
    return _claim("4 monotone", MONOTONE, program, None)


MONOTONE = "Learning of more harm never removes a duty"
# (question, an answer, an answer that says more)
MORE_HARM = (
    ("abuse_or_neglect", "no", "suspected"),
    ("abuse_or_neglect", "no", "known"),
    ("abuse_or_neglect", "suspected", "known"),
    ("abuse_or_neglect", NOT_KNOWN, "suspected"),
    ("what_happened", "near_miss_or_concern", "harmed"),
    ("what_happened", "near_miss_or_concern", "died"),
    ("what_happened", "near_miss_or_concern", "died_by_suspected_suicide"),
    ("what_happened", "died", "died_by_suspected_suicide"),
    ("what_happened", "harmed", "died"),
    ("what_happened", NOT_KNOWN, "died"),
    ("how_serious_was_the_harm", "not_serious", "serious_physical"),
    ("how_serious_was_the_harm", "not_serious", "likely_long_term"),
    ("how_serious_was_the_harm", "not_serious", "recovered"),
    ("significant_harm", "no", "yes"),
    ("danger_now", "no", "yes"),
    ("looked_after", "no", "yes"),
    ("care_leaver", "no", "yes"),
    ("regulated_setting", "no", "yes"),
    ("died_in_custody_or_detention", "no", "yes"),
    ("joint_working_cause_for_concern", "no", "yes"),
    ("improvements_needed", "no", "may"),
    ("improvements_needed", "may", "yes"),
    ("recurrent_themes", "no", "may"),
    ("joint_working_concern", "no", "may"),
    ("panel_answer", "agrees_no_review", "asks_for_local_review"),
    ("panel_answer", "not_yet", "more_information"),
    ("partners_view", "agree_to_notify", "disagree"),
    ("partners_view", "not_yet_discussed", "disagree"),
)


def _lost(before: object, after: object) -> bool:
    return before is Status.ESTABLISHED and after is not Status.ESTABLISHED


PROGRAM_CLAIMS: tuple[Callable[[Program], Claim], ...] = (
    exactly_one_route,
    every_route_is_reached,
    every_step_is_settled,
    no_review_is_compelled,
    duties_are_monotone,
    not_known_is_safe,
    kernel_is_exact,
    durable_rules_equals_kernel,
)


# Claims about the whole rulebook


def _every_day_has_one_edition(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    day = min(edition.in_force.start for edition in rulebook.editions)
    found = ""
    while day <= today and not found:
        governing = [edition.id for edition in rulebook.editions if edition.in_force.covers(day)]
        if len(governing) != 1:
            found = f"{day} has {', '.join(governing) or 'none'}"
        day += timedelta(days=1)
    title = "Every day has exactly one national edition"
    yield Claim("6 editions", title, "every day to today", not found, found)


def _nothing_is_dead(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    """Claim 1: every rule can be established, and ruled out, and matters to some stage."""
    alive: set[str] = set()
    constant: dict[str, str] = {}
    for program in every_program(rulebook, today):
        readings = readings_of(program)
        for each in program.findings:
            values = readings.diagrams.terminals_under(readings.status[each.finding])
            if values >= {Status.ESTABLISHED, Status.RULED_OUT}:
                alive |= {rule.id for rule in each.rules}
            else:
                (always,) = values - {Status.OPEN}
                constant[each.rule.id] = f"'{each.finding}' is always {always}"
    started = [rule for rule in rulebook.rules if rule.in_force.start <= today]
    dead = [rule.id for rule in started if rule.id not in alive]
    found = "; ".join(constant.get(each, f"no stage rests on rule '{each}'") for each in dead)
    yield Claim("1 dead rules", "No rule is dead", "every stage", not found, found)


def _overlays_never_narrow(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    """Claim 2: what the national rules establish, the rules with a local procedure establish."""
    title = "No local procedure narrows a national duty"
    for local in every_program(rulebook, today):
        if local.overlay.area != "none":
            national = program_on(rulebook, local.stage.id, "none", local.day)
            found = narrowed(national, local)
            yield Claim("2 overlays", title, _where(local), not found, found, local)


def narrowed(national: Program, local: Program) -> str:
    """A duty that the local program loses, in words; empty when it loses none."""
    ours, theirs = readings_of(local), readings_of(national)
    joint = Joint(theirs, ours)
    duties = [
        each.finding
        for each in national.findings
        if each.finding in (*national.decides, *national.shows)
        or each.rule.strength in (Strength.MUST, Strength.DUTY, Strength.SHOULD)
    ]
    for finding in duties:
        if finding not in ours.status:
            return f"the local procedure no longer concludes '{finding}'"
        before = joint.carry(theirs, theirs.status[finding])
        after = joint.carry(ours, ours.status[finding])
        lost = joint.diagrams.find(joint.diagrams.apply("lost", _lost, before, after), True)
        if lost is not None:
            return f"'{finding}' is lost for: {joint.case_in_words(lost)}"
    local_routes = {route.id: route for route in local.routes}
    for route in national.routes:
        if route.id not in local_routes:
            return f"the local procedure has no route '{route.id}'"
        kept = {step.id for step in local_routes[route.id].steps}
        gone = [step.id for step in route.steps if step.id not in kept]
        if gone:
            return f"the local procedure drops the step '{gone[0]}' from '{route.id}'"
    return ""


# A duty in the words of the text is no must, and a should no duty.
RANK = {Strength.MAY: 1, Strength.SHOULD: 2, Strength.DUTY: 3, Strength.MUST: 4}


def no_strength_is_raised(rulebook: Rulebook) -> Claim:
    """What encodes numbered statements is no stronger than the strongest of them."""
    found = ""
    for where, strength, statements in stated(rulebook):
        known = [rulebook.statement_strengths.get(each) for each in statements]
        most = max((RANK.get(each, 0) for each in known if each), default=0)
        if statements and RANK.get(strength, 0) > most:
            found = f"{where} is a {strength}, and {', '.join(statements)} say less"
            break
    title = "No rule or step is stronger than the statements that it encodes"
    return Claim("3 strength", title, "every rule and step", not found, found)


def every_statement_is_accounted_for(rulebook: Rulebook) -> Claim:
    """Claim 8: every numbered statement is encoded, or left out with a reason."""
    result = coverage(rulebook)
    nowhere = [each.id for each in result.statements if not each.accounted_for]
    nowhere += [f"{each} (no such statement)" for each, _ in result.unknown]
    title = "Every numbered statement is encoded or left out with a reason"
    return Claim("8 coverage", title, "every source", not nowhere, ", ".join(nowhere))


def age_bounds(rulebook: Rulebook) -> dict[str, set[int]]:
    """Every number that a rule compares an age with, by question (claim 7 asks cases around it)."""
    bounds: dict[str, set[int]] = {}
    for rule in rulebook.rules:
        for node in walk(rule.when):
            if isinstance(node, Aged):
                found = {bound for bound in (node.at_least, node.under) if bound is not None}
                bounds.setdefault(node.question, set()).update(found)
    return bounds


@dataclass(frozen=True)
class Tried:
    """What worked cases try: the ages given to each question, the steps whose date is expected."""

    ages: Mapping[str, set[int]]
    clocks: frozenset[str]


def every_number_has_cases(rulebook: Rulebook, tried: Tried) -> Claim:
    """Claim 7: every age in a rule has cases one below, at and one above, every clock a date."""
    missing = [
        f"{question} of {age} (for the bound {bound})"
        for question, bounds in sorted(age_bounds(rulebook).items())
        for bound in sorted(bounds)
        for age in (bound - 1, bound, bound + 1)
        if age not in tried.ages.get(question, set())
    ]
    missing += sorted(
        {f"the date of step '{step.id}'" for step in all_steps(rulebook) if step.clocks}
        - {f"the date of step '{name}'" for name in tried.clocks}
    )
    title = "Every number in a rule has worked cases around it"
    found = f"no case has {'; '.join(missing)}" if missing else ""
    return Claim("7 numbers", title, "every rule and clock", not missing, found)
