"""Which kind of file holds what, and what is wrong with one that does not."""

from __future__ import annotations

from typing import Any as Anything

from marshmallow import Schema, ValidationError

from engine.faults import DataPath, Fault
from engine.schema.local import OverlayFileSchema
from engine.schema.questions import AuthoritySchema, EventSchema, QuestionSchema
from engine.schema.routes import RoutesFileSchema, StageSchema
from engine.schema.rules import RulesFileSchema
from engine.schema.shapes import Strict, listed, nested
from engine.schema.sources import (
    ContradictionSchema,
    EditionSchema,
    NoteSchema,
    SourceSchema,
    TextChangeSchema,
)
from engine.schema.statements import GuidanceFileSchema, StatementsFileSchema


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
