"""The next question, and why it is asked, at every step of the way through the training cases."""

from __future__ import annotations

from functools import partial
from statistics import median

from benchmarks.cases import training
from benchmarks.figures import Figure
from benchmarks.timing import Call, one_by_one
from engine.answers import NOT_KNOWN, Answer
from engine.edition import program_for
from engine.explain import why_asked
from engine.journey import journey
from rules.loader import rulebook

ROUNDS = 10
MOST_MILLISECONDS = 1
STAGES = ("refer", "notify", "rapid-review", "parallel")


def figures() -> list[Figure]:
    nexts, whys = _calls()
    asked = one_by_one(nexts, ROUNDS)
    told = one_by_one(whys, ROUNDS)
    return [
        Figure(
            "next_question",
            "The next question (median)",
            1e3 * median(asked),
            "ms",
            at_most=MOST_MILLISECONDS,
            note=(
                "path, next question, what is open and what is set aside; "
                f"{len(nexts)} steps of the training cases, all stages"
            ),
        ),
        Figure("next_question_slowest", "The next question (slowest step)", _slowest(asked), "ms"),
        Figure("why_asked", "Why it is asked (median)", 1e3 * median(told), "ms"),
    ]


def _calls() -> tuple[list[Call], list[Call]]:
    nexts: list[Call] = []
    whys: list[Call] = []
    for stage in STAGES:
        for case in training(stage):
            program = program_for(rulebook(), case)
            answers: dict[str, Answer] = {}
            while True:
                so_far = dict(answers)
                nexts.append(partial(journey, program, so_far))
                question = journey(program, so_far).next
                if question is None:
                    break
                whys.append(partial(why_asked, program, so_far, question))
                answers[question] = case.answers.get(question, NOT_KNOWN)
    return nexts, whys


def _slowest(seconds: list[float]) -> float:
    """The slowest step, each taken at the median of its rounds: one hiccup does not count."""
    steps = len(seconds) // ROUNDS
    return 1e3 * max(median(seconds[step::steps]) for step in range(steps))
