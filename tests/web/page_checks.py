"""What the independent checkers say of a page: axe-core, HTML_CodeSniffer, the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Page, Response

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


def problems_of(page: Page) -> list[str]:
    """What the checkers find on a page with everything open, wide and narrow."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE.read_text())
    page.evaluate(SNIFFER.read_text())
    found = [f"axe: {each}" for each in page.evaluate(RUN_AXE, "wide")]
    found += [f"HTML_CodeSniffer: {each}" for each in page.evaluate(RUN_SNIFFER)]
    page.set_viewport_size({"width": 320, "height": 800})
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
