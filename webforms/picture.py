"""The decision map: the way taken through the questions, drawn as SVG and told as a list.

The drawing obeys a policy without inline styles: it uses presentation attributes and class names
only. It needs no style sheet; one may use these classes:

- `waymark-map` the drawing; `waymark-map__key` the line that explains it;
- `waymark-map__step`, `waymark-map__route` the boxes of the way taken, and of where it leads;
- `waymark-map__branch` a box of answers not taken;
- `waymark-map__waiting` a box that is not lit up yet;
- `waymark-map__way`, `waymark-map__turning` the thick and the thin lines;
- `waymark-map__label`, `waymark-map__answer`, `waymark-map__text`, `waymark-map__title` the texts.

What was taken is told apart by the width of lines and by words, never by colour alone. The list
(`as_list`) says all that the drawing says and must stand beside it: on a narrow screen the drawing
is too small to read, so let it scroll sideways rather than shrink.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from engine.results import DecisionMap, MapBranch, MapStep
from webforms.documents.words import capital
from webforms.drawing import INK, PALE, PAPER, QUIET, framed
from webforms.text_width import wrap

WIDTH = 720
_EDGE = 4  # room for half of the thickest line
_STEP_WIDTH = 368
_BRANCH_LEFT = 456
_BRANCH_WIDTH = WIDTH - _EDGE - _BRANCH_LEFT
_BUS = 420  # where the thin line turns down to a second branch
_WAY = _EDGE + 48  # where the thick line runs
_PAD = 12
_GAP = 36  # between two rows: room for the line and its arrow
_BRANCH_GAP = 10
_FIRST_ROW = 48  # the key stands above it


@dataclass(frozen=True)
class MapEntry:
    """One entry of the map as a list: the way taken, and where other answers lead."""

    text: str
    branches: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    """A text, wrapped for its box, with its size, weight and class."""

    lines: tuple[str, ...]
    size: int
    bold: bool
    css: str

    @property
    def leading(self) -> int:
        return round(self.size * 1.3)

    @property
    def height(self) -> int:
        return len(self.lines) * self.leading


@dataclass(frozen=True)
class _Box:
    """A box in its place, with its texts one under the other."""

    left: int
    top: int
    width: int
    words: tuple[_Words, ...]

    @property
    def height(self) -> int:
        return 2 * _PAD + sum(words.height for words in self.words)

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


@dataclass(frozen=True)
class _Row:
    """A question of the way taken, with the boxes of the branches to its right."""

    step: _Box
    branches: tuple[_Box, ...]

    @property
    def bottom(self) -> int:
        return max(box.bottom for box in (self.step, *self.branches))


def as_list(decision_map: DecisionMap) -> tuple[MapEntry, ...]:
    """The map in words, for an ordered list: one entry a question, and the route last."""
    steps = [
        MapEntry(
            f"{step.label}: {step.answer}",
            tuple(
                f"If the answer were {branch.answers}: {branch.leads_to}"
                for branch in grouped(step.branches, decision_map.route)
            ),
        )
        for step in decision_map.steps
    ]
    return (*steps, MapEntry(f"{_outcome(decision_map)}: {decision_map.title}", ()))


def grouped(branches: Iterable[MapBranch], taken: str) -> tuple[MapBranch, ...]:
    """Branches that lead to the same place, as one: “No” or “Not known”.

    `taken` is the route to which the way taken leads: a branch to it says so in short.
    """
    together: dict[tuple[str | None, str], list[str]] = {}
    for branch in branches:
        together.setdefault((branch.route, branch.leads_to), []).append(f"“{branch.answers}”")
    return tuple(
        MapBranch(
            answers=" or ".join(answers),
            leads_to="The same advice" if route == taken else capital(leads_to),
            route=route,
        )
        for (route, leads_to), answers in together.items()
    )


def draw(
    decision_map: DecisionMap, id_prefix: str = "decision-map", lit: int | None = None
) -> Markup:
    """The map as an inline SVG. Two maps on one page need two prefixes for their ids.

    With `lit`, only so many steps are lit up: the others wait without their answers, in their
    places, and the route is told once there are more than the steps.
    """
    rows = _rows(decision_map.steps, decision_map.route)
    shown = len(rows) + 1 if lit is None else lit
    route_top = rows[-1].bottom + _GAP if rows else _FIRST_ROW
    route = _route_box(decision_map, route_top)
    drawn = [_key()]
    tops = [*(row.step.top for row in rows), route.top]
    for number, (row, below) in enumerate(zip(rows, tops[1:], strict=True)):
        if number >= shown:
            drawn.append(_waiting(row.step, row.step.words[:1]))
            continue
        drawn += [_turnings(row), *(_branch(box) for box in row.branches)]
        drawn += [_way(row.step.bottom, below), _step(row.step)]
    told = shown > len(rows)
    drawn.append(_route(route, decision_map.certain) if told else _waiting(route, ()))
    return framed(
        Markup("").join(drawn),
        "waymark-map",
        id_prefix,
        width=WIDTH,
        height=route.bottom + _EDGE,
        title=f"Decision map: {decision_map.title}" if told else "Decision map, so far",
        desc=_description(decision_map) if told else _so_far(decision_map.steps[:shown]),
    )


def _outcome(decision_map: DecisionMap) -> str:
    end = decision_map.ends_in
    return end if decision_map.certain else f"{end} so far, not certain yet"


def _description(decision_map: DecisionMap) -> str:
    taken = "; ".join(f"{step.label}: {step.answer}" for step in decision_map.steps)
    way = f"The way taken: {taken}. " if taken else ""
    return (
        f"{way}It leads to: {decision_map.title}. "
        "Where other answers lead is told in the list beside this drawing."
    )


def _so_far(steps: tuple[MapStep, ...]) -> str:
    taken = "; ".join(f"{step.label}: {step.answer}" for step in steps)
    return f"The way so far: {taken or 'not begun'}. The list beside this drawing tells more."


# Laying out


def _rows(steps: tuple[MapStep, ...], taken: str) -> list[_Row]:
    rows: list[_Row] = []
    top = _FIRST_ROW
    for number, step in enumerate(steps, start=1):
        box = _box(
            _EDGE,
            top,
            _STEP_WIDTH,
            (f"{number}. {step.label}", 16, True, "label"),
            (f"Answer: {step.answer}", 16, False, "answer"),
        )
        branches: list[_Box] = []
        branch_top = top
        for branch in grouped(step.branches, taken):
            branches.append(
                _box(
                    _BRANCH_LEFT,
                    branch_top,
                    _BRANCH_WIDTH,
                    (f"If {branch.answers}", 14, True, "text"),
                    (branch.leads_to, 14, False, "text"),
                )
            )
            branch_top = branches[-1].bottom + _BRANCH_GAP
        rows.append(_Row(box, tuple(branches)))
        top = rows[-1].bottom + _GAP
    return rows


def _route_box(decision_map: DecisionMap, top: int) -> _Box:
    return _box(
        _EDGE,
        top,
        WIDTH - 2 * _EDGE,
        (_outcome(decision_map), 16, False, "answer"),
        (decision_map.title, 22, True, "title"),
    )


def _box(left: int, top: int, width: int, *texts: tuple[str, int, bool, str]) -> _Box:
    room = width - 2 * _PAD
    return _Box(
        left,
        top,
        width,
        tuple(
            _Words(wrap(text, size, room, bold), size, bold, f"waymark-map__{css}")
            for text, size, bold, css in texts
        ),
    )


# Drawing


def _key() -> Markup:
    return Markup(
        '<g class="waymark-map__key" font-size="14" fill="{ink}">'
        '<path d="M4 16H44" stroke="{ink}" stroke-width="5" fill="none"/>'
        '<text x="54" y="21">The way taken</text>'
        '<path d="M{x} 16H{x2}" stroke="{quiet}" stroke-width="1.5" fill="none"/>'
        '<text x="{x3}" y="21">Other answers: where they lead</text></g>'
    ).format(ink=INK, quiet=QUIET, x=_BRANCH_LEFT, x2=_BRANCH_LEFT + 40, x3=_BRANCH_LEFT + 50)


def _step(box: _Box) -> Markup:
    return _box_drawn(box, "waymark-map__step", INK, 3, PALE)


def _branch(box: _Box) -> Markup:
    return _box_drawn(box, "waymark-map__branch", QUIET, 1.5, PAPER)


def _route(box: _Box, certain: bool) -> Markup:
    # Broken while not certain; the words in the box say so as well.
    return _box_drawn(box, "waymark-map__route", INK, 6, PAPER, "" if certain else "18 8")


def _waiting(box: _Box, words: tuple[_Words, ...]) -> Markup:
    """A box in its place that tells only a part of its words."""
    frame = Markup(
        '<rect class="waymark-map__waiting" x="{}" y="{}" width="{}" height="{}" fill="{}"'
        ' stroke="{}" stroke-width="1.5" stroke-dasharray="4 6"/>'
    ).format(box.left, box.top, box.width, box.height, PAPER, QUIET)
    return frame + _texts(replace(box, words=words))


def _box_drawn(box: _Box, css: str, stroke: str, width: float, fill: str, dash: str = "") -> Markup:
    dashes = Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup("")
    frame = Markup(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"'
        ' stroke-width="{}"{}/>'
    ).format(css, box.left, box.top, box.width, box.height, fill, stroke, width, dashes)
    return frame + _texts(box)


def _texts(box: _Box) -> Markup:
    drawn = Markup("")
    top = box.top + _PAD
    for words in box.words:
        weight = "bold" if words.bold else "normal"
        for line in words.lines:
            drawn += Markup(
                '<text class="{}" x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>'
            ).format(words.css, box.left + _PAD, top + words.size, words.size, weight, INK, line)
            top += words.leading
    return drawn


def _way(start: int, end: int) -> Markup:
    """The thick line down to the next box, with an arrow."""
    return Markup(
        '<g class="waymark-map__way"><path d="M{x} {start}V{neck}" stroke="{ink}"'
        ' stroke-width="6" fill="none"/>'
        '<path d="M{left} {neck}H{right}L{x} {tip}Z" fill="{ink}"/></g>'
    ).format(
        x=_WAY,
        start=start,
        neck=end - 14,
        tip=end - 2,
        left=_WAY - 10,
        right=_WAY + 10,
        ink=INK,
    )


def _turnings(row: _Row) -> Markup:
    """The thin lines from a step to its branches: straight to the first, then down to the rest."""
    if not row.branches:
        return Markup("")
    first = min(row.branches[0].middle, row.step.bottom - _PAD)
    lines = [f"M{row.step.left + row.step.width} {first}H{_BRANCH_LEFT}"]
    if len(row.branches) > 1:
        lines.append(f"M{_BUS} {first}V{row.branches[-1].middle}")
        lines += [f"M{_BUS} {box.middle}H{_BRANCH_LEFT}" for box in row.branches[1:]]
    return Markup(
        '<path class="waymark-map__turning" d="{}" stroke="{}" stroke-width="1.5" fill="none"/>'
    ).format("".join(lines), QUIET)
