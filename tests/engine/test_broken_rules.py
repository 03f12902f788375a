"""A copy of the shipped rules with one thing broken, for each proof: it is caught, in words.

What no rule can break (that diagrams are exact, that the compiled program equals the kernel) is
broken in the machinery instead: see `test_proof.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.coverage import coverage
from engine.edition import edition_on, overlay_on
from engine.expression import All, Answered, Any, Concluded, Expression, Not, Stands, Status
from engine.proof import Claim, prove
from engine.rulebook import (
    Edition,
    LeftOut,
    Overlay,
    Period,
    Placement,
    Process,
    Route,
    Rule,
    Rulebook,
    Strength,
)
from rules.loader import rulebook as shipped
from tests.engine.little import yes

DAY = date(2024, 1, 15)
Break = Callable[[Rulebook], Rulebook]


def of_one_day(rulebook: Rulebook) -> Rulebook:
    """The rules of one day, national and Darlington's, so that proving is quick."""
    edition = edition_on(rulebook, DAY)
    small = replace(
        rulebook,
        editions=(replace(edition, in_force=Period(edition.in_force.start)),),
        rules=tuple(each for each in rulebook.rules if each.in_force.covers(DAY)),
        overlays=tuple(each for each in rulebook.overlays if each.area in ("none", "darlington")),
    )
    others = tuple(each.id for each in coverage(small).statements if not each.accounted_for)
    gone = LeftOut(others, "Encoded by rules of another day or area.")
    return replace(small, left_out=(*small.left_out, gone))


def changed_rule(rulebook: Rulebook, finding: str, change: Callable[[Rule], Rule]) -> Rulebook:
    assert any(each.finding == finding for each in rulebook.rules)
    rules = tuple(change(each) if each.finding == finding else each for each in rulebook.rules)
    return replace(rulebook, rules=rules)


def narrower(rulebook: Rulebook, finding: str, also: Expression) -> Rulebook:
    """A rule that asks for one thing more."""
    return changed_rule(rulebook, finding, lambda rule: replace(rule, when=All((rule.when, also))))


def new_rule(rulebook: Rulebook, finding: str, when: Expression) -> Rule:
    like = next(each for each in rulebook.rules if each.finding == "serious_incident")
    return replace(like, id=f"broken-{finding}", finding=finding, when=when, statements=())


def with_rules(rulebook: Rulebook, *rules: Rule) -> Rulebook:
    return replace(rulebook, rules=(*rulebook.rules, *rules))


def changed_route(
    rulebook: Rulebook, stage: str, name: str, change: Callable[[Route], Route]
) -> Rulebook:
    routes = tuple(
        change(each) if (each.stage, each.id) == (stage, name) else each for each in rulebook.routes
    )
    assert routes != rulebook.routes
    return replace(rulebook, routes=routes)


def in_darlington(rulebook: Rulebook, change: Callable[[Overlay], Overlay]) -> Rulebook:
    return replace(
        rulebook,
        overlays=tuple(
            change(each) if each.area == "darlington" else each for each in rulebook.overlays
        ),
    )


# One break for each proof


def a_route_gone(rulebook: Rulebook) -> Rulebook:
    routes = tuple(each for each in rulebook.routes if each.id != "notify_care_leaver_death")
    return replace(rulebook, routes=routes)


def a_route_twice(rulebook: Rulebook) -> Rulebook:
    either = Stands("care_leaver_death", Status.OPEN)
    return changed_route(
        rulebook,
        "notify",
        "no_duty_to_notify",
        lambda route: replace(route, when=Any((route.when, either))),
    )


def a_route_unreachable(rulebook: Rulebook) -> Rulebook:
    never = tuple(Stands("serious_incident", each) for each in (Status.ESTABLISHED, Status.OPEN))
    return changed_route(
        rulebook, "refer", "nothing_to_refer", lambda route: replace(route, when=All(never))
    )


def a_step_unsettled(rulebook: Rulebook) -> Rulebook:
    hanging = Stands("criterion_improvements", Status.ESTABLISHED)

    def change(route: Route) -> Route:
        step = replace(route.steps[0], id="hanging", when=hanging)
        return replace(route, steps=(step, *route.steps))

    return changed_route(rulebook, "notify", "notify_the_panel", change)


def a_rule_dead(rulebook: Rulebook) -> Rulebook:
    return with_rules(rulebook, new_rule(rulebook, "idle", yes("looked_after")))


def a_rule_that_cannot_be(rulebook: Rulebook) -> Rulebook:
    return narrower(
        rulebook, "care_leaver_death", All((yes("care_leaver"), Not(yes("care_leaver"))))
    )


def an_overlay_that_narrows_through_a_not(rulebook: Rulebook) -> Rulebook:
    agreed = new_rule(rulebook, "set_aside", yes("carries_learning"))
    national = with_rules(
        narrower(rulebook, "serious_incident", Not(Concluded("set_aside"))), agreed
    )
    local = replace(agreed, id="darlington-set-aside", when=Answered("regulated_setting", ("no",)))
    return in_darlington(national, lambda each: replace(each, widenings=(*each.widenings, local)))


def must_hold(text: str, holds: str | None) -> Break:
    def change(overlay: Overlay) -> Overlay:
        first: Placement = next(each for each in overlay.placements if each.stage == "notify")
        step = replace(first.step, do=text, holds=holds, strength=Strength.MUST, statements=())
        other = tuple(each for each in overlay.placements if each != first)
        return replace(overlay, placements=(replace(first, step=step), *other))

    return lambda rulebook: in_darlington(rulebook, change)


def a_strength_raised(rulebook: Rulebook) -> Rulebook:
    return changed_rule(
        rulebook,
        "care_leaver_death",
        lambda rule: replace(rule, strength=Strength.MUST),
    )


def a_duty_of_the_text_told_as_a_must(rulebook: Rulebook) -> Rulebook:
    def change(process: Process) -> Process:
        steps = tuple(
            replace(each, strength=Strength.MUST) if each.strength is Strength.DUTY else each
            for each in process.steps
        )
        return replace(process, steps=steps)

    return replace(rulebook, processes=tuple(map(change, rulebook.processes)))


def a_clocks_strength_raised(rulebook: Rulebook) -> Rulebook:
    def change(route: Route) -> Route:
        steps = tuple(
            replace(each, strength=Strength.MUST)
            if each.id == "notify_in_five_working_days"
            else each
            for each in route.steps
        )
        return replace(route, steps=steps)

    return changed_route(rulebook, "notify", "notify_the_panel", change)


def a_duty_that_more_harm_removes(rulebook: Rulebook) -> Rulebook:
    return narrower(rulebook, "serious_incident", Answered("looked_after", ("no",)))


def a_duty_that_only_suspicion_brings(rulebook: Rulebook) -> Rulebook:
    return narrower(rulebook, "serious_incident", Answered("abuse_or_neglect", ("suspected",)))


def a_rule_beyond_three_values(rulebook: Rulebook) -> Rulebook:
    either_way = Any((yes("looked_after"), Answered("looked_after", ("no",))))
    return narrower(rulebook, "care_leaver_death", either_way)


def a_day_without_an_edition(rulebook: Rulebook) -> Rulebook:
    (edition,) = rulebook.editions
    first = replace(edition, in_force=Period(edition.in_force.start, DAY - timedelta(days=2)))
    again: Edition = replace(edition, id="again", in_force=Period(DAY))
    return replace(rulebook, editions=(first, again))


def a_day_with_two_editions(rulebook: Rulebook) -> Rulebook:
    (edition,) = rulebook.editions
    return replace(rulebook, editions=(edition, replace(edition, id="again", in_force=Period(DAY))))


def a_statement_forgotten(rulebook: Rulebook) -> Rulebook:
    return replace(rulebook, left_out=rulebook.left_out[1:])


# The break, the proof that catches it, and what it says.
BROKEN: list[tuple[Break, str, str]] = [
    (a_route_gone, "1 one route", "no route for: "),
    (a_route_twice, "1 one route", "several routes for: "),
    (a_route_unreachable, "1 reached", "no answers lead to nothing_to_refer"),
    (
        a_step_unsettled,
        "1 settled",
        "step 'hanging' of 'notify_the_panel' still hangs on an answer for: ",
    ),
    (a_rule_dead, "1 dead rules", "no stage rests on rule 'broken-idle'"),
    (a_rule_that_cannot_be, "1 dead rules", "'care_leaver_death' is always ruled out"),
    (
        an_overlay_that_narrows_through_a_not,
        "2 overlays",
        "is lost for: ",
    ),
    (
        must_hold("Commission a local review.", None),
        "3 discretion",
        "makes it a must: Commission a local review.",
    ),
    (
        must_hold("See that one begins.", "national review"),
        "3 discretion",
        "makes it a must: See that one begins.",
    ),
    (a_strength_raised, "3 strength", "is a must, and "),
    (
        a_duty_of_the_text_told_as_a_must,
        "3 strength",
        "clock coroner_tells_the_child_death_review_partners, process coroners_investigation ",
    ),
    (
        a_clocks_strength_raised,
        "3 strength",
        "clock notify_in_five_working_days, route notify_the_panel (notify) is a must, and ",
    ),
    (
        a_duty_that_more_harm_removes,
        "4 monotone",
        "goes when 'looked_after' moves from no to yes: ",
    ),
    (
        a_duty_that_only_suspicion_brings,
        "4 monotone",
        "goes when 'abuse_or_neglect' moves from suspected to known: ",
    ),
    (a_rule_beyond_three_values, "5 exact", "but not by the kernel"),
    (a_day_without_an_edition, "6 editions", "2024-01-14 has none"),
    (a_day_with_two_editions, "6 editions", "2024-01-15 has working-together-2023, again"),
    (a_statement_forgotten, "8 coverage", "CA-001, CA-002, CA-003, CA-004, CA-005"),
]


def failing(rulebook: Rulebook) -> dict[str, Claim]:
    """The first claim of each kind that fails."""
    found: dict[str, Claim] = {}
    for claim in prove(rulebook, DAY):
        if not claim.holds:
            found.setdefault(claim.id, claim)
    return found


def test_the_rules_of_one_day_are_proved_before_they_are_broken() -> None:
    rulebook = of_one_day(shipped())
    assert failing(rulebook) == {}
    assert overlay_on(rulebook, "darlington", DAY).id == "darlington-2020"


@pytest.mark.parametrize(
    ("broken", "identity", "said"), BROKEN, ids=[f"{each[1]}, {n}" for n, each in enumerate(BROKEN)]
)
def test_broken_rules_are_caught_with_a_counterexample_in_words(
    broken: Break, identity: str, said: str
) -> None:
    found = failing(broken(of_one_day(shipped())))
    assert identity in found
    assert said in found[identity].counterexample


def test_every_proof_that_rules_can_break_was_broken() -> None:
    machinery = {"5 safe", "forward"}
    proofs = {each.id for each in prove(of_one_day(shipped()), DAY)}
    assert {each[1] for each in BROKEN} == proofs - machinery
