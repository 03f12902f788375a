"""What runs beside: each process with the test's finding, who decides, and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine.expression import Status
from engine.results import ProcessGiven
from webforms.chair import duties, facts
from webforms.chair.casefile import Data
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part_form import shown
from webforms.chair.parts import PARTS
from webforms.chair.views.hubs import advice

PROCESS = PARTS["process"]


@dataclass(frozen=True)
class Beside:
    """A process: what the rules find, and what people wrote about it.

    `denied` where it must run and is written down as not running.
    """

    process: ProcessGiven
    rows: list[tuple[str, str]]
    waits: list[str]
    denied: bool


@blueprint.get("/cases/<reference>/parallel")
@case_page(*READERS)
def parallel(at: Opened) -> ResponseReturnValue:
    """Every process that applies or may apply, with the agreement on coordination."""
    problem = facts.problem(at.file)
    found = [] if problem else [_beside(at, each) for each in _processes(at)]
    said_to_run = {
        each.process.id for each in found if at.file.one("process", each.process.id).get("runs")
    }
    groups = [
        ("Apply, on these answers", Status.ESTABLISHED),
        ("May apply: these answers do not settle it", Status.OPEN),
    ]
    return render_template(
        "chair/parallel.html",
        file=at.file,
        heading="Parallel processes",
        problem=problem,
        advice=None if problem else advice(at.file, "parallel"),
        groups=[
            (title, [each for each in found if each.process.status is status])
            for title, status in groups
        ],
        ruled_out=[each for each in found if each.process.status is Status.RULED_OUT],
        said_to_run=said_to_run,
        waiting=[(each.process.title, each.waits) for each in found if each.waits],
        may_write=at.account.role in PROCESS.writers,
        back_to=(url_for("chair.case", reference=at.file.reference), "Back to the case"),
    )


def _processes(at: Opened) -> list[ProcessGiven]:
    """The processes of the stage `parallel`, and those that only another stage asks about."""
    found: dict[str, ProcessGiven] = {}
    for stage in ("parallel", "notify"):
        for process in facts.assessed(at.file, stage).processes:
            if not process.first:
                found.setdefault(process.id, process)
    return list(found.values())


def _beside(at: Opened, process: ProcessGiven) -> Beside:
    said = at.file.one("process", process.id)
    rows = [(ask.label, shown(ask, said[ask.id])) for ask in PROCESS.asks if said.get(ask.id)]
    return Beside(process, rows, waits(said), duties.running_denied(at.file, process))


def waits(said: Data) -> list[str]:
    """What waits for a process, in words."""
    until = f", until {said['waits_until']}" if said.get("waits_until") else ""
    found = []
    if said.get("publication_waits") == "yes":
        found.append(f"Publication waits for it{until}.")
    if said.get("meeting_waits") == "yes":
        found.append(f"A meeting, or the start of a review, waits for it{until}.")
    return found
