"""The order of a layered drawing: each row sorted so that few lines cross.

The method is the usual one: lines that skip rows get a stand-in in each row that they pass, then
every row is sorted by the mean place of its neighbours, downwards and upwards in turn.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

Node = int | tuple[int, int]
SWEEPS = 12


def ordered(rows: Sequence[Sequence[int]], edges: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """The rows in a better order; `edges` leads from a node to nodes of later rows."""
    layers, joins = with_stand_ins(rows, edges)
    best = [list(layer) for layer in layers]
    fewest = crossings(best, joins)
    for sweep in range(SWEEPS):
        _sweep(layers, joins, down=sweep % 2 == 0)
        count = crossings(layers, joins)
        if count < fewest:
            fewest, best = count, [list(layer) for layer in layers]
    return [[node for node in layer if isinstance(node, int)] for layer in best]


def with_stand_ins(
    rows: Sequence[Sequence[int]], edges: Mapping[int, Sequence[int]]
) -> tuple[list[list[Node]], list[set[tuple[Node, Node]]]]:
    """The rows with stand-ins for the lines that pass them, and the joins below each row.

    Lines to the same node share their stand-ins: they run together from where they meet.
    """
    row_of = {node: index for index, row in enumerate(rows) for node in row}
    layers: list[list[Node]] = [list(row) for row in rows]
    joins: list[set[tuple[Node, Node]]] = [set() for _ in rows]
    there: set[Node] = set()
    for row in rows:
        for node in row:
            for target in edges.get(node, ()):
                above: Node = node
                for index in range(row_of[node] + 1, row_of[target]):
                    stand_in = (target, index)
                    if stand_in not in there:
                        there.add(stand_in)
                        layers[index].append(stand_in)
                    joins[index - 1].add((above, stand_in))
                    above = stand_in
                joins[row_of[target] - 1].add((above, target))
    return layers, joins


def crossings(layers: Sequence[Sequence[Node]], joins: Sequence[set[tuple[Node, Node]]]) -> int:
    """How many pairs of joins cross."""
    count = 0
    for index, below in enumerate(joins[:-1]):
        place = {node: at for at, node in enumerate(layers[index])}
        lower = {node: at for at, node in enumerate(layers[index + 1])}
        ends: list[int] = []
        for _, end in sorted((place[a], lower[b]) for a, b in below):
            count += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return count


def _sweep(
    layers: list[list[Node]], joins: Sequence[set[tuple[Node, Node]]], *, down: bool
) -> None:
    indexes = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
    for index in indexes:
        neighbours = layers[index - 1] if down else layers[index + 1]
        place = {node: at for at, node in enumerate(neighbours)}
        between = joins[index - 1] if down else joins[index]
        means: dict[Node, list[int]] = {}
        for upper, lower in between:
            here, there = (lower, upper) if down else (upper, lower)
            means.setdefault(here, []).append(place[there])
        now = {node: at for at, node in enumerate(layers[index])}

        def key(
            node: Node, means: dict[Node, list[int]] = means, now: dict[Node, int] = now
        ) -> float:
            found = means.get(node)
            return sum(found) / len(found) if found else now[node]

        layers[index].sort(key=key)
