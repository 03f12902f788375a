"""Rules and processes, which take their first citation and their days from their source."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import post_load

from engine.rulebook import NotSettled, Process, Rule, Source, Strength, Verification
from engine.schema.citations import CitationSchema, cited_part
from engine.schema.expressions import When
from engine.schema.periods import days_within
from engine.schema.shapes import Strict, listed, nested
from engine.schema.steps import StepSchema
from engine.schema.values import Day, Name, OneOf, Text, YesNo


class NotSettledSchema(Strict):
    where = Name(required=True)
    see = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> NotSettled:
        return NotSettled(**data)


class RuleSchema(Strict):
    id = Name(required=True)
    paragraph = Text(required=True)
    finding = Name(required=True)
    sentence = Text(required=True)
    paraphrase = Text(required=True)
    strength = OneOf(tuple(Strength), required=True)
    when = When(required=True)
    also_cite = listed(nested(CitationSchema), load_default=[])
    start = Day(load_default=None, data_key="from")
    until = Day(load_default=None)
    status = OneOf(tuple(Verification), load_default=None)
    rests_on = listed(Text(), load_default=[])
    statements = listed(Text(), load_default=[])
    not_settled = nested(NotSettledSchema, load_default=None)


class ProcessSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    summary = Text(required=True)
    finding = Name(required=True)
    decider = Text(required=True)
    strength = OneOf(tuple(Strength), required=True)
    paragraph = Text(required=True)
    also_cite = listed(nested(CitationSchema), load_default=[])
    status = OneOf(tuple(Verification), load_default=None)
    start = Day(load_default=None, data_key="from")
    until = Day(load_default=None)
    first = YesNo(load_default=False)
    steps = listed(nested(StepSchema), load_default=[])
    rests_on = listed(Text(), load_default=[])


class RulesFileSchema(Strict):
    """A file of rules. Its rules and processes stay mappings until their source is known."""

    source = Name(required=True)
    rules = listed(nested(RuleSchema), load_default=[])
    processes = listed(nested(ProcessSchema), load_default=[])


def made_rule(data: dict[str, Anything], source: Source) -> Rule:
    """The rule that a checked mapping makes, in force for as long as its source unless it says."""
    return Rule(**_sourced(data, source))


def made_process(data: dict[str, Anything], source: Source) -> Process:
    """The process that a checked mapping makes."""
    return Process(**_sourced(data, source))


def _sourced(data: dict[str, Anything], source: Source) -> dict[str, Anything]:
    data = cited_part(data, source)
    in_force = days_within(source, data.pop("start"), data.pop("until"))
    return {**data, "in_force": in_force}
