"""What cannot be, or stands against what is written: told on the pages that it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from webforms.chair.chronology_cells import kept_date
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .pages import Page, Pages, words
from .test_deciding import WEIGHED, ready, sign


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    return new_case(store, chair.account, answers=WEIGHED)


def noticed(page: Page, id: str = "dates") -> list[str]:
    found = [each for each in page.all("section") if each.get("aria-labelledby") == f"notice-{id}"]
    return [words(line) for each in found for line in each.iter("li")]


BEFORE_THE_INCIDENT = (
    "The notification was sent on Friday 1 May 2026, before the incident on Saturday 9 May 2026. "
    "Check both dates."
)


def plain(lines: list[str]) -> list[str]:
    return [line.replace("\u00a0", " ") for line in lines]


@pytest.mark.parametrize(
    "page", ["part/key_dates", "part/notification", "notification", "timetable", "decision"]
)
def test_a_notification_before_the_incident_is_told_where_its_date_is_given_or_used(
    chair: Pages, store: Store, row: CaseRow, page: str
) -> None:
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-01")
    found = noticed(chair.get(f"/cases/{row.reference}/{page}"))
    assert plain(found) == [BEFORE_THE_INCIDENT]


def test_dates_in_their_order_are_told_nothing_of(chair: Pages, store: Store, row: CaseRow) -> None:
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-09")
    write(store, row, chair.account, "dates", "acknowledgement", day="2026-05-09")
    assert noticed(chair.get(f"/cases/{row.reference}/timetable")) == []


@pytest.mark.parametrize(
    ("part", "item", "said", "expected"),
    [
        ("dates", "acknowledgement", {"day": "2026-05-14"}, "It was acknowledged on"),
        ("dates", "decision", {"day": "2026-05-01"}, "The decision was made on"),
        ("notification", "", {"withdrawn_on": "2026-05-14"}, "The notification was withdrawn on"),
        ("agency_return", "1", {"returned_on": "2026-05-15"}, "The information came back on"),
        ("action", "1", {"what": "A", "owner": "B", "done_on": "2026-05-08"}, "An action was done"),
        ("meeting", "", {"held_on": "2026-05-08"}, "The meeting was held on"),
        ("dates", "notifying_decision", {"day": "2026-05-08"}, "Whether to notify was decided on"),
        ("reviewer", "", {"appointed_on": "2026-05-28"}, "The reviewer was appointed on"),
        ("governance_meeting", "1", {"held_on": "2026-05-28"}, "The Governance Group met on"),
        (
            "learning_approval",
            "",
            {"approved_on": "2026-05-19"},
            "The partners answered on the form of learning on",
        ),
        (
            "action",
            "1",
            {"what": "A", "owner": "B", "due": "2026-07-01", "extended_to": "2026-06-30"},
            "An action is extended to end on",
        ),
    ],
)
def test_what_comes_later_is_not_dated_before_what_comes_first(
    chair: Pages, store: Store, row: CaseRow, part: str, item: str, said: dict[str, str],
    expected: str,
) -> None:  # fmt: skip
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    request = {"agency": "Health", "asked_on": "2026-05-16"}
    write(store, row, chair.account, "agency_request", "1", **request)
    write(store, row, chair.account, "dates", "review_decision", day="2026-05-29")
    write(store, row, chair.account, "learning", met_on="2026-05-20")
    address = f"/cases/{row.reference}/timetable"
    assert noticed(chair.get(address)) == []
    write(store, row, chair.account, part, item, **said)
    (line,) = noticed(chair.get(address))
    assert line.startswith(expected)
    assert line.endswith("Check both dates.")


def test_a_decision_before_the_meeting_is_told_until_a_record_is_signed(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    ready(store, row, chair)
    write(store, row, chair.account, "dates", "decision", day="2026-05-19")
    address = f"/cases/{row.reference}/decision"
    (line,) = noticed(chair.get(address))
    assert line.startswith("The decision was made on")
    assert "before the meeting on" in line
    sign(chair, row)
    # Whoever meets again after that may decide anew, or leave it as it is.
    assert noticed(chair.get(address)) == []


def test_whether_a_record_is_signed_is_asked_of_the_case_not_of_what_the_list_shows_of_it(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    ready(store, row, chair)
    write(store, row, chair.account, "dates", "decision", day="2026-05-19")
    sign(chair, row)
    store.db.execute("UPDATE cases SET summary = '{}'")
    store.db.conn.commit()
    assert noticed(chair.get(f"/cases/{row.reference}/decision")) == []


def day_of(ask: str, day: date) -> dict[str, str]:
    return {f"{ask}-day": str(day.day), f"{ask}-month": str(day.month), f"{ask}-year": "2026"}


TOMORROW = date(2026, 6, 11)


@pytest.mark.parametrize(
    ("part", "ask", "said", "what"),
    [
        (
            "action/new",
            "done_on",
            {"what": "A", "owner": "B", **day_of("due", date(2026, 7, 1))},
            "it was done",
        ),
        ("panel_answer", "answered_on", {"agreement": "agrees"}, "it answered"),
        ("reviewer", "appointed_on", {}, "the reviewer was appointed"),
        ("terms_of_reference", "agreed_on", {}, "they were agreed"),
        ("notification", "partners_told", {}, "they were told"),
    ],
)
def test_what_was_done_cannot_have_been_done_tomorrow(
    chair: Pages, row: CaseRow, part: str, ask: str, said: dict[str, str], what: str
) -> None:
    address = f"/cases/{row.reference}/part/{part}"
    page = chair.post_wrongly(address, **said, **day_of(ask, TOMORROW))
    assert page.errors == [
        f"This day is still to come: enter the day on which {what}, or leave it blank until then"
    ]


def test_a_meeting_can_be_planned_and_is_then_shown_as_planned(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    chair.post(f"/cases/{row.reference}/part/meeting", **day_of("held_on", TOMORROW))
    page = chair.get(f"/cases/{row.reference}/meeting")
    assert "Thursday 11 June 2026 (planned)" in page.text.replace("\u00a0", " ")
    assert "The meeting itself: its date, " in page.text
    sheet = chair.get(f"/cases/{row.reference}/sign").text.replace("\u00a0", " ")
    assert "Thursday 11 June 2026, is still to come" in sheet


def test_a_report_is_not_published_before_its_day(chair: Pages, store: Store, row: CaseRow) -> None:
    address = f"/cases/{row.reference}/part/publication"
    page = chair.post_wrongly(address, **day_of("planned", TOMORROW), published="yes")
    assert page.errors == [
        "The day of publication is still to come: say “Yes” once it has been published, or "
        "correct that day"
    ]
    chair.post(address, **day_of("planned", TOMORROW), published="no")
    page = chair.get(f"/cases/{row.reference}/publication")
    assert "Thursday 11 June 2026 (planned)" in page.text.replace("\u00a0", " ")


def test_a_decision_before_the_incident_cannot_be_signed(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    ready(store, row, chair)
    write(store, row, chair.account, "dates", "decision", day="2026-05-08")
    page = chair.get(f"/cases/{row.reference}/sign")
    assert "it is dated before the incident" in page.text
    assert not page.all("button", "govuk-button--warning")
    chair.client.post(f"/cases/{row.reference}/sign", data={"read": "y"})
    assert store.signed(row.id) == ()


def test_a_day_to_come_is_refused_in_the_words_of_the_form(chair: Pages, row: CaseRow) -> None:
    page = chair.post_wrongly(
        f"/cases/{row.reference}/part/key_dates",
        **{"incident-day": "1", "incident-month": "7", "incident-year": "2026"},
    )
    (error,) = plain(page.errors)
    assert error == (
        "“Date of the incident” is Wednesday 1 July 2026, which is still to come: give the day "
        "it happened"
    )


def test_an_entry_of_the_chronology_that_is_still_to_come_is_refused(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    page = chair.post_wrongly(
        f"/cases/{row.reference}/part/chronology/new",
        **{"date-day": "11", "date-month": "6", "date-year": "2026"},
        event="A visit",
        agency="Police",
    )
    assert page.errors == [
        "The date of the event is still to come: enter the day on which it happened"
    ]
    assert store.history(row.id, "chronology") == ()


# The answer to the referrer


def test_what_is_not_decided_has_no_day_on_which_it_was_decided(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    page = chair.post_wrongly(
        f"/cases/{row.reference}/part/feedback",
        outcome="not_decided",
        **{"decided-day": "1", "decided-month": "6", "decided-year": "2026"},
    )
    assert page.errors == [
        "Leave this blank while it has not been decided, or choose what was decided"
    ]
    # As it was kept before.
    kept = {"outcome": "not_decided", "decided": "2026-06-01"}
    write(store, row, chair.account, "feedback", **kept)
    letter = f"/cases/{row.reference}/documents/letter-to-referrer"
    assert "This was decided on" not in chair.get(letter).text
    write(store, row, chair.account, "feedback", outcome="notified", decided="2026-06-01")
    assert "This was decided on Monday 1 June 2026" in plain([chair.get(letter).text])[0]


# What stands against what is written


def test_the_page_of_publication_says_what_it_waits_for_also_when_it_was_published(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/publication"
    assert noticed(chair.get(address), "waits") == []
    write(
        store,
        row,
        chair.account,
        "process",
        "criminal_proceedings",
        publication_waits="yes",
        waits_until="the verdict",
    )
    page = chair.get(address)
    assert "Publication waits for this" in page.text
    (line,) = noticed(page, "waits")
    assert line.endswith(", until the verdict")
    write(store, row, chair.account, "publication", published="yes")
    assert "although publication was to wait for this" in chair.get(address).text


def test_the_page_of_commissioning_says_what_speaks_against_the_reviewer(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    address = f"/cases/{row.reference}/reviewing"
    assert noticed(chair.get(address), "commissioning") == []
    write(
        store, row, chair.account, "reviewer", conflict="yes", research="no", hindsight="not known"
    )
    for number in ("1", "2"):
        held = {"held_on": f"2026-06-0{number}"}
        write(store, row, chair.account, "governance_meeting", number, **held)
    assert noticed(chair.get(address), "commissioning") == [
        "A conflict of interest of the reviewer, real or perceived, is written down.",
        "Answered “No” of the reviewer: knows the relevant research?",
        "Fewer than three governance meetings are written down: 2 so far (Darlington, paragraph "
        "13.3).",
    ]


def test_an_extension_that_nobody_asked_for_is_told(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    action = {"what": "Revise the pathway", "owner": "Health", "due": "2026-07-01"}
    address = f"/cases/{row.reference}/actions"
    write(store, row, chair.account, "action", "1", **action, extended_to="2026-09-01")
    (told, why) = noticed(chair.get(address), "extensions")
    assert told == "Revise the pathway (the deadline first set still counts)"
    assert "only at the Chief Officer’s request" in why
    asked = {"extended_to": "2026-09-01", "extension_asked_by": "chief_officer"}
    write(store, row, chair.account, "action", "1", **action, **asked)
    assert noticed(chair.get(address), "extensions") == []


def test_the_day_after_tomorrow_is_refused_in_a_file_too() -> None:
    assert kept_date("10/6/2026", date(2026, 6, 10)) == "2026-06-10"
    with pytest.raises(ValueError, match="is still to come: enter the day on which the event"):
        kept_date("11/6/2026", date(2026, 6, 10))


def test_a_decision_that_is_made_again_may_come_after_the_panels_answer(
    chair: Pages, store: Store, row: CaseRow
) -> None:
    ready(store, row, chair)
    decided = store.history(row.id, "dates", "decision")[0].data["day"]
    answered = date.fromisoformat(decided) - timedelta(days=1)
    write(store, row, chair.account, "panel_answer", answered_on=answered.isoformat())
    address = f"/cases/{row.reference}/decision"
    assert [each.partition(" on ")[0] for each in noticed(chair.get(address))] == [
        "The Panel answered"
    ]
    sign(chair, row)
    assert noticed(chair.get(address)) == []


@pytest.mark.parametrize(
    ("route", "appropriate", "told"),
    [
        ("local_review", "no", "A local review was decided"),
        ("other_learning", "yes", "No local review was decided"),
        ("local_review", "yes", ""),
        ("other_learning", "no", ""),
        ("local_review", "not known", ""),
    ],
)
def test_a_decision_that_contradicts_what_the_partners_think_is_told(
    chair: Pages, store: Store, row: CaseRow, route: str, appropriate: str, told: str
) -> None:
    ready(store, row, chair)
    write(store, row, chair.account, "decision", route=route, reasons="As said.", decided_by="All.")
    write(
        store, row, chair.account, "answers", "partners_think_review_appropriate",
        answer=appropriate,
    )  # fmt: skip
    for page in ("decision", "sign"):
        found = noticed(chair.get(f"/cases/{row.reference}/{page}"), "contradicts")
        assert [each.partition(",")[0] for each in found] == ([told] if told else [])
