"""Compare: the same facts under two editions or in two areas, side by side, and why they differ."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Page as Browsed

from webforms.trainer.ready import READY
from webforms.trainer.subjects import every_subject

from .page_checks import keep_html, problems_of, validator_says
from .pages import Page, Pages, words

CHILD_S = "/training/compare?case=child-s&right=working-together-2023"
ALFIE = (
    "/training/compare?case=baby-alfie-notify&left=working-together-2023&left_area=darlington"
    "&right=working-together-2023&right_area=isle-of-wight"
)


def rows(page: Page, caption: str) -> dict[str, tuple[str, str, str]]:
    """A table's rows: (the mark, the left, the right) by what each tells of.

    Those that are the same on both sides are folded away, in a table of their own.
    """
    found = rows_shown(page, caption)
    if any(caption_of(each).startswith(f"{caption}, the same") for each in page.all("table")):
        found |= rows_shown(page, f"{caption}, the same on both sides")
    return found


def rows_shown(page: Page, caption: str) -> dict[str, tuple[str, str, str]]:
    """The rows of the one table of this name, or none where there is no such table."""
    tables = [each for each in page.all("table") if caption_of(each).startswith(f"{caption}:")]
    assert len(tables) <= 1
    found: dict[str, tuple[str, str, str]] = {}
    for row in (row for table in tables for row in table.iter("tr")):
        heads = [each for each in row.iter("th") if each.get("scope") == "row"]
        if heads:
            mark, what = (words(each) for each in spans(heads[0]))
            left, right = (cell(each) for each in row.iter("td"))
            found[what] = (mark, left, right)
    return found


def caption_of(table: Element) -> str:
    return words(next(table.iter("caption")))


def in_short(page: Page) -> list[str]:
    """The paragraphs beneath the heading "In short"."""
    main = list(page.one("main").iter())
    start = next(at for at, each in enumerate(main) if each.get("id") == "in-short")
    end = next(at for at, each in enumerate(main) if each.get("id") == "glance")
    return [words(each) for each in main[start:end] if each.tag == "p"]


def spans(head: Element) -> list[Element]:
    return [each for each in head if each.tag == "span"]


def cell(element: Element) -> str:
    """A cell without the side's name, which only narrow screens show."""
    return re.sub(r"^(Left|Right) ?", "", words(element))


def section(page: Page, labelled_by: str) -> str:
    found = [each for each in page.all("section") if each.get("aria-labelledby") == labelled_by]
    assert len(found) == 1
    return words(found[0])


def test_every_case_can_be_chosen_and_some_comparisons_are_ready(client_request: Pages) -> None:
    page = client_request.get("/training/compare")
    offered = [words(each) for each in page.all("option")]
    for _, choices in every_subject():
        assert {title for _, title in choices} <= set(offered)
    for each in READY:
        assert page.link(each.title).startswith("/training/compare?case=")
    assert not page.all("table")


@pytest.mark.parametrize("ready", READY, ids=lambda each: each.title)
def test_a_ready_comparison_shows_what_it_promises(client_request: Pages, ready: object) -> None:
    title = next(each.title for each in READY if each is ready)
    page = client_request.get(client_request.get("/training/compare").link(title))
    assert page.heading.startswith("Compare: ")
    marks = [mark for mark, _, _ in rows(page, "What there is to do").values()]
    assert set(marks) - {"= Same"}


def test_child_s_in_2015_and_in_2023(client_request: Pages) -> None:
    page = client_request.get(CHILD_S)
    glance = rows(page, "At a glance")
    assert glance["Edition"] == (
        "≠ Differs",
        "Working Together 2015 (not verified)",
        "Working Together 2023",
    )
    assert glance["Route"] == (
        "≠ Differs",
        "The criteria for a serious case review are not met",
        "Find out what is open before this is decided",
    )
    assert glance["Local procedure"][1] == "Newcastle, report of 2016/17"
    assert glance["Answer: Cause for concern about joint working"] == (
        "≠ Differs",
        "No",
        "Not counted: not asked here",
    )
    assert glance["Answer: Abuse or neglect"] == ("= Same", "It is suspected", "It is suspected")
    findings = rows(page, "Findings")
    left, right = findings["This is a serious child safeguarding incident"][1:]
    assert left == "Not in these rules"
    assert right.startswith("Holds")
    assert "Children Act 2004, section 16B(9)" in right


def test_it_is_told_that_the_third_condition_of_2015_is_gone_and_what_stands_in_its_place(
    client_request: Pages,
) -> None:
    page = client_request.get(CHILD_S)
    why = section(page, "why-left")
    assert "Only here it is asked: Cause for concern about joint working" in why
    assert "On the other side no rule asks this, so the answer is set aside there." in why
    assert "The law since 2018 has no such condition." in why
    instead = why.partition("In its place, on the other side:")[2]
    assert instead.startswith(" Holds: This is a serious child safeguarding incident.")
    assert "Children Act 2004, section 16B(9)" in instead
    assert page.link("lscbr2006-harmed") == "/rules/rule/lscbr2006-harmed"
    assert page.link("ca2004-16b-9") == "/rules/rule/ca2004-16b-9"
    assert "Regulations of 2006 (not verified)" in why
    assert "5(2)(b)(ii)" not in page.text
    assert "Only here it would still be asked The Panel's answer" in section(page, "why-right")


def test_darlington_and_the_isle_of_wight(client_request: Pages) -> None:
    page = client_request.get(ALFIE)
    glance = rows(page, "At a glance")
    assert glance["Route"][0] == "= Same"
    assert glance["Local procedure"][0] == "≠ Differs"
    steps = rows(page, "What there is to do")
    assert steps["Report the incident to the Statutory Safeguarding Partners."][0] == "← Left only"
    assert steps["Report the incident to the Statutory Safeguarding Partners."][2] == "Not there"
    clocks = rows(page, "Clocks")
    mark, left, right = clocks["Report the incident to the Statutory Safeguarding Partners."]
    assert (mark, right) == ("← Left only", "Not there")
    assert "Tuesday 23 January 2024" in left
    assert "Steps that the local procedure adds" in section(page, "why-left")
    assert "Steps that the local procedure adds" not in section(page, "why-right")


def test_a_step_that_only_names_another_council_is_the_same_step(client_request: Pages) -> None:
    page = client_request.get(ALFIE)
    mark, left, right = rows(page, "What there is to do")[
        "Where the criteria are unclear, turn to the Panel's guidance."
    ]
    assert mark == "= Same"
    assert left.startswith("Darlington Borough Council and its partners.")
    assert right.startswith("Isle of Wight Council and its partners.")
    marks = [mark for mark, _, _ in rows(page, "What there is to do").values()]
    assert (marks.count("= Same"), marks.count("← Left only"), len(marks)) == (8, 7, 15)


def test_the_words_of_a_step_stand_once_and_what_is_the_same_is_folded_away(
    client_request: Pages,
) -> None:
    page = client_request.get(ALFIE)
    main = words(page.one("main"))
    assert main.count("Where the criteria are unclear, turn to the Panel's guidance.") == 1
    shown = [mark for mark, _, _ in rows_shown(page, "What there is to do").values()]
    assert shown == ["← Left only"] * 7
    summaries = [words(each) for each in page.all("summary")]
    assert "The same on both sides (8)" in summaries


def test_why_two_areas_differ_is_said_in_short(client_request: Pages) -> None:
    assert in_short(client_request.get(ALFIE)) == [
        "Both sides are decided under Working Together 2023. Local procedure: on the left "
        "“Darlington, procedure of March 2020”, on the right “Isle of Wight, page on learning "
        "reviews”. The route is the same.",
        "Of 15 steps, 8 the same on both sides, 7 only on the left. 7 are added by the local "
        "procedure of the left.",
    ]


def test_it_is_said_which_question_of_today_was_never_asked_of_child_s(
    client_request: Pages,
) -> None:
    told = " ".join(in_short(client_request.get(CHILD_S)))
    assert "The left is decided under Working Together 2015, the right under" in told
    assert "Only the rules of the left ask about “Cause for concern about joint working”" in told
    assert "The right is not certain yet: nobody has answered “The Panel's answer”," in told
    assert "and 6 more. The rules of the left never ask that." in told


def test_moved_dates_are_told(client_request: Pages) -> None:
    page = client_request.get(CHILD_S)
    assert "On the right, all dates of the case were moved" in words(page.one("main"))
    assert "On the left, all dates" not in words(page.one("main"))


def test_two_sides_under_the_same_rules_are_told_to_be_the_same(client_request: Pages) -> None:
    page = client_request.get("/training/compare?case=child-s")
    assert "nothing differs" in words(page.one("main"))
    assert "In short" not in page.text
    assert {mark for mark, _, _ in rows(page, "At a glance").values()} == {"= Same"}


def test_a_day_may_stand_in_the_address_in_place_of_an_edition(client_request: Pages) -> None:
    page = client_request.get("/training/compare?case=child-s&right=2024-03-01")
    assert rows(page, "At a glance")["The day that counts"][2] == "Friday 1 March 2024"
    chosen = [words(each) for each in page.all("option") if each.get("selected") is not None]
    assert "The rules of 01.03.2024" in chosen


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("case=child-s&left=2010-01-01", "before Thursday 26"),
        ("case=child-s&left=newest", "neither an edition nor a day"),
        ("case=child-s&right_area=atlantis", "not an area"),
    ],
)
def test_what_is_not_there_is_told_in_words(client_request: Pages, asked: str, said: str) -> None:
    page = client_request.get(f"/training/compare?{asked}")
    assert said in words(page.one("div", "waymark-notice"))
    assert not page.all("table")


def test_a_case_that_is_not_there_is_asked_for_again(client_request: Pages) -> None:
    page = client_request.get("/training/compare?case=nobody")
    assert page.heading.startswith("Compare the same facts")


def test_a_board_is_compared_as_it_stands_without_its_facts_in_the_address(
    client_request: Pages,
) -> None:
    form = client_request.get("/return")
    board = client_request.post("/training/child-s/board", form)
    client_request.post(f"{board}/turn", form, turn="joint_working_cause_for_concern=yes")
    address = client_request.get(board).link("Compare editions or areas on these facts")
    assert address == f"{board}/compare"
    page = client_request.get(f"{address}?right=working-together-2023")
    assert rows(page, "At a glance")["Route"][1] == "The criteria for a serious case review are met"
    assert page.link("Back to the board") == board
    [search] = [each for each in page.all("form") if each.get("role") == "search"]
    assert search.get("action") == address
    assert {each.get("name") for each in search.iter("select")} == {
        "left",
        "left_area",
        "right",
        "right_area",
    }


def test_there_is_nothing_to_compare_on_a_board_that_is_gone(client_request: Pages) -> None:
    page = client_request.get("/training/board/7GQX-0N3D-V2KC-M8RT/compare", status=404)
    assert page.heading == "There is no such board"


def test_comparisons_are_accessible_valid_and_narrow(
    page: Browsed, live_server: str, tmp_path: Path
) -> None:
    problems: list[str] = []
    page.on("response", lambda response: keep_html(response, tmp_path))
    for address in ("/training/compare", CHILD_S, ALFIE):
        page.goto(f"{live_server}{address}")
        problems += [f"{address}: {each}" for each in problems_of(page)]
    problems += validator_says(tmp_path, 3)
    assert not problems, "\n".join(problems)


def test_a_ready_comparison_shows_the_years_of_its_title(client_request: Pages) -> None:
    listed = client_request.get("/training/compare").all("a")
    (link,) = (each for each in listed if words(each).startswith("A care leaver’s death in 2022"))
    text = words(client_request.get(link.get("href") or "").one("main")).replace("\u00a0", " ")
    assert "16 October 2022" in text
    assert "16 October 2024" in text
