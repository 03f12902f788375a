"""Writing to a part of a case: the form, what it changes, and what happens when two people write.

Each thing that a form shows has a version. What is sent back names the versions that its writer
saw. Where somebody else has written since, nothing is saved yet: what only they changed is taken
over into the form, what both changed is kept as the second writer has it, and a table shows both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from engine.answers import BadCase, check_dates
from rules.loader import rulebook
from webforms import visits
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.part import LINE_LIMIT, TEXT_LIMIT, Ask, Kind, Part
from webforms.fields import DatePartsField
from webforms.store import Entry, Store
from webforms.wording import day, first_upper, spoken_dates

TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
SEEN = re.compile(r"([a-z0-9_-]+)/([A-Za-z0-9_-]*)=([0-9]{1,9})")
NOTHING = "Nothing was written"

Change = tuple[str, str, Mapping[str, Any], int]
Value = TypeVar("Value")


class Choices(RadioField):
    """Radios that may be left alone, and that take nothing but what they offer."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist or [""])

    def pre_validate(self, form: Any) -> None:
        if self.data not in {"", None, *(choice.value for choice in self.choices)}:
            raise StopValidation("Choose one of the answers")


class PartForm(FlaskForm):
    """The form of a part. `seen_versions` names those that its writer has before them.

    No ask may have this name: there is one called `seen`.
    """

    seen_versions = HiddenField()


def _field(ask: Ask) -> Field:
    match ask.kind:
        case Kind.DATE:
            return DatePartsField(ask.label, called=_called(ask))
        case Kind.TEXT:
            return TextAreaField(ask.label)
        case Kind.YES_NO | Kind.CHOICE:
            return Choices(ask.label, choices=[SelectChoice(*each) for each in ask.choices])
        case _:
            return StringField(ask.label)


def _called(ask: Ask) -> str:
    """What a date is called in an error: the label of its event, or the question itself."""
    if ask.event:
        return rulebook().event_dates[ask.event].label
    return f"“{ask.label}”"


def form_of(
    part: Part, values: Mapping[str, str], seen: str, *, prefix: str = "", sent: bool = True
) -> PartForm:
    """The form of a part, filled in with values as they are kept.

    Of several forms on one page each has a `prefix`, and only one was `sent`.
    """
    made = type("PartForm", (PartForm,), {ask.id: _field(ask) for ask in part.asks})
    data = {
        ask.id: _as_date(values.get(ask.id, ""))
        if ask.kind is Kind.DATE
        else values.get(ask.id, "")
        for ask in part.asks
    }
    given: dict[str, Any] = {} if sent else {"formdata": None}
    form: PartForm = made(data={**data, "seen_versions": seen}, prefix=prefix, **given)
    return form


def _as_date(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


@dataclass(frozen=True)
class Difference:
    """One thing that somebody else changed meanwhile: what it was, theirs, and yours."""

    label: str
    before: str
    theirs: str
    yours: str
    both: bool


@dataclass(frozen=True)
class Conflict:
    """What somebody else wrote to the same part, by whom and when."""

    entries: tuple[Entry, ...]
    differences: tuple[Difference, ...]


def difference(
    label: str, before: Value, theirs: Value, yours: Value, words: Callable[[Value], str]
) -> Difference | None:
    """What somebody else made of one thing; None where they changed nothing, or the same as you."""
    if theirs in (before, yours):
        return None
    return Difference(label, words(before), words(theirs), words(yours), yours != before)


def version_of(
    store: Store, file: CaseFile, part: str, item: str, version: int
) -> Mapping[str, Any]:
    """What an item said in one of its versions; empty for none."""
    history = store.history(file.row.id, part, item)
    return next((each.data for each in history if each.version == version), {})


class Writing:
    """One writer at one item of a part."""

    def __init__(
        self,
        store: Store,
        file: CaseFile,
        part: Part,
        item: str = "",
        *,
        prefix: str = "",
        sent: bool = True,
    ) -> None:
        self.store = store
        self.file = file
        self.part = part
        self.item = item
        self.values = {ask.id: file.value(part, ask, item) for ask in part.asks}
        seen = self._seen_now()
        self.form = form_of(part, self.values, seen, prefix=prefix, sent=sent)
        self.conflict: Conflict | None = None

    def move_to(self, file: CaseFile, item: str) -> None:
        """The same writer and the same words, before the case as it stands now."""
        self.file, self.item = file, item
        self.values = {ask.id: file.value(self.part, ask, item) for ask in self.part.asks}

    @property
    def taken_out(self) -> Entry | None:
        """The version by which somebody took the item out, while it is out."""
        newest = self.file.entry(self.part.id, self.item)
        return newest if newest and newest.data.get("taken_out") else None

    # Which versions are shown

    def _places(self) -> dict[tuple[str, str], int]:
        """Everything that the form shows, with its newest version."""
        places = {(self.part.id, self.item): self.file.version(self.part.id, self.item)}
        for ask in self.part.asks:
            if place := _elsewhere(ask):
                places[place] = self.file.version(*place)
        return places

    def _seen_now(self) -> str:
        return " ".join(f"{part}/{item}={v}" for (part, item), v in self._places().items())

    def _seen(self) -> dict[tuple[str, str], int]:
        """The versions that the writer saw; those not named count as none seen."""
        found = SEEN.findall(self.form.seen_versions.data or "")
        return {(part, item): int(version) for part, item, version in found}

    # What was sent

    def valid(self) -> bool:
        """Whether what was sent can be taken; the errors stand at the fields."""
        sound = bool(self.form.validate())
        sent = self.sent()
        for ask in self.part.asks:
            field = self.form[ask.id]
            if field.errors:
                continue
            if fault := _fault(ask, sent) or _still_to_come(ask, sent[ask.id]):
                field.errors = [*field.errors, fault]
                sound = False
        return sound and self._dates_hold(sent)

    def _dates_hold(self, sent: Mapping[str, str]) -> bool:
        """What the engine has to say against the dates stands at the date that it names."""
        events = {ask.event: ask for ask in self.part.asks if ask.event}
        if not events:
            return True
        given = {
            event: date.fromisoformat(sent[ask.id]) for event, ask in events.items() if sent[ask.id]
        }
        others = {event: day for event, day in self.file.dates.items() if event not in events}
        try:
            check_dates(rulebook(), {**others, **given}, visits.today())
        except BadCase as problem:
            named = next((events[each] for each in problem.where if each in events), None)
            ask = named or next(iter(events.values()))
            field = self.form[ask.id]
            field.errors = [*field.errors, first_upper(spoken_dates(problem.message))]
            return False
        return True

    def sent(self) -> dict[str, str]:
        """What was sent, as it is kept."""
        return {ask.id: _kept(ask, self.form[ask.id].data) for ask in self.part.asks}

    def changed(self) -> bool:
        """Whether what was sent is neither what its writer saw nor what stands there now.

        Only what the part keeps itself counts. It tells which of several forms, sent at once, were
        filled in.
        """
        sent = self.sent()
        mine = {ask.id: sent[ask.id] for ask in self.part.own}
        if all(value == self.values[each] for each, value in mine.items()):
            return False
        version = self._seen().get((self.part.id, self.item), 0)
        before = version_of(self.store, self.file, self.part.id, self.item, version)
        return any(value != str(before.get(each, "")) for each, value in mine.items())

    def changes(self, extra: Mapping[str, Any]) -> list[Change]:
        """What this writer changes against what they saw."""
        sent, seen = self.sent(), self._seen()
        found: list[Change] = []
        mine = {ask.id: sent[ask.id] for ask in self.part.own}
        kept = self.file.one(self.part.id, self.item)
        place = (self.part.id, self.item)
        if any(mine[each] != str(kept.get(each, "")) for each in mine) or (extra and not kept):
            # What the rules of this case no longer ask for stays where it was written. What is
            # saved after it was taken out is thereby put back.
            before = self.taken_out.data if self.taken_out else kept
            unasked = {
                name: each
                for name, each in before.items()
                if name not in mine and name != "taken_out"
            }
            found.append((*place, {**unasked, **mine, **extra}, seen.get(place, 0)))
        for ask in self.part.asks:
            where = _elsewhere(ask)
            if where is None or sent[ask.id] == self.values[ask.id]:
                continue
            if ask.event:
                found.append((*where, {"day": sent[ask.id]}, seen.get(where, 0)))
            elif sent[ask.id]:
                # An answer can be changed to "not known yet", but not taken back to "not asked".
                found.append((*where, {"answer": sent[ask.id]}, seen.get(where, 0)))
        return found

    def save(self, account: int, extra: Mapping[str, Any] | None = None) -> bool:
        """Writes what was changed. False when somebody else wrote first: see `conflict`."""
        seen = self._seen()
        moved = [
            place for place, version in self._places().items() if version != seen.get(place, 0)
        ]
        if moved:
            self._meet(moved, seen)
            return False
        changes = self.changes(extra or {})
        if changes:
            # Somebody may still come first between the reading and the writing: `Superseded`.
            self.store.write_all(
                self.file.row.id, changes, account=account, rules=rulebook().version
            )
        return True

    # What somebody else wrote

    def _meet(self, moved: list[tuple[str, str]], seen: Mapping[tuple[str, str], int]) -> None:
        """Takes over what only the other changed, and notes every difference."""
        sent = self.sent()
        entries: list[Entry] = []
        differences: list[Difference] = []
        for part, item in moved:
            newest = self.file.entry(part, item)
            if newest is None or newest == self.taken_out:
                # Whoever took an item out changed none of its words: the writer keeps all of them.
                continue
            entries.append(newest)
            base = version_of(self.store, self.file, part, item, seen.get((part, item), 0))
            for ask in self._asks_of(part, item):
                theirs = self.values[ask.id]
                found = difference(
                    ask.label, _value(ask, base), theirs, sent[ask.id], partial(shown, ask)
                )
                if found is None:
                    continue
                differences.append(found)
                if not found.both:
                    sent[ask.id] = theirs
        self.conflict = Conflict(tuple(entries), tuple(differences))
        _refill(self.form, self.part, sent)
        self.form.seen_versions.data = self._seen_now()

    def _asks_of(self, part: str, item: str) -> list[Ask]:
        return [
            ask
            for ask in self.part.asks
            if (_elsewhere(ask) or (self.part.id, self.item)) == (part, item)
        ]


def _elsewhere(ask: Ask) -> tuple[str, str] | None:
    """Where an ask is kept that does not belong to the part itself."""
    if ask.event:
        return DATES, ask.event
    return (ANSWERS, ask.question) if ask.question else None


def _value(ask: Ask, data: Mapping[str, Any]) -> str:
    key = "day" if ask.event else "answer" if ask.question else ask.id
    return str(data.get(key, ""))


def _kept(ask: Ask, data: Any) -> str:
    if ask.kind is Kind.DATE:
        return data.isoformat() if data else ""
    text = str(data or "").replace("\r\n", "\n").strip()
    if ask.kind is Kind.TIME and (found := TIME.fullmatch(text)):
        return f"{int(found[1]):02}:{found[2]}"
    return text


def _fault(ask: Ask, sent: Mapping[str, str]) -> str:
    """What is wrong with an answer, or nothing."""
    value = sent[ask.id]
    applies = ask.when is None or sent.get(ask.when[0]) in ask.when[1]
    if not value:
        return ask.required if applies else ""
    if ask.not_with and sent.get(ask.not_with[0]) in ask.not_with[1]:
        return ask.not_with[2]
    limit = TEXT_LIMIT if ask.kind is Kind.TEXT else LINE_LIMIT
    if len(value) > limit:
        return (
            f"“{ask.label}” must be {limit:,} characters or fewer: take out {len(value) - limit:,}"
        )
    if ask.kind is Kind.TIME and not TIME.fullmatch(value):
        return "Enter the time on the 24 hour clock, such as 14:30"
    return ""


def _still_to_come(ask: Ask, value: str) -> str:
    """What is said of a day that has not come, where only one that has can be meant."""
    return ask.past if ask.past and value > visits.today().isoformat() else ""


def fault_of(part: Part, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a set of values of a part: the ask and the fault. For imported rows."""
    return [(ask.id, fault) for ask in part.asks if (fault := _fault(ask, values))]


def _refill(form: PartForm, part: Part, values: Mapping[str, str]) -> None:
    for ask in part.asks:
        field = form[ask.id]
        if isinstance(field, DatePartsField):
            field.show(_as_date(values[ask.id]))
        else:
            field.data = values[ask.id]


def shown(ask: Ask, value: str) -> str:
    """A kept value as it is read: dates spoken, choices in words, and blanks said to be so."""
    if not value:
        return NOTHING
    if ask.kind is Kind.DATE:
        return day(date.fromisoformat(value))
    return ask.words(value)
