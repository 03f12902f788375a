"""What is done once: compiling a program and proving all of them. And many cases at once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median
from time import perf_counter

from benchmarks.cases import DAY, SEED, refer
from benchmarks.figures import Figure
from benchmarks.timing import in_turns
from engine.edition import program_on
from engine.firing import firing_of
from engine.kernel import Kernel, kernel_of
from engine.proof import prove
from engine.readings import readings_of
from rules.loader import RULES, load

REPEATS = 5
LANES = 100_000
COMPILING = ("kernel", "diagrams", "durable-rules")


def figures() -> list[Figure]:
    took = {name: 1e3 * median(seconds) for name, seconds in _built().items()}
    return [
        Figure("reading", "Reading and checking all rule files", took["reading"], "ms"),
        Figure(
            "compiling",
            "Compiling one program for all three evaluators",
            sum(took[each] for each in COMPILING),
            "ms",
            note=", ".join(f"{each} {took[each]:.1f} ms" for each in COMPILING) + "; stage refer",
        ),
        Figure(
            "proof",
            "Proving everything",
            took["proof"],
            "ms",
            note="every stage, area and edition, over all partial cases",
        ),
        _lanes(),
    ]


def _built() -> dict[str, list[float]]:
    """Seconds of each thing that is built, once a repeat."""
    seconds: dict[str, list[float]] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        seconds.setdefault(name, []).append(perf_counter() - started)

    for _ in range(REPEATS):
        with timed("reading"):
            # Read afresh it is a rulebook of its own, of which nothing has been compiled yet.
            fresh = load(RULES)
        # Already made when the files were checked.
        program = program_on(fresh, "refer", "none", DAY)
        with timed("kernel"):
            kernel_of(program)
        with timed("diagrams"):
            readings_of(program)
        with timed("durable-rules"):
            firing_of(program)
        with timed("proof"):
            claims = prove(fresh, date.today())
        failed = [claim for claim in claims if not claim.holds]
        if failed:
            raise AssertionError(f"a claim does not hold: {failed[0]}")
    return seconds


def _lanes() -> Figure:
    kernel = kernel_of(refer())
    columns = _columns(kernel)
    full = (1 << LANES) - 1
    seconds = in_turns({"lanes": [lambda: kernel.decide(columns, full)]}, REPEATS)
    return Figure(
        "lanes",
        f"{LANES:,} cases at once in the kernel",
        1e3 * median(seconds["lanes"]),
        "ms",
        note="lane k of a big integer is case k; the answers are packed beforehand",
    )


def _columns(kernel: Kernel) -> list[int]:
    """Random answers to every question, one in so many of them not known, packed into lanes."""
    chance = random.Random(SEED)
    values: dict[str, list[str]] = {}
    for question, value in kernel.columns:
        values.setdefault(question, []).append(value)
    given = {
        question: chance.choices([*options, ""], k=LANES) for question, options in values.items()
    }
    return [
        int("".join("1" if each == value else "0" for each in given[question]), 2)
        for question, value in kernel.columns
    ]
