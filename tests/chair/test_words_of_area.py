"""What a case asks for and cites: that of its area and of its edition, and of no other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import Deadline, deadlines
from webforms.chair.part import Part
from webforms.chair.parts import PARTS
from webforms.chair.quality import ticks
from webforms.chair.words import for_case
from webforms.store import CaseRow, Entry

THEN = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 10)
UNDER_2015, UNDER_2018 = date(2016, 5, 9), date(2021, 1, 11)
UNDER_2023, UNDER_2026 = date(2024, 5, 9), date(2026, 5, 11)
DARLINGTON, ELSEWHERE = "darlington", "isle-of-wight"


def a_case(
    day: date = UNDER_2026,
    area: str = DARLINGTON,
    parts: dict[str, dict[str, dict[str, Any]]] | None = None,
    **dates: date,
) -> CaseFile:
    """A case of which the authority became aware, and that was decided on, on one day."""
    row = CaseRow(1, "DAR-26-0001", area, "", THEN, THEN, "", None, "", False, {})
    given = {"incident": day, "awareness": day, "decision": day, **dates}
    entries = {
        "dates": {
            event: Entry(1, "dates", event, 1, {"day": when.isoformat()}, 1, THEN)
            for event, when in given.items()
        }
    }
    for part, items in (parts or {}).items():
        entries[part] = {
            item: Entry(1, part, item, 1, data, 1, THEN) for item, data in items.items()
        }
    return CaseFile(row, entries)


def part(name: str, file: CaseFile) -> Part:
    return for_case(PARTS[name], file)


def asked(name: str, file: CaseFile) -> set[str]:
    return {ask.id for ask in part(name, file).asks}


# What only Darlington asks


def test_darlington_asks_who_was_told_of_a_late_action_and_other_areas_do_not() -> None:
    steps = {"head_of_service_told", "chief_officer_told", "extension_asked_by"}
    assert steps <= asked("action", a_case())
    assert not steps & asked("action", a_case(area=ELSEWHERE))


def test_what_was_written_once_is_shown_even_where_nothing_asks_for_it() -> None:
    told = {"action": {"1": {"what": "x", "chief_officer_told": "2026-05-01"}}}
    assert "chief_officer_told" in asked("action", a_case(area=ELSEWHERE, parts=told))


@pytest.mark.parametrize("name", [part.id for part in PARTS.values() if part.local])
def test_a_paragraph_of_darlington_is_only_an_example_elsewhere(name: str) -> None:
    assert part(name, a_case()).local.startswith("Darlington’s procedure of March 2020, ")
    elsewhere = part(name, a_case(area=ELSEWHERE))
    assert elsewhere.local.startswith("As an example, Darlington’s procedure")
    assert elsewhere.local.endswith("It binds no other area.")


@pytest.mark.parametrize("area", [ELSEWHERE, "gateshead", "newcastle", "none"])
def test_no_form_of_another_area_speaks_of_darlington_as_its_own(area: str) -> None:
    file = a_case(area=area)
    for each in PARTS.values():
        worded = part(each.id, file)
        for text in (worded.intro, worded.source, *(ask.hint for ask in worded.asks)):
            # Named it may be, as somebody else's.
            named = "Darlington’s procedure" in text or "binds no other area" in text
            assert "Darlington" not in text or named, (each.id, text)
            assert "paragraph 8.4" not in text
    assert "three" not in part("action", file).intro.lower()


def test_darlington_before_its_procedure_is_like_any_other_area() -> None:
    assert "chief_officer_told" not in asked("action", a_case(UNDER_2015))


def test_the_five_options_are_five_in_darlington() -> None:
    options = part("learning", a_case()).ask("option").options
    assert [value for value, _ in options] == [f"option_{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("area", "day"), [(ELSEWHERE, UNDER_2026), ("newcastle", date(2016, 6, 1))]
)
def test_a_review_is_no_form_of_learning_below_the_threshold(area: str, day: date) -> None:
    options = dict(part("learning", a_case(day, area)).ask("option").options)
    assert not {"local_review", "serious_case_review", "joint_serious_case_review"} & set(options)
    assert {"other", "no_further_action"} <= set(options)


def test_a_procedure_that_has_ended_offers_no_options() -> None:
    options = dict(part("learning", a_case(area="newcastle")).ask("option").options)
    assert set(options) == {"other", "no_further_action"}


# What each edition asks


@pytest.mark.parametrize(("day", "checks"), [(UNDER_2018, 5), (UNDER_2023, 6), (UNDER_2026, 6)])
def test_a_reviewer_is_checked_for_what_the_edition_asks(day: date, checks: int) -> None:
    reviewer = part("reviewer", a_case(day))
    considered = [ask for ask in reviewer.asks if ask.kind == "yes or no"]
    assert len(considered) == checks
    assert reviewer.intro.startswith({5: "Five", 6: "Six"}[checks])
    assert ("hindsight" in {ask.id for ask in considered}) is (checks == 6)


@pytest.mark.parametrize("name", [part.id for part in PARTS.values() if part.source])
def test_no_source_is_cited_for_a_day_that_it_did_not_govern(name: str) -> None:
    assert "not verified" in part(name, a_case(UNDER_2015)).source
    of_2018 = part(name, a_case(UNDER_2018)).source
    assert "Working Together 2023" not in of_2018
    assert "carried forward" not in part(name, a_case(UNDER_2023)).source
    if "Working Together 2023" in PARTS[name].source:
        assert "Working Together 2018 (not verified)" in of_2018
        assert "carried forward" in part(name, a_case(UNDER_2026)).source


def test_the_day_on_which_the_board_was_told_can_be_given_under_the_rules_of_2015_alone() -> None:
    for name, ask in (("key_dates", "board_notified"), ("notification", "board")):
        assert ask in asked(name, a_case(UNDER_2015))
        assert ask not in asked(name, a_case())


def the_deadlines(file: CaseFile, words: str) -> list[Deadline]:
    return [each for each in deadlines(file, TODAY) if words in each.what]


# What meets a time limit


def test_the_panel_having_the_report_does_not_mean_that_ofsted_has_it() -> None:
    answers: dict[str, dict[str, Any]] = {
        question: {"answer": answer}
        for question, answer in {
            "age_of_person": 0,
            "what_happened": "harmed",
            "how_serious_was_the_harm": "serious_physical",
            "abuse_or_neglect": "suspected",
            "link_to_abuse_or_neglect": "suspected",
            "where_it_happened": "in_area",
            "partners_think_review_appropriate": "yes",
            "panel_answer": "not_yet",
            "notification_withdrawn": "no",
        }.items()
    }
    days = {"publication": date(2026, 6, 30), "report_sent": date(2026, 6, 5)}
    parts = {"answers": answers}
    (ofsted,) = the_deadlines(a_case(parts=parts, **days), "Send the same to Ofsted")
    assert ofsted.due is not None
    assert ofsted.met is None
    parts["publication"] = {"": {"sent_to_ofsted": "2026-06-08"}}
    (ofsted,) = the_deadlines(a_case(parts=parts, **days), "Send the same to Ofsted")
    assert ofsted.met == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("area", "asked_by", "due"),
    [
        (DARLINGTON, "", date(2026, 7, 1)),
        (DARLINGTON, "chief_officer", date(2026, 9, 1)),
        (ELSEWHERE, "", date(2026, 9, 1)),
    ],
)
def test_only_in_darlington_does_an_extension_need_the_chief_officer(
    area: str, asked_by: str, due: date
) -> None:
    action = {"what": "An action", "owner": "A head", "due": "2026-07-01"}
    extended = {**action, "extended_to": "2026-09-01", "extension_asked_by": asked_by}
    (found,) = the_deadlines(a_case(area=area, parts={"action": {"1": extended}}), "An action")
    assert found.due == due


def an_action_told_of(**said: str) -> dict[str, tuple[date | None, bool]]:
    """To whom an action due at the end of November 2025 is taken, on which day, and if it was."""
    action = {"what": "An action", "owner": "A head", "due": "2025-11-30", **said}
    told = the_deadlines(a_case(parts={"action": {"1": action}}), "that an action is ")
    return {each.what: (each.due, each.met is not None) for each in told}


def test_a_late_action_goes_to_the_head_of_service_and_later_to_the_chief_officer() -> None:
    assert an_action_told_of() == {
        "Tell the Head of Service that an action is 3 months late: An action": (
            date(2026, 2, 28),
            False,
        ),
        "Tell the Chief Officer that an action is 6 months late: An action": (
            date(2026, 5, 30),
            False,
        ),
    }


def test_what_the_chief_officer_had_extended_is_not_said_to_be_late() -> None:
    """The Head of Service waits for the deadline as it stands, the Chief Officer for the first."""
    asked = {"extended_to": "2026-09-01", "extension_asked_by": "chief_officer"}
    assert an_action_told_of(**asked) == {
        "Tell the Chief Officer that an action is still open 6 months after its first deadline: "
        "An action": (date(2026, 5, 30), False)
    }
    nobody = an_action_told_of(extended_to="2026-09-01", extension_asked_by="")
    assert [due for due, _ in nobody.values()] == [date(2026, 2, 28), date(2026, 5, 30)]


def test_an_extension_to_an_earlier_day_takes_no_time_away() -> None:
    action = {"what": "An action", "owner": "A head", "due": "2026-07-01"}
    slip = {**action, "extended_to": "2026-05-01", "extension_asked_by": "chief_officer"}
    (found,) = the_deadlines(a_case(parts={"action": {"1": slip}}), "An action")
    assert found.due == date(2026, 7, 1)


# The quality checks


def test_a_case_of_2021_is_not_measured_by_a_text_of_2023() -> None:
    for tick in ticks(a_case(UNDER_2018, notification_sent=UNDER_2018), TODAY):
        for reading in tick.readings:
            assert "2023" not in reading.source
    (_, national, *_) = ticks(a_case(UNDER_2018), TODAY)[0].readings
    assert national.source.startswith("Working Together 2018 (not verified)")
    (_, national, *_) = ticks(a_case(UNDER_2026), TODAY)[0].readings
    assert "(carried forward)" in national.source


def test_under_the_rules_of_2015_no_count_is_shown_that_did_not_exist() -> None:
    for tick in ticks(a_case(UNDER_2015, notification_sent=UNDER_2015), TODAY):
        assert tick.words == "Does not apply"
        assert tick.readings == ()
