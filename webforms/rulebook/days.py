"""Since when: the days on which a rule is in force, and those on which a step is used.

A step is used on the days on which one of its sources is in force, as the engine has it. The first
day of a source may be ours, where it is older than what is told here or its own day is not known;
that is never told as the day of the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from engine.rulebook import Citation, Period, Process, Rule, Rulebook, Step
from webforms.rulebook.citing import carried_by, period_words, plain_day

Stretches = tuple[Period, ...]

ALWAYS: Stretches = (Period(date.min),)


def of_sources(rulebook: Rulebook, cited: Iterable[Citation]) -> Stretches:
    """The days on which one of the cited sources is in force, or is carried forward."""
    found: list[Period] = []
    for source in {each.source for each in cited}:
        found.append(rulebook.sources[source].in_force)
        found += [e.in_force for e in rulebook.editions if e.carries_forward == source]
    return _joined(found)


def of_step(rulebook: Rulebook, step: Step) -> Stretches:
    """The days on which a step is used. Advice, which has no source, is used on any day."""
    own = (Period(step.start or date.min, step.until),)
    return shared(own, of_sources(rulebook, step.citations) if step.citations else ALWAYS)


def of_item(rulebook: Rulebook, item: Rule | Process) -> Stretches:
    """The days on which a rule or a process is in force, or is carried forward."""
    carried = carried_by(rulebook, item.citations[0].source, item.in_force)
    return _joined([item.in_force, *([carried.in_force] if carried else [])])


def shared(some: Stretches, others: Stretches) -> Stretches:
    """The days that lie in both."""
    found = []
    for one in some:
        for other in others:
            if one.overlaps(other):
                ends = [each.until for each in (one, other) if each.until is not None]
                found.append(Period(max(one.start, other.start), min(ends, default=None)))
    return _joined(found)


def _joined(some: Iterable[Period]) -> Stretches:
    """Stretches that touch or overlap as one, the earliest first."""
    found: list[Period] = []
    for each in sorted(some, key=lambda period: period.start):
        last = found[-1] if found else None
        if last is None or (last.until is not None and each.start > last.until + timedelta(days=1)):
            found.append(each)
        elif last.until is not None and (each.until is None or each.until > last.until):
            found[-1] = Period(last.start, each.until)
    return tuple(found)


def told(stretches: Stretches) -> str:
    """The days in words; nothing for every day."""
    return " and ".join(filter(None, map(_told, stretches)))


def _told(period: Period) -> str:
    if period.start > date.min:
        return period_words(period)
    return f"until {plain_day(period.until)}" if period.until else ""


def in_force(rulebook: Rulebook, item: Rule | Process) -> str:
    """Since when a rule or a process is in force, and whether a newer edition carries it on.

    Where its first day is only that on which we begin to rely on its source, it says so.
    """
    words = period_words(item.in_force)
    cited = item.citations[0]
    source = rulebook.sources[cited.source]
    if item.in_force.start == source.in_force.start and (
        source.begins or cited.paragraph in source.older_paragraphs
    ):
        relied = f"relied on from {plain_day(item.in_force.start)}"
        if item.in_force.until:
            relied += f" until {plain_day(item.in_force.until)}"
        words = relied if source.begins == "ours" else f"older; {relied}"
    edition = carried_by(rulebook, cited.source, item.in_force)
    if edition is None:
        return words
    return f"{words}; carried forward into {edition.title}, whose text has not been seen"
