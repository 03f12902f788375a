"""Signing in, and signing out."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webforms import access, visits
from webforms.access import open_to_everyone
from webforms.accounts import passwords
from webforms.accounts import session as sign_ins
from webforms.accounts.blueprint import blueprint
from webforms.accounts.forms import SignInForm
from webforms.components import error_summary
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.shared_forms import Empty

LOCKED = Sorry(
    "Too many tries to sign in",
    (
        "To keep others from guessing passwords, nobody can sign in with this name, or from where "
        "you are, for now. Wait 15 minutes and try again.",
        "If you have forgotten your password, ask the chair or the partnership administrator of "
        "your area for a link to a new one. It works at once.",
    ),
)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    """Name and password, then on to the page that was asked for."""
    onward = access.local_path(request.args.get("onward"))
    if access.account():
        return redirect(onward or sign_ins.first_page())
    form, store = SignInForm(), visits.store()
    if form.validate_on_submit():
        name, password = form.name.data or "", form.password.data or ""
        if not store.may_sign_in(name, visits.client()):
            # Without the name: a password is typed there by mistake now and then.
            current_app.logger.warning("A sign-in was refused: too many tries.")
            return error_page(429, LOCKED)
        found = passwords.account_with(store, name, password)
        if found:
            store.forget_tries(name)
            sign_ins.begin(found)
            return redirect(onward or sign_ins.first_page())
        form.name.errors = ["Check the name and the password: together they fit no open account"]
    return render_template(
        "accounts/sign-in.html",
        form=form,
        errors=error_summary(form),
        action=url_for("accounts.sign_in", onward=onward),
        timed_out=access.COOKIE_KEY in session,
        asked=onward is not None,
    )


@blueprint.post("/sign-out")
@open_to_everyone
def sign_out() -> ResponseReturnValue:
    """Ends the sign-in of this browser, if it has one."""
    if Empty().validate_on_submit():
        sign_ins.end()
    return redirect(url_for("accounts.signed_out"))


@blueprint.get("/signed-out")
@open_to_everyone
def signed_out() -> str:
    return render_template(
        "accounts/signed-out.html", check_here=bool(visits.read().get("answers"))
    )
