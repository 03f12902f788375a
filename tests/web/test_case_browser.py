"""Every page of cases and accounts in a real browser: accessible, valid, narrow, and quiet."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from webforms.access import Role
from webforms.accounts.passwords import hashed
from webforms.chair import summary
from webforms.chair.facts import STAGES
from webforms.chair.parts import PARTS
from webforms.store import Account, CaseRow, Store, sha256

from .conftest import PASSWORD
from .page_checks import keep_html, problems_of, validator_says
from .rich_case import rich_case

# What stands in an address for what. A page that takes something else fails here until it is named.
ITEMS = {
    "children": "1",
    "agency_request": "1",
    "agency_return": "1",
    "chronology": "1",
    "attendance": "1",
    "governance_meeting": "1",
    "action": "1",
    "process": "criminal_proceedings",
    "stage": "meeting",
}
FILES = re.compile(r"\.(pdf|docx|csv|ics)$|\.<")
# Pages that send their reader onward, or that a test of their own looks at.
ONWARD = {"chair.signed_record"}


@dataclass(frozen=True)
class Prepared:
    """A chair, a colleague of theirs, and a case with something in every part."""

    account: Account
    colleague: Account
    row: CaseRow


@pytest.fixture(scope="module")
def chair(live_app: Flask) -> Iterator[Prepared]:
    store = Store(live_app.config["DATABASE"], live_app.config["CLOCK"])
    with live_app.app_context():
        accounts = [
            store.accept(
                sha256(store.invite(role, "darlington", "Council")),
                f"{role} of every page {secrets.token_hex(4)}",
                hashed(PASSWORD),
            )
            for role in (Role.CHAIR, Role.PANEL_MEMBER)
        ]
        row = rich_case(store, accounts[0])
        summary.refresh(store, row)
    yield Prepared(*accounts, row)
    store.close()


@pytest.fixture
def signed_in(browser: Browser, live_server: str, chair: Prepared) -> Iterator[BrowserContext]:
    """A browser in which the chair is signed in, and in which nothing goes elsewhere."""
    context = browser.new_context()
    elsewhere: list[str] = []
    complaints: list[str] = []
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith(live_server) else elsewhere.append(request.url)
        ),
    )
    context.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    page = context.new_page()
    page.goto(f"{live_server}/sign-in")
    page.get_by_label("Name").fill(chair.account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")
    page.close()
    yield context
    context.close()
    assert elsewhere == []
    assert [each for each in complaints if "404" not in each and "403" not in each] == []


def addresses(app: Flask, chair: Prepared) -> list[str]:
    """Every page of the cases and of accounts that can be asked for, each part and stage of it."""
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith(("chair.", "accounts.")) or "GET" not in rule.methods:
            continue
        if FILES.search(rule.rule) or rule.endpoint in ONWARD:
            continue
        found += _filled(rule.rule, chair)
    return sorted(set(found))


def _filled(rule: str, chair: Prepared) -> list[str]:
    address = rule.replace("<reference>", chair.row.reference).replace(
        "<value>", "no-such-invitation"
    )
    address = address.replace("<int:account_id>", str(chair.colleague.id))
    if "<stage>" in address:
        stages = [address.replace("<stage>", stage) for stage in STAGES]
        return [each.replace("<question_id>", "what_happened") for each in stages]
    if "<part_id>" in address:
        return _parts(address)
    if any_of := re.search(r"<any\(([^)]*)\):kind>", address):
        kinds = [each.strip().strip("'") for each in any_of[1].split(",")]
        return [
            address.replace(any_of[0], kind).replace("<int:item>", "1")
            for kind in kinds
            if "<int:item>" not in address or kind in ("appendix-4", "appendix-6")
        ]
    return [address.replace("<int:item>", "1").replace("<item>", "1")]


def _parts(address: str) -> list[str]:
    found = []
    for part in PARTS.values():
        if part.id == "views":
            continue
        filled = address.replace("<part_id>", part.id)
        if "<item>" in filled:
            if part.many:
                found.append(filled.replace("<item>", ITEMS[part.id]))
        elif part.many == ("/items/" in filled):
            found.append(filled)
    return found


def test_every_page_of_a_case_is_accessible_valid_and_narrow(
    signed_in: BrowserContext,
    live_app: Flask,
    live_server: str,
    chair: Prepared,
    tmp_path: Path,
) -> None:
    page = signed_in.new_page()
    page.on("response", lambda response: keep_html(response, tmp_path))
    problems: list[str] = []
    wanted = addresses(live_app, chair)
    assert len(wanted) > 60
    for address in wanted:
        response = page.goto(f"{live_server}{address}")
        assert response is not None
        known = (200, 404) if "no-such" in address or "/items/" in address else (200,)
        if "/take-out/" in address:
            known = (200, 404)
        assert response.status in known, f"{address}: {response.status}"
        problems += [f"{address}: {each}" for each in problems_of(page)]
    assert not problems, "\n".join(problems)
    invalid = validator_says(tmp_path, len(wanted))
    assert not invalid, "\n".join(invalid)


def test_what_can_be_done_about_a_request_is_in_sight_on_a_narrow_screen(
    signed_in: BrowserContext, live_server: str, chair: Prepared
) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server}/cases/{chair.row.reference}/agencies")
    table = page.get_by_role("table", name="Requests to agencies")
    links = table.get_by_role("link").all()
    assert links
    for link in links:
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320, link.inner_text()
    row = table.get_by_role("row").nth(1)
    for heading in ("State", "Back by", "Came back", "Do"):
        expect(row.get_by_text(heading, exact=True)).to_be_visible()
    expect(row.get_by_role("rowheader")).to_have_count(1)
    expect(row.get_by_role("cell")).to_have_count(4)


def test_errors_and_a_conflict_are_accessible_too(
    signed_in: BrowserContext,
    live_app: Flask,
    live_server: str,
    live_store: Store,
    chair: Prepared,
) -> None:
    account, row = chair.account, chair.row
    page = signed_in.new_page()
    problems: list[str] = []

    def look(name: str, *, errors: bool = True) -> None:
        if errors:
            summary_box = page.locator(".govuk-error-summary")
            expect(summary_box).to_be_focused()
            for link in summary_box.locator("a").all():
                target = (link.get_attribute("href") or "")[1:]
                link.click()
                expect(page.locator(f"[id='{target}']")).to_be_focused()
        problems.extend(f"{name}: {each}" for each in problems_of(page))

    case = f"{live_server}/cases/{row.reference}"
    page.goto(f"{live_server}/cases/new")
    page.get_by_role("button", name="Open the case").click()
    look("a case without a name")
    page.goto(f"{case}/part/attendance/new")
    page.get_by_role("button", name="Save").click()
    look("somebody without a role")
    page.goto(f"{case}/part/key_dates")
    page.locator("#incident-day").fill("31")
    page.locator("#incident-month").fill("2")
    page.get_by_role("button", name="Save").click()
    look("a day that is none")
    page.goto(f"{case}/criteria")
    page.locator("#criterion_improvements-reason").fill("")
    page.locator("#card-criterion_improvements").get_by_role("button", name="Keep").click()
    look("a view without a reason")
    page.goto(f"{case}/sign")
    page.get_by_role("button", name="Sign", exact=True).click()
    look("signing without having read")
    page.goto(f"{case}/questions/notify/partners_view")
    page.get_by_role("button", name="Keep this answer").click()
    look("no answer")
    # Somebody else saves the meeting while it is open here.
    page.goto(f"{case}/part/meeting")
    before = live_store.history(row.id, "meeting")[0]
    live_store.write(
        row.id,
        "meeting",
        "",
        {**before.data, "facts": "Other facts.", "improvements": "Theirs."},
        account=account.id,
        after=before.version,
        rules="r",
    )
    page.locator("#improvements").fill("Mine.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#changed")).to_be_visible()
    look("a conflict", errors=False)
    assert not problems, "\n".join(problems)


def test_a_case_works_without_javascript(
    browser: Browser, live_server: str, chair: Prepared
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(f"{live_server}/cases")
    page.get_by_label("Name").fill(chair.account.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=chair.row.reference).click()
    page.get_by_role("link", name="Rapid review meeting", exact=True).click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Role").fill("Designated doctor")
    page.get_by_label("Agency").fill("Health")
    page.get_by_label("Sent apologies").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(
        page.get_by_text("Designated doctor – Health – Sent apologies", exact=True)
    ).to_be_visible()
    context.close()


def test_a_print_of_a_case_has_no_navigation(
    signed_in: BrowserContext, live_server: str, chair: Prepared
) -> None:
    page = signed_in.new_page()
    page.goto(f"{live_server}/cases/{chair.row.reference}/documents/appendix-5")
    page.emulate_media(media="print")
    for part in (".waymark-header", ".waymark-navigation", ".govuk-back-link"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
