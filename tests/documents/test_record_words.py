"""What a record says, in which order, and what it must never say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.expression import Status
from webforms.documents.record import build
from webforms.documents.words import answer_words, day, sentence, sources, tidy

from . import samples
from .samples import record

SECTIONS = (
    "about",
    "warnings",
    "what-to-do",
    "disputed-readings",
    "why",
    "what-would-change",
    "still-open",
    "beside",
    "contradictions",
    "answers",
    "decision-map",
    "rationale",
    "notes",
    "decision",
)


def section(made: dict[str, Any], name: str) -> str:
    """All of a section as one text, to look for words in."""
    return json.dumps(next(part for part in made["sections"] if part["id"] == name))


def words(made: dict[str, Any], name: str) -> str:
    return json.dumps(json.loads(section(made, name)), ensure_ascii=False)


def tables(made: dict[str, Any], name: str) -> dict[str, list[list[str]]]:
    """The tables of a section: caption, then rows of the main texts of the cells."""
    part = next(part for part in made["sections"] if part["id"] == name)
    return {
        block["caption"]: [[cell["text"] for cell in row] for row in block["rows"]]
        for block in part["blocks"]
        if block["kind"] == "table"
    }


def test_sections_come_in_the_order_of_the_result_page() -> None:
    assert tuple(part["id"] for part in record()["sections"]) == SECTIONS


def test_the_record_is_plain_data_and_the_same_every_time() -> None:
    assert json.loads(json.dumps(record("n"))) == record("n")
    assert record("n") == record("n")


def test_a_date_is_spoken_whatever_the_locale() -> None:
    assert day(date(2025, 1, 2)) == "Thursday 2 January 2025"
    assert day(date(2024, 2, 29)) == "Thursday 29 February 2024"


def test_every_step_has_its_date_its_person_its_strength_and_its_source() -> None:
    steps = tables(record(), "what-to-do")["Steps, in order"]
    assert [(row[0][:1], row[2], row[3]) for row in steps] == [
        ("1", "Today, before the referral is sent", "may"),
        ("2", "Friday 3 January 2025", "should"),
        ("3", "Thursday 9 January 2025", "must"),
    ]
    assert steps[2][1] == "Darlington Borough Council"
    assert "Source: Children Act 2004, section 16C(1); Working" in words(record(), "what-to-do")


def test_a_date_that_the_sentence_names_is_not_said_twice() -> None:
    named = samples.step(
        "s", "Do it", by="by Friday 3 January 2025, one working day", due=date(2025, 1, 3)
    )
    made = record(route=replace(samples.ROUTE, steps=(named,)))
    [row] = tables(made, "what-to-do")["Steps, in order"]
    assert row[2] == "By Friday 3 January 2025, one working day"
    assert words(made, "what-to-do").count("Friday 3 January 2025") == 1


def test_a_date_that_cannot_be_computed_says_why() -> None:
    step = samples.STEPS[2]
    broken = replace(step, due=None, readings=step.readings[1:2])
    made = record(route=replace(samples.ROUTE, steps=(broken,)))
    assert "The calendar of bank holidays does not reach this date." in words(made, "what-to-do")


def test_what_keeps_a_child_safe_stands_before_the_route() -> None:
    told = words(record(), "what-to-do")
    assert told.index("Before anything else: Make the child") < told.index(samples.ROUTE.title)
    assert "Make the child" not in words(record(), "beside")


def test_what_keeps_a_child_safe_does_not_stand_first_once_ruled_out() -> None:
    safe = replace(samples.SAFETY, status=Status.RULED_OUT)
    made = record(processes=(safe,))
    assert "Make the child" not in words(made, "what-to-do")
    assert "Make the child" in words(made, "beside")


def test_doubts_about_the_text_are_the_first_warnings() -> None:
    part = next(part for part in record()["sections"] if part["id"] == "warnings")
    assert [block["text"].split()[0] for block in part["blocks"]] == ["The", "The"]
    assert "unverified" in part["blocks"][0]["text"]


def test_an_edition_that_was_not_read_warns_when_the_engine_did_not() -> None:
    made = record(edition_status="carried forward", warnings=("Another.",))
    part = next(part for part in made["sections"] if part["id"] == "warnings")
    assert "carried forward. Its text was not read" in part["blocks"][0]["text"]
    once = record(edition_status="unverified")
    assert sum(part["id"] == "warnings" for part in once["sections"]) == 1
    assert "Its text was not read" not in words(once, "warnings")


def test_no_warning_no_section() -> None:
    assert "warnings" not in [part["id"] for part in record(warnings=())["sections"]]


def test_every_reading_of_a_disputed_time_limit_has_its_date_or_the_reason_for_none() -> None:
    [rows] = tables(record(), "disputed-readings").values()
    assert [row[2] for row in rows] == [
        "Thursday 9 January 2025",
        "The calendar of bank holidays does not reach this date.",
        "No date yet",
    ]


def test_findings_stand_under_what_they_are_with_strength_source_and_verification() -> None:
    found = tables(record(), "why")
    assert [row[0] for row in found["Established"]] == [
        "The child is under 18",
        "The child was seriously harmed",
    ]
    assert "Ruled out" in words(record(), "why")
    assert "The child died (Children Act 2004" in words(record(), "why")
    [row] = found["Open: neither established nor ruled out"]
    assert row[1:] == [
        "fact",
        "Child Safeguarding Practice Review Panel guidance (not verified)",
        "No: check first",
    ]


def test_a_source_that_was_not_read_says_so_once() -> None:
    assert sources([samples.UNREAD]).count("not verified") == 1
    assert sources([replace(samples.UNREAD, text="Panel guidance")]).endswith("(not verified)")
    silent = replace(samples.UNREAD, text="Panel guidance", status="carried forward")
    assert sources([silent]) == "Panel guidance (carried forward)"
    assert sources([samples.ACT]) == "Children Act 2004, section 16C(1)"


def test_not_known_is_never_no() -> None:
    made = record()
    unknown = tables(made, "answers")["Answered “not known”"]
    assert unknown == [["Is the child looked after by a local authority?", "Not known"]]
    assert answer_words("not known", "No") == "Not known"
    assert "Is the child looked after" not in str(tables(made, "answers")["Answers given"])


def test_what_is_open_says_what_to_find_out_and_whom_to_ask() -> None:
    [rows] = tables(record(), "still-open").values()
    assert rows[0][1:] == [
        "The address at which the child is registered with a GP",
        "Children's social care",
    ]
    assert all(all(row) for row in rows)
    assert "Nothing: no question" in words(record(open=()), "still-open")


def test_the_changes_name_the_answers_and_the_other_route() -> None:
    told = words(record(), "what-would-change")
    assert "The advice would be “Make a child protection referral” if this were different:" in told
    assert "Abuse or neglect: from “It is suspected” to “No”" in told
    assert "answered as well: Is there a risk of harm?" in told
    assert "Looked after" in told


def test_processes_say_in_words_whether_they_apply() -> None:
    told = words(record(), "beside")
    for status in ("Applies", "May apply: not known yet", "Do not apply, on these answers"):
        assert status in told
    assert told.index("Safeguarding Adults Review") < told.index("Inquest")
    assert told.index("Inquest") < told.index("Child death review")


def test_the_rationale_keeps_the_order_of_firing() -> None:
    [rows] = tables(record(), "rationale").values()
    assert [row[0] for row in rows] == ["1. wt2023-under-18", "2. wt2023-died", "3. wt2023-328"]
    assert rows[2][1].split("\n")[2] == "Abuse or neglect: It is suspected"
    assert "Ruled out." in words(record(), "rationale")


def test_a_fault_gives_a_record_without_a_recommendation() -> None:
    made = build(samples.FAULTY, samples.EXPLANATION, samples.MAP, "", samples.MADE)
    everything = json.dumps(made, ensure_ascii=False)
    assert "No recommendation was given" in everything
    assert samples.FAULTY.fault in everything
    assert samples.ROUTE.title not in words(made, "what-to-do")
    kept = [part["id"] for part in made["sections"]]
    assert "decision-map" not in kept
    assert "what-would-change" not in kept
    # A child may be in danger although the evaluators disagree.
    assert "Call 999" in words(made, "what-to-do")
    assert "decision" in kept


def test_advice_that_is_not_certain_says_so() -> None:
    made = record(route=replace(samples.ROUTE, certain=False))
    assert "not certain yet" in words(made, "what-to-do")
    assert "not certain yet" not in words(record(), "what-to-do")


def test_a_person_decides() -> None:
    part = record()["sections"][-1]
    assert [b["label"] for b in part["blocks"] if b["kind"] == "blank"] == [
        "Decision",
        "Reasons",
        "Decision made by (role)",
        "Date",
    ]
    assert "It does not decide" in words(record(), "about")


def test_the_status_lines_leave_out_what_there_is_not() -> None:
    about = words(build(samples.ASSESSMENT, samples.EXPLANATION, samples.MAP, "", samples.MADE),
                  "about")  # fmt: skip
    assert "Reference" not in about
    assert "hash" not in about
    assert "Thursday 2 January 2025 at 15:04" in about


def test_a_time_with_a_zone_is_shown_as_it_was_given() -> None:
    made = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
    built = build(samples.ASSESSMENT, samples.EXPLANATION, samples.MAP, "", made)
    assert "Tuesday 1 July 2025 at 09:30" in words(built, "about")
    assert built["made"] == "2025-07-01T09:30:00+00:00"


def test_notes_keep_paragraphs_and_lines() -> None:
    part = next(
        part for part in record("One.\r\nTwo.\r\n\r\nThree.")["sections"] if part["id"] == "notes"
    )
    assert [block["text"] for block in part["blocks"]] == ["One.\nTwo.", "Three."]
    assert "No notes were written." in words(record("  \n\n "), "notes")


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("a\x00b\x07c", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("no\u202egnorw", "nognorw"),
        ("\ud83d", ""),
        ("x\ufffey\U0001ffff", "xy"),
        ("e\u0301", "é"),
        ("שלום 😀", "שלום 😀"),
    ],
)
def test_text_is_tidied_of_what_documents_cannot_carry(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


@pytest.mark.parametrize(
    ("raw", "ended"), [("a", "A."), ("Why?", "Why?"), ("done. ", "Done."), ("", "")]
)
def test_a_sentence_ends_once(raw: str, ended: str) -> None:
    assert sentence(raw) == ended
