"""`python -m tests.mutation`: every mutant of the rules, and what kills it.

Prints how many were killed, by kind of change, and why the equivalent ones are; exits with 1 when
one survived, and when `equivalent.yaml` does not give a reason for just those that are equivalent.
"""

from __future__ import annotations

import argparse
import sys
from multiprocessing import get_context
from time import perf_counter

from engine.mutation import Mutant, mutants
from rules.loader import rulebook
from tests.mutation.equivalents import reasons
from tests.mutation.killing import EQUIVALENT, Fate, Killer
from tests.mutation.reporting import rate, some, table

# Shared with the processes by forking, so that only the numbers of mutants are sent to them.
_shared: list[tuple[Killer, tuple[Mutant, ...]]] = []


def fates(killer: Killer, chosen: tuple[Mutant, ...], processes: int) -> list[Fate]:
    """What becomes of each mutant, in order."""
    if processes == 1:
        return [killer.fate(each) for each in chosen]
    _shared.append((killer, chosen))
    with get_context("fork").Pool(processes) as pool:
        return list(pool.imap(_fate, range(len(chosen)), chunksize=4))


def _fate(number: int) -> Fate:
    killer, chosen = _shared[-1]
    return killer.fate(chosen[number])


def _misjudged(fate: Fate) -> bool:
    return (fate.fate == EQUIVALENT) != (fate.name in reasons())


def _told(fate: Fate) -> str:
    why = fate.by
    if fate.fate == EQUIVALENT:
        why = reasons().get(fate.name, f"{fate.by}, and the reason is not written down")
    elif fate.name in reasons():
        why += ": not equivalent, as the register has it"
    return f"{fate.fate}: {fate.name}: {why}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="2, if not given")
    parser.add_argument("--list", action="store_true", help="every mutant and its fate")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="mutants with TEXT in their name"
    )
    parser.add_argument("--some", action="store_true", help="the selection that the tests run")
    wanted = parser.parse_args()
    started = perf_counter()
    chosen = tuple(each for each in mutants(rulebook()) if wanted.only in each.name)
    if wanted.some:
        chosen = some(chosen)
    killer = Killer(rulebook())
    if killer.failing:
        print("left out, as they fail without any mutant: " + ", ".join(killer.failing))
    found = fates(killer, chosen, wanted.processes)
    for each in found:
        if wanted.list or each.survived or each.fate == EQUIVALENT or _misjudged(each):
            print(_told(each))
    print("\n".join(table(found)))
    print(f"{rate(found):.1f} % of those that change something are killed.")
    print(f"It took {perf_counter() - started:.0f} seconds.")
    return 1 if any(each.survived or _misjudged(each) for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
