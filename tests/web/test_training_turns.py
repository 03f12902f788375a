"""What would change a case, as it is read: each line is what the engine says of those facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask

from engine.answers import NOT_KNOWN, Answer, Case
from engine.assessment import assess
from rules.calendar import england
from rules.loader import rulebook
from webforms.trainer import handout
from webforms.trainer.lesson import lesson_of
from webforms.trainer.steps import first_of, steps_of
from webforms.trainer.vignettes import Vignette, case_of, choice_on, choice_words, vignettes

from .pages import Page, Pages, words

STILLBORN = "stillborn-after-an-assault"
TWO_EDITIONS = "same-harm-under-two-editions"

# What a line says: the facts that it tells otherwise, each in words, and what is right then.
Line = tuple[list[tuple[str, str]], str]


@pytest.fixture(params=vignettes().values(), ids=lambda each: each.id)
def vignette(request: pytest.FixtureRequest) -> Vignette:
    return request.param


def lines_of(page: Page) -> list[Line]:
    """The lines under “What would change it” on a page."""
    lines = []
    for line in page.one("ul", "waymark-changes"):
        *_, leads_to = line.iter("strong")
        lines.append((re.findall(r"“([^”]+)” were “([^”]+)”", words(line)), words(leads_to)))
    return lines


def lines_on_paper(vignette: Vignette) -> Iterator[Line]:
    lesson = lesson_of(vignette.id)
    assert lesson
    record = handout.build(lesson, datetime(2025, 1, 6))
    section = next(each for each in record["sections"] if each["id"] == "otherwise")
    for entry in section["blocks"][0]["entries"]:
        *further, then = entry["under"]
        said = [entry["text"], *(each.removeprefix("And, asked only then, ") for each in further)]
        facts = [re.fullmatch(r"(.+): “(.+)”", each) for each in said]
        assert all(facts)
        yield [(each[1], each[2]) for each in facts if each], then.removeprefix("Then: ")


def told(case: Case, label: str, said: str) -> Case:
    """The case with one fact told as a line tells it; what is not a fact fails."""
    rules = rulebook()
    for event, given in rules.event_dates.items():
        if given.label.lower() == label.lower():
            return replace(case, dates={**case.dates, event: day_in(said)})
    if label == "The area":
        (area,) = (
            each.area for each in rules.overlays if dict(each.words)["area"].lower() == said.lower()
        )
        return replace(case, area=area)
    (question,) = (each for each in rules.questions.values() if each.label == label)
    answers: dict[str, Answer] = {option.text: option.value for option in question.options}
    answers |= {"Not known yet": NOT_KNOWN, "Under 1": 0} | {str(age): age for age in range(1, 40)}
    return replace(case, answers={**case.answers, question.id: answers[said]})


def day_in(said: str) -> date:
    return datetime.strptime(said, "%A %d %B %Y").date()


def assert_true(vignette: Vignette, lines: list[Line]) -> None:
    assert len(lines) == len(vignette.turns_on)
    for facts, leads_to in lines:
        case = case_of(vignette)
        assert facts
        for label, said in facts:
            case = told(case, label, said)
        given = assess(rulebook(), case, england())
        assert given.route
        # Nothing that the line does not tell could still lead elsewhere.
        assert given.route.certain
        assert choice_words(vignette, choice_on(vignette, given)) == leads_to


def test_every_line_of_the_reasoning_leads_where_it_says_on_the_facts_that_it_tells(
    client_request: Pages, vignette: Vignette
) -> None:
    assert_true(vignette, lines_of(client_request.get(f"/training/{vignette.id}/reasoning")))


def test_every_line_on_the_screen_leads_where_it_says(
    client_request: Pages, vignette: Vignette
) -> None:
    lesson = lesson_of(vignette.id)
    assert lesson
    place = first_of(steps_of(lesson, room=False), "route")
    assert_true(vignette, lines_of(client_request.get(f"/training/{vignette.id}/screen/{place}")))


def test_every_line_of_the_handout_leads_where_it_says(app: Flask, vignette: Vignette) -> None:
    with app.app_context():
        assert_true(vignette, list(lines_on_paper(vignette)))


def test_an_age_alone_does_not_bring_the_duty_and_the_line_says_what_else_it_takes(
    client_request: Pages,
) -> None:
    page = client_request.get(f"/training/{STILLBORN}/reasoning")
    facts, leads_to = lines_of(page)[0]
    assert [label for label, _ in facts] == ["Age", "Link with what happened", "Place"]
    assert leads_to == "Notify the Panel"
    alone = told(case_of(vignettes()[STILLBORN]), *facts[0])
    given = assess(rulebook(), alone, england())
    assert given.route
    assert given.route.title != leads_to


def test_another_day_leaves_the_judgement_of_the_partners_and_the_line_says_so(
    client_request: Pages,
) -> None:
    page = client_request.get(f"/training/{TWO_EDITIONS}/reasoning")
    facts, leads_to = lines_of(page)[1]
    assert ("The partners' own judgement", "Yes") in facts
    assert ("The Panel's answer", "It agrees that no review is needed") in facts
    assert leads_to == "A local review, as the partners find it appropriate"
