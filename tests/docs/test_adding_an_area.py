"""What the page on adding an area says is done to a copy of the rules; it shows what is said."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from commands.as_text import proof_text
from engine.answers import Answer, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.coverage import coverage
from engine.edition import epochs, program_on
from engine.proof import PROGRAM_CLAIMS, narrowed, no_review_is_compelled, no_strength_is_raised
from engine.rulebook import Rulebook
from rules.loader import RULES, FaultyRules, load

PAGE = (Path(__file__).parents[2] / "docs" / "adding-an-area.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(PAGE)
STAGES = ("refer", "notify", "rapid-review", "review", "learning", "parallel")

# What is written, and what is shown, in the order of the page.
SOURCE, NUMBERED, STRENGTHS, OVERLAY = (text for kind, text in BLOCKS if kind == "yaml")
UNNAMED, MISSPELT, MUST = (text for kind, text in BLOCKS if kind == "")
SERIOUS: dict[str, Answer] = {
    "age_of_person": 3,
    "what_happened": "died",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
}


def with_fenmoor(folder: Path, overlay: str = OVERLAY, source: str = SOURCE) -> Path:
    """A copy of the rules with what the page says added."""
    rules = folder / "rules"
    shutil.copytree(RULES, rules, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (rules / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(source)
    insert(rules / "statements.yaml", "\nnumbered:\n", NUMBERED)
    for strength, statements in yaml.safe_load(STRENGTHS).items():
        added = "".join(f"{each}, " for each in statements)
        insert(rules / "statements.yaml", f"\n  {strength}: [", added)
    path = rules / "local" / "fenmoor-2024" / "overlay.yaml"
    path.parent.mkdir()
    path.write_text(overlay, encoding="utf-8")
    return rules


def insert(path: Path, after: str, text: str) -> None:
    there = path.read_text(encoding="utf-8")
    assert there.count(after) == 1
    path.write_text(there.replace(after, after + text), encoding="utf-8")


def changed(old: str, new: str) -> str:
    assert OVERLAY.count(old) == 1
    return OVERLAY.replace(old, new)


@pytest.fixture(scope="module")
def fenmoor(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load(with_fenmoor(tmp_path_factory.mktemp("area")))


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_new_area_is_covered(fenmoor: Rulebook) -> None:
    found = coverage(fenmoor)
    assert found.complete
    own = {each.id: each.encoded_in for each in found.statements if each.id.startswith("F-")}
    assert set(own) == {"F-001", "F-002", "F-003", "F-004"}
    assert all(own.values())
    assert no_strength_is_raised(fenmoor).holds


@pytest.mark.parametrize("stage", STAGES)
def test_everything_is_proved_of_the_new_area(stage: str, fenmoor: Rulebook) -> None:
    started = date(2024, 4, 1)
    days = [each for each in epochs(fenmoor) if each >= started]
    assert days
    for day in days:
        local = program_on(fenmoor, stage, "fenmoor", day)
        assert local.overlay.id == "fenmoor-2024"
        for claim in PROGRAM_CLAIMS:
            result = claim(local)
            assert result.holds, result.counterexample
        assert narrowed(program_on(fenmoor, stage, "none", day), local) == ""


def test_the_new_area_has_its_steps_and_words(fenmoor: Rulebook, working_days: WorkingDays) -> None:
    dates = {"incident": date(2024, 4, 2), "awareness": date(2024, 4, 2)}
    route = assess(fenmoor, Case("notify", "fenmoor", dates, SERIOUS), working_days).route
    assert route is not None
    first = next(each for each in route.steps if each.id == "fenmoor_call_the_partners")
    assert (first.who, first.due) == ("Fenmoor Council", date(2024, 4, 3))
    before = {"incident": date(2024, 3, 28), "awareness": date(2024, 3, 28)}
    result = assess(fenmoor, Case("notify", "fenmoor", before, SERIOUS), working_days)
    assert any("was not in force on the date of this case" in each for each in result.warnings)


# What the page shows of faults


def faults(rules: Path) -> tuple[str, ...]:
    with pytest.raises(FaultyRules) as faulty:
        load(rules)
    return faulty.value.lines


def test_before_the_source_is_named_the_page_says_what_is_said(tmp_path: Path) -> None:
    said = faults(with_fenmoor(tmp_path, source=""))
    assert words(UNNAMED) == words("\n".join(said))


def test_of_misspelt_names_the_page_says_what_is_said(tmp_path: Path) -> None:
    overlay = changed("routes: [notify_the_panel]", "routes: [notify_the_panle]")
    overlay = overlay.replace("after choose_the_form_together", "after choose_the_form")
    said = faults(with_fenmoor(tmp_path, overlay))
    assert words(MISSPELT) == words("\n".join(said))


def test_of_a_review_made_a_must_the_page_says_what_is_said(tmp_path: Path) -> None:
    overlay = changed("do: Call the other two partners.", "do: Commission a local review.")
    rulebook = load(with_fenmoor(tmp_path, overlay))
    claim = no_review_is_compelled(program_on(rulebook, "notify", "fenmoor", date(2024, 4, 1)))
    assert not claim.holds
    said = proof_text((claim,)).replace(" (1 tried)", "")
    assert words(MUST) == words(said)


def test_what_is_not_encoded_yet_is_named(tmp_path: Path) -> None:
    parts = OVERLAY.split("  - stage: learning")
    overlay = (
        parts[0].replace("    statements: [F-003]\n", "").replace("    statements: [F-004]\n", "")
    )
    found = coverage(load(with_fenmoor(tmp_path, overlay)))
    nowhere = [each.id for each in found.statements if not each.accounted_for]
    assert nowhere == ["F-003", "F-004"]
    assert f"it named {' and '.join(nowhere)}" in PAGE


def test_without_its_strengths_the_new_area_says_more_than_its_statements(tmp_path: Path) -> None:
    rules = with_fenmoor(tmp_path)
    path = rules / "statements.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[F-002, ", "["))
    claim = no_strength_is_raised(load(rules))
    assert claim.counterexample == (
        "clock fenmoor_call_the_partners, local procedure fenmoor-2024 is a must, "
        "and F-002 say less"
    )
