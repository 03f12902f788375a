"""Reduced ordered decision diagrams over questions: one branch an answer, "not known" the last.

A node asks one question and has a child for each of its values and one for "not known"; a
terminal holds any value (true or false, a status, the name of a route). Nodes are shared and no
node has children all alike, so two functions are equal exactly when their diagrams are the same
node, and the questions in a diagram are exactly those that can still matter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from threading import RLock

from engine.expression import Status

TERMINAL = 1_000_000
# A long-running server restricts the same diagrams by ever new answers; past this many nodes the
# table is rebuilt rather than left to grow.
MOST_NODES = 400_000


class Diagrams:
    """A table of shared nodes over `sizes` questions; `sizes[k]` counts the children at level k."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self.lock = RLock()
        self._levels: list[int] = []
        self._children: list[tuple[int, ...]] = []
        self._values: list[Hashable] = []
        self._support: list[int] = []
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._terminals: dict[Hashable, int] = {}
        self._restricted: dict[tuple[int, int, int], int] = {}
        self._applied: dict[tuple[Hashable, int, int], int] = {}

    def __len__(self) -> int:
        return len(self._levels)

    # Making nodes

    def terminal(self, value: Hashable) -> int:
        """The diagram that is `value` whatever the answers."""
        found = self._terminals.get((type(value), value))
        if found is None:
            found = self._new(TERMINAL, (), value, 0)
            self._terminals[(type(value), value)] = found
        return found

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The diagram that asks the question at `level` and goes on with the child answered."""
        first = children[0]
        if all(child == first for child in children):
            return first
        found = self._nodes.get((level, children))
        if found is None:
            support = 1 << level
            for child in children:
                support |= self._support[child]
            found = self._new(level, children, None, support)
            self._nodes[(level, children)] = found
        return found

    def _new(self, level: int, children: tuple[int, ...], value: Hashable, support: int) -> int:
        self._levels.append(level)
        self._children.append(children)
        self._values.append(value)
        self._support.append(support)
        return len(self._levels) - 1

    def leaf(self, level: int, accepted: set[int], yes: Hashable, no: Hashable) -> int:
        """`yes` when the child taken at `level` is one of `accepted`, else `no`."""
        a, b = self.terminal(yes), self.terminal(no)
        return self.node(level, tuple(a if k in accepted else b for k in range(self.sizes[level])))

    # Looking at nodes

    def level(self, node: int) -> int:
        """The level of the question asked at a node; `TERMINAL` for a terminal."""
        return self._levels[node]

    def children(self, node: int) -> tuple[int, ...]:
        return self._children[node]

    def is_constant(self, node: int) -> bool:
        return self._levels[node] == TERMINAL

    def value(self, node: int) -> Hashable:
        """The value of a terminal (None for any other node)."""
        return self._values[node]

    def support(self, node: int) -> int:
        """The questions that the diagram still depends on, as bits by level."""
        return self._support[node]

    def levels_in(self, node: int) -> tuple[int, ...]:
        """The same, as levels in asking order."""
        bits = self._support[node]
        return tuple(level for level in range(bits.bit_length()) if bits >> level & 1)

    def terminals_under(self, node: int) -> set[Hashable]:
        """Every value that some answers lead to."""
        return {self._values[each] for each in self.walk(node) if self.is_constant(each)}

    def walk(self, node: int) -> Iterator[int]:
        """Every node reached from this one, each once."""
        seen = {node}
        waiting = [node]
        while waiting:
            at = waiting.pop()
            yield at
            for child in self._children[at]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    # Working on nodes

    def apply(
        self, name: Hashable, join: Callable[[Hashable, Hashable], Hashable], a: int, b: int
    ) -> int:
        """The diagram of `join` of both values. `name` names the operation in the cache."""
        found = self._applied.get((name, a, b))
        if found is not None:
            return found
        if self.is_constant(a) and self.is_constant(b):
            result = self.terminal(join(self._values[a], self._values[b]))
        else:
            level = min(self._levels[a], self._levels[b])
            count = self.sizes[level]
            kids_a = self._children[a] if self._levels[a] == level else (a,) * count
            kids_b = self._children[b] if self._levels[b] == level else (b,) * count
            result = self.node(
                level,
                tuple(self.apply(name, join, x, y) for x, y in zip(kids_a, kids_b, strict=True)),
            )
        self._applied[(name, a, b)] = result
        return result

    def map(self, change: Callable[[Hashable], Hashable], node: int) -> int:
        """The diagram with every terminal's value changed."""
        done: dict[int, int] = {}

        def go(at: int) -> int:
            if at not in done:
                done[at] = (
                    self.terminal(change(self._values[at]))
                    if self.is_constant(at)
                    else self.node(self._levels[at], tuple(map(go, self._children[at])))
                )
            return done[at]

        return go(node)

    def both(self, a: int, b: int) -> int:
        """True where both true/false diagrams are."""
        return self.apply("both", lambda x, y: x is True and y is True, a, b)

    def either(self, a: int, b: int) -> int:
        """True where one of the two true/false diagrams is, or both are."""
        return self.apply("either", lambda x, y: x is True or y is True, a, b)

    def unlike(self, a: int, b: int) -> int:
        """True where the two diagrams have different values."""
        return self.apply("unlike", lambda x, y: x != y, a, b)

    def negated(self, node: int) -> int:
        """True where a true/false diagram is false."""
        return self.map(lambda value: value is not True, node)

    def restrict(self, node: int, level: int, child: int) -> int:
        """What is left of the diagram once the question at `level` has the answer `child`."""
        if not self._support[node] >> level & 1:
            return node
        found = self._restricted.get((node, level, child))
        if found is None:
            if self._levels[node] == level:
                found = self._children[node][child]
            else:
                found = self.node(
                    self._levels[node],
                    tuple(self.restrict(each, level, child) for each in self._children[node]),
                )
            self._restricted[(node, level, child)] = found
        return found

    def exactly(self, node: int) -> int:
        """From truth over known answers to status over all answers, "not known" included.

        The status is *established* (*ruled out*) where every way of filling in what is not known
        makes it true (false), and *open* otherwise. What `node` says of "not known" is ignored.
        """
        done: dict[int, int] = {}

        def go(at: int) -> int:
            if at in done:
                return done[at]
            if self.is_constant(at):
                status = Status.ESTABLISHED if self._values[at] is True else Status.RULED_OUT
                result = self.terminal(status)
            else:
                known = tuple(go(child) for child in self._children[at][:-1])
                unknown = known[0]
                for each in known[1:]:
                    unknown = self.apply("agree", _agree, unknown, each)
                result = self.node(self._levels[at], (*known, unknown))
            done[at] = result
            return result

        return go(node)

    def difference(self, a: int, b: int) -> dict[int, int] | None:
        """Answers (level to child) on which the two diagrams differ, or None when they are one."""
        return self.find(self.unlike(a, b), True)

    def find(self, node: int, value: Hashable) -> dict[int, int] | None:
        """Answers (level to child) that lead to `value`, or None when none do."""
        dead: set[int] = set()

        def go(at: int, taken: dict[int, int]) -> dict[int, int] | None:
            if at in dead:
                return None
            if self.is_constant(at):
                return taken if self._values[at] == value else None
            for index, child in enumerate(self._children[at]):
                found = go(child, {**taken, self._levels[at]: index})
                if found is not None:
                    return found
            dead.add(at)
            return None

        return go(node, {})


def _agree(a: Hashable, b: Hashable) -> Hashable:
    return a if a == b else Status.OPEN
