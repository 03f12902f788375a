"""Whether the way to a rapid review has ended: the incident is not notified, or that was withdrawn.

Then nothing of a rapid review is waited for. What was written of a meeting all the same stays part
of what is asked and signed. Nothing ends while the rules find a duty to notify the Panel, and by a
withdrawal nothing ends before they rule that duty out: what is open is not "no".
"""

from __future__ import annotations

from webforms.chair import duties, facts
from webforms.chair.casefile import CaseFile
from webforms.wording import first_upper


def not_notified(file: CaseFile) -> bool:
    """Whether the partners found that the incident is not to be notified, and it was not.

    It is not concluded from their view while the rules find a duty that their view does not remove.
    """
    return duties.found_not_to_be_notified(file) and not duties.notifying_the_panel_denied(file)


def no_rapid_review(file: CaseFile) -> bool:
    """Whether no rapid review follows: it is not notified, or that is withdrawn and settled."""
    return duties.withdrawal_settled(file) if duties.withdrawn(file) else not_notified(file)


def no_meeting(file: CaseFile) -> bool:
    """Whether no rapid review follows, and nothing was written of one."""
    return no_rapid_review(file) and not _meeting_written(file)


def why_no_rapid_review(file: CaseFile) -> str:
    """Why no rapid review follows, in a sentence; nothing where one may."""
    if not no_rapid_review(file):
        return ""
    if duties.withdrawn(file):
        return f"{first_upper(duties.withdrawal_in_words(file))}."
    old = not facts.problem(file) and facts.of_boards(file)
    whose = "It was found" if old else "The partners found"
    return f"{whose} that the incident is not to be {'reported' if old else 'notified'}."


def no_meeting_in_words(file: CaseFile) -> str:
    """That no rapid review was held, and why; nothing where one was, or may yet be."""
    if not no_meeting(file):
        return ""
    return f"{no_meeting_held(file)} {why_no_rapid_review(file)}"


def no_meeting_held(file: CaseFile) -> str:
    """That there was no meeting, in the words of the rules of the case."""
    old = not facts.problem(file) and facts.of_boards(file)
    return "No meeting looked at the case." if old else "No rapid review was held."


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
