"""Training without a browser: alone, and in a room, in which nothing is lost or counted twice."""

from __future__ import annotations

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import docx
import pytest
from flask import Flask

from webforms.store import Store
from webforms.store.rooms import (
    CODE_ALPHABET,
    CODE_TRIES_ALLOWED,
    ROOM_LASTS,
    ROOMS_ALLOWED,
    code_read,
)
from webforms.trainer.cookie import ROOMS_KNOWN
from webforms.trainer.joining import of_this_machine_alone
from webforms.trainer.lesson import lesson_of
from webforms.trainer.steps import first_of, steps_of
from webforms.trainer.vignettes import vignettes

from .conftest import Clock
from .pages import Page, Pages, words

BABY = "baby-with-an-unexplained-bruise"
AUNT = "aunt-with-care-needs"
OLD_NEGLECT = "old-neglect-and-a-sudden-loss"
NOTIFY, NO_DUTY = "notify_the_panel", "no_duty_to_notify"
WHY = "Suspicion is enough."
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def trainer(client_request: Pages) -> Pages:
    return client_request


@pytest.fixture
def learner(app: Flask) -> Pages:
    return Pages(app.test_client())


@pytest.fixture
def other(app: Flask) -> Pages:
    return Pages(app.test_client())


@pytest.fixture
def code(trainer: Pages) -> str:
    """The code of a room that the trainer has just opened."""
    return opened_room(trainer)


def opened_room(trainer: Pages, vignette: str = BABY) -> str:
    address = trainer.post(f"/training/{vignette}/room", trainer.get("/training"))
    found = re.fullmatch(rf"/room/([{CODE_ALPHABET}]{{5}})/trainer", address)
    assert found
    return found[1]


def join(learner: Pages, code: str) -> str:
    return learner.post("/join", code=code)


def answer(
    learner: Pages, code: str, choice: str = NOTIFY, sentence: str = WHY, turn: int = 1
) -> str:
    form = learner.get(f"/room/{code}?change=yes")
    return learner.post(f"/room/{code}", form, choice=choice, sentence=sentence, turn=str(turn))


def steer(trainer: Pages, code: str, what: str, turn: int = 1, **values: str) -> str:
    page = trainer.get(f"/room/{code}/trainer")
    return trainer.post(f"/room/{code}/{what}", page, turn=str(turn), **values)


def show(trainer: Pages, code: str, kind: str, vignette: str = BABY, turn: int = 1) -> Page:
    """Goes on to the first step of a kind, and gives the screen."""
    lesson = lesson_of(vignette)
    assert lesson
    place = first_of(steps_of(lesson, room=True), kind)  # type: ignore[arg-type]
    steer(trainer, code, "step", turn, step=str(place), page="screen")
    return trainer.get(f"/room/{code}/screen")


def counts(trainer: Pages, code: str) -> str:
    page = trainer.get(f"/room/{code}/trainer")
    return next(words(each) for each in page.all("p") if each.get("id") == "counts")


def split(page: Page) -> dict[str, str]:
    choices = map(words, page.all("p", "waymark-split__words"))
    return dict(zip(choices, map(words, page.all("p", "waymark-split__count")), strict=True))


def desk_and_screen_at(app: Flask, host: str) -> tuple[Page, Page]:
    """The trainer's two pages of a room that was opened at a host."""
    client, base = app.test_client(), f"http://{host}"
    token = Page(client.get("/training", base_url=base)).token
    sent = client.post(f"/training/{BABY}/room", data={"csrf_token": token}, base_url=base)
    desk = sent.headers["Location"]
    screen = desk.replace("/trainer", "/screen")
    return Page(client.get(desk, base_url=base)), Page(client.get(screen, base_url=base))


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost:5000", "127.0.0.2"])
def test_a_room_on_this_machine_alone_offers_phones_no_address(app: Flask, host: str) -> None:
    desk, screen = desk_and_screen_at(app, host)
    for page in (desk, screen):
        assert "Phones cannot join this room" in words(page.one("main"))
        assert f"{host}/join" not in page.text
    assert "make serve-room" in words(desk.one("main"))
    assert "The trainer’s page says what to do" in words(screen.one("main"))


@pytest.mark.parametrize("host", ["192.168.1.20:5000", "waymark.example"])
def test_a_room_that_phones_can_reach_shows_the_address_to_type(app: Flask, host: str) -> None:
    for page in desk_and_screen_at(app, host):
        assert f"{host}/join" in words(page.one("main"))
        assert "Phones cannot join" not in page.text


def test_a_machine_names_itself_in_more_than_one_way() -> None:
    itself = (
        "localhost:5000",
        "127.0.0.1",
        "127.8.9.1:80",
        "[::1]:5000",
        "0.0.0.0:5000",
        "LOCALHOST",
    )
    others = ("192.168.1.20:5000", "[fd00::20]:5000", "localhost.example", "waymark.example", "")
    assert [each for each in (*itself, *others) if of_this_machine_alone(each)] == list(itself)


# Alone


def test_every_vignette_is_listed_and_can_be_taken_alone(client_request: Pages) -> None:
    listed = client_request.get("/training")
    for vignette in vignettes().values():
        page = client_request.get(listed.link(vignette.title))
        assert page.heading == vignette.title
        assert vignette.story[0] in words(page.one("main"))
        assert lesson_of(vignette.id)


def test_alone_the_reasoning_stands_beside_what_was_chosen(client_request: Pages) -> None:
    form = client_request.get(f"/training/{BABY}/")
    sent = client_request.client.post(
        f"/training/{BABY}/reasoning",
        data={"csrf_token": form.token, "choice": NO_DUTY, "sentence": "Nobody saw it."},
    )
    told = words(Page(sent).one("main"))
    assert "You chose: No duty to notify is seen. The rules lead elsewhere." in told
    assert "You wrote: “Nobody saw it.”" in told
    assert "Working Together 2023, paragraph 330" in told
    assert "Suspicion is enough. The duty does not wait" in told


def test_who_saw_the_duty_is_not_told_that_the_rules_lead_elsewhere(
    client_request: Pages,
) -> None:
    said = {}
    for choice in (NOTIFY, NO_DUTY, "words_of_the_act_met_without_a_link"):
        form = client_request.get(f"/training/{OLD_NEGLECT}/")
        sent = client_request.client.post(
            f"/training/{OLD_NEGLECT}/reasoning",
            data={"csrf_token": form.token, "choice": choice},
        )
        said[choice] = words(Page(sent).one("div", "govuk-inset-text"))
    assert said[NOTIFY] == (
        "You chose: Notify the Panel. The duty is the same. The rules add that no link is seen, "
        "and that practice looks for one."
    )
    assert said[NO_DUTY].endswith("The rules lead elsewhere. See on which fact it turns.")
    assert said["words_of_the_act_met_without_a_link"].endswith("The rules lead there too.")


def test_a_room_is_told_who_chose_otherwise_and_yet_saw_the_duty(
    trainer: Pages, learner: Pages, other: Pages
) -> None:
    code = opened_room(trainer, OLD_NEGLECT)
    for each, choice in ((learner, NOTIFY), (other, NO_DUTY)):
        join(each, code)
        answer(each, code, choice)
    told = words(show(trainer, code, "route", OLD_NEGLECT).one("main"))
    assert "0 of 2 chose this. 1 of 2 chose “Notify the Panel”. The duty is the same." in told
    assert "No duty to notify is seen" not in told.split("What would change it")[0]
    assert "The duty is the same." in words(learner.get(f"/room/{code}").one("main"))
    assert "The duty is the same." not in words(other.get(f"/room/{code}").one("main"))


def test_alone_a_choice_is_needed_and_a_sentence_is_not(client_request: Pages) -> None:
    form = client_request.get(f"/training/{BABY}/")
    page = client_request.post_wrongly(f"/training/{BABY}/reasoning", form, sentence="")
    assert page.errors == ["Choose what you would do"]
    page = client_request.post_wrongly(
        f"/training/{BABY}/reasoning", form, choice=NOTIFY, sentence="x" * 300
    )
    assert page.errors == ["Your sentence must be 280 characters or fewer: take out 20"]


def test_nothing_of_an_answer_given_alone_is_kept(client_request: Pages, store: Store) -> None:
    form = client_request.get(f"/training/{BABY}/")
    client_request.client.post(
        f"/training/{BABY}/reasoning",
        data={"csrf_token": form.token, "choice": NO_DUTY, "sentence": "Nobody saw it."},
    )
    for table in ("visits", "rooms", "room_learners", "room_answers", "payloads"):
        assert store.db[table].count == 0


@pytest.mark.parametrize("vignette", [BABY, AUNT])
def test_without_phones_the_screen_goes_through_every_step(
    client_request: Pages, vignette: str
) -> None:
    lesson = lesson_of(vignette)
    assert lesson
    headings = []
    address = f"/training/{vignette}/screen/0"
    while address:
        page = client_request.get(address)
        headings.append(page.heading)
        following = [each for each in page.all("a") if each.get("data-key") == "next"]
        address = (following[0].get("href") or "") if following else ""
    assert headings[0] == lesson.vignette.title
    assert headings[-2:] == [lesson.words(lesson.right), "What to take away"]
    assert headings.count("What the rules say") == len(lesson.rules)
    assert headings.count("The way through the questions") == len(lesson.lights)
    beyond = client_request.redirect(f"/training/{vignette}/screen/99")
    assert client_request.get(beyond).heading == "What to take away"


@pytest.mark.parametrize(
    ("vignette", "lights"),
    # The baby's case turns on questions 3 and 4, the aunt's on 3: those before come together.
    [(BABY, [2, 3, 4, 6]), (AUNT, [2, 3, 4])],
)
def test_the_map_lights_up_step_by_step_a_turning_question_alone(
    client_request: Pages, vignette: str, lights: list[int]
) -> None:
    lesson = lesson_of(vignette)
    assert lesson
    first = first_of(steps_of(lesson, room=False), "map")
    for place, lit in enumerate(lights):
        page = client_request.get(f"/training/{vignette}/screen/{first + place}")
        assert page.heading == "The way through the questions"
        assert len(page.all(f"{SVG}rect", "waymark-map__step")) == lit
        waiting = len(page.all(f"{SVG}rect", "waymark-map__waiting"))
        assert waiting == len(lesson.map.steps) - lit + 1
        # The same as text, and no more than that.
        listed = [each for each in page.one("ol", "waymark-map-list") if each.tag == "li"]
        assert len(listed) == lit
        assert lesson.words(lesson.right) not in words(page.one(f"{SVG}svg", "waymark-map"))
    after = client_request.get(f"/training/{vignette}/screen/{first + len(lights)}")
    assert after.heading == lesson.words(lesson.right)
    whole = client_request.get(f"/training/{vignette}/reasoning")
    assert whole.all(f"{SVG}rect", "waymark-map__route")
    assert not whole.all(f"{SVG}rect", "waymark-map__waiting")


def test_there_is_no_other_vignette(client_request: Pages) -> None:
    for address in ("", "reasoning", "screen/0", "handout.pdf"):
        client_request.get(f"/training/no-such-case/{address}", status=404)


def test_our_own_advice_is_not_shown_as_what_a_source_asks_for(client_request: Pages) -> None:
    address = "/training/short-break-with-a-friend-of-the-family/reasoning"
    (line, *_) = client_request.get(address).one("div", "waymark-headline").iter("strong")
    assert words(line) == "Advice"
    made = client_request.client.get(f"/training/{BABY}/handout.docx").data
    told = [each.text for each in docx.Document(io.BytesIO(made)).paragraphs]
    assert [each for each in told if each.startswith("Strength")] == ["Strength: Must"]


# On paper


def test_the_handout_has_the_reasoning_on_another_page(client_request: Pages) -> None:
    made = client_request.client.get(f"/training/{BABY}/handout.docx").data
    document = docx.Document(io.BytesIO(made))
    headings = [each for each in document.paragraphs if each.style.name == "Heading 2"]
    breaks = [each.text for each in headings if each.paragraph_format.page_break_before]
    assert breaks == ["What the rules say"]
    before, _, after = "\n".join(each.text for each in document.paragraphs).partition(breaks[0])
    lesson = lesson_of(BABY)
    assert lesson
    for _, choice in lesson.choices:
        assert choice in before
    assert "In one sentence: why?" in before
    for point in lesson.vignette.points:
        assert point.text in after
        assert point.text not in before


def test_the_handout_is_a_pdf_too(client_request: Pages) -> None:
    made = client_request.client.get(f"/training/{AUNT}/handout.pdf")
    assert made.content_type == "application/pdf"
    assert made.data.startswith(b"%PDF-")


# In a room


def test_answers_come_in_and_are_shown_with_their_reasons(
    trainer: Pages, learner: Pages, other: Pages, code: str
) -> None:
    assert counts(trainer, code) == "0 joined, 0 answered"
    assert join(learner, code.lower()) == f"/room/{code}"
    join(other, f" {code[:2]} {code[2:]} ")
    answer(learner, code)
    answer(other, code, NO_DUTY, "It is too early.")
    assert counts(trainer, code) == "2 joined, 2 answered"
    page = show(trainer, code, "answers")
    assert split(page)["Notify the Panel"] == "1 of 2"
    assert split(page)["No duty to notify is seen"] == "1 of 2"
    # The sentences stay away until the trainer shows them.
    assert WHY not in page.text
    steer(trainer, code, "reasons", shown="yes", page="screen")
    page = trainer.get(f"/room/{code}/screen")
    assert WHY in page.text
    assert "It is too early." in page.text
    assert "1 of 2 chose this." in words(show(trainer, code, "route").one("main"))


def test_a_sentence_can_be_kept_off_the_screen(trainer: Pages, learner: Pages, code: str) -> None:
    join(learner, code)
    answer(learner, code, sentence="Something unsuitable.")
    assert "Something unsuitable." not in trainer.get(f"/room/{code}/trainer").text
    desk = trainer.get(f"/room/{code}/trainer?sentences=yes")
    assert "Something unsuitable." in desk.text
    number = next(
        each.get("value") or "" for each in desk.all("button") if each.get("name") == "hide"
    )
    back = trainer.post(f"/room/{code}/sentence", desk, hide=number)
    assert "Hidden from the screen." in trainer.get(back).text
    steer(trainer, code, "reasons", shown="yes")
    assert "Something unsuitable." not in show(trainer, code, "answers").text
    trainer.post(f"/room/{code}/sentence", desk, show=number)
    assert "Something unsuitable." in trainer.get(f"/room/{code}/screen").text


def test_an_answer_can_be_changed_until_the_trainer_goes_on(
    trainer: Pages, learner: Pages, code: str
) -> None:
    join(learner, code)
    answer(learner, code, NO_DUTY, "Too early.")
    assert learner.get(f"/room/{code}").heading == "Your answer is in"
    form = learner.get(f"/room/{code}?change=yes")
    assert "Too early." in form.text
    answer(learner, code, NOTIFY)
    assert counts(trainer, code) == "1 joined, 1 answered"
    page = show(trainer, code, "answers")
    assert split(page)["Notify the Panel"] == "1 of 1"
    learner.post(f"/room/{code}", form, choice=NO_DUTY, sentence="Late.", turn="1")
    assert split(trainer.get(f"/room/{code}/screen"))["Notify the Panel"] == "1 of 1"
    late = learner.get(f"/room/{code}")
    assert late.heading == "Look at the screen"
    assert "Notify the Panel" in words(late.one("main"))


def test_nothing_is_counted_twice_however_often_it_is_sent(
    trainer: Pages, learner: Pages, code: str
) -> None:
    for _ in range(3):
        join(learner, code)
    form = learner.get(f"/room/{code}")
    for _ in range(3):
        learner.post(f"/room/{code}", form, choice=NOTIFY, sentence=WHY, turn="1")
    assert counts(trainer, code) == "1 joined, 1 answered"


def test_pressing_next_twice_goes_one_step_on(trainer: Pages, code: str) -> None:
    page = trainer.get(f"/room/{code}/screen")
    for _ in range(2):
        trainer.post(f"/room/{code}/step", page, turn="1", step="1", page="screen")
    assert trainer.get(f"/room/{code}/screen").heading == "How the room answered"


def test_an_answer_needs_a_choice_and_a_sentence(learner: Pages, code: str) -> None:
    join(learner, code)
    page = learner.post_wrongly(f"/room/{code}", turn="1", sentence=" ")
    assert page.errors == ["Choose what you would do", "Write one sentence that says why"]
    page = learner.post_wrongly(f"/room/{code}", page, turn="1", choice="invented", sentence="x")
    assert page.errors == ["Choose what you would do"]


def test_what_is_typed_stays_text(trainer: Pages, learner: Pages, code: str) -> None:
    join(learner, code)
    answer(learner, code, sentence="<b>bold</b>\u202e reversed\r\n and {{ 7 * 7 }}")
    steer(trainer, code, "reasons", shown="yes")
    page = show(trainer, code, "answers")
    assert words(page.one("ul", "waymark-split__reasons")) == (
        "<b>bold</b> reversed and {{ 7 * 7 }}"
    )


def test_learners_see_the_route_when_the_screen_does(
    trainer: Pages, learner: Pages, code: str
) -> None:
    join(learner, code)
    lesson = lesson_of(BABY)
    assert lesson
    states = [learner.client.get(f"/room/{code}/state").text]
    answer(learner, code)
    for kind in ("answers", "rule", "map"):
        show(trainer, code, kind)
        states.append(learner.client.get(f"/room/{code}/state").text)
        page = learner.get(f"/room/{code}")
        assert page.heading == "Look at the screen"
        assert "The rules lead to" not in page.text
    show(trainer, code, "route")
    states.append(learner.client.get(f"/room/{code}/state").text)
    page = learner.get(f"/room/{code}")
    assert "The rules lead to: Notify the Panel" in words(page.one("main"))
    learner.get(page.link("Read the whole reasoning"))
    # A phone loads its page anew when there is more to see, and not before.
    assert states == ["1 open", "1 shown", "1 shown", "1 shown", "1 told"]


def test_the_next_case_is_taken_in_the_same_room(trainer: Pages, learner: Pages, code: str) -> None:
    join(learner, code)
    old = learner.get(f"/room/{code}")
    answer(learner, code)
    show(trainer, code, "points")
    steer(trainer, code, "vignette", vignette=AUNT)
    assert counts(trainer, code) == "1 joined, 0 answered"
    assert learner.get(f"/room/{code}").heading == vignettes()[AUNT].title
    # What was open on a phone or on the desk is of the case before, and changes nothing.
    learner.post(f"/room/{code}", old, choice=NOTIFY, sentence=WHY, turn="1")
    steer(trainer, code, "step", step="5")
    steer(trainer, code, "vignette", vignette=BABY)
    assert counts(trainer, code) == "1 joined, 0 answered"
    assert trainer.get(f"/room/{code}/screen").heading == vignettes()[AUNT].title
    answer(learner, code, "established", "Both need it.", turn=2)
    assert split(show(trainer, code, "answers", AUNT, 2))["The words seem to be met"] == "1 of 1"


def test_only_the_browser_that_opened_a_room_can_steer_it(
    trainer: Pages, learner: Pages, code: str
) -> None:
    join(learner, code)
    answer(learner, code)
    token = learner.get("/join")
    for page in ("trainer", "screen", "trainer/state"):
        learner.get(f"/room/{code}/{page}", status=404)
    for page in ("step", "reasons", "sentence", "vignette", "close"):
        sent = learner.client.post(
            f"/room/{code}/{page}",
            data={"csrf_token": token.token, "turn": "1", "step": "3", "vignette": AUNT},
        )
        assert sent.status_code == 404
    assert counts(trainer, code) == "1 joined, 1 answered"
    assert trainer.get(f"/room/{code}/screen").heading == vignettes()[BABY].title


def test_a_forged_form_steers_nothing(trainer: Pages, code: str) -> None:
    sent = trainer.client.post(f"/room/{code}/close", data={"turn": "1"})
    assert sent.status_code == 403
    assert counts(trainer, code) == "0 joined, 0 answered"


def test_whoever_has_not_joined_is_asked_for_the_code(learner: Pages, code: str) -> None:
    assert learner.redirect(f"/room/{code}") == f"/join?code={code}"
    page = learner.get(f"/join?code={code}")
    assert page.one("input", "govuk-input").get("value") == code
    # A room that is not there answers in the same way: nobody learns which codes are in use.
    assert learner.redirect("/room/22222") == "/join?code=22222"
    assert learner.client.get(f"/room/{code}/state").status_code == 404
    assert learner.client.get("/room/22222/state").status_code == 404


def test_a_wrong_code_is_said_and_guessing_has_an_end(
    learner: Pages, other: Pages, store: Store, code: str
) -> None:
    page = learner.post_wrongly("/join", code="")
    assert page.errors == ["Enter the code of the room"]
    page = learner.post_wrongly("/join", code="nonsense")
    assert page.errors == ["No room has this code: compare it with the one on the screen"]
    for _ in range(CODE_TRIES_ALLOWED):
        learner.post_wrongly("/join", page, code="22222" if code != "22222" else "33333")
    sent = learner.client.post("/join", data={"csrf_token": page.token, "code": code})
    assert sent.status_code == 429
    # Whoever comes back to a saved check from the same place is not kept out by it.
    other.post_wrongly("/return", reference="WM-0000-0000-0000-0000")


def test_rooms_cannot_be_opened_without_end(trainer: Pages) -> None:
    form = trainer.get("/training")
    for _ in range(ROOMS_ALLOWED):
        trainer.post(f"/training/{BABY}/room", form)
    sent = trainer.client.post(f"/training/{BABY}/room", data={"csrf_token": form.token})
    assert sent.status_code == 429


def test_joining_has_an_end_for_one_address(
    learner: Pages, other: Pages, store: Store, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webforms.store.rooms.JOINS_ALLOWED", 1)
    learner.post("/join", code=code)
    form = other.get("/join")
    sent = other.client.post("/join", data={"csrf_token": form.token, "code": code})
    assert sent.status_code == 429
    assert Page(sent).heading == "Too many tries"
    assert store.joined(code) == 1
    # Whoever is in already comes in again.
    learner.post("/join", code=code)


def test_a_code_is_read_as_it_was_meant() -> None:
    assert code_read(" k7-m 2p") == "K7M2P"
    assert code_read("BSZ22") == "85222"
    assert code_read("K7M2") is None
    assert code_read("K7M2O") is None
    assert not set("ABEILOSUZ01") & set(CODE_ALPHABET)


def test_a_room_and_its_answers_are_gone_after_a_day(
    trainer: Pages, learner: Pages, clock: Clock, store: Store, code: str
) -> None:
    join(learner, code)
    answer(learner, code)
    clock.now += ROOM_LASTS - timedelta(seconds=1)
    assert counts(trainer, code) == "1 joined, 1 answered"
    clock.now += timedelta(seconds=1)
    assert learner.get(f"/room/{code}", status=404).heading == "The room is closed"
    for table in ("rooms", "room_learners", "room_answers"):
        assert store.db[table].count == 0
    trainer.get(f"/room/{code}/trainer", status=404)
    assert "Rooms that you have open" not in trainer.get("/training").text


def test_a_trainer_can_close_a_room_at_once(
    trainer: Pages, learner: Pages, store: Store, code: str
) -> None:
    join(learner, code)
    answer(learner, code)
    other_code = opened_room(trainer, AUNT)
    assert trainer.get(steer(trainer, code, "close")).heading == "The room is closed"
    assert store.db["room_answers"].count == 0
    trainer.get(f"/room/{code}/trainer", status=404)
    assert counts(trainer, other_code) == "0 joined, 0 answered"


def test_closing_a_room_is_asked_for_and_then_confirmed(
    trainer: Pages, learner: Pages, code: str
) -> None:
    join(learner, code)
    desk = trainer.get(f"/room/{code}/trainer")
    assert not [each for each in desk.all("form") if (each.get("action") or "").endswith("/close")]
    page = trainer.get(desk.link("Close the room"))
    assert page.heading == f"Close room {code}?"
    assert "1 joined it. The room is erased at once" in words(page.one("main"))
    # Looking at it closes nothing, and there is a way back.
    trainer.get(page.link("Keep the room open"))
    assert counts(trainer, code) == "1 joined, 0 answered"
    closed = trainer.get(trainer.post(f"/room/{code}/close", page))
    assert closed.heading == "The room is closed"


def test_a_phone_that_was_in_a_room_is_told_that_it_is_closed(
    trainer: Pages, learner: Pages, other: Pages, code: str
) -> None:
    join(learner, code)
    form = learner.get(f"/room/{code}")
    steer(trainer, code, "close")
    page = learner.get(f"/room/{code}", status=404)
    assert page.heading == "The room is closed"
    assert "The room and all its answers are erased." in words(page.one("main"))
    assert learner.get(page.link("All cases")).heading == "Train with made-up cases"
    assert learner.client.get(f"/room/{code}/state").status_code == 404
    late = learner.client.post(
        f"/room/{code}", data={"csrf_token": form.token, "choice": NOTIFY, "sentence": WHY}
    )
    assert Page(late).heading == "The room is closed"
    assert learner.post_wrongly("/join", code=code).errors == [
        "This room is closed, and its answers are erased: ask the trainer for another code"
    ]
    # Nobody else learns that there was one.
    assert other.redirect(f"/room/{code}") == f"/join?code={code}"
    assert other.post_wrongly("/join", code=code).errors == [
        "No room has this code: compare it with the one on the screen"
    ]
    # The trainer's own pages say it as well, those of the room alone.
    for address in ("trainer", "screen"):
        closed = trainer.get(f"/room/{code}/{address}", status=404)
        assert closed.heading == "The room is closed"
        assert learner.get(f"/room/{code}/{address}", status=404).heading != closed.heading
    assert trainer.redirect(f"/room/{code}") == f"/join?code={code}"


def test_a_phone_knows_the_last_rooms_that_it_was_in_and_is_known_in_each(
    trainer: Pages, learner: Pages
) -> None:
    codes = [opened_room(trainer) for _ in range(ROOMS_KNOWN + 1)]
    for each in codes:
        join(learner, each)
    for each in codes:
        assert learner.get(f"/room/{each}").heading == vignettes()[BABY].title
        assert counts(trainer, each) == "1 joined, 0 answered"
    for each in codes:
        steer(trainer, each, "close")
    assert learner.redirect(f"/room/{codes[0]}") == f"/join?code={codes[0]}"
    for each in codes[1:]:
        learner.get(f"/room/{each}", status=404)


def test_the_bars_come_first_and_the_sentences_beneath_all_of_them(
    trainer: Pages, learner: Pages, other: Pages, code: str
) -> None:
    for each, choice in ((learner, NOTIFY), (other, NO_DUTY)):
        join(each, code)
        answer(each, code, choice)
    steer(trainer, code, "reasons", shown="yes")
    page = show(trainer, code, "answers")
    assert not page.one("ul", "waymark-split").findall(".//li//li")
    told = page.text
    assert told.rindex("waymark-split__bar") < told.index(WHY)


def test_every_step_of_the_screen_asks_whether_the_room_has_gone_on(
    trainer: Pages, code: str
) -> None:
    lesson = lesson_of(BABY)
    assert lesson
    shown = []
    for place in range(len(steps_of(lesson, room=True))):
        steer(trainer, code, "step", step=str(place))
        page = trainer.get(f"/room/{code}/screen")
        (live,) = (each for each in page.all("div") if each.get("data-state-address"))
        assert live.get("data-state-address") == f"/room/{code}/trainer/state"
        assert [each for each in page.all("button") if each.get("data-stop")]
        shown.append(live.get("data-shows"))
    # Each step is another page; what comes in at one of them is not.
    assert len(set(shown)) == len(shown)
    steer(trainer, code, "vignette", vignette=AUNT)
    (live,) = (
        each
        for each in trainer.get(f"/room/{code}/screen").all("div")
        if each.get("data-state-address")
    )
    assert live.get("data-shows") not in shown


def test_a_trainer_finds_the_room_again(trainer: Pages, learner: Pages, code: str) -> None:
    trainer.get(trainer.get("/training").link(f"Room {code}"))
    assert code not in learner.get("/training").text


def test_neither_a_name_nor_a_value_of_a_cookie_is_kept(
    trainer: Pages, learner: Pages, app: Flask, code: str
) -> None:
    join(learner, code)
    answer(learner, code)
    files = app.config["DATABASE"].parent.glob("waymark.sqlite3*")
    kept = b"".join(file.read_bytes() for file in files)
    assert WHY.encode() in kept
    for visitor in (trainer, learner):
        cookie = visitor.client.get_cookie("waymark-room")
        assert cookie
        assert cookie.http_only
        assert cookie.same_site == "Lax"
        assert cookie.max_age == ROOM_LASTS.total_seconds()
        assert cookie.value.encode() not in kept


def test_forty_who_answer_at_once_are_all_counted_once(
    trainer: Pages, app: Flask, store: Store, code: str
) -> None:
    learners = [Pages(app.test_client()) for _ in range(40)]
    forms = []
    for each in learners:
        join(each, code)
        forms.append(each.get(f"/room/{code}"))
    start = threading.Barrier(len(learners))

    def send(number: int) -> None:
        start.wait()
        # Everybody presses twice.
        for _ in range(2):
            choice = NOTIFY if number % 2 else NO_DUTY
            learners[number].post(
                f"/room/{code}", forms[number], choice=choice, sentence=f"{number}.", turn="1"
            )

    with ThreadPoolExecutor(len(learners)) as pool:
        list(pool.map(send, range(len(learners))))
    assert counts(trainer, code) == "40 joined, 40 answered"
    room = store.rooms_of_trainer(store.db.execute("SELECT trainer FROM rooms").fetchone()[0])[0]
    given = store.answers_given(room)
    assert sorted(each.sentence for each in given) == sorted(f"{n}." for n in range(40))
    page = show(trainer, code, "answers")
    assert split(page)["Notify the Panel"] == "20 of 40"
    assert split(page)["No duty to notify is seen"] == "20 of 40"
