"""The kernel with its trace against zen-engine with its trace, for the same rules and cases."""

from __future__ import annotations

from functools import partial
from statistics import median

from benchmarks.cases import random_answers, refer
from benchmarks.figures import Figure
from benchmarks.on_zen import Zen
from benchmarks.timing import in_turns, ratio
from engine.kernel import kernel_of

CASES = 400
ROUNDS = 15
TIMES_FASTER = 50


def figures() -> list[Figure]:
    program = refer()
    kernel, zen = kernel_of(program), Zen(program)
    cases = random_answers(program, CASES)
    for known in cases:
        if kernel.statuses(known) != zen.statuses(known):
            raise AssertionError(f"zen-engine and the kernel differ on {known}")
    # zen is given its rails ready made; the kernel takes the answers as they are.
    contexts = [zen.context(known) for known in cases]
    seconds = in_turns(
        {
            "kernel": [partial(kernel.trace, known) for known in cases],
            "zen": [partial(zen.run, context) for context in contexts],
        },
        ROUNDS,
    )
    size = f"{len(program.asked)} questions, {len(program.findings)} findings"
    return [
        Figure(
            "kernel_trace",
            "Assessment with full trace, kernel",
            1e6 * median(seconds["kernel"]),
            "µs",
            note=(
                "from the answers (an age as its range) to how every finding stands, which rule "
                f"concluded it, and the route: stage refer, {size}, {len(program.routes)} routes"
            ),
        ),
        Figure(
            "zen_trace",
            "The same, zen-engine with trace",
            1e6 * median(seconds["zen"]),
            "µs",
            note=f"a precompiled decision graph; same results on {CASES} random cases",
        ),
        Figure(
            "kernel_over_zen",
            "The kernel is faster by",
            ratio(seconds, "zen", "kernel"),
            "times",
            at_least=TIMES_FASTER,
        ),
    ]
