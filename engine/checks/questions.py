"""What a question cites and belongs to, and the event that stands in for another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.citations import citation_faults
from engine.checks.places import Where, at
from engine.faults import Fault
from engine.rulebook import Rulebook


def question_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Questions whose citations, or whose parent and its answer, are not known."""
    for question in rulebook.questions.values():
        place = where("question", question.id)
        yield from citation_faults(rulebook, place, question.citations, "cite")
        parent = rulebook.questions.get(question.detail_of or "")
        if question.detail_of is None:
            continue
        if parent is None:
            yield at(
                place, f"no question is called '{question.detail_of}': mend the name", "detail_of"
            )
        elif question.detail_when not in {option.value for option in parent.options}:
            yield at(
                place,
                f"'{parent.id}' has no answer '{question.detail_when}': use one of its options",
                "detail_when",
            )


def event_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Events whose day is counted from an event that there is not, while it is not known."""
    for event in rulebook.event_dates.values():
        if event.while_not_known and event.while_not_known not in rulebook.event_dates:
            yield at(
                where("event", event.id),
                f"events.yaml has no date '{event.while_not_known}': add it or mend the name",
                "while_not_known",
            )
