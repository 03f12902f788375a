"""The task list of a case: its stages, who owns each, how each stands, and what is due next.

Nothing forces an order: every stage can be opened at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.expression import Status
from webforms.chair import duties, facts
from webforms.chair.cards import cards
from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import decision_changed, is_signed
from webforms.chair.deadlines import Deadline, deadlines
from webforms.chair.owners import usual_owners
from webforms.chair.parts.deciding import WITH_REVIEW, WITHOUT_REVIEW
from webforms.chair.so_far import so_far
from webforms.chair.threshold import no_meeting, no_rapid_review, not_notified

OTHER_LEARNING = "other_learning"


class State(StrEnum):
    NOT_STARTED = "Not started"
    IN_HAND = "In hand"
    DONE = "Done"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True)
class Stage:
    """A stage as the task list shows it. `said` is True where a person said how it stands.

    `owner` is who a person wrote down; `usual_owner` is whom the procedure or the guidance names.
    """

    id: str
    title: str
    owner: str
    usual_owner: str
    state: State
    said: bool
    why: str
    next_due: Deadline | None


TITLES = {
    "referral": "Referral",
    "notification": "Notification",
    "agency_information": "Agency information",
    "meeting": "Rapid review meeting",
    "decision": "Decision",
    "panel_answer": "The Panel’s answer",
    "learning_route": "Learning below the threshold",
    "parallel": "Parallel processes",
    "commissioning": "Commissioning a review",
    "publication": "Publication",
    "actions": "Actions",
}
# Under the rules of 2015 there was no rapid review; a committee looked at the case for the Board.
TITLES_OF_BOARDS = {
    **TITLES,
    "notification": "Notification to Ofsted and the Board",
    "meeting": "Meeting that looks at the case",
    "panel_answer": "Answer of the national panel of independent experts",
}


def titles(file: CaseFile) -> dict[str, str]:
    old = not facts.problem(file) and facts.of_boards(file)
    return TITLES_OF_BOARDS if old else TITLES


def task_list(file: CaseFile, today: date) -> tuple[Stage, ...]:
    """Every stage, in the order of the work."""
    file = so_far(file, today)
    due, owners = deadlines(file, today), usual_owners(file)
    return tuple(
        _stage(file, id, title, owners.get(id, ""), due) for id, title in titles(file).items()
    )


def _stage(file: CaseFile, id: str, title: str, usual: str, due: tuple[Deadline, ...]) -> Stage:
    said = file.one("stage", id)
    override = {"not_needed": State.NOT_NEEDED, "done": State.DONE}.get(said.get("state", ""))
    if id == "decision" and is_signed(file):
        # A signed record stands, whatever is said of the stage.
        override = None
    state = override or STATES[id](file)
    unmet = [each for each in due if each.stage == id and each.unmet]
    return Stage(
        id=id,
        title=title,
        owner=said.get("owner", ""),
        usual_owner=usual,
        state=state,
        said=override is not None,
        why=said.get("why", "") if override else "",
        # A deadline stays in sight whatever was said of its stage: it may be a duty.
        next_due=unmet[0] if unmet else None,
    )


def _begun(file: CaseFile, *parts: str) -> State:
    return State.IN_HAND if any(file.entries.get(part) for part in parts) else State.NOT_STARTED


def _referral(file: CaseFile) -> State:
    if file.one("feedback").get("sent"):
        return State.DONE
    return _begun(file, "referral", "children", "answers", "feedback")


def _notification(file: CaseFile) -> State:
    said = file.one("notification")
    if duties.notifying_denied(file):
        return State.IN_HAND
    if duties.withdrawn(file):
        told = duties.withdrawn_on(file) is not None
        return State.DONE if told and duties.withdrawal_settled(file) else State.IN_HAND
    if "notification_sent" in file.dates or said.get("criteria_met") == "no":
        return State.DONE
    return _begun(file, "notification")


def _agencies(file: CaseFile) -> State:
    requests = file.items("agency_request")
    if not requests:
        return State.NOT_NEEDED if no_rapid_review(file) else State.NOT_STARTED
    back = [file.day("agency_return", "returned_on", item) for item in requests]
    return State.DONE if all(back) else State.IN_HAND


def _meeting(file: CaseFile) -> State:
    meeting = file.one("meeting")
    if meeting.get("held_on") and meeting.get("safety") and all(c.reason for c in cards(file)):
        return State.DONE
    if no_meeting(file):
        return State.NOT_NEEDED
    return _begun(file, "meeting", "attendance", "views", "recommendation")


def _decision(file: CaseFile) -> State:
    if is_signed(file):
        return State.IN_HAND if decision_changed(file) else State.DONE
    if no_rapid_review(file) and not file.one("decision"):
        # What was decided stands with the notification. It can be recorded and signed all the same.
        return State.NOT_NEEDED
    return _begun(file, "decision")


def _panel(file: CaseFile) -> State:
    answer = file.one("panel_answer").get("agreement")
    if answer in ("agrees", "disagrees", "national"):
        return State.DONE
    if no_rapid_review(file) and not answer:
        return State.NOT_NEEDED
    return _begun(file, "panel_answer")


def decided_route(file: CaseFile) -> str:
    return str(file.one("decision").get("route", ""))


def _learning(file: CaseFile) -> State:
    if file.one("learning_approval").get("approved") == "approved":
        return State.DONE
    if decided_route(file) in WITH_REVIEW:
        return State.NOT_NEEDED
    begun = _begun(file, "learning", "learning_approval")
    if begun is State.NOT_STARTED and _no_learning_seen(file):
        return State.NOT_NEEDED
    return begun


def _no_learning_seen(file: CaseFile) -> bool:
    """Whether it is not notified, and was said to hold no learning: only "no" says so."""
    said_no = file.one("notification").get("learning_seen") == "no"
    return said_no and not_notified(file) and decided_route(file) != OTHER_LEARNING


def running_beside(file: CaseFile) -> list[str]:
    """The processes that the rules find to apply, or that people say run."""
    said = {
        item for item, entry in file.items("process").items() if entry.data.get("runs") == "yes"
    }
    if facts.problem(file):
        return sorted(said)
    established = [
        each.id
        for each in facts.assessed(file, "parallel").processes
        if each.status is Status.ESTABLISHED and not each.first
    ]
    return list(dict.fromkeys([*established, *sorted(said)]))


def _left_open_beside(file: CaseFile) -> bool:
    """Whether the rules or people leave open if some process runs: "not known" is not "no"."""
    said = {item: entry.data.get("runs") for item, entry in file.items("process").items()}
    if "not known" in said.values() or facts.problem(file):
        return True
    return any(
        each.status is Status.OPEN and said.get(each.id) not in ("yes", "no")
        for each in facts.assessed(file, "parallel").processes
    )


def _parallel(file: CaseFile) -> State:
    running = running_beside(file)
    told = [file.one("process", each).get("told") in ("yes", "not_needed") for each in running]
    if running and all(told) and not _left_open_beside(file):
        return State.DONE
    if not running and not _left_open_beside(file):
        return State.NOT_NEEDED
    return State.IN_HAND if running else _begun(file, "process")


def without_review(file: CaseFile) -> bool:
    """Whether no review is to be set up: so it was decided, or nothing leads to one."""
    route = decided_route(file)
    return route in WITHOUT_REVIEW or (route not in WITH_REVIEW and no_rapid_review(file))


def _commissioning(file: CaseFile) -> State:
    appointed = file.one("reviewer").get("appointed_on")
    if appointed and file.one("terms_of_reference").get("agreed_on"):
        return State.DONE
    begun = _begun(file, "method", "reviewer", "terms_of_reference", "governance_meeting")
    if begun is State.NOT_STARTED and without_review(file):
        return State.NOT_NEEDED
    return begun


def _publication(file: CaseFile) -> State:
    if file.one("publication").get("published") == "yes":
        return State.DONE
    begun = _begun(file, "publication", "delay")
    if begun is State.NOT_STARTED and without_review(file):
        return State.NOT_NEEDED
    return begun


def _actions(file: CaseFile) -> State:
    actions = file.items("action").values()
    if not actions:
        return State.NOT_STARTED
    return State.DONE if all(each.data.get("done_on") for each in actions) else State.IN_HAND


STATES: dict[str, Callable[[CaseFile], State]] = {
    "referral": _referral,
    "notification": _notification,
    "agency_information": _agencies,
    "meeting": _meeting,
    "decision": _decision,
    "panel_answer": _panel,
    "learning_route": _learning,
    "parallel": _parallel,
    "commissioning": _commissioning,
    "publication": _publication,
    "actions": _actions,
}
