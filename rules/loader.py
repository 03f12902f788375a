"""Reads the rule files into a rulebook, with file and line for every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from engine.assembly import RuleFile, assemble
from engine.faults import Fault, RulebookFaults
from engine.rulebook import Rulebook
from rules.yaml_reader import Document, Unreadable, read

RULES = Path(__file__).parent
# Files at the top are named for what they hold; folders hold one kind each.
TOP_LEVEL = (
    "sources",
    "editions",
    "events",
    "stages",
    "contradictions",
    "authorities",
    "notes",
    "text_changes",
    "statements",
)


class FaultyRules(Exception):
    """The rules cannot be used; each line of the message is one fault: file, line, what to do."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The rulebook in this folder, read and checked once. Raises `FaultyRules`."""
    return load(RULES)


def load(folder: Path) -> Rulebook:
    """The rulebook in `folder`. Raises `FaultyRules` with every fault found."""
    documents: dict[str, Document] = {}
    files: list[RuleFile] = []
    unreadable: list[str] = []
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as fault:
            line = fault.object.count(b"\n", 0, fault.start) + 1
            unreadable.append(f"{name}, line {line}: this is not text in UTF-8: save it so")
            continue
        digest.update(f"{name}\0{text}\0".encode())
        try:
            documents[name] = read(text)
        except Unreadable as fault:
            unreadable.append(f"{name}, line {fault.line}: {fault.message}")
            continue
        files.append(RuleFile(name, kind_of(name), documents[name].data))
    if unreadable:
        raise FaultyRules(tuple(unreadable))
    try:
        return assemble(files, digest.hexdigest()[:12])
    except RulebookFaults as found:
        raise FaultyRules(tuple(_lines(found.faults, documents))) from None


def kind_of(name: str) -> str:
    """What a file holds, by its place: `routes/refer.yaml` holds routes."""
    parts = Path(name).parts
    if len(parts) == 1 and Path(name).stem in TOP_LEVEL:
        return Path(name).stem
    if parts[0] in ("questions", "routes"):
        return parts[0]
    if parts[0] == "local":
        return "overlay"
    return "guidance" if Path(name).stem.startswith("guidance") else "rules"


def _lines(faults: tuple[Fault, ...], documents: dict[str, Document]) -> Iterator[str]:
    for fault in sorted(faults, key=lambda each: (each.file, str(each.path))):
        document = documents.get(fault.file)
        line = document.line_of(fault.path) if document else 1
        key = next((str(each) for each in reversed(fault.path) if isinstance(each, str)), "")
        about = f"{key}: " if key else ""
        yield f"{fault.file}, line {line}: {about}{fault.message}"
