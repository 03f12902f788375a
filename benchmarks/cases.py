"""The cases that are measured: random ones for the evaluators, the training cases for the rest."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from pathlib import Path

from commands.casefile import read_case
from engine.answers import NOT_KNOWN, Case
from engine.edition import program_on
from engine.program import Program
from rules.loader import rulebook

FIXTURES = Path(__file__).parents[1] / "fixtures"
DAY = date(2025, 3, 4)
SEED = 2018


def refer() -> Program:
    """The shipped program of stage `refer`, under Working Together 2023, no local procedure."""
    return program_on(rulebook(), "refer", "none", DAY)


def random_answers(program: Program, count: int) -> list[dict[str, str]]:
    """Cases with an answer to every question, one in five of them "not known"."""
    chance = random.Random(SEED)
    return [
        {
            asked.question.id: NOT_KNOWN if chance.random() < 0.2 else chance.choice(asked.values)
            for asked in program.asked
        }
        for _ in range(count)
    ]


@cache
def training(stage: str) -> tuple[Case, ...]:
    """The training cases of a stage."""
    paths = sorted((FIXTURES / "training" / stage).glob("*.yaml"))
    return tuple(read_case(path, rulebook(), None, date.today()).case for path in paths)
