"""Questions with their options, the dates of a case, and the names of councils."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import ValidationError, post_load

from engine.rulebook import EventDate, Option, Question
from engine.schema.citations import cited
from engine.schema.shapes import Strict, listed, nested
from engine.schema.values import Name, OneOf, Text, YesNo

KINDS = ("yes/no", "choice", "age", "authority")


class EventSchema(Strict):
    id = Name(required=True)
    text = Text(required=True)
    label = Text(required=True)
    phrase = Text(required=True)
    hint = Text(load_default="")
    planned = YesNo(load_default=False)
    while_not_known = Name(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> EventDate:
        return EventDate(**data)


class OptionSchema(Strict):
    value = Name(required=True)
    text = Text(required=True)
    hint = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Option:
        return Option(**data)


YES_NO = (Option("yes", "Yes"), Option("no", "No"))


class QuestionSchema(Strict):
    id = Name(required=True)
    kind = OneOf(KINDS, required=True)
    text = Text(required=True)
    label = Text(required=True)
    hint = Text(load_default="")
    why = Text(required=True)
    find_out = Text(required=True)
    ask_whom = Text(required=True)
    explanation = Text(load_default="")
    citations = cited(data_key="cite")
    options = listed(nested(OptionSchema), load_default=[])
    detail_of = Name(load_default=None)
    detail_when = Name(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Question:
        options = tuple(data["options"])
        kind = data["kind"]
        if kind == "choice" and len(options) < 2:
            raise ValidationError({"options": ["a choice offers at least two options: add them"]})
        if kind == "authority" and not (data["detail_of"] and data["detail_when"]):
            raise ValidationError(
                "a question of kind authority belongs to an option of another question: "
                "add detail_of and detail_when"
            )
        if kind == "yes/no":
            options = options or YES_NO
            if [option.value for option in options] != ["yes", "no"]:
                raise ValidationError({"options": ["a yes/no question has the options yes and no"]})
        values = [option.value for option in options]
        if len(set(values)) < len(values):
            raise ValidationError({"options": ["two options have the same value: rename one"]})
        return Question(**{**data, "options": options, "citations": tuple(data["citations"])})


class AuthoritySchema(Strict):
    id = Name(required=True)
    name = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> tuple[str, str]:
        return data["id"], data["name"]
