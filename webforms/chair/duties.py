"""Duties that the rules find, where what people wrote down reads as if there were none.

What people write stands as they wrote it. It lifts no duty, and nothing is concluded from it while
the duty stands: whether to act on it is for them to decide, with both before them.
"""

from __future__ import annotations

from datetime import date

from engine.expression import Status
from engine.results import ProcessGiven, RouteGiven
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.wording import day

MUST = "must"
# Children Act 2004, section 16C(1): without it, the Panel is not to be told of the incident.
TO_NOTIFY_THE_PANEL = "duty_lies_with_this_authority"
# The rules of 2015 do not say whose duty it is: an incident is to be reported, or it is not.
TO_REPORT_IN_2015 = "notifiable_incident"


def found_not_to_be_notified(file: CaseFile) -> bool:
    """Whether the partners found that it is not to be notified, and it was not."""
    said = file.one("notification").get("criteria_met") == "no"
    return said and "notification_sent" not in file.dates


def withdrawn(file: CaseFile) -> bool:
    """Whether it is written down that the notification is withdrawn, or is about to be.

    One answer says both. That it was done is known once the day is: see `withdrawn_on`.
    """
    return file.answers.get("notification_withdrawn") == "yes"


def withdrawn_on(file: CaseFile) -> date | None:
    """The day on which it was withdrawn; None while that is not known, or still to come."""
    given = file.day("notification", "withdrawn_on") if withdrawn(file) else None
    return given if given and given <= file.today else None


def withdrawal_in_words(file: CaseFile) -> str:
    """How far the withdrawal has come, to be read within a sentence; nothing without one."""
    if not withdrawn(file):
        return ""
    old = not facts.problem(file) and facts.of_boards(file)
    what = "the report" if old else "the notification"
    if on := withdrawn_on(file):
        return f"{what} was withdrawn on {day(on)}"
    if planned := file.day("notification", "withdrawn_on"):
        return f"{what} is about to be withdrawn; the day given, {day(planned)}, is still to come"
    return f"{what} is withdrawn, or about to be; the day is not given"


def to_notify(file: CaseFile) -> Status:
    """Whether the rules find that this authority has to notify the Panel, or to report in 2015.

    Open where the rules cannot be applied: that nothing was found is not "no".
    """
    if facts.problem(file):
        return Status.OPEN
    found = {each.id: each.status for each in facts.assessed(file, "notify").findings}
    return found.get(TO_NOTIFY_THE_PANEL, found.get(TO_REPORT_IN_2015, Status.OPEN))


def withdrawal_settled(file: CaseFile) -> bool:
    """Whether it is withdrawn, and the rules rule out that it was to be notified."""
    return withdrawn(file) and to_notify(file) is Status.RULED_OUT


def notifying_denied(file: CaseFile) -> RouteGiven | None:
    """What the authority must notify, where the partners' view or a withdrawal denies it.

    None while the rules find no such duty for certain, or where it was notified and that stands. A
    withdrawal takes back what the Panel was told; it denies no notice to anybody else.
    """
    not_to_be = found_not_to_be_notified(file)
    if not (not_to_be or withdrawn(file)) or facts.problem(file):
        return None
    if not not_to_be and not _owed_to_the_panel(file):
        return None
    route = facts.assessed(file, "notify").route
    return route if route and route.certain and route.strength == MUST else None


def notifying_the_panel_denied(file: CaseFile) -> bool:
    """Whether it is the notification to the Panel that is denied.

    The death of a looked-after child has to be told to others, whether the Panel is told or not.
    """
    return notifying_denied(file) is not None and _owed_to_the_panel(file)


def denial(file: CaseFile) -> str:
    """What it is that denies the duty, to be read after "which": the view, or the withdrawal."""
    return "the withdrawal" if withdrawn(file) else "the partners’ view"


def _owed_to_the_panel(file: CaseFile) -> bool:
    return any(
        each.id == TO_NOTIFY_THE_PANEL and each.status is Status.ESTABLISHED
        for each in facts.assessed(file, "notify").findings
    )


def running_denied(file: CaseFile, process: ProcessGiven) -> bool:
    """Whether a process that must run, on these answers, is written down as not running."""
    must = process.status is Status.ESTABLISHED and process.strength == MUST
    return must and file.one("process", process.id).get("runs") == "no"
