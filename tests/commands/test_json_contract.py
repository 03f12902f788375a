"""The JSON that scripts outside the project read: every key, and what kind of value it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.faults import DurableRulesFault
from engine.firing import Firing
from engine.proof import Claim
from tests.commands.conftest import SERIOUS, CaseFile
from tests.commands.typed import Terminal

STATUSES = {"established", "ruled out", "open"}
STRENGTHS = {"must", "duty", "should", "may", "definition", "fact", "advice"}

STEP = {
    "id": str,
    "do": str,
    "who": str,
    "by": str,
    "by_words": str,
    "readings": list,
    "strength": str,
    "source": str,
    "note": str,
}
ROUTE = {
    "id": str,
    "title": str,
    "summary": str,
    "strength": str,
    "certain": bool,
    "source": str,
    "steps": list,
}
FINDING = {
    "id": str,
    "sentence": str,
    "status": str,
    "strength": str,
    "source": str,
    "verified": bool,
    "rule": str,
}
PROCESS = {
    "id": str,
    "title": str,
    "status": str,
    "decider": str,
    "strength": str,
    "source": str,
    "verified": bool,
    "steps": list,
}
ANSWER = {"question": str, "answer": str, "words": str, "matters": bool}


def has(value: dict[str, Any], keys: dict[str, type]) -> None:
    """The value has these keys and no others, each of its kind."""
    assert {key: type(each) for key, each in value.items()} == keys


def has_steps(steps: list[dict[str, Any]]) -> None:
    for step in steps:
        has(step, STEP)
        assert step["strength"] in STRENGTHS
        for reading in step["readings"]:
            assert set(reading) >= {"within", "from", "by"}


def test_assess_gives_the_keys_of_the_contract(waymark: Terminal, serious: str) -> None:
    said = waymark("assess", serious, "--json")
    assert (said.code, said.err) == (0, "")
    result = said.json
    assert set(result) == {
        "stage",
        "edition",
        "edition_status",
        "overlay",
        "area",
        "dates",
        "rules_version",
        "route",
        "findings",
        "open",
        "processes",
        "set_aside",
        "answers",
        "rationale",
        "contradictions",
        "warnings",
        "fault",
    }
    assert (result["stage"], result["edition"], result["overlay"], result["area"]) == (
        "refer",
        "working-together-2023",
        "darlington-2020",
        "darlington",
    )
    assert result["dates"] == dict.fromkeys(
        ("incident", "awareness", "other_authority_aware"), "2024-12-20"
    )
    assert result["fault"] is None
    has(result["route"], ROUTE)
    has_steps(result["route"]["steps"])


def test_assess_gives_every_finding_process_and_reason(waymark: Terminal, serious: str) -> None:
    result = waymark("assess", serious, "--json").json
    for finding in result["findings"]:
        has(finding, FINDING)
        assert finding["status"] in STATUSES
        assert finding["strength"] in STRENGTHS
    for process in result["processes"]:
        has(process, PROCESS)
        assert process["status"] in STATUSES
        has_steps(process["steps"])
    for answer in result["answers"]:
        has(answer, ANSWER)
    for reason in result["rationale"]:
        has(
            reason,
            {"rule": str, "source": str, "because": list, "establishes": str, "status": str},
        )
    for entry in result["contradictions"]:
        has(entry, {"id": str, "title": str, "sentence": str})
    for key in ("findings", "processes", "answers", "rationale", "contradictions", "warnings"):
        assert result[key], f"nothing under '{key}' was looked at"
    assert all(
        type(each) is str for key in ("open", "set_aside", "warnings") for each in result[key]
    )


def test_a_deadline_is_a_date_that_a_script_can_compare(waymark: Terminal, serious: str) -> None:
    result = waymark("assess", serious, "--stage", "refer", "--json").json
    (step,) = (
        each for each in result["route"]["steps"] if each["id"] == "authority_of_the_place_notifies"
    )
    # Five working days from Friday 20 December 2024, over Christmas.
    assert step["by"] == "2024-12-31"
    assert "Tuesday 31 December 2024" in step["by_words"]
    assert "Durham" in step["do"]
    assert step["readings"][0]["from"] == "2024-12-20"
    assert step["readings"][0]["by"] == "2024-12-31"
    at_once = next(each for each in result["route"]["steps"] if each["id"] == "safety_first")
    assert (at_once["by"], at_once["readings"]) == ("at once", [])


def test_without_the_day_of_the_other_authority_its_time_is_expected_from_the_day_that_is_known(
    waymark: Terminal, case_file: CaseFile
) -> None:
    unknown = SERIOUS.replace("  other_authority_aware: 2024-12-20\n", "")
    path = str(case_file(unknown))
    result = waymark("assess", path, "--stage", "refer", "--json").json
    (step,) = (
        each for each in result["route"]["steps"] if each["id"] == "authority_of_the_place_notifies"
    )
    (reading,) = step["readings"]
    assert (reading["from"], reading["by"]) == ("2024-12-20", "2024-12-31")
    counted = "that day is not given: counted from the local authority becoming aware"
    assert counted in reading["within"]
    # That day says nothing of when the other authority knew: nobody is told that it is late.
    assert "overdue" not in waymark("timetable", path, "--stage", "refer").out.lower()


def test_the_stage_is_the_one_asked_for(waymark: Terminal, serious: str) -> None:
    for stage in ("refer", "notify", "rapid-review", "review", "learning", "parallel"):
        result = waymark("assess", serious, "--stage", stage, "--json").json
        assert result["stage"] == stage
        assert result["route"]["id"]


def test_the_stage_of_the_file_is_used_unless_another_is_asked_for(
    waymark: Terminal, case_file: CaseFile
) -> None:
    path = str(case_file("area: none\nstage: notify\ndates: {awareness: 2024-02-01}\n"))
    assert waymark("assess", path, "--json").json["stage"] == "notify"
    assert waymark("assess", path, "--stage", "refer", "--json").json["stage"] == "refer"


def test_ask_gives_the_next_question_and_why(waymark: Terminal, case_file: CaseFile) -> None:
    path = str(case_file("area: darlington\ndates: {awareness: 2024-02-01}\n"))
    result = waymark("ask", path, "--json").json
    has(
        result,
        {
            "stage": str,
            "edition": str,
            "overlay": str,
            "question": dict,
            "why": dict,
            "remaining": int,
            "open": list,
            "set_aside": list,
        },
    )
    has(
        result["question"],
        {"id": str, "text": str, "hint": str, "kind": str, "options": list, "details": list},
    )
    assert result["question"]["options"][-1] == {"value": "not known", "text": "Not known yet"}
    has(result["why"], {"summary": str, "consequences": list, "source": str})
    for consequence in result["why"]["consequences"]:
        has(consequence, {"value": str, "answer": str, "follows": str})
    assert result["remaining"] == len(result["open"])
    assert result["open"][0] == result["question"]["id"]


def test_ask_gives_nothing_when_nothing_can_matter(waymark: Terminal, serious: str) -> None:
    path = serious
    answers = waymark("ask", path, "--json").json
    assert answers["question"] is not None
    done = "area: none\nstage: notify\nanswers: {age_of_person: 30, what_happened: harmed}\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(done)
    result = waymark("ask", path, "--json").json
    assert (result["question"], result["why"], result["remaining"]) == (None, None, 0)


def test_the_council_is_asked_beside_its_own_option(waymark: Terminal, case_file: CaseFile) -> None:
    answers = (
        "danger_now: no, age_of_person: 3, what_happened: died, abuse_or_neglect: known, "
        "link_to_abuse_or_neglect: cause"
    )
    path = case_file(f"area: none\ndates: {{awareness: 2024-02-01}}\nanswers: {{{answers}}}\n")
    result = waymark("ask", str(path), "--json").json
    assert result["question"]["id"] == "where_it_happened"
    (detail,) = result["question"]["details"]
    assert (detail["id"], detail["when"]) == ("authority_of_the_incident", "elsewhere_in_england")


def test_explain_gives_the_reason_and_the_changes(waymark: Terminal, serious: str) -> None:
    result = waymark("explain", serious, "--stage", "notify", "--json").json
    has(
        result,
        {
            "stage": str,
            "edition": str,
            "overlay": str,
            "route": dict,
            "reason": list,
            "changes": list,
            "not_known_that_do_not_matter": list,
        },
    )
    has(result["route"], ROUTE)
    assert result["reason"]
    for answer in result["reason"]:
        has(answer, ANSWER)
    assert result["changes"]
    for change in result["changes"]:
        has(change, {"route": str, "title": str, "answers": list, "then_asked": list})
        for each in change["answers"]:
            has(each, {"question": str, "label": str, "now": str, "then": str})


def test_prove_gives_every_claim(waymark: Terminal) -> None:
    said = waymark("prove", "--json")
    assert said.code == 0
    has(said.json, {"holds": bool, "claims": list})
    assert said.json["holds"] is True
    for claim in said.json["claims"]:
        assert set(claim) == {
            "id",
            "title",
            "where",
            "stage",
            "edition",
            "overlay",
            "since",
            "holds",
            "counterexample",
        }
        assert (claim["holds"], claim["counterexample"]) == (True, None)
    tried = {
        (each["stage"], each["edition"], each["overlay"])
        for each in said.json["claims"]
        if each["id"] == "1 one route"
    }
    # Six stages; the nation under four editions, and each local procedure under its own.
    assert len(tried) == 6 * (4 + 3 + 3 + 2 + 1)


# Exit codes


@pytest.mark.parametrize("command", ["assess", "ask", "explain", "timetable"])
def test_a_good_case_ends_with_nought_and_says_it_in_words(
    command: str, waymark: Terminal, serious: str
) -> None:
    said = waymark(command, serious)
    assert (said.code, said.err) == (0, "")
    assert len(said.out.splitlines()) > 3
    assert "{" not in said.out


def test_a_proof_that_fails_ends_with_one_and_a_counterexample(
    waymark: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Claim(
        "1 one route", "Every complete set of answers gets one route", "x", False, "A: no"
    )
    monkeypatch.setattr("commands.main.prove", lambda *_: (broken,))
    said = waymark("prove")
    assert said.code == 1
    assert "A: no" in said.out
    result = waymark("prove", "--json")
    assert result.code == 1
    assert result.json["holds"] is False
    assert result.json["claims"][0]["counterexample"] == "A: no"


def failing(*_: object) -> None:
    raise DurableRulesFault("it broke")


def test_an_assessment_without_a_recommendation_ends_with_one(
    waymark: Terminal, serious: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Firing, "run", failing)
    said = waymark("assess", serious, "--json")
    assert said.code == 1
    assert said.json["route"] is None
    assert said.json["rationale"] == []
    assert said.json["fault"] == "The rule engine failed: it broke"
    in_words = waymark("assess", serious)
    assert in_words.code == 1
    assert "NO RECOMMENDATION IS GIVEN. The rule engine failed: it broke" in in_words.out


def test_nothing_is_explained_that_is_not_recommended(
    waymark: Terminal, serious: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Firing, "run", failing)
    for words in (
        ("explain", serious),
        ("explain", serious, "--json"),
        ("timetable", serious),
        ("timetable", serious, "--json"),
    ):
        said = waymark(*words)
        assert (said.code, said.out) == (1, "")
        assert said.err == "No recommendation is given. The rule engine failed: it broke\n"


@pytest.mark.parametrize(
    "words",
    [("assess",), ("assess", "a", "b"), ("asses",), ("prove", "--jsn"), ("assess", "--stage")],
)
def test_what_is_mistyped_ends_with_two(words: tuple[str, ...], waymark: Terminal) -> None:
    said = waymark(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1].startswith("Error: ")


def test_help_is_given(waymark: Terminal) -> None:
    said = waymark("--help")
    assert said.code == 0
    assert "Waymark advises; a person decides." in said.out
    for command in ("assess", "ask", "explain", "prove", "coverage", "diff", "timetable"):
        assert command in said.out


def test_the_day_is_the_real_one(waymark: Terminal, case_file: CaseFile) -> None:
    path = case_file(f"area: none\ndates: {{incident: {date.today().isoformat()}}}\n")
    assert waymark("assess", str(path), "--json").code == 0
