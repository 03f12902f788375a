"""A choice map as an inline SVG that obeys a policy without inline styles.

Each question is a box; under its name stand its answers, each with a mark: the number of the
question to which it leads, with a line to it, or the letter of an outcome. The outcomes stand
below. `data-` attributes say what each part is, so that a test can read the picture back.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from webforms.drawing import INK, PALE, PAPER, QUIET, framed
from webforms.rulebook.choice_map import ChoiceMap, Outcome
from webforms.rulebook.map_layout import (
    BETWEEN,
    EDGE,
    LEADING,
    MARK,
    PAD,
    SIZE,
    Box,
    Cell,
    Line,
    laid_out,
)
from webforms.text_width import width_of, wrap

KEY_HEIGHT = 36
LEAST_WIDTH = 640
OUTCOME_GAP = 10
NO_TEXT = Markup("")


def draw(
    drawn: ChoiceMap,
    title: str,
    id_prefix: str = "map",
    head: Sequence[str] = (),
    desc: str = "The same as text stands below this picture.",
) -> Markup:
    """The map as a picture. `head` are lines above it, for a picture that leaves its page."""
    down = len(head) * LEADING + PAD if head else 0
    layout = laid_out(drawn, EDGE + down + KEY_HEIGHT)
    width = max(layout.width, LEAST_WIDTH)
    top = layout.height + 2 * LEADING
    outcomes, bottom = _outcomes(drawn.outcomes, top, width)
    head_and_key = _lines(head, EDGE, EDGE, bold=True) + _key(EDGE + down)
    lines = NO_TEXT.join(map(_line, layout.lines))
    boxes = NO_TEXT.join(map(_box, layout.boxes))
    return framed(
        head_and_key + lines + boxes + outcomes,
        "waymark-map",
        id_prefix,
        width=round(width),
        height=round(bottom + EDGE),
        title=title,
        desc=desc,
        font_size=SIZE,
    )


def _key(top: float) -> Markup:
    return (
        _round(EDGE + 13, top + 13, "4", filled=False)
        + _text(EDGE + 34, top + 18, "go on to question 4")
        + _round(EDGE + 213, top + 13, "B", filled=True)
        + _text(EDGE + 234, top + 18, "outcome B: see the foot of the picture")
    )


def _box(box: Box) -> Markup:
    choice = box.choice
    frame = Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="2"/>'
    ).format(*_rounded(box.left, box.top, box.width, box.height), PAPER, INK)
    head = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>').format(
        *_rounded(box.left, box.top, box.width, box.cells_top - box.top - PAD / 2), PALE, INK
    )
    name = _lines(box.head, box.left + PAD, box.top + PAD, bold=True)
    cells = NO_TEXT.join(_cell(box, cell, first=index == 0) for index, cell in enumerate(box.cells))
    return Markup('<g data-choice="{}" data-label="{}">{}{}{}{}</g>').format(
        choice.number, choice.label, frame, head, name, cells
    )


def _cell(box: Box, cell: Cell, *, first: bool) -> Markup:
    top = box.cells_top - PAD / 2
    divider = (
        NO_TEXT
        if first
        else Markup('<path d="M{x} {top}V{bottom}" stroke="{ink}" stroke-width="1"/>').format(
            x=round(cell.left), top=round(top), bottom=round(box.bottom), ink=QUIET
        )
    )
    mark = _round(
        cell.middle, box.bottom - PAD / 2 - MARK / 2, cell.way.to, filled=not cell.way.to.isdigit()
    )
    return Markup('<g data-answers="{}" data-to="{}">{}{}{}</g>').format(
        cell.way.words,
        cell.way.to,
        divider,
        _answers(box, cell),
        mark,
    )


def _answers(box: Box, cell: Cell) -> Markup:
    drawn, top = NO_TEXT, box.cells_top
    for lines in cell.answers:
        drawn += _lines(lines, cell.left + PAD, top)
        top += len(lines) * LEADING + BETWEEN
    return drawn


def _round(x: float, y: float, text: str, *, filled: bool) -> Markup:
    """A round mark: a number in an open one, a letter in a filled one."""
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="22" rx="11" fill="{}" stroke="{}"/>'
        '<text x="{}" y="{}" fill="{}" font-weight="bold" text-anchor="middle">{}</text>'
    ).format(
        round(x - 13),
        round(y - 11),
        26,
        INK if filled else PAPER,
        INK,
        round(x),
        round(y + 5),
        PAPER if filled else INK,
        text,
    )


def _line(line: Line) -> Markup:
    """A curve from an answer, straight past the rows between, with an arrow at its end."""
    x, y = line.start
    path = f"M{round(x)} {round(y)}"
    for to, start, end in line.passes:
        path += _curve(x, y, to, start) + f"V{round(end)}"
        x, y = to, end
    to, end = line.end
    tip = round(end)
    path += _curve(x, y, to, end - 9)
    return Markup(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.5"/>'
        '<path d="M{} {}l-5 -9h10Z" fill="{}"/>'
    ).format(path, QUIET, round(to), tip, QUIET)


def _curve(x: float, y: float, to: float, down: float) -> str:
    half = (y + down) / 2
    return f"C{round(x)} {round(half)} {round(to)} {round(half)} {round(to)} {round(down)}"


def _outcomes(outcomes: Sequence[Outcome], top: float, width: float) -> tuple[Markup, float]:
    """The outcomes, one under the other, within the width of a screen."""
    drawn = NO_TEXT
    room = min(width, 900) - 2 * EDGE - 60
    for outcome in outcomes:
        lines = wrap(outcome.title, SIZE + 2, room)
        height = 2 * PAD + len(lines) * (LEADING + 2)
        box_width = 60 + max(width_of(line, SIZE + 2) for line in lines)
        drawn += Markup(
            '<g data-outcome="{}" data-title="{}"><rect x="{}" y="{}" width="{}" height="{}"'
            ' fill="{}" stroke="{}" stroke-width="2"/>{}{}</g>'
        ).format(
            outcome.letter,
            outcome.title,
            *_rounded(EDGE, top, box_width, height),
            PAPER,
            INK,
            _round(EDGE + 24, top + height / 2, outcome.letter, filled=True),
            _lines(lines, EDGE + 48, top + PAD, size=SIZE + 2),
        )
        top += height + OUTCOME_GAP
    return drawn, top


def _rounded(*numbers: float) -> tuple[int, ...]:
    return tuple(map(round, numbers))


def _text(x: float, y: float, text: str, *, bold: bool = False, size: int = SIZE) -> Markup:
    weight = Markup(' font-weight="bold"') if bold else NO_TEXT
    large = Markup(' font-size="{}"').format(size) if size != SIZE else NO_TEXT
    return Markup('<text x="{}" y="{}" fill="{}"{}{}>{}</text>').format(
        round(x), round(y), INK, weight, large, text
    )


def _lines(
    lines: Sequence[str], x: float, top: float, *, bold: bool = False, size: int = SIZE
) -> Markup:
    leading = LEADING + size - SIZE
    return NO_TEXT.join(
        _text(x, top + size + index * leading, line, bold=bold, size=size)
        for index, line in enumerate(lines)
    )
