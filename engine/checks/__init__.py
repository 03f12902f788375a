"""What can only be seen across files: names, doubles, cycles, dates, and words.

`engine.schema` has seen to the shape of each file. These checks take the parts with the place
where each was read, and say for each fault where it is, what is wrong, and what to do. Each module
checks what it is named for.
"""

from __future__ import annotations

from engine.checks.asking import asking_faults
from engine.checks.editions import carried_forward_faults, edition_faults
from engine.checks.local import method_faults, overlay_faults
from engine.checks.parts import identity_of
from engine.checks.places import Place, Where
from engine.checks.processes import process_faults
from engine.checks.questions import event_faults, question_faults
from engine.checks.routes import route_faults, stage_faults
from engine.checks.rules import circle_faults, rule_faults, twice_concluded_faults
from engine.checks.text_changes import text_change_faults
from engine.checks.words import word_faults
from engine.faults import Fault
from engine.rulebook import Rulebook

__all__ = ["Place", "faults_in", "identity_of"]


def faults_in(rulebook: Rulebook, where: Where) -> list[Fault]:
    """Every fault in the rulebook. `where(kind, id)` is the place where a part was read."""
    first = [
        *carried_forward_faults(rulebook, where),
        *edition_faults(rulebook, where),
        *question_faults(rulebook, where),
        *event_faults(rulebook, where),
        *rule_faults(rulebook, where),
        *twice_concluded_faults(rulebook, where),
        *circle_faults(rulebook, where),
        *process_faults(rulebook, where),
        *overlay_faults(rulebook, where),
        *method_faults(rulebook, where),
        *route_faults(rulebook, where),
        *stage_faults(rulebook, where),
        *word_faults(rulebook, where),
        *text_change_faults(rulebook, where),
    ]
    # Compiling a rulebook whose names do not hold would only fault again, less clearly.
    return first or [*asking_faults(rulebook, where)]
