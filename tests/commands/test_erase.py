"""`waymark erase`: a case goes for good, and the log says so and still holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.main import waymark
from webforms.config import DATABASE_FILE
from webforms.store import CaseRow, Store, migrate, sha256


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database that the command works on."""
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path))
    migrate(tmp_path / DATABASE_FILE)
    opened = Store(tmp_path / DATABASE_FILE)
    yield opened
    opened.close()


@pytest.fixture
def row(store: Store) -> CaseRow:
    account = store.accept(sha256(store.invite("chair", "darlington")), "Review chair", "hash")
    row = store.open_case("darlington", "DAR", "Child A", account.id)
    store.write(
        row.id, "meeting", "", {"facts": "Words"}, account=account.id, after=0, rules="rules-1"
    )
    return row


def erase(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(waymark, ["erase", *arguments], input=typed)


def test_a_case_is_erased_once_that_was_confirmed(store: Store, row: CaseRow) -> None:
    result = erase(row.reference.lower(), typed="y\n")
    assert result.exit_code == 0, result.output
    assert f"Case {row.reference} is erased: 1 entry, 0 signed records." in result.output
    assert "The log is sound." in result.output
    assert store.case(row.reference) is None
    assert store.history(row.id) == ()
    assert store.verify().faults == ()


def test_without_a_yes_nothing_is_erased(store: Store, row: CaseRow) -> None:
    for typed in ("n\n", "\n", ""):
        assert erase(row.reference, typed=typed).exit_code == 1
    assert store.case(row.reference)
    assert erase(row.reference, "--yes").exit_code == 0


def test_a_case_that_is_not_there_is_told(store: Store, row: CaseRow) -> None:
    erase(row.reference, "--yes")
    for reference in (row.reference, "DAR-26-0099"):
        result = erase(reference, "--yes")
        assert result.exit_code == 1
        assert f"there is no case {reference}" in result.output


def test_nothing_is_made_where_there_is_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "nowhere"))
    assert "there is no case DAR-26-0001" in erase("DAR-26-0001", "--yes").output
    assert not (tmp_path / "nowhere").exists()
