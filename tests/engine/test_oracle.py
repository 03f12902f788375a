"""What the engine's own diagrams say is held against an independent package of diagrams."""

from __future__ import annotations

from datetime import date

import pytest

from engine.edition import epochs, program_on
from engine.expression import Status
from engine.readings import readings_of
from engine.rulebook import Rulebook
from rules.loader import rulebook as shipped
from tests.engine.oracle import FALSE, TRUE, Oracle
from tests.engine.reading_the_law import law_on

# The law changes for a stage between these days, and at no other shipped day.
DAYS = [date(2018, 6, 29), date(2020, 3, 1), date(2023, 12, 15), date(2026, 3, 18)]
WHERE = [
    pytest.param(stage, area, day, id=f"{stage} {area} {day}")
    for stage in shipped().stages
    for area in ("none", "darlington")
    for day in DAYS
]


@pytest.mark.parametrize(("stage", "area", "day"), WHERE)
def test_every_finding_stands_as_the_oracle_says(
    stage: str, area: str, day: date, rulebook: Rulebook
) -> None:
    program = program_on(rulebook, stage, area, day)
    readings = readings_of(program)
    oracle = Oracle(rulebook, law_on(rulebook, area, day))
    assert readings.status
    for finding, node in readings.status.items():
        established, ruled_out = oracle.standing(finding)
        for status, expected in ((Status.ESTABLISHED, established), (Status.RULED_OUT, ruled_out)):
            ours = oracle.of_diagram(readings, node, lambda said, status=status: said is status)
            assert oracle.same(ours, expected), f"{finding} {status}"


@pytest.mark.parametrize(("stage", "area", "day"), WHERE)
def test_exactly_one_route_holds_and_it_is_the_engines(
    stage: str, area: str, day: date, rulebook: Rulebook
) -> None:
    readings = readings_of(program_on(rulebook, stage, area, day))
    oracle = Oracle(rulebook, law_on(rulebook, area, day))
    written = {each.id: each.when for each in rulebook.routes if each.stage == stage}
    holds = {route: oracle.stands(when) for route, when in written.items()}
    covered = FALSE
    for route, node in holds.items():
        assert oracle.same(oracle.both(covered, node), FALSE), f"{route} overlaps an earlier route"
        covered = oracle.either(covered, node)
        ours = oracle.of_diagram(readings, readings.route, lambda said, route=route: said == route)
        assert oracle.same(ours, node), route
    assert oracle.same(covered, TRUE), "some case has no route"


def test_the_days_tried_here_are_all_those_on_which_the_law_of_a_stage_changes(
    rulebook: Rulebook,
) -> None:
    for area in ("none", "darlington"):
        laws = {day: law_on(rulebook, area, day) for day in epochs(rulebook)}
        for day, law in laws.items():
            if day <= date(2026, 6, 10):
                tried = max(each for each in DAYS if each <= day)
                for stage in rulebook.stages:
                    program = program_on(rulebook, stage, area, day)
                    used = {each.finding for each in program.findings}
                    assert {each: law[each] for each in used} == {
                        each: laws[tried][each] for each in used
                    }
