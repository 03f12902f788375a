"""Pages are asked for through `client_request`, which holds every response to the page rules."""

from __future__ import annotations

import itertools
import logging
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.serving import make_server

from webforms import create_app
from webforms.access import COOKIE_KEY
from webforms.accounts.passwords import hashed
from webforms.config import settings
from webforms.store import Account, Store, migrate, sha256

from .page_checks import PICTURES
from .pages import Pages

# The least that argon2 takes: what is tested is not how long it takes to guess.
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
PASSWORD = "correct horse battery"

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Clock:
    """A clock that a test can set. It starts at six in the evening."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once, not anew for the application of each test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def built_app(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    """The application, built once: most of the time that it takes goes into its addresses."""
    folder = tmp_path_factory.mktemp("built")
    made = create_app({"DATA_FOLDER": folder, "TESTING": True, "ARGON2": CHEAP})
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def app(built_app: Flask, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application with a database, a clock and settings that are this test's own."""
    before = dict(built_app.config)
    built_app.config.update(settings(tmp_path), CLOCK=clock)
    migrate(built_app.config["DATABASE"])
    yield built_app
    built_app.config.clear()
    built_app.config.update(before)


@pytest.fixture
def store(app: Flask, clock: Clock) -> Iterator[Store]:
    opened = Store(app.config["DATABASE"], clock)
    yield opened
    opened.close()


@pytest.fixture
def client_request(app: Flask) -> Pages:
    """The way in which tests ask for pages: each one is parsed and checked."""
    return Pages(app.test_client())


class SignedInAs(Protocol):
    def __call__(
        self, role: str, area: str = "darlington", name: str | None = None, agency: str = ""
    ) -> Pages: ...


@pytest.fixture
def new_account(app: Flask, store: Store) -> Callable[..., Account]:
    """Makes accounts, by invitation as everybody does; their password is `PASSWORD`."""
    numbers = itertools.count(1)

    def make(
        role: str, area: str = "darlington", name: str | None = None, agency: str = ""
    ) -> Account:
        key = sha256(store.invite(role, area, agency))
        with app.app_context():
            return store.accept(
                key, name or f"{role.capitalize()} {next(numbers)}", hashed(PASSWORD)
            )

    return make


@pytest.fixture
def signed_in_as(app: Flask, store: Store, new_account: Callable[..., Account]) -> SignedInAs:
    """Gives a visitor who is signed in with a new account of a role.

    `visitor.account` is the account.
    """

    def sign_in(
        role: str, area: str = "darlington", name: str | None = None, agency: str = ""
    ) -> Pages:
        account = new_account(role, area, name, agency)
        visitor = Pages(app.test_client())
        visitor.account = account
        value = secrets.token_urlsafe(32)
        store.begin_sign_in(account.id, sha256(value))
        with visitor.client.session_transaction() as session:
            session[COOKIE_KEY] = value
        return visitor

    return sign_in


@pytest.fixture(scope="session")
def live_app(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    """The application of the live server."""
    made = create_app(
        {"DATA_FOLDER": tmp_path_factory.mktemp("live"), "CLOCK": Clock(), "ARGON2": CHEAP}
    )
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def live_store(live_app: Flask) -> Iterator[Store]:
    """What the live server keeps: for an invitation, which nobody can ask for in a browser."""
    opened = Store(live_app.config["DATABASE"], Clock())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def live_server(live_app: Flask) -> Iterator[str]:
    """The address of a server in this process, for a browser."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, live_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session", autouse=True)
def pictures(pytestconfig: pytest.Config, worker_id: str) -> None:
    """Where the pictures go: one folder for each process that runs tests."""
    if wanted := pytestconfig.getoption("--pictures"):
        PICTURES.folder = Path(wanted) / worker_id
        PICTURES.folder.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own browser: Playwright's is not downloaded."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": found}
