"""The words of a part for one case: those of the rules, of its area, and of its edition."""

from __future__ import annotations

from dataclasses import replace

from engine.edition import overlay_on
from engine.rulebook import LearningOption, Overlay
from rules.loader import rulebook
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.part import Ask, Part

NOT_KNOWN = ("not known", "Not known yet")
OTHER_LEARNING = ("other", "Another form of learning: say which in the outcome")
NO_ACTION = ("no_further_action", "No further action")


def overlay_of(file: CaseFile) -> Overlay:
    """The local procedure of the case's area. It may not have been in force on its day."""
    return next(each for each in rulebook().overlays if each.area == file.area)


def governing_overlay(file: CaseFile) -> Overlay:
    """The local procedure in force for the decision, or the national rules alone."""
    program, _ = facts.at(file, "review")
    return overlay_on(rulebook(), file.area, program.day)


def area_name(file: CaseFile) -> str:
    return dict(overlay_of(file).words)["area"]


def learning_options(file: CaseFile) -> tuple[LearningOption, ...]:
    """The forms of learning that the area's procedure names."""
    return overlay_of(file).options


def for_case(part: Part, file: CaseFile) -> Part:
    """The part with its words: those of events and questions, and the options of the area."""
    return replace(part, asks=tuple(_ask(each, file) for each in part.asks))


def _ask(ask: Ask, file: CaseFile) -> Ask:
    rules = rulebook()
    if ask.event:
        event = rules.event_dates[ask.event]
        # An ask may put the date of an event in words of its own.
        return replace(ask, label=ask.label or event.text, hint=ask.hint or event.hint)
    if ask.question:
        question = rules.questions[ask.question]
        options = tuple((each.value, each.text) for each in question.options)
        return replace(ask, label=question.text, hint=question.hint, options=(*options, NOT_KNOWN))
    if ask.id == "option":
        named = tuple((each.id, each.title) for each in learning_options(file))
        return replace(ask, options=named or (OTHER_LEARNING, NO_ACTION))
    return ask
