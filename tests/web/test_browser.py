"""Every page state in a real browser: accessible, valid, narrow, and quiet towards other hosts."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .page_checks import keep_html, problems_of, validator_says

PROJECT = Path(__file__).resolve().parents[2]

ADDRESS = r"/[a-z/_.-]*(\?from=answers|\?v=[0-9a-f]{12})?(#[a-z-]+)?"

# The least number of page states that a walk has to look at: a walk cut short proves nothing.
STATES = 40


@pytest.fixture(scope="module")
def walk() -> ModuleType:
    """The walk of the script that takes the pictures: it meets every page, errors included."""
    spec = importlib.util.spec_from_file_location("screenshots", PROJECT / "scripts/screenshots.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def through_everything(
    walk: ModuleType, page: Page, address: str, look: Callable[[Page, str], None]
) -> None:
    walk.begin(page, address, look)
    walk.answer(page, walk.ANSWERS, look)
    walk.finish(page, address, look, "")
    walk.keep(page, address, look)
    walk.in_danger(page, address, look)


@pytest.fixture
def watched(browser: Browser, live_server: str) -> Iterator[BrowserContext]:
    """A browser in which a request to elsewhere, or a complaint on the console, is a failure."""
    context = browser.new_context()
    elsewhere: list[str] = []
    complaints: list[str] = []
    # No answer in an address either: addresses are logged.
    own = re.compile(re.escape(live_server) + ADDRESS)
    context.on(
        "request",
        lambda request: None if own.fullmatch(request.url) else elsewhere.append(request.url),
    )
    context.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert elsewhere == []
    # The one page that is not found is asked for on purpose.
    assert [each for each in complaints if "404" not in each] == []


def test_every_page_is_accessible_valid_and_narrow_and_its_error_links_lead_to_the_input(
    walk: ModuleType, watched: BrowserContext, live_server: str, tmp_path: Path
) -> None:
    page = watched.new_page()
    problems: list[str] = []
    seen: list[str] = []
    tried: set[str] = set()

    def look(page: Page, name: str) -> None:
        if name.endswith("-error"):
            tried.update(followed(page))
        problems.extend(f"{name}: {each}" for each in problems_of(page))
        seen.append(name)

    page.on("response", lambda response: keep_html(response, tmp_path))
    through_everything(walk, page, live_server, look)
    assert len(seen) >= STATES
    assert not problems, "\n".join(problems)
    invalid = validator_says(tmp_path, STATES)
    assert not invalid, "\n".join(invalid)
    dates = {"incident-day", "awareness-day"}
    assert {"stage", "area", *dates, "answer", "years", "notes", "reference"} <= tried


def followed(page: Page) -> Iterator[str]:
    """Follows each link of the error summary, which has the focus: it leads to an input."""
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    for link in page.locator(".govuk-error-summary a").all():
        target = (link.get_attribute("href") or "")[1:]
        link.click()
        expect(page.locator(f"[id='{target}']")).to_be_focused()
        yield target


def test_pages_that_are_seldom_seen_are_accessible_too(
    walk: ModuleType, browser: Browser, live_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.new_page()
    walk.begin(page, live_server, lambda *_: None, errors=False)
    walk.answer(page, walk.ANSWERS, lambda *_: None, errors=False)
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'forged'")
    page.get_by_role("button", name="Get the result").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("open for too long")
    assert problems_of(page) == []
    with monkeypatch.context() as broken:
        broken.setattr("engine.assessment.disagreement", lambda *_: "They differ.")
        page.goto(f"{live_server}/check/result")
        expect(page.get_by_role("heading", level=1)).to_have_text("No recommendation")
        assert problems_of(page) == []
        page.goto(f"{live_server}/check/print")
        assert problems_of(page) == []
    page.goto(f"{live_server}/check/clear")
    assert problems_of(page) == []
    page.goto(f"{live_server}/check/start")
    page.get_by_label("Does anything have to be notified").check()
    walk.go_on(page)
    page.get_by_label("Not known yet").last.check()
    walk.go_on(page)
    walk.answer(page, {}, lambda *_: None, errors=False)
    page.get_by_role("button", name="Get the result").click()
    assert problems_of(page) == []
    page.close()


def test_it_works_without_javascript(walk: ModuleType, browser: Browser, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    states: list[str] = []
    through_everything(walk, page, live_server, lambda _, name: states.append(name))
    assert len(states) >= STATES
    context.close()


def test_inputs_that_scripts_reveal_are_there_without_scripts(
    walk: ModuleType, browser: Browser, live_server: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    walk.begin(page, live_server, lambda *_: None, errors=False)
    page.get_by_label("No", exact=True).check()
    walk.go_on(page)
    expect(page.locator("#years")).to_be_visible()
    context.close()


def test_an_age_in_years_is_asked_only_when_it_is_known(
    walk: ModuleType, watched: BrowserContext, live_server: str
) -> None:
    page = watched.new_page()
    walk.begin(page, live_server, lambda *_: None, errors=False)
    page.get_by_label("No", exact=True).check()
    walk.go_on(page)
    expect(page.locator("#years")).to_be_hidden()
    page.get_by_label("The age is known").check()
    expect(page.locator("#years")).to_be_visible()
    page.get_by_label("Not known yet").check()
    expect(page.locator("#years")).to_be_hidden()


def test_a_baby_from_darlington_harmed_in_durham(
    walk: ModuleType, watched: BrowserContext, live_server: str
) -> None:
    page = watched.new_page()
    asked: list[str] = []

    def note(page: Page, name: str) -> None:
        if name.startswith("question-"):
            asked.append(name)

    walk.begin(page, live_server, note, errors=False)
    walk.answer(page, walk.ANSWERS, note, errors=False)
    assert len(asked) <= 12
    page.get_by_role("button", name="Get the result").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Refer this as a serious child safeguarding incident")
    main = page.locator("main")
    expect(main).to_contain_text("The duty to notify the Panel lies with Durham County Council")
    # Aware on Tuesday 24 December 2024: the fifth working day, past Christmas and New Year's Day.
    expect(main).to_contain_text("Friday 3 January 2025")


def test_everything_not_known_yet(
    walk: ModuleType, watched: BrowserContext, live_server: str
) -> None:
    page = watched.new_page()
    page.goto(f"{live_server}/check/start")
    page.get_by_label("Should this be referred").check()
    page.get_by_label("Darlington").check()
    walk.go_on(page)
    for box in page.get_by_label("Not known yet").all():
        box.check()
    walk.go_on(page)
    asked: list[str] = []
    walk.answer(page, {}, lambda _, name: asked.append(name), errors=False)
    page.get_by_role("button", name="Get the result").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("safeguarding lead")
    expect(page.locator(".waymark-open > li")).to_have_count(len(asked))
    told = page.locator(".waymark-open").inner_text()
    assert re.search(r"Find out\s*\S.*\s*Ask\s*\S", told, re.DOTALL)


def test_the_print_view_prints_the_record_alone(
    walk: ModuleType, watched: BrowserContext, live_server: str
) -> None:
    page = watched.new_page()
    walk.begin(page, live_server, lambda *_: None, errors=False)
    walk.answer(page, walk.ANSWERS, lambda *_: None, errors=False)
    page.get_by_role("button", name="Get the result").click()
    for address in ("result", "print"):
        page.goto(f"{live_server}/check/{address}")
        page.emulate_media(media="print")
        for part in (".waymark-header", ".waymark-footer", ".govuk-back-link"):
            expect(page.locator(part)).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.emulate_media(media="screen")
    expect(page.locator("main")).to_contain_text("Durham County Council")
