"""How people come in: by the open check, by an invitation, and into a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import Browser, Response

from .walking import PATIENCE, Keys, Mouse, Walker
from .written import NOT_KNOWN, Chosen, Written

PASSWORD = "three unrelated words"


@contextmanager
def somebody(browser: Browser, address: str, width: int, *, keys: bool = False) -> Iterator[Walker]:
    """Somebody with a browser of their own. A fault on a page, or a request to elsewhere, fails."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400 or not response.url.startswith(address):
            faults.append(f"{response.status}: {response.url}")

    context.on("response", note)
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    yield Walker(page, Keys(page) if keys else Mouse(), address)
    context.close()
    assert faults == []


def check_and_save(
    walker: Walker,
    stage: str,
    area: str,
    dates: Mapping[str, date],
    answers: Mapping[str, str],
    notes: str,
) -> str:
    """The open check from its first page, saved at the end. Gives its reference."""
    walker.open("/")
    walker.press("Start now")
    walker.hands.pick(walker.page.get_by_label(stage))
    walker.hands.pick(walker.page.get_by_role("radio", name=area, exact=True))
    walker.press("Continue")
    for group in walker.page.locator("main fieldset").all():
        legend = group.locator("legend").inner_text()
        if legend not in dates:
            walker.hands.tick(group.get_by_label(NOT_KNOWN, exact=True))
    walker.save(dates, "Continue")
    walker.answer(answers, "Continue")
    walker.save({"Notes for your record (optional)": notes}, "Get the result")
    walker.follow("Save and come back later")
    walker.press("Save and get a reference")
    return walker.page.locator(".waymark-reference").inner_text()


def take_up(walker: Walker, invitation: str, name: str, area: str = "") -> None:
    """Makes an account from an invitation: a name, a password, and an area if it names none."""
    walker.open(f"/invitation/{invitation}")
    form: dict[str, Written] = {"Your name": name}
    if area:
        form["Your area"] = Chosen(area)
    form |= {"Password": PASSWORD, "The same password again": PASSWORD}
    walker.save(form, "Make my account")
    assert walker.heading == "Cases"


def open_case(walker: Walker, title: str, reference: str = "") -> None:
    """Opens a case, with a saved check where there is one."""
    walker.press("Open a case")
    walker.save(
        {"What is the case called?": title, "Reference of a saved check (optional)": reference},
        "Open the case",
    )
    assert walker.heading == title
