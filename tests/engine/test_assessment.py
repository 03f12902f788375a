"""An assessment: one route or none, with its reasons, its paragraphs and strengths as written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.assessment
from engine.answers import NOT_KNOWN, Answer, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.expression import Status
from engine.faults import DurableRulesFault
from engine.firing import Firing, Trace
from engine.kernel import Kernel, kernel_of
from engine.program import Program
from engine.readings import Readings
from engine.results import Assessment, CitationGiven, StepGiven
from engine.rulebook import Rulebook, Strength
from rules.calendar import england
from rules.loader import RULES, load
from rules.loader import rulebook as shipped
from tests.conftest import MakeCase
from tests.engine.little import EITHER_WAY, little, partial_answers
from tests.engine.programs import NAMES, names, shipped_programs
from tests.rules.small_rulebook import changed_copy, small_rulebook, with_text

SERIOUS: dict[str, Answer] = {
    "age_of_person": 3,
    "what_happened": "died",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
}

Refused = Callable[[str], None]


def case_of(program: Program, answers: dict[str, Answer]) -> Case:
    """A case that is decided by the program."""
    day = program.day
    dates = {"awareness": day, "decision": day}
    if program.edition.id != "working-together-2015":
        dates["arrangements_changed"] = day
    return Case(program.stage.id, program.overlay.area, dates, answers)


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_every_case_gets_a_route_with_its_rationale(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    result = assess(shipped(), case_of(program, data.draw(partial_answers(program))), england())
    assert result.fault == ""
    assert result.route is not None
    assert [each.rule for each in result.rationale].count(result.route.id) == 1
    told = {each.establishes for each in result.rationale}
    for finding in result.findings:
        assert (finding.sentence in told) == (finding.status is not Status.OPEN)


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_what_is_told_of_a_rule_is_how_its_finding_stands(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    result = assess(shipped(), case_of(program, data.draw(partial_answers(program))), england())
    stands = {each.sentence: each.status for each in result.findings}
    assert result.route is not None
    for line in result.rationale:
        if line.rule == result.route.id:
            continue
        assert stands[line.establishes] is line.status
        assert line.because
        for reason in line.because:
            verb, _, sentence = reason.partition(": ")
            if verb in ("Established", "Ruled out"):
                assert stands[sentence] == verb.lower()


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_a_reason_is_told_before_what_rests_on_it(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    result = assess(shipped(), case_of(program, data.draw(partial_answers(program))), england())
    told: set[str] = set()
    for line in result.rationale:
        for reason in line.because:
            verb, _, sentence = reason.partition(": ")
            assert verb not in ("Established", "Ruled out") or sentence in told
        told.add(line.establishes)


@settings(max_examples=60)
@given(name=names, data=st.data())
def test_a_certain_route_stays_whatever_else_is_answered(name: str, data: st.DataObject) -> None:
    program = shipped_programs()[name]
    answers = data.draw(partial_answers(program))
    more = {**data.draw(partial_answers(program)), **answers}
    first = assess(shipped(), case_of(program, answers), england())
    then = assess(shipped(), case_of(program, more), england())
    assert first.route is not None
    assert then.route is not None
    if first.route.certain:
        assert then.route.id == first.route.id


def test_a_route_is_not_certain_while_a_question_could_change_it(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    asked = dict(list(SERIOUS.items())[:2])
    route = assess(rulebook, case(**asked), working_days).route
    assert route is not None
    assert not route.certain


# The evaluators disagree: no recommendation


@pytest.fixture
def serious(case: MakeCase) -> Case:
    return case("notify", **SERIOUS)


def is_refused(result: Assessment, fault: str) -> None:
    """No route and no rationale, and the fault is told."""
    assert result.route is None
    assert result.rationale == ()
    assert fault in result.fault


@pytest.fixture
def refused(rulebook: Rulebook, working_days: WorkingDays, serious: Case) -> Refused:
    """Sees to it that the serious case is refused, with that fault."""
    return lambda fault: is_refused(assess(rulebook, serious, working_days), fault)


def changed_firing(change: Callable[[Trace], Trace]) -> Callable[..., Trace]:
    run = Firing.run

    def changed(self: Firing, *args: object) -> Trace:
        return change(run(self, *args))

    return changed


@pytest.mark.parametrize("wrong", [Status.OPEN, Status.RULED_OUT])
def test_no_route_when_durable_rules_finds_otherwise(
    wrong: Status, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = changed_firing(
        lambda trace: replace(trace, statuses={**trace.statuses, "serious_incident": wrong})
    )
    monkeypatch.setattr(Firing, "run", change)
    refused(
        "The evaluators disagree on 'serious_incident': the kernel says established, "
        f"durable-rules says {wrong}.",
    )


@pytest.mark.parametrize("routes", [(), ("no_such_route",), ("notify_the_panel", "other")])
def test_no_route_when_durable_rules_takes_another(
    routes: tuple[str, ...], refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Firing, "run", changed_firing(lambda trace: replace(trace, routes=routes)))
    refused(
        "The evaluators disagree on the route: the kernel takes notify_the_panel, durable-rules "
        f"takes {', '.join(routes) or 'none'}.",
    )


def test_no_route_when_the_kernel_finds_otherwise(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Kernel.statuses

    def wrong(self: Kernel, known: dict[str, str]) -> tuple[dict[str, Status], tuple[str, ...]]:
        statuses, routes = right(self, known)
        return {**statuses, "child_died": Status.RULED_OUT}, routes

    monkeypatch.setattr(Kernel, "statuses", wrong)
    refused("disagree on 'child_died'")


def test_no_route_when_the_diagrams_do_not_confirm_it(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Readings.read

    def wrong(self: Readings, node: int, full: dict[str, str]) -> Hashable:
        return Status.OPEN if node == self.status["serious_incident"] else right(self, node, full)

    monkeypatch.setattr(Readings, "read", wrong)
    refused("The diagram of 'serious_incident' says open, the kernel says established.")


def test_no_route_when_the_diagrams_take_another(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Readings.read

    def wrong(self: Readings, node: int, full: dict[str, str]) -> Hashable:
        return "other" if node == self.route else right(self, node, full)

    monkeypatch.setattr(Readings, "read", wrong)
    refused("The diagram of the routes says other")


def test_no_route_when_durable_rules_fails(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Trace:
        raise DurableRulesFault("durable-rules did not take a fact (code 1)")

    monkeypatch.setattr(Firing, "run", fails)
    refused("The rule engine failed: durable-rules did not take a fact (code 1)")


def test_no_route_when_the_rules_leave_none_or_several(
    working_days: WorkingDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = kernel_of

    def none(program: Program) -> Kernel:
        right = kernel(program)
        return replace(right, trace=lambda known: (right.trace(known)[0], ()))

    monkeypatch.setattr(engine.assessment, "kernel_of", none)
    monkeypatch.setattr(Firing, "run", changed_firing(lambda trace: replace(trace, routes=())))
    result = assess(
        small_rulebook(), Case("notify", "none", {"incident": date(2024, 1, 1)}), working_days
    )
    is_refused(result, "Exactly one route has to hold, and these do: none.")


def test_no_route_where_three_valued_logic_misses_what_the_diagrams_see(
    working_days: WorkingDays,
) -> None:
    rulebook = little(EITHER_WAY)
    dates = {"day": date(2024, 1, 1)}
    result = assess(rulebook, Case("stage", "none", dates, {"seen": "yes"}), working_days)
    is_refused(result, "The diagram of 'danger' says established, the kernel says open.")
    route = assess(rulebook, Case("stage", "none", dates, {"seen": "no"}), working_days).route
    assert route is not None
    assert route.id == "leave_it"


# Citations and strengths


def everything_in(value: object) -> Iterator[object]:
    """Every dataclass inside a result."""
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from everything_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from everything_in(each)


@lru_cache(maxsize=1)
def results() -> tuple[Assessment, ...]:
    """Of each program: a case with nothing known, one with much, and one without the age."""
    much = {**SERIOUS, "danger_now": "yes", "significant_harm": "yes", "homicide": "yes"}
    return tuple(
        assess(shipped(), case_of(shipped_programs()[name], answers), england())
        for name in NAMES
        for answers in ({}, much, {**much, "age_of_person": NOT_KNOWN})
    )


def test_the_paragraph_of_an_unverified_citation_is_never_shown(rulebook: Rulebook) -> None:
    seen = 0
    for result in results():
        for each in everything_in(result):
            if isinstance(each, CitationGiven) and each.status == "unverified":
                seen += 1
                assert each.paragraph == ""
                # Beside the doubt there may stand the strength, where sources differ in it.
                assert each.text.removeprefix(rulebook.sources[each.source].short) in (
                    " (not verified)",
                    " (must, not verified)",
                    " (should, not verified)",
                )
    assert seen > 100


def test_an_unverified_source_is_never_told_as_verified(rulebook: Rulebook) -> None:
    for result in results():
        for each in everything_in(result):
            if isinstance(each, CitationGiven):
                status = rulebook.sources[each.source].status
                assert each.status == status or each.status in ("unverified", "carried forward")
        for finding in result.findings:
            assert not finding.verified or finding.citations[0].status == "read"


def test_the_text_of_2018_is_never_told_as_read() -> None:
    for result in results():
        if result.edition == "working-together-2018":
            cited = [each for each in everything_in(result) if isinstance(each, CitationGiven)]
            assert {each.status for each in cited if each.source == "working-together-2018"} == {
                "unverified"
            }
            assert any("has not been read" in warning for warning in result.warnings)


def written_strengths() -> dict[str, set[str]]:
    """Every strength in the rule files, by the id beside it, as it stands in the text.

    The strength of a single citation has no id beside it.
    """
    found: dict[str, set[str]] = {}

    def look(value: object) -> None:
        if isinstance(value, dict):
            if "strength" in value and "id" in value:
                found.setdefault(str(value["id"]), set()).add(value["strength"])
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    for path in sorted(RULES.rglob("*.yaml")):
        look(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader))
    return found


def test_a_strength_in_a_result_is_the_one_that_was_written() -> None:
    written = written_strengths()
    for result in results():
        assert result.route is not None
        given_strengths = [(result.route.id, result.route.strength)]
        given_strengths += [(each.id, each.strength) for each in result.processes]
        given_strengths += [
            (each.id, each.strength)
            for each in everything_in(result)
            if isinstance(each, StepGiven)
        ]
        for finding in result.findings:
            given_strengths += [(finding.rule, finding.strength)]
        for identity, strength in given_strengths:
            assert strength in written[identity], identity


def test_a_step_has_the_strength_of_its_own_route_and_day(rulebook: Rulebook) -> None:
    for name in NAMES:
        program = shipped_programs()[name]
        for answers in ({}, SERIOUS):
            result = assess(rulebook, case_of(program, dict(answers)), england())
            assert result.route is not None
            route = next(
                each
                for each in rulebook.routes
                if (each.stage, each.id) == (program.stage.id, result.route.id)
            )
            steps = [*rulebook.stages[program.stage.id].steps_for_every_route, *route.steps]
            steps += [
                each.step
                for each in program.overlay.placements
                if each.stage == program.stage.id and route.id in (each.routes or [route.id])
            ]
            for step in result.route.steps:
                (own,) = (each for each in steps if each.id == step.id)
                assert step.strength == own.strength


def test_our_own_advice_cites_nothing_and_nothing_else_goes_uncited() -> None:
    for result in results():
        for each in everything_in(result):
            if isinstance(each, StepGiven):
                assert bool(each.citations) == (each.strength != Strength.ADVICE), each.id


def test_no_word_in_braces_is_left_in_a_result() -> None:
    for result in results():
        for each in everything_in(result):
            for field in fields(each):
                value = getattr(each, field.name)
                assert not isinstance(value, str) or "{" not in value, value


# Words and warnings


def test_the_council_that_was_named_is_in_the_result(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    elsewhere = {**SERIOUS, "where_it_happened": "elsewhere_in_england"}
    unnamed = assess(rulebook, case(area="darlington", **elsewhere), working_days)
    named = assess(
        rulebook,
        case(area="darlington", **elsewhere, authority_of_the_incident="durham"),
        working_days,
    )
    assert unnamed.route is not None
    assert named.route is not None
    said = " ".join(step.do + step.who for step in named.route.steps)
    assert dict(rulebook.authorities)["durham"] in said
    assert "the local authority for the place where it happened" in " ".join(
        step.do + step.who for step in unnamed.route.steps
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("elsewhere", "Tell Hilltop Council and the partners."),
        ("here", "Tell the local authority for the place where it happened and the partners."),
    ],
)
def test_a_council_counts_only_beside_its_own_answer(
    place: str, told: str, working_days: WorkingDays
) -> None:
    answers: dict[str, Answer] = {"age_of_person": 3, "what_happened": "died"}
    answers |= {"abuse_or_neglect": "known", "where_it_happened": place}
    answers["authority_of_the_incident"] = "hilltop"
    case = Case("notify", "none", {"awareness": date(2024, 2, 1)}, answers)
    result = assess(small_rulebook(), case, working_days)
    assert result.route is not None
    assert [each.do for each in result.route.steps] == ["Make the child safe.", told]
    aside = [each.question for each in result.set_aside]
    assert aside == (["authority_of_the_incident"] if place == "here" else [])


def test_a_disputed_clock_shows_each_reading_and_takes_the_first(
    working_days: WorkingDays,
) -> None:
    case = Case("notify", "none", {"awareness": date(2024, 2, 1)}, {"what_happened": "died"})
    case = replace(case, answers={**case.answers, "age_of_person": 3, "abuse_or_neglect": "known"})
    route = assess(small_rulebook(), case, working_days).route
    assert route is not None
    step = next(each for each in route.steps if each.id == "send_the_notice")
    assert step.due == date(2024, 2, 8)
    assert step.by == (
        "by Thursday 8 February 2024, within 5 working days of the authority becoming aware"
    )
    assert [each.due for each in step.readings] == [date(2024, 2, 8), date(2024, 2, 6)]
    assert step.readings[1].words.endswith("(if every day counts)")
    assert "C1" in {each.id for each in assess(small_rulebook(), case, working_days).contradictions}


def test_without_its_date_a_clock_is_told_in_words(working_days: WorkingDays) -> None:
    answers: dict[str, Answer] = {"age_of_person": 3, "abuse_or_neglect": "known"}
    case = Case(
        "notify", "none", {"incident": date(2024, 2, 1)}, {**answers, "what_happened": "died"}
    )
    route = assess(small_rulebook(), case, working_days).route
    assert route is not None
    step = next(each for each in route.steps if each.id == "send_the_notice")
    assert step.due is None
    assert step.by == "within 5 working days of the authority becoming aware"


def test_a_process_that_comes_first_is_told_first(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(danger_now="yes"), working_days)
    assert result.processes[0].id == "immediate_safety"
    assert result.processes[0].first
    assert result.processes[0].status is Status.ESTABLISHED


def test_what_is_ruled_out_has_no_steps(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(danger_now="no"), working_days)
    ruled_out = [each for each in result.processes if each.status is Status.RULED_OUT]
    assert "immediate_safety" in {each.id for each in ruled_out}
    assert all(each.steps == () for each in ruled_out)


def test_an_established_finding_that_was_not_read_is_warned_of(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    before = case(dates={"awareness": date(2020, 1, 1)}, danger_now="yes")
    warnings = assess(rulebook, before, working_days).warnings
    assert any(
        each.startswith("Not confirmed against the text itself") and "A child is in danger" in each
        for each in warnings
    )


def test_a_finding_that_a_local_rule_widens_cites_both_rules(working_days: WorkingDays) -> None:
    near_miss = Case(
        "learning",
        "riverside",
        {"incident": date(2024, 2, 1)},
        {"what_happened": "near_miss_or_concern", "carries_learning": "no"},
    )
    result = assess(small_rulebook(), near_miss, working_days)
    finding = next(each for each in result.findings if each.id == "worth_learning_from")
    assert finding.status is Status.ESTABLISHED
    assert finding.rule == "act-6 and riverside-9"
    assert [each.source for each in finding.citations] == ["act", "riverside-2020"]
    assert not finding.verified, "the local text is only carried forward"
    line = next(each for each in result.rationale if each.establishes == finding.sentence)
    assert line.rule == "act-6 and riverside-9"
    assert line.source == "the Act, section 6; Riverside's procedure, paragraph 9 (carried forward)"
    national = assess(small_rulebook(), replace(near_miss, area="none"), working_days)
    assert national.route is not None
    assert national.route.id == "leave_it"


def test_a_set_aside_answer_is_told_as_not_used(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(**SERIOUS, how_serious_was_the_harm="not_serious"), working_days)
    (aside,) = result.set_aside
    assert (aside.question, aside.words, aside.matters) == (
        "how_serious_was_the_harm",
        "The harm was not serious",
        False,
    )
    assert aside.question not in {each.question for each in result.path}


def test_a_process_may_have_a_clock_of_months(working_days: WorkingDays) -> None:
    case = Case(
        "notify",
        "none",
        {"incident": date(2024, 1, 31)},
        {"age_of_person": 3, "what_happened": "died", "looked_after": "yes"},
    )
    (process,) = assess(small_rulebook(), case, working_days).processes
    assert process.status is Status.ESTABLISHED
    assert process.steps[0].due == date(2024, 2, 29)
    assert process.steps[0].who == "the local authority"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{established: unborn_child}", True),
        ("{open: unborn_child}", False),
        ("{not: {open: unborn_child}}", True),
        ("{not: {established: unborn_child}}", False),
        ("{all: [{established: unborn_child}, {ruled out: child_under_18}]}", True),
        ("{all: [{established: unborn_child}, {open: child_under_18}]}", False),
        ("{any: [{established: unborn_child}, {open: child_under_18}]}", True),
        ("{any: [{ruled out: unborn_child}, {open: child_under_18}]}", False),
    ],
)
def test_a_step_is_told_only_where_its_own_condition_holds(
    when: str, told: bool, tmp_path: Path, working_days: WorkingDays
) -> None:
    case = Case("notify", "none", {"incident": date(2024, 1, 31)}, {"age_of_person": "unborn"})
    changed = with_text("routes/notify.yaml", "when: {established: unborn_child}", f"when: {when}")
    route = assess(load(changed_copy(tmp_path, changed)), case, working_days).route
    assert route is not None
    steps = [each.id for each in route.steps]
    assert steps == ["make_safe"] + ["say_that_the_child_was_unborn"] * told
