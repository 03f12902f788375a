"""The store: a chain that cannot be mended unseen, and payloads that can be erased from it."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from webforms.store import Store, migrate, new_reference, reference_key

VERSION = "rules-1"
# The rest of an entry, copied from another one.
REST = "time, kind, rules_version, commitment, previous, hash FROM log"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "waymark.sqlite3"
    migrate(path)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def saved(store: Store, count: int = 3) -> list[str]:
    """Saves some payloads and gives the keys under which they are kept."""
    references = [store.save({"secret": f"payload {number}"}, VERSION) for number in range(count)]
    return [reference_key(each) or "" for each in references]


class TestReferences:
    def test_they_are_readable_and_never_the_same(self) -> None:
        made = {new_reference() for _ in range(1000)}
        assert len(made) == 1000
        assert all(re.fullmatch(r"WM(-[0-9A-HJKMNP-TV-Z]{4}){4}", each) for each in made)

    @pytest.mark.parametrize(
        "typed",
        [
            "WM-7GQX-0N3D-V2KC-M8RT",
            "wm7gqx0n3dv2kcm8rt",
            "7GQX 0N3D V2KC M8RT",
            " WM – 7GQX – ON3D – V2KC – M8RT ",
        ],
    )
    def test_one_reference_however_it_is_typed(self, typed: str) -> None:
        assert reference_key(typed) == reference_key("WM-7GQX-0N3D-V2KC-M8RT")

    @pytest.mark.parametrize(
        "typed", ["", "WM", "WM-7GQX-0N3D-V2KC-M8R", "WM-7GQX-0N3D-V2KC-M8RTT", "é" * 16]
    )
    def test_what_cannot_be_one(self, typed: str) -> None:
        assert reference_key(typed) is None


class TestChain:
    def test_what_is_saved_can_be_read_and_the_chain_holds(self, store: Store) -> None:
        keys = saved(store)
        kept = store.saved(keys[1])
        assert kept
        assert kept.payload == {"secret": "payload 1"}
        assert store.verify().entries == 3
        assert store.verify().faults == ()

    def test_erasing_leaves_the_chain_intact_and_no_trace(self, store: Store, path: Path) -> None:
        keys = saved(store)
        assert store.erase_saved(keys[1])
        assert not store.erase_saved(keys[1])
        assert store.saved(keys[1]) is None
        after = store.verify()
        assert (after.entries, after.payloads, after.faults) == (4, 2, ())
        store.close()
        for file in path.parent.iterdir():
            assert b"payload 1" not in file.read_bytes()

    def test_saving_again_replaces_what_was_saved(self, store: Store) -> None:
        (key,) = saved(store, 1)
        assert store.save_again(key, {"secret": "new"}, "rules-2")
        kept = store.saved(key)
        assert kept
        assert (kept.payload, kept.rules_version) == ({"secret": "new"}, "rules-2")
        assert (store.verify().entries, store.verify().payloads) == (2, 1)
        assert not store.save_again("unknown", {}, VERSION)

    def test_equal_payloads_have_unlike_commitments(self, store: Store) -> None:
        for _ in range(2):
            store.save({"same": True}, VERSION)
        rows = [row["commitment"] for row in store.db["log"].rows]
        assert len(set(rows)) == 2

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE log SET kind = 'other'",
            "DELETE FROM log",
            f"INSERT INTO log SELECT 9, {REST} WHERE seq = 3",
            f"INSERT INTO log SELECT 4, {REST} WHERE seq = 3",
            f"INSERT OR REPLACE INTO log SELECT 2, {REST} WHERE seq = 2",
            f"REPLACE INTO log SELECT 1, {REST} WHERE seq = 1",
            "INSERT INTO log VALUES (NULL, '', '', '', '', '', '')",
        ],
    )
    def test_the_log_refuses_to_be_changed(self, store: Store, path: Path, statement: str) -> None:
        saved(store)
        other = sqlite3.connect(path)  # without sqlite-utils, and without recursive triggers
        with pytest.raises(sqlite3.IntegrityError, match="log"):
            other.execute(statement)
        other.close()
        assert store.verify().faults == ()

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE log SET kind = 'other' WHERE seq = 2", "Entry 2 is not what it was"),
            ("DELETE FROM log WHERE seq = 2", "Entry 3 does not follow entry 1"),
            ("UPDATE log SET hash = 'x' WHERE seq = 1", "Entry 2 does not hold the hash"),
            ("UPDATE payloads SET body = '{}' WHERE seq = 3", "with entry 3 has been changed"),
        ],
    )
    def test_whoever_takes_the_triggers_away_is_found_out(
        self, store: Store, path: Path, statement: str, fault: str
    ) -> None:
        saved(store)
        other = sqlite3.connect(path)
        for name in ("log_is_never_updated", "log_is_never_deleted", "log_grows_at_its_end"):
            other.execute(f"DROP TRIGGER {name}")
        other.execute("PRAGMA foreign_keys=OFF")
        other.execute(statement)
        other.commit()
        other.close()
        assert any(fault in each for each in store.verify().faults)


class TestVisits:
    def test_a_visit_is_kept_changed_and_erased(self, store: Store) -> None:
        assert store.visit("key") is None
        with store.changing_visit("key") as data:
            data["answers"] = {"a": 1}
        with store.changing_visit("key") as data:
            data["answers"]["b"] = 2
        assert store.visit("key") == {"answers": {"a": 1, "b": 2}}
        store.erase_visit("key")
        assert store.visit("key") is None

    def test_a_change_that_fails_changes_nothing(self, store: Store) -> None:
        with pytest.raises(ZeroDivisionError), store.changing_visit("key") as data:
            data["answers"] = 1 / 0
        assert store.visit("key") is None
        with store.changing_visit("key"):
            pass


def _append(path: Path, count: int) -> None:
    store = Store(path)
    for number in range(count):
        store.save({"number": number}, VERSION)
        with store.changing_visit("shared") as data:
            data["count"] = data.get("count", 0) + 1
    store.close()


def test_many_writers_lose_nothing_and_keep_one_chain(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append, args=(path, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    store = Store(path)
    assert store.visit("shared") == {"count": 100}
    assert (store.verify().entries, store.verify().faults) == (100, ())
    store.close()


def test_workers_that_start_together_migrate_once(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=migrate, args=(path,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    store = Store(path)
    assert saved(store, 1)
    store.close()
