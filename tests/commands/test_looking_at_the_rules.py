"""`waymark diff`, `coverage` and `timetable`: what they print, and what they say of bad names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.coverage import coverage
from rules.loader import rulebook
from tests.commands.conftest import CaseFile
from tests.commands.typed import Said, Terminal

# diff


def test_diff_tells_each_difference_with_an_example(waymark: Terminal) -> None:
    said = waymark("diff", "2018", "2023")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "Working Together 2018 (2023-12-14) and Working Together 2023 (2023-12-15)"
    assert {"refer", "notify", "rapid-review", "review", "learning", "parallel"} >= {
        each for each in lines if each and not each.startswith((" ", "Working"))
    }
    told = [each for each in lines if each.startswith("  - ")]
    examples = [each for each in lines if each.startswith("    for example ")]
    assert len(told) == len(examples) > 50
    assert (
        "  - process care_leaver_death_notice: is new: Notice of the death of a care leaver" in told
    )
    assert max(map(len, lines)) <= 88


def test_diff_gives_every_difference_as_json(waymark: Terminal) -> None:
    said = waymark("diff", "working-together-2018", "2023", "--json")
    assert (said.code, said.err) == (0, "")
    result = said.json
    assert set(result) == {"first", "second", "differences"}
    assert result["first"] == {
        "name": "Working Together 2018",
        "area": "none",
        "day": "2023-12-14",
    }
    assert result["second"]["day"] == "2023-12-15"
    assert result["differences"]
    kinds = {"finding", "route", "step", "process", "strength", "clock", "words"}
    for each in result["differences"]:
        assert set(each) == {"stage", "kind", "id", "what", "example", "answers"}
        assert each["kind"] in kinds
        assert each["example"]
        assert set(each["answers"]) <= set(rulebook().questions)


def test_an_example_can_be_put_in_a_case_file(waymark: Terminal, case_file: CaseFile) -> None:
    found = waymark("diff", "2018", "2023", "--json").json["differences"]
    each = next(each for each in found if each["kind"] == "route" and each["stage"] == "notify")
    answers = "".join(f"  {name}: {value}\n" for name, value in each["answers"].items())
    routes = []
    for day in ("2023-12-14", "2023-12-15"):
        dates = f"dates: {{awareness: {day}}}\n"
        path = case_file(f"area: none\nstage: notify\n{dates}answers:\n{answers}")
        routes.append(waymark("assess", str(path), "--json").json["route"]["id"])
    assert routes == [each["id"], each["what"].removeprefix("is now ")]


@pytest.mark.parametrize(
    ("names", "first_line"),
    [
        (
            ("2023", "2018"),
            "Working Together 2018 (2023-12-14) and Working Together 2023 (2023-12-15)",
        ),
        (
            ("none", "darlington"),
            "No local procedure (2020-03-01) and Darlington, procedure of March 2020 (2020-03-01)",
        ),
        (
            ("newcastle", "none"),
            "Newcastle, report of 2016/17 (2016-04-01) and No local procedure (2016-04-01)",
        ),
    ],
)
def test_editions_and_areas_can_be_named_in_either_order(
    names: tuple[str, str], first_line: str, waymark: Terminal
) -> None:
    said = waymark("diff", *names)
    assert said.code == 0
    assert said.out.splitlines()[0].startswith(first_line.split(" (")[0].split(",")[0])
    assert said.out.splitlines()[0].endswith(first_line.rsplit("(", 1)[1])


@pytest.mark.parametrize(
    "names", [("2023", "2026"), ("2023", "2023"), ("darlington", "darlington")]
)
def test_where_nothing_differs_that_is_said(names: tuple[str, str], waymark: Terminal) -> None:
    said = waymark("diff", *names)
    assert said.code == 0
    assert said.out.splitlines()[-1] == "Nothing differs."
    assert waymark("diff", *names, "--json").json["differences"] == []


KNOWN = (
    "name two editions or two areas of working-together-2015, working-together-2018, "
    "working-together-2023, working-together-2026, darlington-2020, gateshead-2019, "
    "isle-of-wight-2023, newcastle-2016, none"
)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("2019", "2023"), f"'2019' cannot be compared here: {KNOWN}"),
        (("2018", "Darlington"), f"'Darlington' cannot be compared here: {KNOWN}"),
        (("2018", "darlington"), f"'darlington' cannot be compared here: {KNOWN}"),
        (("darlington", "2018"), f"'2018' cannot be compared here: {KNOWN}"),
        (("", ""), f"'' cannot be compared here: {KNOWN}"),
        (
            ("darlington", "newcastle"),
            "'darlington' and 'newcastle' were never in force together",
        ),
    ],
)
def test_names_that_cannot_be_compared_get_one_sentence(
    names: tuple[str, str], sentence: str, waymark: Terminal
) -> None:
    for words in (("diff", *names), ("diff", *names, "--json")):
        assert waymark(*words) == Said(2, "", sentence + "\n")


@pytest.mark.parametrize("words", [("diff",), ("diff", "2018"), ("diff", "2018", "2023", "2026")])
def test_a_comparison_takes_two_names(words: tuple[str, ...], waymark: Terminal) -> None:
    said = waymark(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1].startswith("Error: ")


# coverage


def test_coverage_tells_how_much_of_each_source_is_accounted_for(waymark: Terminal) -> None:
    said = waymark("coverage")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Darlington 2020: 140 of 140 (140 encoded, 0 left out)",
        "Working Together 2023: 277 of 277 (277 encoded, 0 left out)",
        "Children Act 2004: 81 of 81 (65 encoded, 16 left out)",
        "Isle of Wight 2023: 22 of 22 (22 encoded, 0 left out)",
        "Gateshead 2019: 24 of 24 (24 encoded, 0 left out)",
        "Newcastle 2016/17: 26 of 26 (26 encoded, 0 left out)",
    ]


def test_coverage_gives_every_statement_as_json(waymark: Terminal) -> None:
    said = waymark("coverage", "--json")
    assert said.code == 0
    assert set(said.json) == {"complete", "statements", "unknown"}
    assert said.json["complete"] is True
    assert said.json["unknown"] == []
    assert len(said.json["statements"]) == 140 + 277 + 81 + 22 + 24 + 26
    for each in said.json["statements"]:
        assert set(each) == {"id", "source", "encoded_in", "left_out"}
        assert bool(each["encoded_in"]) != bool(each["left_out"])


def test_coverage_that_is_not_complete_ends_with_one_and_says_what_is_missing(
    waymark: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rulebook().rules[0]
    broken = replace(
        rulebook(),
        rules=(replace(first, statements=(*first.statements, "D-141")), *rulebook().rules[1:]),
        left_out=(),
    )
    assert not coverage(broken).complete
    monkeypatch.setattr("commands.main.rulebook", lambda: broken)
    said = waymark("coverage")
    assert said.code == 1
    assert "Children Act 2004: 65 of 81 (65 encoded, 0 left out)" in said.out.splitlines()
    assert "  CA-001: nowhere" in said.out.splitlines()
    assert said.out.splitlines()[-1] == f"D-141 is named by rule {first.id}, but is no statement"
    as_json = waymark("coverage", "--json")
    assert as_json.code == 1
    assert as_json.json["complete"] is False
    assert as_json.json["unknown"] == [{"id": "D-141", "named_by": f"rule {first.id}"}]


# timetable

ANSWERS = """\
answers:
  age_of_person: 3
  what_happened: died
  abuse_or_neglect: known
  link_to_abuse_or_neglect: cause
  where_it_happened: in_area
  looked_after: no
"""
LINE = {
    "step",
    "of",
    "do",
    "who",
    "clock",
    "from",
    "by",
    "met",
    "standing",
    "days",
    "strength",
    "source",
    "disputed",
}


def test_the_timetable_tells_every_deadline_the_earliest_first(
    waymark: Terminal, case_file: CaseFile
) -> None:
    dates = "dates: {incident: 2024-02-01, awareness: 2024-02-01, notification_sent: 2024-02-08}\n"
    path = str(case_file(f"area: none\nstage: notify\n{dates}{ANSWERS}"))
    said = waymark("timetable", path, "--json")
    assert (said.code, said.err) == (0, "")
    lines: list[dict[str, object]] = list(said.json)  # type: ignore[arg-type]
    for each in lines:
        assert set(each) == LINE
    by = [str(each["by"]) for each in lines if each["by"]]
    assert by == sorted(by)
    notice = next(each for each in lines if each["step"] == "notify_in_five_working_days")
    assert (notice["from"], notice["by"], notice["met"]) == (
        "2024-02-01",
        "2024-02-08",
        "2024-02-08",
    )
    assert (notice["standing"], notice["days"], notice["disputed"]) == (
        "met on the last day",
        0,
        False,
    )
    reviews = [each for each in lines if each["step"] == "rapid_review_next"]
    assert [each["disputed"] for each in reviews] == [True, True]
    assert {each["standing"] for each in reviews} == {"overdue"}
    text = waymark("timetable", path)
    assert text.code == 0
    assert "Thu 8 Feb 2024  [met on the last day] " in text.out
    assert "[overdue, disputed]" in text.out
    assert max(map(len, text.out.splitlines())) <= 88


def test_the_timetable_is_that_of_today(waymark: Terminal, case_file: CaseFile) -> None:
    today = date.today()
    path = case_file(
        f"area: none\nstage: notify\ndates: {{awareness: {today.isoformat()}}}\n{ANSWERS}"
    )
    standing = {
        each["step"]: each["standing"] for each in waymark("timetable", str(path), "--json").json
    }
    assert standing["notify_in_five_working_days"] == "running"
    assert standing["rapid_review_next"] == "start date not given"


def test_a_publication_that_is_planned_is_counted_back_from(
    waymark: Terminal, case_file: CaseFile
) -> None:
    planned = date.today() + timedelta(days=60)
    answers = (
        "answers: {age_of_person: 3, what_happened: died, abuse_or_neglect: known, "
        "notification_withdrawn: no, panel_answer: asks_for_local_review, "
        "partners_think_review_appropriate: yes}\n"
    )
    dates = f"dates: {{decision: 2024-02-01, publication: {planned.isoformat()}}}\n"
    path = case_file(f"area: none\nstage: review\n{dates}{answers}")
    said = waymark("timetable", str(path), "--json")
    assert said.code == 0
    line = next(e for e in said.json if e["step"] == "send_the_report_before_publication")
    assert line["clock"] == "at least 7 working days before the day of publication"
    assert line["from"] == planned.isoformat()
    assert line["by"] < planned.isoformat()


def test_where_no_deadline_belongs_to_a_case_that_is_said(
    waymark: Terminal, case_file: CaseFile
) -> None:
    path = case_file("area: none\nstage: notify\nanswers: {age_of_person: 30}\n")
    assert waymark("timetable", str(path)) == Said(0, "No deadline belongs to this.\n", "")
    assert waymark("timetable", str(path), "--json").out == "[]\n"


def test_a_deadline_past_the_calendar_says_why_it_has_no_day(
    waymark: Terminal, case_file: CaseFile
) -> None:
    answers = ANSWERS + "  partners_think_review_appropriate: yes\n"
    dates = "dates: {decision: 2024-02-01, publication: 2040-01-01}\n"
    more = "  notification_withdrawn: no\n  panel_answer: asks_for_local_review\n"
    path = case_file(f"area: none\nstage: review\n{dates}{answers}{more}")
    line = next(
        each
        for each in waymark("timetable", str(path), "--json").json
        if each["step"] == "send_the_report_before_publication"
    )
    assert line["standing"] == "cannot be counted"
    assert "update the bank holidays or count by hand" in line["problem"]
    assert "no day yet  [cannot be counted]" in waymark("timetable", str(path)).out
