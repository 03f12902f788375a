"""What a referrer can learn of a case: which it is, what they sent in, and the answer to it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask

from webforms.access import Role
from webforms.chair import casefile, summary
from webforms.chair.documents import DOCUMENTS
from webforms.chair.part import Kind, Part
from webforms.chair.parts import PARTS
from webforms.store import CaseRow, Store

from .access_list import methods, pages
from .casework import new_case, write
from .conftest import SignedInAs
from .pages import Page, Pages, words
from .papers import text_of_pdf, word, words_of_word
from .rich_case import rich_case
from .test_access import address

MARKER = re.compile(r"MARKER-[a-z_]+-[a-z_0-9]+")
# The letter to the referrer is made of these: whom it is to, and what they are told.
TOLD_IN_THE_LETTER = {"MARKER-referral-organisation", "MARKER-feedback-message"}


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Review chair")


@pytest.fixture
def referrer(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.REFERRER)


def mark(store: Store, row: CaseRow, chair: Pages, part: Part) -> None:
    """Writes a marker of its own into everything that can be typed in a part."""
    file = casefile.read(store, row, with_long=True)
    typed = {
        ask.id: f"MARKER-{part.id}-{ask.id}"
        for ask in part.own
        if ask.kind in (Kind.LINE, Kind.TEXT)
    }
    for item in file.items(part.id) or (["1"] if part.many else [""]):
        kept = file.one(part.id, item)
        write(store, row, chair.account, part.id, item, **{**kept, **typed})


@pytest.fixture
def marked(app: Flask, store: Store, chair: Pages, referrer: Pages) -> CaseRow:
    """A case with a marker in every typed field of every part, shared with the referrer."""
    row = rich_case(store, chair.account)
    for part in PARTS.values():
        mark(store, row, chair, part)
    # A letter is what stood when it was sent: all of it is marked by then.
    kept = casefile.read(store, row).one("feedback")
    write(store, row, chair.account, "feedback", **{**kept, "sent": "2026-06-09"})
    store.share(row.id, referrer.account.id)
    with app.test_request_context():
        summary.refresh(store, row)
    return row


def every_address(app: Flask, row: CaseRow) -> Iterator[str]:
    """Every page and file that needs a sign-in, and the list with whatever can be asked of it."""
    for route, rule in pages(app):
        if rule.roles is not None and "GET" in methods(route):
            yield address(app, route).replace("/something", f"/{row.reference}", 1)
    for kind in DOCUMENTS:
        for end in ("", ".pdf", ".docx", "/1", "/1.docx", "/version-1.docx"):
            yield f"/cases/{row.reference}/documents/{kind}{end}"
    for query in ("state=open", "state=overdue", "state=closed", "state=all", "stage=actions"):
        yield f"/cases?{query}"
    yield "/cases?words=MARKER"


def text_at(visitor: Pages, where: str) -> str:
    """All that can be read at an address, whatever comes back from it."""
    response = visitor.client.get(where)
    if response.mimetype == "application/pdf":
        return text_of_pdf(response.data) if shutil.which("pdftotext") else ""
    if "wordprocessingml" in response.mimetype:
        return words_of_word(word(response.data))
    return response.get_data(as_text=True)


def test_of_what_was_typed_in_a_case_a_referrer_reads_only_the_letter_to_them(
    app: Flask, store: Store, chair: Pages, referrer: Pages, marked: CaseRow
) -> None:
    # What a list knows of the case is there to be told to others.
    assert "MARKER-action-what" in chair.get("/cases").text
    letter = f"/cases/{marked.reference}/documents/letter-to-referrer"
    looked_at = 0
    for where in every_address(app, marked):
        found = set(MARKER.findall(text_at(referrer, where)))
        allowed = TOLD_IN_THE_LETTER if where.startswith(letter) else set()
        assert found <= allowed, where
        looked_at += 1
    assert looked_at > 60
    for end in ("", ".docx"):
        assert set(MARKER.findall(text_at(referrer, letter + end))) == TOLD_IN_THE_LETTER


def cells(page: Page) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in page.all("tr")]


def test_the_list_tells_a_referrer_which_case_it_is_and_whether_it_was_answered(
    app: Flask, store: Store, chair: Pages, referrer: Pages
) -> None:
    late = new_case(store, chair.account, "Child A", shared_with=[referrer.account])
    closed = new_case(store, chair.account, "Child B", shared_with=[referrer.account])
    write(store, closed, chair.account, "closing", closed="yes", why="Done.")
    write(store, closed, chair.account, "feedback", outcome="notified", sent="2026-06-01")
    with app.test_request_context():
        for row in (late, closed):
            summary.refresh(store, row)
    # The late one would be first, and the closed one left out, for everybody else.
    told = [
        ["Case", "Answer"],
        [f"{closed.reference} Child B", "Answered"],
        [f"{late.reference} Child A", "No answer yet"],
    ]
    for query in ("", "?state=overdue", "?state=closed", "?stage=notification", "?stage=actions"):
        page = referrer.get(f"/cases{query}")
        assert cells(page) == told
        assert "2 cases" in words(page.one("main"))
        assert "verdue" not in page.text
    assert cells(referrer.get("/cases?words=child+b")) == told[:2]
    assert cells(referrer.get("/cases?words=notify")) == []
