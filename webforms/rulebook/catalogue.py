"""Every page of the rulebook with its title, what it needs and what needs it.

Nothing here is evaluated, and nothing knows of Flask. `cataloguing` makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.clock import words
from engine.expression import Expression
from engine.rulebook import (
    Citation,
    Clock,
    Process,
    Rule,
    Rulebook,
    Step,
    Strength,
)
from engine.wording import FROM_ANSWERS
from webforms.rulebook import in_words
from webforms.rulebook.in_words import Told
from webforms.rulebook.references import Kind, Ref

NATIONAL = "none"


@dataclass(frozen=True)
class Entry:
    """A page: its title, what else it says, and what it leads to.

    `needs` is what its own test speaks of; `mentions` what stands beside it, such as the findings
    on which one of its steps depends. `statements` are the numbered statements that it encodes.
    """

    ref: Ref
    title: str
    text: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    needs: tuple[Ref, ...] = ()
    mentions: tuple[Ref, ...] = ()
    rests_on: tuple[str, ...] = ()
    strength: Strength | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A step, and where it stands: a route, a process, a stage or a local procedure."""

    step: Step
    where: Ref


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The whole rulebook as pages. Compared by identity."""

    rulebook: Rulebook
    entries: dict[Ref, Entry]
    needed_by: dict[Ref, tuple[Ref, ...]]
    steps: dict[str, tuple[Placed, ...]]
    sentences: dict[str, str]
    rules_of: dict[str, tuple[Rule, ...]] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Entry]:
        """The pages of a kind, in the order of the rule files."""
        return [entry for ref, entry in self.entries.items() if ref.kind is kind]

    def told(self, when: Expression | None) -> Told:
        return in_words.told(self.rulebook, self.sentences, when)

    def processes(self, name: str) -> tuple[Process, ...]:
        """The versions of a process, one for each stretch of time."""
        found = [each for each in all_processes(self.rulebook) if each.id == name]
        return tuple(sorted(found, key=lambda each: each.in_force.start))

    def clocks(self, step: str) -> tuple[Placed, ...]:
        """The places of a step in which it has a clock."""
        return tuple(placed for placed in self.steps.get(step, ()) if placed.step.clocks)


def all_rules(rulebook: Rulebook) -> Iterator[Rule]:
    """Every rule, those by which a local procedure widens a national one included."""
    yield from rulebook.rules
    for overlay in rulebook.overlays:
        yield from overlay.widenings


def all_processes(rulebook: Rulebook) -> Iterator[Process]:
    yield from rulebook.processes
    for overlay in rulebook.overlays:
        yield from overlay.processes


def first_sentence(text: str) -> str:
    """The first sentence of a text, without its full stop."""
    head, stop, _ = text.partition(". ")
    return head if stop else text.removesuffix(".")


def clock_words(rulebook: Rulebook, clock: Clock) -> str:
    """A clock in words, such as “within 5 working days of the incident”."""
    return words(clock, rulebook.event_dates[clock.of].phrase)


def words_of(rulebook: Rulebook, area: str = NATIONAL) -> dict[str, str]:
    """The words with which names in braces are filled in, for an area."""
    national = next(each for each in rulebook.overlays if each.area == NATIONAL)
    own = next((each for each in rulebook.overlays if each.area == area), national)
    return {**dict(national.words), **dict(own.words), **FROM_ANSWERS}
