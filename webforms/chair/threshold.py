"""Whether the way to a rapid review has ended: the incident is not notified, or that was withdrawn.

Then nothing of a rapid review is waited for. What was written of a meeting all the same stays part
of what is asked and signed. Nothing ends while the rules find a duty to notify the Panel.
"""

from __future__ import annotations

from webforms.chair import duties, facts
from webforms.chair.casefile import CaseFile
from webforms.wording import day


def not_notified(file: CaseFile) -> bool:
    """Whether the partners found that the incident is not to be notified, and it was not.

    It is not concluded from their view while the rules find a duty that their view does not remove.
    """
    return duties.found_not_to_be_notified(file) and not duties.notifying_the_panel_denied(file)


def no_rapid_review(file: CaseFile) -> bool:
    """Whether no rapid review follows: it is not notified, or the notification was withdrawn."""
    ended = duties.found_not_to_be_notified(file) or duties.withdrawn(file)
    return ended and not duties.notifying_the_panel_denied(file)


def no_meeting(file: CaseFile) -> bool:
    """Whether no rapid review follows, and nothing was written of one."""
    return no_rapid_review(file) and not _meeting_written(file)


def why_no_rapid_review(file: CaseFile) -> str:
    """Why no rapid review follows, in a sentence; nothing where one may."""
    if not no_rapid_review(file):
        return ""
    old = not facts.problem(file) and facts.of_boards(file)
    if duties.withdrawn(file):
        when = file.day("notification", "withdrawn_on")
        what = "The report" if old else "The notification"
        return f"{what} was withdrawn on {day(when)}." if when else f"{what} is withdrawn."
    whose = "It was found" if old else "The partners found"
    return f"{whose} that the incident is not to be {'reported' if old else 'notified'}."


def no_meeting_in_words(file: CaseFile) -> str:
    """That no rapid review was held, and why; nothing where one was, or may yet be."""
    if not no_meeting(file):
        return ""
    old = not facts.problem(file) and facts.of_boards(file)
    what = "No meeting looked at the case" if old else "No rapid review was held"
    return f"{what}. {why_no_rapid_review(file)}"


def _meeting_written(file: CaseFile) -> bool:
    """Whether anything is written of a meeting: who came, what was said, or what it led to."""
    views = file.items("views").values()
    return (
        any(file.one("meeting").values())
        or any(file.one("recommendation").values())
        or bool(file.items("attendance"))
        or any(each.data.get("view") or each.data.get("reason") for each in views)
        or "rapid_review_sent" in file.dates
    )
