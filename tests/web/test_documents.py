"""The documents of a case as pages and files: who may have which, and what they are called."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest

from webforms.access import COOKIE_KEY
from webforms.chair.documents import DOCUMENTS
from webforms.store import CaseRow, Store, sha256

from .casework import new_case, sign, write
from .conftest import Clock, SignedInAs
from .pages import Pages, words

RETURN = {"agency": "Health visiting"}
EVENT = {"date": "2026-05-01", "event": "A home visit", "agency": "Police"}
ANSWER = {"outcome": "notified", "message": "Thank you for acting so soon."}


@pytest.fixture
def case(chair: Pages, store: Store) -> CaseRow:
    """A case with one agency, one event, a decision, and an answer to the referrer."""
    row = new_case(store, chair.account, "Child A")
    write(store, row, chair.account, "agency_request", "1", **RETURN)
    write(store, row, chair.account, "chronology", "1", **EVENT)
    write(store, row, chair.account, "decision", route="local_review", reasons="It can teach.")
    write(store, row, chair.account, "feedback", **ANSWER)
    return row


def at(row: CaseRow, rest: str = "") -> str:
    return f"/cases/{row.reference}/documents{rest}"


def share(store: Store, row: CaseRow, visitor: Pages) -> None:
    store.share(row.id, visitor.account.id)


def test_every_document_is_listed_with_what_it_is_for(chair: Pages, case: CaseRow) -> None:
    page = chair.get(at(case))
    for kind in DOCUMENTS.values():
        assert kind.title in page.text
        assert kind.purpose in page.text
    assert page.link("Health visiting (Information from an agency)") == at(case, "/appendix-4/1")
    assert page.link("Police (Chronology)") == at(case, "/appendix-6/1")


def test_the_documents_of_a_case_of_2015_are_called_what_they_were_called_then(
    chair: Pages, store: Store
) -> None:
    dates = {"incident": date(2015, 9, 1), "awareness": date(2015, 9, 2)}
    row = new_case(store, chair.account, dates={**dates, "decision": date(2015, 10, 1)})
    listed = words(chair.get(at(row)).one("main"))
    assert "Meeting that looked at the case" in listed
    assert "Letter to the national panel" in listed
    assert "rapid review" not in listed.lower()
    assert "the Panel" not in listed
    file = chair.client.get(at(row, "/appendix-5.docx"))
    assert "Meeting-that-looked-at-the-case" in file.headers["Content-Disposition"]


def test_what_is_not_ready_says_why(chair: Pages, store: Store) -> None:
    row = new_case(store, chair.account)
    assert chair.get(at(row)).text.count("Not ready.") == 2
    page = chair.get(at(row, "/letter-to-panel"))
    assert "There is no decision yet." in page.text
    refused = chair.client.get(at(row, "/letter-to-panel.pdf"))
    assert refused.location == at(row, "/letter-to-panel")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_is_a_page_a_pdf_and_a_word_file(kind: str, chair: Pages, case: CaseRow) -> None:
    page = chair.get(at(case, f"/{kind}"))
    assert "CONFIDENTIAL" in page.text
    assert page.link("PDF") == at(case, f"/{kind}.pdf")
    made = chair.client.get(page.link("PDF"))
    assert made.mimetype == "application/pdf"
    assert made.data.startswith(b"%PDF-")
    word = chair.client.get(page.link("Word"))
    assert docx.Document(io.BytesIO(word.data)).paragraphs[0].text == page.heading


def test_a_file_is_named_by_reference_and_title(chair: Pages, case: CaseRow) -> None:
    def name(rest: str) -> str:
        return chair.client.get(at(case, rest)).headers["Content-Disposition"]

    reference = case.reference
    assert name("/appendix-5.pdf") == f'attachment; filename="{reference}-Rapid-review-meeting.pdf"'
    assert f"{reference}-Information-from-an-agency-Health-visiting.docx" in name(
        "/appendix-4/1.docx"
    )
    assert f"{reference}-Record-of-the-decision-draft.pdf" in name("/decision-record.pdf")


def test_a_signed_version_is_had_as_it_was_signed(
    chair: Pages, case: CaseRow, store: Store
) -> None:
    record = {
        "title": "As it was signed",
        "language": "en-GB",
        "running_head": "Record",
        "marking": "CONFIDENTIAL",
        "landscape": False,
        "reference": case.reference,
        "digest": "",
        "made": "2026-06-10T18:00:00",
        "sections": [],
    }
    sign(store, case, chair.account, {"document": record})
    write(store, case, chair.account, "decision", route="no_review")
    word = chair.client.get(at(case, "/decision-record/version-1.docx"))
    assert docx.Document(io.BytesIO(word.data)).paragraphs[0].text == "As it was signed"
    assert "version-1.docx" in word.headers["Content-Disposition"]
    page = chair.get(at(case, "/decision-record"))
    assert page.link("Version 1, signed").endswith("/records/1")
    assert "DRAFT, NOT SIGNED" in page.text
    assert "Version 1, signed" in chair.get(at(case)).text
    for missing in ("/decision-record/version-2.pdf", "/appendix-5/version-1.pdf"):
        assert chair.client.get(at(case, missing)).status_code == 404


@pytest.mark.parametrize(
    "rest", ["/nothing", "/nothing.pdf", "/appendix-4/9", "/appendix-6/2.pdf", "/appendix-5/1"]
)
def test_what_there_is_not_is_not_found(rest: str, chair: Pages, case: CaseRow) -> None:
    assert chair.client.get(at(case, rest)).status_code == 404


@pytest.mark.parametrize("role", ["panel member", "partnership administrator", "auditor"])
def test_those_who_work_on_a_case_may_have_its_documents(
    role: str, signed_in_as: SignedInAs, store: Store, case: CaseRow
) -> None:
    reader = signed_in_as(role)
    share(store, case, reader)
    reader.get(at(case))
    reader.get(at(case, "/decision-record"))


def test_a_referrer_has_their_letter_once_it_was_sent_and_nothing_else(
    signed_in_as: SignedInAs, store: Store, chair: Pages, case: CaseRow
) -> None:
    referrer = signed_in_as("referrer")
    share(store, case, referrer)
    letter = at(case, "/letter-to-referrer")
    for address in (letter, f"{letter}.pdf", f"{letter}.docx"):
        assert referrer.client.get(address).status_code == 404
    write(store, case, chair.account, "feedback", **ANSWER, sent="2026-06-09")
    page = referrer.get(letter)
    assert "Thank you for acting so soon." in page.text
    assert "Child A" not in page.text
    assert referrer.client.get(f"{letter}.pdf").data.startswith(b"%PDF-")
    for kind in DOCUMENTS:
        if kind != "letter-to-referrer":
            assert referrer.client.get(at(case, f"/{kind}")).status_code == 404
            assert referrer.client.get(at(case, f"/{kind}.docx")).status_code == 404
    assert referrer.client.get(at(case)).status_code in (401, 403)


def test_a_letter_does_not_reach_the_referrer_before_its_day_nor_change_after_it(
    signed_in_as: SignedInAs, store: Store, chair: Pages, case: CaseRow, clock: Clock
) -> None:
    referrer = signed_in_as("referrer")
    share(store, case, referrer)
    letter = at(case, "/letter-to-referrer")

    def answered(message: str, sent: str) -> None:
        write(
            store, case, chair.account, "feedback", outcome="notified", message=message, sent=sent
        )

    def read() -> str:
        return words(referrer.get(letter).one("main"))

    def next_day() -> None:
        """A day later the referrer has to sign in again."""
        clock.now += timedelta(days=1)
        value = f"{clock.now:%d}"
        store.begin_sign_in(referrer.account.id, sha256(value))
        with referrer.client.session_transaction() as session:
            session[COOKIE_KEY] = value

    # Today is 10 June 2026.
    answered("A first draft.", "2026-06-11")
    assert "There is no answer yet" in referrer.get(f"/cases/{case.reference}").text
    for suffix in ("", ".pdf", ".docx"):
        assert referrer.client.get(f"{letter}{suffix}").status_code == 404
    answered("As it was sent.", "2026-06-11")
    next_day()
    assert "Read the answer" in referrer.get(f"/cases/{case.reference}").text
    assert "As it was sent." in read()
    answered("Changed on the same day.", "2026-06-11")
    assert "As it was sent." in read()
    answered("A draft of the next one.", "")
    assert "As it was sent." in read()
    write(store, case, chair.account, "referral", organisation="Renamed since")
    assert "Renamed since" not in read()
    answered("The next one.", "2026-06-12")
    assert "As it was sent." in read()
    next_day()
    assert "The next one." in read()
    assert "Renamed since" in read()


def test_nobody_has_the_documents_of_a_case_that_is_not_shared_with_them(
    signed_in_as: SignedInAs, case: CaseRow
) -> None:
    for reader in (signed_in_as("panel member"), signed_in_as("chair", area="newcastle")):
        assert reader.client.get(at(case)).status_code == 404
        assert reader.client.get(at(case, "/decision-record.pdf")).status_code == 404
