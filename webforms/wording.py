"""Dates, numbers and strengths as a reader takes them in; the pages' filters."""

from __future__ import annotations

import re
from datetime import date, datetime

from flask import Flask

from engine.expression import Status
from webforms.documents.words import day as spoken_day

ISO_DATE = re.compile(r"\b[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\b")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# What each of the sources' verbs asks of the reader. It is never raised.
STRENGTHS = {
    "must": "The source makes it a duty.",
    "duty": "A duty, in the words of the text, which says neither must nor should.",
    "should": "The source expects it, unless there is a good reason to do otherwise.",
    "may": "The source leaves it open: those who decide may choose it.",
    "definition": "It says what a thing is, who holds a task, or what follows from a word.",
    "fact": "It is information.",
    "advice": "It is our own advice. No source asks for it.",
}
STRENGTH_COLOURS = {"must": "red", "duty": "purple", "should": "orange", "may": "teal"}

PROCESS_STATUS = {
    Status.ESTABLISHED: "Applies",
    Status.OPEN: "May apply: not known yet",
    Status.RULED_OUT: "Does not apply, on these answers",
}


def day(when: date) -> str:
    """Thursday 2 January 2025, with spaces that do not break."""
    weekday, number, month, year = spoken_day(when).split()
    return f"{weekday} {number}\u00a0{month} {year}"


def spoken_dates(text: str) -> str:
    """The text with every date written 2025-01-02 as it is spoken."""
    return ISO_DATE.sub(lambda found: day(date.fromisoformat(found[0])), text)


def moment(when: datetime) -> str:
    """Thursday 2 January 2025 at 18:05."""
    return f"{day(when)} at {when:%H:%M}"


def number(count: int) -> str:
    """Small numbers in words, as in running text."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """The text within a sentence. A capital stays when the next letter is one too (NHS, LADO)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a stop of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:" else f"{text}."


def strength_tag(strength: str) -> dict[str, str]:
    """Parameters of the tag that shows the verb of the source."""
    colour = STRENGTH_COLOURS.get(strength, "grey")
    return {"text": first_upper(strength), "classes": f"govuk-tag--{colour} waymark-tag"}


def init_app(app: Flask) -> None:
    for function in (day, moment, number, first_upper, first_lower, sentence, spoken_dates):
        app.add_template_filter(function)
    app.jinja_env.globals.update(
        strength_tag=strength_tag, STRENGTHS=STRENGTHS, PROCESS_STATUS=PROCESS_STATUS
    )
