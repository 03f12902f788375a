"""How a condition is written: answers and findings in rules, how findings stand elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as Anything

from marshmallow import ValidationError, fields

from engine.expression import Aged, All, Answered, Any, Concluded, Expression, Not, Stands, Status
from engine.schema.values import MISSING, Messages

STATUSES = {str(status): status for status in Status}


class When(fields.Field[Expression]):
    """An expression: over answers and findings in rules, over how findings stand elsewhere."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> Expression:
        return expression_of(value)


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
            part = expression_of({question: answers})
            if not isinstance(part, Answered | Aged):
                raise ValidationError(
                    {question: ["a point names questions and answers alone: take this out"]}
                )
            parts.append(part)
        return tuple(parts)


def expression_of(value: Anything) -> Expression:
    """The expression that is written. Raises `ValidationError` with what is wrong and where."""
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
            parts.append(expression_of(each))
        except ValidationError as fault:
            faults[index] = fault.messages
    if faults:
        raise ValidationError({key: faults})
    return tuple(parts)


def _inside(key: str, inner: Anything) -> Expression:
    try:
        return expression_of(inner)
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
