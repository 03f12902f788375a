"""Every deadline of a case: those of the rules, and those that its people have set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engine.clock import months_after
from engine.timetable import Line, Standing
from engine.timetable import standing as standing_on
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.so_far import so_far
from webforms.chair.words import of_darlington

UNMET = (Standing.RUNNING, Standing.DUE_TODAY, Standing.OVERDUE)
LATE = (Standing.OVERDUE, Standing.MET_LATE)
MET = (Standing.MET_EARLY, Standing.MET_ON_THE_DAY)

# Which stage of the task list a deadline of the rules belongs to, by the event that meets it,
# or by its step.
STAGE_OF = {
    "notification_sent": "notification",
    "acknowledgement": "notification",
    "rapid_review_sent": "meeting",
    "decision": "decision",
    "review_decision": "decision",
    "report_sent": "publication",
    "publication": "publication",
    # Its form is on the page of the referral.
    "darlington_tell_the_referrer": "referral",
}
# And by the stage of the rules, where no dated event meets it.
STAGE_OF_RULES = {
    "notify": "notification",
    "rapid-review": "meeting",
    "review": "decision",
    "learning": "learning_route",
    "parallel": "parallel",
}


def decided_on_notifying(file: CaseFile) -> date | None:
    """When it was decided to notify, or not to; a decision without a day meets nothing.

    The decision on a review is another one.
    """
    return facts.notifying_decided(file) or file.dates.get("notification_sent")


# Steps that the rules cannot see done, and that a case knows the day of.
MET_IN_CASE: dict[str, Callable[[CaseFile], date | None]] = {
    "decide_on_notifying": decided_on_notifying,
    # That the Panel was sent the report says nothing of Ofsted.
    "send_the_report_to_ofsted": lambda file: file.day("publication", "sent_to_ofsted"),
    "board_considers_next": lambda file: file.dates.get("decision"),
    "darlington_report_to_the_partners": lambda file: file.day("referral", "reached_partners"),
    "darlington_rapid_review_panel": lambda file: file.day("meeting", "held_on"),
    "darlington_tell_the_panel": lambda file: file.dates.get("rapid_review_sent"),
    "darlington_tell_the_referrer": lambda file: file.day("feedback", "sent"),
    "darlington_hear_the_outcome": lambda file: file.day("feedback", "sent"),
}


# And steps that are the same act as one that a dated event meets.
SAME_ACT = {"board_considers_next": "decision"}


@dataclass(frozen=True)
class Deadline:
    """One deadline: of which stage, what, who, by when, met when, and how it stands today.

    `days` are calendar days, as in `engine.timetable.Line`. `of_rules` is False for a day that the
    people of the case have set. Of a disputed clock, only the reading taken is `taken`. `key` names
    the deadline within its case whatever its day; `starts_from` is the event from which it counts.
    `act` is what meets it, "" where nothing that a case knows does. What is only `expected` is
    another's to do, by a day counted from our own: it is shown, and never told as missed.
    """

    stage: str
    what: str
    who: str
    words: str
    due: date | None
    started: date | None
    met: date | None
    standing: Standing
    days: int | None
    strength: str
    source: str
    of: str
    of_rules: bool
    disputed: bool
    taken: bool
    problem: str
    met_by: str | None
    key: str
    starts_from: str
    act: str
    expected: bool = False

    @property
    def unmet(self) -> bool:
        if self.expected or self.due is None:
            return False
        return self.taken and self.standing in UNMET

    @property
    def overdue(self) -> bool:
        return self.taken and self.standing is Standing.OVERDUE


def deadlines(file: CaseFile, today: date) -> tuple[Deadline, ...]:
    """Every deadline of the case, the earliest first; those without a day come last."""
    file = so_far(file, today)
    found = (
        []
        if facts.problem(file)
        else [_of_rules(file, stage, line, today) for stage, line in _told_once(file, today)]
    )
    found += _returns(file, today)
    found += _actions(file, today)
    return tuple(sorted(found, key=lambda each: (each.due is None, each.due or today)))


def _told_once(file: CaseFile, today: date) -> list[tuple[str, Line]]:
    """The deadlines of the rules for the time table of one case.

    Steps of several stages may keep the same time limit for the same act, in words of their own:
    one of them is enough. What the rules say of any late action is left to `_actions`, which knows
    each of them.
    """
    lines = [each for each in facts.deadlines(file, today) if not _of_any_action(each[1])]
    told: dict[object, tuple[str, str]] = {}
    for _, line in lines:
        if line.taken:
            told.setdefault(_limit(line), (line.of, line.step))
    first = set(told.values())
    return [(stage, line) for stage, line in lines if (line.of, line.step) in first]


def _of_any_action(line: Line) -> bool:
    return line.starts_from == "action_deadline"


def _limit(line: Line) -> object:
    """A time limit: for which act, from when, to when, and how strongly it is asked for.

    Where the act is the sending of the rapid review, its clock is the same however it is asked for.
    """
    strength = "" if line.met_by == "rapid_review_sent" else line.strength
    act = line.met_by or SAME_ACT.get(line.step, line.step)
    return (act, line.starts_from, line.due, strength)


def _of_rules(file: CaseFile, stage: str, line: Line, today: date) -> Deadline:
    standing, days, met = line.standing, line.days, line.met
    if line.due is not None and line.step in MET_IN_CASE:
        met = MET_IN_CASE[line.step](file)
        standing, days = standing_on(line.due, met, today)
    return Deadline(
        stage=STAGE_OF.get(line.met_by or line.step, STAGE_OF_RULES[stage]),
        what=line.do,
        who=line.who,
        words=line.words,
        due=line.due,
        started=line.started,
        met=met,
        standing=standing,
        days=days,
        strength=line.strength,
        source=line.source,
        of=line.of,
        of_rules=True,
        disputed=line.disputed,
        taken=line.taken,
        problem=line.problem,
        met_by=line.met_by,
        key=f"step/{line.step}/{line.words}",
        starts_from=line.starts_from,
        act=line.met_by or (line.step if line.step in MET_IN_CASE else ""),
        expected=line.expected,
    )


def _set_by_people(
    stage: str,
    what: str,
    who: str,
    due: date,
    met: date | None,
    today: date,
    source: str = "",
    *,
    key: str,
) -> Deadline:
    standing, days = standing_on(due, met, today)
    return Deadline(
        stage=stage,
        what=what,
        who=who,
        words="the day set in this case" if not source else "set by the local procedure",
        due=due,
        started=None,
        met=met,
        standing=standing,
        days=days,
        strength="",
        source=source,
        of="",
        of_rules=False,
        disputed=False,
        taken=True,
        problem="",
        met_by=None,
        key=key,
        starts_from="",
        act=key,
    )


def _returns(file: CaseFile, today: date) -> list[Deadline]:
    """The day by which each agency was asked to send its information back."""
    found = []
    for item, request in file.items("agency_request").items():
        due = file.day("agency_request", "return_by", item)
        if due is None:
            continue
        agency = str(request.data["agency"])
        met = file.day("agency_return", "returned_on", item)
        found.append(
            _set_by_people(
                "agency_information",
                f"Information from {agency}",
                agency,
                due,
                met,
                today,
                key=f"agency_request/{item}",
            )
        )
    return found


def _actions(file: CaseFile, today: date) -> list[Deadline]:
    """Each action, and in Darlington whom to tell of one that is late: paragraphs 13.4 and 21.2.

    The Head of Service is told three months after the deadline that is set, an extension at the
    Chief Officer's request included; the Chief Officer six months after the original one, whatever
    it was extended to. No other request moves a deadline there. In another area an extension is
    what was agreed.
    """
    found = []
    escalates = of_darlington(file)
    for item, action in file.items("action").items():
        due = file.day("action", "due", item)
        if due is None:
            continue
        what, owner = str(action.data["what"]), str(action.data["owner"])
        done = file.day("action", "done_on", item)
        extended = file.day("action", "extended_to", item)
        moves = not escalates or action.data.get("extension_asked_by") == "chief_officer"
        # An extension to an earlier day is a slip: it takes no time away. See `order_of_dates`.
        last = max(due, extended) if extended and moves else due
        found.append(
            _set_by_people("actions", what, owner, last, done, today, key=f"action/{item}")
        )
        if done is not None or not escalates:
            continue
        told_of = f"an action is 6 months late: {what}"
        if last > due:
            told_of = f"an action is still open 6 months after its first deadline: {what}"
        for months, counts_from, ask, tell in (
            (
                3,
                last,
                "head_of_service_told",
                f"Tell the Head of Service that an action is 3 months late: {what}",
            ),
            (6, due, "chief_officer_told", f"Tell the Chief Officer that {told_of}"),
        ):
            late = _months_late(counts_from, months)
            if late is None or (late > today and not file.day("action", ask, item)):
                continue
            found.append(
                _set_by_people(
                    "actions",
                    tell,
                    "The Chair of the Learning and Development sub-group",
                    late,
                    file.day("action", ask, item),
                    today,
                    "Darlington, paragraphs 13.4 and 21.2",
                    key=f"action/{item}/{ask}",
                )
            )
    return found


def _months_late(due: date, months: int) -> date | None:
    """The day on which an action is so many months late, or None past the end of the calendar."""
    try:
        return months_after(due, months)
    except ValueError:
        return None
