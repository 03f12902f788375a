"""What is said beside a result: which rules were used and why, and what is not confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.answers import Case
from engine.edition import given_day, governing_day, lingering_on
from engine.expression import Status
from engine.program import Program
from engine.results import FindingGiven
from engine.rulebook import Verification
from engine.telling import citations, long_date


def warnings_for(
    program: Program,
    case: Case,
    findings: tuple[FindingGiven, ...],
    statuses: Mapping[str, Status],
) -> tuple[str, ...]:
    """What has to be known before a result is relied on, each said once."""
    warnings: list[str] = []
    edition = program.edition
    if edition.status is not Verification.READ:
        warnings.append(edition.note or f"{edition.title}: {edition.status}.")
    if not any(event in case.dates for event in program.stage.edition_by):
        labels = program.rulebook.event_dates
        wanted = " or ".join(labels[event].phrase for event in program.stage.edition_by)
        warnings.append(
            f"No date was given for {wanted}, so the newest rules are used "
            f"({edition.title}). Check this when the date is known."
        )
    else:
        day = given_day(program.rulebook, program.stage, case)
        first = program.stage.edition_by[0]
        if first not in case.dates:
            used = next(event for event in program.stage.edition_by if event in case.dates)
            events = program.rulebook.event_dates
            warnings.append(
                f"The rules were chosen by the date of {events[used].phrase} ({long_date(day)}), "
                f"because no date was given for {events[first].phrase}."
            )
    warnings += _dated_notes(program, case)
    warnings += program.overlay.notes
    unread = [
        each.sentence
        for each in findings
        if not each.verified and statuses[each.id] is Status.ESTABLISHED
    ]
    if unread:
        warnings.append(
            "Not confirmed against the text itself, so check before relying on it: "
            + "; ".join(unread)
            + "."
        )
    return tuple(dict.fromkeys(warnings))


def _dated_notes(program: Program, case: Case) -> list[str]:
    """Notes on the days of the case, and whether an older edition may have governed still."""
    rulebook, stage = program.rulebook, program.stage
    day = given_day(rulebook, stage, case)
    said = [
        f"{note.text} ({'; '.join(c.text for c in citations(program, note.citations))})"
        for note in rulebook.notes
        if note.in_force.covers(day) and stage.id in note.stages
    ]
    lingering = lingering_on(rulebook, stage, day)
    if lingering is not None and lingering.lingers:
        event = lingering.lingers.changed
        phrase = rulebook.event_dates[event].phrase
        changed = case.dates.get(event)
        if changed is None:
            said.append(
                f"Until {long_date(lingering.lingers.until)} at the latest, an area that had not "
                f"changed over still decided under {lingering.title}. No date was given for "
                f"{phrase}, so those rules are used. Give that date: it can change the result."
            )
        else:
            which = "before" if day < changed else "on or after"
            said.append(
                f"The decision was taken {which} {phrase} ({long_date(changed)}), so the rules of "
                f"{program.edition.title} are used."
            )
    if governing_day(rulebook, stage, case) != day:
        said.append(
            f"Only this decision follows {program.edition.title} still. Notices and other "
            f"processes follow the law of {long_date(day)}: see what is said on notifying, and on "
            "what runs beside."
        )
    return said
