"""Timing: warmed up, repeated, and taken in turns, so that a busy machine is busy for everyone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from time import perf_counter

Call = Callable[[], object]


@contextmanager
def steady() -> Iterator[None]:
    """Keeps the collector of garbage from choosing its own moments."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def in_turns(works: Mapping[str, Sequence[Call]], rounds: int) -> dict[str, list[float]]:
    """Seconds a call of each work, one figure a round; in each round all of them take a turn.

    A first round, which is not counted, warms everything up.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        with steady():
            for name, calls in works.items():
                started = perf_counter()
                for call in calls:
                    call()
                if turn:
                    seconds[name].append((perf_counter() - started) / len(calls))
    return seconds


def one_by_one(calls: Sequence[Call], rounds: int) -> list[float]:
    """Seconds of every single call, after a first round that is not counted."""
    seconds: list[float] = []
    for turn in range(rounds + 1):
        with steady():
            for call in calls:
                started = perf_counter()
                call()
                if turn:
                    seconds.append(perf_counter() - started)
    return seconds


def ratio(seconds: Mapping[str, Sequence[float]], slow: str, fast: str) -> float:
    """How many times as long `slow` takes: the median of the rounds, each against its own."""
    return median(a / b for a, b in zip(seconds[slow], seconds[fast], strict=True))
