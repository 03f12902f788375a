"""A vignette that cannot be used is told with its file, its line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import rulebook
from webforms.trainer.vignette_files import BadVignettes, load
from webforms.trainer.vignettes import IN_THE_PROJECT

ROUTE = "baby-with-an-unexplained-bruise"
PROCESS = "aunt-with-care-needs"

# The file, the words in it that are replaced, what replaces them, and what is told.
SPOILT = {
    "a key that is not known": (ROUTE, "minutes: 10", "minuets: 10", "minuets: this key is not"),
    "no minutes": (ROUTE, "  minutes: 10\n", "", "minutes: Missing data"),
    "a topic that is none": (ROUTE, "topic: suspected-or-known", "topic: other", "not a topic"),
    "a stage that is none": (ROUTE, "stage: notify", "stage: notifying", "is not a stage"),
    "a day that is none": (ROUTE, "awareness: 2024-10-09", "awareness: 2024-13-09", "is no day"),
    "an answer that is none": (
        ROUTE,
        "abuse_or_neglect: suspected",
        "abuse_or_neglect: perhaps",
        "cannot be 'perhaps'",
    ),
    "a choice that is no route": (
        ROUTE,
        "    - find_out_before_the_deadline\n",
        "    - nothing_to_refer\n",
        "is no route of the stage notify",
    ),
    "the right route not offered": (
        ROUTE,
        "    - notify_the_panel\n",
        "    - notify_care_leaver_death\n",
        "is not among them",
    ),
    "too few choices": (ROUTE, "    - find_out_before_the_deadline\n", "", "three to five"),
    "a turn to nowhere": (
        ROUTE,
        "leads_to: no_duty_to_notify",
        "leads_to: notify_care_leaver_death",
        "not among the choices",
    ),
    "two facts in one turn": (
        ROUTE,
        "    - question: abuse_or_neglect\n",
        "    - area: darlington\n      question: abuse_or_neglect\n",
        "turn one thing",
    ),
    "an unknown answer in a turn": (ROUTE, "      answer: no\n", "      answer: 7\n", "be '7'"),
    "a turn of a date that the case has not": (
        ROUTE,
        "    - question: abuse_or_neglect\n      answer: no\n",
        "    - event: decision\n      day: 2024-11-01\n",
        "name a date that the case gives",
    ),
    "a paragraph that no rule cites": (ROUTE, '"330"', '"930"', "no rule cites this"),
    "a point that stands nowhere": (
        ROUTE,
        '      cite:\n        - {source: working-together-2023, paragraph: "330"}\n',
        "",
        "say where it stands",
    ),
    "a reading that is none": (
        ROUTE,
        '        - {source: working-together-2023, paragraph: "330"}\n',
        '        - {source: working-together-2023, paragraph: "330"}\n      rests_on: [A99]\n',
        "no entry 'A99'",
    ),
    "a source of another day": (
        ROUTE,
        '{source: working-together-2023, paragraph: "330"}',
        '{source: working-together-2015, paragraph: "chapter 4"}',
        "not in force",
    ),
    "no expected route": (ROUTE, "  route: notify_the_panel\n", "", "which route is expected"),
    "a process that is none": (
        PROCESS,
        "  process: safeguarding_adults_review_mandatory",
        "  process: adults_review",
        "is no process of this stage",
    ),
    "a process with no question": (
        PROCESS,
        "  ask: >-\n    Do the words of the law on a review that the adults' board has to arrange "
        "seem to be met?\n",
        "",
        "add 'ask'",
    ),
    "a process without its standing": (
        PROCESS,
        "safeguarding_adults_review_mandatory: established",
        "child_death_review: established",
        "say under 'processes'",
    ),
    "a process and a finding": (
        PROCESS,
        "  process: safeguarding_adults_review_mandatory\n",
        "  process: safeguarding_adults_review_mandatory\n  finding: serious_incident\n",
        "one of the three",
    ),
    "a duty shared by what is no choice": (
        ROUTE,
        "  turns_on:\n",
        "  same_duty: {notify_care_leaver_death: The duty is the same.}\n  turns_on:\n",
        "not among the other choices",
    ),
    "a duty shared by what is right": (
        ROUTE,
        "  turns_on:\n",
        "  same_duty: {notify_the_panel: The duty is the same.}\n  turns_on:\n",
        "not among the other choices",
    ),
    "a duty shared without a word": (
        ROUTE,
        "  turns_on:\n",
        "  same_duty: {no_duty_to_notify: ''}\n  turns_on:\n",
        "say what this choice gets wrong",
    ),
    "no YAML": (ROUTE, "answers:", "answers: [", "not readable as YAML"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_fault_is_told_with_file_line_and_what_to_do(what: str, tmp_path: Path) -> None:
    name, words, instead, told = SPOILT[what]
    text = (IN_THE_PROJECT / f"{name}.yaml").read_text(encoding="utf-8")
    assert words in text
    (tmp_path / f"{name}.yaml").write_text(text.replace(words, instead, 1), encoding="utf-8")
    with pytest.raises(BadVignettes) as bad:
        load(tmp_path, rulebook())
    assert [line for line in bad.value.lines if told in line], bad.value.lines
    lines = text.count("\n")
    for line in bad.value.lines:
        place = line.split(":")[0]
        assert place.startswith(f"{name}.yaml, line ")
        assert 1 <= int(place.rsplit(" ", 1)[1]) <= lines + 1


def test_the_line_is_that_of_the_fault(tmp_path: Path) -> None:
    text = (IN_THE_PROJECT / f"{ROUTE}.yaml").read_text(encoding="utf-8")
    line = text.splitlines().index("  awareness: 2024-10-09") + 1
    spoilt = text.replace("awareness: 2024-10-09", "awareness: soon")
    (tmp_path / f"{ROUTE}.yaml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(BadVignettes, match=f"line {line}: awareness: 'soon' is no day"):
        load(tmp_path, rulebook())


def test_every_faulty_file_is_told_at_once(tmp_path: Path) -> None:
    for name in (ROUTE, PROCESS):
        text = (IN_THE_PROJECT / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(f"{text}more: 1\n", encoding="utf-8")
    with pytest.raises(BadVignettes) as bad:
        load(tmp_path, rulebook())
    assert len(bad.value.lines) == 2
