"""The server as it is run: two workers with four threads each, started on an empty folder."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from webforms.store import Store

from .pages import form_values
from .walks import BABY

VISITORS = 8


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--threads", "4", "--log-level", "warning", "webforms:create_app()"]
    environment = {**os.environ, "WAYMARK_DATA": str(tmp_path)}
    server = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    address = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            build_opener().open(f"{address}/healthz").close()
            break
        except URLError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait()


def send(visitor: OpenerDirector, address: str, **values: str) -> tuple[str, str]:
    """Fetches a page, sends its form, and gives the address and the text that follow."""
    with visitor.open(address) as response:
        token = re.search(r'name="csrf_token" value="([^"]+)"', response.read().decode())
    assert token
    body = urlencode({"csrf_token": token[1], **values}).encode()
    with visitor.open(address, body) as response:
        return response.url, response.read().decode()


def visit(address: str) -> str:
    """One visitor's way from the start to a saved result."""
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    url, _ = send(visitor, f"{address}/check/start", stage="refer", area="darlington")
    url, _ = send(visitor, url, incident_not_known="yes", awareness_not_known="yes")
    while "/check/question/" in url:
        url, _ = send(visitor, url, **form_values(url.rpartition("/")[2], BABY))
    _, saved = send(visitor, f"{address}/check/save")
    assert re.search(r"WM(-[0-9A-Z]{4}){4}", saved)
    _, result = send(visitor, url, notes="")
    return result


def test_visitors_at_the_same_time_get_their_own_results(served: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(VISITORS) as pool:
        results = list(pool.map(visit, [served] * VISITORS))
    assert all("Durham County Council" in each for each in results)
    store = Store(tmp_path / "waymark.sqlite3")
    after = store.verify()
    store.close()
    # Saved, and saved again with the empty notes unchanged: at least one entry a visitor.
    assert after.entries >= VISITORS
    assert after.payloads == VISITORS
    assert after.faults == ()
