"""Processes: one of a name for the same days, each with a finding that a rule concludes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.citations import own_and_also_cited_faults, rests_on_faults
from engine.checks.parts import all_processes, effective, identity_of
from engine.checks.places import Where, at, steps_at
from engine.checks.steps import step_faults
from engine.faults import Fault
from engine.rulebook import Process, Rulebook


def process_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in processes and in their steps."""
    findings = {rule.finding for rule in rulebook.rules}
    seen: dict[str, list[Process]] = {}
    for process in all_processes(rulebook):
        place = where("process", identity_of(process))
        for other in seen.setdefault(process.id, []):
            if effective(rulebook, process).overlaps(effective(rulebook, other)):
                file, _ = where("process", identity_of(other))
                yield at(
                    place,
                    f"'{process.id}' is here and in {file} for the same days: rename one of the "
                    "two, or give them different dates",
                    "id",
                )
        seen[process.id].append(process)
        if process.finding not in findings:
            yield at(
                place,
                f"no rule concludes '{process.finding}': mend the name or write the rule",
                "finding",
            )
        yield from own_and_also_cited_faults(rulebook, place, process.citations)
        yield from rests_on_faults(rulebook, place, process.rests_on)
        yield from step_faults(rulebook, steps_at(place, process.steps, "steps"))
