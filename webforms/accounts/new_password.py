"""A new password for somebody who forgot theirs, by a one-time link from the people page."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from webforms import access, visits
from webforms.access import Role, only, open_to_everyone
from webforms.accounts import passwords
from webforms.accounts import session as sign_ins
from webforms.accounts.blueprint import blueprint
from webforms.accounts.forms import SetPasswordForm
from webforms.accounts.people import somebody_else
from webforms.accounts.taking_up import area_name
from webforms.components import error_summary
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.shared_forms import Empty
from webforms.store import NotTakenUp, sha256

SHOW_ONCE = "password_link"

VOID = Sorry(
    "This link cannot be used",
    (
        "It was used already, was withdrawn, or is older than a day. "
        "Ask whoever sent it for a new one.",
        "If you have set your new password, sign in with it.",
    ),
)


@blueprint.route("/people/<int:account_id>/new-password", methods=["GET", "POST"])
@only(Role.CHAIR, Role.ADMINISTRATOR)
def offer_new_password(account_id: int) -> ResponseReturnValue:
    """Asks once, then makes a link with which somebody else of the area sets a new password."""
    account = access.signed_in()
    whose = somebody_else(account, account_id)
    if Empty().validate_on_submit():
        # As with an invitation: the link is in this browser alone, and on one page, once.
        session[SHOW_ONCE] = visits.store().offer_new_password(whose.id, by=account.id)
        return redirect(url_for("accounts.password_link"))
    return render_template("accounts/offer-new-password.html", whose=whose)


@blueprint.get("/people/password-link")
@only(Role.CHAIR, Role.ADMINISTRATOR)
def password_link() -> ResponseReturnValue:
    """The link, once."""
    value = session.pop(SHOW_ONCE, None)
    found = visits.store().password_link(sha256(value)) if isinstance(value, str) else None
    if found is None:
        return redirect(url_for("accounts.people"))
    return render_template(
        "accounts/password-link.html",
        whose=found.account,
        link=url_for("accounts.set_password", value=value, _external=True),
        expires=found.expires.astimezone(visits.LONDON),
    )


@blueprint.route("/new-password/<value>", methods=["GET", "POST"])
@open_to_everyone
def set_password(value: str) -> ResponseReturnValue:
    """Sets the new password, ends every sign-in that there was, and signs in."""
    store, key = visits.store(), sha256(value)
    found = store.password_link(key)
    if found is None:
        return error_page(404, VOID)
    whose = found.account
    form = SetPasswordForm(whose.name)
    if form.validate_on_submit():
        try:
            store.set_new_password(key, passwords.hashed(form.password.data or ""))
        except NotTakenUp:
            return error_page(404, VOID)
        sign_ins.begin(whose)
        return redirect(sign_ins.first_page())
    here = access.account()
    return render_template(
        "accounts/set-password.html",
        form=form,
        errors=error_summary(form),
        whose=whose,
        area=area_name(whose.area),
        action=url_for("accounts.set_password", value=value),
        signed_in=here if here and here.id != whose.id else None,
    )
