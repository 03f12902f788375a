"""Areas changed over from Boards to partners one by one; and what is said of a stretch of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import Case
from engine.assessment import assess
from engine.edition import edition_on, given_day, governing_day, lingering_on, program_for
from engine.rulebook import DatedNote
from engine.telling import long_date
from rules.calendar import england
from rules.loader import rulebook as shipped

OLD, NEW = "working-together-2015", "working-together-2018"
LAST_OF_OLD = date(2018, 6, 28)
FIRST, LAST = date(2018, 6, 29), date(2019, 9, 28)  # when both systems ran side by side
KIND_OF_REVIEW = ("rapid-review", "review", "learning")
DUTIES = ("refer", "notify", "parallel")
ONE_DAY = timedelta(days=1)


def decided(day: date, changed: date | None = None, stage: str = "review") -> Case:
    """A decision taken on a day, in an area that changed over on another."""
    dates = {"awareness": day, "decision": day}
    if changed is not None:
        dates["arrangements_changed"] = changed
    return Case(stage, "none", dates)


def edition(case: Case) -> str:
    return program_for(shipped(), case).edition.id


# The window


@pytest.mark.parametrize("stage", KIND_OF_REVIEW)
@pytest.mark.parametrize(
    ("on", "governs"),
    [
        (FIRST - ONE_DAY, OLD),
        (FIRST, OLD),
        (LAST, OLD),
        (LAST + ONE_DAY, NEW),
    ],
)
def test_an_area_that_had_not_changed_over_decides_under_the_old_rules_to_the_last_day(
    stage: str, on: date, governs: str
) -> None:
    assert edition(decided(on, None, stage)) == governs
    assert edition(decided(on, LAST + ONE_DAY, stage)) == governs


@pytest.mark.parametrize("stage", KIND_OF_REVIEW)
@pytest.mark.parametrize(
    ("on", "governs"),
    [
        (date(2019, 3, 31), OLD),
        (date(2019, 4, 1), NEW),
        (date(2019, 4, 2), NEW),
    ],
)
def test_the_day_on_which_the_area_changed_over_is_the_first_of_the_new_rules(
    stage: str, on: date, governs: str
) -> None:
    assert edition(decided(on, date(2019, 4, 1), stage)) == governs


def test_an_area_that_changed_over_on_the_first_day_never_decides_under_the_old_rules() -> None:
    assert edition(decided(FIRST, FIRST)) == NEW
    assert edition(decided(FIRST - ONE_DAY, FIRST)) == OLD


@pytest.mark.parametrize("changed", [date(2018, 1, 1), date(2020, 1, 1)])
def test_a_changed_date_outside_the_window_moves_nothing_outside_it(changed: date) -> None:
    assert edition(decided(FIRST - ONE_DAY, changed)) == OLD
    assert edition(decided(LAST + ONE_DAY, changed)) == NEW


@pytest.mark.parametrize("stage", DUTIES)
@pytest.mark.parametrize("changed", [None, date(2019, 4, 1)])
def test_the_duty_to_notify_and_the_processes_change_everywhere_at_once(
    stage: str, changed: date | None
) -> None:
    assert edition(decided(FIRST - ONE_DAY, changed, stage)) == OLD
    assert edition(decided(FIRST, changed, stage)) == NEW
    assert edition(decided(LAST, changed, stage)) == NEW


@given(
    on=st.dates(date(2015, 3, 26), date(2026, 6, 10)),
    changed=st.none() | st.dates(date(2018, 1, 1), date(2020, 12, 31)),
    stage=st.sampled_from(KIND_OF_REVIEW),
)
def test_the_old_rules_linger_exactly_until_the_area_changes_over_or_the_window_ends(
    on: date, changed: date | None, stage: str
) -> None:
    rulebook, case = shipped(), decided(on, changed, stage)
    lingers = FIRST <= on <= LAST and (changed is None or on < changed)
    expected = LAST_OF_OLD if lingers else on
    assert governing_day(rulebook, rulebook.stages[stage], case) == expected
    assert given_day(rulebook, rulebook.stages[stage], case) == on
    there = lingering_on(rulebook, rulebook.stages[stage], on)
    assert (there is not None) == (FIRST <= on <= LAST)
    assert edition(case) == edition_on(rulebook, expected).id


def test_the_decision_counts_and_not_the_awareness() -> None:
    dates = {"awareness": date(2018, 6, 1), "decision": date(2019, 5, 1)}
    case = Case("review", "none", {**dates, "arrangements_changed": date(2019, 4, 1)})
    assert edition(case) == NEW
    assert edition(replace(case, dates={"awareness": date(2018, 7, 1)})) == OLD


# What is said of it


def said(case: Case) -> tuple[str, ...]:
    return assess(shipped(), case, england()).warnings


def of_changing_over(warnings: tuple[str, ...]) -> list[str]:
    return [each for each in warnings if "arrangements starting" in each]


def test_without_the_day_of_change_it_is_said_that_it_can_change_the_result() -> None:
    (warning,) = of_changing_over(said(decided(date(2019, 3, 1))))
    assert warning == (
        "Until Saturday 28 September 2019 at the latest, an area that had not changed over still "
        "decided under Working Together 2015. No date was given for the area's new safeguarding "
        "arrangements starting, so those rules are used. Give that date: it can change the result."
    )


@pytest.mark.parametrize(
    ("changed", "which", "title"),
    [
        (date(2019, 3, 2), "before", "Working Together 2015"),
        (date(2019, 3, 1), "on or after", "Working Together 2018"),
        (date(2019, 2, 28), "on or after", "Working Together 2018"),
    ],
)
def test_with_the_day_of_change_it_is_said_which_rules_follow(
    changed: date, which: str, title: str
) -> None:
    (warning,) = of_changing_over(said(decided(date(2019, 3, 1), changed)))
    assert warning == (
        f"The decision was taken {which} the area's new safeguarding arrangements starting "
        f"({long_date(changed)}), so the rules of {title} are used."
    )


@pytest.mark.parametrize("on", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_outside_the_window_nothing_is_said_of_changing_over(on: date) -> None:
    assert of_changing_over(said(decided(on))) == []
    assert of_changing_over(said(decided(on, date(2019, 4, 1)))) == []


def test_it_is_said_that_notices_do_not_linger_with_the_decision() -> None:
    lingering = said(decided(date(2019, 3, 1)))
    assert any("Only this decision follows Working Together 2015 still." in e for e in lingering)
    assert any("follow the law of Friday 1 March 2019" in each for each in lingering)
    changed = said(decided(date(2019, 3, 1), date(2019, 1, 1)))
    assert not any("Only this decision follows" in each for each in changed)


# Notes on a stretch of time


@pytest.mark.parametrize("note", shipped().notes, ids=lambda note: note.id)
def test_a_note_is_said_on_its_days_in_its_stages_and_at_no_other_time(note: DatedNote) -> None:
    days = {note.in_force.start: True, note.in_force.start - ONE_DAY: False}
    if note.in_force.until is not None:
        days |= {note.in_force.until: True, note.in_force.until + ONE_DAY: False}
    for on, there in days.items():
        if on < date(2015, 3, 26) or on > date(2026, 6, 10):
            continue
        for stage in shipped().stages:
            case = decided(on, min(on, LAST + ONE_DAY), stage)
            found = [each for each in said(case) if each.startswith(note.text)]
            assert bool(found) == (there and stage in note.stages), (on, stage)


def test_a_note_cites_its_source_and_hides_a_paragraph_that_was_not_read() -> None:
    relaxed = [each for each in said(decided(date(2020, 4, 1))) if "March 2020" in each]
    assert len(relaxed) == 1
    assert relaxed[0].endswith("(Working Together 2018 (not verified))")
    assert "announcement" not in relaxed[0]


@pytest.mark.parametrize(
    ("on", "there"),
    [("2020-03-29", False), ("2020-03-30", True), ("2021-12-31", True), ("2022-01-01", False)],
)
def test_the_relaxation_of_march_2020_is_said_on_the_days_of_its_note(on: str, there: bool) -> None:
    for stage in ("notify", "rapid-review", "review"):
        warnings = said(decided(date.fromisoformat(on), LAST, stage))
        assert any("relaxed what is not statutory" in each for each in warnings) == there


def test_the_group_gave_way_to_the_board_in_july_2022() -> None:
    before = " ".join(said(decided(date(2022, 6, 30), LAST, "notify")))
    after = " ".join(said(decided(date(2022, 7, 1), LAST, "notify")))
    assert "Until 30 June 2022 the health partner" in before
    assert "Since 1 July 2022 the health partner" in after
    assert "Since 1 July 2022" not in before
    assert "Until 30 June 2022" not in after
