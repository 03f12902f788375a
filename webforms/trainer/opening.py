"""Opening a board: the facts are kept under a code that only its link has."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from engine.answers import Case
from webforms import visits
from webforms.trainer.boards import board_of, to_keep


def open_board(origin: str, source: str, case: Case) -> ResponseReturnValue:
    """Keeps a new board and sends the visitor to it."""
    code = visits.store().open_board(to_keep(board_of(origin, source, case)))
    return redirect(url_for("trainer.board", code=code))
