"""Sources, editions, notes on the days of a case, and the places where sources disagree."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import post_load

from engine.rulebook import (
    Contradiction,
    DatedNote,
    Edition,
    Lingering,
    Source,
    TextChange,
    Verification,
)
from engine.schema.citations import cited
from engine.schema.periods import PeriodSchema, period_of
from engine.schema.shapes import Strict, frozen, listed, nested
from engine.schema.values import Day, Name, OneOf, Text


class SourceSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    short = Text(required=True)
    kind = OneOf(("statute", "regulations", "guidance", "local procedure"), required=True)
    in_force = nested(PeriodSchema, required=True)
    status = OneOf(tuple(Verification), required=True)
    note = Text(load_default="")
    paragraph_word = Text(load_default="paragraph")
    begins = OneOf(("older", "ours"), load_default="")
    older_paragraphs = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Source:
        return Source(**frozen({**data, "status": Verification(data["status"])}))


class LingeringSchema(Strict):
    until = Day(required=True)
    changed = Name(required=True)
    stages = listed(Name(), required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Lingering:
        return Lingering(**frozen(data))


class EditionSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)
    status = OneOf(tuple(Verification), required=True)
    carries_forward = Name(load_default=None)
    lingers = nested(LingeringSchema, load_default=None)
    note = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Edition:
        period = period_of(data.pop("start"), data.pop("until"))
        return Edition(in_force=period, **{**data, "status": Verification(data["status"])})


class NoteSchema(Strict):
    id = Name(required=True)
    text = Text(required=True)
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)
    stages = listed(Name(), required=True)
    citations = cited(data_key="cite")
    rests_on = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> DatedNote:
        return DatedNote(in_force=period_of(data.pop("start"), data.pop("until")), **frozen(data))


class TextChangeSchema(Strict):
    id = Name(required=True)
    old = Name(required=True)
    new = Name(required=True)
    point = Text(required=True)
    was = Text(required=True)
    now = Text(required=True)
    sure = OneOf(("high", "fairly high", "medium", "low"), required=True)
    citations = cited(data_key="cite")
    rests_on = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> TextChange:
        return TextChange(**frozen(data))


class ContradictionSchema(Strict):
    id = Text(required=True)
    title = Text(required=True)
    positions = listed(Text(), required=True)
    reading = Text(required=True)
    reason = Text(required=True)
    sentence = Text(required=True)
    settled = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Contradiction:
        return Contradiction(**frozen(data))
