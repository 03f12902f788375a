"""A bad case file gets one sentence that names the file, the line and what to do, and exit 2."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import SERIOUS, CaseFile
from tests.commands.typed import Said, Terminal

ANSWERS = "area: none\ndates: {awareness: 2024-02-01}\nanswers:\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join(['*' + before] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)

# What it is, the file, and the line and sentence that it gets.
BAD: list[tuple[str, str | bytes, int, str]] = [
    (
        "an unknown question",
        f"{ANSWERS}  looked_afer: yes\n",
        4,
        "'looked_afer' is not a question that Waymark asks: check the name",
    ),
    (
        "an unknown answer",
        f"{ANSWERS}  looked_after: perhaps\n",
        4,
        "'looked_after' cannot be 'perhaps': answer one of yes, no, not known",
    ),
    (
        "an answer of the wrong type",
        f"{ANSWERS}  danger_now: no\n  looked_after: 7\n",
        5,
        "'looked_after' cannot be '7': answer one of yes, no, not known",
    ),
    (
        "an answer that is a list",
        f"{ANSWERS}  looked_after: [yes]\n",
        4,
        "the answer to 'looked_after' has to be one word or number",
    ),
    (
        "an answer that is empty",
        f"{ANSWERS}  looked_after:\n",
        4,
        "the answer to 'looked_after' has to be one word or number",
    ),
    (
        "an age that nobody has",
        f"{ANSWERS}  age_of_person: 131\n",
        4,
        "'age_of_person' is 131: give completed years, from 0 to 130",
    ),
    (
        "an age in months",
        f"{ANSWERS}  age_of_person: 3 months\n",
        4,
        "'age_of_person' cannot be '3 months': give a whole number of completed years, or one of "
        "unborn, not known",
    ),
    (
        "an impossible date",
        "area: none\ndates:\n  awareness: 2024-02-30\n",
        3,
        "the date 'awareness' is '2024-02-30', which is no day: write it as 2024-01-31",
    ),
    (
        "a date in English",
        "area: none\ndates:\n  awareness: 1/2/2024\n",
        3,
        "the date 'awareness' is '1/2/2024', which is no day: write it as 2024-01-31",
    ),
    (
        "a date that is a number",
        "area: none\ndates:\n  awareness: 20240201\n",
        3,
        "the date 'awareness' is '20240201', which is no day: write it as 2024-01-31",
    ),
    (
        "a date to come",
        "area: none\ndates:\n  awareness: 2999-01-01\n",
        3,
        "“The local authority became aware” is 2999-01-01, which is still to come: give the day "
        "it happened",
    ),
    (
        "a date before the incident",
        "area: none\ndates:\n  incident: 2024-02-02\n  awareness: 2024-02-01\n",
        4,
        "the local authority cannot have become aware on 2024-02-01, before the incident on "
        "2024-02-02: check both dates",
    ),
    (
        "a date before the rules",
        "area: none\ndates:\n  awareness: 2015-03-25\n",
        2,
        "2015-03-25 is before 2015-03-26, when Working Together 2015 began: Waymark does not hold "
        "the earlier editions of 2010 and 2013, which governed then, so take advice from the "
        "safeguarding partnership",
    ),
    (
        "an unknown date",
        "area: none\ndates:\n  birthday: 2024-02-01\n",
        3,
        "'birthday' is not a date that a case has: use incident, awareness, "
        "other_authority_aware, referral_received, notifying_decision, notification_sent, "
        "acknowledgement, rapid_review_sent, decision, arrangements_changed, board_notified, "
        "review_decision, report_sent, publication, action_deadline, strategy_discussion, "
        "allegation_known, coroner_decision, domestic_death_notified, domestic_review_decision, "
        "nhs_incident_identified, nhs_incident_reported",
    ),
    (
        "answers that are a list",
        "area: none\nanswers:\n  - looked_after\n",
        2,
        "answers: this has to be a mapping of names and values",
    ),
    (
        "answers that are a word",
        "area: none\nanswers: yes\n",
        2,
        "answers: this has to be a mapping of names and values",
    ),
    (
        "dates that are one date",
        "area: none\ndates: 2024-02-01\n",
        2,
        "dates: this has to be a mapping of names and values",
    ),
    (
        "an area that is a list",
        "# a case\narea: [darlington]\n",
        2,
        "area: the area has to be a name, such as darlington or none",
    ),
    (
        "an area that is a number",
        "area: 5\n",
        1,
        "area: the area has to be a name, such as darlington or none",
    ),
    (
        "an empty area",
        "area:\n",
        1,
        "area: the area is empty: write 'none' for the national rules alone",
    ),
    (
        "no area",
        "answers: {}\n",
        1,
        "area: the case names no area: add 'area: none', or the area's name",
    ),
    (
        "an unknown area",
        "answers: {}\narea: Darlington\n",
        2,
        "'Darlington' is not an area that Waymark knows: use one of darlington, gateshead, "
        "isle-of-wight, newcastle, none ('none' applies the national rules alone)",
    ),
    (
        "an unknown stage",
        "area: none\nstage: referral\n",
        2,
        "'referral' is not a stage: use one of refer, notify, rapid-review, review, "
        "learning, parallel",
    ),
    (
        "an empty stage",
        "area: none\nstage:\n",
        2,
        "stage: the stage is empty: name it, or take the key out",
    ),
    (
        "a title that is a number",
        "area: none\ntitle: 5\n",
        2,
        "title: this has to be text: put it in quotes",
    ),
    (
        "an unknown key",
        "area: none\n\nanswer: {}\n",
        3,
        "answer: this key is not known here: check its spelling, or take it out",
    ),
    (
        "text that is no YAML",
        "area: none\nanswers: {looked_after: yes\n",
        3,
        "this is not readable as YAML (did not find expected ',' or '}'): check indentation and "
        "quotes",
    ),
    (
        "a bomb of aliases",
        f"area: none\n{BOMB}",
        2,
        "anchors and aliases (& and *) are not allowed: write the value out",
    ),
    (
        "a tag that names code",
        'area: none\nanswers: !!python/object/apply:os.system ["touch harmed"]\n',
        2,
        "tags such as tag:yaml.org,2002:python/object/apply:os.system are not allowed: write "
        "plain text",
    ),
    (
        "an empty file",
        "",
        1,
        "the file is empty: write area, dates and answers",
    ),
    (
        "comments alone",
        "# area: none\n\n# nothing yet\n",
        1,
        "the file is empty: write area, dates and answers",
    ),
    (
        "a list",
        "- area: none\n",
        1,
        "a case file is a mapping of area, dates and answers",
    ),
    (
        "a word",
        "darlington\n",
        1,
        "a case file is a mapping of area, dates and answers",
    ),
    (
        "a key written twice",
        f"{ANSWERS}  looked_after: yes\n  looked_after: no\n",
        5,
        "the key 'looked_after' is here twice: keep one",
    ),
    (
        "two documents",
        "area: none\n---\narea: darlington\n",
        2,
        "only one YAML document a file: take out the '---'",
    ),
    (
        "ten thousand brackets",
        "area: none\nanswers: " + "[" * 10_000,
        2,
        "nested more than 30 levels deep: flatten it",
    ),
    (
        "ten thousand braces",
        "area: none\nanswers: " + "{a: " * 10_000,
        2,
        "nested more than 30 levels deep: flatten it",
    ),
    (
        "no text at all",
        b"\x7fELF\x02\x01\x01\xff\xfe\n\x80\n",
        1,
        "this is not text in UTF-8: save it so",
    ),
    (
        "text of another encoding",
        "area: none\ntitle: caf\u00e9\n".encode("latin-1"),
        2,
        "this is not text in UTF-8: save it so",
    ),
]


def is_refused(said: Said, path: object, line: int | None, sentence: str) -> None:
    where = f"{path}, line {line}" if line else str(path)
    assert said == Said(2, "", f"{where}: {sentence}\n")


@pytest.mark.parametrize("command", ["assess", "ask", "explain", "timetable"])
@pytest.mark.parametrize(
    ("what", "content", "line", "sentence"), BAD, ids=[each[0] for each in BAD]
)
def test_a_bad_case_gets_one_sentence(
    what: str,
    content: str | bytes,
    line: int,
    sentence: str,
    command: str,
    waymark: Terminal,
    case_file: CaseFile,
) -> None:
    path = case_file(content)
    is_refused(waymark(command, str(path)), path, line, sentence)
    assert not (path.parent / "harmed").exists(), what


def test_a_bad_case_gets_no_json(waymark: Terminal, case_file: CaseFile) -> None:
    path = case_file("area: none\nstage: referral\n")
    assert waymark("assess", str(path), "--json").out == ""


def test_a_missing_file_is_told(waymark: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "missing.yaml"
    is_refused(waymark("assess", str(path)), path, None, "there is no such file: check the name")


def test_a_folder_is_told(waymark: Terminal, tmp_path: Path) -> None:
    sentence = "this is a folder: name a case file in it"
    is_refused(waymark("assess", str(tmp_path)), tmp_path, None, sentence)


def test_five_megabytes_of_junk_are_not_read(waymark: Terminal, case_file: CaseFile) -> None:
    for junk in (b"x" * 5_000_000, b"\0" * 5_000_000, b"[" * 5_000_000, b"- a\n" * 1_250_000):
        path = case_file(junk)
        is_refused(
            waymark("assess", str(path)),
            path,
            None,
            "the file is larger than 200 kB, so it is no case file",
        )


def test_a_stage_that_is_mistyped_is_told(waymark: Terminal, serious: str) -> None:
    said = waymark("assess", serious, "--stage", "referral")
    sentence = (
        "'referral' is not a stage: use one of refer, notify, rapid-review, review, learning, "
        "parallel"
    )
    is_refused(said, serious, 1, sentence)


@pytest.mark.parametrize(
    "content",
    [
        "area: none\nanswers: {looked_after: \0}\n",
        "\0" * 100,
        f"area: none\nanswers: {{looked_after: {'y' * 100_000}}}\n",
        f"area: none\nanswers: {{{'q' * 1000}: yes}}\n",
        f"area: {'none' * 10_000}\n",
        f"area: none\n{'k' * 5000}: 1\n",
        'area: none\nanswers: {"looked\\nafter": yes}\n',
        'area: none\nanswers: {looked_after: "yes\\nno\\x1b[31m"}\n',
        "area: none\ndates: {awareness: |\n  2024\n  02\n}\n",
        'area: "none\\u2028darlington"\n',
        "area: none\n\tanswers: {}\n",
        "area: none\n? [a, b]\n: c\n",
        "%YAML 9.9\n---\narea: none\n",
        "area: none\n...\narea: none\n",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\n",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_whatever_a_file_holds_the_sentence_is_one_line_that_can_be_shown(
    content: str, waymark: Terminal, case_file: CaseFile
) -> None:
    path = case_file(content)
    said = waymark("assess", str(path))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{path}, line ")
    assert said.err.count("\n") == 1
    assert said.err.rstrip("\n").isprintable()
    assert len(said.err) < 700


def test_a_long_value_leaves_room_for_what_to_do(waymark: Terminal, case_file: CaseFile) -> None:
    path = case_file(f"{ANSWERS}  looked_after: {'y' * 100_000}\n")
    said = waymark("assess", str(path))
    assert said.err.startswith(f"{path}, line 4: 'looked_after' cannot be 'yyyy")
    assert said.err.endswith("yyyy': answer one of yes, no, not known\n")


# What looks odd and is good


@pytest.mark.parametrize(
    "content",
    [
        SERIOUS.replace("\n", "\r\n"),
        "\ufeff" + SERIOUS,
        "---\n" + SERIOUS,
        "# a comment\n" + SERIOUS + "...\n",
        SERIOUS + "title: Ünïcode, “quotes”\nstory: >-\n  In two\n  lines.\n",
        SERIOUS.replace("danger_now: no", "danger_now: 'no'"),
        SERIOUS.replace("danger_now: no", "danger_now: false"),
        SERIOUS.replace("  awareness", "  referral_received: not known\n  awareness"),
    ],
    ids=["CRLF", "BOM", "---", "...", "text", "quotes", "false for no", "a date not known"],
)
def test_a_good_case_in_another_dress_is_the_same_case(
    content: str, waymark: Terminal, case_file: CaseFile
) -> None:
    plain = waymark("assess", str(case_file(SERIOUS)), "--json")
    dressed = waymark("assess", str(case_file(content)), "--json")
    assert (dressed.code, dressed.err) == (0, "")
    assert dressed.json == plain.json


def test_json_is_yaml(waymark: Terminal, case_file: CaseFile) -> None:
    case = {
        "area": "none",
        "stage": "refer",
        "dates": {"awareness": "2024-02-01"},
        "answers": {"age_of_person": 3, "danger_now": "yes", "what_happened": "not known"},
    }
    said = waymark("assess", str(case_file(json.dumps(case, indent=2))), "--json")
    assert said.code == 0
    answers = {each["question"]: each["answer"] for each in said.json["answers"]}
    assert answers == {"danger_now": "yes", "age_of_person": "3", "what_happened": "not known"}


def test_area_alone_is_a_case(waymark: Terminal, case_file: CaseFile) -> None:
    said = waymark("assess", str(case_file("area: none\ndates:\nanswers:\n")), "--json")
    assert said.code == 0
    assert {each["status"] for each in said.json["findings"]} == {"open"}


# As a process of its own


def processes(folder: Path) -> Iterator[tuple[list[str], int, str]]:
    """What is typed, the exit code, and how standard error begins."""
    good, bad = folder / "good.yaml", folder / "bad.yaml"
    good.write_text(SERIOUS, encoding="utf-8")
    bad.write_text("area: none\nanswers: [", encoding="utf-8")
    yield ["assess", str(good), "--json"], 0, ""
    yield ["assess", str(bad)], 2, f"{bad}, line "
    yield ["explain", str(folder)], 2, f"{folder}: this is a folder"


def test_it_is_the_same_as_a_process_of_its_own(tmp_path: Path) -> None:
    for words, code, begins in processes(tmp_path):
        ended = subprocess.run(
            [sys.executable, "-W", "error", "-m", "commands.main", *words],
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert ended.returncode == code, ended.stderr
        assert ended.stderr.startswith(begins)
        assert ended.stderr.count("\n") == (code != 0)
        assert (ended.stdout == "") == (code != 0)
