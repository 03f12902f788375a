"""What changed in the words of an edition: between two editions that there are, and in order."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.citations import citation_faults, rests_on_faults
from engine.checks.places import Where, at
from engine.faults import Fault
from engine.rulebook import Rulebook


def text_change_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in what changes of words cite, rest on, and lie between."""
    starts = {each.id: each.in_force.start for each in rulebook.editions}
    for change in rulebook.text_changes:
        place = where("text change", change.id)
        yield from citation_faults(rulebook, place, change.citations, "cite")
        yield from rests_on_faults(rulebook, place, change.rests_on)
        unknown = [key for key in ("old", "new") if getattr(change, key) not in starts]
        for key in unknown:
            yield at(
                place,
                f"no edition is called '{getattr(change, key)}': add it to editions.yaml or mend "
                "the name",
                key,
            )
        if not unknown and starts[change.old] >= starts[change.new]:
            yield at(place, f"'{change.new}' is not the newer of the two: swap them", "new")
