"""An expression drawn as a small tree, from left to right; the nested list beside it is the same.

Like every drawing here it uses presentation attributes only. `data-` attributes say what stands
under what, so that a test can read the picture back.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from webforms.drawing import INK, PALE, PAPER, QUIET, framed
from webforms.rulebook.in_words import Told
from webforms.text_width import wrap

EDGE = 4
SIZE = 14
LEADING = 18
PAD = 8
LEAF = 250  # the width of a box with a sentence
JOINT = 150  # and of one that only joins others
ACROSS = 36
GAP = 10


@dataclass(frozen=True)
class _Box:
    told: Told
    path: str
    left: float
    top: float
    width: float
    lines: tuple[str, ...]
    parts: tuple[_Box, ...]

    @property
    def height(self) -> float:
        return 2 * PAD + len(self.lines) * LEADING

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        return self.left + self.width


def draw(told: Told, title: str, id_prefix: str) -> Markup:
    """The tree of an expression as an inline SVG."""
    root, bottom = _placed(told, "1", EDGE, EDGE)
    boxes = _all(root)
    width = max(box.right for box in boxes) + EDGE
    height = max(bottom - GAP, *(box.top + box.height for box in boxes)) + EDGE
    return framed(
        Markup("").join([*map(_joins, boxes), *map(_drawn, boxes)]),
        "waymark-map",
        id_prefix,
        width=round(width),
        height=round(height),
        title=title,
        desc="The same as a list stands below this picture.",
        font_size=SIZE,
    )


def _placed(told: Told, path: str, left: float, top: float) -> tuple[_Box, float]:
    """The box of an expression with those under it, and where the next may begin."""
    width = JOINT if told.parts else LEAF
    lines = wrap(told.text, SIZE, width - 2 * PAD, bold=bool(told.parts))
    parts: list[_Box] = []
    at = top
    for index, part in enumerate(told.parts, start=1):
        box, at = _placed(part, f"{path}.{index}", left + width + ACROSS, at)
        parts.append(box)
    height = 2 * PAD + len(lines) * LEADING
    # A joint stands beside the middle of what it joins.
    own = max(top, (parts[0].middle + parts[-1].middle - height) / 2) if parts else top
    return _Box(told, path, left, own, width, lines, tuple(parts)), max(at, own + height + GAP)


def _all(box: _Box) -> list[_Box]:
    return [box, *(each for part in box.parts for each in _all(part))]


def _joins(box: _Box) -> Markup:
    drawn = Markup("")
    for part in box.parts:
        half = (box.right + part.left) / 2
        drawn += Markup(
            '<path d="M{} {}C{} {} {} {} {} {}" fill="none" stroke="{}" stroke-width="1.5"/>'
        ).format(
            *(round(box.right), round(box.middle)),
            *(round(half), round(box.middle), round(half), round(part.middle)),
            *(round(part.left), round(part.middle)),
            QUIET,
        )
    return drawn


def _drawn(box: _Box) -> Markup:
    text = Markup("")
    for index, line in enumerate(box.lines):
        text += Markup('<text x="{}" y="{}" fill="{}"{}>{}</text>').format(
            round(box.left + PAD),
            round(box.top + PAD + SIZE + index * LEADING),
            INK,
            Markup(' font-weight="bold"') if box.parts else "",
            line,
        )
    return Markup(
        '<g data-path="{}" data-text="{}"><rect x="{}" y="{}" width="{}" height="{}" fill="{}"'
        ' stroke="{}" stroke-width="{}"/>{}</g>'
    ).format(
        box.path,
        box.told.text,
        round(box.left),
        round(box.top),
        box.width,
        box.height,
        PALE if box.parts else PAPER,
        INK if box.parts else QUIET,
        1 if box.parts else 2,
        text,
    )
