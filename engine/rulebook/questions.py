"""What a person is asked: questions with their answers, and the dates of a case."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rulebook.sources import Citation


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
    `while_not_known` is the event from whose day is counted while the day of this one is not known;
    what is counted so is expected by then, and never overdue.
    """

    id: str
    text: str
    label: str
    phrase: str
    hint: str
    planned: bool = False
    while_not_known: str | None = None
