"""What the page on adding an edition says is done to a copy of the rules, and holds."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from commands.as_text import differences_text
from engine.comparison import all_differences, compared
from engine.edition import program_on
from engine.proof import PROGRAM_CLAIMS
from engine.rulebook import Rulebook
from rules.loader import RULES, load

PAGE = Path(__file__).parents[2] / "docs" / "adding-an-edition.md"
FILE = re.compile(r"`([a-z0-9/-]+\.yaml)`")
BLOCK = re.compile(r"^```(\w+)( each)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def apply_page(rules: Path) -> None:
    """Does to `rules` what the page says, block by block."""
    page = PAGE.read_text(encoding="utf-8")
    for block in BLOCK.finditer(page):
        kind, each, text = block.groups()
        if kind == "text":
            continue
        name = FILE.findall(page[: block.start()])[-1]
        if kind == "yaml":
            path = rules / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        lines = text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        there = (rules / name).read_text(encoding="utf-8")
        count = there.count(old)
        assert count >= 1 if each else count == 1, f"{name} has {count} of:\n{old}"
        (rules / name).write_text(there.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def rulebook_2027(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    rules = tmp_path_factory.mktemp("edition") / "rules"
    shutil.copytree(RULES, rules, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    apply_page(rules)
    return load(rules)


def test_the_page_shows_what_the_new_edition_changes(rulebook_2027: Rulebook) -> None:
    old, new = compared(rulebook_2027, "2026", "2027")
    shown = differences_text(old, new, all_differences(rulebook_2027, old, new))
    assert shown in PAGE.read_text(encoding="utf-8")
    assert "was within 5 working days" not in shown
    assert "notify_in_three_working_days" in shown
    assert "child_died_in_custody" in shown


@pytest.mark.parametrize("claim", PROGRAM_CLAIMS, ids=lambda claim: claim.__name__)
def test_what_is_proved_of_every_edition_holds_of_the_new_one(
    rulebook_2027: Rulebook, claim: object
) -> None:
    for overlay in rulebook_2027.overlays:
        program = program_on(rulebook_2027, "notify", overlay.area, date(2027, 1, 1))
        result = claim(program)  # type: ignore[operator]
        assert result.holds, result.counterexample
