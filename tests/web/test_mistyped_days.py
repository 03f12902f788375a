"""A year that was mistyped: it is refused where it is typed, and stops nothing where it stands."""

from __future__ import annotations

import pytest
from flask import Flask

from rules.loader import rulebook
from webforms.chair import summary
from webforms.chair.part import Kind
from webforms.chair.parts import PARTS
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .pages import Pages
from .rich_case import rich_case

PAGES = (
    "", "/timetable", "/timetable.ics", "/agencies", "/chronology", "/chronology.csv", "/referral",
    "/notification", "/meeting", "/decision", "/learning", "/reviewing", "/publication", "/actions",
    "/items/action", "/part/action/1", "/part/chronology/1", "/history", "/documents",
    "/documents/appendix-4", "/documents/appendix-6", "/documents/letter-to-panel",
    "/documents/letter-to-referrer", "/documents/decision-record",
)  # fmt: skip


def opens_everywhere(chair: Pages, row: CaseRow) -> None:
    for end in PAGES:
        assert chair.client.get(f"/cases/{row.reference}{end}").status_code == 200, end
    for where in ("/cases", "/oversight"):
        assert chair.client.get(where).status_code == 200


@pytest.mark.parametrize(
    ("part", "field", "values"),
    [
        ("action", "due", {"what": "Train", "owner": "Head of service"}),
        ("agency_request", "return_by", {"agency": "Police"}),
        ("chronology", "date", {"event": "A visit.", "agency": "Police"}),
    ],
)
@pytest.mark.parametrize("year", ["1899", "2077", "9999"])
def test_a_year_that_must_be_a_slip_is_not_taken(
    chair: Pages, store: Store, part: str, field: str, values: dict[str, str], year: str
) -> None:
    row = new_case(store, chair.account)
    day = {f"{field}-day": "31", f"{field}-month": "12", f"{field}-year": year}
    page = chair.post_wrongly(f"/cases/{row.reference}/part/{part}/new", **values, **day)
    assert [each.endswith("must have a year from 1900 to 2076") for each in page.errors] == [True]
    assert store.history(row.id, part) == ()


@pytest.mark.parametrize("day", ["9999-12-31", "1000-01-01"])
def test_a_day_that_was_kept_before_years_were_limited_breaks_no_page(
    app: Flask, chair: Pages, store: Store, day: str
) -> None:
    row = rich_case(store, chair.account)
    write(store, row, chair.account, "action", "1", what="Train", owner="Head", due=day)
    write(store, row, chair.account, "agency_request", "1", agency="Police", return_by=day)
    opens_everywhere(chair, row)
    for part in PARTS.values():
        days = {ask.id: day for ask in part.own if ask.kind is Kind.DATE}
        item = "" if not part.many else "1"
        if days and part.id not in ("process", "stage", "views"):
            before = store.history(row.id, part.id, item)
            kept = before[0].data if before else {}
            write(store, row, chair.account, part.id, item, **{**kept, **days})
    for event, each in rulebook().event_dates.items():
        if each.planned:
            write(store, row, chair.account, "dates", event, day=day)
    with app.test_request_context():
        summary.refresh(store, row)
    found = store.case(row.reference)
    assert found is not None
    assert found.stage, "the summary was worked out"
    opens_everywhere(chair, row)


def test_a_case_with_such_a_day_can_still_be_written_in(chair: Pages, store: Store) -> None:
    row = new_case(store, chair.account)
    write(store, row, chair.account, "action", "1", what="Train", owner="Head", due="9999-12-31")
    chair.post(
        f"/cases/{row.reference}/part/action/1",
        what="Train",
        owner="Head",
        seen_versions="action/1=1",
        **{"due-day": "31", "due-month": "12", "due-year": "2026"},
    )
    assert store.history(row.id, "action")[0].data["due"] == "2026-12-31"
