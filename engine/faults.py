"""A fault in a rule file: where, what is wrong, and what to do."""

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
