"""A local form: its fields in its own order, with our labels, filled in or left to be.

A field that is blank has lines to write on, so that the form can be completed by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.said import spoken
from webforms.chair.parts import form_fields
from webforms.chair.words import for_case
from webforms.documents.blocks import Block, field

YES_OR_NO = "Yes, no, or not known yet"
SHORT, LONG = 1, 5


@dataclass(frozen=True)
class FormField:
    """A field of a form: its name, our label, and how many lines it has while it is blank."""

    id: str
    label: str
    lines: int = SHORT
    hint: str = ""


def blocks(fields: Sequence[FormField], values: Mapping[str, str]) -> list[Block]:
    """The fields, each with what was written."""
    return [field(each.label, values.get(each.id, ""), each.lines, each.hint) for each in fields]


def relabelled(fields: Sequence[FormField], labels: Mapping[str, str]) -> list[FormField]:
    """The same fields, some of them in other words."""
    return [replace(each, label=labels.get(each.id, each.label)) for each in fields]


def values(form: str, file: CaseFile, items: Mapping[str, str] | None = None) -> dict[str, str]:
    """What was written in each field of a form.

    Parts of many items are read only where `items` names one. Where several asks make up one
    field, each follows the others.
    """
    chosen = items or {}
    found: dict[str, str] = {}
    for name, part, ask in form_fields(form):
        if part.many and part.id not in chosen:
            continue
        item = chosen.get(part.id, "")
        if not file.applies(part, ask, item):
            continue
        # What this case does not ask for may still hold something that was written before.
        in_words = next((each for each in for_case(part, file).asks if each.id == ask.id), ask)
        text = spoken(in_words, file.value(part, in_words, item), file.today)
        if text:
            found[name] = f"{found[name]}\n\n{text}" if name in found else text
    return found
