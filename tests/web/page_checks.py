"""What the independent checkers say of a page: axe-core, HTML_CodeSniffer, the Nu HTML checker."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, Response


@dataclass
class Pictures:
    """Where pictures of the pages go that are looked at; nowhere unless `--pictures` says so."""

    folder: Path | None = None


PICTURES = Pictures()
PROJECT = Path(__file__).resolve().parents[2]
MODULES = PROJECT / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
SNIFFER = MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
VALIDATOR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

# Colours are the same at every width, and comparing them is most of the work: once is enough.
RUN_AXE = """async width => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const rules = {"color-contrast": {enabled: width === "wide"}};
  const result = await axe.run({runOnly: tags, rules, resultTypes: ["violations"]});
  return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(" | ")}`);
}"""
RUN_SNIFFER = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR)
    .map(m => `${m.code}: ${m.msg} ${m.element.outerHTML.slice(0, 200)}`))))"""


# Text that is smaller than this cannot be read from the back of a room.
SMALLEST_ON_A_WALL = 20
SMALLEST_TEXT = """() => {
  const NOT_FOR_THE_ROOM =
    ".govuk-visually-hidden, .govuk-details, .waymark-screen__steer, form, svg";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let smallest = ["", 1000];
  while (walker.nextNode()) {
    const node = walker.currentNode, at = node.parentElement;
    if (!node.data.trim() || !at.checkVisibility() || at.closest(NOT_FOR_THE_ROOM)) continue;
    const box = at.getBoundingClientRect(), size = parseFloat(getComputedStyle(at).fontSize);
    if (box.width > 1 && size < smallest[1]) smallest = [node.data.trim(), size];
  }
  return smallest;
}"""


def take_picture(page: Page) -> None:
    """Keeps what is seen now, where `--pictures` names a folder, under its heading and width."""
    if PICTURES.folder:
        heading = page.get_by_role("heading", level=1).first.inner_text()
        name = re.sub(r"\W+", "-", heading.lower())[:50]
        width = page.evaluate("innerWidth")
        number = len(list(PICTURES.folder.iterdir()))
        page.screenshot(path=PICTURES.folder / f"{number:03}-{name}-{width}.png", full_page=True)


def problems_at(page: Page, width: int, height: int) -> list[str]:
    """What does not fit a window of a size, in pixels, which is left as it was before."""
    page.wait_for_load_state()
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    wide = page.evaluate("document.documentElement.scrollWidth")
    take_picture(page)
    if before:
        page.set_viewport_size(before)
    return [f"{wide} pixels wide at {width}"] if wide > width else []


def problems_on_a_wall(page: Page) -> list[str]:
    """What cannot be read where a projector shows a page at 1920 by 1080."""
    found = problems_at(page, 1920, 1080)
    page.set_viewport_size({"width": 1920, "height": 1080})
    text, size = page.evaluate(SMALLEST_TEXT)
    page.set_viewport_size({"width": 1280, "height": 900})
    if size < SMALLEST_ON_A_WALL:
        found.append(f"“{text}” is {size:.0f} pixels high at 1920")
    return found


def problems_of(page: Page) -> list[str]:
    """What the checkers find on a page with everything open, wide and narrow."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    take_picture(page)
    page.evaluate(AXE.read_text())
    page.evaluate(SNIFFER.read_text())
    found = [f"axe: {each}" for each in page.evaluate(RUN_AXE, "wide")]
    found += [f"HTML_CodeSniffer: {each}" for each in page.evaluate(RUN_SNIFFER)]
    page.set_viewport_size({"width": 320, "height": 800})
    take_picture(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        found.append(f"{width} pixels wide at 320")
    found += [f"axe at 320: {each}" for each in page.evaluate(RUN_AXE, "narrow")]
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def keep_html(response: Response, folder: Path) -> None:
    """Keeps a page as the server sent it, for the validator."""
    if response.headers.get("content-type", "").startswith("text/html") and response.status != 302:
        (folder / f"{len(list(folder.iterdir())):03}.html").write_bytes(response.body())


def validator_says(folder: Path, least: int) -> list[str]:
    """What the Nu HTML checker says of the pages kept; fewer than `least` prove nothing."""
    assert len(list(folder.iterdir())) >= least
    command = ["java", "-jar", str(VALIDATOR), "--errors-only", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [f"{each.get('url')}: {each['message']} {each.get('extract')}" for each in messages]
