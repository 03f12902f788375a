"""What the engine's own diagrams say is held against an independent package of diagrams."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expression import Any, Concluded, Expression, Status, rewrite
from engine.proof import narrowed
from engine.readings import readings_of
from engine.rulebook import Route, Rulebook, Strength
from rules.loader import rulebook as shipped
from tests.engine.little import conditions, laws, little, overlay, program_of, rule
from tests.engine.oracle import FALSE, TRUE, Oracle
from tests.engine.programs import NAMES, shipped_programs
from tests.engine.reading_the_law import law_on, sources_on

LOCAL = [name for name in NAMES if name.split()[1] != "none"]


def both_laws(
    national: Mapping[str, Expression], local: Mapping[str, Expression]
) -> dict[str, Expression]:
    """The national law, and beside it the local one under names of its own."""

    def renamed(node: Expression) -> Expression:
        return Concluded(f"local {node.finding}") if isinstance(node, Concluded) else node

    return {**national, **{f"local {name}": rewrite(local[name], renamed) for name in local}}


@lru_cache(maxsize=8)
def oracle_of(area: str, day: date) -> Oracle:
    return Oracle(shipped(), law_on(shipped(), area, day))


@lru_cache(maxsize=8)
def oracle_of_both(area: str, day: date) -> tuple[Oracle, str]:
    """The oracle of the national law and an area's, and what local findings are called in it."""
    national, local = law_on(shipped(), "none", day), law_on(shipped(), area, day)
    if national == local:
        return oracle_of("none", day), ""
    return Oracle(shipped(), both_laws(national, local)), "local "


def written_routes(rulebook: Rulebook, stage: str, day: date) -> list[Route]:
    """The routes of a stage that cite a source of the day."""
    there = sources_on(rulebook, day)
    return [
        each
        for each in rulebook.routes
        if each.stage == stage and any(cited.source in there for cited in each.citations)
    ]


def test_the_oracle_is_asked_of_every_stage_edition_and_procedure(rulebook: Rulebook) -> None:
    tried = {
        (each.stage.id, each.edition.id, each.overlay.id) for each in shipped_programs().values()
    }
    for stage in rulebook.stages:
        for edition in rulebook.editions:
            for local in rulebook.overlays:
                if local.area == "none" or local.in_force.overlaps(edition.in_force):
                    assert (stage, edition.id, local.id) in tried


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_stands_as_the_oracle_says(name: str) -> None:
    program = shipped_programs()[name]
    readings = readings_of(program)
    oracle, local = oracle_of_both(program.overlay.area, program.day)
    assert readings.status
    for finding, node in readings.status.items():
        established, ruled_out = oracle.standing(local + finding)
        for status, expected in ((Status.ESTABLISHED, established), (Status.RULED_OUT, ruled_out)):
            ours = oracle.of_diagram(readings, node, lambda said, status=status: said is status)
            assert oracle.same(ours, expected), f"{finding} {status}"


@pytest.mark.parametrize("name", NAMES)
def test_exactly_one_route_holds_and_it_is_the_engines(name: str) -> None:
    program = shipped_programs()[name]
    readings = readings_of(program)
    oracle = oracle_of(program.overlay.area, program.day)
    covered = FALSE
    for route in written_routes(shipped(), program.stage.id, program.day):
        node = oracle.stands(route.when)
        overlaps = oracle.both(covered, node)
        assert oracle.same(overlaps, FALSE), f"{route.id} overlaps an earlier route"
        covered = oracle.either(covered, node)
        ours = oracle.of_diagram(
            readings, readings.route, lambda said, wanted=route.id: said == wanted
        )
        assert oracle.same(ours, node), route.id
    assert oracle.same(covered, TRUE), "some case has no route"


# Local procedures


@pytest.mark.parametrize("name", LOCAL)
def test_what_the_national_rules_establish_a_local_procedure_establishes(name: str) -> None:
    program = shipped_programs()[name]
    oracle, local = oracle_of_both(program.overlay.area, program.day)
    for finding in law_on(shipped(), "none", program.day):
        assert lost(oracle, finding, local + finding) == FALSE, finding


def lost(oracle: Oracle, national: str, local: str) -> int:
    """Where the national finding is established and the local one is not."""
    before, after = oracle.standing(national)[0], oracle.standing(local)[0]
    return oracle.both(oracle.at_most_one, oracle.both(before, -after))


@settings(max_examples=60)
@given(law=laws(), data=st.data())
def test_a_local_procedure_is_caught_exactly_when_the_oracle_sees_a_duty_lost(
    law: dict[str, Expression], data: st.DataObject
) -> None:
    widened, when = data.draw(st.sampled_from(list(law))), data.draw(conditions())
    local = overlay("local", rule(widened, when, Strength.MUST))
    rulebook = little(law, local=local, decides=list(law))
    oracle = Oracle(rulebook, both_laws(law, {**law, widened: Any((law[widened], when))}))
    seen = {each for each in law if lost(oracle, each, f"local {each}") != FALSE}
    found = narrowed(program_of(rulebook), program_of(rulebook, "local"))
    assert (found == "") == (seen == set())
    if found:
        assert found.split("'")[1] in seen
