"""Steps that stand together: no two of a name, and clocks that start from a known date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.checks.citations import citation_faults, rests_on_faults
from engine.checks.conditions import condition_faults
from engine.checks.places import Place, at
from engine.faults import Fault
from engine.rulebook import Rulebook, Step


def step_faults(
    rulebook: Rulebook, placed: Iterable[tuple[Place, Step]], taken: Iterable[str] = ()
) -> Iterator[Fault]:
    """Faults in steps that stand together; the ids in `taken` are those of steps beside them."""
    findings = {rule.finding for rule in rulebook.rules}
    seen = set(taken)
    for here, step in placed:
        if step.id in seen:
            yield at(here, f"two steps here are called '{step.id}': rename one", "id")
        seen.add(step.id)
        yield from citation_faults(rulebook, here, step.citations, "cite")
        yield from rests_on_faults(rulebook, here, step.rests_on)
        if step.when is not None:
            yield from condition_faults(rulebook, here, step.when, findings, on_status=True)
        for clock in step.clocks:
            if clock.of not in rulebook.event_dates:
                yield at(
                    here,
                    f"events.yaml has no date '{clock.of}' for this clock to start from: add it "
                    "or mend the name",
                    "by",
                )
