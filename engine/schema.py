"""The shape of every rule file: mappings in, frozen parts of a rulebook or faults out.

marshmallow checks names, kinds and required keys; what can only be seen across files (a name that
nobody concludes, two rules for one finding) is checked by `engine.checks`.
"""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from engine.faults import DataPath, Fault
from engine.fields import (
    MISSING,
    Day,
    EveryAnswer,
    Messages,
    Name,
    OneOf,
    Text,
    When,
    YesNo,
    listed,
    nested,
)
from engine.rulebook import (
    Citation,
    Clock,
    Contradiction,
    DatedNote,
    Edition,
    EventDate,
    Form,
    Group,
    Guidance,
    LearningOption,
    LeftOut,
    Lingering,
    Method,
    MethodPoint,
    NotSettled,
    Option,
    Overlay,
    Period,
    Placement,
    Process,
    Question,
    Route,
    Rule,
    Source,
    Stage,
    Step,
    Strength,
    TextChange,
    Verification,
)

UNITS = ("working days", "calendar days", "months", "years")
KINDS = ("yes/no", "choice", "age", "authority")
PLACES = ("first", "last")
# Advice is our own: no source gives it.
OF_A_SOURCE = tuple(each for each in Strength if each is not Strength.ADVICE)
REVIEWS = ("local review", "national review", "serious case review")


class Strict(Schema):
    """A mapping in which every key is known."""

    class Meta:
        unknown = RAISE

    error_messages: dict[str, str] = {
        "unknown": "this key is not known here: check its spelling, or take it out",
        "type": "this has to be a mapping of keys and values",
    }


class PeriodSchema(Strict):
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Period:
        return _period(data["start"], data["until"])


def _period(start: date, until: date | None) -> Period:
    if until is not None and until < start:
        raise ValidationError(
            {"until": [f"in force until {until}, before it starts on {start}: mend one of them"]}
        )
    return Period(start, until)


class CitationSchema(Strict):
    source = Name(required=True)
    paragraph = Text(required=True)
    status = OneOf(tuple(Verification), load_default=None)
    strength = OneOf(OF_A_SOURCE, load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Citation:
        strength = data["strength"] and Strength(data["strength"])
        return Citation(data["source"], data["paragraph"], _verification(data["status"]), strength)


def _verification(word: str | None) -> Verification | None:
    return None if word is None else Verification(word)


def _at_least_one() -> validate.Length:
    return validate.Length(min=1, error="this is empty: cite at least one source and paragraph")


def _cited(**kwargs: Anything) -> fields.List[Anything]:
    return listed(nested(CitationSchema), required=True, validate=_at_least_one(), **kwargs)


def _names(**kwargs: Anything) -> fields.List[Anything]:
    return listed(Name(), **kwargs)


class SourceSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    short = Text(required=True)
    kind = OneOf(("statute", "regulations", "guidance", "local procedure"), required=True)
    in_force = nested(PeriodSchema, required=True)
    status = OneOf(tuple(Verification), required=True)
    note = Text(load_default="")
    paragraph_word = Text(load_default="paragraph")
    begins = OneOf(("older", "ours"), load_default="")
    older_paragraphs = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Source:
        return Source(**_frozen({**data, "status": Verification(data["status"])}))


class LingeringSchema(Strict):
    until = Day(required=True)
    changed = Name(required=True)
    stages = listed(Name(), required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Lingering:
        return Lingering(**_frozen(data))


class EditionSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)
    status = OneOf(tuple(Verification), required=True)
    carries_forward = Name(load_default=None)
    lingers = nested(LingeringSchema, load_default=None)
    note = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Edition:
        period = _period(data.pop("start"), data.pop("until"))
        return Edition(in_force=period, **{**data, "status": Verification(data["status"])})


class EventSchema(Strict):
    id = Name(required=True)
    text = Text(required=True)
    label = Text(required=True)
    phrase = Text(required=True)
    hint = Text(load_default="")
    planned = YesNo(load_default=False)

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
    citations = _cited(data_key="cite")
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


def _so_many() -> fields.Integer:
    return fields.Integer(
        load_default=None,
        strict=True,
        validate=validate.Range(min=1, error="a clock runs for at least 1: mend the number"),
        error_messages={**MISSING, "invalid": "this has to be a whole number"},
    )


class ClockSchema(Strict):
    within = _so_many()
    after = _so_many()
    unit = OneOf(UNITS, required=True)
    of = Name(load_default=None)
    before = Name(load_default=None)
    met_by = Name(load_default=None)
    note = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Clock:
        of, before = data.pop("of"), data.pop("before")
        within, after = data.pop("within"), data.pop("after")
        if (within is None) == (after is None):
            raise ValidationError(
                "a clock says by when something is done ('within') or from when ('after'): "
                "give one of the two, with a number"
            )
        if after is not None and before is not None:
            raise ValidationError(
                {"after": ["a clock that runs back from an event has 'within': write that"]}
            )
        if (of is None) == (before is None):
            raise ValidationError(
                "a clock runs from an event ('of') or back from one ('before'): give one of the two"
            )
        return Clock(
            within=within or after,
            of=of or before,
            before=before is not None,
            after=after is not None,
            **data,
        )


class By(fields.Field[tuple[str, tuple[Clock, ...]]]):
    """Words, one clock, or a list of clocks."""

    default_error_messages: Messages = MISSING

    def _deserialize(self, value: Anything, *args: Anything, **kwargs: Anything) -> Anything:
        if isinstance(value, str):
            return value, ()
        if isinstance(value, dict):
            return "", (ClockSchema().load(value),)
        if not isinstance(value, list) or not value:
            raise ValidationError("say by when in words, or give a clock or a list of clocks")
        return "", tuple(ClockSchema(many=True).load(value))


class StepSchema(Strict):
    id = Name(required=True)
    do = Text(required=True)
    who = Text(required=True)
    by = By(load_default=("", ()))
    strength = OneOf(tuple(Strength), required=True)
    citations = listed(nested(CitationSchema), data_key="cite", load_default=[])
    when = When(load_default=None)
    note = Text(load_default="")
    rests_on = listed(Text(), load_default=[])
    statements = listed(Text(), load_default=[])
    holds = OneOf(REVIEWS, load_default=None)
    start = Day(load_default=None, data_key="from")
    until = Day(load_default=None)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Step:
        advice = data["strength"] == Strength.ADVICE
        if advice and data["citations"]:
            raise ValidationError(
                {
                    "cite": [
                        "advice is our own and cites nothing: take this out, or give the "
                        "source's own strength"
                    ]
                }
            )
        if not advice and not data["citations"]:
            raise ValidationError(
                {
                    "cite": [
                        "this is missing: cite at least one source and paragraph, or call the "
                        "step advice"
                    ]
                }
            )
        start, until = data["start"], data["until"]
        if start and until:
            _period(start, until)
        by_words, clocks = data.pop("by")
        return Step(by_words=by_words, clocks=clocks, **_frozen(data))


def _frozen(data: dict[str, Anything]) -> dict[str, Anything]:
    """Lists as tuples, and the strength as the word that it is."""
    out: dict[str, Anything] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in data.items()
    }
    if "strength" in out:
        out["strength"] = Strength(out["strength"])
    return out


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
    citations = _cited(data_key="cite")
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
        routes = [Route(stage=data["stage"], **_frozen(each)) for each in data["routes"]]
        return {**data, "routes": routes}


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
    in_force = _narrowed(source, data.pop("start"), data.pop("until"))
    return {**data, "in_force": in_force}


def _narrowed(source: Source, start: date | None, until: date | None) -> Period:
    """The source's days in force, or a part of them."""
    for key, day in (("from", start), ("until", until)):
        if day is not None and not source.in_force.covers(day):
            raise ValidationError(
                {key: [f"'{source.id}' is not in force on {day}: name a day within its dates"]}
            )
    return _period(start or source.in_force.start, until or source.in_force.until)


class StageSchema(Strict):
    id = Name(required=True)
    title = Text(required=True)
    ask = Text(required=True)
    whom = Text(required=True)
    edition_by = _names(required=True)
    dates = _names(required=True)
    questions = _names(required=True)
    decides = _names(load_default=[])
    asked_processes = _names(load_default=[])
    shown_processes = _names(load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Stage:
        return Stage(**_frozen(data))


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


class Cited(Strict):
    """A part with a paragraph of its file's source, and the statements that it encodes."""

    id = Name(required=True)
    paragraph = Text(required=True)
    also_cite = listed(nested(CitationSchema), load_default=[])
    status = OneOf(tuple(Verification), load_default=None)
    statements = listed(Text(), load_default=[])


class GuidanceSchema(Cited):
    topic = Text(required=True)
    text = Text(required=True)
    who = Text(required=True)
    strength = OneOf(tuple(Strength), required=True)


class GuidanceFileSchema(Strict):
    source = Name(required=True)
    guidance = listed(nested(GuidanceSchema), required=True)


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


class NoteSchema(Strict):
    id = Name(required=True)
    text = Text(required=True)
    start = Day(required=True, data_key="from")
    until = Day(load_default=None)
    stages = listed(Name(), required=True)
    citations = _cited(data_key="cite")
    rests_on = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> DatedNote:
        return DatedNote(in_force=_period(data.pop("start"), data.pop("until")), **_frozen(data))


class TextChangeSchema(Strict):
    id = Name(required=True)
    old = Name(required=True)
    new = Name(required=True)
    point = Text(required=True)
    was = Text(required=True)
    now = Text(required=True)
    sure = OneOf(("high", "fairly high", "medium", "low"), required=True)
    citations = _cited(data_key="cite")
    rests_on = listed(Text(), load_default=[])

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> TextChange:
        return TextChange(**_frozen(data))


class NumberedSchema(Strict):
    prefix = Text(required=True)
    last = fields.Integer(required=True, strict=True)
    source = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> tuple[str, int, str]:
        return data["prefix"], data["last"], data["source"]


class LeftOutSchema(Strict):
    statements = listed(Text(), required=True)
    reason = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> LeftOut:
        return LeftOut(**_frozen(data))


class StatementsFileSchema(Strict):
    """The numbered statements of each source, and those that are left out."""

    numbered = listed(nested(NumberedSchema), required=True)
    strengths = fields.Dict(
        keys=OneOf(("must", "duty", "should", "may")), values=listed(Text()), load_default={}
    )
    left_out = listed(nested(LeftOutSchema), load_default=[])


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


def made_guidance(data: dict[str, Anything], source: Source) -> Guidance:
    """The guidance that a checked mapping makes."""
    return Guidance(**cited_part(data, source))


def cited_part(data: dict[str, Anything], source: Source) -> dict[str, Anything]:
    """A part's fields, with its paragraph of the source as the first of its citations."""
    data = _frozen(data)
    own = Citation(source.id, data.pop("paragraph"), _verification(data.pop("status")))
    return {"citations": (own, *data.pop("also_cite")), **data}


class ContradictionSchema(Strict):
    id = Text(required=True)
    title = Text(required=True)
    positions = listed(Text(), required=True)
    reading = Text(required=True)
    reason = Text(required=True)
    sentence = Text(required=True)
    settled = Text(load_default="")

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> Contradiction:
        return Contradiction(**_frozen(data))


class AuthoritySchema(Strict):
    id = Name(required=True)
    name = Text(required=True)

    @post_load
    def make(self, data: dict[str, Anything], **_: Anything) -> tuple[str, str]:
        return data["id"], data["name"]


def _file_of(key: str, schema: type[Schema]) -> type[Schema]:
    return Strict.from_dict({key: listed(nested(schema), required=True)}, name=f"{key}File")


FILE_KINDS: dict[str, type[Schema]] = {
    "sources": _file_of("sources", SourceSchema),
    "editions": _file_of("editions", EditionSchema),
    "events": _file_of("events", EventSchema),
    "stages": _file_of("stages", StageSchema),
    "contradictions": _file_of("contradictions", ContradictionSchema),
    "authorities": _file_of("authorities", AuthoritySchema),
    "notes": _file_of("notes", NoteSchema),
    "text_changes": _file_of("text_changes", TextChangeSchema),
    "statements": StatementsFileSchema,
    "guidance": GuidanceFileSchema,
    "questions": _file_of("questions", QuestionSchema),
    "routes": RoutesFileSchema,
    "rules": RulesFileSchema,
    "overlay": OverlayFileSchema,
}


def checked(kind: str, file: str, data: Anything) -> tuple[Anything, tuple[Fault, ...]]:
    """The parts in a file of that kind, or None and what is wrong with it."""
    if not isinstance(data, dict):
        return None, (Fault(file, (), "this file has to be a mapping of keys and values"),)
    try:
        return FILE_KINDS[kind]().load(data), ()
    except ValidationError as fault:
        return None, tuple(_flat(file, (), fault.messages))


def _flat(file: str, path: DataPath, messages: Anything) -> list[Fault]:
    if isinstance(messages, dict):
        out: list[Fault] = []
        for key, inner in messages.items():
            out += _flat(file, path if key == "_schema" else (*path, key), inner)
        return out
    return [Fault(file, path, str(message)) for message in messages]
