"""A vignette on paper: the story and the questions first, the reasoning on another page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from engine.results import FiringGiven
from webforms.documents.blocks import (
    Block,
    Section,
    cell,
    facts,
    field,
    headline,
    listing,
    notice,
    paragraph,
    section,
    subheading,
    table,
)
from webforms.documents.words import DOUBTS, capital, each_text, sentence, sources, tidy
from webforms.trainer.lesson import Lesson
from webforms.trainer.vignettes import TOPICS

RUNNING_HEAD = "Waymark training: a made-up case"


def build(lesson: Lesson, made: datetime) -> dict[str, Any]:
    """The handout as plain data, for `documents.pdf` and `documents.word`."""
    vignette = lesson.vignette
    record = {
        "title": vignette.title,
        "language": "en-GB",
        "running_head": RUNNING_HEAD,
        "marking": "",
        "landscape": False,
        "reference": TOPICS[vignette.topic],
        "digest": "",
        "made": made.replace(tzinfo=None).isoformat(timespec="seconds"),
        "sections": [
            _story(lesson),
            _questions(lesson),
            {**_reasoning(lesson), "new_page": True},
            _otherwise(lesson),
            _points(lesson),
        ],
    }
    tidied: dict[str, Any] = each_text(record, tidy)
    return tidied


def _story(lesson: Lesson) -> Section:
    return section(
        "story",
        "What happened",
        *(paragraph(each) for each in lesson.vignette.story),
        paragraph(
            "This case is made up. If it comes close to something that you have been through, "
            "you may step out at any time."
        ),
    )


def _questions(lesson: Lesson) -> Section:
    return section(
        "questions",
        "Your decision",
        subheading(lesson.vignette.ask),
        listing([(words, ()) for _, words in lesson.choices], ordered=True),
        field("Your choice", "", 1),
        field("In one sentence: why?", "", 2),
        field("Which fact, if it were different, would change your mind?", "", 2),
        field("What is not known yet, and who could say?", "", 2),
    )


def _reasoning(lesson: Lesson) -> Section:
    return section(
        "reasoning",
        "What the rules say",
        headline(lesson.vignette.ask, lesson.words(lesson.right)),
        paragraph(lesson.summary) if lesson.summary else None,
        facts(
            [
                *([("Strength", capital(lesson.strength))] if lesson.strength else []),
                ("Source", sources(lesson.citations)),
                ("Rules", _edition(lesson)),
            ]
        ),
        *_doubts(lesson),
        table(
            "The facts that matter",
            (("Question", 55), ("In this case", 45)),
            [[cell(each.text), cell(each.words)] for each in lesson.facts],
        ),
        table(
            "The rules on the way there, in order",
            (("It follows", 38), ("Because", 36), ("Where it stands", 26)),
            [_rule(fired) for group in lesson.rules for fired in group],
        ),
        paragraph(
            "Waymark applies the rules to the facts. It advises; a person decides, and may have "
            "reasons to decide otherwise."
        ),
    )


def _rule(fired: FiringGiven) -> list[Block]:
    return [
        cell(sentence(fired.establishes), sentence(capital(fired.status)), fired.not_settled),
        cell("\n".join(fired.because) or "Always applies"),
        cell(fired.source),
    ]


def _edition(lesson: Lesson) -> str:
    given = lesson.assessment
    doubt = DOUBTS.get(given.edition_status)
    return f"{given.edition_title}{f' ({doubt})' if doubt else ''}; version {given.rules_version}"


def _doubts(lesson: Lesson) -> Iterator[Block]:
    """What is not confirmed, in the words in which the result says it."""
    for warning in lesson.assessment.warnings:
        yield notice(sentence(warning))


def _otherwise(lesson: Lesson) -> Section:
    told = [
        (
            f"{each.fact}: “{each.told}”",
            (
                *(f"And, asked only then, {label}: “{words}”" for label, words in each.also),
                f"Then: {each.leads_to}",
            ),
        )
        for each in lesson.otherwise
    ]
    return section("otherwise", "What would change it", listing(told))


def _points(lesson: Lesson) -> Section:
    return section(
        "points",
        "What to take away",
        listing([(point.text, ("; ".join(point.citations),)) for point in lesson.vignette.points]),
    )
