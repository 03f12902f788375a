"""Opening a board: of a vignette, of a published case, or of a saved check."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from engine.answers import Case
from rules.loader import rulebook
from webforms.access import open_to_everyone
from webforms.components import error_summary
from webforms.saved_checks import NOT_FOUND, look_up_or_stop
from webforms.trainer.board_forms import ReferenceForm
from webforms.trainer.boards import SAVED, case_from
from webforms.trainer.door import blueprint
from webforms.trainer.opening import open_board
from webforms.trainer.subjects import every_subject, subject


@blueprint.route("/training/board", methods=["GET", "POST"])
@open_to_everyone
def boards() -> ResponseReturnValue:
    """Every case that can be laid out as a board; and a saved check, for who has its reference."""
    form = ReferenceForm()
    if form.validate_on_submit():
        typed = (form.reference.data or "").strip()
        found = look_up_or_stop(typed)
        case = _usable(found.payload["case"]) if found else None
        if case:
            return open_board(SAVED, "", case)
        form.reference.errors = [_wrong(typed, found is not None)]
    return render_template(
        "trainer/boards.html",
        form=form,
        errors=error_summary(form),
        subjects=every_subject(),
    )


def _usable(data: dict[str, Any]) -> Case | None:
    """The facts of a saved check, once it says what is checked and where; none of its notes."""
    areas = {overlay.area for overlay in rulebook().overlays}
    if data["stage"] not in rulebook().stages or data["area"] not in areas:
        return None
    return case_from(data, rulebook())


def _wrong(typed: str, found: bool) -> str:
    if found:
        return "This check was saved before its first question: carry on with it first"
    return NOT_FOUND if typed else "Enter the reference"


@blueprint.post("/training/<name>/board")
@open_to_everyone
def board_of_subject(name: str) -> ResponseReturnValue:
    """A new board of a vignette, or of a published case."""
    found = subject(name)
    if found is None:
        abort(404)
    return open_board(found.kind, found.id, found.case)
