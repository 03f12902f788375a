"""The shipped programs, by name: one for each stage, procedure and stretch of time."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from hypothesis import strategies as st

from engine.program import Program
from engine.proof import every_program
from rules.loader import rulebook

TODAY = date(2026, 6, 10)


@lru_cache(maxsize=1)
def shipped_programs() -> dict[str, Program]:
    """Every program of the shipped rules, such as `refer none 2023-12-15`."""
    return {
        f"{each.stage.id} {each.overlay.id} {each.day}": each
        for each in every_program(rulebook(), TODAY)
    }


# Drawn by name, so that an example that fails can be read.
NAMES = tuple(shipped_programs())
names = st.sampled_from(NAMES)
