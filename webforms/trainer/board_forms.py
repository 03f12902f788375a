"""The forms of a board: an age, the dates, the stage and the area. Answers are buttons alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from engine.ages import OLDEST
from engine.answers import Answer, BadCase, Case, check_dates
from engine.edition import program_for
from engine.rulebook import EventDate, Question, Rulebook
from webforms.fields import DatePartsField, whole_number
from webforms.wording import first_upper, spoken_dates

# A story may lie in the past or in the future: its days are its own.
ANY_DAY = date.max


class AgesForm(FlaskForm):
    """One input for each question about an age; each is sent by itself."""

    def field(self, question: str) -> StringField:
        found: StringField = self[f"years_{question}"]
        return found

    def age(self, question: str) -> int | None:
        """The age that was typed, or None with an error beside its input."""
        field = self.field(question)
        years = whole_number((field.data or "").strip())
        if years is None or years > OLDEST:
            field.errors = [
                f"Enter the age in completed years, as a number from 0 to {OLDEST}. "
                "For a baby under one, enter 0"
            ]
            return None
        return years


def ages_form(questions: Iterable[Question], answers: Mapping[str, Answer]) -> AgesForm:
    form = type("AgesForm", (AgesForm,), {})
    data = {}
    for question in questions:
        setattr(form, f"years_{question.id}", StringField("Another age, in completed years"))
        now = answers.get(question.id)
        data[f"years_{question.id}"] = str(now) if isinstance(now, int) else ""
    made: AgesForm = form(data=data)
    return made


class DaysForm(FlaskForm):
    """The dates of a board; one left blank is not known."""

    def check(self, events: Sequence[EventDate], rulebook: Rulebook, case: Case) -> bool:
        """Whether the dates can be taken; called once, on what was sent."""
        if not self.validate():
            return False
        given = self.days(events)
        turned = Case(case.stage, case.area, _known(given), case.answers)
        try:
            check_dates(rulebook, turned.dates, ANY_DAY)
            program_for(rulebook, turned)
        except BadCase as problem:
            fields = {event.id: self[event.id] for event in events}
            named = [fields[each] for each in problem.where if each in fields]
            known = [field for field in fields.values() if field.data]
            (named or known)[0].fail(first_upper(spoken_dates(problem.message)))
            return False
        return True

    def days(self, events: Sequence[EventDate]) -> dict[str, date | None]:
        return {event.id: self[event.id].data for event in events}


def _known(days: Mapping[str, date | None]) -> dict[str, date]:
    return {event: day for event, day in days.items() if day is not None}


def days_form(events: Sequence[EventDate], now: Mapping[str, date]) -> DaysForm:
    form = type("DaysForm", (DaysForm,), {})
    for event in events:
        setattr(form, event.id, DatePartsField(event.label, called=event.label))
    made: DaysForm = form(data=dict(now))
    return made


class SettingForm(FlaskForm):
    """Which decision is asked about, and where."""

    stage = SelectField("The decision")
    area = SelectField("The area")


def setting_form(
    stages: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]], now: Case
) -> SettingForm:
    form: SettingForm = SettingForm(data={"stage": now.stage, "area": now.area})
    form.stage.choices = [SelectChoice(*each) for each in stages]
    form.area.choices = [SelectChoice(*each) for each in areas]
    return form


class ReferenceForm(FlaskForm):
    reference = StringField("The reference of a saved check")
