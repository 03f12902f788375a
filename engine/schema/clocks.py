"""By when: in words, by one clock, or by several."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import ValidationError, fields, post_load, validate

from engine.rulebook import Clock
from engine.schema.shapes import Strict
from engine.schema.values import MISSING, Messages, Name, OneOf, Text

UNITS = ("working days", "calendar days", "months", "years")


def _so_many() -> fields.Integer:
    return fields.Integer(
        load_default=None,
        strict=True,
        validate=validate.Range(min=1, error="a clock runs for at least 1: mend the number"),
        error_messages={**MISSING, "invalid": "this has to be a whole number"},
    )


class ClockSchema(Strict):
    within = _so_many()
    after = _so_many()
    unit = OneOf(UNITS, required=True)
    of = Name(load_default=None)
    before = Name(load_default=None)
    met_by = Name(load_default=None)
    note = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Clock:
        of, before = data.pop("of"), data.pop("before")
        within, after = data.pop("within"), data.pop("after")
        if (within is None) == (after is None):
            raise ValidationError(
                "a clock says by when something is done ('within') or from when ('after'): "
                "give one of the two, with a number"
            )
        if after is not None and before is not None:
            raise ValidationError(
                {"after": ["a clock that runs back from an event has 'within': write that"]}
            )
        if (of is None) == (before is None):
            raise ValidationError(
                "a clock runs from an event ('of') or back from one ('before'): give one of the two"
            )
        return Clock(
            within=within or after,
            of=of or before,
            before=before is not None,
            after=after is not None,
            **data,
        )


class By(fields.Field[tuple[str, tuple[Clock, ...]]]):
    """Words, one clock, or a list of clocks."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> Anything:
        if isinstance(value, str):
            return value, ()
        if isinstance(value, dict):
            return "", (ClockSchema().load(value),)
        if not isinstance(value, list) or not value:
            raise ValidationError("say by when in words, or give a clock or a list of clocks")
        return "", tuple(ClockSchema(many=True).load(value))
