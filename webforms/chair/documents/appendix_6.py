"""Appendix 6: the chronology, of one agency or of all together, in nine columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from webforms.chair.agencies import same_name
from webforms.chair.casefile import CaseFile
from webforms.chair.chronology import Event, agencies_of, events_of
from webforms.chair.chronology_state import state_of
from webforms.chair.documents.forms import FormField, blocks
from webforms.chair.documents.frame import Making, Record
from webforms.chair.documents.known import CHRONOLOGY_FINGERPRINT
from webforms.chair.documents.local_forms import local_form
from webforms.chair.documents.said import in_words
from webforms.chair.parts import PARTS
from webforms.documents.blocks import Block, Cell, cell, facts, paragraph, section, table

TITLE = "Chronology"
BY_THE_DAY = "By the day on which it happened, not on which it was recorded"
BLANK_ROWS, ROOM = 8, "\n\u00a0\n"
ROWS_AT_MOST = 200
SEEN = PARTS["chronology"].ask("seen")

HEAD = (
    FormField("name", "Name (a pseudonym)"),
    FormField("date_of_birth", "Date of birth"),
    FormField("address", "Address"),
    FormField("agency", "Agency"),
    FormField("author", "Author (role)"),
)
COLUMNS = (
    FormField("date", "Date"),
    FormField("time", "Time"),
    FormField("significant_event", "Significant event"),
    FormField("kind_of_record", "Agency, and kind of record"),
    FormField("whose_records", "Whose professional records"),
    FormField("who_was_involved", "Who was involved"),
    FormField("decisions_and_outcome", "Decisions, actions taken, and outcome"),
    FormField("child_seen", "Child seen, views sought? Child’s views"),
    FormField("author_comments", "Author’s comments"),
)
SHARES = (8, 6, 20, 10, 10, 11, 14, 10, 11)
FIELDS = (*HEAD, *COLUMNS)


def items(file: CaseFile) -> dict[str, str]:
    """One for each agency that has entries, named by the first of them."""
    found: dict[str, tuple[str, str]] = {}
    for event in _events(file):
        number, _ = found.get(same_name(event.agency), (event.item, ""))
        first = min(number, event.item, key=int)
        found[same_name(event.agency)] = (first, event.agency)
    return {item: agency for _, (item, agency) in sorted(found.items())}


def build(file: CaseFile, making: Making) -> Record:
    """The chronology of one agency; without one, of all of them together."""
    events: Sequence[Event] = _events(file)
    only = items(file).get(making.item, "") if making.item else ""
    if only:
        events = [each for each in events if same_name(each.agency) == same_name(only)]
    title = f"{TITLE}: {only}" if only else TITLE
    return local_form(
        file,
        making,
        6,
        title,
        [
            section("head", "Whom it is about, and who wrote it", *_head(file, events)),
            section("events", "What happened", *_tables(events)),
        ],
        running_head=TITLE,
        landscape=True,
        about=[] if only else _fingerprint(file),
    )


def _fingerprint(file: CaseFile) -> list[tuple[str, str]]:
    """By which a record of the decision names this chronology; one agency's part has none."""
    state = state_of(file)
    return [(CHRONOLOGY_FINGERPRINT, state.fingerprint)] if state else []


def _tables(events: Sequence[Event]) -> list[Block | None]:
    """A table for each year, for a long year several: one very long table takes minutes to set."""
    columns = [(column.label, share) for column, share in zip(COLUMNS, SHARES, strict=True)]
    if not events:
        empty = [cell(ROOM if column is COLUMNS[0] else "") for column in COLUMNS]
        return [table(BY_THE_DAY, columns, [empty] * BLANK_ROWS)]
    found: list[Block | None] = [paragraph(f"{BY_THE_DAY}.")]
    for year, of_year in groupby(events, key=lambda event: event.day.year):
        rows = [_row(event) for event in of_year]
        for start in range(0, len(rows), ROWS_AT_MOST):
            caption = f"{year}, continued" if start else str(year)
            found.append(table(caption, columns, rows[start : start + ROWS_AT_MOST]))
    return found


def _events(file: CaseFile) -> tuple[Event, ...]:
    return events_of({item: entry.data for item, entry in file.items("chronology").items()})


def _head(file: CaseFile, events: Sequence[Event]) -> list[Block | None]:
    """The head of the form: what is known in a list, and lines for what is not."""
    given = _about(file, events)
    filled = [(each.label, given[each.id]) for each in HEAD if given[each.id]]
    return [facts(filled), *blocks([each for each in HEAD if not given[each.id]], given)]


def _about(file: CaseFile, events: Sequence[Event]) -> dict[str, str]:
    """With several children, each line begins with the child that it is about."""
    children = file.items("children")
    several = len(children) > 1

    def of_each(ask: str) -> str:
        found = []
        for item, entry in children.items():
            said = in_words(file, "children", ask, item)
            name = f"{entry.data.get('pseudonym', '')}: " if several else ""
            found += [f"{name}{said}"] if said else []
        return "\n".join(found)

    authors = dict.fromkeys(str(event.values.get("author", "")) for event in events)
    return {
        "name": ", ".join(file.children),
        "date_of_birth": of_each("born"),
        "address": of_each("address"),
        "agency": ", ".join(agencies_of(events).values()),
        "author": ", ".join(author for author in authors if author),
    }


def _row(event: Event) -> list[Cell]:
    said = event.values
    author = said.get("author", "")
    seen = SEEN.words(said.get("seen", ""))
    return [
        cell(f"{event.day:%d/%m/%Y}"),
        cell(event.time or "Not known"),
        cell(said.get("event", "")),
        cell(
            "\n".join(each for each in (event.agency, said.get("records", "")) if each),
            f"Author: {author}" if author else "",
        ),
        cell(said.get("source", "")),
        cell(said.get("involved", "")),
        cell(said.get("outcome", "")),
        cell("\n".join(each for each in (seen, said.get("views", "")) if each)),
        cell(said.get("comments", "")),
    ]
