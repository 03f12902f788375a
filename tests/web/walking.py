"""Walking through a case as its people do, in a browser: with the mouse, or with keys alone.

A walk names what a person reads: the words of a link, a button, a legend, an option. It fails where
something cannot be found by its words, and on every page that is broken, wider than the window, or
reports a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from .papers import Document, texts_of
from .written import NOT_KNOWN, Chosen, Form

# A machine with much else to do is slow, not broken.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


def spoken(words: str) -> re.Pattern[str]:
    """A name as a browser works it out: before words for hearing alone it puts a space."""
    return re.compile(f"^{re.escape(words)}$".replace(":", " ?:"))


CASE_PAGE = re.compile(r"/cases/[A-Z]+-[0-9]+-[0-9]+$")


class Hands(Protocol):
    """How a person works a control: with the mouse, or with the keys."""

    def activate(self, control: Locator) -> None: ...

    def type(self, field: Locator, text: str) -> None: ...

    def pick(self, radio: Locator) -> None: ...

    def tick(self, box: Locator) -> None: ...


class Mouse:
    def activate(self, control: Locator) -> None:
        control.click()

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)

    def pick(self, radio: Locator) -> None:
        radio.check()

    def tick(self, box: Locator) -> None:
        box.check()


# Where the focus is, as seen from a control: there, before it, behind it; and whether it is in
# sight. Of radios, the whole group is one stop.
WHERE = """wanted => {
  const at = document.activeElement, none = !at || at === document.body;
  const same = at === wanted || (at.type === "radio" && wanted.type === "radio"
    && at.name === wanted.name && at.form === wanted.form);
  if (same) {
    const box = (at.labels && at.labels[0] || at).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight ? "there" : "out of sight";
  }
  return !none && at.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING
    ? "behind" : "before";
}"""
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


class Keys:
    """The keyboard alone: Tab, Shift+Tab, arrows, Space, Enter, and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keyboard = page.keyboard

    def reach(self, control: Locator) -> None:
        """Tabs until a control has the focus; fails if it never does."""
        wanted = control.element_handle()
        most = self.page.locator(FOCUSABLE).count() + 5
        for _ in range(most):
            where = self.page.evaluate(WHERE, wanted)
            assert where != "out of sight", f"{control} has the focus and cannot be seen"
            if where == "there":
                return
            self.keyboard.press("Shift+Tab" if where == "behind" else "Tab")
        raise AssertionError(f"{most} times Tab, and the focus never came to {control}")

    def activate(self, control: Locator) -> None:
        self.reach(control)
        self.keyboard.press("Enter")

    def type(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.keyboard.press("ControlOrMeta+a")
        self.keyboard.type(text)

    def pick(self, radio: Locator) -> None:
        self.reach(radio)
        name = radio.get_attribute("name")
        if radio.evaluate("e => e === document.activeElement"):
            self.keyboard.press("Space")
        for _ in range(self.page.locator(f"[name='{name}']").count()):
            if radio.is_checked():
                return
            self.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never came to {radio}")

    def tick(self, box: Locator) -> None:
        self.reach(box)
        if not box.is_checked():
            self.keyboard.press("Space")
        expect(box).to_be_checked()


AT_A_GLANCE = """() => [
  [...document.querySelectorAll("h1")].map(each => each.innerText),
  document.title, document.documentElement.scrollWidth, innerWidth]"""


class Walker:
    """Somebody at a browser."""

    def __init__(self, page: Page, hands: Hands, address: str) -> None:
        self.page = page
        self.hands = hands
        self.address = address

    # Going somewhere

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.arrive()

    def follow(self, words: str | re.Pattern[str], within: str = "body") -> None:
        """Follows a link. There may be several of the same words, if all lead to the same page."""
        name = words if isinstance(words, re.Pattern) else spoken(words)
        found = self.page.locator(within).get_by_role("link", name=name)
        expect(found.first).to_be_visible()
        leads_to = {each.get_attribute("href") for each in found.all()}
        assert len(leads_to) == 1, f"{words!r} leads to {leads_to}"
        self._go(found.first)

    def press(self, words: str, within: str = "body") -> None:
        self._go(self.page.locator(within).get_by_role("button", name=words, exact=True))

    def back(self) -> None:
        """The link above the page."""
        self._go(self.page.locator(".govuk-back-link"))

    def to_case(self) -> None:
        """Back and back again, to the page of the case: there is a way from everywhere."""
        for _ in range(4):
            if CASE_PAGE.search(self.page.url):
                return
            self.back()
        raise AssertionError(f"no way back to the case; now at {self.page.url}")

    def stage(self, title: str) -> None:
        """The page of a stage, from the task list."""
        self.to_case()
        self.follow(title, within=".govuk-task-list")

    def _go(self, control: Locator) -> None:
        with self.page.expect_navigation():
            self.hands.activate(control)
        self.arrive()

    def arrive(self) -> None:
        """Every page has one heading, with which its title begins, and fits the window."""
        headings, title, wide, window = self.page.evaluate(AT_A_GLANCE)
        assert len(headings) == 1, f"{self.page.url} has the headings {headings}"
        heading = " ".join(headings[0].split())
        assert title.removeprefix("Error: ").startswith(heading), f"{heading!r} is not in {title!r}"
        assert wide <= window, f"{heading!r} is {wide} pixels wide in a window of {window}"

    @property
    def heading(self) -> str:
        return " ".join(self.page.get_by_role("heading", level=1).inner_text().split())

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sees(self, *texts: str, within: str = "main") -> None:
        for text in texts:
            expect(self.page.locator(within).first).to_contain_text(text)

    def counts(self, table: str, row: str, *figures: str) -> None:
        """A row of a table has these figures. That the row is there would say nothing: so are
        those with nought."""
        line = self.page.get_by_role("table", name=table, exact=True).get_by_role(
            "row", name=" ".join((row, *figures)), exact=True
        )
        expect(line).to_have_count(1)

    def open_menu(self) -> None:
        """On a narrow screen the links of the header are folded up."""
        self.hands.activate(self.page.get_by_role("button", name="Menu", exact=True))

    # Filling in

    def write(self, form: Form, within: str = "main") -> None:
        """Fills in a form: each field by its label or legend."""
        scope = self.page.locator(within)
        for label, value in form.items():
            if isinstance(value, date):
                group = scope.get_by_role("group", name=label, exact=True)
                for part in ("day", "month", "year"):
                    field = group.get_by_label(part.capitalize(), exact=True)
                    self.hands.type(field, str(getattr(value, part)))
            elif isinstance(value, Chosen):
                group = scope.get_by_role("group", name=label, exact=True)
                self.hands.pick(group.get_by_role("radio", name=value.option, exact=True))
            else:
                self.hands.type(scope.get_by_label(label, exact=True), value)

    def save(self, form: Form, button: str = "Save") -> None:
        self.write(form)
        self.press(button)
        errors = self.page.locator(".govuk-error-summary")
        assert not errors.count(), errors.inner_text()

    def part(self, title: str, form: Form) -> None:
        """Follows the link to a part of a case, fills in its form and saves it."""
        self._fill_in(re.compile(f"^(Write|Change) ?: {re.escape(title)}$"), form)

    def add(self, one: str, form: Form) -> None:
        """Adds an item, such as a child, to a part that has many."""
        self._fill_in(re.compile(f"^Add an? {one}$"), form)

    def _fill_in(self, link: re.Pattern[str] | str, form: Form) -> None:
        self.follow(link)
        self.save(form)
        self.sees("Saved.")

    def tick(self, words: str) -> None:
        self.hands.tick(self.page.get_by_label(words, exact=True))

    def answer(self, answers: Mapping[str, str], button: str) -> list[str]:
        """Answers the questions that follow, "not known yet" where `answers` says nothing."""
        asked: list[str] = []
        while match := re.search(r"/(?:question|questions/[a-z-]+)/(\w+)$", self.page.url):
            question = match[1]
            assert question not in asked, f"{question} was asked twice"
            asked.append(question)
            said = answers.get(question, NOT_KNOWN)
            years = said.removeprefix("Years: ") if said.startswith("Years: ") else ""
            words = "The age is known" if years else said
            self.hands.pick(self.page.get_by_role("radio", name=words, exact=True))
            if years:
                self.hands.type(self.page.locator("#years"), years)
            self.press(button)
        return asked

    # The documents

    def document(self, title: str, copy: str) -> Document:
        """A document of the case: its page, its PDF and its Word file. The page is left open."""
        if "/documents/" in self.page.url:
            self.back()
        if not self.page.url.endswith("/documents"):
            self.to_case()
            self.follow("Documents")
        pdf = self._download(f"PDF of {title}: {copy}")
        word_file = self._download(f"Word file of {title}: {copy}")
        self.follow(f"{copy} ({title})")
        return Document(title, texts_of(self.page.content(), pdf, word_file))

    def _download(self, words: str) -> bytes:
        with self.page.expect_download() as download:
            self.hands.activate(self.page.get_by_role("link", name=words, exact=True))
        return Path(download.value.path()).read_bytes()
