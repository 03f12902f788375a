"""What a condition names: findings that are concluded, and answers that their questions have."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.places import Place, at
from engine.expression import Aged, Answered, Concluded, Expression, Stands, walk
from engine.faults import Fault
from engine.rulebook import Rulebook


def condition_faults(
    rulebook: Rulebook, place: Place, when: Expression, findings: set[str], *, on_status: bool
) -> Iterator[Fault]:
    """Faults in a rule's condition (on answers) or a route's (on how findings stand)."""
    for node in walk(when):
        if isinstance(node, Concluded | Stands) and node.finding not in findings:
            yield at(
                place,
                f"no rule concludes '{node.finding}': mend the name or write the rule",
                "when",
            )
        if isinstance(node, Stands) and not on_status:
            yield at(
                place,
                f"a rule cannot ask whether '{node.finding}' is {node.status}: name the finding, "
                "or 'not' it; only routes and steps ask how findings stand",
                "when",
            )
        if isinstance(node, Answered | Aged | Concluded) and on_status:
            name = node.finding if isinstance(node, Concluded) else node.question
            yield at(
                place,
                f"a route or step cannot rest on '{name}' itself: say established, ruled out or "
                "open, and the finding",
                "when",
            )
        elif isinstance(node, Answered | Aged):
            yield from answer_faults(rulebook, place, node)


def answer_faults(
    rulebook: Rulebook, place: Place, node: Answered | Aged, key: str = "when"
) -> Iterator[Fault]:
    """Faults in what a condition, written under `key`, asks of one question."""
    question = rulebook.questions.get(node.question)
    if question is None:
        yield at(
            place,
            f"no question is called '{node.question}': mend the name or write the question",
            key,
        )
    elif question.kind == "authority":
        yield at(place, f"'{node.question}' names a council and decides nothing: take it out", key)
    elif isinstance(node, Aged):
        if question.kind != "age":
            yield at(place, f"'{node.question}' is not an age: name its answers instead", key)
    else:
        values = [option.value for option in question.options]
        for value in node.values:
            if value not in values:
                yield at(
                    place,
                    f"'{node.question}' has no answer '{value}': use "
                    f"{', '.join(values) or 'at_least and under'}",
                    key,
                )
        if set(node.values) >= set(values) and question.kind != "age":
            yield at(
                place,
                f"every answer to '{node.question}' makes this true, so it decides nothing: take "
                "it out or take an answer out",
                key,
            )
