"""What a vignette is: a case to learn with, what is asked about it, and what there is to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engine.answers import Answer, Case
from engine.results import Assessment

# What a vignette can be about, in the order in which the topics are best taken.
TOPICS = {
    "suspected-or-known": "Suspected or known",
    "recovery": "Serious harm with recovery",
    "outside-england": "Harm in Wales and elsewhere",
    "several-authorities": "Several authorities",
    "looked-after": "A looked-after child’s natural death",
    "care-leaver": "A care leaver’s death",
    "unborn": "A child not yet born",
    "suicide": "Suicide and the link",
    "no-agency": "No agency involved",
    "one-agency": "One agency",
    "institution": "A child in an institution",
    "educated-at-home": "A child educated at home",
    "range-of-abuse": "A range of abuse",
    "adults-review": "A safeguarding adults review beside it",
    "domestic-homicide-review": "A domestic homicide review beside it",
    "mental-health-homicide-review": "A mental health homicide review beside it",
    "below-the-threshold": "Below the threshold",
    "editions": "The rules of the day",
}

# What can be said of the words of a process, or of a finding, on the facts of a case. Whether the
# thing itself takes place is for those who decide on it, so none of these says that it applies.
STANDINGS = {
    "established": "The words seem to be met",
    "ruled_out": "The words do not seem to be met",
    "open": "It cannot be said yet",
}


@dataclass(frozen=True)
class Turn:
    """One fact told otherwise, and the choice that is right then.

    The fact is an answer (`question`, `answer`), a date (`event`, `day`) or the area. `also`
    answers what is asked only then and decides, and nothing else: readers are told all of it.
    """

    leads_to: str
    question: str = ""
    answer: Answer = ""
    also: Mapping[str, Answer] = field(default_factory=dict)
    event: str = ""
    day: date | None = None
    area: str = ""


@dataclass(frozen=True)
class Point:
    """Something to take away, and where it stands, in words that may be shown.

    What is our own reading of the texts says so there.
    """

    text: str
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Vignette:
    """A case to learn with.

    Learners choose a route or, where `process` or `finding` names one, say whether that applies:
    `choices` are then the keys of `STANDINGS`. `right` is the choice that the engine makes.
    `same_duty` says of other choices that the duty of the right one is there too, and what they
    get wrong.
    """

    id: str
    title: str
    story: tuple[str, ...]
    topic: str
    ask: str
    stage: str
    area: str
    dates: Mapping[str, date]
    answers: Mapping[str, Answer]
    route: str
    choices: tuple[str, ...]
    right: str
    turns_on: tuple[Turn, ...]
    points: tuple[Point, ...]
    minutes: int
    same_duty: Mapping[str, str] = field(default_factory=dict)
    process: str = ""
    finding: str = ""

    @property
    def about(self) -> str:
        """The process or the finding that is asked about; empty when it is the route."""
        return self.process or self.finding


def case_of(vignette: Vignette) -> Case:
    """The facts of a vignette, as the engine takes them."""
    return Case(vignette.stage, vignette.area, vignette.dates, vignette.answers)


def turned(vignette: Vignette, turn: Turn) -> Case:
    """The facts with one of them told otherwise."""
    case = case_of(vignette)
    answers = {**case.answers, **turn.also}
    if turn.question:
        answers[turn.question] = turn.answer
    dates = {**case.dates, turn.event: turn.day} if turn.event and turn.day else case.dates
    return replace(case, area=turn.area or case.area, dates=dates, answers=answers)


def choice_on(vignette: Vignette, given: Assessment) -> str:
    """The choice that an assessment makes; empty where it gives none."""
    if given.route is None:
        return ""
    if not vignette.about:
        return given.route.id
    standing = {
        **{each.id: each.status for each in given.findings},
        **{each.id: each.status for each in given.processes},
    }
    return str(standing.get(vignette.about, "")).replace(" ", "_")
