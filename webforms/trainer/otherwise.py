"""What would change a vignette: one fact told otherwise, with every answer that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.answers import Answer
from engine.edition import program_for
from rules.loader import rulebook
from webforms.documents.words import capital, day
from webforms.trainer.facts import words_of
from webforms.trainer.vignettes import Turn, Vignette, choice_words, turned


@dataclass(frozen=True)
class Otherwise:
    """One fact told otherwise, what is asked only then, and the choice that is right then.

    `also` are the further answers, each as question and words. None is left out: without them the
    rules may lead elsewhere, or wait for the answer.
    """

    fact: str
    told: str
    also: tuple[tuple[str, str], ...]
    leads_to: str


def otherwise(vignette: Vignette, turn: Turn) -> Otherwise:
    """A turn in the words of the rules that govern the case once it is turned."""
    fact, told = _turned_fact(vignette, turn)
    return Otherwise(
        fact=capital(fact),
        told=told,
        also=tuple(_told(vignette, turn, *each) for each in turn.also.items()),
        leads_to=choice_words(vignette, turn.leads_to),
    )


def _turned_fact(vignette: Vignette, turn: Turn) -> tuple[str, str]:
    if turn.event and turn.day:
        return rulebook().event_dates[turn.event].label, day(turn.day)
    if turn.area:
        return "The area", _area(turn.area)
    return _told(vignette, turn, turn.question, turn.answer)


def _told(vignette: Vignette, turn: Turn, question: str, answer: Answer) -> tuple[str, str]:
    program = program_for(rulebook(), turned(vignette, turn))
    label = rulebook().questions[question].label
    return label, words_of(program, question, {question: answer})


def _area(area: str) -> str:
    for overlay in rulebook().overlays:
        if overlay.area == area:
            return capital(dict(overlay.words).get("area", area))
    return area
