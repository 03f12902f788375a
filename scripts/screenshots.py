#!/usr/bin/env python3
"""Takes the pictures of the pages in docs/images, by walking through a made-up case.

scripts/screenshots.py            the pictures of the documentation
scripts/screenshots.py FOLDER     every page into FOLDER, 1280 and 320 pixels wide, to look at
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from webforms import create_app

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# A made-up case: a baby of three months with a head injury that nobody can explain.
DATES = {"incident": ("23", "12", "2024"), "awareness": ("24", "12", "2024")}
ANSWERS = {
    "danger_now": "No",
    "age_of_person": "The age is known",
    "what_happened": "The child or young person was harmed, or may have been harmed",
    "how_serious_was_the_harm": "Serious physical harm",
    "abuse_or_neglect": "It is suspected",
    "link_to_abuse_or_neglect": "A link is suspected",
    "where_it_happened": "Elsewhere in England",
    "normally_resident_here": "Yes",
    "significant_harm": "Yes",
}
NOT_KNOWN = "Not known yet"

Shoot = Callable[[Page, str], None]


def press(page: Page, button: str) -> None:
    """Presses a button, and waits for the whole page that comes: a click waits for its start."""
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def go_on(page: Page) -> None:
    press(page, "Continue")


def begin(page: Page, address: str, shoot: Shoot, errors: bool = True) -> None:
    page.goto(address)
    shoot(page, "start")
    press(page, "Start now")
    if errors:
        go_on(page)
        shoot(page, "before-the-questions-error")
    page.get_by_label("Should this be referred").check()
    page.get_by_label("Darlington").check()
    shoot(page, "before-the-questions")
    go_on(page)
    if errors:
        go_on(page)
        shoot(page, "dates-error")
    for event, parts in DATES.items():
        for part, text in zip(("day", "month", "year"), parts, strict=True):
            page.locator(f"#{event}-{part}").fill(text)
    shoot(page, "dates")
    go_on(page)


def answer(page: Page, answers: dict[str, str], shoot: Shoot, errors: bool = True) -> None:
    """Answers whatever is asked, "not known yet" where `answers` says nothing.

    With `errors`, each page is first sent without an answer.
    """
    while "/check/question/" in page.url:
        question = page.url.rpartition("/")[2]
        if errors:
            go_on(page)
            shoot(page, f"question-{question}-error")
        page.get_by_label(answers.get(question, NOT_KNOWN), exact=True).first.check()
        if question == "age_of_person" and question in answers:
            if errors:
                go_on(page)
                shoot(page, "question-age-of-person-in-years-error")
            page.locator("#years").fill("0")
        if answers.get(question) == "Elsewhere in England":
            page.locator("#authority_of_the_incident").select_option("durham")
        shoot(page, f"question-{question}")
        go_on(page)


def finish(page: Page, address: str, shoot: Shoot, name: str) -> None:
    shoot(page, f"answers{name}")
    page.get_by_label("Notes for your record").fill("Too long. " * 201)
    press(page, "Get the result")
    shoot(page, f"answers{name}-error")
    page.get_by_label("Notes for your record").fill("What was weighed up, without names.")
    press(page, "Get the result")
    shoot(page, f"result{name}")
    page.goto(f"{address}/check/print")
    shoot(page, f"print{name}")


def keep(page: Page, address: str, shoot: Shoot) -> None:
    """Changes an answer, saves, comes back, deletes, clears."""
    page.goto(f"{address}/check/question/what_happened?from=answers")
    page.get_by_label("Nobody came to harm, but it was a near miss or it raises a concern").check()
    go_on(page)
    answer(page, {}, lambda *_: None)
    shoot(page, "answers-set-aside")
    page.goto(f"{address}/check/save")
    shoot(page, "save")
    press(page, "Save and get a reference")
    shoot(page, "saved")
    page.goto(f"{address}/check/save")
    shoot(page, "save-again")
    page.goto(f"{address}/check/question/significant_harm")
    page.get_by_label(NOT_KNOWN).check()
    go_on(page)
    answer(page, {}, lambda *_: None)
    shoot(page, "answers-saved-and-changed")
    page.goto(f"{address}/return")
    page.get_by_label("Your reference").fill("WM-0000")
    go_on(page)
    shoot(page, "return-error")
    page.goto(f"{address}/check/save")
    press(page, "Delete the saved check")
    shoot(page, "deleted")
    page.goto(address)
    shoot(page, "start-with-a-check-begun")
    press(page, "Clear its answers")
    shoot(page, "cleared")
    page.goto(f"{address}/about")
    shoot(page, "about")
    page.goto(f"{address}/no-such-page")
    shoot(page, "not-found")


def in_danger(page: Page, address: str, shoot: Shoot) -> None:
    """Everything "not known yet", but that a child is in danger now."""
    begin(page, address, lambda *_: None)
    answer(page, {"danger_now": "Yes"}, lambda *_: None)
    finish(page, address, shoot, "-in-danger")


def every_page(browser: Browser, address: str, folder: Path) -> None:
    for width in (1280, 320):
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        taken = 0

        def shoot(page: Page, name: str, width: int = width) -> None:
            nonlocal taken
            taken += 1
            page.screenshot(path=folder / f"{width}-{taken:02}-{name}.png", full_page=True)

        begin(page, address, shoot)
        answer(page, ANSWERS, shoot)
        finish(page, address, shoot, "")
        keep(page, address, shoot)
        in_danger(page, address, shoot)


def pictures(browser: Browser, address: str) -> None:
    """The few pictures that the documentation shows, one or two screens high."""
    page = browser.new_context(viewport={"width": 1000, "height": 900}).new_page()
    wanted = {"start", "question-abuse_or_neglect", "answers", "result"}

    def shoot(page: Page, name: str) -> None:
        if name in wanted:
            page.evaluate("window.scrollTo(0, 0)")
            # A result is worth a second screen: its dates come further down.
            page.set_viewport_size({"width": 1000, "height": 1700 if name == "result" else 900})
            page.screenshot(path=IMAGES / f"{name.replace('_', '-')}.png")

    begin(page, address, shoot, errors=False)
    answer(page, ANSWERS, shoot, errors=False)
    finish(page, address, shoot, "")


def main() -> None:
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        sys.exit("screenshots: install Chromium, then run this again.")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    (folder or IMAGES).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, create_app({"DATA_FOLDER": data}), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        browser = playwright.chromium.launch(executable_path=browser_path)
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            if folder:
                every_page(browser, address, folder)
            else:
                pictures(browser, address)
        finally:
            browser.close()
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    main()
