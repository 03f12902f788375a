"""Asking one question of the rules: its form, and why it is asked. Every door asks in this way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Label
from wtforms.validators import StopValidation

from engine.ages import OLDEST
from engine.answers import NOT_KNOWN, Answer
from engine.results import Consequence
from engine.rulebook import Question
from webforms.fields import whole_number
from webforms.wording import first_upper

IN_YEARS = "in-years"
NOT_KNOWN_YET = "Not known yet"

# More answers than these are not named one by one where they lead to the same.
FEW = 3


class PlainRadios(RadioField):
    """Radios that name what is missing in one sentence, whatever was sent."""

    def __init__(self, label: str = "", *, missing: str, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, choices=[], **kwargs)
        self.missing = missing

    def pre_validate(self, form: Any) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(self.missing)


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


def show(
    form: AnswerForm, question: Question, details: Sequence[Question], answers: dict[str, Answer]
) -> None:
    """Shows other answers in a form than those that were sent."""
    for name, typed in {"years": "", **_as_typed(answers, question, details)}.items():
        form[name].data = typed


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


def grouped(consequences: Iterable[Consequence]) -> list[tuple[str, str]]:
    """What follows from which answers, briefly: (the answers, what follows).

    Answers with one consequence are told together; many of them become "Any other answer", last.
    """
    together: dict[str, list[str]] = {}
    for each in consequences:
        together.setdefault(each.follows, []).append(first_upper(each.answer))
    if len(together) == 1:
        return [("Any answer", follows) for follows in together]
    most = max(together, key=lambda follows: len(together[follows]))
    few = [
        (_or(answers), follows)
        for follows, answers in together.items()
        if follows != most or len(answers) <= FEW
    ]
    many = [("Any other answer", most)] if len(together[most]) > FEW else []
    return few + many


def _or(answers: list[str]) -> str:
    return " or ".join(f"“{each}”" for each in answers)
