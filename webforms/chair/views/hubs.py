"""The page of a stage: what the rules advise, what was written, and where to write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine.results import RouteGiven
from webforms import visits
from webforms.chair import duties, facts, notices, people, stages, words
from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import Deadline, deadlines
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.hubs import HUBS, Hub
from webforms.chair.notices import GOVERNANCE_AT_LEAST
from webforms.chair.part import Part
from webforms.chair.part_form import shown
from webforms.chair.parts import PARTS
from webforms.chair.words_of_2015 import DOCUMENTS

STAGE_OF_HUB = {"learning": "learning_route", "reviewing": "commissioning"}


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
    return Shown(part, [], items, may_write, _note(at.file, part, len(items)))


def _head(file: CaseFile, part: Part, head: str, item: str) -> str:
    ask = part.ask(head)
    value = file.value(part, ask, item)
    return shown(ask, value) if value else ""


def _note(file: CaseFile, part: Part, count: int) -> str:
    """What the local procedure says about how many there are, where it is the area's own."""
    if part.id != "governance_meeting" or not words.of_darlington(file):
        return ""
    if count >= GOVERNANCE_AT_LEAST:
        return f"At least {GOVERNANCE_AT_LEAST} were asked for (Darlington, paragraph 13.3)."
    left = GOVERNANCE_AT_LEAST - count
    return f"{left} more of at least {GOVERNANCE_AT_LEAST} (Darlington, paragraph 13.3)."


def _documents(file: CaseFile, hub: Hub) -> list[tuple[str, str]]:
    """The documents of a stage, by the names that they have under the rules of the case."""
    old = DOCUMENTS if not facts.problem(file) and facts.of_boards(file) else {}
    return [(kind, old[kind][0] if kind in old else text) for kind, text in hub.documents]


def _rows(
    file: CaseFile, part: Part, item: str, but: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    return [
        (ask.in_short, shown(ask, value))
        for ask in part.asks
        if ask.id not in but
        and file.applies(part, ask, item)
        and (value := file.value(part, ask, item))
    ]


def due_of(file: CaseFile, stage: str) -> list[Deadline]:
    """What is still due at a stage, so that its page says by when; what is met is left out."""
    return [
        each
        for each in deadlines(file, visits.today())
        if each.stage == stage and each.taken and each.met is None
    ]


def show(at: Opened, hub: Hub, **more: Any) -> str:
    return render_template(
        "chair/hub.html",
        file=at.file,
        heading=_title(at.file, hub),
        hub=hub,
        due=due_of(at.file, STAGE_OF_HUB.get(hub.id, hub.id)),
        advice=advice(at.file, hub.asks) if hub.asks else None,
        denied=duties.notifying_denied(at.file) if hub.id == "notification" else None,
        withdrawal=duties.withdrawal_in_words(at.file),
        denial=duties.denial(at.file),
        problem=facts.problem(at.file),
        notices=notices.of_stage(at.file, hub.id, hub.parts),
        parts=[part_shown(at, each) for each in hub.parts],
        documents=[
            (text, url_for("chair.document", reference=at.file.reference, kind=kind))
            for kind, text in _documents(at.file, hub)
        ],
        may_write=at.may_write,
        who=people.account_words,
        **more,
    )


def _title(file: CaseFile, hub: Hub) -> str:
    return stages.titles(file)[STAGE_OF_HUB.get(hub.id, hub.id)]


def _page(hub: Hub, at: Opened) -> ResponseReturnValue:
    return show(at, hub)


for _hub in HUBS.values():
    blueprint.add_url_rule(
        f"/cases/<reference>/{_hub.id.replace('_', '-')}",
        endpoint=_hub.id,
        view_func=case_page(*READERS)(partial(_page, _hub)),
        methods=["GET"],
    )
