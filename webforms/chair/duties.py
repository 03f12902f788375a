"""Duties that the rules find, where what people wrote down reads as if there were none.

What people write stands as they wrote it. It lifts no duty, and nothing is concluded from it while
the duty stands: whether to act on it is for them to decide, with both before them.
"""

from __future__ import annotations

from engine.expression import Status
from engine.results import ProcessGiven, RouteGiven
from webforms.chair import facts
from webforms.chair.casefile import CaseFile

MUST = "must"
# Children Act 2004, section 16C(1): without it, the Panel is not to be told of the incident.
TO_NOTIFY_THE_PANEL = "duty_lies_with_this_authority"


def notifying_denied(file: CaseFile) -> RouteGiven | None:
    """What the authority must notify, where the partners' view is that it is not to be.

    None while the rules find no such duty for certain, or once it was notified.
    """
    said_no = file.one("notification").get("criteria_met") == "no"
    if not said_no or "notification_sent" in file.dates or facts.problem(file):
        return None
    route = facts.assessed(file, "notify").route
    return route if route and route.certain and route.strength == MUST else None


def notifying_the_panel_denied(file: CaseFile) -> bool:
    """Whether it is the notification to the Panel that the partners' view denies.

    The death of a looked-after child has to be told to others, whether the Panel is told or not.
    """
    return notifying_denied(file) is not None and any(
        each.id == TO_NOTIFY_THE_PANEL and each.status is Status.ESTABLISHED
        for each in facts.assessed(file, "notify").findings
    )


def running_denied(file: CaseFile, process: ProcessGiven) -> bool:
    """Whether a process that must run, on these answers, is written down as not running."""
    must = process.status is Status.ESTABLISHED and process.strength == MUST
    return must and file.one("process", process.id).get("runs") == "no"
