"""The kinds of value that a rule file holds, with the words that say what is wrong with one."""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

from marshmallow import ValidationError, fields

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
