"""The list of vignettes, and one of them taken alone: read, choose, see the reasoning."""

from __future__ import annotations

from itertools import groupby

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webforms import picture, visits
from webforms.access import open_to_everyone
from webforms.components import error_summary
from webforms.documents import pdf, word
from webforms.trainer import cookie, handout
from webforms.trainer.door import blueprint
from webforms.trainer.forms import choice_form
from webforms.trainer.lesson import Lesson, lesson_of
from webforms.trainer.screen import Shown
from webforms.trainer.steps import steps_of
from webforms.trainer.vignettes import TOPICS, vignettes

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def lesson_or_404(vignette_id: str) -> Lesson:
    return lesson_of(vignette_id) or abort(404)


@blueprint.get("/training")
@open_to_everyone
def training() -> str:
    """Every vignette by topic, to be taken alone or in a room."""
    topics = [
        (TOPICS[topic], list(group))
        for topic, group in groupby(vignettes().values(), lambda each: each.topic)
    ]
    rooms = visits.store().rooms_of_trainer(cookie.trainer())
    return render_template(
        "trainer/training.html",
        topics=topics,
        count=len(vignettes()),
        rooms=[(room, vignettes().get(room.vignette)) for room in rooms],
    )


@blueprint.get("/training/<vignette_id>/")
@open_to_everyone
def alone(vignette_id: str) -> str:
    lesson = lesson_or_404(vignette_id)
    return _asked(lesson)


def _asked(lesson: Lesson) -> str:
    form = choice_form(lesson, alone=True)
    if form.is_submitted():
        form.validate()
    return render_template(
        "trainer/alone.html", lesson=lesson, form=form, errors=error_summary(form)
    )


@blueprint.route("/training/<vignette_id>/reasoning", methods=["GET", "POST"])
@open_to_everyone
def reasoning(vignette_id: str) -> ResponseReturnValue:
    """What the rules say, beside what the reader chose. Nothing of it is kept."""
    lesson = lesson_or_404(vignette_id)
    form = choice_form(lesson, alone=True)
    if form.is_submitted() and not form.validate():
        return _asked(lesson)
    chosen = form.choice.data if form.is_submitted() else ""
    return render_template(
        "trainer/reasoning.html",
        lesson=lesson,
        chosen=chosen,
        sentence=form.sentence.data if chosen else "",
        drawing=picture.draw(lesson.map),
        map_list=picture.as_list(lesson.map),
    )


@blueprint.get("/training/<vignette_id>/screen/<int:step>")
@open_to_everyone
def screen_alone(vignette_id: str, step: int) -> ResponseReturnValue:
    """The same on a screen, step by step, for a group that answers by a show of hands."""
    lesson = lesson_or_404(vignette_id)
    steps = steps_of(lesson, room=False)
    if step >= len(steps):
        return redirect(
            url_for("trainer.screen_alone", vignette_id=vignette_id, step=len(steps) - 1)
        )
    return render_template("trainer/screen.html", shown=Shown(lesson, steps, step), room=None)


@blueprint.get("/training/<vignette_id>/handout.<any(pdf, docx):kind>")
@open_to_everyone
def handout_file(vignette_id: str, kind: str) -> Response:
    """The vignette and its questions on paper and, on another page, the reasoning."""
    record = handout.build(lesson_or_404(vignette_id), visits.now())
    response = make_response(pdf.render(record) if kind == "pdf" else word.render(record))
    response.headers["Content-Type"] = KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{vignette_id}.{kind}"'
    return response
