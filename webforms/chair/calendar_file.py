"""The unmet deadlines of a case as a calendar file.

Calendars are shared, copied to telephones and shown on locked screens. So an entry tells what is
due in words of ours, under the reference alone: nothing that somebody typed, no clock and no title
of the rules that would tell what kind of case it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from webforms.chair.deadline_groups import Group
from webforms.chair.deadlines import UNMET, Deadline
from webforms.wording import day as spoken

# At nine in the morning of the day before: an all-day entry begins at midnight.
BEFORE = timedelta(hours=-15)

# What a step of the rules is called here. What is not named is "a step", and no more.
STEPS = {
    "notify_in_five_working_days": "notify the Panel",
    "this_authority_notifies": "notify the Panel",
    "authority_of_the_place_notifies": "notify the Panel",
    "darlington_notify": "notify the Panel",
    "decide_on_notifying": "decide on notifying",
    "darlington_report_to_the_partners": "report to the safeguarding partners",
    "darlington_partners_consider": "partners consider the case",
    "darlington_hear_the_outcome": "hear the outcome",
    "darlington_tell_the_referrer": "answer the referrer",
    "darlington_rapid_review_panel": "hold the rapid review meeting",
    "darlington_tell_the_panel": "tell the Panel what was decided",
    "complete_the_rapid_review": "send the rapid review to the Panel",
    "complete_the_rapid_review_2018": "send the rapid review to the Panel",
    "rapid_review_next": "send the rapid review to the Panel",
    "rapid_review_next_2018": "send the rapid review to the Panel",
    "finish_in_six_months": "finish and publish the review",
    "send_the_report_before_publication": "send the report to the Panel",
    "send_the_report_to_ofsted": "send the report to Ofsted",
    "chair_decides": "decide",
    "finish_in_six_months_2015": "finish the review",
}
# Otherwise by what meets it: it is never said to be a duty when the step only minds the time.
EVENTS = {
    "notification_sent": "the time to notify ends",
    "board_notified": "the time to report to the Board ends",
}
A_STEP = "a step is due"
OF_PEOPLE = {
    "agency_request": "information from agency {} is due",
    "action": "action {} is due",
    "head_of_service_told": "action {}: tell the Head of Service",
    "chief_officer_told": "action {}: tell the Chief Officer",
}


def calendar(reference: str, groups: Iterable[Group], now: datetime) -> bytes:
    """An all-day entry for every unmet deadline, with an alarm on the day before."""
    made = Calendar()
    made.add("prodid", "-//Waymark//Timetable of a case//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", reference)
    told: set[tuple[str, date]] = set()
    named: Counter[str] = Counter()
    for group in groups:
        # While the reading taken has no day, the first day of another one is worked to.
        each = group.leads
        if each.due is None or each.standing not in UNMET:
            continue
        # Several steps may keep one time limit, and would say the same here.
        says = (_summary(reference, each), each.due)
        if says not in told:
            told.add(says)
            name = _name_in_case(each)
            made.add_component(_entry(reference, group, uid(reference, name, named[name]), now))
            named[name] += 1
    return bytes(made.to_ical())


def name_of(each: Deadline) -> str:
    """What is due, in words that anybody may see."""
    kind, item, ask, *_ = (*each.key.split("/"), "", "")
    if each.of_rules:
        return STEPS.get(item) or EVENTS.get(each.met_by or "", A_STEP)
    return OF_PEOPLE.get(ask or kind, A_STEP).format(item)


def _name_in_case(each: Deadline) -> str:
    """The same whatever the day, and whichever reading of a time limit gives it."""
    return "/".join(each.key.split("/")[:2]) if each.of_rules else each.key


def uid(reference: str, name: str, before: int = 0) -> str:
    """What a calendar knows an entry by, so that it moves with its day.

    `before` is how many entries of the same name stand before it in the file.
    """
    return hashlib.sha256(f"{reference}/{name}/{before}".encode()).hexdigest()[:32] + "@waymark"


def _entry(reference: str, group: Group, name: str, now: datetime) -> Event:
    each = group.leads
    assert each.due is not None
    summary = _summary(reference, each)
    entry = Event()
    entry.add("uid", name)
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("dtstart", each.due)
    # Without an end an entry lasts its one day; the last day of the calendar has none after it.
    if each.due < date.max:
        entry.add("dtend", each.due + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("description", "\n".join(_description(group, name_of(each))))
    entry.add("class", "CONFIDENTIAL")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", BEFORE)
    entry.add_component(alarm)
    return entry


def _summary(reference: str, each: Deadline) -> str:
    strength = f" ({each.strength})" if each.strength else ""
    return f"{reference}: {name_of(each)}{strength}"


def _description(group: Group, name: str) -> Iterable[str]:
    each = group.leads
    yield f"What is due: {name}."
    if not each.of_rules and not each.source:
        yield "The day was set by the people of the case."
    if each.strength:
        yield f"Strength: {each.strength}."
    if not each.taken:
        yield "The reading that is taken has no day yet; this is the first day of another one."
    for day in sorted({other.due for other in group.others if other.due and other is not each}):
        if each.due and day < each.due:
            yield f"Counted otherwise, it is due earlier: {spoken(day)}."
    if each.source and name != A_STEP:
        yield f"Source: {each.source}."
    yield "The rest stands in the case."
