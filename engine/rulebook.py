"""The rulebook: the law as frozen data, checked and ready to be compiled.

Nothing here is evaluated. A `Rulebook` is what `engine.schema` makes of the rule files and what
`engine.edition` picks from for a date and an area.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.expression import Aged, Answered, Expression


class Verification(StrEnum):
    """How far a rule's text has been confirmed against its source."""

    READ = "read"
    CARRIED_FORWARD = "carried forward"
    UNVERIFIED = "unverified"


class Strength(StrEnum):
    """The verb of the source. It is never raised.

    A `duty` is one where the text says "duty" itself and neither must nor should. `advice` is
    Waymark's own: no source says it, and none may be cited for it.
    """

    MUST = "must"
    DUTY = "duty"
    SHOULD = "should"
    MAY = "may"
    ADVICE = "advice"
    DEFINITION = "definition"
    FACT = "fact"


@dataclass(frozen=True)
class Period:
    """Days in force, both ends included; `until` is None while there is no end."""

    start: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day <= self.until)

    def overlaps(self, other: Period) -> bool:
        return (other.until is None or self.start <= other.until) and (
            self.until is None or other.start <= self.until
        )


@dataclass(frozen=True)
class Source:
    """A statute, regulations, an edition of guidance, or a local procedure.

    Its first day in force may be ours: `begins` is `older` where the source is older than that day,
    `ours` where the day is our choice or was not confirmed, and empty where the day is its own.
    `older_paragraphs` are older in a source that is not.
    """

    id: str
    title: str
    short: str
    kind: str
    in_force: Period
    status: Verification
    note: str = ""
    paragraph_word: str = "paragraph"
    begins: str = ""
    older_paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Where a rule, a step or a question comes from.

    `status` is set where this paragraph is less certain than its source; None means as certain.
    The paragraph of an unverified citation is kept for reviewers but never shown to a user.
    `strength` is set where this paragraph's verb is not that of what cites it; None means it is.
    """

    source: str
    paragraph: str
    status: Verification | None = None
    strength: Strength | None = None


@dataclass(frozen=True)
class Lingering:
    """Stages that an edition still governs after its last day, in areas that have not changed over.

    `until` is the last day on which it can; `changed` is the event that ends it in an area.
    """

    until: date
    changed: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """An edition of the national guidance, and the days on which it governs."""

    id: str
    title: str
    in_force: Period
    status: Verification
    carries_forward: str | None = None
    lingers: Lingering | None = None
    note: str = ""


@dataclass(frozen=True)
class DatedNote:
    """Something to know of a stretch of time, shown with every result of those days."""

    id: str
    text: str
    in_force: Period
    stages: tuple[str, ...]
    citations: tuple[Citation, ...]
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextChange:
    """What changed in the words from one edition to another, whatever follows from it.

    `was` and `now` tell the two texts in our own words. `sure` says how far the difference is known
    to lie between them: `high`, `fairly high`, `medium` or `low`.
    """

    id: str
    old: str
    new: str
    point: str
    was: str
    now: str
    sure: str
    citations: tuple[Citation, ...]
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One answer that a question offers."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """What a person is asked, in words. Policy lives in rules, never here.

    `kind` is one of `yes/no`, `choice`, `age` (completed years, or one of the options, such as
    `unborn`) and `authority` (the name of a council: it words the result and decides nothing).
    """

    id: str
    kind: str
    text: str
    label: str
    hint: str
    why: str
    find_out: str
    ask_whom: str
    options: tuple[Option, ...]
    citations: tuple[Citation, ...]
    explanation: str = ""
    detail_of: str | None = None
    detail_when: str | None = None


@dataclass(frozen=True)
class EventDate:
    """A dated event of a case, which picks the edition or starts a clock.

    `phrase` ends "within five working days of …". A `planned` event may lie in the future.
    """

    id: str
    text: str
    label: str
    phrase: str
    hint: str
    planned: bool = False


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


@dataclass(frozen=True)
class Placement:
    """A step that a local procedure adds to routes of a stage, and where it stands."""

    stage: str
    routes: tuple[str, ...]
    place: str
    step: Step


@dataclass(frozen=True)
class Guidance:
    """What a source says that is no rule of a stage: how to run a review, publish it, learn."""

    id: str
    topic: str
    text: str
    who: str
    strength: Strength
    citations: tuple[Citation, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A body in a local procedure: what it is called and what it does. Roles, never persons."""

    id: str
    name: str
    role: str
    citations: tuple[Citation, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class LearningOption:
    """A form of learning that a local procedure offers, who chooses it and who approves."""

    id: str
    title: str
    fits: str
    chosen_by: str
    approved_by: str
    citations: tuple[Citation, ...]
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form of a local procedure: what its fields ask, and `handling`, what it says of sharing."""

    id: str
    title: str
    asks: tuple[str, ...]
    citations: tuple[Citation, ...]
    statements: tuple[str, ...] = ()
    handling: str = ""


@dataclass(frozen=True)
class MethodPoint:
    """Something for or against a method of review, or where it fits.

    It bears on a case when every condition in `when` is true of its answers, and always when there
    is none. A point that `stands_anyway` counts in every case, and weighs more in one where the
    conditions hold.
    """

    text: str
    when: tuple[Answered | Aged, ...] = ()
    stands_anyway: bool = False


@dataclass(frozen=True)
class Method:
    """A way to hold a review that a local procedure describes, or (`tool`) a tool for one.

    `fits`, `merits` and `drawbacks` are empty where the procedure prints none. `family_involved` is
    `yes` or `no` where it says so, else empty. Nothing here ranks methods: people choose.
    """

    id: str
    title: str
    description: str
    citations: tuple[Citation, ...]
    steps: tuple[str, ...] = ()
    fits: tuple[MethodPoint, ...] = ()
    merits: tuple[MethodPoint, ...] = ()
    drawbacks: tuple[MethodPoint, ...] = ()
    family_involved: str = ""
    tool: bool = False
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Numbered statements that no rule, step, form or guidance encodes, and why."""

    statements: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Overlay:
    """A local procedure laid over the national rules: it adds and widens, it never narrows."""

    id: str
    area: str
    title: str
    source: str
    in_force: Period
    words: tuple[tuple[str, str], ...]
    placements: tuple[Placement, ...] = ()
    widenings: tuple[Rule, ...] = ()
    processes: tuple[Process, ...] = ()
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    options: tuple[LearningOption, ...] = ()
    forms: tuple[Form, ...] = ()
    methods: tuple[Method, ...] = ()
    guidance: tuple[Guidance, ...] = ()


@dataclass(frozen=True)
class Contradiction:
    """A place where the sources disagree or are silent, and the reading that the rules take."""

    id: str
    title: str
    positions: tuple[str, ...]
    reading: str
    reason: str
    sentence: str
    settled: str = ""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything in `rules/`, for every edition and every area. Compared by identity."""

    version: str
    sources: dict[str, Source]
    editions: tuple[Edition, ...]
    questions: dict[str, Question]
    event_dates: dict[str, EventDate]
    rules: tuple[Rule, ...]
    routes: tuple[Route, ...]
    processes: tuple[Process, ...]
    stages: dict[str, Stage]
    overlays: tuple[Overlay, ...]
    contradictions: dict[str, Contradiction]
    authorities: tuple[tuple[str, str], ...] = ()
    guidance: tuple[Guidance, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    text_changes: tuple[TextChange, ...] = ()
    numbered: tuple[tuple[str, int, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    statement_strengths: dict[str, Strength] = field(default_factory=dict)
