"""The combined chronology: its order, its gaps and overlaps, and what to look at twice.

Nothing is ever left out for being odd. It is marked, and a person decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from webforms.chair.agencies import same_name

GAP_DAYS = (30, 60, 90, 180)
USUAL_GAP = 90
PAGE = 200  # entries on one page
NO_AGENCY = "Agency not named"
A_DAY = timedelta(days=1)

Values = Mapping[str, str]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Event:
    """One entry of the chronology. `time` is "" while it is not known."""

    item: str
    day: date
    time: str
    agency: str
    values: Values

    @property
    def key(self) -> Key:
        return key_of(self.values)


@dataclass(frozen=True)
class Gap:
    """A stretch of days without an entry, both its ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Window:
    """The days that the chronology is to cover, as far as they are known.

    `others` is where those begin who were not asked to look back to a day of their own.
    """

    first: date | None
    last: date | None
    others: date | None
    by_agency: Mapping[str, date]

    def first_for(self, agency: str) -> date | None:
        """The day from which on an agency was to look back."""
        return self.by_agency.get(same_name(agency), self.others)


@dataclass(frozen=True)
class Marked:
    """An entry and what to look at twice. The other agencies are named as they spell themselves."""

    event: Event
    twice: bool
    same_day: tuple[str, ...]
    same_time: tuple[str, ...]
    after_incident: bool
    before_look_back: bool

    @property
    def outside(self) -> bool:
        return self.after_incident or self.before_look_back


@dataclass(frozen=True)
class Strip:
    """What one agency's entries look like from afar; `ticks` are days that have an entry."""

    agency: str
    count: int
    outside: int
    first: date | None
    last: date | None
    ticks: tuple[date, ...]
    gaps: tuple[Gap, ...]


def key_of(values: Values) -> Key:
    """What two entries have in common that may be one entered twice: day, agency and words."""
    text = " ".join(values.get("event", "").split()).casefold()
    return values.get("date", ""), same_name(values.get("agency", "")), text


def events_of(items: Mapping[str, Values]) -> tuple[Event, ...]:
    """The entries by day, time and agency; one whose time is not known comes last in its day."""
    found = [
        Event(
            item=item,
            day=date.fromisoformat(values["date"]),
            time=values.get("time", ""),
            agency=values.get("agency", "") or NO_AGENCY,
            values=values,
        )
        for item, values in items.items()
    ]
    # Sorting keeps the order in which they were added among those that are otherwise alike.
    return tuple(sorted(found, key=_order))


def _order(event: Event) -> tuple[date, bool, str, str]:
    return event.day, not event.time, event.time, same_name(event.agency)


def window(
    events: Sequence[Event],
    look_backs: Mapping[str, date],
    usual: date | None,
    incident: date | None,
) -> Window:
    """From the earliest look-back to the incident; what is not known is taken from the entries."""
    by_agency = {same_name(agency): day for agency, day in look_backs.items()}
    days = [event.day for event in events]
    first = min(by_agency.values(), default=usual) or min(days, default=None)
    return Window(
        first=first,
        last=incident or max(days, default=None),
        # One agency that was asked for more than is usual does not make the others' records thin.
        others=max(first, usual) if first and usual else first,
        by_agency=by_agency,
    )


def gaps(
    days: Iterable[date], first: date | None, last: date | None, longer: int
) -> tuple[Gap, ...]:
    """The stretches of more than `longer` days without an entry, from `first` to `last`."""
    if first is None or last is None:
        return ()
    found: list[Gap] = []
    start = first
    for day in sorted({each for each in days if first <= each <= last}):
        found.append(Gap(start, day - A_DAY))
        if day == last:
            break
        start = day + A_DAY
    else:
        found.append(Gap(start, last))
    return tuple(each for each in found if each.days > longer)


def agencies_of(events: Iterable[Event]) -> dict[str, str]:
    """The agencies of the entries in the order of their names, as each was first spelt."""
    found: dict[str, str] = {}
    for event in events:
        found.setdefault(same_name(event.agency), event.agency)
    return dict(sorted(found.items()))


def mark(events: Sequence[Event], within: Window, incident: date | None) -> tuple[Marked, ...]:
    """Every entry, with what to look at twice."""
    names = agencies_of(events)
    by_day: dict[date, set[str]] = defaultdict(set)
    by_time: dict[tuple[date, str], set[str]] = defaultdict(set)
    for event in events:
        by_day[event.day].add(same_name(event.agency))
        by_time[event.day, event.time].add(same_name(event.agency))

    seen: set[Key] = set()
    found: list[Marked] = []
    for event in events:
        own, key = same_name(event.agency), event.key
        first = within.first_for(event.agency)
        at_one_time = by_time[event.day, event.time] - {own} if event.time else set[str]()
        found.append(
            Marked(
                event=event,
                twice=key in seen,
                same_day=_named(names, by_day[event.day] - {own}),
                same_time=_named(names, at_one_time),
                after_incident=incident is not None and event.day > incident,
                before_look_back=first is not None and event.day < first,
            )
        )
        seen.add(key)
    return tuple(found)


def _named(names: Mapping[str, str], agencies: set[str]) -> tuple[str, ...]:
    return tuple(names[each] for each in sorted(agencies))


def shared_days(marked: Iterable[Marked]) -> int:
    """On how many days several agencies have an entry."""
    return len({each.event.day for each in marked if each.same_day})


def strips(
    marked: Sequence[Marked], within: Window, asked: Iterable[str], longer: int
) -> tuple[Strip, ...]:
    """One strip for each agency that has an entry or was asked for one, by their names."""
    names = agencies_of(each.event for each in marked)
    for agency in asked:
        names.setdefault(same_name(agency), agency)
    by_agency: dict[str, list[Marked]] = defaultdict(list)
    for each in marked:
        by_agency[same_name(each.event.agency)].append(each)
    return tuple(_strip(names[name], by_agency[name], within, longer) for name in sorted(names))


def _strip(agency: str, marked: Sequence[Marked], within: Window, longer: int) -> Strip:
    days = sorted({each.event.day for each in marked})
    return Strip(
        agency=agency,
        count=len(marked),
        outside=sum(each.outside for each in marked),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        ticks=tuple(days),
        # That an agency has not written at all is told in a word, not as one long gap.
        gaps=gaps(days, within.first_for(agency), within.last, longer) if days else (),
    )


@dataclass(frozen=True)
class Drawing:
    """A strip as figures for an SVG: the path of its entries, and the bands of its gaps."""

    path: str
    bands: tuple[tuple[int, int], ...]


def drawn(strip: Strip, within: Window, width: int) -> Drawing | None:
    """A strip drawn so many units wide: one upright line for each day with an entry.

    Days that fall on one point are drawn once, so that thousands of entries stay a short path.
    """
    if within.first is None or within.last is None or within.first >= within.last:
        return None
    begin, end = within.first, within.last

    def at(day: date) -> int:
        return round((day - begin).days * (width - 2) / (end - begin).days) + 1

    points = {at(day) for day in strip.ticks if begin <= day <= end}
    bands = tuple((at(gap.first), at(gap.last) - at(gap.first)) for gap in strip.gaps)
    return Drawing(" ".join(f"M{x} 4v16" for x in sorted(points)), bands)


@dataclass(frozen=True)
class Sheet:
    """One page of the chronology: entries, and the gaps that stand before and between them."""

    lines: tuple[Marked | Gap, ...]
    number: int
    pages: int


def sheet(marked: Sequence[Marked], between: Sequence[Gap], number: int) -> Sheet:
    """The page of that number, or the nearest there is. A gap stands before the entry after it."""
    pages = max(1, -(-len(marked) // PAGE))
    number = max(1, min(number, pages))
    days = [each.event.day for each in marked]
    start, end = PAGE * (number - 1), PAGE * number
    before: dict[int, Gap] = {bisect_right(days, gap.first): gap for gap in between}
    lines: list[Marked | Gap] = []
    for place, each in enumerate(marked[start:end], start=start):
        if place in before:
            lines.append(before[place])
        lines.append(each)
    if number == pages and len(marked) in before:
        lines.append(before[len(marked)])
    return Sheet(tuple(lines), number, pages)
