"""What differs between two editions or areas is told, and each example differs when it is tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings

from engine.answers import NOT_KNOWN, Answer, Case
from engine.assessment import assess
from engine.comparison import Side, all_differences, compared
from engine.difference import Difference, differences
from engine.edition import program_on
from engine.expression import Aged, All, Answered, Expression, Not, Stands, Status
from engine.readings import readings_of
from engine.results import Assessment, ProcessGiven, RouteGiven, StepGiven
from engine.rulebook import Clock, Process, Rulebook, Step, Strength, Verification
from rules.calendar import england
from rules.loader import rulebook as shipped
from tests.engine.little import ALWAYS, CITED, laws, little, overlay, program_of, route, rule, yes
from tests.engine.programs import NAMES, shipped_programs

SEEN = {"danger": yes("seen")}
PAIRS = [
    ("2015", "2018"),
    ("2018", "2023"),
    ("2015", "2023"),
    ("2023", "2026"),
    ("none", "darlington"),
    ("none", "newcastle"),
    ("darlington", "gateshead"),
    ("gateshead", "isle-of-wight"),
]


def told(first: Rulebook, second: Rulebook) -> list[tuple[str, str, str, str]]:
    return [
        (each.kind, each.id, each.what, each.example)
        for each in differences(program_of(first), program_of(second))
    ]


# Nothing differs


@pytest.mark.parametrize("name", NAMES[::7])
def test_a_program_does_not_differ_from_itself(name: str) -> None:
    program = shipped_programs()[name]
    assert differences(program, program) == ()


@given(law=laws())
def test_the_same_law_does_not_differ_from_itself(law: dict[str, Expression]) -> None:
    assert told(little(law), little(law)) == []


def test_the_order_of_the_questions_is_no_difference() -> None:
    law = {"danger": All((yes("seen"), Answered("place", ("home",)), Aged("age", None, 18)))}
    questions = {"seen": ("yes", "no"), "place": ("home", "school"), "age": ("unborn",)}
    turned = dict(reversed(questions.items()))
    assert told(little(law, questions=questions), little(law, questions=turned)) == []


def test_the_edition_carried_forward_differs_in_nothing(rulebook: Rulebook) -> None:
    sides = compared(rulebook, "2023", "2026")
    assert all_differences(rulebook, *sides) == ()


# What differs


def test_a_question_that_only_one_asks_makes_a_difference() -> None:
    narrower = {"danger": All((yes("seen"), yes("told")))}
    assert told(little(SEEN), little(narrower)) == [
        ("finding", "danger", "was established, is open", "seen: It is yes; told: Not known yet"),
        ("finding", "danger", "was established, is ruled out", "seen: It is yes; told: It is no"),
        ("finding", "danger", "was open, is ruled out", "seen: Not known yet; told: It is no"),
        ("route", "act", "is now find_out", "seen: It is yes; told: Not known yet"),
        ("route", "act", "is now leave_it", "seen: It is yes; told: It is no"),
        ("route", "find_out", "is now leave_it", "seen: Not known yet; told: It is no"),
    ]


def test_a_moved_age_is_told_with_an_age_between() -> None:
    found = told(
        little({"of_age": Aged("age", 18, None)}), little({"of_age": Aged("age", 16, None)})
    )
    assert found == [
        ("finding", "of_age", "was ruled out, is established", "age: 16 or 17"),
        ("route", "leave_it", "is now act", "age: 16 or 17"),
    ]


def test_a_finding_that_only_one_knows_is_told_with_a_case_that_establishes_it() -> None:
    more = little({"rumour": Not(yes("told")), **SEEN}, decides=["rumour"])
    assert told(little(SEEN), more)[0] == (
        "finding",
        "rumour",
        "is concluded now: It is so: rumour",
        "told: It is no",
    )
    assert told(more, little(SEEN))[0] == (
        "finding",
        "rumour",
        "is no longer concluded: It is so: rumour",
        "told: It is no",
    )


def test_a_strength_is_told() -> None:
    weaker = little(SEEN, strengths={"danger": Strength.SHOULD})
    assert told(little(SEEN), weaker) == [
        ("finding", "danger", "strength was must, is should", "seen: It is yes")
    ]


SO = Stands("danger", Status.ESTABLISHED)
HEAR = Step("hear", "Hear what is said", "You", Strength.MUST, CITED)
DATED = replace(HEAR, clocks=(Clock(5, "working days", "day"),))


def with_step(*steps: Step) -> Rulebook:
    routes = [route("act", SO, *steps), route("wait", Not(SO))]
    return little(SEEN, routes)


@pytest.mark.parametrize(
    ("before", "after", "kind", "what"),
    [
        ((), (HEAR,), "step", "is new: Hear what is said"),
        ((HEAR,), (), "step", "is gone: Hear what is said"),
        ((HEAR,), (replace(HEAR, strength=Strength.MAY),), "strength", "strength was must, is may"),
        ((HEAR,), (replace(HEAR, who="They"),), "words", "reads now: Hear what is said (They)"),
        ((HEAR,), (DATED,), "clock", "was without a clock, is within 5 working days of the day"),
        (
            (DATED,),
            (
                replace(
                    HEAR,
                    clocks=(Clock(1, "months", "day"), Clock(7, "working days", "day", "", True)),
                ),
            ),
            "clock",
            "was within 5 working days of the day, is within 1 month of the day or at least 7 "
            "working days before the day",
        ),
    ],
)
def test_a_step_is_told_with_a_case_that_takes_its_route(
    before: tuple[Step, ...], after: tuple[Step, ...], kind: str, what: str
) -> None:
    found = told(with_step(*before), with_step(*after))
    assert found == [(kind, "act, step hear", what, "seen: It is yes")]


def test_a_step_under_a_condition_is_told_with_a_case_that_meets_it() -> None:
    law = {"rumour": yes("told"), **SEEN}
    hear = replace(HEAR, when=Stands("rumour", Status.ESTABLISHED))
    routes = [route("act", SO, hear), route("wait", Not(SO))]
    without = [route("act", SO), route("wait", Not(SO))]
    new = told(little(law, without, decides=["rumour"]), little(law, routes, decides=["rumour"]))
    case = "seen: It is yes; told: It is yes"
    assert new == [("step", "act, step hear", "is new: Hear what is said", case)]
    always = [route("act", SO, HEAR), route("wait", Not(SO))]
    changed = told(little(law, always, decides=["rumour"]), little(law, routes, decides=["rumour"]))
    case = "seen: It is yes; told: It is no"
    assert changed == [("step", "act, step hear", "is told in other cases", case)]


def test_a_step_that_no_case_is_told_is_no_difference() -> None:
    never = replace(HEAR, when=Stands("danger", Status.RULED_OUT))
    assert told(with_step(), with_step(never)) == []


def with_process(*steps: Step, strength: Strength = Strength.MUST) -> Rulebook:
    """A process beside the route, of the small area called local."""
    process = Process("beside", "Beside", "", "danger", "You", strength, CITED, steps, ALWAYS)
    rulebook = little(SEEN)
    stage = replace(rulebook.stages["stage"], asked_processes=("beside",))
    return replace(rulebook, processes=(process,), stages={"stage": stage})


def test_processes_and_their_steps_are_told() -> None:
    beside = program_of(with_process(HEAR))
    plain = program_of(little(SEEN))
    (new,) = differences(plain, beside)
    assert (new.kind, new.id, new.what) == ("process", "beside", "is new: Beside")
    assert new.answers == {"seen": "yes"}
    (gone,) = differences(beside, plain)
    assert gone.what == "is gone: Beside"
    weaker = program_of(with_process(DATED, strength=Strength.SHOULD))
    assert [(each.kind, each.id, each.example) for each in differences(beside, weaker)] == [
        ("strength", "beside", "seen: It is yes"),
        ("clock", "beside, step hear", "seen: It is yes"),
    ]


def test_what_a_local_rule_widens_is_told() -> None:
    local = overlay("local", rule("danger", yes("told")))
    rulebook = little(SEEN, local=local)
    found = differences(program_of(rulebook), program_of(rulebook, "local"))
    assert ("route", "leave_it", "is now act") in {(e.kind, e.id, e.what) for e in found}


# Every example, assessed under both


@lru_cache(maxsize=16)
def found_between(first: str, second: str) -> tuple[tuple[Side, Side], tuple[Difference, ...]]:
    sides = compared(shipped(), first, second)
    return sides, all_differences(shipped(), *sides)


def assessed(side: Side, stage: str, answers: dict[str, Answer]) -> Assessment:
    """The case under one side's rules; in an area that has changed over, where it had to."""
    dates = dict.fromkeys(("incident", "awareness", "decision"), side.day)
    if side.day >= date(2018, 6, 29):
        dates["arrangements_changed"] = side.day
    return assess(shipped(), Case(stage, side.area, dates, answers), england())


def told_steps(whole: RouteGiven | ProcessGiven | None) -> dict[str, StepGiven]:
    return {} if whole is None else {step.id: step for step in whole.steps}


def part(result: Assessment, name: str) -> RouteGiven | ProcessGiven | None:
    """The route that was taken, or the process that is not ruled out, of that name."""
    if result.route is not None and result.route.id == name:
        return result.route
    told = {each.id: each for each in result.processes if each.status is not Status.RULED_OUT}
    return told.get(name)


def finding(result: Assessment, name: str) -> tuple[Status, str]:
    found = {each.id: (each.status, each.strength) for each in result.findings}
    return found.get(name, (Status.RULED_OUT, ""))


def differs(each: Difference, old: Assessment, new: Assessment) -> bool:
    """Whether the case that was given shows the difference that was told."""
    name, _, step = each.id.partition(", step ")
    match each.kind:
        case "finding":
            return finding(old, name) != finding(new, name)
        case "route":
            assert old.route is not None
            assert new.route is not None
            return (old.route.id, f"is now {new.route.id}") == (name, each.what)
        case "process":
            return (part(old, name) is None) != (part(new, name) is None)
    was, now = part(old, name), part(new, name)
    if not step:
        return bool(was and now) and was.strength != now.strength
    before, after = told_steps(was).get(step), told_steps(now).get(step)
    if each.kind == "step":
        return (before is None) != (after is None)
    assert before is not None
    assert after is not None
    told_of = {
        "strength": lambda given: given.strength,
        "clock": lambda given: [reading.words for reading in given.readings],
        "words": lambda given: (given.do, given.who, given.by),
    }[each.kind]
    return told_of(before) != told_of(after)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_every_example_differs_when_it_is_assessed_under_both(first: str, second: str) -> None:
    (old, new), found = found_between(first, second)
    for each in found:
        answers = dict(each.answers)
        both = assessed(old, each.stage, answers), assessed(new, each.stage, answers)
        assert differs(each, *both), (each.stage, each.kind, each.id, each.what, each.example)
        assert both[0].fault == both[1].fault == ""


def test_the_editions_differ_where_the_law_changed(rulebook: Rulebook) -> None:
    _, found = found_between("2018", "2023")
    said = {(each.stage, each.kind, each.id) for each in found}
    assert ("notify", "process", "care_leaver_death_notice") in said
    assert ("refer", "finding", "abuse_or_neglect_possible_cause_of_death") in said
    _, found = found_between("2015", "2018")
    said = {(each.stage, each.kind, each.id) for each in found}
    assert ("review", "finding", "serious_case_review_due") in said


def test_an_example_is_of_a_person_who_can_be_met() -> None:
    """Nobody leaves care at three, nor takes their own life; nor is looked after as an adult."""
    _, found = found_between("2018", "2023")
    care_leavers = [each.answers for each in found if each.answers.get("care_leaver") == "yes"]
    assert care_leavers
    assert {answers["age_of_person"] for answers in care_leavers} == {16}
    of_suicide = [
        each.answers["age_of_person"]
        for each in found
        if each.answers.get("what_happened") == "died_by_suspected_suicide"
        and "age_of_person" in each.answers
    ]
    assert of_suicide
    assert set(of_suicide) == {4}


def test_a_strength_is_compared_only_where_both_texts_were_read() -> None:
    unread = (replace(CITED[0], status=Verification.UNVERIFIED),)
    read = with_step(HEAR)
    was = with_step(replace(HEAR, strength=Strength.SHOULD, citations=unread))
    now = with_step(replace(HEAR, strength=Strength.MAY, citations=unread))
    said = [what for _, _, what, _ in told(was, read)]
    assert said == ["strength is not compared: the older text was not read"]
    said = [what for _, _, what, _ in told(read, was)]
    assert said == ["strength is not compared: the newer text was not read"]
    assert [what for _, _, what, _ in told(was, now)] == [
        "strength is not compared: neither was read"
    ]


def test_a_local_procedure_differs_from_the_nation_in_steps_and_words_alone() -> None:
    _, found = found_between("none", "darlington")
    assert found
    assert {each.kind for each in found} <= {"step", "words", "clock"}
    assert not [each for each in found if each.kind == "step" and each.what.startswith("is gone")]


@settings(max_examples=60)
@given(one=laws(), other=laws())
def test_programs_that_differ_in_some_case_are_told_so(
    one: dict[str, Expression], other: dict[str, Expression]
) -> None:
    first, second = program_of(little(one)), program_of(little(other))
    found = [each for each in differences(first, second) if each.kind == "route"]
    for each in found:
        routes = []
        for program in (first, second):
            readings, known = readings_of(program), program.known_answers(each.answers)
            full = {asked: known.get(asked, NOT_KNOWN) for asked in readings.questions}
            routes.append(readings.read(readings.route, full))
        assert routes == [each.id, each.what.removeprefix("is now ")]


def test_the_programs_compared_are_those_of_the_days(rulebook: Rulebook) -> None:
    old, new = compared(rulebook, "2018", "2023")
    assert (old.day, new.day) == (date(2023, 12, 14), date(2023, 12, 15))
    assert program_on(rulebook, "refer", old.area, old.day).edition.title == old.name
    turned = compared(rulebook, "working-together-2023", "working-together-2018")
    assert turned == (old, new), "the older edition comes first, however they are named"
