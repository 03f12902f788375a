"""The engine's results as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from engine.comparison import Side
from engine.coverage import Coverage
from engine.difference import Difference
from engine.expression import Status
from engine.journey import Journey
from engine.program import Program
from engine.proof import Claim
from engine.results import Assessment, Explanation, StepGiven, WhyAsked
from engine.timetable import Line

WIDTH = 88


def assessment_text(assessment: Assessment) -> str:
    """What to do, who, by when, why; then what is open, beside it, and uncertain."""
    return "\n".join(_assessment(assessment))


def _assessment(a: Assessment) -> Iterator[str]:
    yield f"{a.stage_title}  [{a.edition_title}; {a.overlay_title}; rules {a.rules_version}]"
    yield ""
    for warning in a.warnings:
        yield _wrapped(f"Note: {warning}", "", "  ")
    if a.route is None:
        yield _wrapped(f"NO RECOMMENDATION IS GIVEN. {a.fault}", "", "  ")
        return
    for process in a.processes:
        if process.first and process.status is not Status.RULED_OUT:
            yield _wrapped(f"FIRST: {process.title} ({process.status})", "", "  ")
            for step in process.steps:
                yield from _step(step)
    certain = "" if a.route.certain else " (as things stand: questions are still open)"
    yield ""
    yield _wrapped(f"{a.route.title}{certain}", "", "")
    yield _wrapped(a.route.summary, "  ", "  ")
    for step in a.route.steps:
        yield from _step(step)
    yield ""
    yield "Why"
    for line in a.rationale:
        source = f" [{line.source}]" if line.source else ""
        yield _wrapped(f"{line.status}: {line.establishes}{source}", "  - ", "    ")
        if line.not_settled:
            yield _wrapped(line.not_settled, "    ", "    ")
        if line.because:
            yield _wrapped("because " + "; ".join(line.because), "    ", "    ")
    if a.open:
        yield ""
        yield "Still open"
        for question in a.open:
            state = "not known" if question.asked else "not asked"
            yield _wrapped(f"{question.text} ({state})", "  - ", "    ")
            yield _wrapped(f"{question.find_out} Ask: {question.ask_whom}", "    ", "    ")
    beside = [p for p in a.processes if not p.first and p.status is not Status.RULED_OUT]
    if beside:
        yield ""
        yield "Beside it"
        for process in beside:
            yield _wrapped(f"{process.title}: {process.status}. {process.decider}", "  - ", "    ")
    for entry in a.contradictions:
        yield _wrapped(f"{entry.id}: {entry.sentence}", "  ~ ", "    ")
    if a.set_aside:
        yield ""
        yield "Set aside (not used): " + ", ".join(each.label for each in a.set_aside)
    yield ""
    yield "Waymark advises; a person decides."


def _step(step: StepGiven) -> Iterator[str]:
    source = "; ".join(each.text for each in step.citations)
    by = f", {step.by}" if step.by else ""
    yield _wrapped(step.do, "  * ", "    ")
    yield _wrapped(f"{step.who}{by} ({step.strength}; {source})", "    ", "    ")
    for reading in step.readings[1:]:
        due = f": {reading.due:%A} {reading.due.day} {reading.due:%B %Y}" if reading.due else ""
        yield _wrapped(f"also read as {reading.words}{due}", "      ", "      ")
    for reading in step.readings:
        if reading.problem:
            yield _wrapped(reading.problem, "      ", "      ")


def _wrapped(text: str, first: str, rest: str) -> str:
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=rest)


def ask_text(program: Program, trip: Journey, why: WhyAsked | None) -> str:
    """The next question and why it is asked."""
    if why is None:
        return "No question is left that can matter. Use: waymark assess"
    asked = program.ask(why.question).question
    lines = [f"{asked.text}  [{asked.id}]"]
    if asked.hint:
        lines.append(_wrapped(asked.hint, "  ", "  "))
    lines.append(_wrapped(f"Why we ask: {why.summary}", "  ", "  "))
    lines += [
        _wrapped(f"{each.value}: {each.answer}. {each.follows}", "  - ", "    ")
        for each in why.consequences
    ]
    count = len(trip.open)
    lines.append(f"{count} question{'' if count == 1 else 's'} can still matter.")
    return "\n".join(lines)


def explanation_text(assessment: Assessment, explanation: Explanation) -> str:
    """The route, why, and what would change it."""
    route = assessment.route
    lines = [route.title if route else f"No recommendation is given. {assessment.fault}", "Because"]
    lines += [f"  - {each.label}: {each.words}" for each in explanation.reason]
    lines.append("What would change it")
    for change in explanation.changes:
        said = "; ".join(f"{label}: {then} (now: {now})" for _, label, now, then in change.answers)
        more = f", and then answer: {', '.join(change.then_asked)}" if change.then_asked else ""
        lines.append(_wrapped(f"{said}{more} -> {change.title}", "  - ", "    "))
    if explanation.not_known_that_do_not_matter:
        labels = ", ".join(explanation.not_known_that_do_not_matter)
        lines.append(f"Not known, but cannot change the route: {labels}")
    return "\n".join(lines)


def proof_text(claims: tuple[Claim, ...]) -> str:
    """Each kind of claim once, with every counterexample."""
    lines: list[str] = []
    for title in dict.fromkeys(each.title for each in claims):
        same = [each for each in claims if each.title == title]
        failed = [each for each in same if not each.holds]
        lines.append(f"{'FAILS' if failed else 'holds'}  {title} ({len(same)} tried)")
        lines += [
            _wrapped(f"{e.where}: {e.counterexample}", "         ", "         ") for e in failed
        ]
    return "\n".join(lines)


def coverage_text(coverage: Coverage) -> str:
    """How many statements of each source are accounted for, and those that are not."""
    lines: list[str] = []
    for source in dict.fromkeys(each.source for each in coverage.statements):
        same = [each for each in coverage.statements if each.source == source]
        encoded = sum(bool(each.encoded_in) for each in same)
        left = sum(not each.encoded_in and bool(each.left_out) for each in same)
        done = encoded + left
        lines.append(f"{source}: {done} of {len(same)} ({encoded} encoded, {left} left out)")
        lines += [f"  {each.id}: nowhere" for each in same if not each.accounted_for]
    lines += [
        f"{each} is named by {where}, but is no statement" for each, where in coverage.unknown
    ]
    return "\n".join(lines)


def differences_text(first: Side, second: Side, found: tuple[Difference, ...]) -> str:
    """Each difference with a case that shows it, stage by stage."""
    lines = [f"{first.name} ({first.day}) and {second.name} ({second.day})"]
    for stage in dict.fromkeys(each.stage for each in found):
        lines += ["", stage]
        for each in found:
            if each.stage == stage:
                lines.append(_wrapped(f"{each.kind} {each.id}: {each.what}", "  - ", "    "))
                lines.append(_wrapped(f"for example {each.example}", "    ", "    "))
    return "\n".join(lines if found else [*lines, "", "Nothing differs."])


def timetable_text(lines: tuple[Line, ...]) -> str:
    """Every deadline, the earliest first, and how it stands."""
    out: list[str] = []
    for each in lines:
        day = f"{each.due:%a} {each.due.day} {each.due:%b %Y}" if each.due else "no day yet"
        disputed = ", disputed" if each.disputed else ""
        out.append(_wrapped(f"{day}  [{each.standing}{disputed}] {each.do}", "", "    "))
        out.append(
            _wrapped(f"{each.who}, {each.words} ({each.strength}; {each.source})", "    ", "    ")
        )
        if each.problem:
            out.append(_wrapped(each.problem, "    ", "    "))
    return "\n".join(out or ["No deadline belongs to this."])
