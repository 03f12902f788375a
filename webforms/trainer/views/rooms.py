"""The trainer's side of a room: only the browser that opened it can see and steer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.access import open_to_everyone
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.fields import whole_number
from webforms.store import Room, TooManyTries
from webforms.trainer import cookie
from webforms.trainer.door import blueprint
from webforms.trainer.forms import Press, next_form
from webforms.trainer.joining import of_this_machine_alone
from webforms.trainer.lesson import Lesson, lesson_of
from webforms.trainer.screen import Shown
from webforms.trainer.split import Share, split_of
from webforms.trainer.steps import Step, first_of, heading_of, jumps, steps_of
from webforms.trainer.views.catalogue import lesson_or_404
from webforms.trainer.vignettes import vignettes

NOT_YOURS = Sorry(
    "This browser has no such room",
    (
        "A room can be steered only from the browser in which it was opened. A day later, or "
        "when its trainer closes it, it is erased with all its answers.",
        "To answer in a room, go to the start of training and choose “Join a room”.",
    ),
)
TOO_MANY_ROOMS = Sorry(
    "Too many rooms",
    ("Many rooms were opened from where you are. Wait 15 minutes and try again.",),
)


@dataclass(frozen=True)
class Opened:
    """A trainer's room with its lesson and the steps of its screen."""

    room: Room
    lesson: Lesson
    steps: tuple[Step, ...]

    @property
    def place(self) -> int:
        return min(self.room.step, len(self.steps) - 1)

    @property
    def split(self) -> tuple[Share, ...]:
        return split_of(self.lesson, visits.store().answers_given(self.room))


View = Callable[[Opened], ResponseReturnValue]


def of_the_trainer(view: View) -> Callable[[str], ResponseReturnValue]:
    """Opens the room for its trainer; for everyone else it is as if there were none."""

    @wraps(view)
    def opened(code: str) -> ResponseReturnValue:
        room = visits.store().room_of_trainer(code, cookie.trainer())
        lesson = lesson_of(room.vignette) if room else None
        if room is None or lesson is None:
            if cookie.was_in(code, trainer=True):
                return render_template("trainer/closed.html"), 404
            return error_page(404, NOT_YOURS)
        return view(Opened(room, lesson, steps_of(lesson, room=True)))

    return opened


@blueprint.post("/training/<vignette_id>/room")
@open_to_everyone
def open_room(vignette_id: str) -> ResponseReturnValue:
    """Opens a room and gives this browser the key to it."""
    lesson = lesson_or_404(vignette_id)
    try:
        room = visits.store().open_room(lesson.vignette.id, cookie.trainer(), visits.client())
    except TooManyTries:
        return error_page(429, TOO_MANY_ROOMS)
    cookie.give(room.code, trainer=True)
    return redirect(url_for("trainer.desk", code=room.code))


@blueprint.get("/room/<code>/trainer")
@open_to_everyone
@of_the_trainer
def desk(opened: Opened) -> str:
    """The trainer's own page: who has joined, the answers as they come in, what to show next."""
    store = visits.store()
    given = store.answers_given(opened.room)
    return render_template(
        "trainer/desk.html",
        room=opened.room,
        lesson=opened.lesson,
        steps=opened.steps,
        place=opened.place,
        headings=[heading_of(opened.lesson, step) for step in opened.steps],
        jumps=jumps(opened.steps),
        join_address=_join_address(),
        joined=store.joined(opened.room.code),
        given=given,
        split=split_of(opened.lesson, given),
        sentences="sentences" in request.args,
        next_form=next_form(opened.room.vignette),
    )


@blueprint.get("/room/<code>/screen")
@open_to_everyone
@of_the_trainer
def room_screen(opened: Opened) -> str:
    """What the room sees: large, and steered by keys."""
    shown = Shown(
        opened.lesson, opened.steps, opened.place, opened.split, opened.room.reasons_shown
    )
    return render_template(
        "trainer/screen.html",
        shown=shown,
        room=opened.room,
        join_address=_join_address(),
        joined=visits.store().joined(opened.room.code),
        answered=sum(share.count for share in shown.split),
        next_form=next_form(opened.room.vignette),
    )


@blueprint.get("/room/<code>/trainer/state")
@open_to_everyone
@of_the_trainer
def desk_state(opened: Opened) -> Response:
    """A number that grows with whatever happens in the room: a page asks for it again and again."""
    return Response(str(opened.room.changed), content_type="text/plain; charset=utf-8")


@blueprint.post("/room/<code>/step")
@open_to_everyone
@of_the_trainer
def show_step(opened: Opened) -> ResponseReturnValue:
    """Goes to a step. The form names the step, so that sending it twice goes no further."""
    step = whole_number(request.form.get("step", ""))
    if step is not None and step < len(opened.steps) and _same_turn(opened):
        visits.store().show_step(opened.room, step)
    return _back(opened)


@blueprint.post("/room/<code>/reasons")
@open_to_everyone
@of_the_trainer
def show_reasons(opened: Opened) -> ResponseReturnValue:
    """Puts the learners' sentences on the screen, or takes them off it."""
    if _same_turn(opened):
        visits.store().show_reasons(opened.room, request.form.get("shown") == "yes")
    return _back(opened)


@blueprint.post("/room/<code>/sentence")
@open_to_everyone
@of_the_trainer
def hide_sentence(opened: Opened) -> ResponseReturnValue:
    """Keeps one sentence off the screen, or lets it back on."""
    for pressed in ("hide", "show"):
        answer = whole_number(request.form.get(pressed, ""))
        if answer is not None and Press().validate_on_submit():
            visits.store().hide_sentence(opened.room, answer, pressed == "hide")
    return redirect(
        url_for("trainer.desk", code=opened.room.code, sentences="yes", _anchor="answers")
    )


@blueprint.post("/room/<code>/vignette")
@open_to_everyone
@of_the_trainer
def take_vignette(opened: Opened) -> ResponseReturnValue:
    """Gives the room its next vignette. Whoever has joined stays."""
    chosen = request.form.get("vignette", "")
    if chosen in vignettes() and _same_turn(opened):
        visits.store().take_vignette(opened.room, chosen)
    return _back(opened)


@blueprint.route("/room/<code>/close", methods=["GET", "POST"])
@open_to_everyone
@of_the_trainer
def close_room(opened: Opened) -> ResponseReturnValue:
    """Erases the room and its answers before their day is over, once that was confirmed."""
    store = visits.store()
    if Press().validate_on_submit():
        store.close_room(opened.room.code)
        return redirect(url_for("trainer.room_closed"))
    return render_template(
        "trainer/close.html", room=opened.room, joined=store.joined(opened.room.code)
    )


@blueprint.get("/training/room-closed")
@open_to_everyone
def room_closed() -> str:
    return render_template("trainer/closed.html")


def _same_turn(opened: Opened) -> bool:
    """Whether the page that was sent is of the vignette that the room has now."""
    return Press().validate_on_submit() and request.form.get("turn") == str(opened.room.turn)


def _back(opened: Opened) -> Response:
    """Back to the page on which the button stood."""
    on_screen = request.form.get("page") == "screen"
    page = "trainer.room_screen" if on_screen else "trainer.desk"
    made: Response = redirect(url_for(page, code=opened.room.code))  # type: ignore[assignment]
    return made


def _join_address() -> str:
    """The address to type on a phone, as short as it can be said; empty where none would work."""
    if of_this_machine_alone(request.host):
        return ""
    return f"{request.host}{url_for('trainer.join')}"


def route_is_shown(room: Room, lesson: Lesson) -> bool:
    """Whether the screen has come as far as the route."""
    return room.step >= first_of(steps_of(lesson, room=True), "route")
