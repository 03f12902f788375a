"""Compare: the same facts under two editions or in two areas, side by side, and why they differ.

What is compared stands in the address, so that a comparison can be sent on; of a board, only the
code does, never its facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.answers import BadCase, Case
from rules.calendar import england
from rules.loader import rulebook
from webforms import visits
from webforms.access import open_to_everyone
from webforms.shared_forms import areas_of
from webforms.trainer.boards import from_kept
from webforms.trainer.changes import HOLDS
from webforms.trainer.comparing import Comparison, compare
from webforms.trainer.door import blueprint
from webforms.trainer.in_short import in_short
from webforms.trainer.kept_boards import about, kept_board
from webforms.trainer.ready import READY
from webforms.trainer.side_tables import facts, tables
from webforms.trainer.sides import side
from webforms.trainer.subjects import every_subject, subject
from webforms.wording import first_upper, spoken_dates

AS_IT_IS = "As in the case"


@blueprint.get("/training/compare")
@open_to_everyone
def comparison() -> ResponseReturnValue:
    """The choice of a case and two sides; once chosen, the two side by side."""
    chosen = subject(request.args.get("case", ""))
    return _page(
        chosen.case if chosen else None,
        title=chosen.title if chosen else "",
        name=chosen.id if chosen else "",
        action=url_for("trainer.comparison"),
    )


@blueprint.get("/training/board/<code>/compare")
@open_to_everyone
def compare_board(code: str) -> ResponseReturnValue:
    """The facts of a board, as they stand now, under two editions or in two areas."""
    found = from_kept(kept_board(code).data, rulebook())
    _, title = about(found)
    return _page(
        found.now,
        title=title,
        name="",
        action=url_for("trainer.compare_board", code=code),
        board=code,
    )


def _page(
    case: Case | None, *, title: str, name: str, action: str, board: str = ""
) -> ResponseReturnValue:
    asked = {key: request.args.get(key, "") for key in ("left", "left_area", "right", "right_area")}
    made, problem = _made(case, asked) if case else (None, "")
    return render_template(
        "trainer/compare.html",
        title=title,
        name=name,
        action=action,
        board=board,
        asked=asked,
        editions=_editions(asked.values()),
        areas=[("", AS_IT_IS), *areas_of(rulebook())],
        subjects=every_subject(),
        ready=READY,
        problem=problem,
        made=made,
        short=in_short(made) if made else (),
        tables=tables(made) if made else (),
        facts=facts(made) if made else None,
        names=(f"Left: {made.left.name}", f"Right: {made.right.name}") if made else (),
        HOLDS=HOLDS,
    )


def _made(case: Case, asked: dict[str, str]) -> tuple[Comparison | None, str]:
    """The comparison, or in words why there is none."""
    try:
        left, right = (
            side(
                rulebook(),
                case,
                england(),
                under=asked[which],
                area=asked[f"{which}_area"],
                today=visits.today(),
            )
            for which in ("left", "right")
        )
    except BadCase as problem:
        return None, f"{first_upper(spoken_dates(problem.message))}."
    return compare(left, right), ""


def _editions(chosen: Iterable[str]) -> list[tuple[str, str]]:
    """The editions to choose from, and any day that the address names in place of one."""
    editions = [(each.id, each.title) for each in rulebook().editions]
    days = []
    for each in dict.fromkeys(chosen):
        try:
            days.append((each, f"The rules of {date.fromisoformat(each):%d.%m.%Y}"))
        except ValueError:
            continue
    return [("", AS_IT_IS), *editions, *days]
