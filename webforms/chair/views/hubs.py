"""The page of a stage: what the rules advise, what was written, and where to write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine.results import RouteGiven
from webforms.chair import facts, people, stages, words
from webforms.chair.casefile import CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.hubs import HUBS, Hub
from webforms.chair.part import Part
from webforms.chair.parts import PARTS
from webforms.chair.writing import shown

GOVERNANCE_AT_LEAST = 3  # Darlington, paragraph 13.3


@dataclass(frozen=True)
class Shown:
    """A part as a page of a stage shows it."""

    part: Part
    rows: list[tuple[str, str]]
    items: list[tuple[str, list[tuple[str, str]], str]]
    may_write: bool
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """What the rules advise at a stage, in short."""

    stage: str
    title: str
    route: RouteGiven | None
    edition: str
    open: int
    warnings: tuple[str, ...]


def advice(file: CaseFile, stage: str) -> Advice | None:
    """The advice at a stage, or None where the rules cannot be applied to the case."""
    if facts.problem(file):
        return None
    found = facts.assessed(file, stage)
    return Advice(
        stage=stage,
        title=found.stage_title,
        route=found.route,
        edition=found.edition_title,
        open=len(found.open),
        warnings=found.warnings,
    )


def part_shown(at: Opened, part_id: str) -> Shown:
    """A part with what was written in it."""
    part = words.for_case(PARTS[part_id], at.file)
    may_write = at.account.role in part.writers
    if not part.many:
        return Shown(part, _rows(at.file, part, ""), [], may_write)
    heads = part.heads
    items = [
        (
            " – ".join(filter(None, (_head(at.file, part, head, item) for head in heads))),
            _rows(at.file, part, item, but=heads),
            item,
        )
        for item in at.file.items(part_id)
    ]
    return Shown(part, [], items, may_write, _note(part_id, len(items)))


def _head(file: CaseFile, part: Part, head: str, item: str) -> str:
    ask = part.ask(head)
    value = file.value(part, ask, item)
    return shown(ask, value) if value else ""


def _note(part_id: str, count: int) -> str:
    if part_id == "governance_meeting" and count < GOVERNANCE_AT_LEAST:
        left = GOVERNANCE_AT_LEAST - count
        return f"{left} more of at least {GOVERNANCE_AT_LEAST} in Darlington (paragraph 13.3)."
    return ""


def _rows(
    file: CaseFile, part: Part, item: str, but: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    return [
        (ask.label, shown(ask, value))
        for ask in part.asks
        if ask.id not in but and (value := file.value(part, ask, item))
    ]


def show(at: Opened, hub: Hub, **more: Any) -> str:
    return render_template(
        "chair/hub.html",
        file=at.file,
        heading=_title(at.file, hub),
        hub=hub,
        advice=advice(at.file, hub.asks) if hub.asks else None,
        problem=facts.problem(at.file),
        parts=[part_shown(at, each) for each in hub.parts],
        documents=[
            (text, url_for("chair.document", reference=at.file.reference, kind=kind))
            for kind, text in hub.documents
        ],
        may_write=at.may_write,
        who=people.account_words,
        **more,
    )


def _title(file: CaseFile, hub: Hub) -> str:
    names = {"learning": "learning_route", "reviewing": "commissioning"}
    return stages.titles(file)[names.get(hub.id, hub.id)]


def _page(hub: Hub, at: Opened) -> ResponseReturnValue:
    return show(at, hub)


for _hub in HUBS.values():
    blueprint.add_url_rule(
        f"/cases/<reference>/{_hub.id.replace('_', '-')}",
        endpoint=_hub.id,
        view_func=case_page(*READERS)(partial(_page, _hub)),
        methods=["GET"],
    )
