"""Saving a check, coming back to it, and erasing it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from webforms.store import Store, reference_key
from webforms.store.checks import SAVED_LASTS, TRIES_ALLOWED, VISIT_LASTS
from webforms.store.tries import TRIES_WITHIN

from .conftest import Clock
from .pages import Pages, words
from .walks import BABY, BABY_DATES

REFERENCE = re.compile(r"WM(-[0-9A-HJKMNP-TV-Z]{4}){4}")


def save(pages: Pages) -> str:
    """Saves the check of a visitor and gives the reference."""
    address = pages.post("/check/save")
    found = REFERENCE.search(words(pages.get(address).one("main")))
    assert found
    return found[0]


@pytest.fixture
def finished(client_request: Pages) -> Pages:
    client_request.answer(client_request.begin(BABY_DATES), BABY)
    client_request.post("/check/answers", notes="What I weighed up.")
    return client_request


@pytest.fixture
def someone_else(app: Flask) -> Pages:
    return Pages(app.test_client())


def come_back(pages: Pages, reference: str) -> str:
    return pages.post("/return", reference=reference)


def test_a_finished_check_comes_back_with_its_result(finished: Pages, someone_else: Pages) -> None:
    reference = save(finished)
    result = finished.get("/check/result").text
    assert come_back(someone_else, reference) == "/check/result"
    again = someone_else.get("/check/result")
    assert again.heading == finished.get("/check/result").heading
    assert "kept until" in result
    assert words(again.one("p", "waymark-notes")) == "What I weighed up."


def test_a_check_that_is_not_finished_goes_on_where_it_was(
    client_request: Pages, someone_else: Pages
) -> None:
    address = client_request.post(client_request.begin(BABY_DATES), answer="no")
    reference = save(client_request)
    assert come_back(someone_else, reference) == address


def test_the_reference_is_shown_once(finished: Pages) -> None:
    save(finished)
    assert finished.redirect("/check/saved") == "/check/save"


def test_the_reference_is_not_in_the_database(finished: Pages, app: Flask) -> None:
    reference = save(finished)
    for path in app.config["DATA_FOLDER"].iterdir():
        assert reference.encode() not in path.read_bytes()
        assert reference.replace("-", "").encode() not in path.read_bytes()


def test_small_letters_spaces_and_letters_that_are_misread_do_not_matter(
    finished: Pages, someone_else: Pages
) -> None:
    reference = save(finished)
    typed = reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert come_back(someone_else, typed) == "/check/result"


def test_what_is_saved_is_the_case_the_assessment_and_the_version(
    finished: Pages, store: Store
) -> None:
    saved = store.saved(reference_key(save(finished)) or "")
    assert saved
    assert saved.payload["case"]["answers"]["abuse_or_neglect"] == "suspected"
    assert saved.payload["case"]["dates"] == {"incident": "2024-12-23", "awareness": "2024-12-24"}
    assert saved.payload["assessment"]["route"]["id"] == "refer_as_serious_incident"
    assert saved.payload["assessment"]["rationale"]
    assert saved.payload["rules_version"] == saved.rules_version
    assert saved.payload["assessment"]["rules_version"] == saved.rules_version
    assert store.verify().faults == ()


def test_a_changed_result_is_stored_before_it_is_shown(finished: Pages, store: Store) -> None:
    key = reference_key(save(finished)) or ""
    before = store.saved(key)
    finished.post("/check/question/link_to_abuse_or_neglect", answer="none")
    assert finished.redirect("/check/result") == "/check/answers"
    assert finished.client.get("/check/record.pdf").status_code == 302
    assert "You have changed it since" in words(finished.get("/check/answers").one("main"))
    result = finished.get(finished.post("/check/answers"))
    after = store.saved(key)
    assert before
    assert after
    assert after.payload["assessment"]["route"]["title"] == result.heading
    assert after.payload != before.payload
    assert store.verify().faults == ()


def test_changes_can_be_saved_without_the_result(finished: Pages, store: Store) -> None:
    key = reference_key(save(finished)) or ""
    finished.post("/check/question/link_to_abuse_or_neglect", answer="none")
    finished.post("/check/save")
    saved = store.saved(key)
    assert saved
    assert saved.payload["case"]["answers"]["link_to_abuse_or_neglect"] == "none"
    assert "Nothing has changed" in words(finished.get("/check/save").one("main"))


def test_new_rules_are_said_before_the_result_is_worked_out_again(
    finished: Pages, someone_else: Pages, store: Store
) -> None:
    key = reference_key(save(finished)) or ""
    saved = store.saved(key)
    assert saved
    assessment: dict[str, Any] = {**saved.payload["assessment"], "rules_version": "older"}
    store.save_again(key, {**saved.payload, "assessment": assessment}, "older")
    assert finished.redirect("/check/result") == "/check/answers"
    text = words(finished.get("/check/answers").one("main"))
    assert "The rules have changed since" in text
    assert "Refer this as a serious child safeguarding incident" in text


def test_a_saved_check_can_be_deleted(
    finished: Pages, someone_else: Pages, store: Store, app: Flask
) -> None:
    reference = save(finished)
    form = finished.get("/check/save")
    address = finished.post("/check/delete", form)
    assert finished.get(address).heading == "The saved check has been deleted"
    assert store.saved(reference_key(reference) or "") is None
    assert store.verify().faults == ()
    page = someone_else.post_wrongly("/return", reference=reference)
    assert page.errors[0].startswith("No saved check has this reference")
    # The answers of the visit itself are still there, and its result.
    assert finished.get("/check/result")
    finished.post("/check/clear", finished.get("/check/answers"))
    for path in app.config["DATA_FOLDER"].iterdir():
        assert b"What I weighed up." not in path.read_bytes()


def test_clearing_keeps_what_was_saved(finished: Pages, someone_else: Pages) -> None:
    reference = save(finished)
    finished.post("/check/clear", finished.get("/check/answers"))
    assert come_back(someone_else, reference) == "/check/result"


def test_a_saved_check_takes_the_place_of_one_in_progress(
    finished: Pages, someone_else: Pages
) -> None:
    reference = save(finished)
    someone_else.post(someone_else.begin(stage="notify", area="none"), answer="not known")
    assert "take its place" in words(someone_else.get("/return").one("main"))
    come_back(someone_else, reference)
    assert someone_else.get("/check/answers").rows["Area"] == "Darlington"


def test_it_is_erased_after_thirty_days(
    finished: Pages, someone_else: Pages, clock: Clock, store: Store
) -> None:
    reference = save(finished)
    clock.now += SAVED_LASTS - timedelta(minutes=1)
    assert come_back(someone_else, reference) == "/check/result"
    clock.now += timedelta(minutes=2)
    # Coming back did not save it again, so its time is over.
    someone_else.post_wrongly("/return", reference=reference)
    assert store.verify().payloads == 0


def test_a_visit_is_erased_after_four_idle_hours(
    client_request: Pages, someone_else: Pages, clock: Clock, store: Store
) -> None:
    address = client_request.begin(BABY_DATES)
    clock.now += VISIT_LASTS - timedelta(minutes=1)
    client_request.get(address)
    clock.now += VISIT_LASTS - timedelta(minutes=1)
    client_request.get(address)
    clock.now += VISIT_LASTS
    assert client_request.redirect(address) == "/check/start"
    someone_else.begin()
    assert store.db.execute("SELECT count(*) FROM visits").fetchone() == (1,)


class TestReturn:
    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ("", "Enter your reference"),
            ("WM-0000-0000-0000-0000", "No saved check has this reference"),
            ("nonsense ' OR 1=1 --", "No saved check has this reference"),
            ("WM-UUUU-UUUU-UUUU-UUUU", "No saved check has this reference"),
        ],
    )
    def test_what_leads_nowhere(self, client_request: Pages, typed: str, message: str) -> None:
        page = client_request.post_wrongly("/return", reference=typed)
        assert page.errors[0].startswith(message)

    def test_guessing_is_stopped_and_waiting_helps(
        self, finished: Pages, someone_else: Pages, clock: Clock
    ) -> None:
        reference = save(finished)
        for _ in range(TRIES_ALLOWED):
            someone_else.post_wrongly("/return", reference="WM-0000-0000-0000-0000")
        token = someone_else.get("/return").token
        sent = {"csrf_token": token, "reference": reference}
        assert someone_else.client.post("/return", data=sent).status_code == 429
        clock.now += TRIES_WITHIN
        assert come_back(someone_else, reference) == "/check/result"
