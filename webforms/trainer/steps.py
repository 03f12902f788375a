"""The steps in which a screen shows a vignette: the story, then the reasoning piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from webforms.trainer.lesson import Lesson

Kind = Literal["story", "answers", "facts", "rule", "map", "route", "points"]

HEADINGS: dict[Kind, str] = {
    "answers": "How the room answered",
    "facts": "The facts that matter",
    "rule": "What the rules say",
    "map": "The way through the questions",
    "points": "What to take away",
}


# Where a trainer can go at once, in words that do not give away what is right.
JUMPS: tuple[tuple[str, Kind], ...] = (
    ("how the room answered", "answers"),
    ("the facts", "facts"),
    ("the rules", "rule"),
    ("the map", "map"),
    ("the route", "route"),
    ("what to take away", "points"),
)


@dataclass(frozen=True)
class Step:
    """One thing that the screen shows. `number` counts the steps of its kind, from 1."""

    kind: Kind
    number: int = 1


def steps_of(lesson: Lesson, *, room: bool) -> tuple[Step, ...]:
    """The steps in order. Without a room there are no answers to be shown."""
    return (
        Step("story"),
        *([Step("answers")] if room else []),
        Step("facts"),
        *(Step("rule", number) for number in range(1, len(lesson.rules) + 1)),
        *(Step("map", number) for number in range(1, len(lesson.lights) + 1)),
        Step("route"),
        Step("points"),
    )


def heading_of(lesson: Lesson, step: Step) -> str:
    if step.kind == "story":
        return lesson.vignette.title
    if step.kind == "route":
        return lesson.words(lesson.right)
    return HEADINGS[step.kind]


def jumps(steps: tuple[Step, ...]) -> list[tuple[str, int]]:
    """The kinds of step that there are, each with the place of its first."""
    there = {step.kind for step in steps}
    return [(words, first_of(steps, kind)) for words, kind in JUMPS if kind in there]


def first_of(steps: tuple[Step, ...], kind: Kind) -> int:
    """The place of the first step of a kind."""
    return next(place for place, step in enumerate(steps) if step.kind == kind)
