"""Steps, which cite what they say, or are advice and cite nothing."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import ValidationError, post_load

from engine.rulebook import Step, Strength
from engine.schema.citations import CitationSchema
from engine.schema.clocks import By
from engine.schema.expressions import When
from engine.schema.periods import period_of
from engine.schema.shapes import Strict, frozen, listed, nested
from engine.schema.values import Day, Name, OneOf, Text

REVIEWS = ("local review", "national review", "serious case review")


class StepSchema(Strict):
    id = Name(required=True)
    do = Text(required=True)
    who = Text(required=True)
    by = By(load_default=("", ()))
    strength = OneOf(tuple(Strength), required=True)
    citations = listed(nested(CitationSchema), data_key="cite", load_default=[])
    when = When(load_default=None)
    note = Text(load_default="")
    rests_on = listed(Text(), load_default=[])
    statements = listed(Text(), load_default=[])
    holds = OneOf(REVIEWS, load_default=None)
    start = Day(load_default=None, data_key="from")
    until = Day(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Step:
        advice = data["strength"] == Strength.ADVICE
        if advice and data["citations"]:
            raise ValidationError(
                {
                    "cite": [
                        "advice is our own and cites nothing: take this out, or give the "
                        "source's own strength"
                    ]
                }
            )
        if not advice and not data["citations"]:
            raise ValidationError(
                {
                    "cite": [
                        "this is missing: cite at least one source and paragraph, or call the "
                        "step advice"
                    ]
                }
            )
        start, until = data["start"], data["until"]
        if start and until:
            period_of(start, until)
        by_words, clocks = data.pop("by")
        return Step(by_words=by_words, clocks=clocks, **frozen(data))
