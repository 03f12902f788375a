"""Case files, and a terminal to type at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.typed import Terminal

CaseFile = Callable[[str | bytes], Path]

SERIOUS = """\
area: darlington
dates:
  incident: 2024-12-20
  awareness: 2024-12-20
  other_authority_aware: 2024-12-20
answers:
  danger_now: no
  age_of_person: 0
  what_happened: harmed
  how_serious_was_the_harm: serious_physical
  abuse_or_neglect: suspected
  link_to_abuse_or_neglect: suspected
  where_it_happened: elsewhere_in_england
  authority_of_the_incident: durham
  normally_resident_here: yes
  looked_after: not known
"""


@pytest.fixture
def waymark(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def case_file(tmp_path: Path) -> CaseFile:
    """Writes a case file and gives its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "case.yaml"
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def serious(case_file: CaseFile) -> str:
    """A baby with an unexplained head injury, who lives in Darlington and was hurt in Durham."""
    return str(case_file(SERIOUS))
