"""Pages of the rulebook in a real browser: one of each kind, and the largest map."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from .page_checks import keep_html, problems_of, validator_says

PAGES = (
    "/",
    "/rules",
    "/rules/search?q=345",
    "/rules/rules",
    "/rules/contradictions",
    "/rules/dates",
    "/rules/source/working-together-2023",
    "/rules/rule/ca2004-16b-9",
    "/rules/finding/serious_incident",
    "/rules/question/age_of_person",
    "/rules/process/child_death_review",
    "/rules/route/notify_the_panel",
    "/rules/clock/darlington_tell_the_panel",
    "/rules/contradiction/A3",
    "/rules/areas/darlington",
    "/rules/stage/refer?on=2020-03-01&area=darlington",
    # The widest map, and the longest.
    "/rules/stage/refer/map?on=2023-12-15&area=darlington",
    "/rules/stage/parallel/map?on=2026-03-18&area=none",
    "/rules/stage/rapid-review/map?on=2015-03-26&area=none",
    "/rules/changes",
    "/rules/changes/working-together-2018/working-together-2023",
    "/rules/suggest?about=rule/ca2004-16m-1",
)


def test_pages_of_every_kind_are_accessible_valid_and_narrow(
    browser: Browser, live_server: str, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("response", lambda response: keep_html(response, tmp_path))
    problems: list[str] = []
    for address in PAGES:
        page.goto(f"{live_server}{address}")
        problems += [f"{address}: {each}" for each in problems_of(page)]
    page.get_by_role("button", name="Download the file").click()
    problems += [f"the form with an error: {each}" for each in problems_of(page)]
    page.close()
    assert not problems, "\n".join(problems)
    assert not complaints
    invalid = validator_says(tmp_path, len(PAGES) + 1)
    assert not invalid, "\n".join(invalid)


def test_a_correction_is_downloaded(browser: Browser, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/rules/finding/child_died")
    page.get_by_role("link", name="Suggest a correction").click()
    page.get_by_label("What is wrong").fill("A word.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    assert download.value.suggested_filename == "waymark-correction-finding-child_died.txt"
    assert "A word." in download.value.path().read_text(encoding="utf-8")
    context.close()
