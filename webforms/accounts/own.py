"""Your account: who you are here, your password, and where you are signed in."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webforms import access, visits
from webforms.access import own_account as only_ones_own
from webforms.accounts import passwords
from webforms.accounts import session as sign_ins
from webforms.accounts.blueprint import blueprint
from webforms.accounts.forms import ChangePasswordForm
from webforms.accounts.signing_in import LOCKED
from webforms.accounts.taking_up import area_name
from webforms.components import error_summary
from webforms.errors import page as error_page
from webforms.shared_forms import Empty

CHANGED = "password_changed"


@blueprint.get("/account")
@only_ones_own
def own_account() -> str:
    """Name, role, area, agency, and every browser in which the account is signed in."""
    account = access.signed_in()
    return render_template(
        "accounts/own.html",
        area=area_name(account.area),
        sign_ins=visits.store().sign_ins(account.id),
        this_one=sign_ins.current_key(),
        local=lambda when: when.astimezone(visits.LONDON),
        changed=session.pop(CHANGED, False),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@only_ones_own
def change_password() -> ResponseReturnValue:
    """A new password. Every other browser is signed out, and this one gets a new sign-in."""
    account, store = access.signed_in(), visits.store()
    form = ChangePasswordForm(account.name)
    if form.validate_on_submit():
        # Counted as at the sign-in: a screen left unlocked is no place to guess from.
        if not store.may_sign_in(account.name, visits.client()):
            current_app.logger.warning("A change of password was refused: too many tries.")
            return error_page(429, LOCKED)
        if passwords.account_with(store, account.name, form.current.data or ""):
            store.forget_tries(account.name)
            store.change_password(account.id, passwords.hashed(form.password.data or ""))
            store.end_all_sign_ins(account.id)
            sign_ins.begin(account)
            session[CHANGED] = True
            return redirect(url_for("accounts.own_account"))
        form.current.errors = ["This is not your password now"]
    return render_template("accounts/password.html", form=form, errors=error_summary(form))


@blueprint.post("/account/end-sign-in")
@only_ones_own
def end_sign_in() -> ResponseReturnValue:
    """Ends one sign-in of one's own, named by its key, or all but this one."""
    account, store = access.signed_in(), visits.store()
    if Empty().validate_on_submit():
        wanted = request.form.get("key")
        if wanted is None:
            store.end_all_sign_ins(account.id, but=sign_ins.current_key() or "")
        elif wanted in {each.key for each in store.sign_ins(account.id)}:
            store.end_sign_in(wanted)
    return redirect(url_for("accounts.own_account"))
