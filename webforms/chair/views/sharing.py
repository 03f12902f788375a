"""Those with whom a case is shared."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from webforms import visits
from webforms.access import Role
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part import LEADERS


@blueprint.route("/cases/<reference>/people", methods=["GET", "POST"])
@case_page(*READERS, writes=LEADERS)
def sharing(at: Opened) -> ResponseReturnValue:
    """Who may see this case; a chair or an administrator shares it and takes it back."""
    store = visits.store()
    shared = set(store.shared_with(at.file.row.id))
    everyone = [each for each in store.accounts(at.file.area) if each.closed is None]
    if request.method == "POST" and at.may_lead and FlaskForm().validate():
        wanted = request.form.get("account", type=int)
        chosen = next((each for each in everyone if each.id == wanted), None)
        do = request.form.get("do")
        if do not in ("share", "take back"):
            # What is not said is never taken for taking a share away.
            abort(400)
        if chosen and do == "share":
            store.share(at.file.row.id, chosen.id, by=at.account.id)
            flash(f"Shared with {chosen.name}.")
        elif chosen and chosen.id != at.account.id:
            store.unshare(at.file.row.id, chosen.id, by=at.account.id)
            flash(f"No longer shared with {chosen.name}.")
        return redirect(url_for("chair.sharing", reference=at.file.reference))
    return render_template(
        "chair/people.html",
        file=at.file,
        shared=[each for each in everyone if each.id in shared],
        others=[each for each in everyone if each.id not in shared and each.role != Role.AUDITOR],
        auditors=[each for each in everyone if each.role == Role.AUDITOR],
        may_lead=at.may_lead,
        me=at.account.id,
    )
