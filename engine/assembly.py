"""From checked files to one rulebook, or every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any as Anything

from marshmallow import ValidationError

from engine.checks import Place, faults_in, identity_of
from engine.faults import DataPath, Fault, RulebookFaults
from engine.rulebook import Rulebook, Source, Strength
from engine.schema import checked, made_guidance, made_overlay, made_process, made_rule


@dataclass(frozen=True)
class RuleFile:
    """A file's name, the kind that its place in the folders gives it, and its data."""

    name: str
    kind: str
    data: Anything


@dataclass
class _Parts:
    """What has been read so far, with the place of every part."""

    faults: list[Fault] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    found: dict[str, list[Anything]] = field(default_factory=dict)

    def add(self, kind: str, identity: str, part: Anything, file: str, path: DataPath) -> None:
        if (kind, identity) in self.places:
            earlier = self.places[kind, identity][0]
            twice = f"'{identity}' is already in {earlier}"
            self.faults.append(
                Fault(file, ("stage",), f"{twice}: join the two files")
                if kind == "every route"
                else Fault(file, (*path, "id"), f"{twice}: rename one of the two")
            )
            return
        self.places[kind, identity] = (file, path)
        self.found.setdefault(kind, []).append(part)

    def all(self, kind: str) -> list[Anything]:
        return self.found.get(kind, [])


LISTS = {
    "sources": "source",
    "editions": "edition",
    "events": "event",
    "questions": "question",
    "contradictions": "contradiction",
    "stages": "stage",
    "notes": "note",
    "text_changes": "text change",
}


def assemble(files: Iterable[RuleFile], version: str) -> Rulebook:
    """The rulebook that the files make. Raises `RulebookFaults` with everything that is wrong."""
    parts = _Parts()
    read: list[tuple[RuleFile, Anything]] = []
    for file in files:
        data, faults = checked(file.kind, file.name, file.data)
        parts.faults += faults
        if not faults:
            read.append((file, data))
    _collect(parts, read)
    if parts.faults:
        raise RulebookFaults(tuple(parts.faults))
    rulebook = _rulebook(parts, version)

    def where(kind: str, identity: str) -> Place:
        return parts.places.get((kind, identity), ("rules", ()))

    faults_found = faults_in(rulebook, where)
    if faults_found:
        raise RulebookFaults(tuple(faults_found))
    return rulebook


def _collect(parts: _Parts, read: list[tuple[RuleFile, Anything]]) -> None:
    for file, data in read:
        if file.kind in LISTS:
            for index, part in enumerate(data[file.kind]):
                parts.add(LISTS[file.kind], part.id, part, file.name, (file.kind, index))
        elif file.kind == "authorities":
            for index, part in enumerate(data["authorities"]):
                parts.add("authority", part[0], part, file.name, ("authorities", index))
        elif file.kind == "statements":
            parts.found.setdefault("numbered", []).extend(data["numbered"])
            parts.found.setdefault("left out", []).extend(data["left_out"])
            for strength, statements in data["strengths"].items():
                parts.found.setdefault("strengths", []).extend(
                    (statement, Strength(strength)) for statement in statements
                )
        elif file.kind == "routes":
            for index, part in enumerate(data["routes"]):
                parts.add("route", part.id, part, file.name, ("routes", index))
            parts.add("every route", data["stage"], data, file.name, ("steps_for_every_route",))
    sources = {source.id: source for source in parts.all("source")}
    for file, data in read:
        if file.kind == "rules" and (source := _source(parts, sources, file, data, ())):
            for key, kind, make in (
                ("rules", "rule", made_rule),
                ("processes", "process", made_process),
            ):
                for index, each in enumerate(data[key]):
                    path = (key, index)
                    try:
                        part = make(each, source)
                        parts.add(kind, identity_of(part), part, file.name, path)
                    except ValidationError as fault:
                        parts.faults += _faults(file, path, fault)
        elif file.kind == "guidance" and (source := _source(parts, sources, file, data, ())):
            for index, each in enumerate(data["guidance"]):
                part = made_guidance(each, source)
                parts.add("guidance", part.id, part, file.name, ("guidance", index))
        elif file.kind == "overlay" and (
            source := _source(parts, sources, file, data["overlay"], ("overlay",))
        ):
            try:
                overlay = made_overlay(data, source)
            except ValidationError as fault:
                parts.faults += _faults(file, (), fault)
                continue
            parts.add("overlay", overlay.id, overlay, file.name, ())
            for index, rule in enumerate(overlay.widenings):
                parts.add("rule", rule.id, rule, file.name, ("widens", index))
            for index, process in enumerate(overlay.processes):
                parts.add("process", identity_of(process), process, file.name, ("processes", index))


def _source(
    parts: _Parts, sources: dict[str, Source], file: RuleFile, data: Anything, path: DataPath
) -> Source | None:
    source = sources.get(data["source"])
    if source is None and sources:
        parts.faults.append(
            Fault(
                file.name,
                (*path, "source"),
                f"no source is called '{data['source']}': add it to sources.yaml or mend the name",
            )
        )
    return source


def _faults(file: RuleFile, path: DataPath, fault: ValidationError) -> list[Fault]:
    messages = fault.messages
    if isinstance(messages, dict):
        return [
            Fault(file.name, (*path, key), str(message))
            for key, inner in messages.items()
            for message in inner
        ]
    return [Fault(file.name, path, str(message)) for message in messages]


def _rulebook(parts: _Parts, version: str) -> Rulebook:
    every = {
        data["stage"]: tuple(data["steps_for_every_route"]) for data in parts.all("every route")
    }
    overlays = parts.all("overlay")
    local_rules = {rule.id for overlay in overlays for rule in overlay.widenings}
    local_processes = {id(process) for overlay in overlays for process in overlay.processes}
    stages = {
        stage.id: replace(stage, steps_for_every_route=every.get(stage.id, ()))
        for stage in parts.all("stage")
    }
    return Rulebook(
        version=version,
        sources={each.id: each for each in parts.all("source")},
        editions=tuple(sorted(parts.all("edition"), key=lambda each: each.in_force.start)),
        questions={each.id: each for each in parts.all("question")},
        event_dates={each.id: each for each in parts.all("event")},
        rules=tuple(each for each in parts.all("rule") if each.id not in local_rules),
        routes=tuple(parts.all("route")),
        processes=tuple(each for each in parts.all("process") if id(each) not in local_processes),
        stages=stages,
        overlays=tuple(overlays),
        contradictions={each.id: each for each in parts.all("contradiction")},
        authorities=tuple(parts.all("authority")),
        guidance=tuple(parts.all("guidance")),
        notes=tuple(parts.all("note")),
        text_changes=tuple(parts.all("text change")),
        numbered=tuple(parts.all("numbered")),
        left_out=tuple(parts.all("left out")),
        statement_strengths=dict(parts.all("strengths")),
    )
