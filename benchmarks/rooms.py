"""A training room with 200 learners on the server as it is run: when the trainer sees an answer.

Two workers with four threads each serve on this machine. Every learner joins with a cookie of
their own and keeps asking whether there is more to see, as a phone does. Then all of them answer,
one in ten pressing twice. The trainer’s page asks as often as its script does, and is read:
an answer has appeared once its sentence stands on it.
"""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks.figures import Figure

LEARNERS = 200
# All of them answer within so many seconds.
PRESSED_WITHIN = 20.0
TRAINER_ASKS_EVERY, PHONE_ASKS_EVERY = 0.5, 3.0
MOST_SECONDS = 2.0
# Nobody waits longer than this for the server, or for the last answer.
PATIENCE = 60
VIGNETTE = "baby-with-an-unexplained-bruise"
CHOICES = ("notify_the_panel", "no_duty_to_notify")
SEED = 2018
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SENTENCE = re.compile(r"Answer number ([0-9]+)\.")
COUNTS = re.compile(r"([0-9]+) joined, ([0-9]+) answered")


class Browser:
    """Cookies, and a connection that is made anew whenever the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """The address that was reached in the end, and what stands there."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode({"csrf_token": self.token, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", address, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        if answer.status == 302:
            return self.ask(answer.headers["Location"])
        if answer.status != 200:
            raise AssertionError(f"{address} answers {answer.status}")
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return address, text


@dataclass
class Seen:
    """When each answer was pressed, and when it stood on the trainer's page."""

    pressed: dict[int, float] = field(default_factory=dict)
    appeared: dict[int, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    page: str = ""
    over: threading.Event = field(default_factory=threading.Event)


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as port:
        seen = _exercise(port)
    # What the trainer's page never showed while it was watched counts as the longest wait.
    delays = sorted(
        seen.appeared.get(each, pressed + PATIENCE) - pressed
        for each, pressed in seen.pressed.items()
    )
    numbers = [int(each) for each in SENTENCE.findall(seen.page)]
    counted = COUNTS.search(seen.page)
    answered = int(counted[2]) if counted else 0
    return [
        Figure(
            "room_slowest_answer",
            f"The slowest of {LEARNERS} answers to appear for the trainer",
            max(delays, default=PATIENCE),
            "s",
            at_most=MOST_SECONDS,
            note=f"from the press to the trainer’s page; all pressed within {PRESSED_WITHIN:g} s",
        ),
        Figure(
            "room_answer", "An answer appears for the trainer (median)", median(delays or [0]), "s"
        ),
        Figure(
            "room_lost",
            "Answers lost",
            LEARNERS - len(set(numbers)) + len(seen.failed),
            "answers",
            at_most=0,
        ),
        Figure(
            "room_twice",
            "Answers counted twice",
            max(answered, len(numbers)) - len(set(numbers)),
            "answers",
            at_most=0,
            note="one learner in ten pressed twice",
        ),
    ]


def _exercise(port: int) -> Seen:
    trainer = Browser(port)
    trainer.ask("/training")
    desk, _ = trainer.ask(f"/training/{VIGNETTE}/room", {})
    code = desk.split("/")[2]
    learners = [Browser(port) for _ in range(LEARNERS)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: _join(each, code), learners))
    chance = random.Random(SEED)
    moments = [chance.uniform(0, PRESSED_WITHIN) for _ in learners]
    seen = Seen()
    start = time.perf_counter() + 1
    threads = [threading.Thread(target=_watch, args=(trainer, code, seen))]
    threads += [
        threading.Thread(target=_take_part, args=(learner, code, number, start + moment, seen))
        for number, (learner, moment) in enumerate(zip(learners, moments, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.page = trainer.ask(f"{desk}?sentences=yes")[1]
    return seen


def _join(learner: Browser, code: str) -> None:
    learner.ask("/join")
    learner.ask("/join", {"code": code})


def _take_part(learner: Browser, code: str, number: int, moment: float, seen: Seen) -> None:
    """Answers at a moment, then waits as a phone does."""
    time.sleep(max(0.0, moment - time.perf_counter()))
    form = {
        "turn": "1",
        "choice": CHOICES[number % len(CHOICES)],
        "sentence": f"Answer number {number}.",
    }
    seen.pressed[number] = time.perf_counter()
    try:
        for _ in range(2 if number % 10 == 0 else 1):
            learner.ask(f"/room/{code}", form)
        while not seen.over.wait(PHONE_ASKS_EVERY):
            learner.ask(f"/room/{code}/state")
    except (OSError, AssertionError) as problem:
        seen.failed.append(f"{number}: {problem}")


def _watch(trainer: Browser, code: str, seen: Seen) -> None:
    """The trainer's page: asks whether something happened, and is loaded again if so."""
    before, until = "", time.perf_counter() + PATIENCE
    while len(seen.appeared) < LEARNERS and time.perf_counter() < until:
        _, state = trainer.ask(f"/room/{code}/trainer/state")
        if state != before:
            before = state
            _, page = trainer.ask(f"/room/{code}/trainer?sentences=yes")
            now = time.perf_counter()
            for number in map(int, SENTENCE.findall(page)):
                seen.appeared.setdefault(number, now)
        time.sleep(TRAINER_ASKS_EVERY)
    seen.over.set()


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """The server on a free port of this machine, with an empty folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--threads", "4", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(
        [*command, "webforms:create_app()"],
        env={**os.environ, "WAYMARK_DATA": str(folder)},
        cwd=Path(__file__).parents[1],
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        try:
            Browser(port).ask("/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")
