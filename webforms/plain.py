"""What the engine gives back as plain data, to be kept: the same words, lists and dates as text.

What was kept stays as it was; what the engine gives back may gain a field since. So the two are
compared here as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any


def plain(value: Any) -> Any:
    """The assessment as JSON would give it back: lists, words, and dates as 2025-01-02."""
    if type(value) in (str, bool, int, NoneType):
        return value
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {name: plain(each) for name, each in vars(value).items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")


def differing(value: Any, kept: Any) -> tuple[str, ...]:
    """The fields in which a dataclass differs from what was kept as plain data, by name.

    A field that what was kept does not know yet counts as the same while it holds its default: the
    engine had nothing to tell by it. One that only what was kept knows differs.
    """
    known = {each.name: each for each in fields(value)}
    return tuple(
        sorted(
            {name for name, field in known.items() if not _field_is_the_same(value, field, kept)}
            | (kept.keys() - known.keys())
        )
    )


def _field_is_the_same(value: Any, field: Field[Any], kept: Mapping[str, Any]) -> bool:
    now = getattr(value, field.name)
    if field.name in kept:
        return _is_the_same(now, kept[field.name])
    return field.default is not MISSING and bool(now == field.default)


def _is_the_same(now: Any, kept: Any) -> bool:
    if is_dataclass(now):
        return isinstance(kept, Mapping) and not differing(now, kept)
    if isinstance(now, tuple | list):
        return (
            isinstance(kept, list)
            and len(now) == len(kept)
            and all(_is_the_same(*each) for each in zip(now, kept, strict=True))
        )
    return bool(plain(now) == kept)
