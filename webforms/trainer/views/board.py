"""What if: a case as a board of facts. Each turn of a fact is sent by itself, so no script is
needed, and the board is kept on the server: an address is logged, and may not hold an answer."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.answers import NOT_KNOWN, Answer, BadCase, check_answer
from engine.edition import program_for
from engine.program import Program
from engine.rulebook import EventDate
from rules.loader import rulebook
from webforms import visits
from webforms.access import open_to_everyone
from webforms.asking import IN_YEARS
from webforms.components import error_summary
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.grouping import by_status, findings_by_status
from webforms.shared_forms import areas_of
from webforms.store import KeptBoard
from webforms.trainer.board_forms import (
    AgesForm,
    DaysForm,
    ages_form,
    days_form,
    setting_form,
)
from webforms.trainer.boards import Board, Turn, from_kept, to_keep
from webforms.trainer.changes import changed, route_words
from webforms.trainer.door import blueprint
from webforms.trainer.facts import Fact, Facts, asked_about, facts_of
from webforms.trainer.kept_boards import NoBoard, about, kept_board
from webforms.trainer.turning import by_goal, together
from webforms.wording import first_upper, spoken_dates
from webforms.working_out import assessed

NOT_TURNED = "Go back: the board is as it was."


@blueprint.get("/training/board/<code>")
@open_to_everyone
def board(code: str) -> str:
    """The board: what the last turn changed, the facts, and what would move the line."""
    return _page(code, kept_board(code))


def _page(
    code: str, kept: KeptBoard, ages: AgesForm | None = None, days: DaysForm | None = None
) -> str:
    found = from_kept(kept.data, rulebook())
    program = program_for(rulebook(), found.now)
    facts = facts_of(found, program)
    now, start = assessed(found.now), assessed(found.start)
    before = assessed(found.before)
    ages = ages or _ages(found, program)
    events = _events(found)
    days = days or days_form(events, found.now.dates)
    of, title = about(found)
    stages = [(each.id, each.title) for each in rulebook().stages.values()]
    return render_template(
        "trainer/board.html",
        title=title,
        about=of,
        code=code,
        link=url_for("trainer.board", code=code, _external=True),
        board=found,
        expires=kept.expires.astimezone(visits.LONDON),
        assessment=now,
        route=now.route,
        route_now=route_words(now),
        route_start=route_words(start),
        changes=changed(before, now),
        since_start=changed(start, now),
        facts=facts,
        turned_last=_turned_last(found, facts),
        by_route=by_goal(facts.leads),
        asked_about=asked_about(of, found, program, now),
        together=together(program, found.now.answers, facts.leads),
        ages=ages,
        days=[(event, days[event.id]) for event in events],
        turned_days=found.now.dates != found.start.dates,
        setting=setting_form(stages, areas_of(rulebook()), found.now),
        errors=error_summary(ages, days),
        authorities=rulebook().authorities,
        processes=by_status(now),
        findings=findings_by_status(now),
        IN_YEARS=IN_YEARS,
        NOT_KNOWN=NOT_KNOWN,
    )


def _ages(found: Board, program: Program) -> AgesForm:
    asked = [each.question for each in program.asked if each.question.kind == "age"]
    return ages_form(asked, found.now.answers)


def _events(found: Board) -> list[EventDate]:
    """The dates that the stage names, and whatever others the case has, in their order."""
    named = {*rulebook().stages[found.now.stage].dates, *found.now.dates, *found.start.dates}
    return [event for event in rulebook().event_dates.values() if event.id in named]


def _turned_last(found: Board, facts: Facts) -> list[Fact]:
    """The facts of the last turn that stand on the board, to go on from there."""
    turned = found.past[-1].answers if found.past else {}
    return [fact for fact in (*facts.counted, *facts.not_asked) if fact.question.id in turned]


# Turning it


def _change(code: str, change: Callable[[Board], Board]) -> ResponseReturnValue:
    """Changes a board under the store's lock, and shows it."""
    try:
        with visits.store().changing_board(code) as data:
            if data is not None:
                after = change(from_kept(data, rulebook()))
                # What no edition governs cannot be shown, so it is not kept either.
                program_for(rulebook(), after.now)
                data.update(to_keep(after))
    except BadCase as problem:
        message = f"{first_upper(spoken_dates(problem.message))}."
        return error_page(400, Sorry("The rules do not reach so far", (message, NOT_TURNED)))
    if data is None:
        raise NoBoard
    # There the keyboard goes on, and a phone shows what happened: no script is needed.
    return redirect(url_for("trainer.board", code=code, _anchor="what-changed"))


@blueprint.post("/training/board/<code>/turn")
@open_to_everyone
def turn(code: str) -> ResponseReturnValue:
    """One answer turned, or those that lead elsewhere only together."""
    kept = kept_board(code)
    answers: dict[str, Answer] = {}
    for pair in request.form.getlist("turn"):
        question, _, value = pair.partition("=")
        if value == IN_YEARS:
            found = from_kept(kept.data, rulebook())
            ages = _ages(found, program_for(rulebook(), found.now))
            if f"years_{question}" not in ages:
                abort(400)
            age = ages.age(question)
            if age is None:
                return _page(code, kept, ages=ages)
            answers[question] = age
        else:
            answers[question] = _answer(question, value)
    return _change(code, lambda each: each.with_turn(Turn(answers=answers)))


def _answer(question: str, value: str) -> Answer:
    """An answer as a button sends it; what no button can send is refused."""
    asked = rulebook().questions.get(question)
    age = asked is not None and asked.kind == "age" and value.isascii() and value.isdigit()
    answer: Answer = int(value[:4]) if age else value
    try:
        check_answer(rulebook(), question, answer)
    except BadCase:
        abort(400)
    return answer


@blueprint.post("/training/board/<code>/dates")
@open_to_everyone
def turn_dates(code: str) -> ResponseReturnValue:
    """The dates turned, all at once: one depends on another."""
    kept = kept_board(code)
    found = from_kept(kept.data, rulebook())
    events = _events(found)
    days = days_form(events, {})
    if not days.check(events, rulebook(), found.now):
        return _page(code, kept, days=days)
    return _change(code, lambda each: each.with_turn(Turn(dates=days.days(events))))


@blueprint.post("/training/board/<code>/setting")
@open_to_everyone
def turn_setting(code: str) -> ResponseReturnValue:
    """The decision, or the area, turned."""
    stage, area = request.form.get("stage", ""), request.form.get("area", "")
    areas = {overlay.area for overlay in rulebook().overlays}
    if stage not in rulebook().stages or area not in areas:
        abort(400)
    return _change(code, lambda each: each.with_turn(Turn(stage=stage, area=area)))


@blueprint.post("/training/board/<code>/undo")
@open_to_everyone
def undo(code: str) -> ResponseReturnValue:
    """The last turn taken back."""
    return _change(code, Board.undone)


@blueprint.post("/training/board/<code>/restart")
@open_to_everyone
def restart(code: str) -> ResponseReturnValue:
    """The board as it was at the start."""
    return _change(code, Board.started_again)


@blueprint.post("/training/board/<code>/erase")
@open_to_everyone
def erase_board(code: str) -> ResponseReturnValue:
    """Erases the board at once, for everyone who has its link."""
    visits.store().erase_board(code)
    flash("The board has been erased.")
    return redirect(url_for("trainer.boards"))
