"""A decision that was changed after it was signed: the record no longer says what was decided, and
whoever reads the case is told so until a corrected one is signed.
"""

from __future__ import annotations

from typing import Any

import pytest

from webforms.access import Role
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .conftest import SignedInAs
from .pages import Page, Pages, words
from .test_deciding import WEIGHED, ready, sign

CHANGED = "The decision was changed after it was signed"


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Independent chair")


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    row = new_case(store, chair.account, answers=WEIGHED)
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    write(store, row, chair.account, "agency_request", "1", agency="Police")
    ready(store, row, chair)
    sign(chair, row)
    return row


def decision(**said: str) -> dict[str, str]:
    return {
        "route": "local_review",
        "decided_by": "The three safeguarding partners",
        "reasons": "The worry did not reach the social worker.",
        **said,
    }


def state(chair: Pages, row: CaseRow) -> str:
    items = chair.get(f"/cases/{row.reference}").all("li", "govuk-task-list__item")
    return next(words(each) for each in items if words(each).startswith("Decision"))


def next_step(chair: Pages, row: CaseRow) -> str:
    return words(chair.get(f"/cases/{row.reference}").one("section", "waymark-next"))


def letter(chair: Pages, row: CaseRow) -> Page:
    return chair.get(f"/cases/{row.reference}/documents/letter-to-panel")


def test_a_signed_decision_is_done_and_says_nothing_more(chair: Pages, row: CaseRow) -> None:
    assert "Done" in state(chair, row)
    assert "sign" not in next_step(chair, row).lower()
    assert CHANGED not in letter(chair, row).text
    assert CHANGED not in chair.get(f"/cases/{row.reference}/decision").text


@pytest.mark.parametrize(
    ("part", "item", "said"),
    [
        ("decision", "", decision(route="no_review", why_no_review="It teaches nothing new.")),
        ("decision", "", decision(reasons="Otherwise.")),
        ("decision", "", decision(dissent="The police saw it otherwise.")),
        ("dates", "decision", {"day": "2026-05-22"}),
        ("answers", "partners_think_review_appropriate", {"answer": "no"}),
    ],
)
def test_what_was_decided_otherwise_since_is_to_be_signed_anew(
    part: str, item: str, said: dict[str, str], store: Store, chair: Pages, row: CaseRow
) -> None:
    write(store, row, chair.account, part, item, **said)
    assert "In hand" in state(chair, row)
    assert "Sign a corrected record: the decision was changed" in next_step(chair, row)
    for address in ("decision", "documents/letter-to-panel", "documents"):
        notice = words(chair.get(f"/cases/{row.reference}/{address}").one("main"))
        assert CHANGED in notice, address
        assert "version 1" in notice, address
    sign(chair, row, correction="It was decided otherwise.")
    assert "Done" in state(chair, row)
    assert CHANGED not in letter(chair, row).text


@pytest.mark.parametrize(
    ("part", "item", "said"),
    [
        ("decision", "", decision(family_told="By the social worker, on Monday.")),
        ("dates", "review_decision", {"day": "2026-06-01"}),
        ("panel_answer", "", {"agreement": "agrees"}),
        ("action", "1", {"what": "A pathway", "owner": "Health"}),
    ],
)
def test_what_follows_the_decision_changes_nothing_in_it(
    part: str, item: str, said: dict[str, Any], store: Store, chair: Pages, row: CaseRow
) -> None:
    write(store, row, chair.account, part, item, **said)
    assert "Done" in state(chair, row)
    assert CHANGED not in letter(chair, row).text


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.ADMINISTRATOR])
def test_those_who_may_not_sign_are_told_that_the_chair_can(
    role: Role, store: Store, chair: Pages, row: CaseRow, signed_in_as: SignedInAs
) -> None:
    write(store, row, chair.account, "decision", **decision(reasons="Otherwise."))
    other = signed_in_as(role)
    store.share(row.id, other.account.id)
    for page in (letter(other, row), other.get(f"/cases/{row.reference}")):
        said = words(page.one("main"))
        assert "the chair can sign a corrected record" in said.lower()
        assert "Sign a corrected record" not in said
    assert "Sign a corrected record first" in words(letter(chair, row).one("main"))


def test_what_was_taken_back_again_needs_no_correction(
    store: Store, chair: Pages, row: CaseRow
) -> None:
    write(store, row, chair.account, "decision", **decision(reasons="Otherwise."))
    write(store, row, chair.account, "decision", **decision())
    assert "Done" in state(chair, row)
