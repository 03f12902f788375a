"""Numbered statements, those left out, and guidance that is no rule of a stage."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import fields, post_load

from engine.rulebook import Guidance, LeftOut, Source, Strength
from engine.schema.citations import Cited, cited_part
from engine.schema.shapes import Strict, frozen, listed, nested
from engine.schema.values import Name, OneOf, Text


class NumberedSchema(Strict):
    prefix = Text(required=True)
    last = fields.Integer(required=True, strict=True)
    source = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> tuple[str, int, str]:
        return data["prefix"], data["last"], data["source"]


class LeftOutSchema(Strict):
    statements = listed(Text(), required=True)
    reason = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> LeftOut:
        return LeftOut(**frozen(data))


class StatementsFileSchema(Strict):
    """The numbered statements of each source, and those that are left out."""

    numbered = listed(nested(NumberedSchema), required=True)
    strengths = fields.Dict(
        keys=OneOf(("must", "duty", "should", "may")), values=listed(Text()), load_default={}
    )
    left_out = listed(nested(LeftOutSchema), load_default=[])


class GuidanceSchema(Cited):
    topic = Text(required=True)
    text = Text(required=True)
    who = Text(required=True)
    strength = OneOf(tuple(Strength), required=True)


class GuidanceFileSchema(Strict):
    source = Name(required=True)
    guidance = listed(nested(GuidanceSchema), required=True)


def made_guidance(data: dict[str, Anything], source: Source) -> Guidance:
    """The guidance that a checked mapping makes."""
    return Guidance(**cited_part(data, source))
