"""The forms of the referrer's door. What may be chosen comes from the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Label
from wtforms.validators import StopValidation

from engine.ages import OLDEST
from engine.answers import NOT_KNOWN, Answer, BadCase
from engine.rulebook import EventDate, Question, Rulebook, Stage
from webforms.documents.words import capital
from webforms.fields import DatePartsField, whole_number
from webforms.wording import first_upper, spoken_dates

NOTES_LIMIT = 2000
IN_YEARS = "in-years"
NOT_KNOWN_YET = "Not known yet"
NO_PROCEDURE = "none"


class PlainRadios(RadioField):
    """Radios that name what is missing in one sentence, whatever was sent."""

    def __init__(self, label: str = "", *, missing: str, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, choices=[], **kwargs)
        self.missing = missing

    def pre_validate(self, form: Any) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(self.missing)


class Empty(FlaskForm):
    """A button alone: only the token against forged forms is sent."""


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


def areas_of(rulebook: Rulebook) -> list[tuple[str, str]]:
    """The areas whose local procedure is held, by name, then the rest of England."""
    names = {
        overlay.area: capital(dict(overlay.words).get("area", "")) for overlay in rulebook.overlays
    }
    held = sorted((name, area) for area, name in names.items() if area != NO_PROCEDURE)
    elsewhere = (NO_PROCEDURE, "Another area of England")
    return [(area, name) for name, area in held] + [elsewhere]


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


class AnswerForm(FlaskForm):
    """One question. `details` are the questions shown beneath one of its answers."""

    answer = PlainRadios(missing=f"Choose an answer, or “{NOT_KNOWN_YET}”")
    years = StringField("Age in completed years")

    def validate_years(self, field: StringField) -> None:
        age = whole_number((field.data or "").strip())
        if self.answer.data == IN_YEARS and (age is None or age > OLDEST):
            raise StopValidation(
                f"Enter the age in completed years, as a number from 0 to {OLDEST}. "
                "For a baby under one, enter 0"
            )

    def given(self, details: Sequence[Question]) -> dict[str, Answer]:
        """The answer, and those to the details that stand beneath it."""
        answer: Answer = self.answer.data
        if answer == IN_YEARS:
            answer = int(self.years.data.strip())
        beneath = {
            detail.id: self[detail.id].data or NOT_KNOWN
            for detail in details
            if detail.detail_when == answer
        }
        return {self.question.id: answer, **beneath}

    question: Question


def answer_form(
    question: Question,
    details: Sequence[Question],
    authorities: Sequence[tuple[str, str]],
    kept: dict[str, Answer],
) -> AnswerForm:
    """The form of a question, filled in with the answer that was kept."""
    form = type("AnswerForm", (AnswerForm,), {})
    for detail in details:
        named = (SelectChoice(*each) for each in authorities)
        councils = [SelectChoice("", NOT_KNOWN_YET), *named]
        setattr(form, detail.id, SelectField(detail.text, choices=councils))
    made: AnswerForm = form(data=_as_typed(kept, question, details))
    made.question = question
    made.answer.label = Label(made.answer.id, question.text)
    made.answer.choices = [*_choices(question), _not_known()]
    return made


def _as_typed(
    kept: dict[str, Answer], question: Question, details: Sequence[Question]
) -> dict[str, object]:
    answer = kept.get(question.id)
    typed: dict[str, object] = {
        detail.id: "" if kept.get(detail.id) == NOT_KNOWN else kept.get(detail.id, "")
        for detail in details
    }
    if isinstance(answer, int):
        return {**typed, "answer": IN_YEARS, "years": str(answer)}
    return {**typed, "answer": answer}


def _choices(question: Question) -> list[SelectChoice]:
    in_years = [SelectChoice(IN_YEARS, "The age is known")] if question.kind == "age" else []
    return [
        *in_years,
        *(SelectChoice(each.value, each.text, {"hint": each.hint}) for each in question.options),
    ]


def _not_known() -> SelectChoice:
    return SelectChoice(NOT_KNOWN, NOT_KNOWN_YET, {"divider": "or"})


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
