"""What is typed at a terminal, and what comes back."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from commands.main import main


@dataclass(frozen=True)
class Said:
    """The exit code, and what went to standard output and to standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.out)
        return read


class Terminal:
    """Runs `waymark` in this process, as its console script would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def __call__(self, *words: str) -> Said:
        self.monkeypatch.setattr(sys, "argv", ["waymark", *words])
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = self.capsys.readouterr()
        return Said(code, out, err)
