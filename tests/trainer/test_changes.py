"""What a turned fact changes; and every single change that a board names leads where it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN, Answer, Case
from engine.assessment import assess
from engine.edition import program_for
from engine.expression import Status
from engine.readings import readings_of
from engine.results import Assessment
from rules.calendar import england
from rules.loader import rulebook
from webforms.trainer.changes import APPLIES, HOLDS, How, Moved, changed, deadlines_of
from webforms.trainer.subjects import Subject, every_subject, subject
from webforms.trainer.turning import leads, standings, together

NAMES = tuple(name for _, choices in every_subject() for name, _ in choices)

# Every stage, several editions and areas, and cases with answers set aside.
SEVERAL = (
    "blisters-with-a-medical-cause",
    "baby-with-an-unexplained-bruise",
    "short-break-with-a-friend-of-the-family",
    "family-that-moved-three-times",
    "missed-visits-by-one-team",
    "same-harm-under-two-editions",
    "aunt-with-care-needs",
    "child-s",
    "baby-alfie-local-review",
)


def named(name: str) -> Subject:
    found = subject(name)
    assert found is not None
    return found


def assessed(case: Case) -> Assessment:
    return assess(rulebook(), case, england())


def with_answer(case: Case, question: str, answer: Answer) -> Case:
    return replace(case, answers={**case.answers, question: answer})


def by_id(moved: tuple[Moved, ...]) -> dict[str, Moved]:
    return {each.id: each for each in moved}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A known case with some of its facts told otherwise."""
    case = named(draw(st.sampled_from(NAMES))).case
    asked = program_for(rulebook(), case).asked
    turned: dict[str, Answer] = {}
    for each in draw(st.lists(st.sampled_from(asked), max_size=4)):
        options = [option.value for option in each.question.options]
        values: list[Answer] = [*options, NOT_KNOWN]
        if each.question.kind == "age":
            values += [0, 15, 16, 17, 18, 24, 25]
        turned[each.question.id] = draw(st.sampled_from(values))
    return replace(case, answers={**case.answers, **turned})


@given(cases())
@settings(max_examples=30, deadline=None)
def test_nothing_differs_between_a_case_and_itself(case: Case) -> None:
    assert not changed(assessed(case), assessed(case))


@given(cases(), st.sampled_from(NAMES))
@settings(max_examples=30, deadline=None)
def test_what_is_new_one_way_is_gone_the_other_way(case: Case, other: str) -> None:
    first, second = assessed(case), assessed(named(other).case)
    there, back = changed(first, second), changed(second, first)
    turned_round = {How.NEW: How.GONE, How.GONE: How.NEW, How.CHANGED: How.CHANGED}
    for kind in ("findings", "processes", "steps", "deadlines", "questions", "warnings"):
        one, two = by_id(getattr(there, kind)), by_id(getattr(back, kind))
        assert one.keys() == two.keys()
        for key, moved in one.items():
            assert two[key].how is turned_round[moved.how]
            assert (two[key].before, two[key].after) == (moved.after, moved.before)
    assert there.leads_elsewhere == back.leads_elsewhere
    assert bool(there) == bool(back)


@given(cases(), st.sampled_from(NAMES))
@settings(max_examples=30, deadline=None)
def test_every_finding_and_process_that_stands_otherwise_is_told(case: Case, other: str) -> None:
    before, after = assessed(case), assessed(named(other).case)
    told = changed(before, after)
    for kind, moved in (("findings", told.findings), ("processes", told.processes)):
        was = {each.id: each.status for each in getattr(before, kind)}
        now = {each.id: each.status for each in getattr(after, kind)}
        unlike = {each for each in {*was, *now} if was.get(each) != now.get(each)}
        assert unlike <= by_id(moved).keys()
        for each in moved:
            held = was.get(each.id) is Status.ESTABLISHED
            holds = now.get(each.id) is Status.ESTABLISHED
            assert (each.how is How.NEW) == (holds and not held)
            assert (each.how is How.GONE) == (held and not holds)


def test_with_cause_for_concern_the_criteria_of_2015_are_met_for_child_s() -> None:
    case = named("child-s").case
    told = changed(
        assessed(case), assessed(with_answer(case, "joint_working_cause_for_concern", "yes"))
    )
    assert told.leads_elsewhere
    assert told.route
    assert "not met" in told.route.before
    assert told.route.after.startswith("The criteria for a serious case review are met (must")
    findings = by_id(told.findings)
    assert findings["serious_case_of_harm"] == Moved(
        "serious_case_of_harm",
        "A serious case: serious harm, abuse or neglect, and cause for concern about joint working",
        How.NEW,
        "Does not hold",
        "Holds",
    )
    assert "child_seriously_harmed" not in findings
    gone = [each for each in told.deadlines if each.how is How.GONE]
    assert [each.before.split(":")[0] for each in gone] == ["By Friday 14 October 2016"]


@given(cases(), st.sampled_from(NAMES))
@settings(max_examples=30, deadline=None)
def test_no_strength_is_told_of_what_does_not_hold(case: Case, other: str) -> None:
    told = changed(assessed(case), assessed(named(other).case))
    for each in (*told.findings, *told.processes):
        assert not re.match(r"Does not (hold|apply) \(", each.before)
        assert not re.match(r"Does not (hold|apply) \(", each.after)


def test_what_holds_under_neither_edition_is_not_said_to_have_changed() -> None:
    case = named("same-harm-under-two-editions").case
    before = assessed(case)
    after = assessed(replace(case, dates={**case.dates, "decision": date(2024, 3, 5)}))
    (was,) = (each for each in before.findings if each.id == "child_death_review_due")
    (now,) = (each for each in after.findings if each.id == "child_death_review_due")
    assert was.status is now.status is Status.RULED_OUT
    assert was.strength != now.strength
    told = changed(before, after)
    assert "child_death_review_due" not in by_id(told.findings)
    assert told.leads_elsewhere


def test_a_process_that_begins_and_its_clocks_are_told() -> None:
    case = replace(
        named("baby-with-an-unexplained-bruise").case,
        area="darlington",
    )
    died = with_answer(case, "what_happened", "died")
    told = changed(assessed(case), assessed(died))
    assert by_id(told.processes)["child_death_review"].how is How.NEW
    assert by_id(told.processes)["child_death_review"].after == "Applies"
    begun = [each for each in told.steps if each.id.startswith("child_death_review/")]
    assert begun
    assert all(each.how is How.NEW and not each.before for each in begun)


def test_another_day_of_awareness_moves_the_day_of_the_clock_and_nothing_else() -> None:
    case = named("baby-with-an-unexplained-bruise").case
    later = replace(case, dates={**case.dates, "awareness": date(2024, 10, 10)})
    told = changed(assessed(case), assessed(later))
    assert told.route is None
    assert (told.findings, told.processes, told.steps, told.questions) == ((), (), (), ())
    moved = [(each.before.split(":")[0], each.after.split(":")[0]) for each in told.deadlines]
    assert moved == [("By Wednesday 16 October 2024", "By Thursday 17 October 2024")]
    assert all(each.how is How.CHANGED for each in told.deadlines)


def test_a_route_of_other_strength_or_certainty_is_told_but_leads_nowhere_else() -> None:
    before = assessed(named("child-s").case)
    assert before.route
    after = replace(before, route=replace(before.route, certain=False))
    told = changed(before, after)
    assert told.route
    assert told.route.after.endswith(", not certain yet)")
    assert not told.leads_elsewhere


def test_every_clock_with_a_day_is_among_the_deadlines() -> None:
    for name in SEVERAL:
        assessment = assessed(named(name).case)
        assert assessment.route
        told = {reading for _, reading in deadlines_of(assessment).values()}
        assert {each for step in assessment.route.steps for each in step.readings} <= told


# The single changes, against assessing every one of them


def every_other_answer(case: Case) -> dict[tuple[str, str], Assessment]:
    """Every answer to every question of the case's rules but its own, assessed in full."""
    found: dict[tuple[str, str], Assessment] = {}
    for asked in program_for(rulebook(), case).asked:
        question = asked.question
        answers: list[Answer] = [*(option.value for option in question.options), NOT_KNOWN]
        if question.kind == "age":
            answers += [cell.low for cell in asked.cells]
        own = case.answers.get(question.id)
        for answer in answers:
            value = asked.value_of(answer)
            if own is None or asked.value_of(own) != value:
                found[question.id, value] = assessed(with_answer(case, question.id, answer))
    return found


def route_of(assessment: Assessment) -> str:
    assert assessment.route
    return assessment.route.id


@pytest.mark.parametrize("name", SEVERAL)
def test_the_single_changes_are_those_that_lead_elsewhere_and_none_is_missing(name: str) -> None:
    case = named(name).case
    program = program_for(rulebook(), case)
    present = route_of(assessed(case))
    elsewhere = {
        key: route_of(each)
        for key, each in every_other_answer(case).items()
        if route_of(each) != present
    }
    told = {
        (each.question, program.ask(each.question).value_of(each.answer)): each.goal
        for each in leads(program, case.answers)
        if each.elsewhere
    }
    assert told == elsewhere
    # Where several reviews run beside, no single answer takes all of them away.
    assert bool(told) == (case.stage != "parallel")


@pytest.mark.parametrize("name", SEVERAL)
def test_the_very_answer_that_a_button_sends_leads_to_the_route_it_names(name: str) -> None:
    case = named(name).case
    program = program_for(rulebook(), case)
    titles = {route.id: route.title for route in program.routes}
    for each in leads(program, case.answers):
        after = assessed(with_answer(case, each.question, each.answer))
        assert route_of(after) == each.goal
        assert each.title == titles[each.goal]


@pytest.mark.parametrize("name", [each for each in NAMES if named(each).process])
def test_the_single_changes_of_a_process_are_told_as_well(name: str) -> None:
    about = named(name)
    case, program = about.case, program_for(rulebook(), about.case)
    process = next(each for each in program.processes if each.id == about.process)

    def stands(assessment: Assessment) -> str:
        return next(APPLIES[each.status] for each in assessment.processes if each.id == process.id)

    present = stands(assessed(case))
    expected = {
        key: stands(each)
        for key, each in every_other_answer(case).items()
        if stands(each) != present
    }
    told = {
        (each.question, program.ask(each.question).value_of(each.answer)): each.title
        for each in standings(program, case.answers, process.finding, APPLIES)
        if each.elsewhere
    }
    assert told == expected
    assert told


@pytest.mark.parametrize("name", [each for each in NAMES if named(each).finding])
def test_the_single_changes_of_a_finding_are_told_as_well(name: str) -> None:
    about = named(name)
    case, program = about.case, program_for(rulebook(), about.case)
    for each in standings(program, case.answers, about.finding, HOLDS):
        after = assessed(with_answer(case, each.question, each.answer))
        status = next(found.status for found in after.findings if found.id == about.finding)
        assert each.title == HOLDS[status]


@pytest.mark.parametrize("name", NAMES)
def test_changes_that_lead_elsewhere_only_together_do_so(name: str) -> None:
    case = named(name).case
    program = program_for(rulebook(), case)
    singles = leads(program, case.answers)
    for each in together(program, case.answers, singles):
        assert each.changes
        assert len(each.changes) + len(each.then_asked) > 1
        assert each.route not in {single.goal for single in singles if single.elsewhere}
        turned: dict[str, Answer] = {question: answer for question, _, _, answer, _ in each.changes}
        after = {**case.answers, **turned}
        if not each.then_asked:
            assert route_of(assessed(replace(case, answers=after))) == each.route
        # The answers to what is asked only then can still lead there.
        readings = readings_of(program)
        left = readings.restrict(readings.route, program.known_answers(after))
        assert each.route in readings.diagrams.terminals_under(left)
