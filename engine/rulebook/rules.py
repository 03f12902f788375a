"""What the law says to do: findings and their rules, routes with their steps, processes, stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.expression import Expression
from engine.rulebook.sources import Citation, Period, Strength


@dataclass(frozen=True)
class NotSettled:
    """Where `where` is established, that a rule rules its finding out is not settled by the texts.

    `see` is the entry of the register that says so.
    """

    where: str
    see: str


@dataclass(frozen=True)
class Rule:
    """What makes one finding true."""

    id: str
    finding: str
    sentence: str
    paraphrase: str
    strength: Strength
    when: Expression
    citations: tuple[Citation, ...]
    in_force: Period
    rests_on: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    not_settled: NotSettled | None = None


@dataclass(frozen=True)
class Clock:
    """So many units after an event; the day after the event is day one.

    `unit` is `working days`, `calendar days`, `months` or `years`. With `before`, the clock runs
    back from the event: so many units must lie between. With `after`, something is to be done once
    so many units have passed, and not before. `met_by` is the event that meets it.
    """

    within: int
    unit: str
    of: str
    note: str = ""
    before: bool = False
    met_by: str | None = None
    after: bool = False


@dataclass(frozen=True)
class Step:
    """One thing to do: who, by when, and under which paragraph.

    `by` is words ("at once") or one clock, or several where the source can be read more than one
    way; then the first is the reading taken and the others are shown beside it. `start` and
    `until` bound its days where they are narrower than its sources'.
    """

    id: str
    do: str
    who: str
    strength: Strength
    citations: tuple[Citation, ...]
    by_words: str = ""
    clocks: tuple[Clock, ...] = ()
    when: Expression | None = None
    note: str = ""
    rests_on: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    holds: str | None = None
    start: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Route:
    """The outcome of a stage. Exactly one holds for every complete set of answers.

    `holds` names the review that the route, or a step, would have somebody hold (`local review`,
    `national review`, `serious case review`); only the last may ever be a must.
    """

    id: str
    stage: str
    title: str
    summary: str
    strength: Strength
    when: Expression
    citations: tuple[Citation, ...]
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...] = ()
    holds: str | None = None


@dataclass(frozen=True)
class Process:
    """A duty or review that runs beside the route, with a test and a decider of its own."""

    id: str
    title: str
    summary: str
    finding: str
    decider: str
    strength: Strength
    citations: tuple[Citation, ...]
    steps: tuple[Step, ...]
    in_force: Period
    first: bool = False
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One decision in the process, and what is asked to reach it.

    `questions` is the order of asking. `decides` are findings that the stage settles beside its
    route; `asked_processes` are settled too; `shown_processes` are reported as far as the answers
    go, without a question of their own.
    """

    id: str
    title: str
    ask: str
    whom: str
    edition_by: tuple[str, ...]
    dates: tuple[str, ...]
    questions: tuple[str, ...]
    decides: tuple[str, ...]
    asked_processes: tuple[str, ...]
    shown_processes: tuple[str, ...]
    steps_for_every_route: tuple[Step, ...] = ()
