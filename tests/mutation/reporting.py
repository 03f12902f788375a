"""Which mutants the tests run, and the kill rate by kind of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.mutation import Mutant, Operator
from tests.mutation.equivalents import reasons
from tests.mutation.killing import CASE, CHECK, EQUIVALENT, PROOF, SURVIVED, Fate

COLUMNS = {
    CASE: "by a case",
    PROOF: "by a proof",
    CHECK: "by a check",
    EQUIVALENT: "equivalent",
    SURVIVED: "survived",
}


def some(made: tuple[Mutant, ...]) -> tuple[Mutant, ...]:
    """Every mutant of a rule, every raised strength, the equivalent, and a third of the rest."""
    first = [each for each in made if _always(each)]
    return (*first, *[each for each in made if not _always(each)][::3])


def _always(mutant: Mutant) -> bool:
    strength = mutant.operator is Operator.STRENGTH
    return mutant.kind == "rule" or strength or mutant.name in reasons()


def table(found: list[Fate]) -> Iterator[str]:
    """One line for each kind of change, and one for all."""
    yield f"{'':28}{'made':>6}" + "".join(f"{title:>12}" for title in COLUMNS.values())
    rows: list[tuple[str, list[Fate]]] = [
        (str(kind), [each for each in found if each.operator is kind]) for kind in Operator
    ]
    for title, these in (*rows, ("all", found)):
        counts = Counter(each.fate for each in these)
        yield f"{title:28}{len(these):6}" + "".join(f"{counts[each]:12}" for each in COLUMNS)


def rate(found: list[Fate]) -> float:
    """How many of the mutants that change something told are killed, of a hundred."""
    changing = [each for each in found if each.fate != EQUIVALENT]
    killed = [each for each in changing if not each.survived]
    return 100 * len(killed) / len(changing) if changing else 100.0
