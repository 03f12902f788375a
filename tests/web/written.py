"""What is written in a form, and how a document says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from webforms.wording import day

NOT_KNOWN = "Not known yet"


@dataclass(frozen=True)
class Chosen:
    """An option of several, by its words."""

    option: str


YES, NO, UNKNOWN = Chosen("Yes"), Chosen("No"), Chosen(NOT_KNOWN)
# What is written to a field: a text, a day, or an option.
Written = str | date | Chosen
Form = Mapping[str, Written]
# A piece of a document: a label with its value, or the cells of a row.
Line = tuple[Written, ...]


def lines(labels: Sequence[str], values: Iterable[Written]) -> tuple[Line, ...]:
    """What was written in a form, under the labels that a document has for it, in its order."""
    return tuple(zip(labels, values, strict=True))


def in_words(value: Written) -> str:
    """What was written to a field, as a document says it."""
    if isinstance(value, date):
        return day(value)
    return value.option if isinstance(value, Chosen) else value
