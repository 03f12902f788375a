"""What the engine hands back: plain frozen data, ready for a page, a document, a record or JSON.

All words are final (local names filled in), all dates computed. Nothing here needs the rulebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.expression import Status


@dataclass(frozen=True)
class CitationGiven:
    """A citation as it may be shown: an unverified one has no paragraph, and says so."""

    source: str
    title: str
    paragraph: str
    status: str
    text: str


@dataclass(frozen=True)
class DeadlineGiven:
    """One reading of a clock. `due` is None while the start event has no date.

    `problem` is set instead of a date when the date cannot be computed, and says why. What is only
    `expected` by `due` is counted from another event, as the day of its own is not known. With
    `after`, `due` is the day from which it is done, not the last one.
    """

    words: str
    event: str
    started: date | None
    due: date | None
    problem: str = ""
    met_by: str | None = None
    expected: bool = False
    after: bool = False


@dataclass(frozen=True)
class StepGiven:
    """One thing to do. `by` is a sentence; `due` the date of the first reading, if it has one."""

    id: str
    do: str
    who: str
    by: str
    due: date | None
    readings: tuple[DeadlineGiven, ...]
    strength: str
    citations: tuple[CitationGiven, ...]
    note: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class RouteGiven:
    """The route of the stage. `certain` is False while an unasked question could change it."""

    id: str
    title: str
    summary: str
    strength: str
    certain: bool
    citations: tuple[CitationGiven, ...]
    steps: tuple[StepGiven, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class FindingGiven:
    """How one finding stands. `verified` is False unless the paragraph itself has been read.

    `not_settled` says what the texts leave open of a finding that is ruled out; mostly empty.
    """

    id: str
    sentence: str
    status: Status
    strength: str
    citations: tuple[CitationGiven, ...]
    verified: bool
    paraphrase: str
    rule: str
    rests_on: tuple[str, ...]
    not_settled: str = ""


@dataclass(frozen=True)
class ProcessGiven:
    """A process beside the route. `first` means it is shown before everything else."""

    id: str
    title: str
    summary: str
    status: Status
    decider: str
    strength: str
    citations: tuple[CitationGiven, ...]
    steps: tuple[StepGiven, ...]
    first: bool
    verified: bool
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class PathAnswer:
    """A question on the path and the answer given; `value` is `not known` where it was that.

    `matters` is False when the answer, whatever it had been, could not have changed the outcome.
    """

    question: str
    label: str
    text: str
    value: str
    words: str
    matters: bool


@dataclass(frozen=True)
class OpenQuestion:
    """A question that still matters: not asked yet, or asked and not known."""

    question: str
    text: str
    label: str
    asked: bool
    find_out: str
    ask_whom: str


@dataclass(frozen=True)
class FiringGiven:
    """One rule that the durable-rules program fired, in order: the rationale on the record.

    `not_settled` says what the texts leave open of a finding that is ruled out; mostly empty.
    """

    rule: str
    source: str
    because: tuple[str, ...]
    establishes: str
    status: Status
    not_settled: str = ""


@dataclass(frozen=True)
class ContradictionGiven:
    """An entry of the register on which the result rests."""

    id: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Assessment:
    """The engine's answer for one set of answers.

    `route` is None only with a `fault`: the evaluators disagreed and no recommendation is given.
    """

    stage: str
    stage_title: str
    edition: str
    edition_title: str
    edition_status: str
    overlay: str
    overlay_title: str
    area: str
    dates: tuple[tuple[str, date], ...]
    rules_version: str
    route: RouteGiven | None
    findings: tuple[FindingGiven, ...]
    processes: tuple[ProcessGiven, ...]
    path: tuple[PathAnswer, ...]
    open: tuple[OpenQuestion, ...]
    set_aside: tuple[PathAnswer, ...]
    rationale: tuple[FiringGiven, ...]
    contradictions: tuple[ContradictionGiven, ...]
    warnings: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Consequence:
    """What follows from one answer to a question (`answer` is the words of the option)."""

    value: str
    answer: str
    follows: str


@dataclass(frozen=True)
class WhyAsked:
    """Why a question is asked now: what each answer leads to, and under which paragraph."""

    question: str
    summary: str
    consequences: tuple[Consequence, ...]
    citations: tuple[CitationGiven, ...]


@dataclass(frozen=True)
class Change:
    """The fewest answers whose change leads to another route.

    `answers` are (question, its label, words of the present answer, words of the new one);
    `then_asked` are the labels of questions that would have to be answered as well.
    """

    route: str
    title: str
    answers: tuple[tuple[str, str, str, str], ...]
    then_asked: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Why the route, and what would change it.

    `reason` is a smallest set of the answers that alone leads to the route.
    """

    route: str
    reason: tuple[PathAnswer, ...]
    changes: tuple[Change, ...]
    not_known_that_do_not_matter: tuple[str, ...]


@dataclass(frozen=True)
class MapBranch:
    """An answer not taken at a step of the decision map, and where it leads."""

    answers: str
    leads_to: str
    route: str | None


@dataclass(frozen=True)
class MapStep:
    """One question of the way taken: its answer, and the branches not taken."""

    question: str
    label: str
    answer: str
    branches: tuple[MapBranch, ...]


@dataclass(frozen=True)
class DecisionMap:
    """The way taken through the questions to its end, as data for a drawing and for a list.

    `route` and `title` are the end: a route, or how a finding stands; `ends_in` says which.
    """

    steps: tuple[MapStep, ...]
    route: str
    title: str
    certain: bool
    ends_in: str = "Where it leads"
