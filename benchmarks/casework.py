"""A list of 5,000 cases, and the page of a case: server time, with everything that they show."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.cases import training
from benchmarks.figures import Figure
from benchmarks.timing import one_by_one
from engine.answers import Case
from rules.loader import rulebook
from tests.web.rich_case import rich_case
from webforms import create_app, working_out
from webforms.access import COOKIE_KEY
from webforms.chair import summary
from webforms.chair.casefile import ANSWERS, DATES
from webforms.store import Account, Store, sha256

CASES = 5_000
ROUNDS = 25
LIST_MILLISECONDS, PAGE_MILLISECONDS = 300, 50
# Cases became known in the weeks before today, so that some are overdue and some are not.
TODAY = datetime(2026, 6, 10, 9, tzinfo=UTC)
# On few days, so that many cases share their facts and filling the list takes a minute.
DAYS = 20
# What a bench signs in with matters to nobody: the cost of a password is not what is measured.
QUICK = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": Path(folder), "CLOCK": lambda: TODAY, "ARGON2": QUICK})
        with _opened(app) as store:
            account = _chair(store)
            client = _signed_in(app, store, account)
            _fill(app, store, account)
            pages = [f"/cases/{each}" for each in _full(app, store, account)]
        lists = one_by_one([partial(_get, client, "/cases")], ROUNDS)
        searched = one_by_one([partial(_get, client, "/cases?words=Child+7&state=all")], ROUNDS)
        warm = one_by_one([partial(_get, client, each) for each in pages], ROUNDS)
        cold = one_by_one([partial(_get_cold, client, each) for each in pages], 3)
    return [
        Figure(
            "case_list",
            f"The list of {CASES:,} cases (median)",
            1e3 * median(lists),
            "ms",
            at_most=LIST_MILLISECONDS,
            note="server time of a page of 50, the overdue first, with the count of all",
        ),
        Figure("case_search", "A search among them (median)", 1e3 * median(searched), "ms"),
        Figure(
            "case_page",
            "The page of a case (median)",
            1e3 * median(warm),
            "ms",
            at_most=PAGE_MILLISECONDS,
            note="everything is written in it, and a record signed; its facts were assessed before",
        ),
        Figure(
            "case_page_new",
            "The page of a case whose facts have just changed (median)",
            1e3 * median(cold),
            "ms",
            at_most=PAGE_MILLISECONDS,
            note="all five stages are assessed anew, durable-rules included",
        ),
    ]


@contextmanager
def _opened(app: Flask) -> Iterator[Store]:
    store = Store(app.config["DATABASE"], app.config["CLOCK"])
    try:
        yield store
    finally:
        store.close()


def _chair(store: Store) -> Account:
    key = sha256(store.invite("chair", "darlington", "Council"))
    return store.accept(key, "Chair", "never used to sign in")


def _signed_in(app: Flask, store: Store, account: Account) -> FlaskClient:
    client, value = app.test_client(), secrets.token_urlsafe(32)
    store.begin_sign_in(account.id, sha256(value))
    with client.session_transaction() as session:
        session[COOKIE_KEY] = value
    return client


def _full(app: Flask, store: Store, account: Account) -> list[str]:
    """Ten cases in which everything is written that can be, up to the actions, and one signed."""
    references = []
    for number in range(10):
        row = rich_case(store, account, f"Full case {number}")
        record = {"version": 1, "recommended": "", "differs": False}
        store.sign(
            row.id, record, account=account.id, rules=rulebook().version, after=0,
            read_to=store.newest(row.id),
        )  # fmt: skip
        with app.app_context():
            summary.refresh(store, row)
        references.append(row.reference)
    return references


def _fill(app: Flask, store: Store, account: Account) -> None:
    """The cases, each with its dates, its answers and its summary."""
    kinds = training("notify")
    for number in range(CASES):
        row = store.open_case("darlington", "DAR", f"Child {number}", account.id)
        case = kinds[number % len(kinds)]
        aware = date(2026, 6, 9) - timedelta(days=number % DAYS)
        written = [(DATES, "awareness", {"day": aware.isoformat()}, 0)]
        written += _answers(case)
        store.write_all(row.id, written, account=account.id, rules=rulebook().version)
        with app.app_context():
            summary.refresh(store, row)


def _answers(case: Case) -> list[tuple[str, str, dict[str, str], int]]:
    return [
        (ANSWERS, question, {"answer": answer}, 0)  # type: ignore[dict-item]
        for question, answer in case.answers.items()
    ]


def _get(client: FlaskClient, address: str) -> object:
    shown = client.get(address)
    if shown.status_code != 200:
        raise AssertionError(f"{address} answers {shown.status}")
    return shown


def _get_cold(client: FlaskClient, address: str) -> object:
    working_out.forget()
    return _get(client, address)
