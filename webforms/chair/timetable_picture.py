"""The deadlines of a case in one picture: an axis of time, today, and a bar for each deadline.

Like the decision map, it uses presentation attributes and class names only. How a deadline stands
is told by shapes and by words, never by colour alone, and the table beside it says all of it; on a
narrow screen let it scroll sideways rather than shrink.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from engine.clock import months_after
from engine.timetable import Standing
from webforms.chair.deadline_groups import Group, standing_words
from webforms.chair.deadlines import LATE, MET, Deadline
from webforms.drawing import INK, PAPER, QUIET, framed
from webforms.text_width import wrap
from webforms.wording import day

WIDTH = 760
_LEFT, _RIGHT = 24, WIDTH - 24
_KEY_HEIGHT = 64
_AXIS = 46  # the height of the axis with its labels
_TEXT, _LEADING = 15, 20
_BAR, _GAP = 16, 18  # the height of a bar, and the room beneath it
_NARROWEST = 3
_LABEL = 76  # the room that a label of the axis needs

_GRID = "#b1b4b6"
_FILL = "#d5c5de"
_DANGER = "#a3211c"


@dataclass(frozen=True)
class _Scale:
    """Where a day lies on the axis."""

    first: date
    last: date

    def at(self, when: date) -> float:
        days = (when - self.first).days / max(1, (self.last - self.first).days)
        return round(_LEFT + days * (_RIGHT - _LEFT), 1)


def draw(groups: Sequence[Group], today: date) -> Markup:
    """The picture, or nothing while no deadline has a day."""
    shown = [each for group in groups for each in group.all if each.due is not None]
    if not shown:
        return Markup("")
    scale = _scale(shown, today)
    top = _KEY_HEIGHT + _AXIS
    rows: list[Markup] = []
    for each in shown:
        row, top = _row(each, scale, top, today)
        rows.append(row)
    return framed(
        _key() + _axis(scale, top, today) + Markup("").join(rows),
        "waymark-timetable",
        "timetable",
        width=WIDTH,
        height=top,
        title="The deadlines of this case on an axis of time",
        desc=_description(shown, today),
    )


def _description(shown: Sequence[Deadline], today: date) -> str:
    first, last = (
        min(each.due for each in shown if each.due),
        max(each.due for each in shown if each.due),
    )
    told = "; ".join(
        f"{each.what.rstrip('.')}: by {day(each.due)}, {standing_words(each).lower()}"
        for each in shown
        if each.due and each.taken
    )
    return (
        f"Today is {day(today)}. The deadlines lie between {day(first)} and {day(last)}. {told}. "
        "The table on this page says the same in words."
    )


# The axis


def _scale(shown: Sequence[Deadline], today: date) -> _Scale:
    days = [today]
    for each in shown:
        days += [when for when in (_start(each), each.due, each.met) if when]
    first, last = min(days), max(days)
    margin = max(1, (last - first).days // 30)
    # A mistyped year may lie at an end of the calendar, with no room for a margin.
    before, after = min(margin, (first - date.min).days), min(margin, (date.max - last).days)
    return _Scale(first - timedelta(days=before), last + timedelta(days=after))


def _start(each: Deadline) -> date | None:
    """Where the bar begins. A clock that runs back from an event has no beginning."""
    if each.started and each.due and each.started <= each.due:
        return each.started
    return None


def _marks(scale: _Scale) -> Iterator[tuple[date, str]]:
    """The days that the axis names: Mondays, or the beginnings of months, quarters or years."""
    room = _LABEL * (scale.last - scale.first).days / (_RIGHT - _LEFT)
    if room <= 14:
        step = 7 if room <= 7 else 14
        monday = scale.first + timedelta(days=-scale.first.weekday() % 7)
        while monday <= scale.last:
            yield monday, f"{monday.day} {monday:%b %Y}"
            if (date.max - monday).days < step:
                return
            monday += timedelta(days=step)
        return
    months = next((each for each in (1, 3, 6, 12, 24, 60) if room <= 28 * each), 120)
    mark = date(scale.first.year, 1, 1)
    while mark <= scale.last:
        if mark >= scale.first:
            yield mark, f"{mark:%b %Y}"
        try:
            mark = months_after(mark, months)
        except ValueError:
            return


def _axis(scale: _Scale, bottom: int, today: date) -> Markup:
    top = _KEY_HEIGHT + _AXIS
    drawn = Markup("")
    for mark, label in _marks(scale):
        x = scale.at(mark)
        drawn += Markup(
            '<path d="M{x} {top}V{bottom}" stroke="{grid}" stroke-width="1" fill="none"/>'
            '<text x="{x}" y="{y}" font-size="13" text-anchor="{anchor}" fill="{quiet}">{label}'
            "</text>"
        ).format(
            x=x,
            top=top - 14,
            bottom=bottom,
            grid=_GRID,
            y=top - 20,
            quiet=QUIET,
            label=label,
            anchor=_anchor(x),
        )
    x = scale.at(today)
    return drawn + Markup(
        '<g class="waymark-timetable__today"><path d="M{x} {top}V{bottom}" stroke="{ink}"'
        ' stroke-width="2" stroke-dasharray="7 5" fill="none"/><text x="{x}" y="{y}"'
        ' font-size="14" font-weight="bold" text-anchor="{anchor}" fill="{ink}">Today</text></g>'
    ).format(
        x=x,
        top=_KEY_HEIGHT + 10,
        bottom=bottom,
        ink=INK,
        y=_KEY_HEIGHT + 6,
        anchor=_anchor(x),
    )


def _anchor(x: float) -> str:
    if x < _LEFT + _LABEL / 2:
        return "start"
    return "end" if x > _RIGHT - _LABEL / 2 else "middle"


# A deadline


def _row(each: Deadline, scale: _Scale, top: int, today: date) -> tuple[Markup, int]:
    """A deadline, and where the next one begins."""
    assert each.due is not None
    head = each.what if each.taken else f"Counted otherwise, {each.words}"
    texts = [
        *((line, True) for line in wrap(head, _TEXT, _RIGHT - _LEFT, each.taken)),
        *(
            (line, False)
            for line in wrap(f"By {day(each.due)}. {standing_words(each)}.", 14, _RIGHT - _LEFT)
        ),
    ]
    drawn = Markup("")
    for line, heads in texts:
        top += _LEADING
        drawn += Markup(
            # A white edge keeps the words readable where a line of the axis runs behind them.
            '<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}"'
            ' stroke="{paper}" stroke-width="4" paint-order="stroke">{line}</text>'
        ).format(
            x=_LEFT,
            y=top,
            size=_TEXT if heads else 14,
            weight="bold" if heads and each.taken else "normal",
            ink=INK,
            paper=PAPER,
            line=line,
        )
    top += 8
    drawn += _bar(each, scale, top) + _mark(each, scale, top + _BAR // 2, today)
    return Markup("<g>{}</g>").format(drawn), top + _BAR + _GAP


def _bar(each: Deadline, scale: _Scale, top: int) -> Markup:
    """From the start to the last day, which a thick stroke ends; broken for another reading."""
    assert each.due is not None
    end = scale.at(each.due)
    drawn = Markup("")
    if start := _start(each):
        left = min(scale.at(start), end - _NARROWEST)
        drawn = Markup(
            '<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}" stroke="{ink}"'
            ' stroke-width="1.5"{dash}/>'
        ).format(
            x=left,
            y=top,
            w=round(end - left, 1),
            h=_BAR,
            fill=_FILL if each.taken else PAPER,
            ink=INK,
            dash="" if each.taken else Markup(' stroke-dasharray="5 4"'),
        )
    return drawn + _last_day(end, top + _BAR // 2)


def _mark(each: Deadline, scale: _Scale, middle: int, today: date) -> Markup:
    """How it stands: a tick where it was met, a broken line to the day on which it was late."""
    assert each.due is not None
    if each.standing in LATE:
        until = each.met or today
        late = _late(scale.at(each.due), scale.at(until), middle)
        return late + (_cross(scale.at(until), middle) if each.met else Markup(""))
    if each.standing in MET and each.met:
        return _tick(scale.at(each.met), middle)
    if each.standing is Standing.PASSED:
        return _question(scale.at(each.due), middle)
    return Markup("")


# The shapes


def _last_day(x: float, middle: int) -> Markup:
    return Markup('<path d="M{} {}V{}" stroke="{}" stroke-width="4" fill="none"/>').format(
        x, middle - 13, middle + 13, INK
    )


def _tick(x: float, middle: int) -> Markup:
    return Markup(
        '<circle cx="{x}" cy="{y}" r="9" fill="{ink}"/><path d="M{a} {y}l3.5 4l6 -8"'
        ' stroke="{paper}" stroke-width="2.5" fill="none"/>'
    ).format(x=x, y=middle, a=round(x - 5, 1), ink=INK, paper=PAPER)


def _cross(x: float, middle: int) -> Markup:
    return Markup(
        '<rect x="{a}" y="{b}" width="18" height="18" fill="{danger}"/>'
        '<path d="M{c} {d}l10 10m0 -10l-10 10" stroke="{paper}" stroke-width="2.5" fill="none"/>'
    ).format(
        a=round(x - 9, 1),
        b=middle - 9,
        c=round(x - 5, 1),
        d=middle - 5,
        danger=_DANGER,
        paper=PAPER,
    )


def _late(start: float, end: float, middle: int) -> Markup:
    return Markup(
        '<path d="M{} {}H{}" stroke="{}" stroke-width="5" stroke-dasharray="8 4" fill="none"/>'
    ).format(start, middle, end, _DANGER)


def _question(x: float, middle: int) -> Markup:
    return Markup(
        '<circle cx="{x}" cy="{y}" r="9" fill="{paper}" stroke="{ink}" stroke-width="1.5"/>'
        '<text x="{x}" y="{b}" font-size="14" font-weight="bold" text-anchor="middle"'
        ' fill="{ink}">?</text>'
    ).format(x=x, y=middle, b=middle + 5, ink=INK, paper=PAPER)


def _key() -> Markup:
    """What the shapes mean, in two rows of three."""
    first, second = 14, 40
    shapes = (
        (_key_bar(_LEFT, first), "From the start to the last day"),
        (_tick(294, first), "Met in time"),
        (_late(530, 554, first) + _cross(560, first), "Met late"),
        (_key_bar(_LEFT, second, other=True), "The same step, counted otherwise"),
        (_late(284, 310, second), "Overdue"),
        (_question(545, second), "Passed; not recorded"),
    )
    drawn = Markup("")
    for (shape, words), (x, y) in zip(
        shapes,
        ((62, 14), (318, 14), (578, 14), (62, 40), (318, 40), (578, 40)),
        strict=True,
    ):
        drawn += shape + Markup('<text x="{}" y="{}" font-size="14" fill="{}">{}</text>').format(
            x, y + 5, INK, words
        )
    return Markup('<g class="waymark-timetable__key">{}</g>').format(drawn)


def _key_bar(x: int, middle: int, other: bool = False) -> Markup:
    return Markup(
        '<rect x="{}" y="{}" width="26" height="12" fill="{}" stroke="{}" stroke-width="1.5"{}/>'
    ).format(
        x,
        middle - 6,
        PAPER if other else _FILL,
        INK,
        Markup(' stroke-dasharray="5 4"') if other else "",
    ) + _last_day(x + 26, middle)
