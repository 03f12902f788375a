"""Claim 5: what is not known settles nothing that an answer would settle otherwise."""

from __future__ import annotations

from engine.expression import Status
from engine.program import Program
from engine.proof.claim import Claim, case_in_words, claim_of
from engine.readings import readings_of

SAFE = "Not known never rules out what an answer would establish"


def not_known_is_safe(program: Program) -> Claim:
    """Claim 5: with answers not known, nothing is ruled out that some completion establishes.

    The other way round too: nothing is established that some completion rules out.
    """
    readings = readings_of(program)
    d = readings.diagrams
    for finding, status in readings.status.items():
        for level in d.levels_in(status):
            unknown = d.restrict(status, level, len(readings.values[level]) - 1)
            for child in range(len(readings.values[level]) - 1):
                known = d.restrict(status, level, child)
                clash = d.find(d.apply("clash", _clash, unknown, known), True)
                if clash is not None:
                    case = case_in_words(readings, {**clash, level: child})
                    return claim_of(
                        "5 safe",
                        SAFE,
                        program,
                        f"'{finding}' is settled while '{readings.questions[level]}' is not known, "
                        f"yet otherwise for: {case}",
                    )
    return claim_of("5 safe", SAFE, program, None)


def _clash(unknown: object, known: object) -> bool:
    return unknown is not Status.OPEN and unknown is not known
