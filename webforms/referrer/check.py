"""A check in progress: what one visitor has said so far, read from and written to the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.answers import NOT_KNOWN, Answer, Case, offered
from engine.rulebook import Rulebook, Stage

# The stages that this door serves. The others belong to the chair's door.
STAGES = ("refer", "notify")
FORMAT = 1


@dataclass(frozen=True)
class Check:
    """What has been said. `dates` maps an event to a day, or to None where it is not known."""

    stage: str = ""
    area: str = ""
    dates: dict[str, date | None] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    notes: str = ""
    saved: str = ""

    def case(self) -> Case:
        """The case as the engine takes it: a day that is not known is left out."""
        dates = {event: day for event, day in self.dates.items() if day is not None}
        return Case(stage=self.stage, area=self.area, dates=dates, answers=self.answers)

    def started(self, rulebook: Rulebook) -> bool:
        """Whether the stage and the area have been chosen."""
        areas = {overlay.area for overlay in rulebook.overlays}
        return self.stage in STAGES and self.stage in rulebook.stages and self.area in areas

    def dated(self, stage: Stage) -> bool:
        """Whether every date that the stage names was given, or said not to be known."""
        return all(event in self.dates for event in stage.dates)


def read(data: dict[str, Any], rulebook: Rulebook) -> Check:
    """The check as it was kept, less any answer that today's rules no longer offer.

    Dates and answers come in the rulebook's order, whatever order they were kept in.
    """
    dates, answers = data.get("dates", {}), data.get("answers", {})
    return Check(
        stage=data.get("stage", ""),
        area=data.get("area", ""),
        dates={
            event: date.fromisoformat(dates[event]) if dates[event] != NOT_KNOWN else None
            for event in rulebook.event_dates
            if event in dates
        },
        answers={
            question: answers[question]
            for question in rulebook.questions
            if question in answers and offered(rulebook, question, answers[question])
        },
        notes=data.get("notes", ""),
        saved=data.get("saved", ""),
    )


def dates_to_keep(dates: dict[str, date | None]) -> dict[str, str]:
    return {event: day.isoformat() if day else NOT_KNOWN for event, day in dates.items()}


def to_keep(check: Check) -> dict[str, Any]:
    """The case of a check as JSON, without the name under which it was saved."""
    return {
        "format": FORMAT,
        "stage": check.stage,
        "area": check.area,
        "dates": dates_to_keep(check.dates),
        "answers": dict(check.answers),
        "notes": check.notes,
    }
