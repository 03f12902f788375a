"""The shapes that values make: lists, and mappings in which every key is known."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import RAISE, Schema, fields

from engine.rulebook import Strength
from engine.schema.values import MISSING, Messages, Name


def listed(of: fields.Field[Anything], **kwargs: Anything) -> fields.List[Anything]:
    """A list of such values."""
    messages: Messages = {**MISSING, "invalid": "this has to be a list: start each item with '- '"}
    return fields.List(of, error_messages=messages, **kwargs)


def nested(schema: type[Schema], **kwargs: Anything) -> fields.Nested:
    """A mapping of that shape."""
    return fields.Nested(
        schema,
        error_messages={**MISSING, "type": "this has to be a mapping of keys and values"},
        **kwargs,
    )


def names(**kwargs: Anything) -> fields.List[Anything]:
    """A list of names."""
    return listed(Name(), **kwargs)


class Strict(Schema):
    """A mapping in which every key is known."""

    class Meta:
        unknown = RAISE

    error_messages: dict[str, str] = {
        "unknown": "this key is not known here: check its spelling, or take it out",
        "type": "this has to be a mapping of keys and values",
    }


def frozen(data: dict[str, Anything]) -> dict[str, Anything]:
    """Lists as tuples, and the strength as the word that it is."""
    out: dict[str, Anything] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in data.items()
    }
    if "strength" in out:
        out["strength"] = Strength(out["strength"])
    return out
