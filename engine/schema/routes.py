"""Stages, and the routes of a stage with the steps that they share."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import ValidationError, fields, post_load

from engine.rulebook import Route, Stage, Step, Strength
from engine.schema.citations import cited
from engine.schema.expressions import When
from engine.schema.shapes import Strict, frozen, listed, names, nested
from engine.schema.steps import REVIEWS, StepSchema
from engine.schema.values import MISSING, Messages, Name, OneOf, Text


class StageSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    ask = Text(required=True)
    whom = Text(required=True)
    edition_by = names(required=True)
    dates = names(required=True)
    questions = names(required=True)
    decides = names(load_default=[])
    asked_processes = names(load_default=[])
    shown_processes = names(load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Stage:
        return Stage(**frozen(data))


class StepOrUse(fields.Field[Step | str]):
    """A step written out, or `use: NAME` for one of the file's shared steps."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> Step | str:
        if isinstance(value, dict) and set(value) == {"use"} and isinstance(value["use"], str):
            return value["use"]
        step: Step = StepSchema().load(value)
        return step


class RouteSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    summary = Text(required=True)
    strength = OneOf(tuple(Strength), required=True)
    citations = cited(data_key="cite")
    when = When(required=True)
    steps = listed(StepOrUse(), required=True)
    rests_on = listed(Text(), load_default=[])
    holds = OneOf(REVIEWS, load_default=None)


class RoutesFileSchema(Strict):
    stage = Name(required=True)
    steps_for_every_route = listed(nested(StepSchema), load_default=[])
    shared_steps = listed(nested(StepSchema), load_default=[])
    routes = listed(nested(RouteSchema), required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> dict[str, Anything]:
        shared = {step.id: step for step in data["shared_steps"]}
        faults: dict[int, Anything] = {}
        for index, route in enumerate(data["routes"]):
            unknown = {
                at: {"use": [f"no shared step is called '{each}': mend the name or write the step"]}
                for at, each in enumerate(route["steps"])
                if isinstance(each, str) and each not in shared
            }
            if unknown:
                faults[index] = {"steps": unknown}
            route["steps"] = [
                shared.get(each) if isinstance(each, str) else each for each in route["steps"]
            ]
        if faults:
            raise ValidationError({"routes": faults})
        routes = [Route(stage=data["stage"], **frozen(each)) for each in data["routes"]]
        return {**data, "routes": routes}
