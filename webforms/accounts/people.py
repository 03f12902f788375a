"""The people of an area: who has an account, who is invited, and whose account is closed."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webforms import access, visits
from webforms.access import Role, only
from webforms.accounts.agency_names import asked_already
from webforms.accounts.blueprint import blueprint
from webforms.accounts.forms import InviteForm
from webforms.accounts.taking_up import area_name
from webforms.components import error_summary
from webforms.shared_forms import Empty
from webforms.store import Account, sha256

SHOW_ONCE = "invitation"

of_the_area = only(
    Role.CHAIR, Role.ADMINISTRATOR, Role.AUDITOR, writes=(Role.CHAIR, Role.ADMINISTRATOR)
)


@blueprint.get("/people")
@of_the_area
def people() -> str:
    """Everybody with an account in the area, and the invitations not taken up yet."""
    account, store = access.signed_in(), visits.store()
    accounts = store.accounts(account.area)
    return render_template(
        "accounts/people.html",
        area=area_name(account.area),
        open_accounts=[each for each in accounts if each.closed is None],
        closed_accounts=[each for each in accounts if each.closed is not None],
        invitations=store.invitations(account.area),
        password_links=store.password_links(account.area),
        local=lambda when: when.astimezone(visits.LONDON),
    )


@blueprint.route("/people/invite", methods=["GET", "POST"])
@only(Role.CHAIR, Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue:
    """An invitation to one's own area, for a role and an agency; only a panel member needs one."""
    account = access.signed_in()
    form, asked = InviteForm(), asked_already(account)
    form.offer(asked)
    if form.validate_on_submit():
        value = visits.store().invite(
            form.role.data, account.area, form.agency.data or "", by=account.id
        )
        # The server keeps the hash alone: the link travels in this browser's own cookie to the
        # page that shows it once.
        session[SHOW_ONCE] = value
        return redirect(url_for("accounts.invited"))
    return render_template(
        "accounts/invite.html",
        form=form,
        errors=error_summary(form),
        asked=asked,
        area=area_name(account.area),
    )


@blueprint.get("/people/invited")
@only(Role.CHAIR, Role.ADMINISTRATOR)
def invited() -> ResponseReturnValue:
    """The link, once."""
    value = session.pop(SHOW_ONCE, None)
    invitation = visits.store().invitation(sha256(value)) if isinstance(value, str) else None
    if invitation is None:
        return redirect(url_for("accounts.people"))
    return render_template(
        "accounts/invited.html",
        invitation=invitation,
        link=url_for("accounts.take_up", value=value, _external=True),
        expires=invitation.expires.astimezone(visits.LONDON),
    )


@blueprint.post("/people/withdraw")
@only(Role.CHAIR, Role.ADMINISTRATOR)
def withdraw() -> ResponseReturnValue:
    """Voids a link that nobody has used: an invitation, or one to a new password."""
    account, store = access.signed_in(), visits.store()
    wanted = request.form.get("key", "")
    keys = {each.key for each in store.invitations(account.area)}
    keys |= {each.key for each in store.password_links(account.area)}
    if Empty().validate_on_submit() and wanted in keys:
        store.withdraw_invitation(wanted, by=account.id)
    return redirect(url_for("accounts.people"))


@blueprint.route("/people/<int:account_id>/close", methods=["GET", "POST"])
@only(Role.CHAIR, Role.ADMINISTRATOR)
def close(account_id: int) -> ResponseReturnValue:
    """Asks once, then closes the account of somebody else in the area.

    Cases that only this account could share go to whoever closes it, and the page says so first.
    """
    account, store = access.signed_in(), visits.store()
    whose = somebody_else(account, account_id)
    if Empty().validate_on_submit():
        store.close_account(whose.id, by=account.id)
        return redirect(url_for("accounts.people"))
    handed_on = len(store.only_theirs(whose.id))
    return render_template("accounts/close.html", whose=whose, handed_on=handed_on)


def somebody_else(account: Account, account_id: int) -> Account:
    """The open account of another person of the same area.

    Nobody closes their own: the last one in an area would lock everybody out.
    """
    others = (each for each in visits.store().accounts(account.area) if each.id != account.id)
    whose = next((each for each in others if each.id == account_id and not each.closed), None)
    if whose is None:
        abort(404)
    return whose
