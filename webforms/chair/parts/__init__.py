"""Every form of a case, in the order of the work."""

from __future__ import annotations

from webforms.chair.part import Ask, Part
from webforms.chair.parts import agencies, deciding, meeting, opening, parallel, reviewing, tasks

PARTS: dict[str, Part] = {
    part.id: part
    for room in (opening, agencies, meeting, deciding, parallel, reviewing, tasks)
    for part in room.PARTS
}


def form_fields(form: str) -> list[tuple[str, Part, Ask]]:
    """The fields of a local form: the field's name, and where it is asked."""
    return [
        (field, part, ask)
        for part in PARTS.values()
        for ask in part.asks
        for named, field in ask.form
        if named == form
    ]
