"""Plain bar charts as SVG, drawn from a table that stands beside them and says the same.

Presentation attributes and class names only. Every bar has its name and its number beside it, so
nothing is told by colour or length alone. What is nought has no bar; the table has it.
"""

from __future__ import annotations

from markupsafe import Markup

from webforms.chair.tables import Row, Table
from webforms.drawing import INK, framed
from webforms.text_width import wrap

WIDTH = 290  # what a narrow screen has room for; a style sheet may let it grow
_ROOM = 56  # for the number behind the longest bar
_BAR, _TEXT, _LEADING, _GAP = 18, 15, 19, 12

# Light and dark in turn; the words beside the bars tell them apart.
_FILLS = ("#4a2458", "#b79cc4")


def bars(table: Table) -> Markup:
    """The table as horizontal bars, or nothing where every figure is nought."""
    most = max((value for row in table.rows for value in row.values), default=0)
    if most == 0:
        return Markup("")
    drawn, top = Markup(""), 0
    for row in table.rows:
        if any(row.values):
            part, top = _row(table, row, most, top)
            drawn += part
    return framed(
        drawn,
        "waymark-chart",
        f"chart-{table.id}",
        width=WIDTH,
        height=top,
        title=f"{table.title}: bars",
        desc=_description(table),
    )


def _description(table: Table) -> str:
    told = "; ".join(
        f"{_name(table, row, column)}: {value}"
        for row in table.rows
        for column, value in enumerate(row.values)
        if value
    )
    return f"{told}. The table says the same, and what is nought."


def _name(table: Table, row: Row, column: int) -> str:
    return row.label if len(table.columns) == 1 else f"{row.label}, {table.columns[column]}"


def _row(table: Table, row: Row, most: int, top: int) -> tuple[Markup, int]:
    """A line of the table: its name, and a bar for each figure; and where the next begins."""
    several = len(table.columns) > 1
    drawn, top = _words(row.label, top, bold=several)
    for column, value in enumerate(row.values):
        if not value:
            continue
        if several:
            words, top = _words(table.columns[column], top, bold=False)
            drawn += words
        bar, top = _bar(value, most, top, _FILLS[column % 2])
        drawn += bar
    return drawn, top + _GAP


def _words(text: str, top: int, *, bold: bool) -> tuple[Markup, int]:
    drawn = Markup("")
    for line in wrap(text, _TEXT, WIDTH - 8, bold):
        top += _LEADING
        drawn += Markup(
            '<text x="2" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>'
        ).format(top - 3, _TEXT, "bold" if bold else "normal", INK, line)
    return drawn, top + 2


def _bar(value: int, most: int, top: int, fill: str) -> tuple[Markup, int]:
    width = round(value / most * (WIDTH - _ROOM), 1)
    rect = Markup('<rect x="2" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>').format(
        top, width, _BAR, fill, INK
    )
    number = Markup(
        '<text x="{}" y="{}" font-size="{}" font-weight="bold" fill="{}">{}</text>'
    ).format(round(width + 9, 1), top + _BAR - 4, _TEXT, INK, f"{value:,}")
    return rect + number, top + _BAR + 4
