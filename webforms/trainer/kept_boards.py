"""A board as the server keeps it: found by its code, or the page that says that there is none."""

from __future__ import annotations

from webforms import visits
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.store import KeptBoard
from webforms.trainer.boards import CASE, SAVED, Board
from webforms.trainer.door import blueprint
from webforms.trainer.subjects import Subject, subject

SORRY = Sorry(
    "There is no such board",
    (
        "A board is erased a day after it was opened, or when somebody who has its link erases it.",
        "If you typed the link, check it letter by letter. Otherwise open a new board.",
    ),
)
# What a board is of, where it is of nothing that has a title.
TITLES = {SAVED: "a saved check", CASE: "a case"}


class NoBoard(LookupError):
    """No board has this code, or none has it any more: the visitor is told so."""


@blueprint.errorhandler(NoBoard)
def _no_board(_: NoBoard) -> tuple[str, int]:
    return error_page(404, SORRY)


def kept_board(code: str) -> KeptBoard:
    """The board with this code. Raises `NoBoard`, which needs no catching in a view."""
    found = visits.store().board(code)
    if found is None:
        raise NoBoard
    return found


def about(board: Board) -> tuple[Subject | None, str]:
    """What a board is of, where that is a vignette or a published case; and how it is called."""
    found = subject(board.source) if board.source else None
    return found, found.title if found else TITLES[board.origin]
