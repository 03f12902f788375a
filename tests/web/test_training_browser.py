"""A trainer and five learners, each in a browser of their own; then every page looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Response, expect

from webforms.store import Store
from webforms.trainer.lesson import Lesson, lesson_of
from webforms.trainer.steps import steps_of
from webforms.trainer.vignettes import vignettes

from .page_checks import (
    keep_html,
    problems_at,
    problems_of,
    problems_on_a_wall,
    validator_says,
)

# Wide and high, in pixels: a phone, and a sheet of A4.
PHONE = (390, 844)
PAPER = (794, 1123)
BABY = "baby-with-an-unexplained-bruise"
AUNT = "aunt-with-care-needs"
ANSWERS = (
    ("Notify the Panel", "Suspicion is enough."),
    ("Notify the Panel", "The harm is serious and nothing explains it."),
    ("No duty to notify is seen", "Nobody has said that anyone hurt him."),
    ("Find out what is open", "The scan may still be explained."),
    ("Notify the Panel", "A link is suspected."),
)


@pytest.fixture
def new_browser(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own, in which a complaint or another host is a failure."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        context.on(
            "request",
            lambda request: (
                None if request.url.startswith(live_server) else complaints.append(request.url)
            ),
        )
        context.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    # A phone that asks for a room which has been closed is told so.
    assert [each for each in complaints if "404" not in each] == []


def the_lesson(vignette: str = BABY) -> Lesson:
    lesson = lesson_of(vignette)
    assert lesson
    return lesson


def open_room(page: Page, address: str, vignette: str = BABY) -> str:
    """Opens a room from the page of a case, and gives its code."""
    page.goto(f"{address}/training")
    page.get_by_role("link", name=vignettes()[vignette].title).first.click()
    page.get_by_role("button", name="Open a room with this case").click()
    found = re.search(r"/room/(\w+)/trainer", page.url)
    assert found
    return found[1]


def join(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/join")
    page.get_by_label("The code of the room").fill(code.lower())
    page.get_by_role("button", name="Join").click()


def fill_in(page: Page, choice: str, sentence: str) -> None:
    page.get_by_label(choice).check()
    page.get_by_label("In one sentence: why?").fill(sentence)


def give_an_answer(store: Store, code: str, number: int) -> None:
    """An answer of somebody who joined, without a browser of their own."""
    learner = f"learner {number}"
    assert store.join_room(code, learner, f"192.0.2.{number}")
    room = store.room_of_learner(code, learner)
    assert room
    choice = ("notify_the_panel", "no_duty_to_notify")[number % 2]
    sentence = f"Sentence {number}: nobody can say yet what happened, and the harm is serious. "
    assert store.answer(room, learner, choice, sentence * 2)


def seen(line: Locator) -> bool:
    """Whether the whole of a line is on the screen."""
    box = line.bounding_box()
    return box is not None and box["y"] + box["height"] <= 1080


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my answer").click()


def turn(page: Page, key: str) -> None:
    """Turns a page with a key: the keys work once the page has loaded its script."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_one_trainer_and_five_learners(new_browser: Callable[..., Page], live_server: str) -> None:
    desk = new_browser()
    code = open_room(desk, live_server)
    screen = desk.context.new_page()
    screen.goto(f"{live_server}/room/{code}/screen")
    expect(screen.locator(".waymark-screen__code")).to_have_text(code)
    phones = [new_browser(viewport={"width": 390, "height": 844}) for _ in ANSWERS]
    for phone, answer in zip(phones, ANSWERS, strict=True):
        join(phone, live_server, code)
        fill_in(phone, *answer)
    expect(screen.locator("#counts")).to_have_text("5 joined, 0 answered")
    for phone in phones:
        # All of them press before the first has been answered.
        phone.evaluate("setTimeout(() => document.querySelector('main .govuk-button').click())")
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text("Your answer is in")
    # The answers come in by themselves, on the desk and on the screen.
    expect(desk.locator("#counts")).to_have_text("5 joined, 5 answered")
    expect(screen.locator("#counts")).to_have_text("5 joined, 5 answered")
    expect(desk.locator("#split")).to_contain_text("3 of 5")
    expect(desk.locator("body")).not_to_contain_text("Suspicion is enough.")

    phones[4].get_by_role("link", name="Change my answer").click()
    fill_in(phones[4], "No duty to notify is seen", "On second thoughts.")
    send(phones[4])
    expect(desk.locator("#split")).to_contain_text("2 of 5")
    expect(desk.locator("#counts")).to_have_text("5 joined, 5 answered")

    heading = screen.get_by_role("heading", level=1)
    turn(screen, "ArrowRight")
    expect(heading).to_have_text("How the room answered")
    expect(screen.locator(".waymark-split__count")).to_have_text(["2 of 5", "1 of 5", "2 of 5"])
    screen.get_by_role("button", name="Show the reasons given").click()
    for _, sentence in ANSWERS[:4]:
        expect(screen.locator("#reasons")).to_contain_text(sentence)
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("Look at the screen")

    lesson = the_lesson()
    steps = steps_of(lesson, room=True)
    for place, step in enumerate(steps[2:], start=2):
        turn(screen, "ArrowRight")
        expect(screen.locator(".waymark-screen__place").first).to_contain_text(
            f"Step {place + 1} of {len(steps)}"
        )
        if step.kind == "map":
            lit = lesson.lights[step.number - 1]
            expect(screen.locator(".waymark-map__step")).to_have_count(lit)
            expect(screen.locator(".waymark-map__step").last).to_be_in_viewport()
        if step.kind == "route":
            expect(screen.locator("main")).to_contain_text("2 of 5 chose this.")
            expect(phones[0].locator("main")).to_contain_text("The rules lead to: Notify the Panel")
    expect(heading).to_have_text("What to take away")
    turn(screen, "ArrowLeft")
    expect(heading).to_have_text(lesson.words(lesson.right))
    expect(desk.locator("#steps")).to_contain_text(f"Step {len(steps) - 1} of {len(steps)}")

    turn(screen, "ArrowRight")
    screen.get_by_label("Next case").select_option(AUNT)
    screen.get_by_role("button", name="Give the room this case").click()
    expect(heading).to_have_text(vignettes()[AUNT].title)
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text(vignettes()[AUNT].title)


def test_it_works_without_javascript_by_reloading(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk = new_browser(java_script_enabled=False)
    code = open_room(desk, live_server)
    expect(desk.get_by_text("Stop updating by itself")).to_be_hidden()
    phones = [new_browser(java_script_enabled=False) for _ in ANSWERS]
    for phone, answer in zip(phones, ANSWERS, strict=True):
        join(phone, live_server, code)
        fill_in(phone, *answer)
        send(phone)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Your answer is in")
        phone.goto(phone.url)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Your answer is in")
    desk.get_by_role("link", name="Reload").click()
    expect(desk.locator("#counts")).to_have_text("5 joined, 5 answered")
    desk.get_by_role("link", name="Read the sentences here").click()
    desk.get_by_role("button", name="Hide sentence 3").click()
    expect(desk.get_by_role("button", name="Show again sentence 3")).to_be_visible()
    desk.get_by_role("button", name="Put the sentences on the screen").click()
    desk.get_by_role("button", name="Open the screen for the room").click()
    desk.get_by_role("button", name="Next").click()
    expect(desk.locator("#reasons")).to_contain_text(ANSWERS[0][1])
    expect(desk.locator("#reasons")).not_to_contain_text(ANSWERS[2][1])
    phones[0].get_by_role("link", name="Reload").click()
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("Look at the screen")
    desk.wait_for_load_state()
    while desk.get_by_role("button", name="Next").count():
        desk.get_by_role("button", name="Next").click()
        desk.wait_for_load_state()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What to take away")
    phones[0].get_by_role("link", name="Reload").click()
    expect(phones[0].locator("main")).to_contain_text("The rules lead to: Notify the Panel")


def test_updating_by_itself_can_be_stopped(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk, phone = new_browser(), new_browser()
    code = open_room(desk, live_server)
    desk.get_by_role("button", name="Stop updating by itself").click()
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    join(phone, live_server, code)
    fill_in(phone, *ANSWERS[0])
    send(phone)
    # Long enough for several looks, had it not been stopped.
    desk.wait_for_timeout(2000)
    assert asked == []
    expect(desk.locator("#counts")).to_have_text("0 joined, 0 answered")
    desk.get_by_role("button", name="Update by itself again").click()
    expect(desk.locator("#counts")).to_have_text("1 joined, 1 answered")


def test_the_screen_follows_what_is_done_on_the_page_of_the_trainer(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk = new_browser()
    code = open_room(desk, live_server)
    screen = desk.context.new_page()
    screen.goto(f"{live_server}/room/{code}/screen")
    heading, place = (
        screen.get_by_role("heading", level=1),
        screen.locator(".waymark-screen__place"),
    )
    steps = steps_of(the_lesson(), room=True)
    for step in range(1, len(steps)):
        desk.locator("#next").click()
        expect(place.first).to_contain_text(f"Step {step + 1} of {len(steps)}")
    desk.locator("#back").click()
    expect(place.first).to_contain_text(f"Step {len(steps) - 1} of {len(steps)}")
    desk.get_by_role("button", name="how the room answered").click()
    expect(heading).to_have_text("How the room answered")
    desk.get_by_role("button", name="Put the sentences on the screen").click()
    expect(screen.get_by_role("button", name="Put the reasons away")).to_be_visible()
    desk.wait_for_load_state()
    desk.get_by_label("Next case").select_option(AUNT)
    desk.get_by_role("button", name="Give the room this case").click()
    expect(heading).to_have_text(vignettes()[AUNT].title)
    desk.get_by_role("button", name="Close the room").click()
    desk.get_by_role("button", name="Close the room and erase its answers").click()
    expect(heading).to_have_text("The room is closed")


def test_the_page_of_the_trainer_follows_a_case_that_is_given_on_the_screen(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk = new_browser()
    code = open_room(desk, live_server)
    screen = desk.context.new_page()
    desk.get_by_role("button", name="what to take away").click()
    screen.goto(f"{live_server}/room/{code}/screen")
    screen.get_by_label("Next case").select_option(AUNT)
    screen.get_by_role("button", name="Give the room this case").click()
    expect(desk.locator(".govuk-caption-l")).to_have_text(vignettes()[AUNT].title)
    # What is pressed there is of the case that the room has now.
    desk.wait_for_load_state()
    desk.locator("#next").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("How the room answered")


def test_a_screen_that_was_stopped_stays_where_it_is(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk = new_browser()
    code = open_room(desk, live_server)
    screen = desk.context.new_page()
    screen.goto(f"{live_server}/room/{code}/screen")
    turn(screen, "ArrowRight")
    heading = screen.get_by_role("heading", level=1)
    expect(heading).to_have_text("How the room answered")
    screen.wait_for_load_state()
    screen.get_by_role("button", name="Stop updating by itself").click()
    turn(screen, "ArrowRight")
    expect(heading).to_have_text("The facts that matter")
    # It was stopped for the screen, not for one step of it.
    expect(screen.get_by_role("button", name="Update by itself again")).to_be_visible()
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    desk.get_by_role("button", name="the map").click()
    screen.wait_for_timeout(2000)
    assert asked == []
    expect(heading).to_have_text("The facts that matter")
    screen.get_by_role("button", name="Update by itself again").click()
    expect(heading).to_have_text("The way through the questions")


def test_a_phone_is_told_by_itself_that_its_room_is_closed(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk, phone = new_browser(), new_browser(viewport={"width": 390, "height": 844})
    code = open_room(desk, live_server)
    join(phone, live_server, code)
    desk.get_by_role("button", name="Close the room").click()
    desk.get_by_role("button", name="Close the room and erase its answers").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("The room is closed")
    expect(phone.locator("main")).to_contain_text("The room and all its answers are erased.")


def test_many_sentences_are_read_to_their_end_before_a_key_goes_on(
    new_browser: Callable[..., Page], live_server: str, live_store: Store
) -> None:
    desk = new_browser(viewport={"width": 1920, "height": 1080})
    code = open_room(desk, live_server)
    for number in range(30):
        give_an_answer(live_store, code, number)
    desk.goto(f"{live_server}/room/{code}/screen")
    turn(desk, "Space")
    heading = desk.get_by_role("heading", level=1)
    expect(heading).to_have_text("How the room answered")
    desk.get_by_role("button", name="Show the reasons given").click()
    expect(desk.locator("#reasons li")).to_have_count(30)
    # All bars are in sight, whatever was written.
    for bar in desk.locator(".waymark-split__bar").all():
        expect(bar).to_be_in_viewport(ratio=1)
    last = desk.locator("#reasons li").last
    expect(last).not_to_be_in_viewport()
    pages = 0
    while not seen(last):
        turn(desk, ("PageDown", "Space")[pages % 2])
        desk.wait_for_timeout(400)
        expect(heading).to_have_text("How the room answered")
        pages += 1
        assert pages < 10
    assert pages >= 1
    turn(desk, "PageUp")
    desk.wait_for_timeout(400)
    expect(heading).to_have_text("How the room answered")
    # An arrow goes on at once.
    turn(desk, "ArrowRight")
    expect(heading).to_have_text("The facts that matter")


def test_keys_in_a_field_do_not_turn_the_page(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk = new_browser()
    open_room(desk, live_server)
    desk.get_by_label("Next case").focus()
    desk.keyboard.press("ArrowRight")
    desk.get_by_role("button", name="Stop updating by itself").focus()
    desk.keyboard.press("Space")
    expect(desk.get_by_role("button", name="Update by itself again")).to_be_visible()
    expect(desk.locator("#steps")).to_contain_text("Step 1 of")
    turn(desk, "PageDown")
    expect(desk.locator("#steps")).to_contain_text("Step 2 of")


def test_what_somebody_has_in_focus_stays_in_focus(
    new_browser: Callable[..., Page], live_server: str
) -> None:
    desk, phone = new_browser(), new_browser()
    code = open_room(desk, live_server)
    desk.locator("#next").focus()
    join(phone, live_server, code)
    expect(desk.locator("#counts")).to_have_text("1 joined, 0 answered")
    expect(desk.locator("#next")).to_be_focused()


def test_every_page_of_training_is_accessible_valid_and_fits_wall_phone_and_paper(
    new_browser: Callable[..., Page], live_server: str, tmp_path: Path
) -> None:
    desk, phone = new_browser(), new_browser()
    problems: list[str] = []
    seen: list[str] = []

    def look(page: Page, name: str) -> None:
        found = problems_of(page)
        if name.startswith("screen"):
            found += problems_on_a_wall(page)
        if page is phone:
            found += problems_at(page, *PHONE)
        problems.extend(f"{name}: {each}" for each in found)
        seen.append(name)

    def keep(response: Response) -> None:
        # What a script asks for may be gone before it can be kept; a page that was gone to is not.
        if response.request.is_navigation_request():
            with suppress(Error):
                keep_html(response, tmp_path)

    for page in (desk, phone):
        page.on("response", keep)
    desk.goto(f"{live_server}/training")
    look(desk, "training")
    desk.goto(f"{live_server}/training/{BABY}/")
    look(desk, "alone")
    desk.get_by_role("button", name="See what the rules say").click()
    look(desk, "alone, with an error")
    desk.get_by_label("No duty to notify is seen").check()
    desk.get_by_label("In one sentence").fill("Too early.")
    desk.get_by_role("button", name="See what the rules say").click()
    look(desk, "reasoning")
    desk.emulate_media(media="print")
    problems += [f"reasoning on paper: {each}" for each in problems_at(desk, *PAPER)]
    expect(desk.get_by_role("link", name="Handout (PDF)")).to_be_hidden()
    desk.emulate_media(media="screen")
    desk.goto(f"{live_server}/training/{AUNT}/reasoning")
    look(desk, "reasoning about a process")

    code = open_room(desk, live_server)
    look(desk, "desk")
    phone.goto(f"{live_server}/join")
    look(phone, "join")
    phone.get_by_role("button", name="Join").click()
    look(phone, "join, with an error")
    join(phone, live_server, code)
    look(phone, "answer")
    send(phone)
    look(phone, "answer, with errors")
    fill_in(phone, *ANSWERS[0])
    send(phone)
    look(phone, "waiting")
    desk.goto(f"{live_server}/room/{code}/trainer?sentences=yes")
    look(desk, "desk, with sentences")
    desk.get_by_role("button", name="Put the sentences on the screen").click()
    desk.goto(f"{live_server}/room/{code}/screen")
    kinds: set[str] = set()
    for step in steps_of(the_lesson(), room=True):
        if step.kind not in kinds:
            look(desk, f"screen: {step.kind}")
            if step.kind in ("answers", "route"):
                phone.goto(f"{live_server}/room/{code}")
                look(phone, f"phone: {step.kind}")
            kinds.add(step.kind)
        desk.wait_for_load_state()
        if desk.locator("[data-key=next]").count():
            desk.locator("[data-key=next]").click()
    assert len(kinds) == 7
    desk.goto(f"{live_server}/training/{AUNT}/screen/3")
    look(desk, "screen without a room")
    desk.goto(f"{live_server}/room/{code}/trainer")
    desk.get_by_role("button", name="Close the room").click()
    look(desk, "close?")
    desk.get_by_role("button", name="Close the room and erase its answers").click()
    look(desk, "closed")
    phone.goto(f"{live_server}/room/{code}")
    look(phone, "phone: closed")
    assert not problems, "\n".join(problems)
    invalid = validator_says(tmp_path, len(seen))
    assert not invalid, "\n".join(invalid)
