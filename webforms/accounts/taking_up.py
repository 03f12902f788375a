"""Taking up an invitation: a name, a password, and the area where the invitation has none."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import access, visits
from webforms.access import open_to_everyone
from webforms.accounts import passwords
from webforms.accounts import session as sign_ins
from webforms.accounts.blueprint import blueprint
from webforms.accounts.forms import TakeUpForm
from webforms.components import error_summary
from webforms.errors import Sorry
from webforms.errors import page as error_page
from webforms.shared_forms import areas_of
from webforms.store import NameTaken, NotTakenUp, sha256

VOID = Sorry(
    "This invitation cannot be used",
    (
        "It was used already, was withdrawn, or is older than seven days. "
        "Ask whoever sent it for a new one.",
        "If you have made your account, sign in with its name and password.",
    ),
)


@blueprint.route("/invitation/<value>", methods=["GET", "POST"])
@open_to_everyone
def take_up(value: str) -> ResponseReturnValue:
    """Makes the account and signs it in."""
    store, key = visits.store(), sha256(value)
    invitation = store.invitation(key)
    if invitation is None:
        return error_page(404, VOID)
    form = TakeUpForm()
    form.offer([] if invitation.area else areas_of(rulebook()))
    if form.validate_on_submit():
        name = form.name.data or ""
        area = invitation.area or form.area.data
        try:
            account = store.accept(key, name, passwords.hashed(form.password.data or ""), area)
        except NameTaken:
            form.name.errors = ["Somebody has this name already: add your agency or your initial"]
        except NotTakenUp:
            return error_page(404, VOID)
        else:
            sign_ins.begin(account)
            return redirect(sign_ins.first_page())
    return render_template(
        "accounts/take-up.html",
        form=form,
        errors=error_summary(form),
        invitation=invitation,
        area=area_name(invitation.area),
        action=url_for("accounts.take_up", value=value),
        signed_in=access.account(),
    )


def area_name(area: str) -> str:
    """An area as people call it."""
    return dict(areas_of(rulebook())).get(area, area)
