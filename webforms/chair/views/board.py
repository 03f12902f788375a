"""What if: the facts of a case as a board of their own, for training and for trying things out."""

from __future__ import annotations

from flask import abort
from flask.typing import ResponseReturnValue

from webforms.chair import facts
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part import WRITERS
from webforms.trainer.boards import CASE
from webforms.trainer.opening import open_board


@blueprint.post("/cases/<reference>/board/<stage>")
@case_page(*READERS, writes=WRITERS)
def board(at: Opened, stage: str) -> ResponseReturnValue:
    """Copies area, dates and the answers of one stage to a new board; the case stays as it is.

    No title, no reference and nothing that people wrote goes with them: whoever has the link of
    a board may open it.
    """
    if stage not in facts.STAGES or facts.problem(at.file):
        abort(404)
    return open_board(CASE, "", facts.case_at(at.file, stage), at.file.row.id)
