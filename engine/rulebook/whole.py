"""Everything in the rule files, in one piece."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.rulebook.beside_rules import Contradiction, Guidance, LeftOut
from engine.rulebook.local import Overlay
from engine.rulebook.questions import EventDate, Question
from engine.rulebook.rules import Process, Route, Rule, Stage
from engine.rulebook.sources import DatedNote, Edition, Source, Strength, TextChange


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
