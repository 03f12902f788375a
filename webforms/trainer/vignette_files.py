"""Reads the files of vignettes and checks them; every fault is told with file, line, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from engine.answers import Answer, BadCase, Case, check_answer, check_case
from engine.edition import program_for
from engine.rulebook import Citation, Rulebook
from engine.telling import citations
from rules.yaml_reader import Document, Unreadable, read
from webforms.trainer.vignette import STANDINGS, TOPICS, Point, Turn, Vignette

Where = tuple[str | int, ...]
# The days of a story are its own: none of them is checked against today.
ANY_DAY = date.max


class BadVignettes(Exception):
    """The vignettes cannot be used; each line is one fault: file, line, what to do."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class _Fault(Exception):
    def __init__(self, where: Where, message: str) -> None:
        super().__init__(message)
        self.where = where
        self.message = message


class _Mapping(fields.Field[Any]):
    """Names and plain values."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError("this has to be a mapping of names and values")
        return value


class _Answer(fields.Field[Any]):
    """One word or one number."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Answer:
        if not isinstance(value, str | int):
            raise ValidationError("an answer has to be one word or one number")
        return value


class _Strict(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {
        "unknown": "this key is not known here: check its spelling, or take it out",
        "type": "this has to be a mapping of names and values",
    }


def _text(**more: Any) -> fields.String:
    return fields.String(validate=validate.Length(min=1, error="fill this in"), **more)


class _CitationSchema(_Strict):
    source = _text(required=True)
    paragraph = fields.Raw(required=True)


class _TurnSchema(_Strict):
    leads_to = _text(required=True)
    question = _text()
    answer = _Answer()
    also = _Mapping()
    event = _text()
    day = fields.Date()
    area = _text()


class _PointSchema(_Strict):
    text = _text(required=True)
    cite = fields.List(fields.Nested(_CitationSchema), load_default=list)
    rests_on = fields.List(_text(), load_default=list)


class _ExerciseSchema(_Strict):
    topic = fields.String(required=True, validate=validate.OneOf(TOPICS, error="not a topic"))
    minutes = fields.Integer(required=True, validate=validate.Range(1, 60))
    ask = _text()
    process = _text()
    finding = _text()
    choices = fields.List(_text())
    same_duty = _Mapping(load_default=dict)
    turns_on = fields.List(
        fields.Nested(_TurnSchema),
        required=True,
        validate=validate.Length(1, 2, error="a vignette turns on one fact, or on two"),
    )
    points = fields.List(
        fields.Nested(_PointSchema),
        required=True,
        validate=validate.Length(2, 4, error="give two to four points"),
    )


class _VignetteSchema(_Strict):
    title = _text(required=True)
    source = _text(required=True)
    story = _text(required=True)
    stage = _text(required=True)
    area = _text(required=True)
    dates = _Mapping(required=True)
    answers = _Mapping(required=True)
    expect = _Mapping(required=True)
    exercise = fields.Nested(_ExerciseSchema, required=True)


def load(folder: Path, rulebook: Rulebook) -> list[Vignette]:
    """The vignettes of a folder, by topic and then by id. Raises `BadVignettes`."""
    found: list[Vignette] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            faults.append(f"{path.name}, line 1: this is not text in UTF-8: save it so")
            continue
        except Unreadable as fault:
            faults.append(f"{path.name}, line {fault.line}: {fault.message}")
            continue
        try:
            found.append(_vignette(path.stem, document.data, rulebook))
        except ValidationError as fault:
            faults += [_told(path, document, *each) for each in _leaves(fault.messages)]
        except (BadCase, _Fault) as fault:
            faults.append(_told(path, document, fault.where, fault.message))
    if faults:
        raise BadVignettes(tuple(faults))
    topics = list(TOPICS)
    return sorted(found, key=lambda each: (topics.index(each.topic), each.id))


def _told(path: Path, document: Document, where: Where, message: str) -> str:
    key = next((str(each) for each in reversed(where) if isinstance(each, str)), "")
    about = f"{key}: " if key else ""
    return f"{path.name}, line {document.line_of(where)}: {about}{message}"


def _leaves(messages: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Each message of marshmallow with the place that it is about."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _leaves(inner, where if key == "_schema" else (*where, key))
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield where, str(message)


def _vignette(name: str, data: Any, rulebook: Rulebook) -> Vignette:
    loaded: dict[str, Any] = dict(_VignetteSchema().load(data))
    exercise: dict[str, Any] = loaded["exercise"]
    case = Case(loaded["stage"], loaded["area"], _days(loaded["dates"]), loaded["answers"])
    check_case(rulebook, case, ANY_DAY)
    process, finding = exercise.get("process", ""), exercise.get("finding", "")
    choices, right = _choices(rulebook, case, loaded["expect"], exercise)
    return Vignette(
        id=name,
        title=loaded["title"],
        story=tuple(each.strip() for each in loaded["story"].split("\n") if each.strip()),
        topic=exercise["topic"],
        ask=exercise.get("ask", rulebook.stages[case.stage].ask),
        stage=case.stage,
        area=case.area,
        dates=case.dates,
        answers=case.answers,
        route=str(loaded["expect"]["route"]),
        choices=choices,
        right=right,
        turns_on=tuple(
            _turn(rulebook, case, each, choices, ("exercise", "turns_on", index))
            for index, each in enumerate(exercise["turns_on"])
        ),
        points=tuple(
            _point(rulebook, case, each, ("exercise", "points", index))
            for index, each in enumerate(exercise["points"])
        ),
        minutes=exercise["minutes"],
        same_duty=_same_duty(exercise["same_duty"], choices, right),
        process=process,
        finding=finding,
    )


def _days(given: Mapping[str, Any]) -> dict[str, date]:
    days: dict[str, date] = {}
    for event, value in given.items():
        try:
            days[event] = date.fromisoformat(str(value))
        except ValueError:
            message = f"'{value}' is no day: write it as 2024-01-31"
            raise _Fault(("dates", event), message) from None
    return days


def _choices(
    rulebook: Rulebook, case: Case, expect: Mapping[str, Any], exercise: Mapping[str, Any]
) -> tuple[tuple[str, ...], str]:
    """What learners choose among, and which of it is right."""
    if "route" not in expect:
        raise _Fault(("expect",), "say which route is expected")
    kinds = [kind for kind in ("process", "finding") if exercise.get(kind)]
    if not kinds:
        return _routes(rulebook, case, str(expect["route"]), exercise.get("choices", []))
    if len(kinds) > 1 or "choices" in exercise:
        raise _Fault(("exercise",), "ask about a route, a process or a finding: one of the three")
    if "ask" not in exercise:
        raise _Fault(("exercise",), "add 'ask': the question that learners are asked")
    kind, name = kinds[0], str(exercise[kinds[0]])
    many = {"process": "processes", "finding": "findings"}[kind]
    program = program_for(rulebook, case)
    there = (
        [each.id for each in program.processes]
        if kind == "process"
        else [each.finding for each in program.findings]
    )
    if name not in there:
        raise _Fault(("exercise", kind), f"'{name}' is no {kind} of this stage on that day")
    right = str((expect.get(many) or {}).get(name, "")).replace(" ", "_")
    if right not in STANDINGS:
        raise _Fault(("expect",), f"say under '{many}' how '{name}' is expected to stand")
    return tuple(STANDINGS), right


def _routes(
    rulebook: Rulebook, case: Case, right: str, choices: list[str]
) -> tuple[tuple[str, ...], str]:
    known = {route.id for route in rulebook.routes if route.stage == case.stage}
    for index, choice in enumerate(choices):
        if choice not in known:
            raise _Fault(
                ("exercise", "choices", index), f"'{choice}' is no route of the stage {case.stage}"
            )
    if right not in choices:
        raise _Fault(("exercise", "choices"), f"the expected route '{right}' is not among them")
    if not 3 <= len(set(choices)) == len(choices) <= 5:
        raise _Fault(("exercise", "choices"), "offer three to five routes, each of them once")
    return tuple(choices), right


def _same_duty(given: Mapping[str, Any], choices: tuple[str, ...], right: str) -> Mapping[str, str]:
    for choice, words in given.items():
        where = ("exercise", "same_duty", choice)
        if choice not in choices or choice == right:
            raise _Fault(where, f"'{choice}' is not among the other choices")
        if not words:
            raise _Fault(where, "say what this choice gets wrong, though the duty is the same")
    return {choice: str(words).strip() for choice, words in given.items()}


def _turn(
    rulebook: Rulebook, case: Case, given: dict[str, Any], choices: tuple[str, ...], where: Where
) -> Turn:
    turn = Turn(**given)
    if sum(map(bool, (turn.question, turn.event, turn.area))) != 1:
        raise _Fault(where, "turn one thing: an answer, a date or the area")
    if turn.leads_to not in choices:
        raise _Fault((*where, "leads_to"), f"'{turn.leads_to}' is not among the choices")
    for question, answer in ({turn.question: turn.answer} if turn.question else {}).items():
        try:
            check_answer(rulebook, question, answer)
        except BadCase as fault:
            raise _Fault((*where, "answer"), fault.message) from None
    for question, answer in turn.also.items():
        try:
            check_answer(rulebook, question, answer)
        except BadCase as fault:
            raise _Fault((*where, "also", question), fault.message) from None
    if turn.event and (turn.event not in case.dates or turn.day is None):
        raise _Fault(where, "name a date that the case gives, and the other day")
    if turn.area and turn.area not in {each.area for each in rulebook.overlays}:
        raise _Fault((*where, "area"), f"'{turn.area}' is not an area that Waymark knows")
    return turn


def _point(rulebook: Rulebook, case: Case, given: dict[str, Any], where: Where) -> Point:
    program = program_for(rulebook, case)
    words: list[str] = []
    for index, each in enumerate(given["cite"]):
        cited = _cited(rulebook).get((each["source"], str(each["paragraph"])))
        at = (*where, "cite", index)
        if cited is None:
            raise _Fault(at, "no rule cites this paragraph: cite one that the rules cite")
        shown = citations(program, (cited,))
        if not shown:
            raise _Fault(at, "this source was not in force on the day of the case")
        words += [one.text for one in shown]
    for index, each in enumerate(given["rests_on"]):
        if each not in rulebook.contradictions:
            raise _Fault((*where, "rests_on", index), f"the register has no entry '{each}'")
        words.append(f"our own reading ({each} among the contradictions)")
    if not words:
        raise _Fault(where, "say where it stands: cite a paragraph, or say on what it rests")
    return Point(given["text"], tuple(dict.fromkeys(words)))


@lru_cache(maxsize=4)
def _cited(rulebook: Rulebook) -> dict[tuple[str, str], Citation]:
    """Every paragraph that the rules cite, as the least certain of its citations has it."""
    found: dict[tuple[str, str], Citation] = {}
    for each in _citations_in(rulebook):
        place = (each.source, each.paragraph)
        if place not in found or each.status is not None:
            found[place] = each
    return found


def _citations_in(value: Any) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif is_dataclass(value):
        for each in fields_of(value):
            yield from _citations_in(getattr(value, each.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _citations_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _citations_in(inner)
