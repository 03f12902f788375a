"""Saving a check, coming back to it, deleting it, and clearing what is in the browser."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import rule_files, visits
from webforms.access import open_to_everyone
from webforms.components import error_summary
from webforms.referrer.check import Check
from webforms.referrer.door import blueprint
from webforms.referrer.forms import ReturnForm
from webforms.referrer.outcome import Outcome, to_save, work_out
from webforms.referrer.progress import Progress, current, in_progress, onward
from webforms.saved_checks import NOT_FOUND, look_up_or_stop
from webforms.shared_forms import Empty
from webforms.store import Saved, reference_key

SHOW_ONCE = "reference"


@blueprint.route("/check/save", methods=["GET", "POST"])
@open_to_everyone
@in_progress
def save(at: Progress) -> ResponseReturnValue:
    """Saves the check as it stands, finished or not."""
    form = Empty()
    already = kept(at.check)
    if form.validate_on_submit():
        if already:
            keep_changes(at)
            return redirect(url_for("referrer.save"))
        payload = to_save(at, finished(at))
        rule_files.keep(visits.store())
        reference = visits.store().save(payload, rulebook().version)
        # The server keeps the hash alone: the reference travels in the visitor's own cookie to
        # the page that shows it once.
        session[SHOW_ONCE] = reference
        with visits.changing() as data:
            data["saved"] = reference_key(reference)
        return redirect(url_for("referrer.saved"))
    return render_template(
        "referrer/save.html",
        form=form,
        kept=already,
        changed=already is not None and already.payload != to_save(at, finished(at)),
        back=url_for("referrer.answers"),
    )


@blueprint.get("/check/saved")
@open_to_everyone
@in_progress
def saved(at: Progress) -> ResponseReturnValue:
    """The reference, once."""
    reference = session.pop(SHOW_ONCE, None)
    already = kept(at.check)
    if reference is None or already is None:
        return redirect(url_for("referrer.save"))
    return render_template(
        "referrer/saved.html",
        reference=reference,
        kept=already,
        onward=_result_or_onward(at.check),
    )


@blueprint.route("/return", methods=["GET", "POST"])
@open_to_everyone
def come_back() -> ResponseReturnValue:
    """Back to a saved check, for whoever has its reference."""
    form = ReturnForm()
    if form.validate_on_submit():
        typed = (form.reference.data or "").strip()
        found = look_up_or_stop(typed)
        if found:
            take_up(found)
            return redirect(_result_or_onward(current()))
        form.reference.errors = [NOT_FOUND if typed else "Enter your reference"]
    return render_template(
        "referrer/return.html",
        form=form,
        errors=error_summary(form),
        in_progress=bool(current().answers),
    )


@blueprint.post("/check/delete")
@open_to_everyone
@in_progress
def delete(at: Progress) -> ResponseReturnValue:
    """Deletes what was saved; the answers stay in this visit."""
    if Empty().validate_on_submit() and at.check.saved:
        visits.store().erase_saved(at.check.saved)
        with visits.changing() as data:
            data.pop("saved", None)
    return redirect(url_for("referrer.deleted"))


@blueprint.get("/check/deleted")
@open_to_everyone
def deleted() -> ResponseReturnValue:
    return render_template("referrer/deleted.html", answers_here=bool(current().answers))


@blueprint.post("/check/clear")
@open_to_everyone
def clear() -> ResponseReturnValue:
    """Erases the answers of this visit. What was saved stays until it is deleted or too old."""
    if Empty().validate_on_submit():
        visits.end()
    return redirect(url_for("referrer.cleared"))


@blueprint.get("/check/cleared")
@open_to_everyone
def cleared() -> ResponseReturnValue:
    return render_template("referrer/cleared.html")


def kept(check: Check) -> Saved | None:
    """What is saved of this check, if it is."""
    return visits.store().saved(check.saved) if check.saved else None


def _result_or_onward(check: Check) -> str:
    following = onward(check)
    complete = following == url_for("referrer.answers")
    return url_for("referrer.result") if complete else following


def finished(at: Progress) -> Outcome | None:
    """The result, once no question is left."""
    return work_out(at) if at.trip.next is None else None


def keep_changes(at: Progress) -> None:
    """Saves a check again under its reference. Nothing happens when none was saved."""
    if at.check.saved:
        payload = to_save(at, finished(at))
        rule_files.keep(visits.store())
        visits.store().save_again(at.check.saved, payload, rulebook().version)


def shows_what_was_stored(at: Progress, outcome: Outcome) -> bool:
    """Whether a result may be shown: where a check is saved, only the result that was stored."""
    already = kept(at.check)
    return already is None or already.payload == to_save(at, outcome)


def take_up(saved_check: Saved) -> None:
    """Puts a saved check into a new visit of this browser."""
    visits.end()
    case = dict(saved_check.payload["case"])
    case.pop("format")
    visits.begin()
    with visits.changing() as data:
        data.update(case, saved=saved_check.key)
