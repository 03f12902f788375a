"""Opening a board: the facts are kept under a code that only its link has."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from engine.answers import Case
from webforms import visits
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.store import TooManyTries
from webforms.trainer.boards import board_of, to_keep

TOO_MANY_BOARDS = Sorry(
    "Too many boards",
    ("Many boards were opened from where you are. Wait 15 minutes and try again.",),
)


def open_board(
    origin: str, source: str, case: Case, case_id: int | None = None
) -> ResponseReturnValue:
    """Keeps a new board and sends the visitor to it. One of a stored case is erased with it."""
    data = to_keep(board_of(origin, source, case))
    try:
        code = visits.store().open_board(data, visits.client(), case_id)
    except TooManyTries:
        return error_page(429, TOO_MANY_BOARDS)
    return redirect(url_for("trainer.board", code=code))
