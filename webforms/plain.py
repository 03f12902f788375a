"""What the engine gives back as plain data, to be kept: the same words, lists and dates as text."""

from __future__ import annotations

from dataclasses import is_dataclass
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
