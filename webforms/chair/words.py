"""The words of a part for one case: those of the rules, of its area, and of its edition."""

from __future__ import annotations

from dataclasses import replace

from engine.edition import overlay_on
from engine.rulebook import LearningOption, Overlay
from rules.loader import rulebook
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.part import Ask, Part
from webforms.chair.words_of_2015 import EVENT_LABELS, ROUTES_OF_2015, ROUTES_SINCE, part_of_2015
from webforms.chair.words_of_area import carried_forward, in_2018, in_area

NOT_KNOWN = ("not known", "Not known yet")
OTHER_LEARNING = ("other", "Another form of learning: say which in the outcome")
NO_ACTION = ("no_further_action", "No further action")
REVIEWS = ("local_review", "serious_case_review", "joint_serious_case_review")
# What a procedure called its options before it listed those of today: its text has both.
OLDER = "older_"


def overlay_of(file: CaseFile) -> Overlay:
    """The local procedure of the case's area. It may not have been in force on its day."""
    return next(each for each in rulebook().overlays if each.area == file.area)


def governing_overlay(file: CaseFile) -> Overlay:
    """The local procedure in force for the decision, or the national rules alone."""
    return overlay_on(rulebook(), file.area, facts.program(file, "review").day)


def area_name(file: CaseFile) -> str:
    return dict(overlay_of(file).words)["area"]


def event_label(file: CaseFile, event: str) -> str:
    """What a list of dates calls an event, under the rules that govern the case."""
    label = rulebook().event_dates[event].label
    return EVENT_LABELS.get(event, label) if facts.of_boards(file) else label


def learning_options(file: CaseFile) -> tuple[LearningOption, ...]:
    """The forms of learning that the procedure in force in the area names.

    A practice review or a serious case review is no learning below the threshold, and an option
    under its older name would stand there twice.
    """
    options = overlay_of(file).options if facts.problem(file) else governing_overlay(file).options
    return tuple(
        each for each in options if each.id not in REVIEWS and not each.id.startswith(OLDER)
    )


def for_case(part: Part, file: CaseFile) -> Part:
    """The part with its words: those of events and questions, of the area, and of the rules."""
    edition = _edition(file, part)
    old = edition == facts.OF_BOARDS
    asks = tuple(_ask(each, file) for each in part.asks if _asked(each, file))
    worded = in_area(replace(part, asks=asks), of_darlington(file), _kept(file, part))
    if part.id in ("decision", "recommendation"):
        worded = _with_routes(worded, file, ROUTES_OF_2015 if old else ROUTES_SINCE)
    if old:
        return part_of_2015(worded, _kept(file, part))
    if edition == "working-together-2018":
        return in_2018(worded, _kept(file, part))
    return carried_forward(worded) if edition == "working-together-2026" else worded


# Parts about notifying go by the rules of that day; the others by those of the decision.
ABOUT_NOTIFYING = ("key_dates", "notification")


def _edition(file: CaseFile, part: Part) -> str:
    if facts.problem(file):
        return ""
    stage = "notify" if part.id in ABOUT_NOTIFYING else "review"
    return facts.program(file, stage).edition.id


def _asked(ask: Ask, file: CaseFile) -> bool:
    """Whether the case can have this date at all: only under the rules of 2015 is there a Board."""
    if ask.event != "board_notified" or ask.event in file.dates:
        return True
    return not facts.problem(file) and any(
        facts.program(file, stage).edition.id == facts.OF_BOARDS for stage in ("notify", "review")
    )


def of_darlington(file: CaseFile) -> bool:
    """Whether Darlington's procedure is the area's own, and in force for this case."""
    if file.area != "darlington":
        return False
    return bool(facts.problem(file)) or governing_overlay(file).area == file.area


def _kept(file: CaseFile, part: Part) -> frozenset[str]:
    """The asks of a part that hold something in any of its items."""
    return frozenset(
        name
        for entry in file.entries.get(part.id, {}).values()
        for name, v in entry.data.items()
        if v
    )


def _with_routes(part: Part, file: CaseFile, fitting: tuple[str, ...]) -> Part:
    """Offers the routes of the rules that govern the case, and keeps one that was chosen."""
    chosen = file.one(part.id).get("route", "")
    offered = tuple(each for each in part.ask("route").options if each[0] in (*fitting, chosen))
    return replace(
        part,
        asks=tuple(
            replace(each, options=offered) if each.id == "route" else each for each in part.asks
        ),
    )


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
        # A procedure that leaves no way out leaves the choice to those who have it.
        others = () if file.area == "darlington" and named else (OTHER_LEARNING, NO_ACTION)
        return replace(ask, options=(*named, *others))
    return ask
