"""Pages are asked for through `client_request`, which holds every response to the page rules."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from webforms import create_app
from webforms.store import Store

from .pages import Pages

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Clock:
    """A clock that a test can set. It starts at six in the evening."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    return create_app({"DATA_FOLDER": tmp_path, "TESTING": True, "CLOCK": clock})


@pytest.fixture
def store(app: Flask, clock: Clock) -> Iterator[Store]:
    opened = Store(app.config["DATABASE"], clock)
    yield opened
    opened.close()


@pytest.fixture
def client_request(app: Flask) -> Pages:
    """The way in which tests ask for pages: each one is parsed and checked."""
    return Pages(app.test_client())


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server in this process, for a browser."""
    app = create_app({"DATA_FOLDER": tmp_path_factory.mktemp("live"), "CLOCK": Clock()})
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own browser: Playwright's is not downloaded."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": found}
