"""A case is checked before anything rests on it, and refused in one sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.answers import NOT_KNOWN, BadCase, Case, check_answer, check_case
from engine.rulebook import Rulebook
from rules.loader import rulebook as shipped
from tests.conftest import MakeCase


def refused(rulebook: Rulebook, case: Case, today: date) -> BadCase:
    with pytest.raises(BadCase) as refusal:
        check_case(rulebook, case, today)
    return refusal.value


@pytest.mark.parametrize("question", list(shipped().questions))
def test_every_question_can_be_answered_not_known(question: str, rulebook: Rulebook) -> None:
    check_answer(rulebook, question, NOT_KNOWN)


@pytest.mark.parametrize("question", list(shipped().questions))
def test_every_answer_that_a_question_offers_is_taken(question: str, rulebook: Rulebook) -> None:
    for option in rulebook.questions[question].options:
        check_answer(rulebook, question, option.value)


@pytest.mark.parametrize("answer", ["", "NOT KNOWN", "perhaps", -1, 131, 1.5, None, True, [], {}])
def test_no_question_takes_an_answer_that_it_does_not_offer(
    answer: object, rulebook: Rulebook
) -> None:
    for question in rulebook.questions:
        with pytest.raises(BadCase) as refusal:
            check_answer(rulebook, question, answer)
        assert refusal.value.where == ("answers", question)


@pytest.mark.parametrize("age", [0, 1, 17, 18, 130])
def test_an_age_is_completed_years(age: int, rulebook: Rulebook) -> None:
    check_answer(rulebook, "age_of_person", age)


@pytest.mark.parametrize("age", [-1, 131])
def test_an_age_that_nobody_has_is_refused(age: int, rulebook: Rulebook) -> None:
    with pytest.raises(BadCase) as refusal:
        check_answer(rulebook, "age_of_person", age)
    assert refusal.value.message == (
        f"'age_of_person' is {age}: give completed years, from 0 to 130"
    )


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (
            "looked_after",
            "maybe",
            "'looked_after' cannot be 'maybe': answer one of yes, no, not known",
        ),
        (
            "age_of_person",
            "three",
            "'age_of_person' cannot be 'three': give a whole number of completed years, or one of "
            "unborn, not known",
        ),
        (
            "partners_view",
            3,
            "'partners_view' cannot be '3': answer one of agree_to_notify, disagree, "
            "not_yet_discussed, not known",
        ),
    ],
)
def test_the_refusal_of_an_answer_says_which_there_are(
    question: str, answer: object, said: str, rulebook: Rulebook
) -> None:
    with pytest.raises(BadCase) as refusal:
        check_answer(rulebook, question, answer)
    assert refusal.value.message == said


def test_a_council_is_named_by_its_id(rulebook: Rulebook) -> None:
    for authority, _ in rulebook.authorities:
        check_answer(rulebook, "authority_of_the_incident", authority)
    with pytest.raises(BadCase, match="give a council's id, such as "):
        check_answer(rulebook, "authority_of_the_incident", "Durham")


def test_an_unknown_question_is_refused(rulebook: Rulebook, case: MakeCase, today: date) -> None:
    refusal = refused(rulebook, case(looked_afer="yes"), today)
    assert refusal.message == "'looked_afer' is not a question that Waymark asks: check the name"
    assert refusal.where == ("answers", "looked_afer")


def test_an_unknown_stage_is_refused(rulebook: Rulebook, case: MakeCase, today: date) -> None:
    refusal = refused(rulebook, case("referral"), today)
    assert refusal.message == (
        "'referral' is not a stage: use one of " + ", ".join(rulebook.stages)
    )


def test_an_unknown_area_is_refused(rulebook: Rulebook, case: MakeCase, today: date) -> None:
    refusal = refused(rulebook, case(area="Darlington"), today)
    assert refusal.message.startswith("'Darlington' is not an area that Waymark knows: use one of ")
    assert "darlington" in refusal.message
    assert refusal.message.endswith("('none' applies the national rules alone)")


def test_an_unknown_date_is_refused(rulebook: Rulebook, case: MakeCase, today: date) -> None:
    refusal = refused(rulebook, case(dates={"birthday": date(2024, 2, 1)}), today)
    assert refusal.message.startswith("'birthday' is not a date that a case has: use incident, ")
    assert refusal.where == ("dates", "birthday")


# Days that are planned


def test_the_day_of_publication_may_still_be_to_come(
    rulebook: Rulebook, case: MakeCase, today: date
) -> None:
    planned = {event.id for event in rulebook.event_dates.values() if event.planned}
    assert planned == {"publication", "action_deadline"}
    for event in planned:
        for days in (-1, 0, 1, 400):
            check_case(rulebook, case(dates={event: today + timedelta(days=days)}), today)


@pytest.mark.parametrize(
    "event", [event.id for event in shipped().event_dates.values() if not event.planned]
)
def test_no_other_day_may_be_to_come(
    event: str, rulebook: Rulebook, case: MakeCase, today: date
) -> None:
    check_case(rulebook, case(dates={event: today}), today)
    tomorrow = today + timedelta(days=1)
    refusal = refused(rulebook, case(dates={event: tomorrow}), today)
    assert refusal.where == ("dates", event)
    assert refusal.message == (
        f"“{rulebook.event_dates[event].label}” is {tomorrow}, which is still to come: give the "
        "day it happened"
    )


def test_a_day_to_come_is_told_in_the_words_of_the_page(
    rulebook: Rulebook, case: MakeCase, today: date
) -> None:
    refusal = refused(rulebook, case(dates={"incident": today + timedelta(days=1)}), today)
    assert refusal.message.startswith("“Date of the incident” is ")


def test_a_day_to_come_never_picks_the_edition(rulebook: Rulebook) -> None:
    planned = {event.id for event in rulebook.event_dates.values() if event.planned}
    for stage in rulebook.stages.values():
        assert not planned & set(stage.edition_by)
    for edition in rulebook.editions:
        assert not edition.lingers or edition.lingers.changed not in planned
