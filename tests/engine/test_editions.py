"""The law of the day: which edition, which rules and which local procedure a date picks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import BadCase, Case, check_case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.edition import (
    edition_on,
    epoch_of,
    epochs,
    governing_day,
    program_for,
    program_on,
)
from engine.program import Program
from engine.rulebook import Rulebook
from rules.loader import load
from rules.loader import rulebook as shipped
from tests.conftest import MakeCase
from tests.engine.reading_the_law import in_force, rules_on
from tests.rules.small_rulebook import changed_copy, small_rulebook, with_text

AREAS = [overlay.area for overlay in shipped().overlays]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2015-03-26", "working-together-2015"),
        ("2015-03-27", "working-together-2015"),
        ("2018-06-28", "working-together-2015"),
        ("2018-06-29", "working-together-2018"),
        ("2018-06-30", "working-together-2018"),
        ("2023-12-14", "working-together-2018"),
        ("2023-12-15", "working-together-2023"),
        ("2023-12-16", "working-together-2023"),
        ("2026-03-17", "working-together-2023"),
        ("2026-03-18", "working-together-2026"),
        ("2026-03-19", "working-together-2026"),
    ],
)
def test_the_edition_changes_on_its_day(on: str, edition: str, rulebook: Rulebook) -> None:
    assert edition_on(rulebook, day(on)).id == edition


@pytest.mark.parametrize("on", ["2015-03-25", "2013-04-15", "1999-01-01"])
@pytest.mark.parametrize("stage", shipped().stages)
def test_before_working_together_2015_there_are_no_rules(
    on: str, stage: str, rulebook: Rulebook, case: MakeCase
) -> None:
    with pytest.raises(BadCase) as refused:
        program_for(rulebook, case(stage, dates={"awareness": day(on)}))
    assert refused.value.message == (
        f"{on} is before 2015-03-26, when Working Together 2015 began: Waymark does not hold the "
        "earlier editions of 2010 and 2013, which governed then, so take advice from the "
        "safeguarding partnership"
    )
    assert refused.value.where == ("dates",)


def test_every_day_up_to_today_has_one_edition_in_every_area(
    rulebook: Rulebook, today: date
) -> None:
    first = day("2015-03-26")
    turns = (*epochs(rulebook), today + timedelta(days=1))
    assert turns[0] == first
    days = 0
    for start, after in pairwise(turns):
        # Nothing changes inside a stretch of time, so each area is asked once for each; every day
        # is still counted against the editions themselves.
        own = {
            program_on(rulebook, stage, overlay.area, start).edition.id
            for stage in rulebook.stages
            for overlay in rulebook.overlays
        }
        for number in range((after - start).days):
            on = start + timedelta(days=number)
            governing = {each.id for each in rulebook.editions if each.in_force.covers(on)}
            assert governing == {edition_on(rulebook, on).id} == own
            assert epoch_of(rulebook, on) == start
            days += 1
    assert days == (today - first).days + 1


@given(on=st.dates(date(2015, 3, 26), date(2026, 6, 10)), area=st.sampled_from(AREAS))
def test_a_case_of_any_day_and_area_is_assessed_under_one_edition(on: date, area: str) -> None:
    rulebook = shipped()
    for stage in rulebook.stages:
        given_dates = {"awareness": on, "decision": on, "arrangements_changed": on}
        program = program_for(rulebook, Case(stage, area, given_dates))
        assert program.edition == edition_on(rulebook, on)
        assert program.overlay.area in (area, "none")


@given(before=st.dates(date(1950, 1, 1), date(2015, 3, 25)), area=st.sampled_from(AREAS))
def test_a_case_of_any_day_before_is_refused(before: date, area: str) -> None:
    for stage in shipped().stages:
        for event in shipped().stages[stage].edition_by:
            with pytest.raises(BadCase, match="when Working Together 2015 began"):
                program_for(shipped(), Case(stage, area, {event: before}))


def test_a_day_to_come_is_refused(rulebook: Rulebook, case: MakeCase, today: date) -> None:
    check_case(rulebook, case(dates={"incident": today}), today)
    with pytest.raises(BadCase, match="which is still to come: give the day it happened"):
        check_case(rulebook, case(dates={"incident": today + timedelta(days=1)}), today)


def test_the_authority_is_not_aware_before_it_happens(
    rulebook: Rulebook, case: MakeCase, today: date
) -> None:
    incident = day("2024-02-02")
    check_case(rulebook, case(dates={"incident": incident, "awareness": incident}), today)
    earlier = case(dates={"incident": incident, "awareness": incident - timedelta(days=1)})
    with pytest.raises(BadCase, match="cannot have become aware on 2024-02-01, before the inc"):
        check_case(rulebook, earlier, today)


# Which date governs


@pytest.mark.parametrize(
    ("stage", "dates", "edition"),
    [
        ("refer", {"incident": "2023-12-14", "awareness": "2023-12-15"}, "working-together-2023"),
        ("notify", {"incident": "2023-12-14", "awareness": "2023-12-15"}, "working-together-2023"),
        ("notify", {"incident": "2023-12-14"}, "working-together-2018"),
        ("notify", {"incident": "2023-12-14", "decision": "2024-03-01"}, "working-together-2018"),
        (
            "rapid-review",
            {"incident": "2023-12-01", "awareness": "2023-12-14", "decision": "2023-12-15"},
            "working-together-2023",
        ),
        ("rapid-review", {"incident": "2023-12-01"}, "working-together-2018"),
        ("refer", {}, "working-together-2026"),
    ],
)
def test_awareness_picks_the_duty_and_decision_the_review(
    stage: str, dates: dict[str, str], edition: str, rulebook: Rulebook, case: MakeCase
) -> None:
    given = case(stage, dates={event: day(on) for event, on in dates.items()})
    assert program_for(rulebook, given).edition.id == edition


def test_the_first_of_the_stages_dates_governs(rulebook: Rulebook, case: MakeCase) -> None:
    given = case(dates={"incident": day("2020-01-01"), "awareness": day("2020-01-02")})
    assert governing_day(rulebook, rulebook.stages["refer"], given) == day("2020-01-02")


def test_without_a_date_the_newest_rules_are_used_and_that_is_said(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(dates={}), working_days)
    assert result.edition == "working-together-2026"
    assert any(
        warning.startswith("No date was given for") and "newest rules are used" in warning
        for warning in result.warnings
    )


def test_that_another_date_had_to_govern_is_said(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(dates={"incident": day("2024-02-01")}), working_days)
    assert (
        "The rules were chosen by the date of the incident (Thursday 1 February 2024), because no "
        "date was given for the local authority becoming aware."
    ) in result.warnings


def test_an_edition_that_was_not_read_is_told_as_such(
    rulebook: Rulebook, working_days: WorkingDays, case: MakeCase
) -> None:
    result = assess(rulebook, case(dates={"awareness": day("2026-03-18")}), working_days)
    assert result.edition_status == "unverified"
    assert any(
        "The rules of 2023 are carried forward unchanged" in each for each in result.warnings
    )
    cited = {each.source: each.status for each in result.route.citations} if result.route else {}
    assert cited["working-together-2023"] == "carried forward"


# The local procedure


@pytest.mark.parametrize(
    ("on", "overlay"),
    [
        ("2020-02-28", "none"),
        ("2020-02-29", "none"),
        ("2020-03-01", "darlington-2020"),
        ("2020-03-02", "darlington-2020"),
        ("2026-03-18", "darlington-2020"),
    ],
)
def test_a_local_procedure_begins_on_its_day(
    on: str, overlay: str, rulebook: Rulebook, case: MakeCase
) -> None:
    program = program_for(rulebook, case(area="darlington", dates={"awareness": day(on)}))
    assert program.overlay.id == overlay


def test_before_its_procedure_an_area_keeps_its_name_and_is_told(rulebook: Rulebook) -> None:
    program = program_on(rulebook, "refer", "darlington", day("2020-02-29"))
    assert program.words["authority"] == "Darlington Borough Council"
    assert len(program.overlay.notes) == 1
    assert "was not in force on the date of this case" in program.overlay.notes[0]
    assert not any(
        step.id.startswith("darlington") for each in program.routes for step in each.steps
    )


def test_a_local_procedure_may_leave_words_to_the_national_ones(tmp_path: Path) -> None:
    fewer = with_text(
        "local/riverside/overlay.yaml", "    partners: the Riverside Partnership\n", ""
    )
    program = program_on(
        load(changed_copy(tmp_path, fewer)), "notify", "riverside", day("2024-01-01")
    )
    said = {step.id: step.do for each in program.routes for step in each.steps}
    assert said["copy_the_notice"] == "Copy the notice to the partners."


@pytest.mark.parametrize(("on", "there"), [("2021-05-31", False), ("2021-06-01", True)])
def test_a_local_rule_may_begin_after_its_procedure(on: str, there: bool, tmp_path: Path) -> None:
    later = with_text(
        "local/riverside/overlay.yaml",
        "    when: {what_happened: near_miss_or_concern}",
        "    when: {what_happened: near_miss_or_concern}\n    from: 2021-06-01",
    )
    program = program_on(load(changed_copy(tmp_path, later)), "learning", "riverside", day(on))
    used = {rule.id for each in program.findings for rule in each.rules}
    assert ("riverside-9" in used) is there


def test_a_local_step_stands_where_it_was_put() -> None:
    program = program_on(small_rulebook(), "notify", "riverside", day("2024-01-01"))
    steps = {each.id: [step.id for step in each.steps] for each in program.routes}
    assert steps["notify"] == ["make_safe", "send_the_notice", "copy_the_notice"]
    assert steps["find_out"] == ["make_safe"]


def test_a_local_procedure_takes_no_national_step_away(rulebook: Rulebook) -> None:
    for stage in rulebook.stages:
        for on in epochs(rulebook):
            national = program_on(rulebook, stage, "none", on)
            for overlay in rulebook.overlays:
                local = {
                    each.id: each for each in program_on(rulebook, stage, overlay.area, on).routes
                }
                for route in national.routes:
                    ids = [step.id for step in local[route.id].steps]
                    kept = [each for each in ids if each in {step.id for step in route.steps}]
                    assert kept == [step.id for step in route.steps]


# The rules in force


def test_nothing_changes_inside_a_stretch_of_time(rulebook: Rulebook) -> None:
    for first, after in zip(epochs(rulebook), epochs(rulebook)[1:], strict=False):
        last = after - timedelta(days=1)
        for stage in rulebook.stages:
            assert program_on(rulebook, stage, "darlington", first) is program_on(
                rulebook, stage, "darlington", last
            )


def programs_on(rulebook: Rulebook, on: date) -> list[tuple[str, Program]]:
    return [
        (overlay.area, program_on(rulebook, stage, overlay.area, on))
        for stage in rulebook.stages
        for overlay in rulebook.overlays
    ]


@pytest.mark.parametrize("book", [shipped, small_rulebook], ids=["shipped", "small"])
@given(on=st.dates(date(2015, 3, 26), date(2027, 1, 1)))
def test_a_program_holds_the_rules_of_its_day_and_no_others(book: object, on: date) -> None:
    rulebook = book()
    on = max(on, epochs(rulebook)[0])
    for area, program in programs_on(rulebook, on):
        law = rules_on(rulebook, area, on)
        for each in program.findings:
            assert each.rules == law[each.finding]
        for process in program.processes:
            there = [
                other.citations[0].source
                for other in (*rulebook.processes, *program.overlay.processes)
                if other.id == process.id and in_force(rulebook, other, on)
            ]
            assert there == [process.citations[0].source]


@given(on=st.dates(date(2015, 3, 26), date(2027, 1, 1)))
def test_a_program_cites_only_what_is_in_force(on: date) -> None:
    rulebook = shipped()
    carried = edition_on(rulebook, on).carries_forward
    for _, program in programs_on(rulebook, on):
        items = [*program.routes, *program.processes]
        items += [step for each in items for step in each.steps]
        for item in items:
            for citation in item.citations:
                source = rulebook.sources[citation.source]
                assert source.in_force.covers(on) or source.id == carried


@pytest.mark.parametrize(
    ("on", "rule"),
    [("2023-12-14", "wt2018-ch4-physical"), ("2023-12-15", "ca2004-16b-9-physical")],
)
def test_physical_harm_passes_from_the_guidance_to_the_act(
    on: str, rule: str, rulebook: Rulebook
) -> None:
    program = program_on(rulebook, "refer", "none", day(on))
    found = program.finding("physically_harmed_seriously")
    assert found is not None
    assert [each.id for each in found.rules] == [rule]


def test_what_an_edition_does_not_know_is_never_asked_under_it(rulebook: Rulebook) -> None:
    # Working Together 2018 did not ask for notice of a care leaver's death.
    before = program_on(rulebook, "refer", "none", day("2023-12-14"))
    after = program_on(rulebook, "refer", "none", day("2023-12-15"))
    assert "care_leaver" not in {each.question.id for each in before.asked}
    assert "care_leaver" in {each.question.id for each in after.asked}
    assert before.finding("care_leaver_death") is None
