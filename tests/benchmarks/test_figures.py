"""How figures are shown, and that a missed bound fails the run. Nothing is measured here."""

from __future__ import annotations

import json

import pytest

from benchmarks.figures import Figure
from benchmarks.run import main

KEPT = Figure("kept", "Kept", 4.0, "ms", at_most=5)
MISSED = Figure("missed", "Missed", 49.0, "times", at_least=50, note="by a little")
ONLY_SAID = Figure("said", "Only said", 1234.5, "ms")


def test_a_kept_bound_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(parts=(lambda: [KEPT, ONLY_SAID],)) == 0
    said = capsys.readouterr().out
    assert "≤ 5" in said
    assert "met" in said
    assert "1,234" in said


def test_a_missed_bound_fails_and_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(parts=(lambda: [KEPT], lambda: [MISSED])) == 1
    said = capsys.readouterr().out
    assert "MISSED" in said
    assert "Missed: by a little" in said


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(json_wanted=True, parts=(lambda: [KEPT, MISSED],)) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["met"] is False
    assert [each["met"] for each in said["figures"]] == [True, False]
    assert said["figures"][1]["at_least"] == 50
    assert said["environment"]["python"]
