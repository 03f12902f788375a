"""Compare: the same facts under two editions or in two areas, side by side, and why they differ.

What is compared stands in the address, so that a comparison can be sent on; of a board, only the
code does, never its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.answers import BadCase, Case
from engine.expression import Status
from engine.results import FindingGiven, ProcessGiven, StepGiven
from rules.calendar import england
from rules.loader import rulebook
from webforms import visits
from webforms.access import open_to_everyone
from webforms.errors import page as error_page
from webforms.shared_forms import areas_of
from webforms.trainer.boards import from_kept
from webforms.trainer.changes import HOLDS, deadlines_of, steps_of
from webforms.trainer.comparing import Comparison, compare
from webforms.trainer.door import blueprint
from webforms.trainer.ready import READY
from webforms.trainer.sides import Side, side
from webforms.trainer.subjects import every_subject, subject
from webforms.trainer.views.board import NO_BOARD, TITLES
from webforms.wording import first_upper, spoken_dates

AS_IT_IS = "As in the case"


@dataclass(frozen=True)
class Row:
    """A line of a table: what it tells of, each side's cell, and whether they differ."""

    what: str
    left: Any
    right: Any
    differs: bool

    @property
    def sign(self) -> tuple[str, str]:
        """How the two cells compare, as a sign and in words."""
        if not self.differs:
            return "=", "Same"
        if self.right is None:
            return "←", "Left only"
        return ("→", "Right only") if self.left is None else ("≠", "Differs")


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
    kept = visits.store().board(code)
    if kept is None:
        return error_page(404, NO_BOARD)
    found = from_kept(kept.data, rulebook())
    about = subject(found.source) if found.source else None
    return _page(
        found.now,
        title=about.title if about else TITLES[found.origin],
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
        tables=_tables(made) if made else (),
        facts=_facts(made) if made else (),
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


# The tables


@dataclass(frozen=True)
class Table:
    """The rows of one kind: those to be shown, and those that are shown when asked for."""

    id: str
    title: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()
    more_title: str = ""


def _tables(made: Comparison) -> tuple[Table, ...]:
    left, right = made.left.assessment, made.right.assessment
    findings = _paired(
        {each.id: each for each in left.findings}, {each.id: each for each in right.findings}
    )
    processes = _paired(
        {each.id: each for each in left.processes}, {each.id: each for each in right.processes}
    )
    return (
        Table("steps", "What there is to do", tuple(_step_rows(made))),
        Table("clocks", "Clocks", tuple(_clock_rows(made))),
        _standing_table("findings", "Findings", "sentence", findings),
        _standing_table("processes", "Processes that run beside it", "title", processes),
    )


def _paired(left: dict[str, Any], right: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(left.get(key), right.get(key)) for key in dict.fromkeys((*left, *right))]


def _step_rows(made: Comparison) -> Iterable[Row]:
    pairs = _paired(
        {"/".join(key): step for key, step in steps_of(made.left.assessment).items()},
        {"/".join(key): step for key, step in steps_of(made.right.assessment).items()},
    )
    for left, right in pairs:
        yield Row((left or right).do, left, right, _step_key(left) != _step_key(right))


def _step_key(step: StepGiven | None) -> tuple[str, ...]:
    # The days of its clocks are in a table of their own.
    return (step.do, step.who, step.strength, step.note, *_texts(step)) if step else ()


def _texts(told: StepGiven | FindingGiven | ProcessGiven) -> tuple[str, ...]:
    return tuple(each.text for each in told.citations)


def _clock_rows(made: Comparison) -> Iterable[Row]:
    pairs = _paired(deadlines_of(made.left.assessment), deadlines_of(made.right.assessment))
    for left, right in pairs:
        here, there = (each[1] if each else None for each in (left, right))
        yield Row((left or right)[0], here, there, here != there)


def _standing_table(id: str, title: str, named: str, pairs: list[tuple[Any, Any]]) -> Table:
    """What holds on a side, or stands otherwise on the two, first; the rest when asked for."""
    rows: list[Row] = []
    more: list[Row] = []
    for left, right in pairs:
        row = Row(getattr(right or left, named), left, right, _stands(left) != _stands(right))
        holds = any(each and each.status is Status.ESTABLISHED for each in (left, right))
        both = left is not None and right is not None
        (rows if holds or (both and row.differs) else more).append(row)
    return Table(id, title, tuple(rows), tuple(more), "The others, which hold on neither side")


def _stands(told: FindingGiven | ProcessGiven | None) -> tuple[str, ...]:
    return (str(told.status), told.strength) if told else ()


def _facts(made: Comparison) -> list[Row]:
    """Every answer of the case, and whether it counts on each side."""
    rows: list[Row] = []
    left, right = (_counted(each) for each in (made.left, made.right))
    words = {**_set_aside(made.left), **_set_aside(made.right), **_labels(made)}
    for question, label in words.items():
        a, b = left.get(question), right.get(question)
        rows.append(Row(label, a, b, (a is None) != (b is None)))
    return rows


def _counted(at: Side) -> dict[str, str]:
    return {each.question: each.words for each in at.assessment.path}


def _labels(made: Comparison) -> dict[str, str]:
    both = (*made.left.assessment.path, *made.right.assessment.path)
    return {each.question: each.label for each in both}


def _set_aside(at: Side) -> dict[str, str]:
    return {each.question: each.label for each in at.assessment.set_aside}
