"""What was written in a part of a case, as blocks of a document; what is blank is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.labels import label_of
from webforms.chair.documents.terms import terms
from webforms.chair.part import Ask, Kind, Part
from webforms.chair.parts import PARTS
from webforms.chair.so_far import plan_in_words
from webforms.chair.words import for_case
from webforms.documents.blocks import Block, facts, prose, subheading
from webforms.documents.words import day

NOTHING = "Nothing was written"
# Said beside a choice on the form; a document of such a case does not need it.
CHOICE_OF_2015 = " (rules of 2015 only)"


def in_words(file: CaseFile, part: str, ask: str, item: str = "") -> str:
    """What was said to one ask, as it is read; nothing where it is blank."""
    worded = (each for each in for_case(PARTS[part], file).asks if each.id == ask)
    found = next(worded, PARTS[part].ask(ask))
    return spoken(found, file.value(PARTS[part], found, item), file.today)


def spoken(ask: Ask, value: str, today: date) -> str:
    """A kept value as it is read: a date spoken, and what is planned said to be so."""
    if value and ask.kind is Kind.DATE:
        return day(date.fromisoformat(value)) + plan_in_words(ask, value, today)
    return ask.words(value).removesuffix(CHOICE_OF_2015)


def told(file: CaseFile, part: str, item: str = "", but: Sequence[str] = ()) -> list[Block | None]:
    """Everything that was written in a part: what is short as a list, each long text by itself."""
    asks = _written(file, PARTS[part], item, but)
    short = [(label, text) for ask, label, text in asks if ask.kind is not Kind.TEXT]
    blocks: list[Block | None] = [facts(short)]
    for ask, label, text in asks:
        if ask.kind is Kind.TEXT:
            blocks += [subheading(label), *prose(text)]
    return blocks


def rows(
    file: CaseFile,
    part: str,
    item: str = "",
    *,
    only: Sequence[str] = (),
    labels: Mapping[str, str] = {},
) -> list[tuple[str, str]]:
    """What was written in a part as labels with values, long texts too."""
    return [
        (labels.get(ask.id, label), text)
        for ask, label, text in _written(file, PARTS[part], item)
        if not only or ask.id in only
    ]


def _written(
    file: CaseFile, part: Part, item: str, but: Sequence[str] = ()
) -> list[tuple[Ask, str, str]]:
    old = terms(file).old
    found = []
    for ask in for_case(part, file).asks:
        value = file.value(part, ask, item)
        if not value or ask.id in but or not file.applies(part, ask, item):
            continue
        found.append(
            (ask, label_of(part.id, ask.id, ask.label, old), spoken(ask, value, file.today))
        )
    return found
