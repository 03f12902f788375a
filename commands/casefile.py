"""Reads a case file: area, dates and answers, checked, or one sentence that says what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from engine.answers import Answer, BadCase, Case, check_case
from engine.rulebook import Rulebook
from rules.yaml_reader import Document, Unreadable, read

LARGEST = 200_000
LONGEST_TOLD = 600
DEFAULT_STAGE = "refer"


class BadCaseFile(Exception):
    """The case file cannot be used; the message names the file, the line, and what to do.

    It is one line that a terminal can show, whatever the file holds.
    """

    def __init__(self, message: str) -> None:
        printable = "".join(each if each.isprintable() else " " for each in message)
        line = " ".join(printable.split())
        if len(line) > LONGEST_TOLD:
            line = f"{line[: LONGEST_TOLD // 2]} … {line[-LONGEST_TOLD // 2 :]}"
        super().__init__(line)


@dataclass(frozen=True)
class CaseFile:
    """A case, and what a worked case says about itself: its title, source, and what is expected."""

    case: Case
    title: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)
    lines: Document = field(default_factory=lambda: Document(None, {}))

    def refused(self, path: Path, fault: BadCase) -> BadCaseFile:
        """What is wrong with the case, with the file and line where it is said."""
        return _refused(path, self.lines, fault)


def _refused(path: Path, document: Document, fault: BadCase) -> BadCaseFile:
    return BadCaseFile(f"{path}, line {document.line_of(fault.where)}: {fault.message}")


class _Whole(fields.Field[Any]):
    """A mapping of names to plain values."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValidationError("this has to be a mapping of names and values")
        return value


_TEXT: dict[str, str | list[Any] | dict[Any, Any]] = {
    "invalid": "this has to be text: put it in quotes",
    "null": "this is empty: fill it in or take the key out",
}


class _CaseSchema(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "this key is not known here: check its spelling, or take it out"}

    area = fields.String(
        required=True,
        error_messages={
            "required": "the case names no area: add 'area: none', or the area's name",
            "invalid": "the area has to be a name, such as darlington or none",
            "null": "the area is empty: write 'none' for the national rules alone",
        },
    )
    stage = fields.String(
        error_messages={
            "invalid": "the stage has to be a name, such as refer",
            "null": "the stage is empty: name it, or take the key out",
        }
    )
    dates = _Whole(load_default=dict, allow_none=True)
    answers = _Whole(load_default=dict, allow_none=True)
    title = fields.String(error_messages=_TEXT)
    source = fields.String(error_messages=_TEXT)
    story = fields.String(error_messages=_TEXT)
    expect = _Whole(load_default=dict, allow_none=True)
    # What a vignette asks of learners is the trainer's affair; the case is a case like any other.
    exercise = _Whole()


def read_case(path: Path, rulebook: Rulebook, stage: str | None, today: date) -> CaseFile:
    """The case in a file, at `stage` if given, else at the file's own, else at `refer`.

    Raises `BadCaseFile`.
    """
    try:
        document = read(_text(path))
    except Unreadable as fault:
        raise BadCaseFile(f"{path}, line {fault.line}: {fault.message}") from None
    data = document.data
    if data is None:
        raise BadCaseFile(f"{path}, line 1: the file is empty: write area, dates and answers")
    if not isinstance(data, dict):
        raise BadCaseFile(f"{path}, line 1: a case file is a mapping of area, dates and answers")
    try:
        loaded: dict[str, Any] = dict(_CaseSchema().load(data))
    except ValidationError as fault:
        raise BadCaseFile(_first(path, document, fault.messages)) from None
    try:
        case = Case(
            stage=stage or loaded.get("stage", DEFAULT_STAGE),
            area=loaded["area"],
            dates=_dates(loaded["dates"] or {}),
            answers=_answers(rulebook, loaded["answers"] or {}),
        )
        check_case(rulebook, case, today)
    except BadCase as fault:
        raise _refused(path, document, fault) from None
    return CaseFile(case, loaded.get("title", ""), loaded["expect"] or {}, document)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise BadCaseFile(f"{path}: there is no such file: check the name") from None
    except IsADirectoryError:
        raise BadCaseFile(f"{path}: this is a folder: name a case file in it") from None
    except OSError as fault:
        raise BadCaseFile(f"{path}: the file cannot be read: {fault.strerror}") from None
    if len(raw) > LARGEST:
        raise BadCaseFile(
            f"{path}: the file is larger than {LARGEST // 1000} kB, so it is no case file"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise BadCaseFile(f"{path}, line {line}: this is not text in UTF-8: save it so") from None


def _dates(given: Mapping[str, Any]) -> dict[str, date]:
    dates: dict[str, date] = {}
    for event, value in given.items():
        if value is None or value == "not known":
            continue
        try:
            if not isinstance(value, str):
                raise ValueError
            dates[event] = date.fromisoformat(value)
        except ValueError:
            raise BadCase(
                f"the date '{event}' is '{value}', which is no day: write it as 2024-01-31",
                ("dates", event),
            ) from None
    return dates


def _answers(rulebook: Rulebook, given: Mapping[str, Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for name, value in given.items():
        where = ("answers", name)
        if isinstance(value, list | dict) or value is None:
            raise BadCase(f"the answer to '{name}' has to be one word or number", where)
        question = rulebook.questions.get(name)
        if question is not None and question.kind == "yes/no":
            value = {"true": "yes", "false": "no"}.get(str(value).lower(), value)
        answers[name] = value
    return answers


def _first(path: Path, document: Document, messages: Any) -> str:
    key, inner = next(iter(messages.items()))
    message = inner[0] if isinstance(inner, list) else str(inner)
    return f"{path}, line {document.line_of((key,))}: {key}: {message}"
