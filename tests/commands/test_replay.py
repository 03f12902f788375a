"""Stored records are worked out again on the rules by which they were made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import rules.loader
from engine.answers import Answer, Case
from engine.assessment import assess
from engine.rulebook import Rulebook
from rules.calendar import england
from tests.commands.typed import Terminal
from webforms import rule_files
from webforms.plain import differing, plain
from webforms.store import CaseRow, Store, migrate, sha256

# A record of before a finding told what is not settled, and a deadline what is only expected.
MADE_BEFORE = Path(__file__).parent / "made_by_9ca2730"
STAGES = ("notify", "rapid-review", "review", "learning", "parallel")
ANSWERS: dict[str, Answer] = {
    "age_of_person": 0,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
    "looked_after": "not known",
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database that the command reads."""
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path))
    path = tmp_path / "waymark.sqlite3"
    migrate(path)
    opened = Store(path, lambda: datetime(2026, 6, 10, 17, tzinfo=UTC))
    yield opened
    opened.close()


def record(rulebook: Rulebook) -> dict[str, Any]:
    """What a signed record holds of its facts and its assessments."""
    assessments = {}
    for stage in STAGES:
        asked = rulebook.stages[stage].questions
        answers = {each: answer for each, answer in ANSWERS.items() if each in asked}
        case = Case(stage, "darlington", {"awareness": date(2024, 5, 2)}, answers)
        assessments[stage] = plain(assess(rulebook, case, england()))
    inputs = {"area": "darlington", "dates": {"awareness": "2024-05-02"}, "answers": ANSWERS}
    return {"inputs": inputs, "assessments": assessments, "recommended": "", "differs": None}


def signed(store: Store, made: dict[str, Any], version: str) -> CaseRow:
    account = store.accept(_key(store), "Independent chair", "no password")
    row = store.open_case("darlington", "DAR", "Child A", account.id)
    assert store.sign(row.id, made, account=account.id, rules=version, after=0, read_to=0)
    return row


def _key(store: Store) -> str:
    return sha256(store.invite("chair", "darlington", ""))


def test_a_record_that_was_signed_replays_to_the_same_assessments(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    signed(store, record(rulebook), rulebook.version)
    said = waymark("replay", "DAR-26-0001")
    assert said.code == 0
    assert said.out.count("the same") == len(STAGES)
    assert "5 assessments worked out again; 0 differ. The log is sound." in said.out


def test_a_record_of_before_it_was_kept_what_its_signer_had_read_replays_as_well(
    store: Store, rulebook: Rulebook, waymark: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = Store._record

    def as_it_was(self: Store, kind: str, payload: dict[str, Any], rules_version: str) -> int:
        kept = {name: each for name, each in payload.items() if name != "read_to"}
        return seal(self, kind, kept, rules_version)

    monkeypatch.setattr(Store, "_record", as_it_was)
    row = signed(store, record(rulebook), rulebook.version)
    (older,) = store.signed(row.id)
    assert older.read_to == older.seq
    said = waymark("replay", "DAR-26-0001")
    assert said.code == 0
    assert "5 assessments worked out again; 0 differ. The log is sound." in said.out


def test_a_record_that_says_something_else_is_told_and_exits_1(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    made = record(rulebook)
    made["assessments"]["notify"]["route"]["id"] = "no_duty_to_notify"
    signed(store, made, rulebook.version)
    said = waymark("replay")
    assert said.code == 1
    assert "DIFFERS in route" in said.out


def test_a_record_made_under_older_rules_is_worked_out_on_those(
    store: Store, rulebook: Rulebook, waymark: Terminal, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    for path in sorted(rules.loader.RULES.rglob("*.yaml")):
        target = old / path.relative_to(rules.loader.RULES)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        target.write_text(
            text.replace("title: Notify the Panel\n", "title: Tell the Panel, in older words\n"),
            encoding="utf-8",
        )
    older = rules.loader.load(old)
    assert older.version != rulebook.version
    made = record(older)
    assert made["assessments"]["notify"]["route"]["title"] == "Tell the Panel, in older words"
    signed(store, made, older.version)
    # Without the rules of that version nothing can be said of it, and that is told.
    said = waymark("replay")
    assert said.code == 1
    assert "the rules of that version are not kept here" in said.out
    store.keep_rules(older.version, rule_files.packed(old))
    said = waymark("replay")
    assert said.code == 0, said.out


def made_before() -> tuple[dict[str, Any], str]:
    """The record that an earlier commit made, and the version of its rules."""
    made = json.loads(gzip.decompress((MADE_BEFORE / "record.json.gz").read_bytes()))
    return made["record"], made["rules_version"]


def test_a_record_that_an_earlier_engine_made_replays_though_today_more_is_told(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    made, version = made_before()
    assert version != rulebook.version
    assert "not_settled" not in made["assessments"]["notify"]["findings"][0]
    assert "expected" not in str(made["assessments"]["notify"]["route"]["steps"])
    store.keep_rules(version, (MADE_BEFORE / "rules.zip").read_bytes())
    signed(store, made, version)
    said = waymark("replay")
    assert said.code == 0, said.out
    assert "5 assessments worked out again; 0 differ. The log is sound." in said.out


def test_what_an_earlier_engine_found_otherwise_is_told_all_the_same(
    store: Store, waymark: Terminal
) -> None:
    made, version = made_before()
    made["assessments"]["notify"]["findings"][0]["status"] = "open at that time"
    del made["assessments"]["notify"]["rationale"][-1]
    del made["assessments"]["review"]["findings"][0]["paraphrase"]
    store.keep_rules(version, (MADE_BEFORE / "rules.zip").read_bytes())
    signed(store, made, version)
    said = waymark("replay")
    assert said.code == 1
    assert "DIFFERS in findings, rationale\n" in said.out
    assert "DIFFERS in findings\n" in said.out
    assert "5 assessments worked out again; 2 differ." in said.out


@dataclass(frozen=True)
class Part:
    """What an engine gives back: `since` was added later."""

    id: str
    since: str = ""


@dataclass(frozen=True)
class Whole:
    parts: tuple[Part, ...]


class TestAFieldThatWhatWasKeptDoesNotKnow:
    KEPT: Mapping[str, Any] = MappingProxyType({"parts": [{"id": "a"}]})

    def test_is_the_same_while_it_tells_nothing(self) -> None:
        assert differing(Whole((Part("a"),)), self.KEPT) == ()

    def test_differs_where_it_tells_something(self) -> None:
        assert differing(Whole((Part("a", "more"),)), self.KEPT) == ("parts",)

    def test_differs_where_it_always_tells_something(self) -> None:
        assert differing(Whole(()), {}) == ("parts",)

    def test_is_compared_once_it_was_kept(self) -> None:
        kept = {"parts": [{"id": "a", "since": "more"}]}
        assert differing(Whole((Part("a"),)), kept) == ("parts",)

    def test_differs_where_only_what_was_kept_knows_it(self) -> None:
        assert differing(Part("a"), {"id": "a", "gone": ""}) == ("gone",)


def test_other_rules_under_the_name_of_a_version_are_not_taken_for_it(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    signed(store, record(rulebook), "older")
    for files in (rule_files.packed(rules.loader.RULES), b"no archive"):
        store.db.execute("DELETE FROM rule_files")
        store.keep_rules("older", files)
        said = waymark("replay")
        assert said.code == 1
        assert "the rules of that version are not kept here, or not as they were" in said.out


def test_what_the_list_shows_of_a_case_is_worked_out_again_and_mended(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    row = signed(store, record(rulebook), rulebook.version)
    waymark("replay")
    sound = store.case(row.reference)
    assert sound is not None
    assert not sound.closed
    assert sound.summary["signed"] == 1
    store.db.execute("UPDATE cases SET closed = 1, summary = '{}'")
    store.db.conn.commit()
    said = waymark("replay")
    assert said.code == 0
    told = "DAR-26-0001: the list of cases showed it otherwise than it stands; mended"
    assert told in said.out
    again = store.case(row.reference)
    assert again is not None
    assert (again.closed, again.summary) == (False, sound.summary)
    assert told not in waymark("replay").out


def test_a_saved_check_is_worked_out_again_as_well(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    made = record(rulebook)
    payload = {
        "case": {
            "stage": "notify",
            "area": "darlington",
            "dates": {"awareness": "2024-05-02", "incident": "not known"},
            "answers": ANSWERS,
        },
        "assessment": made["assessments"]["notify"],
        "rules_version": rulebook.version,
    }
    reference = store.save(payload, rulebook.version)
    # The command asks the clock of today, when what was saved for a test is long too old.
    store.db.execute("UPDATE saved SET expires = 4e9")
    store.db.conn.commit()
    said = waymark("replay", reference)
    assert said.code == 0
    assert "1 assessment worked out again; 0 differ" in said.out


def test_a_log_that_was_tampered_with_is_told(
    store: Store, rulebook: Rulebook, waymark: Terminal
) -> None:
    signed(store, record(rulebook), rulebook.version)
    store.db.execute("UPDATE payloads SET body = replace(body, 'darlington', 'gateshead')")
    store.db.conn.commit()
    said = waymark("replay")
    assert said.code == 1
    assert "The log is NOT sound." in said.out


def test_a_reference_under_which_nothing_is_stored_is_told(store: Store, waymark: Terminal) -> None:
    said = waymark("replay", "DAR-26-0099")
    assert said.code == 2
    assert "nothing is stored under DAR-26-0099" in said.err


def test_nothing_stored_at_all_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waymark: Terminal
) -> None:
    monkeypatch.setenv("WAYMARK_DATA", str(tmp_path / "nowhere"))
    said = waymark("replay")
    assert said.code == 0
    assert "0 assessments" in said.out
