"""The kinds of value that a rule file holds, with the words that say what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any as Anything

from marshmallow import Schema, ValidationError, fields

from engine.expression import (
    Aged,
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
)

STATUSES = {str(status): status for status in Status}


Messages = dict[str, str | list[Anything] | dict[Anything, Anything]]

MISSING: Messages = {
    "required": "this key is missing: add it",
    "null": "this is empty: fill it in or take the key out",
}


class Text(fields.String):
    """Text that is not blank."""

    default_error_messages: Messages = {
        **MISSING,
        "invalid": "this has to be text: put it in quotes",
    }

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> str:
        # A paragraph number or a year is text to us, however it was written.
        text = super()._deserialize(
            str(value) if isinstance(value, int) else value, *args, **kwargs
        )
        if not text.strip():
            raise ValidationError("this is blank: fill it in")
        return " ".join(text.split())


class Name(Text):
    """A name that explains itself: lower-case words joined by underscores, or by hyphens in ids."""

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> str:
        name = super()._deserialize(value, *args, **kwargs)
        if not name[0].isalnum() or not all(
            c.isascii() and (c.islower() or c.isdigit() or c in "_-") for c in name
        ):
            raise ValidationError(
                f"'{name}' is not a name: use lower-case letters, digits, '_' and '-'"
            )
        return name


class Day(fields.Field[date]):
    """A calendar day, written 2023-12-15."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ValidationError(f"'{value}' is not a day: write it as 2023-12-15") from None


class YesNo(fields.Field[bool]):
    """`yes` or `no`."""

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> bool:
        if value not in ("yes", "no"):
            raise ValidationError(f"'{value}' is neither yes nor no: write one of them")
        return bool(value == "yes")


class OneOf(Text):
    """One of the listed words."""

    def __init__(self, words: tuple[str, ...], **kwargs: Anything) -> None:
        super().__init__(**kwargs)
        self.words = words

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> str:
        word = super()._deserialize(value, *args, **kwargs)
        if word not in self.words:
            raise ValidationError(f"'{word}' is not known here: use one of {', '.join(self.words)}")
        return word


def listed(of: fields.Field[Anything], **kwargs: Anything) -> fields.List[Anything]:
    messages: Messages = {**MISSING, "invalid": "this has to be a list: start each item with '- '"}
    return fields.List(of, error_messages=messages, **kwargs)


def nested(schema: type[Schema], **kwargs: Anything) -> fields.Nested:
    return fields.Nested(
        schema,
        error_messages={**MISSING, "type": "this has to be a mapping of keys and values"},
        **kwargs,
    )


class When(fields.Field[Expression]):
    """An expression: over answers and findings in rules, over how findings stand elsewhere."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> Expression:
        return _expression(value)


class EveryAnswer(fields.Field[tuple[Answered | Aged, ...]]):
    """Questions and the answers that they all have to have: true when each has one of its own."""

    default_error_messages: Messages = MISSING

    def _deserialize(
        self, value: Anything, *args: Anything, **kwargs: Anything
    ) -> tuple[Answered | Aged, ...]:
        if not isinstance(value, dict) or not value:
            raise ValidationError(
                "this has to be a mapping of questions and answers, such as "
                "{what_happened: [died, harmed]}"
            )
        parts: list[Answered | Aged] = []
        for question, answers in value.items():
            part = _expression({question: answers})
            if not isinstance(part, Answered | Aged):
                raise ValidationError(
                    {question: ["a point names questions and answers alone: take this out"]}
                )
            parts.append(part)
        return tuple(parts)


def _expression(value: Anything) -> Expression:
    if isinstance(value, str):
        return Concluded(value)
    if not isinstance(value, dict):
        raise ValidationError("this is not a condition: name a finding, or write one key and value")
    if len(value) != 1:
        raise ValidationError(
            f"a condition has one key, this has {len(value)}: join several with 'all' or 'any'"
        )
    (key, inner), *_ = value.items()
    if key in ("all", "any"):
        if not isinstance(inner, list) or len(inner) < 1:
            raise ValidationError({key: ["this has to be a list of at least one condition"]})
        parts = _parts(key, inner)
        return All(parts) if key == "all" else Any(parts)
    if key == "not":
        return Not(_inside(key, inner))
    if key in STATUSES:
        if not isinstance(inner, str):
            raise ValidationError({key: ["name one finding"]})
        return Stands(inner, STATUSES[key])
    if isinstance(inner, dict):
        return _age(key, inner)
    values = inner if isinstance(inner, list) else [inner]
    if not values or not all(isinstance(each, str) for each in values):
        raise ValidationError(
            {key: ["name the answers that make this true, such as [known, suspected]"]}
        )
    return Answered(key, tuple(values))


def _parts(key: str, inner: list[Anything]) -> tuple[Expression, ...]:
    parts: list[Expression] = []
    faults: dict[int, Anything] = {}
    for index, each in enumerate(inner):
        try:
            parts.append(_expression(each))
        except ValidationError as fault:
            faults[index] = fault.messages
    if faults:
        raise ValidationError({key: faults})
    return tuple(parts)


def _inside(key: str, inner: Anything) -> Expression:
    try:
        return _expression(inner)
    except ValidationError as fault:
        raise ValidationError({key: fault.messages}) from None


def _age(key: str, bounds: Mapping[str, Anything]) -> Aged:
    unknown = set(bounds) - {"at_least", "under"}
    if unknown or not bounds or not all(isinstance(each, int) for each in bounds.values()):
        raise ValidationError(
            {key: ["an age has 'at_least', 'under' or both, in whole years, such as {under: 18}"]}
        )
    low, high = bounds.get("at_least"), bounds.get("under")
    if min(each for each in (low, high) if each is not None) < 0 or high == 0:
        raise ValidationError({key: ["nobody is under 0: mend the bounds"]})
    if low is not None and high is not None and low >= high:
        raise ValidationError(
            {key: [f"no age is at least {low} and under {high}: mend the bounds"]}
        )
    return Aged(key, low, high)
