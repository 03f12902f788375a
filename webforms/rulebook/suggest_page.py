"""Suggest a correction: a form that becomes a file. Nothing is stored, and no mail is sent."""

from __future__ import annotations

from importlib import metadata

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import StopValidation

from rules.loader import rulebook
from webforms import visits
from webforms.access import open_to_everyone
from webforms.components import error_summary
from webforms.rulebook.door import blueprint, wanted, whole
from webforms.rulebook.references import parsed
from webforms.rulebook.suggestion import Suggestion, as_text, file_name

LIMIT = 4000


def _short_enough(form: FlaskForm, field: TextAreaField) -> None:
    if len(field.data or "") > LIMIT:
        over = len(field.data or "") - LIMIT
        name = field.label.text.removesuffix(" (optional)")
        raise StopValidation(f"{name}: write {LIMIT:,} characters or fewer, {over:,} less than now")


def _written(form: FlaskForm, field: TextAreaField) -> None:
    if not (field.data or "").strip():
        raise StopValidation("Write down what is wrong")


class SuggestionForm(FlaskForm):
    wrong = TextAreaField("What is wrong", [_written, _short_enough])
    better = TextAreaField("What it should say (optional)", [_short_enough])
    read_where = TextAreaField("Where you read it (optional)", [_short_enough])
    who = StringField("Who you are (optional)", [_short_enough])


@blueprint.route("/rules/suggest", methods=["GET", "POST"])
@open_to_everyone
def suggest() -> ResponseReturnValue:
    """Takes down what is wrong with a page, and gives it back as a file."""
    ref = parsed(request.args.get("about", ""))
    if ref is None:
        abort(404)
    found = whole().entries[wanted(ref)]
    form = SuggestionForm()
    if form.validate_on_submit():
        written = Suggestion(
            wrong=form.wrong.data or "",
            better=form.better.data or "",
            read_where=form.read_where.data or "",
            who=form.who.data or "",
        )
        text = as_text(
            written,
            page=str(ref),
            title=found.title,
            address=ref.address,
            rules_version=rulebook().version,
            waymark_version=metadata.version("waymark"),
            on=visits.today(),
        )
        return Response(
            text,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{file_name(str(ref))}"'},
        )
    return render_template(
        "rulebook/suggest.html",
        form=form,
        entry=found,
        errors=error_summary(form),
        action=url_for("rulebook.suggest", about=str(ref)),
    )
