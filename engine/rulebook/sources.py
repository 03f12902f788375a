"""Where the rules come from: sources, editions and paragraphs, with their days and certainty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
