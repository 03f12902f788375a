"""A neighbourhood as an inline SVG: columns of boxes, with a line from what leads to what follows.

Like every drawing here it uses presentation attributes only. `data-` attributes number the boxes
and say which of them a line joins, so that a test can read the picture back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from webforms.drawing import INK, PALE, PAPER, QUIET, framed
from webforms.rulebook.neighbourhood import Neighbourhood, Place
from webforms.rulebook.tree_drawing import EDGE, LEADING, PAD, SIZE
from webforms.text_width import wrap

ACROSS = 38  # between two columns, for the lines
GAP = 12  # between two boxes of a column
HEAD = 28  # the words over the columns
# Four columns have to fit the page as three do.
WIDTHS = {4: 208}
WIDE = 260
ARROW = 8
NO_TEXT = Markup("")


@dataclass(frozen=True)
class _Box:
    place: Place
    name: str
    left: float
    top: float
    width: float
    kind: tuple[str, ...]
    text: tuple[str, ...]
    here: bool

    @property
    def height(self) -> float:
        return _height(len(self.kind) + len(self.text))

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        return self.left + self.width


def draw(around: Neighbourhood, title: str, id_prefix: str = "around") -> Markup:
    """The picture. Its description sends the reader to the same as a list."""
    columns, height = _placed(around)
    boxes = [box for column in columns for box in column]
    lines = NO_TEXT.join(
        _line(a, b)
        for before, after in pairwise(columns)
        for a in before
        for b in after
        if (a.place, b.place) in around.lines
    )
    return framed(
        _heads(columns, around.here) + lines + NO_TEXT.join(map(_drawn, boxes)),
        "waymark-map",
        id_prefix,
        width=round(boxes[-1].right + EDGE),
        height=round(height),
        title=title,
        desc="The same as a list stands below this picture.",
        font_size=SIZE,
    )


def _placed(around: Neighbourhood) -> tuple[list[list[_Box]], float]:
    """Every box in its column, each column in the middle of the height, and that height."""
    width = WIDTHS.get(len(around.columns), WIDE)
    told = [
        [
            (
                place,
                wrap(place.kind, SIZE, width - 2 * PAD),
                wrap(place.words, SIZE, width - 2 * PAD, bold=number == around.here),
            )
            for place in column
        ]
        for number, column in enumerate(around.columns)
    ]
    heights = [
        sum(_height(len(kind) + len(text)) for _, kind, text in column) + GAP * (len(column) - 1)
        for column in told
    ]
    tallest = max(heights)
    columns: list[list[_Box]] = []
    for number, column in enumerate(told):
        top = EDGE + HEAD + (tallest - heights[number]) / 2
        left = EDGE + number * (width + ACROSS)
        boxes: list[_Box] = []
        for index, (place, kind, text) in enumerate(column):
            name = f"{number}.{index}"
            boxes.append(_Box(place, name, left, top, width, kind, text, number == around.here))
            top = boxes[-1].top + boxes[-1].height + GAP
        columns.append(boxes)
    return columns, EDGE + HEAD + tallest + EDGE


def _height(lines: int) -> float:
    return 2 * PAD + lines * LEADING


def _heads(columns: list[list[_Box]], here: int) -> Markup:
    drawn = NO_TEXT
    if here > 0:
        drawn += _text(columns[0][0].left, EDGE + SIZE, "What leads to it", bold=True)
    if here + 1 < len(columns):
        drawn += _text(columns[here + 1][0].left, EDGE + SIZE, "What it leads to", bold=True)
    return drawn


def _line(start: _Box, end: _Box) -> Markup:
    tip = end.left
    half = (start.right + tip - ARROW) / 2
    return Markup(
        '<g data-from="{}" data-to="{}"><path d="M{} {}C{} {} {} {} {} {}" fill="none" stroke="{}"'
        ' stroke-width="1.5"/><path d="M{} {}l-{a} -5v10Z" fill="{}"/></g>'
    ).format(
        start.name,
        end.name,
        *(round(start.right), round(start.middle), round(half), round(start.middle)),
        *(round(half), round(end.middle), round(tip - ARROW), round(end.middle)),
        QUIET,
        *(round(tip), round(end.middle)),
        QUIET,
        a=ARROW,
    )


def _drawn(box: _Box) -> Markup:
    lines = [(line, QUIET, False) for line in box.kind]
    lines += [(line, INK, box.here) for line in box.text]
    text = NO_TEXT.join(
        _text(box.left + PAD, box.top + PAD + SIZE + index * LEADING, line, colour, bold=bold)
        for index, (line, colour, bold) in enumerate(lines)
    )
    return Markup(
        '<g data-place="{}"{}><rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"'
        ' stroke-width="2"{}/>{}</g>'
    ).format(
        box.name,
        Markup(' data-here="yes"') if box.here else NO_TEXT,
        *map(round, (box.left, box.top, box.width, box.height)),
        PALE if box.here else PAPER,
        INK if box.here else QUIET,
        # A group looks like what it is: not one page but several.
        Markup(' stroke-dasharray="6 4"') if box.place.pages else NO_TEXT,
        text,
    )


def _text(x: float, y: float, text: str, colour: str = INK, *, bold: bool = False) -> Markup:
    weight = Markup(' font-weight="bold"') if bold else NO_TEXT
    return Markup('<text x="{}" y="{}" fill="{}"{}>{}</text>').format(
        round(x), round(y), colour, weight, text
    )
