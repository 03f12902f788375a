"""The quality checks of Darlington's appendix 5, worked out from the dates of a case.

The form has three boxes to tick, and its words do not agree with the procedure it belongs to, nor
with the national text (see D-C1, D-C2 and A3 in rules/contradictions.yaml). So each check is
answered as the form asks it, with every other count beside it. What cannot be told is never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.clock import CalendarEnds, WorkingDays
from rules.calendar import england
from rules.loader import rulebook
from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.threshold import no_rapid_review, not_notified, why_no_rapid_review
from webforms.wording import day, first_lower, first_upper, spoken_dates

SOURCE = "Darlington’s procedure of 2020, appendix 5"
# The national text of the day. That of 2018 was not read, and nobody saw that of 2026.
NATIONAL = {
    "working-together-2018": "Working Together 2018 (not verified)",
    "working-together-2023": "Working Together 2023, {}",
    "working-together-2026": "Working Together 2023, {} (carried forward)",
}
WORDS = {True: "Yes", False: "No", None: "Cannot be told yet"}
DOES_NOT_APPLY = "Does not apply"
# Whether it was notified in time can be told though that was withdrawn later.
NOTIFIED = "notified"


@dataclass(frozen=True)
class Reading:
    """One way to count a time limit, and whether it was kept; `met` is None where nobody can tell.

    `asked` is True for what the form asks, as it stands or as it may be meant.
    """

    text: str
    whose: str
    source: str
    started: date | None
    due: date | None
    done: date | None
    met: bool | None
    why: str
    asked: bool

    @property
    def words(self) -> str:
        return WORDS[self.met]


@dataclass(frozen=True)
class Tick:
    """One check of the form: what it asks, whether it holds, why, and every way to count it.

    Where it does not apply there is nothing to count, and that is no "no".
    """

    id: str
    text: str
    met: bool | None
    why: str
    source: str
    readings: tuple[Reading, ...]
    applies: bool = True

    @property
    def words(self) -> str:
        return WORDS[self.met] if self.applies else DOES_NOT_APPLY


def ticks(file: CaseFile, today: date) -> tuple[Tick, ...]:
    """The three checks, in the order of the form."""
    return tuple(check(file, today) for check in (_notified, _held, _sent))


@dataclass(frozen=True)
class _Clock:
    """What a reading counts: so many days from an event to the day on which something was done."""

    days: int
    start: str
    whose: str
    source: str
    asked: bool = False
    unit: str = "working days"


def _notified(file: CaseFile, today: date) -> Tick:
    """The form counts from the incident; the law, and the procedure itself, from awareness."""
    readings = _readings(
        file,
        today,
        file.dates.get("notification_sent"),
        "the day of the notification",
        _Clock(5, "incident", "What the form asks", SOURCE, asked=True),
        _Clock(
            5,
            "awareness",
            "The national count, and the procedure’s own",
            f"{national(file, 'paragraph 330 and page 144')}; Darlington, paragraphs 5.1 and 7.2",
        ),
    )
    return _by_first(
        NOTIFIED,
        "Was the Panel notified within five working days of the incident?",
        file,
        readings,
    )


def _held(file: CaseFile, today: date) -> Tick:
    readings = _readings(
        file,
        today,
        file.day("meeting", "held_on"),
        "the day of the meeting",
        _Clock(15, "notification_sent", "What the form asks", SOURCE, asked=True),
        _Clock(
            10,
            "acknowledgement",
            "The procedure’s own count: seven to ten working days",
            "Darlington, paragraphs 5.1 and 8.2",
        ),
        _Clock(
            15,
            "notification_sent",
            "The procedure’s first chapter: 15 days",
            "Darlington, paragraph 1.5",
            unit="calendar days",
        ),
    )
    return _by_first(
        "held",
        "Did the rapid review meet no later than 15 working days after the notification?",
        file,
        readings,
    )


def _sent(file: CaseFile, today: date) -> Tick:
    """The form names no day from which to count: it is met or missed where both counts agree."""
    readings = _readings(
        file,
        today,
        file.dates.get("rapid_review_sent"),
        "the day on which they were sent",
        _Clock(15, "notification_sent", "As the form may mean it", SOURCE, asked=True),
        _Clock(
            15,
            "acknowledgement",
            "As the form may mean it, and as the procedure counts",
            f"{SOURCE}; Darlington, paragraphs 5.1 and 8.9",
            asked=True,
        ),
        *_national_count(file),
    )
    met, why = _by_both(*(each for each in readings if each.asked))
    return _tick(
        "sent",
        "Were the decision and the minutes sent to the Panel within 15 working days?",
        file,
        met,
        why,
        readings,
    )


def _national_count(file: CaseFile) -> tuple[_Clock, ...]:
    """What the text of 2018 said of this is not known: it was not read."""
    if _edition(file) == "working-together-2018":
        return ()
    whose = "The national count; the text says that it is not statutory"
    return (_Clock(15, "incident", whose, national(file, "page 144")),)


def national(file: CaseFile, place: str) -> str:
    """The national source of the day, and the place in it where it was read."""
    return NATIONAL.get(_edition(file), NATIONAL["working-together-2023"]).format(place)


def _edition(file: CaseFile) -> str:
    return "" if facts.problem(file) else facts.program(file, "notify").edition.id


def _by_both(notification: Reading, acknowledgement: Reading) -> tuple[bool | None, str]:
    """What both counts say together: a plain answer only where neither speaks against it."""
    why = (
        "The form does not say from which day the time counts. "
        f"From the notification: {first_lower(notification.why)} "
    )
    if notification.met and acknowledgement.started is None:
        # The Panel acknowledges what it was sent, so the other count can only end later.
        return True, f"{why}From its acknowledgement, the time could only end later."
    why += f"From its acknowledgement: {first_lower(acknowledgement.why)}"
    return (notification.met if notification.met is acknowledgement.met else None), why


def _by_first(id: str, text: str, file: CaseFile, readings: tuple[Reading, ...]) -> Tick:
    return _tick(id, text, file, readings[0].met, readings[0].why, readings)


def _tick(
    id: str,
    text: str,
    file: CaseFile,
    met: bool | None,
    why: str,
    readings: tuple[Reading, ...],
) -> Tick:
    if not facts.problem(file) and facts.of_boards(file):
        why = "Under the rules of 2015 there was no rapid review and no such Panel."
        return Tick(id, text, None, why, SOURCE, (), applies=False)
    if met is None and not_notified(file):
        why = "The partners found that this is not to be notified, so there is nothing to check."
        return Tick(id, text, None, why, SOURCE, readings, applies=False)
    if met is None and id != NOTIFIED and no_rapid_review(file):
        why = f"{why_no_rapid_review(file)} No rapid review is expected, so nothing is to check."
        return Tick(id, text, None, why, SOURCE, readings, applies=False)
    return Tick(id, text, met, why, SOURCE, readings)


def _readings(
    file: CaseFile, today: date, done: date | None, what: str, *clocks: _Clock
) -> tuple[Reading, ...]:
    lacking = f"{what} is not given"
    if done is not None and done > today:
        # A day that is only planned has met nothing yet.
        lacking = f"{what} is given as {day(done)}, which is still to come"
        done = None
    return tuple(
        _reading(each, file.dates.get(each.start), done, lacking, today, england())
        for each in clocks
    )


def _reading(
    clock: _Clock,
    started: date | None,
    done: date | None,
    lacking: str,
    today: date,
    working_days: WorkingDays,
) -> Reading:
    event = rulebook().event_dates[clock.start].phrase
    due, met = None, None
    if started is None:
        why = f"The day of {event} is not given."
    else:
        try:
            due = _last_day(clock, started, working_days)
        except CalendarEnds as problem:
            why = f"{first_upper(spoken_dates(str(problem)))}."
        else:
            met, why = _kept(due, done, lacking, today)
    return Reading(
        text=f"Within {clock.days} {clock.unit} of {event}",
        whose=clock.whose,
        source=clock.source,
        started=started,
        due=due,
        done=done,
        met=met,
        why=why,
        asked=clock.asked,
    )


def _last_day(clock: _Clock, started: date, working_days: WorkingDays) -> date:
    if clock.unit == "working days":
        return working_days.after(started, clock.days)
    return date.fromordinal(started.toordinal() + clock.days)


def _kept(due: date, done: date | None, lacking: str, today: date) -> tuple[bool | None, str]:
    if done is not None:
        if done <= due:
            return True, f"It was {day(done)}; the last day was {day(due)}."
        late = (done - due).days
        days = "1 day" if late == 1 else f"{late} days"
        return False, f"It was {day(done)}, {days} after the last day, {day(due)}."
    if today <= due:
        return None, f"The time runs until {day(due)}."
    return None, f"The last day was {day(due)}, and {lacking}."
