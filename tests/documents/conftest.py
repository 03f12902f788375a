"""What every test of the documents shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from webforms.store import Store

from . import cases


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = cases.new_store(tmp_path)
    yield made
    made.close()
