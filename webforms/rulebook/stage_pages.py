"""The pages of a stage, for an edition and an area: what it asks, where it leads, and its maps."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Response, abort, render_template, request
from markupsafe import Markup

from engine.program import Program
from engine.readings import readings_of
from rules.loader import rulebook
from webforms.access import open_to_everyone
from webforms.rulebook import map_drawing, showing
from webforms.rulebook.catalogue import NATIONAL, words_of
from webforms.rulebook.choice_map import ChoiceMap, finding_map, route_map
from webforms.rulebook.citing import doubts_on, plain_day
from webforms.rulebook.door import blueprint, doubts_of, wanted, whole
from webforms.rulebook.editions import (
    area_links,
    area_names,
    chosen,
    day_links,
    edition_links,
)
from webforms.rulebook.references import Kind, Ref


@blueprint.get("/rules/stage/<stage>")
@open_to_everyone
def stage(stage: str) -> str:
    """A stage, on the day and in the area that the address names."""
    program, shared = _asked_for(stage)
    found = program.stage
    known = {
        *(Ref(Kind.QUESTION, each.question.id) for each in program.asked),
        *(Ref(Kind.QUESTION, each.id) for each in program.details),
    }
    processes = {each.id for each in program.processes}
    return render_template(
        "rulebook/stage.html",
        stage=found,
        questions=[ref for each in found.questions if (ref := Ref(Kind.QUESTION, each)) in known],
        routes=program.routes,
        findings=[each.finding for each in program.findings],
        decides=[Ref(Kind.FINDING, each) for each in program.decides],
        asked_processes=[
            Ref(Kind.PROCESS, each) for each in found.asked_processes if each in processes
        ],
        shown_processes=[
            Ref(Kind.PROCESS, each) for each in found.shown_processes if each in processes
        ],
        events=[rulebook().event_dates[each] for each in found.edition_by],
        notes=[
            note
            for note in rulebook().notes
            if stage in note.stages and note.in_force.covers(program.day)
        ],
        steps=showing.steps(whole(), found.steps_for_every_route, program.overlay.area),
        **shared,
    )


@blueprint.get("/rules/stage/<stage>/map")
@open_to_everyone
def stage_map(stage: str) -> str:
    """The whole decision map of a stage, drawn and told; with `of`, that of one finding."""
    finding = request.args.get("of", "")
    program, shared = _asked_for(stage, finding)
    about = _about(program, finding)
    drawn, picture = _drawn(program, finding, f"Decision map: {about}")
    return render_template(
        "rulebook/map.html",
        stage=program.stage,
        finding=Ref(Kind.FINDING, finding) if finding else None,
        about=about,
        map=drawn,
        picture=picture,
        **shared,
    )


@blueprint.get("/rules/stage/<stage>/map.svg")
@open_to_everyone
def stage_map_file(stage: str) -> Response:
    """The same map as a file of its own, which says what it is, to be kept or printed large."""
    finding = request.args.get("of", "")
    program, shared = _asked_for(stage, finding)
    title = f"Decision map: {_about(program, finding)}"
    drawn, picture = _drawn(program, finding, title)
    if picture is None:
        abort(404)
    day = plain_day(program.day)
    head = (
        title,
        f"{program.edition.title}, as on {day}. {shared['area_name']}.",
        f"Waymark’s own words, not the law. Version of the rules: {rulebook().version}.",
    )
    name = "-".join(filter(None, ("waymark-map", stage, finding, str(program.day), shared["area"])))
    return Response(
        map_drawing.draw(drawn, title, head=head, desc=head[1]),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.svg"'},
    )


def _about(program: Program, finding: str) -> str:
    """What a map is about: the stage, or one finding of it."""
    if not finding:
        return program.stage.title
    if program.finding(finding) is None:
        abort(404)
    return whole().entries[Ref(Kind.FINDING, finding)].title


@lru_cache(maxsize=64)
def _drawn(program: Program, finding: str, title: str) -> tuple[ChoiceMap, Markup | None]:
    """The map of a stage or of one of its findings, and its picture where there is a choice."""
    readings = readings_of(program)
    found = finding_map(readings, finding) if finding else route_map(readings)
    return found, map_drawing.draw(found, title) if found.choices else None


def _asked_for(stage: str, finding: str = "") -> tuple[Program, dict[str, Any]]:
    """The program that the address names, and what both pages of a stage show of it."""
    wanted(Ref(Kind.STAGE, stage))
    area = request.args.get("area", NATIONAL)
    program = chosen(rulebook(), stage, area, request.args.get("on", ""))
    if program is None:
        abort(404)
    return program, {
        "program": program,
        "doubts": doubts_on(program),
        "area": area,
        "area_name": area_names(rulebook())[area],
        "on": request.args.get("on") or program.day.isoformat(),
        "editions": edition_links(program, area, finding),
        "areas": area_links(program, area, finding),
        "days": day_links(program, area),
    }


@blueprint.get("/rules/areas/<area>")
@open_to_everyone
def area(area: str) -> str:
    """A local procedure: its groups, forms, options, methods, and the steps that it adds."""
    entry = whole().entries[wanted(Ref(Kind.AREA, area))]
    overlay = next(each for each in rulebook().overlays if each.area == area)
    return render_template(
        "rulebook/area.html",
        area=area,
        entry=entry,
        overlay=overlay,
        words=words_of(rulebook(), area),
        steps=[
            (
                rulebook().stages[each.stage],
                [Ref(Kind.ROUTE, route) for route in each.routes],
                showing.steps(whole(), (each.step,), area)[0],
            )
            for each in overlay.placements
        ],
        contradictions=[Ref(Kind.CONTRADICTION, each) for each in dict.fromkeys(entry.rests_on)],
        doubts=doubts_of(entry.citations),
    )
