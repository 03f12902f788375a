"""What a list knows of a case: never older than the case, and never in the way of a write."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from webforms.chair import casefile, summary
from webforms.store import CaseRow, Noted, Store

from .casework import new_case, write
from .pages import Pages


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    return new_case(store, chair.account)


def add_somebody(chair: Pages, row: CaseRow) -> None:
    where = f"/cases/{row.reference}/part/attendance/new"
    chair.post(where, role="Named nurse", agency="Health", attended="present")


def closed(store: Store, row: CaseRow) -> bool:
    found = store.case(row.reference)
    assert found is not None
    return found.closed


def reading(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[int], None]) -> list[int]:
    """Does something after each reading of the case for its summary; gives the readings so far."""
    read, readings = casefile.read, list[int]()

    def read_slowly(*args: Any, **kwargs: Any) -> casefile.CaseFile:
        file = read(*args, **kwargs)
        readings.append(len(readings) + 1)
        meanwhile(len(readings))
        return file

    monkeypatch.setattr(summary.casefile, "read", read_slowly)
    return readings


def test_a_slower_writer_does_not_put_an_older_summary_over_a_newer_one(
    app: Flask, store: Store, chair: Pages, row: CaseRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close_it(number: int) -> None:
        if number == 1:
            write(store, row, chair.account, "closing", closed="yes", why="Done.")
            with app.test_request_context():
                summary.refresh(store, row)
            assert closed(store, row)

    with app.test_request_context():
        reading(monkeypatch, close_it)
        summary.refresh(store, row)
    assert closed(store, row)


def test_a_summary_of_before_a_signature_is_not_noted_after_it(
    store: Store, chair: Pages, row: CaseRow
) -> None:
    read_to = store.newest(row.id)
    said: dict[str, Any] = {
        "title": row.title, "stage": "decision", "due": None, "due_what": "", "closed": False,
        "summary": {"signed": 0},
    }  # fmt: skip
    assert store.summarise(row.id, read_to=read_to, **said) is Noted.CHANGED
    assert store.summarise(row.id, read_to=read_to, **said) is Noted.SAME
    store.sign(row.id, {}, account=chair.account.id, rules="r", after=0, read_to=read_to)
    late = store.summarise(row.id, read_to=read_to, **{**said, "stage": "actions"})
    assert late is Noted.OVERTAKEN
    found = store.case(row.reference)
    assert found is not None
    assert found.stage == "decision"


def test_a_case_that_moves_all_the_time_is_given_up_for_those_who_move_it(
    app: Flask, store: Store, chair: Pages, row: CaseRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_more(number: int) -> None:
        write(store, row, chair.account, "meeting", facts=f"Account {number}")

    readings = reading(monkeypatch, write_more)
    with app.test_request_context():
        summary.refresh(store, row)
    assert readings == [1, 2, 3, 4, 5]


def test_a_summary_that_cannot_be_worked_out_fails_no_write_and_the_next_one_mends_it(
    store: Store,
    chair: Pages,
    row: CaseRow,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    where = f"/cases/{row.reference}/part/closing"
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(summary, "deadlines", fail)
        assert chair.post(where, closed="yes", why="Done.") == f"/cases/{row.reference}"
    assert f"the summary of case {row.reference} was not worked out" in caplog.text
    assert store.history(row.id, "closing")[0].data["closed"] == "yes"
    assert not closed(store, row)
    add_somebody(chair, row)
    assert closed(store, row)
