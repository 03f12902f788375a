"""The tables of numbered statements say what the rules take each statement's strength to be."""

from __future__ import annotations

import re
from pathlib import Path

from engine.rulebook import Rulebook

PAGE = Path(__file__).parents[2] / "docs" / "statements.md"
ROW = re.compile(r"^\| ([A-Z]+-\d{3}) \|.*\| ([a-z, ]+) \|$", re.MULTILINE)
STRONG = ("must", "should", "may")


def test_the_strengths_in_the_tables_are_those_of_the_rules(rulebook: Rulebook) -> None:
    said = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    listed = {name: str(strength) for name, strength in rulebook.statement_strengths.items()}
    assert said
    for name, words in said.items():
        # A statement of two parts is as strong as the stronger.
        strongest = next((each for each in STRONG if each in words.split(", ")), "none")
        assert listed.get(name, "none") == strongest, name


def test_every_statement_of_the_shorter_texts_is_in_a_table_once(rulebook: Rulebook) -> None:
    rows = [name for name, _ in ROW.findall(PAGE.read_text(encoding="utf-8"))]
    expected = [
        f"{prefix}-{number:03d}"
        for prefix, last, _ in rulebook.numbered
        if prefix in ("IW", "G", "N")
        for number in range(1, last + 1)
    ]
    assert rows == expected
