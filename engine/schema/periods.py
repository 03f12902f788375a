"""Days in force: of a source, or a part of them."""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

from marshmallow import ValidationError, post_load

from engine.rulebook import Period, Source
from engine.schema.shapes import Strict
from engine.schema.values import Day


class PeriodSchema(Strict):
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Period:
        return period_of(data["start"], data["until"])


def period_of(start: date, until: date | None) -> Period:
    """The days from a first to a last. Raises `ValidationError` where they are turned round."""
    if until is not None and until < start:
        raise ValidationError(
            {"until": [f"in force until {until}, before it starts on {start}: mend one of them"]}
        )
    return Period(start, until)


def days_within(source: Source, start: date | None, until: date | None) -> Period:
    """The source's days in force, or a part of them."""
    for key, day in (("from", start), ("until", until)):
        if day is not None and not source.in_force.covers(day):
            raise ValidationError(
                {key: [f"'{source.id}' is not in force on {day}: name a day within its dates"]}
            )
    return period_of(start or source.in_force.start, until or source.in_force.until)
