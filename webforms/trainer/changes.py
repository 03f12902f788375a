"""What differs between two assessments of much the same facts: new, gone or changed.

A pure function of the two: a board shows by it what a turned fact changed, and a comparison what
differs between two editions or two areas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from engine.expression import Status
from engine.results import Assessment, DeadlineGiven, FindingGiven, ProcessGiven, StepGiven
from engine.telling import long_date

Told = TypeVar("Told")

NOT_THERE = "Not in these rules"
NO_ROUTE = "No recommendation"
HOLDS = {
    Status.ESTABLISHED: "Holds",
    Status.OPEN: "Not known yet",
    Status.RULED_OUT: "Does not hold",
}
APPLIES = {
    Status.ESTABLISHED: "Applies",
    Status.OPEN: "May apply",
    Status.RULED_OUT: "Does not apply",
}


class How(StrEnum):
    """What became of a thing. A finding is new once it holds, a process once it applies."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Moved:
    """One thing that differs: which, how, and how it stood before and stands after, in words.

    `before` (or `after`) is empty where there was no such thing to tell of.
    """

    id: str
    what: str
    how: How
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """All that differs. `route` is None while the route is told in the same way.

    `leads_elsewhere` is False where it is the same route, and only its strength or its certainty
    has changed.
    """

    route: Moved | None
    leads_elsewhere: bool
    findings: tuple[Moved, ...]
    processes: tuple[Moved, ...]
    steps: tuple[Moved, ...]
    deadlines: tuple[Moved, ...]
    questions: tuple[Moved, ...]
    warnings: tuple[Moved, ...]

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def changed(before: Assessment, after: Assessment) -> Changes:
    """What differs between two assessments, the first taken as the earlier."""
    was, now = before.route, after.route
    return Changes(
        route=_route(before, after),
        leads_elsewhere=(was.id if was else "") != (now.id if now else ""),
        findings=tuple(_findings(before, after)),
        processes=tuple(_processes(before, after)),
        steps=tuple(_steps(before, after)),
        deadlines=tuple(_deadlines(before, after)),
        questions=tuple(_questions(before, after)),
        warnings=tuple(_warnings(before, after)),
    )


def _route(before: Assessment, after: Assessment) -> Moved | None:
    was, now = route_words(before), route_words(after)
    if was == now:
        return None
    return Moved(after.route.id if after.route else "", "Route", How.CHANGED, was, now)


def route_words(assessment: Assessment) -> str:
    """The route with its strength, and whether an answer that is missing could change it."""
    route = assessment.route
    if route is None:
        return NO_ROUTE
    certain = "" if route.certain else ", not certain yet"
    return f"{route.title} ({route.strength}{certain})"


# Findings and processes: told on both sides, and each stands in one of three ways.


def _findings(before: Assessment, after: Assessment) -> Iterator[Moved]:
    yield from _standing(
        {each.id: each for each in before.findings},
        {each.id: each for each in after.findings},
        lambda each: each.sentence,
        HOLDS,
    )


def _processes(before: Assessment, after: Assessment) -> Iterator[Moved]:
    yield from _standing(
        {each.id: each for each in before.processes},
        {each.id: each for each in after.processes},
        lambda each: each.title,
        APPLIES,
    )


Standing = TypeVar("Standing", FindingGiven, ProcessGiven)


def _standing(
    before: Mapping[str, Standing],
    after: Mapping[str, Standing],
    named: Callable[[Standing], str],
    words: Mapping[Status, str],
) -> Iterator[Moved]:
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        stood, stands = (words[each.status] if each else NOT_THERE for each in (was, now))
        if was and now:
            standing = {was.status, now.status}
            # What holds on neither side has not changed, however each edition words it.
            if standing == {Status.RULED_OUT}:
                continue
            # How strongly it is asked for is nothing to tell of what does not hold.
            if was.strength != now.strength and Status.RULED_OUT not in standing:
                stood, stands = f"{stood} ({was.strength})", f"{stands} ({now.strength})"
            if named(was) != named(now):
                stood, stands = f"{stood}: {named(was)}", f"{stands}: {named(now)}"
        if stood != stands:
            told = now or was
            assert told is not None
            yield Moved(key, named(told), _how(was, now), stood, stands)


def _how(was: FindingGiven | ProcessGiven | None, now: FindingGiven | ProcessGiven | None) -> How:
    held, holds = (each is not None and each.status is Status.ESTABLISHED for each in (was, now))
    if held == holds:
        return How.CHANGED
    return How.NEW if holds else How.GONE


# Steps and their clocks: those of the route, and of every process that applies.

# Whose the step is (`route`, or a process) and which.
Place = tuple[str, str]


def steps_of(assessment: Assessment) -> dict[Place, StepGiven]:
    """Everything that is to be done, in order."""
    found: dict[Place, StepGiven] = {}
    if assessment.route is not None:
        found |= {("route", step.id): step for step in assessment.route.steps}
    for process in assessment.processes:
        if process.status is Status.ESTABLISHED:
            found |= {(process.id, step.id): step for step in process.steps}
    return found


def _steps(before: Assessment, after: Assessment) -> Iterator[Moved]:
    yield from _items(
        {"/".join(place): step for place, step in steps_of(before).items()},
        {"/".join(place): step for place, step in steps_of(after).items()},
        lambda step: step.do,
        _step_words,
    )


def _step_words(step: StepGiven) -> str:
    # The days of its clocks are told apart from the step.
    when = "" if step.readings else f", {step.by}"
    note = f" {step.note}" if step.note else ""
    return f"{step.do} ({step.strength}; {step.who}{when}){note}"


def deadlines_of(assessment: Assessment) -> dict[str, tuple[str, DeadlineGiven]]:
    """Every reading of every clock, with what has to be done by then."""
    return {
        f"{of}/{step.id}/{number}": (step.do, reading)
        for (of, _), step in steps_of(assessment).items()
        for number, reading in enumerate(step.readings, start=1)
    }


def _deadlines(before: Assessment, after: Assessment) -> Iterator[Moved]:
    yield from _items(
        deadlines_of(before),
        deadlines_of(after),
        lambda each: each[0],
        lambda each: deadline_words(each[1]),
    )


def deadline_words(deadline: DeadlineGiven) -> str:
    """The day, and how it was counted; or why there is no day."""
    if deadline.due is not None:
        when = "From" if deadline.after else "By"
        return f"{when} {long_date(deadline.due)}: {deadline.words}"
    return f"No day can be named: {deadline.words}" + (
        f". {deadline.problem}" if deadline.problem else ""
    )


def _items(
    before: Mapping[str, Told],
    after: Mapping[str, Told],
    named: Callable[[Told], str],
    words: Callable[[Told], str],
) -> Iterator[Moved]:
    for key in dict.fromkeys((*before, *after)):
        if key not in after:
            yield Moved(key, named(before[key]), How.GONE, words(before[key]), "")
        elif key not in before:
            yield Moved(key, named(after[key]), How.NEW, "", words(after[key]))
        elif words(before[key]) != words(after[key]):
            was, now = words(before[key]), words(after[key])
            yield Moved(key, named(after[key]), How.CHANGED, was, now)


def _questions(before: Assessment, after: Assessment) -> Iterator[Moved]:
    """The questions that are asked now and were not, and those that no longer are."""
    was, now = _asked(before), _asked(after)
    for question in dict.fromkeys((*was, *now)):
        if question not in now:
            yield Moved(question, was[question], How.GONE, "Asked", "")
        elif question not in was:
            yield Moved(question, now[question], How.NEW, "", "Asked")


def _asked(assessment: Assessment) -> dict[str, str]:
    path = {each.question: each.label for each in assessment.path}
    return path | {each.question: each.label for each in assessment.open}


def _warnings(before: Assessment, after: Assessment) -> Iterator[Moved]:
    for text in before.warnings:
        if text not in after.warnings:
            yield Moved(text, text, How.GONE, text, "")
    for text in after.warnings:
        if text not in before.warnings:
            yield Moved(text, text, How.NEW, "", text)
