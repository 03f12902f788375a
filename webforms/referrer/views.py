"""The way through the check: area, dates, one question a page, and the answers to be checked."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import explain
from rules.loader import rulebook
from webforms import visits
from webforms.access import open_to_everyone
from webforms.asking import answer_form, grouped
from webforms.components import error_summary
from webforms.referrer import check as checks
from webforms.referrer import keeping, show
from webforms.referrer.check import STAGES
from webforms.referrer.door import blueprint
from webforms.referrer.forms import NotesForm, StartForm, dates_form
from webforms.referrer.progress import Progress, current, in_progress, onward, under_way, warn
from webforms.shared_forms import areas_of


def _back(otherwise: str) -> str:
    """The way back: to the answers, for someone who came from there to change one."""
    return url_for("referrer.answers") if request.args.get("from") == "answers" else otherwise


def _action() -> str:
    """Where the form is sent: to this page, which still knows where the visitor came from."""
    return request.full_path.rstrip("?")


@blueprint.route("/check/start", methods=["GET", "POST"])
@open_to_everyone
def start() -> ResponseReturnValue:
    """What is to be checked, and for which area."""
    check = current()
    warn(check)
    form = StartForm(data={"stage": check.stage, "area": check.area})
    stages = rulebook().stages
    form.offer([stages[each] for each in STAGES if each in stages], areas_of(rulebook()))
    if form.validate_on_submit():
        with visits.changing() as data:
            data.update(stage=form.stage.data, area=form.area.data)
        return redirect(onward(current()))
    back = _back(url_for("home.start"))
    return render_template(
        "referrer/start.html", form=form, errors=error_summary(form), back=back, action=_action()
    )


@blueprint.route("/check/dates", methods=["GET", "POST"])
@open_to_everyone
def dates() -> ResponseReturnValue:
    """The dates that the stage names; each may be "not known yet"."""
    check = current()
    if not check.started(rulebook()):
        return redirect(onward(check))
    warn(check)
    events = [rulebook().event_dates[each] for each in rulebook().stages[check.stage].dates]
    form = dates_form(events, {} if request.method == "POST" else check.dates)
    if form.is_submitted() and form.check(events, visits.today()):
        given = form.dates(events)
        problem = show.problem_with_dates(check, given, visits.today())
        if problem is None:
            with visits.changing() as data:
                kept = checks.dates_to_keep(given)
                data["dates"] = {**data.get("dates", {}), **kept}
            return redirect(onward(current()))
        form.refuse(problem, events)
    back = _back(url_for("referrer.start"))
    return render_template(
        "referrer/dates.html",
        form=form,
        errors=error_summary(form),
        events=events,
        back=back,
        action=_action(),
    )


@blueprint.route("/check/question/<question_id>", methods=["GET", "POST"])
@open_to_everyone
@in_progress
def question(at: Progress, question_id: str) -> ResponseReturnValue:
    """One question. No other can be reached than those on the path and the next."""
    if not at.may_see(question_id):
        return redirect(onward(at.check))
    asked, details = at.program.question(question_id), at.details(question_id)
    kept = {} if request.method == "POST" else at.check.answers
    form = answer_form(asked, details, rulebook().authorities, kept)
    if form.validate_on_submit():
        with visits.changing() as data:
            data["answers"] = {**data.get("answers", {}), **form.given(details)}
        return redirect(onward(current()))
    why = explain.why_asked(at.program, at.check.answers, question_id)
    before = at.before(question_id)
    return render_template(
        "referrer/question.html",
        question=asked,
        details=details,
        form=form,
        errors=error_summary(form),
        action=_action(),
        follows=grouped(why.consequences),
        citations=why.citations,
        progress=show.progress(at, question_id),
        back=_back(
            url_for("referrer.question", question_id=before)
            if before
            else url_for("referrer.dates")
        ),
    )


@blueprint.route("/check/answers", methods=["GET", "POST"])
@open_to_everyone
@in_progress
def answers(at: Progress) -> ResponseReturnValue:
    """What was answered, to be checked and changed, and the way to the result."""
    form = NotesForm(data={"notes": at.check.notes})
    complete = at.trip.next is None
    if complete and form.validate_on_submit():
        with visits.changing() as data:
            data["notes"] = form.notes.data
        # A check that was saved is saved again before its result can be shown.
        keeping.keep_changes(under_way(current()))
        return redirect(url_for("referrer.result"))
    last = at.trip.path[-1] if at.trip.path else None
    return render_template(
        "referrer/answers.html",
        form=form,
        errors=error_summary(form),
        complete=complete,
        start_rows=show.start_rows(at),
        answer_rows=show.answer_rows(at),
        set_aside=show.set_aside_rows(at),
        kept=keeping.kept(at.check),
        then=show.saved_then(at),
        onward=onward(at.check),
        back=url_for("referrer.question", question_id=last) if last else url_for("referrer.dates"),
    )
