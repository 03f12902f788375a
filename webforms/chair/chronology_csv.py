"""The chronology as a CSV file: written so that a spreadsheet opens it, and read back with care.

What is written can be read back without loss. What others have made may be separated by commas,
semicolons or tabs, may be in UTF-8 or Windows-1252, and may have its columns in any order, under
the names of the local form or under ours.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from webforms.chair.chronology import Values
from webforms.chair.chronology_cells import (
    YES_NO_AND_VIEWS,
    kept_date,
    kept_seen,
    kept_time,
    short,
)
from webforms.chair.chronology_columns import COLUMNS, NAMES, TITLES, Column, letters
from webforms.chair.csv_guard import guarded, unguarded
from webforms.chair.part_form import fault_of
from webforms.chair.parts.agencies import CHRONOLOGY

MOST_BYTES = 4_000_000
MOST_ROWS = CHRONOLOGY.most
# A form has its own head above the table: so far down the names of the columns are looked for.
HEAD_WITHIN = 20
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, and where: the row as a spreadsheet counts it, and the column."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"Row {self.row}"] if self.row else []
        where += [self.column] if self.column else []
        return f"{', '.join(where)}: {self.message}" if where else self.message


@dataclass(frozen=True)
class Reading:
    """What a file holds. `above` counts the rows over the names of the columns, not taken in."""

    rows: tuple[Values, ...]
    faults: tuple[Fault, ...]
    above: int = 0


@dataclass(frozen=True)
class Missing:
    """What stands for an agency or an author where the file names none."""

    agency: str = ""
    author: str = ""


# Writing


def write(events: Iterable[Values]) -> bytes:
    """The entries as a file: the names of the columns first, then one row each."""
    out = io.StringIO()
    # With this mark at its beginning a spreadsheet takes the file for what it is, UTF-8.
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(column.title for column in COLUMNS)
    for values in events:
        writer.writerow(guarded(_words(column.ask, values)) for column in COLUMNS)
    return out.getvalue().encode()


def _words(ask: str, values: Values) -> str:
    # A zero character would make the whole file look like something else than text.
    return CHRONOLOGY.ask(ask).words(values.get(ask, "")).replace("\0", "")


# Reading


def read(data: bytes, today: date, missing: Missing | None = None) -> Reading:
    """Every row of a file, and everything that is wrong with it."""
    if len(data) > MOST_BYTES:
        return refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB: divide it")
    text = _decoded(data)
    if text is None:
        return refused("This is not a CSV file that we can read: save it as “CSV UTF-8”")
    filled, fault = _filled(text)
    if fault:
        return Reading((), (fault,))
    if not filled:
        return refused("The file is empty")
    named = (place for place, (_, cells) in enumerate(filled[:HEAD_WITHIN]) if _is_head(cells))
    above = next(named, 0)
    head, below = filled[above], filled[above + 1 :]
    columns, faults = _columns(head[1], head[0], missing or Missing())
    if faults:
        return Reading((), tuple(faults), above)
    if not below:
        return refused("The file has no row below the names of its columns")
    if len(below) > MOST_ROWS:
        return refused(f"The file has more than {MOST_ROWS:,} rows: divide it")
    found: list[Values] = []
    for number, row in below:
        values, wrong = _values(row, columns, today, missing or Missing())
        found.append(values)
        faults += [Fault(number, column, message) for column, message in wrong]
    return Reading(tuple(found), tuple(faults), above)


def refused(message: str) -> Reading:
    """A file of which nothing can be taken in, and why."""
    return Reading((), (Fault(0, "", message),))


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A workbook that was only renamed, or UTF-16, is full of zeros.
        return None if "\0" in text else text
    return None


def _filled(text: str) -> tuple[list[tuple[int, list[str]]], Fault | None]:
    """The rows in which something stands, with their numbers, or what is wrong with them."""
    rows: list[tuple[int, list[str]]] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            if any(cells := [_cell(cell) for cell in row]):
                rows.append((number, cells))
            if len(rows) > HEAD_WITHIN + MOST_ROWS:
                break
    except csv.Error:
        fault = Fault(
            number + 1,
            "",
            "the quotation marks do not match, or a cell is far too long: mend it, or save the "
            "file from a spreadsheet again",
        )
        return [], fault
    return rows, None


def _separator(text: str) -> str:
    """The separator under which the most columns have a name that is known."""
    lines = text[:100_000].splitlines()[:HEAD_WITHIN]
    return max(
        SEPARATORS,
        key=lambda each: max((len(_known(line.split(each))) for line in lines), default=0),
    )


def _cell(text: str) -> str:
    return unguarded(text).replace("\r\n", "\n").strip()


def _known(cells: Iterable[str]) -> set[str]:
    """The asks whose columns are named in some cells."""
    return {NAMES[name].ask for cell in cells if (name := letters(cell)) in NAMES}


def _is_head(cells: Sequence[str]) -> bool:
    return {"date", "event"} <= _known(cells)


def _columns(
    head: Sequence[str], number: int, missing: Missing
) -> tuple[list[Column | None], list[Fault]]:
    """Which column each cell of a row belongs to."""
    found: list[Column | None] = []
    faults: list[Fault] = []
    for cell in head:
        column = NAMES.get(letters(cell))
        if cell and column is None:
            known = ", ".join(each.title for each in COLUMNS)
            shown = short(cell)
            faults.append(
                Fault(
                    number,
                    shown,
                    f"no column has this name: rename it or take it out. The names are {known}",
                )
            )
        elif column in found and column is not None:
            faults.append(Fault(number, column.title, "this column is there twice: keep one"))
        found.append(column)
    there = {column.ask for column in found if column}
    for ask in ("date", "event", "agency"):
        if ask not in there and not (ask == "agency" and missing.agency):
            faults.append(Fault(number, TITLES[ask], "this column is not there: add it"))
    return found, faults


def _values(
    row: Sequence[str], columns: Sequence[Column | None], today: date, missing: Missing
) -> tuple[Values, list[tuple[str, str]]]:
    """The values of a row as they are kept, and what is wrong with them: (column, fault)."""
    typed = dict.fromkeys(TITLES, "")
    wrong: list[tuple[str, str]] = []
    for place, cell in enumerate(row):
        column = columns[place] if place < len(columns) else None
        if column is not None:
            typed[column.ask] = cell
        elif cell:
            wrong.append(
                (
                    "",
                    f"“{short(cell)}” stands in a column without a name: a text with a comma in "
                    "it needs quotation marks around it",
                )
            )
    typed["agency"] = typed["agency"] or missing.agency
    typed["author"] = typed["author"] or missing.author
    if found := YES_NO_AND_VIEWS.fullmatch(typed["seen"]):
        typed["seen"] = found[1]
        typed["views"] = "\n".join(filter(None, (found[2], typed["views"])))
    values = dict(typed)
    readers: dict[str, Callable[[str], str]] = {
        "date": lambda text: kept_date(text, today),
        "time": kept_time,
        "seen": kept_seen,
    }
    for ask, reader in readers.items():
        try:
            values[ask] = reader(typed[ask]) if typed[ask] else ""
        except ValueError as fault:
            wrong.append((TITLES[ask], str(fault)))
            # So that the same cell is not found to be missing as well.
            values[ask] = SOUND[ask]
    wrong += [(TITLES[ask], _lower_first(fault)) for ask, fault in fault_of(CHRONOLOGY, values)]
    return values, wrong


SOUND: Mapping[str, str] = {"date": "2000-01-01", "time": "", "seen": ""}


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]
