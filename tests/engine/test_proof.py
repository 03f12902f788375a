"""What is proved of the rules holds, and a broken rulebook is caught with a case in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import engine.symbolic
from engine.expression import Aged, All, Answered, Any, Concluded, Expression, Not, Stands, Status
from engine.joins import NO, YES, Compiled, compiled
from engine.program import Program
from engine.proof import (
    Claim,
    durable_rules_equals_kernel,
    duties_are_monotone,
    every_program,
    every_route_is_reached,
    every_step_is_settled,
    exactly_one_route,
    kernel_is_exact,
    narrowed,
    no_review_is_compelled,
    not_known_is_safe,
    prove,
)
from engine.readings import Readings, readings_of
from engine.rulebook import Rulebook, Step, Strength
from tests.engine.little import (
    CITED,
    EITHER_WAY,
    START,
    little,
    overlay,
    program_of,
    route,
    rule,
    yes,
)
from tests.rules.small_rulebook import small_rulebook

TODAY = date(2026, 6, 10)
EVERY_CLAIM = {
    "1 one route",
    "1 reached",
    "1 settled",
    "1 dead rules",
    "2 overlays",
    "3 discretion",
    "3 strength",
    "4 monotone",
    "5 exact",
    "5 safe",
    "6 editions",
    "8 coverage",
    "forward",
}
# Claims about the rulebook as a whole, or about an area beside the nation.
WHOLE = {"1 dead rules", "2 overlays", "3 strength", "6 editions", "8 coverage"}


def is_caught(claim: Claim, counterexample: str) -> None:
    """The claim fails, and says of which case."""
    assert not claim.holds
    assert claim.counterexample == counterexample


def failed(rulebook: Rulebook) -> dict[str, str]:
    return {each.id: each.counterexample for each in prove(rulebook, TODAY) if not each.holds}


# What holds


@pytest.fixture(scope="module")
def claims(rulebook: Rulebook, today: date) -> tuple[Claim, ...]:
    """What is proved of the shipped rules."""
    return prove(rulebook, today)


def test_everything_is_proved_of_the_shipped_rules(claims: tuple[Claim, ...]) -> None:
    assert [each for each in claims if not each.holds] == []
    assert {each.id for each in claims} == EVERY_CLAIM


def test_every_stage_edition_and_procedure_is_proved(
    rulebook: Rulebook, claims: tuple[Claim, ...]
) -> None:
    tried = {
        f"{stage}, {edition.id}, {overlay.id}"
        for stage in rulebook.stages
        for edition in rulebook.editions
        for overlay in rulebook.overlays
        if overlay.area == "none" or overlay.in_force.overlaps(edition.in_force)
    }
    for identity in EVERY_CLAIM - WHOLE:
        assert {each.where for each in claims if each.id == identity} == tried
    local = {each for each in tried if not each.endswith(", none")}
    assert {each.where for each in claims if each.id == "2 overlays"} == local


def test_everything_is_proved_of_the_small_rulebook() -> None:
    assert failed(small_rulebook()) == {}


def test_a_claim_that_holds_has_no_counterexample(claims: tuple[Claim, ...]) -> None:
    assert {each.counterexample for each in claims} == {""}


# 1. Routes and rules

DANGER = {"danger": All((yes("seen"), yes("told")))}
SO, NOT_SO, UNSURE = (
    Stands("danger", Status.ESTABLISHED),
    Stands("danger", Status.RULED_OUT),
    Stands("danger", Status.OPEN),
)


def test_two_routes_that_overlap_are_caught() -> None:
    rulebook = little(DANGER, {"act": SO, "wait": UNSURE, "rest": Not(UNSURE)})
    is_caught(exactly_one_route(program_of(rulebook)), "several routes for: seen: yes; told: yes")
    assert "1 one route" in failed(rulebook)


def test_a_case_without_a_route_is_caught() -> None:
    rulebook = little(DANGER, {"act": SO, "rest": NOT_SO})
    is_caught(exactly_one_route(program_of(rulebook)), "no route for: seen: yes; told: not known")
    assert "1 one route" in failed(rulebook)


def test_a_route_that_nothing_leads_to_is_caught() -> None:
    never = All((SO, NOT_SO))
    rulebook = little(DANGER, {"act": SO, "wait": UNSURE, "rest": NOT_SO, "dream": never})
    is_caught(every_route_is_reached(program_of(rulebook)), "no answers lead to dream")
    assert failed(rulebook) == {"1 reached": "no answers lead to dream"}


def hanging_step(*decides: str) -> Program:
    """A step that is told of a rumour, and what the stage decides beside its route."""
    step = Step("hear", "Hear what is said", "You", Strength.MAY, CITED)
    step = replace(step, when=Stands("rumour", Status.ESTABLISHED))
    routes = [route("act", SO, step), route("wait", UNSURE), route("rest", NOT_SO)]
    return program_of(
        little({"rumour": yes("told"), "danger": yes("seen")}, routes, decides=decides)
    )


def test_a_step_that_hangs_on_what_is_never_asked_is_caught() -> None:
    is_caught(
        every_step_is_settled(hanging_step()),
        "step 'hear' of 'act' still hangs on an answer for: seen: yes",
    )


def test_a_step_on_what_the_stage_decides_is_settled() -> None:
    assert every_step_is_settled(hanging_step("rumour")).holds


def test_a_rule_that_no_stage_rests_on_is_caught() -> None:
    rulebook = little({"idle": yes("told"), **DANGER})
    assert failed(rulebook) == {"1 dead rules": "no stage rests on rule 'act-idle'"}


@pytest.mark.parametrize(
    ("when", "always"),
    [
        (All((yes("seen"), Answered("seen", ("no",)))), "ruled out"),
        (Any((yes("seen"), Answered("seen", ("no",)))), "established"),
        (All((Aged("age", 18, None), Aged("age", None, 16))), "ruled out"),
        (Any((yes("seen"), Not(yes("seen")))), "established"),
    ],
)
def test_a_rule_that_no_answer_can_sway_is_caught(when: Expression, always: str) -> None:
    rulebook = little({"idle": when, **DANGER}, decides=["idle"])
    assert failed(rulebook)["1 dead rules"] == f"'idle' is always {always}"


# 2. Local procedures


def test_a_local_procedure_that_narrows_through_a_not_is_caught() -> None:
    rules = {"safe": yes("told"), "danger": All((yes("seen"), Not(Concluded("safe"))))}
    local = overlay("local", rule("safe", Answered("place", ("home",))))
    rulebook = little(rules, local=local, decides=["danger", "safe"])
    found = narrowed(program_of(rulebook), program_of(rulebook, "local"))
    assert found == "'danger' is lost for: seen: It is yes; told: It is no; place: It is home"
    assert failed(rulebook) == {"2 overlays": found}


def test_a_local_procedure_that_narrows_at_an_age_of_its_own_is_caught() -> None:
    rules = {
        "grown_up": Aged("age", 18, None),
        "danger": All((yes("seen"), Not(Concluded("grown_up")))),
    }
    local = overlay("local", rule("grown_up", Aged("age", 16, None)))
    rulebook = little(rules, local=local)
    found = narrowed(program_of(rulebook), program_of(rulebook, "local"))
    assert found == "'danger' is lost for: seen: It is yes; age: 16 or 17"


def test_a_local_procedure_that_widens_at_an_age_of_its_own_is_allowed() -> None:
    rules = {"young": Aged("age", None, 18), "danger": All((yes("seen"), Concluded("young")))}
    local = overlay("local", rule("young", Aged("age", 18, 21)))
    assert failed(little(rules, local=local)) == {}


def test_a_local_procedure_that_says_the_same_in_other_words_is_allowed() -> None:
    # On every answer "no" is "not yes"; only "not known" tells the two ways of writing apart.
    rules = {
        "safe": Answered("told", ("no",)),
        "danger": All((yes("seen"), Not(Concluded("safe")))),
    }
    local = overlay("local", rule("safe", Not(yes("told"))))
    assert failed(little(rules, local=local)) == {}


def test_a_local_procedure_that_asks_more_is_allowed() -> None:
    local = overlay("local", rule("danger", Answered("place", ("home",))))
    assert failed(little(DANGER, local=local)) == {}


def test_a_local_procedure_without_a_national_route_is_caught() -> None:
    national = program_of(little(DANGER))
    local = replace(national, routes=national.routes[1:])
    assert narrowed(national, local) == "the local procedure has no route 'act'"


def test_a_local_procedure_that_asks_less_may_widen_and_not_narrow() -> None:
    strict, wide = program_of(little(DANGER)), program_of(little({"danger": yes("seen")}))
    assert narrowed(strict, wide) == ""
    found = "'danger' is lost for: seen: It is yes; told: It is no"
    assert narrowed(wide, strict) == found


def test_a_local_procedure_without_a_national_finding_is_caught() -> None:
    national = program_of(little({"safe": yes("told"), **DANGER}, decides=["safe"]))
    local = program_of(little(DANGER))
    assert narrowed(national, local) == "the local procedure no longer concludes 'safe'"


def test_a_local_procedure_that_drops_a_national_step_is_caught() -> None:
    step = Step("hear", "Hear what is said", "You", Strength.SHOULD, CITED)
    routes = [route("act", SO, step), route("wait", UNSURE), route("rest", NOT_SO)]
    national = program_of(little(DANGER, routes))
    local = replace(national, routes=(replace(national.routes[0], steps=()), *national.routes[1:]))
    found = "the local procedure drops the step 'hear' from 'act'"
    assert narrowed(national, local) == found


# 3. Discretion


@pytest.mark.parametrize(
    ("said", "strength", "holds"),
    [
        ("Carry out a local child safeguarding practice review", Strength.MUST, False),
        ("Commission a national review", Strength.MUST, False),
        ("Commission a national review", Strength.MAY, True),
        ("Carry out a local child safeguarding practice review", Strength.SHOULD, True),
        ("Decide whether a local review is appropriate", Strength.MUST, True),
        ("Carry out a rapid review", Strength.MUST, True),
    ],
)
def test_a_step_that_compels_a_practice_review_is_caught(
    said: str, strength: Strength, holds: bool
) -> None:
    step = Step("review", said, "The partners", strength, CITED)
    program = program_of(little(DANGER, [route("act", Not(UNSURE), step), route("wait", UNSURE)]))
    claim = no_review_is_compelled(program)
    assert claim.holds is holds
    must = f"route 'act', step 'review' makes it a must: {said}"
    assert claim.counterexample == ("" if holds else must)


def test_a_route_that_compels_a_practice_review_is_caught() -> None:
    compelling = replace(
        route("act", Not(UNSURE), strength=Strength.MUST), title="Hold a local review"
    )
    program = program_of(little(DANGER, [compelling, route("wait", UNSURE)]))
    is_caught(no_review_is_compelled(program), "route 'act' makes it a must: Hold a local review")


# 4. Learning of more harm

ABUSE = {"abuse_or_neglect": ("known", "suspected", "no"), "looked_after": ("yes", "no")}


@pytest.mark.parametrize(
    ("when", "lost"),
    [
        (
            Answered("abuse_or_neglect", ("no",)),
            "'duty' goes when 'abuse_or_neglect' moves from no to suspected: whatever the answers",
        ),
        (
            Answered("abuse_or_neglect", ("suspected",)),
            "'duty' goes when 'abuse_or_neglect' moves from suspected to known: "
            "whatever the answers",
        ),
        (
            All((Answered("abuse_or_neglect", ("known",)), Not(yes("looked_after")))),
            "'duty' goes when 'looked_after' moves from no to yes: abuse_or_neglect: known",
        ),
    ],
)
def test_a_duty_that_is_lost_when_more_harm_is_learned_of_is_caught(
    when: Expression, lost: str
) -> None:
    rulebook = little({"duty": when}, None, ABUSE, decides=["duty"])
    is_caught(duties_are_monotone(program_of(rulebook)), lost)
    assert failed(rulebook)["4 monotone"] == lost


def test_a_duty_on_which_only_the_routes_rest_is_a_duty_too() -> None:
    rulebook = little({"duty": Answered("abuse_or_neglect", ("no",))}, None, ABUSE)
    assert "4 monotone" in failed(rulebook)


def test_suspicion_never_takes_the_duty_to_notify_away(rulebook: Rulebook, today: date) -> None:
    for program in every_program(rulebook, today):
        readings = readings_of(program)
        d = readings.diagrams
        duties = {"serious_incident", "duty_lies_with_this_authority"} & set(readings.status)
        if "abuse_or_neglect" not in readings.level_of:
            continue
        # Before the Act's duty of June 2018 an incident could be notifiable without abuse.
        before_the_act = program.edition.id == "working-together-2015"
        assert duties or before_the_act or program.stage.id not in ("refer", "notify")
        for finding in duties:
            stands = {
                value: d.restrict(readings.status[finding], *readings.child_of(*answer))
                for value in ("no", "suspected", "known")
                for answer in [("abuse_or_neglect", value)]
            }
            assert d.terminals_under(stands["no"]) <= {Status.RULED_OUT}
            assert stands["suspected"] == stands["known"]
            assert Status.ESTABLISHED in d.terminals_under(stands["suspected"])


def test_what_is_no_duty_may_go_when_more_harm_is_learned_of() -> None:
    lesser = {"lesser": Answered("abuse_or_neglect", ("no",))}
    rulebook = little(lesser, None, ABUSE, decides=["lesser"], strengths={"lesser": Strength.MAY})
    assert duties_are_monotone(program_of(rulebook)).holds


def test_suspicion_that_is_enough_keeps_the_duty() -> None:
    rulebook = little(
        {"duty": Answered("abuse_or_neglect", ("known", "suspected"))},
        None,
        ABUSE,
        decides=["duty"],
    )
    assert duties_are_monotone(program_of(rulebook)).holds


# 5. Not known


def test_what_three_valued_logic_misses_is_caught() -> None:
    is_caught(
        kernel_is_exact(program_of(little(EITHER_WAY))),
        "'danger' is decided by: seen: yes; told: not known, but not by the kernel",
    )
    assert set(failed(little(EITHER_WAY))) == {"5 exact"}


@pytest.mark.parametrize("settled", [Status.ESTABLISHED, Status.RULED_OUT])
def test_a_finding_settled_too_soon_is_caught(settled: Status) -> None:
    program = program_of(little(DANGER))
    readings = readings_of(program)
    # As if "not known" were an answer that settles the finding.
    right = dict(readings.status)
    readings.status["danger"] = readings.diagrams.map(
        lambda status: settled if status is Status.OPEN else status, right["danger"]
    )
    claim = not_known_is_safe(program)
    readings.status.update(right)
    assert not claim.holds
    assert claim.counterexample.startswith("'danger' is settled while '")
    assert not_known_is_safe(program).holds


# The durable-rules program


def broken(program: Program, monkeypatch: pytest.MonkeyPatch, concludes: tuple[str, int]) -> Claim:
    """The claim, once the joins that conclude a fact have gone missing."""
    right = compiled(program)
    joins = tuple(each for each in right.joins if each.concludes != concludes)
    routes = tuple(each for each in right.route_joins if each.concludes != concludes)
    assert (joins, routes) != (right.joins, right.route_joins)
    monkeypatch.setattr(engine.symbolic, "compiled", lambda _: Compiled(joins, routes))
    return durable_rules_equals_kernel(program)


@pytest.mark.parametrize(
    ("concludes", "counterexample"),
    [
        (("danger", YES), "'danger' differs for: seen: yes; told: yes"),
        (("danger", NO), "'danger' differs for: seen: yes; told: no"),
        (("route act", YES), "route 'act' differs for: seen: yes; told: yes"),
    ],
)
def test_a_join_gone_missing_is_caught(
    concludes: tuple[str, int], counterexample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = program_of(little(DANGER))
    assert durable_rules_equals_kernel(program).holds
    is_caught(broken(program, monkeypatch, concludes), counterexample)


def test_a_join_with_a_condition_gone_missing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(little(DANGER))
    right = compiled(program)
    eager = tuple(
        replace(each, all_of=each.all_of[:1]) if each.concludes == ("danger", YES) else each
        for each in right.joins
    )
    monkeypatch.setattr(engine.symbolic, "compiled", lambda _: replace(right, joins=eager))
    is_caught(durable_rules_equals_kernel(program), "'danger' differs for: seen: yes; told: no")


# 6. Editions


def test_a_day_with_two_editions_is_caught() -> None:
    rulebook = little(DANGER)
    (edition,) = rulebook.editions
    twice = replace(rulebook, editions=(edition, replace(edition, id="again")))
    assert failed(twice)["6 editions"] == f"{START} has act, again"


def test_two_readings_of_one_program_are_the_same() -> None:
    program = program_of(little(DANGER))
    one, other = Readings(program), Readings(program)
    assert len(one.diagrams) == len(other.diagrams)
    assert one.status == other.status
