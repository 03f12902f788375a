"""The form of a part of a case: its fields, what is wrong with what was sent, and how it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from rules.loader import rulebook
from webforms import visits
from webforms.chair.part import LINE_LIMIT, TEXT_LIMIT, Ask, Kind, Part
from webforms.chair.so_far import plan_in_words
from webforms.fields import DatePartsField
from webforms.wording import day

TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
NOTHING = "Nothing was written"


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


def as_kept(ask: Ask, data: Any) -> str:
    """What a field holds, as it is kept."""
    if ask.kind is Kind.DATE:
        return data.isoformat() if data else ""
    text = str(data or "").replace("\r\n", "\n").strip()
    if ask.kind is Kind.TIME and (found := TIME.fullmatch(text)):
        return f"{int(found[1]):02}:{found[2]}"
    return text


def fault(ask: Ask, sent: Mapping[str, str]) -> str:
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


def still_to_come(ask: Ask, sent: Mapping[str, str]) -> str:
    """What is said of a day that has not come, or of what can only be said once it has."""
    today = visits.today().isoformat()
    if ask.past and sent[ask.id] > today:
        return ask.past
    if ask.once_come and sent[ask.id] in ask.once_come[1] and sent[ask.once_come[0]] > today:
        return ask.once_come[2]
    return ""


def fault_of(part: Part, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a set of values of a part: the ask and the fault. For imported rows."""
    return [(ask.id, wrong) for ask in part.asks if (wrong := fault(ask, values))]


def refill(form: PartForm, part: Part, values: Mapping[str, str]) -> None:
    """Puts values into a form as if they had been typed."""
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
        return day(date.fromisoformat(value)) + plan_in_words(ask, value, visits.today())
    return ask.words(value)
