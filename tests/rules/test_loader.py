"""What the rule files say is what the rulebook holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.edition import program_on
from engine.expression import Aged, All, Answered, Concluded, Not, Stands, Status
from engine.proof import exactly_one_route
from engine.rulebook import (
    Citation,
    Clock,
    Method,
    MethodPoint,
    Period,
    Rulebook,
    Strength,
    Verification,
)
from rules.loader import kind_of, load, rulebook
from tests.rules.small_rulebook import changed_copy, small_rulebook, with_text


@pytest.fixture
def small() -> Rulebook:
    return small_rulebook()


def test_a_rule_is_read_as_it_is_written(small: Rulebook) -> None:
    rule = next(each for each in small.rules if each.id == "act-2")
    assert rule.finding == "serious_incident"
    assert rule.strength is Strength.MUST
    assert rule.when == All(
        (
            Concluded("child_under_18"),
            Concluded("abuse_suspected"),
            Answered("what_happened", ("died", "harmed")),
        )
    )
    assert rule.citations == (Citation("act", "2"),)
    assert rule.in_force == Period(date(2018, 6, 29))


def test_an_age_is_read_with_its_bounds(small: Rulebook) -> None:
    rule = next(each for each in small.rules if each.id == "act-1")
    assert rule.when == Aged("age_of_person", None, 18)


def test_a_route_is_read_as_it_is_written(small: Rulebook) -> None:
    route = next(each for each in small.routes if each.id == "look_at_it")
    assert route.when == Not(Stands("worth_learning_from", Status.RULED_OUT))
    assert (route.stage, route.strength) == ("learning", Strength.MAY)


def test_a_deadline_is_words_or_clocks_in_order(small: Rulebook) -> None:
    route = next(each for each in small.routes if each.id == "notify")
    assert route.steps[0].clocks == (
        Clock(5, "working days", "awareness"),
        Clock(5, "calendar days", "awareness", "if every day counts"),
    )
    everywhere = small.stages["notify"].steps_for_every_route[0]
    assert (everywhere.by_words, everywhere.clocks) == ("at once", ())


def test_yes_or_no_offers_yes_and_no(small: Rulebook) -> None:
    assert [each.value for each in small.questions["looked_after"].options] == ["yes", "no"]


def test_a_question_keeps_its_special_values(small: Rulebook) -> None:
    assert [each.value for each in small.questions["age_of_person"].options] == ["unborn"]


def test_what_holds_of_a_source_holds_of_its_rules(small: Rulebook) -> None:
    older = next(each for each in small.rules if each.id == "guide-2018-14")
    assert older.in_force == Period(date(2018, 6, 29), date(2023, 12, 14))
    assert small.sources["guide-2018"].status is Verification.UNVERIFIED


def test_a_finding_may_be_concluded_twice_on_different_days(small: Rulebook) -> None:
    twice = [each for each in small.rules if each.finding == "looked_after_child_died"]
    assert len(twice) == 2
    assert not twice[0].in_force.overlaps(twice[1].in_force)


def test_a_rule_may_be_in_force_for_a_part_of_its_sources_days(tmp_path: Path) -> None:
    narrower = with_text(
        "guide-2018/notices.yaml",
        "    strength: should\n    when:",
        "    strength: should\n    from: 2019-01-01\n    until: 2019-12-31\n    when:",
    )
    rule = next(
        each for each in load(changed_copy(tmp_path, narrower)).rules if each.id == "guide-2018-14"
    )
    assert rule.in_force == Period(date(2019, 1, 1), date(2019, 12, 31))


def test_local_rules_are_kept_apart_from_national_ones(small: Rulebook) -> None:
    (local,) = (each for each in small.overlays if each.area == "riverside")
    assert [rule.id for rule in local.widenings] == ["riverside-9"]
    assert "riverside-9" not in {rule.id for rule in small.rules}
    assert [placement.step.id for placement in local.placements] == ["copy_the_notice"]


def test_the_same_files_have_the_same_version(tmp_path: Path, small: Rulebook) -> None:
    assert load(changed_copy(tmp_path, {})).version == small.version


def test_any_change_of_the_files_is_another_version(tmp_path: Path, small: Rulebook) -> None:
    changed = with_text("act/serious.yaml", "source: act\n", "source: act # the same\n")
    assert load(changed_copy(tmp_path, changed)).version != small.version


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sources.yaml", "sources"),
        ("stages.yaml", "stages"),
        ("routes/refer.yaml", "routes"),
        ("questions/parallel.yaml", "questions"),
        ("local/none/overlay.yaml", "overlay"),
        ("parallel/child-death-review.yaml", "rules"),
        ("children-act-2004/definitions.yaml", "rules"),
        ("act/sources.yaml", "rules"),
    ],
)
def test_the_place_of_a_file_says_what_it_holds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_shipped_rules_are_read_once() -> None:
    assert rulebook() is rulebook()


# An edition has its own routes by citing its own sources


OLD_ROUTE = """\
stage: learning
routes:
  - id: look_at_it
    title: Look at it
    summary: The partners may look at it.
    strength: may
    cite: [{source: guide-2018, paragraph: "6"}]
    when: {not: {ruled out: worth_learning_from}}
    steps: []
  - id: look_at_it_now
    title: Look at it now
    summary: The partners may look at it.
    strength: may
    cite: [{source: guide-2023, paragraph: "6"}]
    when: {not: {ruled out: worth_learning_from}}
    steps: []
  - id: leave_it
    title: Leave it
    summary: There is nothing to learn.
    strength: fact
    cite: [{source: act, paragraph: "6"}]
    when: {ruled out: worth_learning_from}
    steps: []
"""


@pytest.mark.parametrize(
    ("on", "routes"),
    [
        ("2023-12-14", ["look_at_it", "leave_it"]),
        ("2023-12-15", ["look_at_it_now", "leave_it"]),
        ("2026-03-18", ["look_at_it_now", "leave_it"]),
    ],
)
def test_a_route_whose_sources_have_lapsed_is_not_of_the_edition(
    on: str, routes: list[str], tmp_path: Path
) -> None:
    book = load(changed_copy(tmp_path, {"routes/learning.yaml": OLD_ROUTE}))
    program = program_on(book, "learning", "none", date.fromisoformat(on))
    assert [each.id for each in program.routes] == routes


def test_an_edition_left_without_a_route_is_caught(tmp_path: Path) -> None:
    of_2018_alone = OLD_ROUTE.replace("guide-2023", "act").replace(
        "when: {not: {ruled out: worth_learning_from}}\n    steps: []\n  - id: leave_it",
        "when: {all: [{open: worth_learning_from}]}\n    steps: []\n  - id: leave_it",
    )
    old = of_2018_alone.replace(
        "when: {not: {ruled out: worth_learning_from}}", "when: {established: worth_learning_from}"
    )
    book = load(changed_copy(tmp_path, {"routes/learning.yaml": old}))
    before = program_on(book, "learning", "none", date(2023, 12, 14))
    after = program_on(book, "learning", "none", date(2023, 12, 15))
    assert exactly_one_route(before).holds
    assert exactly_one_route(after).counterexample == "no route for: carries_learning: yes"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("from: 2024-01-01", {"2023-12-31": False, "2024-01-01": True, "2026-06-10": True}),
        ("until: 2024-01-01", {"2020-01-01": True, "2024-01-01": True, "2024-01-02": False}),
    ],
)
def test_a_step_may_have_days_of_its_own(days: str, told: dict[str, bool], tmp_path: Path) -> None:
    dated = with_text(
        "routes/notify.yaml", "    strength: advice\n", f"    strength: advice\n    {days}\n"
    )
    book = load(changed_copy(tmp_path, dated))
    for on, there in told.items():
        for route in program_on(book, "notify", "none", date.fromisoformat(on)).routes:
            assert ("make_safe" in {step.id for step in route.steps}) is there


METHODS = """methods:
  - id: learning_circle
    title: Learning circle
    description: Those who were there talk it over.
    steps: [Meet, Write down what was learned]
    paragraph: "9"
    also_cite: [{source: act, paragraph: "2"}]
    family_involved: no
    tool: yes
    statements: [R-001]
    fits:
      - text: Suits abuse that is known.
        when: {abuse_or_neglect: known, what_happened: [died, harmed], age_of_person: {under: 18}}
    merits: [{text: It is quick.}]
    drawbacks: [{text: Few know it., weighs_more_when: {abuse_or_neglect: suspected}}]
  - id: walk
    title: Walk
    description: Two people walk.
    steps: [Walk]
    paragraph: "10"
steps:
"""


def test_a_method_is_read_as_it_is_written(tmp_path: Path) -> None:
    there = load(
        changed_copy(tmp_path, with_text("local/riverside/overlay.yaml", "steps:\n", METHODS))
    )
    circle, walk = next(each for each in there.overlays if each.area == "riverside").methods
    assert circle == Method(
        id="learning_circle",
        title="Learning circle",
        description="Those who were there talk it over.",
        citations=(Citation("riverside-2020", "9"), Citation("act", "2")),
        steps=("Meet", "Write down what was learned"),
        fits=(
            MethodPoint(
                "Suits abuse that is known.",
                (
                    Answered("abuse_or_neglect", ("known",)),
                    Answered("what_happened", ("died", "harmed")),
                    Aged("age_of_person", None, 18),
                ),
            ),
        ),
        merits=(MethodPoint("It is quick."),),
        drawbacks=(
            MethodPoint(
                "Few know it.", (Answered("abuse_or_neglect", ("suspected",)),), stands_anyway=True
            ),
        ),
        family_involved="no",
        tool=True,
        statements=("R-001",),
    )
    assert (walk.fits, walk.merits, walk.drawbacks, walk.statements) == ((), (), (), ())
    assert (walk.family_involved, walk.tool) == ("", False)


def test_an_area_without_methods_has_none(small: Rulebook) -> None:
    assert {each.methods for each in small.overlays} == {()}
