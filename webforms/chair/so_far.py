"""A case as far as it has come: without what its people say of days that are still to come.

A meeting is planned before it is held, a letter dated ahead. Such a day is kept and shown as a
plan; it has met nothing and ended no stage. So whatever asks how a case stands asks this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from webforms.chair.casefile import LONG, CaseFile
from webforms.chair.part import Ask, Kind, Part
from webforms.chair.parts import PARTS
from webforms.store import Entry

PLANNED, TO_COME = " (planned)", " (still to come)"


def so_far(file: CaseFile, today: date) -> CaseFile:
    """The same case, with the days blank on which something will be done, and what rests on them.

    Days by which something is to be done stay, and so do the dates of the rules: the engine knows
    which of them may be planned.
    """
    found = {
        part.id: _come(file, part, today)
        for part in PARTS.values()
        if part.id in file.entries and part.id not in LONG
    }
    changed = {id: entries for id, entries in found.items() if entries != file.entries[id]}
    return replace(file, entries={**file.entries, **changed}) if changed else file


def plan_in_words(ask: Ask, value: str, today: date) -> str:
    """What is said after a day that is still to come, in an ask of when something is done."""
    if not value or ask.kind is not Kind.DATE or value <= today.isoformat():
        return ""
    if ask.plan:
        return PLANNED
    return TO_COME if ask.past else ""


def _come(file: CaseFile, part: Part, today: date) -> dict[str, Entry]:
    return {
        item: replace(entry, data={**entry.data, **blank}) if blank else entry
        for item, entry in file.entries[part.id].items()
        for blank in [_to_come(file, part, item, entry.data, today)]
    }


def _to_come(
    file: CaseFile, part: Part, item: str, data: Mapping[str, Any], today: date
) -> dict[str, str]:
    """What of an item is blank until its day has come."""
    blank = {}
    for ask in part.own:
        if plan_in_words(ask, str(data.get(ask.id, "")), today):
            blank[ask.id] = ""
        elif ask.once_come and data.get(ask.id) in ask.once_come[1]:
            day = file.value(part, part.ask(ask.once_come[0]), item)
            if day > today.isoformat():
                blank[ask.id] = ""
    return blank
