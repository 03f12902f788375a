"""A local procedure laid over the national rules, and what it tells of its own ways."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expression import Aged, Answered
from engine.rulebook.beside_rules import Guidance
from engine.rulebook.rules import Process, Rule, Step
from engine.rulebook.sources import Citation, Period


@dataclass(frozen=True)
class Placement:
    """A step that a local procedure adds to routes of a stage, and where it stands."""

    stage: str
    routes: tuple[str, ...]
    place: str
    step: Step


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
