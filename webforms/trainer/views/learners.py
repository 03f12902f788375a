"""The learner's side of a room: join with the code, answer, and wait for the reasoning."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.access import open_to_everyone
from webforms.components import error_summary
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.store import Room, RoomsFull, TooManyTries, code_read
from webforms.trainer import cookie
from webforms.trainer.door import blueprint
from webforms.trainer.forms import JoinForm, choice_form
from webforms.trainer.lesson import lesson_of
from webforms.trainer.views.rooms import route_is_shown

TOO_MANY_TRIES = Sorry(
    "Too many tries",
    (
        "Many people joined rooms from where you are, or many codes of rooms that do not exist "
        "were tried. Wait 15 minutes and try again. You can follow on the screen.",
    ),
)
FULL = Sorry("This room is full", ("Ask the trainer. You can follow on the screen.",))


@blueprint.route("/join", methods=["GET", "POST"])
@open_to_everyone
def join() -> ResponseReturnValue:
    """Into a room, for whoever has its code. No name is asked."""
    form = JoinForm(data={"code": code_read(request.args.get("code", "")) or ""})
    if form.validate_on_submit():
        typed = (form.code.data or "").strip()[:40]
        code = code_read(typed)
        try:
            # What cannot be a code is a slip of the finger, not a guess.
            if code and visits.store().join_room(code, cookie.learner(code), visits.client()):
                cookie.give(code)
                return redirect(url_for("trainer.room", code=code))
        except RoomsFull:
            return error_page(429, FULL)
        except TooManyTries:
            return error_page(429, TOO_MANY_TRIES)
        form.code.errors = [_why_not(typed, code)]
    return render_template("trainer/join.html", form=form, errors=error_summary(form))


def _why_not(typed: str, code: str | None) -> str:
    if code and cookie.was_in(code):
        return "This room is closed, and its answers are erased: ask the trainer for another code"
    if typed:
        return "No room has this code: compare it with the one on the screen"
    return "Enter the code of the room"


@blueprint.route("/room/<code>", methods=["GET", "POST"])
@open_to_everyone
def room(code: str) -> ResponseReturnValue:
    """The vignette with its question; then the answer given, until the trainer goes on."""
    found = _joined(code)
    if found is None:
        if cookie.was_in(code):
            return render_template("trainer/closed.html"), 404
        return redirect(url_for("trainer.join", code=code_read(code)))
    lesson = lesson_of(found.vignette) or abort(404)
    store, learner = visits.store(), cookie.learner(found.code)
    mine = store.answer_of(found, learner)
    in_time = found.takes_answers and request.form.get("turn") == str(found.turn)
    if request.method == "POST" and not in_time:
        # Sent too late, or to a case that the room has left: the page says where the room is.
        return redirect(url_for("trainer.room", code=found.code))
    if not found.takes_answers:
        told = route_is_shown(found, lesson)
        return render_template(
            "trainer/shown.html",
            room=found,
            state=state_of(found),
            lesson=lesson,
            mine=mine,
            told=told,
        )
    form = choice_form(lesson, mine)
    if form.is_submitted():
        if form.validate():
            store.answer(found, learner, form.choice.data, form.sentence.data)
            return redirect(url_for("trainer.room", code=found.code))
    elif mine and "change" not in request.args:
        return render_template(
            "trainer/waiting.html", room=found, state=state_of(found), lesson=lesson, mine=mine
        )
    return render_template(
        "trainer/answer.html",
        room=found,
        state=state_of(found),
        lesson=lesson,
        form=form,
        mine=mine,
        errors=error_summary(form),
    )


@blueprint.get("/room/<code>/state")
@open_to_everyone
def room_state(code: str) -> Response:
    """What a waiting phone asks for every few seconds: it changes when there is more to see."""
    found = _joined(code) or abort(404)
    return Response(state_of(found), content_type="text/plain; charset=utf-8")


def _joined(code: str) -> Room | None:
    """The room, for a browser that has joined it. A guess learns nothing from this."""
    return visits.store().room_of_learner(code, cookie.learner(code))


def state_of(found: Room) -> str:
    """Open, shown or told, and of which vignette: no more than that changes a learner's page."""
    if found.takes_answers:
        return f"{found.turn} open"
    lesson = lesson_of(found.vignette)
    told = lesson is not None and route_is_shown(found, lesson)
    return f"{found.turn} {'told' if told else 'shown'}"
