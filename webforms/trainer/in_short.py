"""Why two sides differ, in a few plain sentences, made of what the comparison found.

Pure: a comparison comes in, paragraphs go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from webforms.trainer.comparing import Comparison, Why, questions_of
from webforms.trainer.side_tables import step_rows
from webforms.trainer.sides import Side

# So many are named; of more, only how many there are.
MOST_NAMED = 3


def in_short(made: Comparison) -> tuple[str, ...]:
    """What is different in the rules, in the route and in the steps; nothing where nothing is."""
    if made.same_rules and not made.changes:
        return ()
    sides = ((made.left, made.why_left, made.right), (made.right, made.why_right, made.left))
    which = dict(zip(("left", "right"), sides, strict=True))
    asked = (text for name, (_, why, _) in which.items() for text in _only_asked(name, why))
    missing = (text for name, each in which.items() for text in _not_answered(name, *each))
    paragraphs = ((*_rules(made), _route(made)), (*asked, *missing), _steps(made))
    return tuple(text for each in paragraphs if (text := " ".join(each)))


def _rules(made: Comparison) -> Iterator[str]:
    """Which edition, and which local procedure, each side is decided under."""
    left, right = (each.program.edition.title for each in (made.left, made.right))
    if left == right:
        yield f"Both sides are decided under {left}."
    else:
        yield f"The left is decided under {left}, the right under {right}."
    here, there = (_procedure(each) for each in (made.left, made.right))
    if here != there:
        yield f"Local procedure: on the left {here}, on the right {there}."


def _procedure(at: Side) -> str:
    overlay = at.program.overlay
    return "none" if overlay.area == "none" else f"“{overlay.title}”"


def _route(made: Comparison) -> str:
    routes = [each.assessment.route for each in (made.left, made.right)]
    left, right = (each.title if each else "no recommendation" for each in routes)
    if left == right:
        return "The route is the same."
    return f"The route differs: on the left “{left}”, on the right “{right}”."


def _only_asked(name: str, why: Why) -> Iterator[str]:
    for each in why.questions:
        yield (
            f"Only the rules of the {name} ask about “{each.label}”, and the answer there is "
            f"“{each.words}”."
        )


def _not_answered(name: str, here: Side, why: Why, there: Side) -> Iterator[str]:
    """Why a side is not certain yet: what nobody has answered, for the other never asked it."""
    route = here.assessment.route
    if route is None or route.certain or not why.also_asked:
        return
    other = "left" if name == "right" else "right"
    known = questions_of(there.program)
    labels = {each.question: each.label for each in here.assessment.open}
    new = [label for question, label in labels.items() if question not in known]
    never_asked = [label for label in why.also_asked if label in new]
    told = never_asked or why.also_asked
    reason = (
        f"The rules of the {other} never ask that."
        if never_asked
        else f"On the {other} it can change nothing."
    )
    yield f"The {name} is not certain yet: nobody has answered {_named(told)}. {reason}"


def _named(labels: Sequence[str]) -> str:
    named = ", ".join(f"“{each}”" for each in labels[:MOST_NAMED])
    left_over = len(labels) - MOST_NAMED
    return f"{named} and {left_over} more" if left_over > 0 else named


def _steps(made: Comparison) -> Iterator[str]:
    """How many steps are on both sides, or on one, and how many a local procedure adds."""
    rows = step_rows(made)
    if not rows:
        return
    found = Counter(row.sign[1] for row in rows)
    counts = (
        (found["Same"], "the same on both sides"),
        (found["Left only"], "only on the left"),
        (found["Right only"], "only on the right"),
        (found["Differs"], "on both sides but not alike"),
    )
    told = ", ".join(f"{count} {words}" for count, words in counts if count)
    yield f"Of {len(rows)} {'step' if len(rows) == 1 else 'steps'}, {told}."
    for name, why in (("left", made.why_left), ("right", made.why_right)):
        if added := len(why.local_steps):
            does = "is" if added == 1 else "are"
            yield f"{added} {does} added by the local procedure of the {name}."
