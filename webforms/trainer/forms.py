"""The forms of the exercise: an answer with its reason, a room's code, the next vignette."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Label
from wtforms.validators import StopValidation

from webforms.asking import PlainRadios
from webforms.documents.words import tidy
from webforms.store import Given
from webforms.trainer.lesson import Lesson
from webforms.trainer.vignettes import TOPICS, vignettes

SENTENCE_LIMIT = 280


class Press(FlaskForm):
    """A button alone: only the token against forged forms is sent."""


class ChoiceForm(FlaskForm):
    """What a learner would do, and one sentence why. Alone, the sentence may be left out."""

    choice = PlainRadios(missing="Choose what you would do")
    sentence = TextAreaField("In one sentence: why?")
    alone = False

    def validate_sentence(self, field: TextAreaField) -> None:
        field.data = " ".join(tidy(field.data or "").split())
        if len(field.data) > SENTENCE_LIMIT:
            over = len(field.data) - SENTENCE_LIMIT
            raise StopValidation(
                f"Your sentence must be {SENTENCE_LIMIT} characters or fewer: take out {over}"
            )
        if not field.data and not self.alone:
            raise StopValidation("Write one sentence that says why")


def choice_form(lesson: Lesson, given: Given | None = None, *, alone: bool = False) -> ChoiceForm:
    kept = {"choice": given.choice, "sentence": given.sentence} if given else {}
    form = ChoiceForm(data=kept)
    form.alone = alone
    form.choice.label = Label(form.choice.id, lesson.vignette.ask)
    form.choice.choices = [SelectChoice(choice, words) for choice, words in lesson.choices]
    if alone:
        form.sentence.label = Label(form.sentence.id, "In one sentence: why? (optional)")
    return form


class JoinForm(FlaskForm):
    code = StringField("The code of the room")


class NextForm(FlaskForm):
    vignette = SelectField("Next case", validate_choice=False)


def next_form(now: str) -> NextForm:
    """Every vignette, the one after the present chosen."""
    ids = list(vignettes())
    following = ids[(ids.index(now) + 1) % len(ids)] if now in ids else ids[0]
    form = NextForm(data={"vignette": following})
    form.vignette.choices = [
        SelectChoice(each.id, f"{TOPICS[each.topic]}: {each.title}")
        for each in vignettes().values()
    ]
    return form
