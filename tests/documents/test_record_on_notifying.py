"""What a record says of notifying: what people wrote, and what the rules find beside it."""

from __future__ import annotations

from typing import Any

from webforms.chair.casefile import CaseFile
from webforms.chair.documents import decision_record
from webforms.store import Store

from . import cases

DENIED = (
    "It is written down that the criteria for notifying are not met. On these answers the rules "
    "find a duty on the authority, which the partners’ view does not remove: Notify the Panel."
)


def said_in(file: CaseFile, section: str) -> str:
    record = decision_record.build(file, accounts=cases.ACCOUNTS, made=cases.MADE)
    return next((str(part["blocks"]) for part in record["sections"] if part["id"] == section), "")


def seen_otherwise(store: Store, **answers: Any) -> CaseFile:
    """A baby who was harmed, of whom the partners say that the criteria are not met."""
    dates = {event: day for event, day in cases.DATES.items() if event != "notification_sent"}
    said = {"criteria_met": "no", "why_not": "We see no abuse."}
    return cases.kept(
        store,
        dates=dates,
        answers={**cases.ANSWERS, **answers},
        written={("notification", ""): said},
    )


def test_a_no_to_notifying_stands_beside_the_duty_that_it_does_not_remove(store: Store) -> None:
    file = seen_otherwise(store)
    for section in ("notification", "in-short"):
        told = said_in(file, section)
        assert DENIED in told
        assert "section 16C(1)" in told
    assert "We see no abuse." in said_in(file, "notification")


def test_where_the_rules_find_no_duty_nothing_is_said_to_be_denied(store: Store) -> None:
    for file in (cases.not_notified(store), seen_otherwise(store, abuse_or_neglect="no")):
        for section in ("notification", "in-short"):
            assert "a duty on the authority" not in said_in(file, section)


def test_the_record_of_a_near_miss_says_that_no_duty_is_seen_and_how_to_learn_from_it(
    store: Store,
) -> None:
    near_miss = cases.not_notified(store)
    assert "No duty to notify is seen" in said_in(near_miss, "notification")
    recommended = said_in(near_miss, "recommended")
    assert "No duty to notify is seen" in recommended
    assert "How can we learn from this, below the threshold?" in recommended


def test_a_notified_case_has_what_the_rules_found_on_notifying_and_nothing_on_learning_below(
    store: Store,
) -> None:
    full = cases.full(store)
    recommended = said_in(full, "recommended")
    assert recommended.index("Notify the Panel") < recommended.index("A local review, as")
    assert "How can we learn from this, below the threshold?" not in recommended


def test_a_case_whose_notification_was_withdrawn_has_what_the_rules_say_on_learning_below(
    store: Store,
) -> None:
    answers = {**cases.ANSWERS, "abuse_or_neglect": "no", "notification_withdrawn": "yes"}
    dates = {"awareness": "2026-04-13", "notification_sent": "2026-04-17"}
    recommended = said_in(cases.kept(store, dates=dates, answers=answers), "recommended")
    assert "How can we learn from this, below the threshold?" in recommended


def test_what_an_open_answer_could_change_is_not_told_as_certain(store: Store) -> None:
    said = {("notification", ""): {"criteria_met": "no", "why_not": "We see no abuse."}}
    dates = {"awareness": "2026-04-13"}
    file = cases.kept(store, dates=dates, answers={"age_of_person": 0}, written=said)
    told = said_in(file, "notification")
    assert "On these answers the rules find" in told
    assert "(an answer that is still missing could change it)" in told


def test_under_the_rules_of_2015_it_is_said_as_well(store: Store) -> None:
    told = said_in(cases.of_2015(store), "recommended")
    assert "Report this notifiable incident to Ofsted and the Board" in told


def test_a_case_before_the_first_edition_has_no_finding_on_notifying(store: Store) -> None:
    said = {("notification", ""): {"criteria_met": "no", "why_not": "Nobody was harmed."}}
    file = cases.kept(store, dates={"incident": "2014-01-02"}, written=said)
    told = said_in(file, "notification")
    assert "Nobody was harmed." in told
    assert "the rules find" not in told
