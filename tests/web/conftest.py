"""Pages are asked for through `client_request`, which holds every response to the page rules."""

from __future__ import annotations

import itertools
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from webforms import create_app
from webforms.access import COOKIE_KEY, Role
from webforms.accounts.passwords import hashed
from webforms.config import settings
from webforms.store import Account, CaseRow, Store, migrate, sha256

from .casework import new_case
from .page_checks import PICTURES
from .pages import Pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    """A chair of Darlington."""
    return signed_in_as(Role.CHAIR)


@pytest.fixture
def case(store: Store, chair: Pages) -> CaseRow:
    """A baby in Darlington who was harmed on 9 May 2026, as the chair has opened the case."""
    return new_case(store, chair.account)


SomebodyFirst = Callable[[Callable[[], object]], None]


@pytest.fixture
def somebody_first(monkeypatch: pytest.MonkeyPatch) -> SomebodyFirst:
    """Lets somebody else act, once, between the reading of a case and the next writing to it."""
    write_all: Callable[..., object] = Store.write_all

    def before_the_next_writing(acts: Callable[[], object]) -> None:
        done: list[bool] = []

        def later(self: Store, *args: object, **kwargs: object) -> object:
            if not done:
                done.append(True)
                acts()
            return write_all(self, *args, **kwargs)

        monkeypatch.setattr(Store, "write_all", later)

    return before_the_next_writing


def in_two_halves(app: Flask, pause: float) -> WSGIApplication:
    """The application as over a slow line: between the halves of a page it pauses, in seconds."""

    def halves(parts: Iterable[bytes]) -> Iterator[bytes]:
        page = b"".join(parts)
        yield page[: len(page) // 2]
        time.sleep(pause)
        yield page[len(page) // 2 :]

    def served(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        parts = app(environ, start_response)
        if environ.get("HTTP_SEC_FETCH_DEST") != "document":
            return parts
        return ClosingIterator(halves(parts), getattr(parts, "close", None))

    return served


def an_app(folder: Path, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """An application for a browser, with nothing in it yet."""
    made = create_app({"DATA_FOLDER": folder, "CLOCK": Clock(), "ARGON2": CHEAP})
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@contextmanager
def serving(app: Flask, config: pytest.Config) -> Iterator[str]:
    """The address of a server in this process, for a browser."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    served: WSGIApplication = app
    if pause := config.getoption("--slow-pages"):
        served = in_two_halves(app, pause)
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def live_app(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    """The application of the live server, which several tests share."""
    return an_app(tmp_path_factory.mktemp("live"), compiled_templates)


@pytest.fixture
def live_store(live_app: Flask) -> Iterator[Store]:
    """What the live server keeps: for what nobody can ask for in a browser."""
    opened = Store(live_app.config["DATABASE"], Clock())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def live_server(live_app: Flask, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of the live server."""
    with serving(live_app, pytestconfig) as address:
        yield address


@dataclass(frozen=True)
class NewOffice:
    """A server in which nobody has an account yet, and what it keeps."""

    address: str
    store: Store


@pytest.fixture
def new_office(
    tmp_path: Path, compiled_templates: FileSystemBytecodeCache, pytestconfig: pytest.Config
) -> Iterator[NewOffice]:
    """A server of this test's own: nothing that other tests did is in its lists and figures."""
    app = an_app(tmp_path / "office", compiled_templates)
    store = Store(app.config["DATABASE"], Clock())
    with serving(app, pytestconfig) as address:
        yield NewOffice(address, store)
    store.close()


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
