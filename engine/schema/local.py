"""Local procedures: groups, options, forms, and steps with their places."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import ValidationError, fields, post_load

from engine.rulebook import (
    Form,
    Group,
    LearningOption,
    Method,
    MethodPoint,
    Overlay,
    Placement,
    Source,
)
from engine.schema.citations import Cited, cited_part
from engine.schema.expressions import EveryAnswer
from engine.schema.rules import ProcessSchema, RuleSchema, made_process, made_rule
from engine.schema.shapes import Strict, listed, nested
from engine.schema.statements import GuidanceSchema, made_guidance
from engine.schema.steps import StepSchema
from engine.schema.values import MISSING, Name, OneOf, Text, YesNo

PLACES = ("first", "last")


class OverlayHeadSchema(Strict):
    id = Name(required=True)
    area = Name(required=True)
    title = Text(required=True)
    source = Name(required=True)
    notes = listed(Text(), load_default=[])
    words = fields.Dict(
        keys=Name(),
        values=Text(),
        required=True,
        error_messages={**MISSING, "invalid": "this has to be a mapping of names and words"},
    )


class PlacementSchema(Strict):
    stage = Name(required=True)
    routes = fields.Raw(required=True, error_messages=MISSING)
    place = Text(required=True)
    step = nested(StepSchema, required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Placement:
        routes, place = data["routes"], data["place"]
        if routes != "all" and not (
            isinstance(routes, list) and routes and all(isinstance(each, str) for each in routes)
        ):
            raise ValidationError({"routes": ["list the routes, or write: all"]})
        if place not in PLACES and not place.startswith(("before ", "after ")):
            raise ValidationError(
                {"place": [f"'{place}' is no place: use first, last, before STEP or after STEP"]}
            )
        chosen = () if routes == "all" else tuple(routes)
        return Placement(data["stage"], chosen, place, data["step"])


class GroupSchema(Cited):
    name = Text(required=True)
    role = Text(required=True)


class LearningOptionSchema(Cited):
    title = Text(required=True)
    fits = Text(required=True)
    chosen_by = Text(required=True)
    approved_by = Text(load_default="")


class FormSchema(Cited):
    title = Text(required=True)
    asks = listed(Text(), required=True, data_key="fields")
    handling = Text(load_default="")


class MethodPointSchema(Strict):
    text = Text(required=True)
    when = EveryAnswer(load_default=())
    weighs_more_when = EveryAnswer(load_default=())

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> MethodPoint:
        more = data["weighs_more_when"]
        if data["when"] and more:
            raise ValidationError(
                {"when": ["a point has this or 'weighs_more_when', not both: take one out"]}
            )
        return MethodPoint(data["text"], data["when"] or more, stands_anyway=bool(more))


class MethodSchema(Cited):
    title = Text(required=True)
    description = Text(required=True)
    steps = listed(Text(), required=True)
    fits = listed(nested(MethodPointSchema), load_default=[])
    merits = listed(nested(MethodPointSchema), load_default=[])
    drawbacks = listed(nested(MethodPointSchema), load_default=[])
    family_involved = OneOf(("yes", "no"), load_default="")
    tool = YesNo(load_default=False)


class OverlayFileSchema(Strict):
    overlay = nested(OverlayHeadSchema, required=True)
    groups = listed(nested(GroupSchema), load_default=[])
    options = listed(nested(LearningOptionSchema), load_default=[])
    forms = listed(nested(FormSchema), load_default=[])
    methods = listed(nested(MethodSchema), load_default=[])
    guidance = listed(nested(GuidanceSchema), load_default=[])
    steps = listed(nested(PlacementSchema), load_default=[])
    widens = listed(nested(RuleSchema), load_default=[])
    processes = listed(nested(ProcessSchema), load_default=[])


def made_overlay(data: dict[str, Anything], source: Source) -> Overlay:
    """The overlay that a checked mapping makes, in force for as long as its source."""
    head = data["overlay"]
    return Overlay(
        id=head["id"],
        area=head["area"],
        title=head["title"],
        source=head["source"],
        in_force=source.in_force,
        words=tuple(head["words"].items()),
        placements=tuple(data["steps"]),
        widenings=tuple(made_rule(each, source) for each in data["widens"]),
        processes=tuple(made_process(each, source) for each in data["processes"]),
        notes=tuple(head["notes"]),
        groups=tuple(Group(**cited_part(each, source)) for each in data["groups"]),
        options=tuple(LearningOption(**cited_part(each, source)) for each in data["options"]),
        forms=tuple(Form(**cited_part(each, source)) for each in data["forms"]),
        methods=tuple(Method(**cited_part(each, source)) for each in data["methods"]),
        guidance=tuple(made_guidance(each, source) for each in data["guidance"]),
    )
