"""A rule file that is wrong is refused, with file, line, what is wrong and what to do.

Each file in `bad/` replaces or adds one file of the small rulebook and lists the exact lines that
a lawyer who wrote it would read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rules.loader import FaultyRules, load
from tests.rules.small_rulebook import changed_copy

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def faults_of(folder: Path) -> list[str]:
    """The lines that loading a folder ends with; none when it loads."""
    try:
        load(folder)
    except FaultyRules as faulty:
        return list(faulty.lines)
    return []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_rule_file_is_told_in_exactly_these_lines(path: Path, tmp_path: Path) -> None:
    bad = yaml.safe_load(path.read_text(encoding="utf-8"))
    copy = changed_copy(tmp_path, {bad["file"]: bad["content"]})
    with pytest.raises(FaultyRules) as faulty:
        load(copy)
    assert list(faulty.value.lines) == bad["faults"].splitlines(), bad["about"]
    assert str(faulty.value) == bad["faults"].strip()


def test_every_broken_file_says_what_it_is_about_and_what_is_read() -> None:
    kept = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in BAD]
    assert len(kept) > 100
    assert all(set(bad) == {"about", "file", "content", "faults"} for bad in kept)
    assert all(bad["about"].endswith(".") and bad["faults"].strip() for bad in kept)


def test_the_small_rulebook_itself_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(changed_copy(tmp_path, {})) == []


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    copy = changed_copy(
        tmp_path,
        {
            "act/first.yaml": "source: act\nrule: []\n",
            "act/second.yaml": "source: act\nrules: []\nprocess: []\nroutes: []\n",
        },
    )
    unknown = "this key is not known here: check its spelling, or take it out"
    assert faults_of(copy) == [
        f"act/first.yaml, line 2: rule: {unknown}",
        f"act/second.yaml, line 3: process: {unknown}",
        f"act/second.yaml, line 4: routes: {unknown}",
    ]


def test_a_file_that_cannot_be_read_is_told_before_anything_else(tmp_path: Path) -> None:
    copy = changed_copy(
        tmp_path, {"act/first.yaml": "source: [act\n", "act/second.yaml": "source: act\nrule: []\n"}
    )
    (line,) = faults_of(copy)
    assert line.startswith("act/first.yaml, line 2: this is not readable as YAML")


def test_a_file_that_is_not_text_is_told_with_the_line_where_the_text_ends(tmp_path: Path) -> None:
    copy = changed_copy(tmp_path, {})
    (copy / "act" / "new.yaml").write_bytes(b"source: act\nrules: []\n# \xff\n")
    assert faults_of(copy) == ["act/new.yaml, line 3: this is not text in UTF-8: save it so"]


def test_a_nought_byte_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (line,) = faults_of(changed_copy(tmp_path, {"act/new.yaml": "source: act\nrules: \0\n"}))
    assert line.startswith("act/new.yaml, line 1: this is not readable as YAML (")
