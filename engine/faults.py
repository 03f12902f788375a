"""What leaves no result: a fault in a rule file, with what to do, or one of durable-rules."""

from __future__ import annotations

from dataclasses import dataclass

DataPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """`file` is the name it was read under; `path` leads to the value inside it."""

    file: str
    path: DataPath
    message: str


class RulebookFaults(Exception):
    """The rules cannot be used. `faults` says why, all at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} fault(s) in the rules")
        self.faults = faults


class DurableRulesFault(Exception):
    """durable-rules answered with something other than success: no result can be trusted."""
