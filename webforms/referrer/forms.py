"""The forms of the referrer's door. What may be chosen comes from the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from engine.answers import BadCase
from engine.rulebook import EventDate, Stage
from webforms.asking import NOT_KNOWN_YET, PlainRadios
from webforms.fields import DatePartsField
from webforms.shared_forms import NO_PROCEDURE
from webforms.wording import first_upper, spoken_dates

NOTES_LIMIT = 2000


class StartForm(FlaskForm):
    stage = PlainRadios("What do you want to check?", missing="Choose what you want to check")
    area = PlainRadios("Which area are you asking about?", missing="Choose an area")

    def offer(self, stages: Iterable[Stage], areas: Iterable[tuple[str, str]]) -> None:
        self.stage.choices = [
            SelectChoice(stage.id, stage.ask, {"hint": stage.whom}) for stage in stages
        ]
        self.area.choices = [
            SelectChoice(area, name, {"divider": "or"} if area == NO_PROCEDURE else {})
            for area, name in areas
        ]


class DatesForm(FlaskForm):
    """The dates that a stage names; each can be "not known yet"."""

    def pairs(self, events: Sequence[EventDate]) -> list[tuple[EventDate, DatePartsField, Any]]:
        return [(event, self[event.id], self[f"{event.id}_not_known"]) for event in events]

    def check(self, events: Sequence[EventDate], today: date) -> bool:
        """The form's own checks, and those of each date. Called once, on what was sent."""
        sound = bool(self.validate())
        for event, day, not_known in self.pairs(events):
            if day.errors:
                continue
            if day.blank and not not_known.data:
                day.fail(f"{event.label}: enter the date, or tick “{NOT_KNOWN_YET}”")
            elif not day.blank and not_known.data:
                day.fail(f"{event.label}: enter the date or tick “{NOT_KNOWN_YET}”, not both")
            elif day.data and day.data > today:
                day.fail(f"{event.label}: the date must be today or in the past")
            sound = sound and not day.errors
        return sound

    def refuse(self, problem: BadCase, events: Sequence[EventDate]) -> None:
        """Shows what the engine has to say beside the date that it names, or the first given."""
        pairs = self.pairs(events)
        named = [day for event, day, _ in pairs if event.id in problem.where]
        given = [day for _, day, _ in pairs if day.data]
        (named or given)[0].fail(first_upper(spoken_dates(problem.message)))

    def dates(self, events: Sequence[EventDate]) -> dict[str, date | None]:
        return {event.id: day.data for event, day, _ in self.pairs(events)}


def dates_form(events: Sequence[EventDate], kept: dict[str, date | None]) -> DatesForm:
    form = type("DatesForm", (DatesForm,), {})
    for event in events:
        setattr(form, event.id, DatePartsField(event.text, called=event.label))
        setattr(form, f"{event.id}_not_known", BooleanField(NOT_KNOWN_YET))
    data: dict[str, Any] = {}
    for name, day in kept.items():
        data[name] = day
        data[f"{name}_not_known"] = day is None
    made: DatesForm = form(data=data)
    return made


class NotesForm(FlaskForm):
    notes = TextAreaField("Notes for your record (optional)")

    def validate_notes(self, field: TextAreaField) -> None:
        # Browsers send each line end as two characters; the limit counts it as one.
        field.data = (field.data or "").replace("\r\n", "\n").strip()
        if len(field.data) > NOTES_LIMIT:
            over = len(field.data) - NOTES_LIMIT
            raise StopValidation(
                f"Notes must be {NOTES_LIMIT:,} characters or fewer: take out {over:,}"
            )


class ReturnForm(FlaskForm):
    reference = StringField("Your reference")
