"""Which cases are likely enough to stand as examples. Nothing is decided by it.

The questions are about one person, and some answers hardly go together, though no rule forbids
them: nobody leaves care at three. A difference is shown by a case without such a pair, where
there is one.
"""

from __future__ import annotations

from engine.answers import NOT_KNOWN
from engine.expression import Aged, Answered
from engine.joint import Joint

AGE = "age_of_person"
UNBORN = Answered(AGE, ("unborn",))
LEFT_CARE = Answered("care_leaver", ("yes", NOT_KNOWN))
LOOKED_AFTER = Answered("looked_after", ("yes", NOT_KNOWN))
SUICIDE = Answered("what_happened", ("died_by_suspected_suicide",))

# Pairs of answers that are not to be expected of one person.
UNLIKELY: tuple[tuple[Answered, Answered | Aged], ...] = (
    (LEFT_CARE, UNBORN),
    (LEFT_CARE, Aged(AGE, None, 16)),
    (LOOKED_AFTER, UNBORN),
    (LOOKED_AFTER, Aged(AGE, 18, None)),
    (LEFT_CARE, Answered("looked_after", ("yes",))),
    (SUICIDE, UNBORN),
    (SUICIDE, Aged(AGE, None, 4)),
)


def plausible(joint: Joint) -> int:
    """The diagram that is true of every case without an unlikely pair of answers."""
    d = joint.diagrams
    result = d.terminal(True)
    for one, other in UNLIKELY:
        if {one.question, other.question} <= joint.level_of.keys():
            pair = d.both(_told(joint, one), _told(joint, other))
            result = d.both(result, d.negated(pair))
    return result


def _told(joint: Joint, answer: Answered | Aged) -> int:
    level = joint.level_of[answer.question]
    values = joint.values[level]
    told = answer.values if isinstance(answer, Answered) else joint.cells_within(answer)
    taken = {values.index(each) for each in told if each in values}
    return joint.diagrams.leaf(level, taken, True, False)
