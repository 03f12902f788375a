"""Reads YAML as plain data with the line of every value.

Only the plain part of YAML is taken: no anchors and aliases (they can blow up a file), no tags
(they can name code), no repeated keys. `yes` and `no` stay words; only whole numbers are numbers.
PyYAML does the parsing; this module turns its events into data, so that nothing is ever built
that was not looked at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]
DEEPEST = 30
WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,9}\Z")


class Unreadable(Exception):
    """The text cannot be read; `line` counts from 1 and `message` says what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Document:
    """The data of a YAML text, and the line (from 1) on which each value starts."""

    data: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Document:
    """The document in `text`. Raises `Unreadable` with a line and what to do."""
    lines: dict[Path, int] = {}
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        data = _document(events, lines)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable(
            line, f"this is not readable as YAML ({fault.problem}): check indentation and quotes"
        ) from None
    except yaml.YAMLError as fault:
        raise Unreadable(
            1, f"this is not readable as YAML ({str(fault).splitlines()[0]})"
        ) from None
    return Document(data, lines)


def _document(events: Iterator[yaml.Event], lines: dict[Path, int]) -> Any:
    data: Any = None
    seen = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            seen += 1
            if seen > 1:
                raise Unreadable(_line(event), "only one YAML document a file: take out the '---'")
            data = _value(next(events), events, (), lines)
    return data


def _value(
    event: yaml.Event, events: Iterator[yaml.Event], path: Path, lines: dict[Path, int]
) -> Any:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Unreadable(line, "anchors and aliases (& and *) are not allowed: write the value out")
    tag = getattr(event, "tag", None)
    if tag:
        raise Unreadable(line, f"tags such as {tag} are not allowed: write plain text")
    if len(path) > DEEPEST:
        raise Unreadable(line, f"nested more than {DEEPEST} levels deep: flatten it")
    lines[path] = line
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events, (*path, len(items)), lines))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(_line(event), "a key has to be a plain word")
        if event.tag or event.anchor:
            raise Unreadable(_line(event), "a key has to be a plain word, without tag or anchor")
        key = event.value
        if key in mapping:
            raise Unreadable(_line(event), f"the key '{key}' is here twice: keep one")
        mapping[key] = _value(next(events), events, (*path, key), lines)
        # Report a fault in a key's value at the line of the key, where the eye goes.
        lines[(*path, key)] = _line(event)
    return mapping


def _scalar(event: yaml.ScalarEvent) -> str | int | None:
    if not event.style:  # plain: the C parser says "", the Python one None
        if event.value in {"", "~", "null"}:
            return None
        if WHOLE_NUMBER.match(event.value):
            return int(event.value)
    return str(event.value)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
