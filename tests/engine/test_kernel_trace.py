"""The kernel's trace of one case: what it says agrees with the assessment and with the lanes."""

from __future__ import annotations

from datetime import date

import pytest

from engine.answers import NOT_KNOWN
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.edition import program_for
from engine.expression import Status
from engine.journey import journey
from engine.kernel import kernel_of
from engine.rulebook import Rulebook
from tests.conftest import make_case

CASES = (
    {},
    {"age_of_person": 4, "what_happened": "died", "abuse_or_neglect": "suspected"},
    {"age_of_person": 18, "what_happened": "harmed", "abuse_or_neglect": NOT_KNOWN},
)


@pytest.mark.parametrize("stage", ["refer", "notify", "rapid-review", "parallel"])
@pytest.mark.parametrize("answers", CASES)
def test_the_trace_names_the_rule_of_every_finding(
    rulebook: Rulebook, working_days: WorkingDays, stage: str, answers: dict[str, str | int]
) -> None:
    case = make_case(stage, "darlington", dates={"awareness": date(2025, 3, 5)}, **answers)
    program = program_for(rulebook, case)
    conclusions, routes = kernel_of(program).trace(journey(program, case.answers).known)
    given = assess(rulebook, case, working_days)
    assert given.route is not None
    assert routes == (given.route.id,)
    assert [(each.rule, each.id, each.status) for each in given.findings] == list(conclusions)


@pytest.mark.parametrize("stage", ["refer", "notify", "rapid-review", "parallel"])
@pytest.mark.parametrize("answers", CASES)
def test_the_trace_agrees_with_the_lanes(
    rulebook: Rulebook, stage: str, answers: dict[str, str | int]
) -> None:
    case = make_case(stage, dates={"awareness": date(2025, 3, 5)}, **answers)
    program = program_for(rulebook, case)
    kernel, known = kernel_of(program), program.known_answers(case.answers)
    lanes = [int(known.get(question) == value) for question, value in kernel.columns]
    established, ruled_out, chosen = kernel.decide(lanes, 1)
    conclusions, routes = kernel.trace(known)
    assert [status is Status.ESTABLISHED for _, _, status in conclusions] == list(
        map(bool, established)
    )
    assert [status is Status.RULED_OUT for _, _, status in conclusions] == list(
        map(bool, ruled_out)
    )
    assert routes == tuple(r for r, holds in zip(kernel.routes, chosen, strict=True) if holds)
