"""Every form of a case, in the order of the work."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Part
from webforms.chair.parts import agencies, deciding, meeting, opening, parallel, reviewing, tasks

PARTS: dict[str, Part] = {
    part.id: part
    for room in (opening, agencies, meeting, deciding, parallel, reviewing, tasks)
    for part in room.PARTS
}


# Dates and answers that stand in a form of those who lead: theirs wherever else they are asked.
_LED = tuple(ask for part in PARTS.values() if part.writers == LEADERS for ask in part.asks)
LED_EVENTS = frozenset(ask.event for ask in _LED if ask.event)
LED_QUESTIONS = frozenset(ask.question for ask in _LED if ask.question)


def form_fields(form: str) -> list[tuple[str, Part, Ask]]:
    """The fields of a local form: the field's name, and where it is asked."""
    return [
        (field, part, ask)
        for part in PARTS.values()
        for ask in part.asks
        for named, field in ask.form
        if named == form
    ]
