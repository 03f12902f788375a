"""Where the boxes and the lines of a choice map stand. Widths are estimated, not measured."""

from __future__ import annotations

from dataclasses import dataclass

from webforms.rulebook.choice_map import Choice, ChoiceMap, Way
from webforms.rulebook.ordering import Node, with_stand_ins
from webforms.text_width import width_of, wrap

EDGE = 8
SIZE = 14  # of the text
LEADING = 18
PAD = 8
CELL = 88  # the least width of an answer's cell
WIDEST_CELL = 156
MARK = 26  # the mark at the foot of a cell: where the answer leads
NARROW = 10  # room for a line that passes a row
GAP = 20  # between two boxes of a row
ROW_GAP = 64  # between two rows, for the lines
BETWEEN = 6  # between two answers of a cell
PASSES = 24


@dataclass(frozen=True)
class Cell:
    """The answers of one way, each in lines, over the mark of where they lead."""

    way: Way
    answers: tuple[tuple[str, ...], ...]
    left: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@dataclass(frozen=True)
class Box:
    """A question in its place. `head` is its number and label, `cells` its answers."""

    choice: Choice
    left: float
    top: float
    width: float
    height: float
    head: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def cells_top(self) -> float:
        return self.top + 2 * PAD + len(self.head) * LEADING

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Line:
    """A line from a cell through the points where it passes rows, to the top of a box."""

    start: tuple[float, float]
    passes: tuple[tuple[float, float, float], ...]  # x, and y from and to
    end: tuple[float, float]


@dataclass(frozen=True)
class Layout:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True)
class _Size:
    head: tuple[str, ...]
    cells: tuple[tuple[tuple[tuple[str, ...], ...], float], ...]
    width: float
    height: float


def laid_out(drawn: ChoiceMap, top: float) -> Layout:
    """The places of everything in the map, beginning at `top`."""
    by_number = {choice.number: choice for choice in drawn.choices}
    rows: list[list[int]] = []
    for choice in drawn.choices:
        if choice.row == len(rows):
            rows.append([])
        rows[choice.row].append(choice.number)
    edges = {
        choice.number: [int(way.to) for way in choice.ways if way.to.isdigit()]
        for choice in drawn.choices
    }
    sizes = {number: _size(choice) for number, choice in by_number.items()}
    layers, joins = _layers(rows, edges)
    left = _spread(layers, joins, {node: _width(node, sizes) for row in layers for node in row})
    tops, height = _tops(rows, sizes, top)
    boxes = {
        number: _box(by_number[number], sizes[number], left[number], tops[index])
        for index, row in enumerate(rows)
        for number in row
    }
    bottoms = [max(boxes[number].bottom for number in row) for row in rows]
    width = max((box.left + box.width for box in boxes.values()), default=0)
    width = max([width, *(at + NARROW for at in left.values())])
    return Layout(
        tuple(boxes.values()),
        tuple(
            _line(cell, box, boxes[int(cell.way.to)], left, tops, bottoms)
            for box in boxes.values()
            for cell in box.cells
            if cell.way.to.isdigit()
        ),
        width + EDGE,
        height,
    )


def _size(choice: Choice) -> _Size:
    cells = tuple(map(_cell_size, choice.ways))
    width = sum(each for _, each in cells)
    head = wrap(f"{choice.number}. {choice.label}", SIZE, width - 2 * PAD, bold=True)
    tallest = max(answers_height(answers) for answers, _ in cells)
    height = 2 * PAD + len(head) * LEADING + 2 * PAD + tallest + MARK + PAD
    return _Size(head, cells, width, height)


def _cell_size(way: Way) -> tuple[tuple[tuple[str, ...], ...], float]:
    """The answers in lines, and the width that they need: wider where they are long."""
    texts = [each if index == 0 else f"or {each}" for index, each in enumerate(way.answers)]
    longest = max(width_of(word, SIZE) for text in texts for word in text.split())
    wanted = sum(width_of(text, SIZE) for text in texts) / 3
    room = max(CELL - 2 * PAD, longest, min(WIDEST_CELL - 2 * PAD, wanted))
    answers = tuple(wrap(text, SIZE, room) for text in texts)
    widest = max(width_of(line, SIZE) for lines in answers for line in lines)
    return answers, max(CELL, widest + 2 * PAD)


def answers_height(answers: tuple[tuple[str, ...], ...]) -> float:
    return sum(len(lines) * LEADING for lines in answers) + (len(answers) - 1) * BETWEEN


def _layers(
    rows: list[list[int]], edges: dict[int, list[int]]
) -> tuple[list[list[Node]], list[set[tuple[Node, Node]]]]:
    """The rows as numbered, with the stand-ins of passing lines where they cross least."""
    layers, joins = with_stand_ins(rows, edges)
    for index in range(1, len(layers)):
        place = {node: at for at, node in enumerate(layers[index - 1])}
        above: dict[Node, list[int]] = {}
        for upper, lower in joins[index - 1]:
            above.setdefault(lower, []).append(place[upper])
        real: list[Node] = [node for node in layers[index] if isinstance(node, int)]
        passing = [node for node in layers[index] if not isinstance(node, int)]
        spread = max(len(layers[index - 1]) - 1, 1)
        for node in sorted(passing, key=lambda each: sum(above[each]) / len(above[each])):
            share = sum(above[node]) / len(above[node]) / spread
            real.insert(round(share * len(real)), node)
        layers[index] = real
    return layers, joins


def _width(node: Node, sizes: dict[int, _Size]) -> float:
    return sizes[node].width if isinstance(node, int) else NARROW


def _spread(
    layers: list[list[Node]], joins: list[set[tuple[Node, Node]]], widths: dict[Node, float]
) -> dict[Node, float]:
    """The left edge of everything: near its neighbours, in its order, without overlap."""
    left: dict[Node, float] = {}
    for layer in layers:
        at = 0.0
        for node in layer:
            left[node] = at
            at += widths[node] + GAP
    near: dict[Node, list[Node]] = {}
    for below in joins:
        for upper, lower in below:
            near.setdefault(upper, []).append(lower)
            near.setdefault(lower, []).append(upper)

    def centre(node: Node) -> float:
        return left[node] + widths[node] / 2

    for turn in range(PASSES):
        for layer in layers if turn % 2 == 0 else reversed(layers):
            wanted = {
                node: sum(map(centre, near[node])) / len(near[node]) - widths[node] / 2
                if near.get(node)
                else left[node]
                for node in layer
            }
            left |= _apart(layer, wanted, widths)
    # The first question stands at the left edge, where a window on a wide picture opens.
    for node in layers[0] if layers else ():
        left[node] = min(left.values())
    least = min(left.values(), default=0)
    return {node: at - least + EDGE for node, at in left.items()}


def _apart(
    layer: list[Node], wanted: dict[Node, float], widths: dict[Node, float]
) -> dict[Node, float]:
    """The wanted places, pushed apart: the mean of pushing to the right and to the left."""
    right: dict[Node, float] = {}
    at = float("-inf")
    for node in layer:
        right[node] = max(wanted[node], at)
        at = right[node] + widths[node] + GAP
    left: dict[Node, float] = {}
    end = float("inf")
    for node in reversed(layer):
        left[node] = min(wanted[node], end - widths[node])
        end = left[node] - GAP
    return {node: (left[node] + right[node]) / 2 for node in layer}


def _tops(rows: list[list[int]], sizes: dict[int, _Size], top: float) -> tuple[list[float], float]:
    tops = []
    for row in rows:
        tops.append(top)
        top += max(sizes[number].height for number in row) + ROW_GAP
    return tops, top - ROW_GAP if rows else top


def _box(choice: Choice, size: _Size, left: float, top: float) -> Box:
    cells = []
    at = left
    for way, (answers, width) in zip(choice.ways, size.cells, strict=True):
        cells.append(Cell(way, answers, at, width))
        at += width
    return Box(choice, left, top, size.width, size.height, size.head, tuple(cells))


def _line(
    cell: Cell,
    box: Box,
    target: Box,
    left: dict[Node, float],
    tops: list[float],
    bottoms: list[float],
) -> Line:
    between = range(box.choice.row + 1, target.choice.row)
    passes = tuple(
        (left[target.choice.number, row] + NARROW / 2, tops[row], bottoms[row]) for row in between
    )
    return Line((cell.middle, box.bottom), passes, (target.middle, target.top))
