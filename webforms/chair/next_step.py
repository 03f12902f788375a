"""What comes next in a case, in one line. It is a suggestion: stages can be worked in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.expression import Status
from webforms.chair import duties, facts
from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import decision_changed
from webforms.chair.finishing import missing, missing_in_decision, missing_in_meeting
from webforms.chair.stages import Stage, State, titles, without_review
from webforms.wording import number


@dataclass(frozen=True)
class NextStep:
    """What to do, and the page on which it is done.

    `to_others` is how it is said to those who may not sign, where it is a signature.
    """

    what: str
    page: str
    part: str = ""
    to_others: str = ""


CLOSED_STATES = (State.DONE, State.NOT_NEEDED)


def next_step(file: CaseFile, task_list: tuple[Stage, ...], *, may_sign: bool) -> NextStep | None:
    """The first thing in the order of the work that is still open, or None where nothing is.

    `may_sign` is whether the reader may sign the record.
    """
    if facts.problem(file):
        return NextStep(
            "Correct the dates, so that the rules can be applied", "chair.part", "key_dates"
        )
    if not file.dates:
        return NextStep("Give the dates of the case", "chair.part", "key_dates")
    open_stages = {each.id: each for each in task_list if each.state not in CLOSED_STATES}
    for stage, tell in ORDER.items():
        if stage in open_stages and (found := tell(file)):
            unable = found.to_others and not may_sign
            return replace(found, what=found.to_others) if unable else found
    return None


def _notify(file: CaseFile) -> NextStep:
    if duties.notifying_denied(file):
        return NextStep(
            f"Look again at notifying: a duty stands that {duties.denial(file)} does not remove",
            "chair.notification",
        )
    if duties.withdrawn(file):
        return NextStep(_on_the_withdrawal(file), "chair.notification")
    left = len(facts.assessed(file, "notify").open)
    if not file.one("notification") and left:
        questions = "1 question" if left == 1 else f"{number(left)} questions"
        return NextStep(f"Answer what is open about notifying: {questions}", "chair.notification")
    return NextStep("Write down whether the incident is notified, and when", "chair.notification")


def _on_the_withdrawal(file: CaseFile) -> str:
    old = facts.of_boards(file)
    match duties.to_notify(file):
        case Status.RULED_OUT:
            whom = "those who had the report" if old else "the Panel"
            return f"Tell {whom} of the withdrawal, and write down when"
        case Status.ESTABLISHED:
            asked = "reported" if old else "notified"
            return f"Look again at the withdrawal: on these answers it is to be {asked}"
    return f"Answer what is open on the withdrawal of the {'report' if old else 'notification'}"


def _agencies(file: CaseFile) -> NextStep | None:
    if file.items("agency_request"):
        # Some agencies never answer: the meeting does not wait for the last one.
        return None
    return NextStep("Ask the agencies", "chair.agencies")


def _meeting(file: CaseFile) -> NextStep:
    left = len(missing_in_meeting(file))
    what = titles(file)["meeting"]
    things = "1 thing is" if left == 1 else f"{number(left)} things are"
    return NextStep(f"{what}: {things} still missing from its record", "chair.meeting")


def _decision(file: CaseFile) -> NextStep:
    if missing_in_decision(file):
        return NextStep("Write down the decision, and why", "chair.decision")
    if missing(file):
        # People said of the meeting that it is done, or not needed.
        return NextStep("Write down what is missing before it can be signed", "chair.decision")
    if decision_changed(file):
        what = "Sign a corrected record: the decision was changed after it was signed"
        others = (
            "The decision was changed after it was signed: the chair can sign a corrected record"
        )
        return NextStep(what, "chair.decision", to_others=others)
    return NextStep("Read the record and sign it", "chair.decision")


def _referrer(file: CaseFile) -> NextStep | None:
    if not file.one("referral") or not file.one("notification"):
        return None
    return NextStep("Tell the referrer what came of it", "chair.part", "feedback")


def _panel(file: CaseFile) -> NextStep:
    return NextStep(
        f"{titles(file)['panel_answer']}: write it down when it comes", "chair.panel_answer"
    )


def _learning(file: CaseFile) -> NextStep | None:
    if not without_review(file):
        return None
    if file.one("learning_approval").get("approved") == "sent_back":
        return NextStep("Choose the form of learning again: it was sent back", "chair.learning")
    if file.one("learning").get("option"):
        return NextStep("Write down whether the form of learning is approved", "chair.learning")
    return NextStep("Choose how to learn from it below the threshold", "chair.learning")


def _parallel(file: CaseFile) -> NextStep | None:
    what = "Say whether those who decide on what runs beside have been told"
    return NextStep(what, "chair.parallel")


def _commissioning(file: CaseFile) -> NextStep | None:
    if without_review(file):
        return None
    return NextStep("Set up the review: method, reviewer, terms of reference", "chair.reviewing")


def _publication(file: CaseFile) -> NextStep | None:
    if without_review(file):
        return None
    planned = file.one("publication").get("what") and "publication" in file.dates
    what = "Publish the report on the day that is planned" if planned else "Plan the publication"
    return NextStep(what, "chair.publication")


def _actions(file: CaseFile) -> NextStep | None:
    if not file.items("action"):
        return NextStep("Write down the actions, with owner and date", "chair.actions")
    return NextStep("Follow up the actions that are not done", "chair.actions")


# The order is that of the work. The answer to the referrer waits only for what is notified.
ORDER: Mapping[str, Callable[[CaseFile], NextStep | None]] = {
    "notification": _notify,
    "referral": _referrer,
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
