"""Another agency for the account of somebody else: who was invited without one, or with another
spelling, can write nothing of what their agency knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField

from webforms import access, visits
from webforms.access import Role, only
from webforms.accounts.agency_names import agency_given, asked_already
from webforms.accounts.blueprint import blueprint
from webforms.accounts.people import somebody_else
from webforms.components import error_summary
from webforms.store import Account


class AgencyForm(FlaskForm):
    """The agency of an account that is there."""

    agency = StringField("Their agency")

    def __init__(self, whose: Account, asked: Sequence[str]) -> None:
        super().__init__(data={"agency": whose.agency})
        self._role, self._asked = whose.role, asked

    def validate_agency(self, field: StringField) -> None:
        field.data = agency_given(field.data, self._role, self._asked)


@blueprint.route("/people/<int:account_id>/agency", methods=["GET", "POST"])
@only(Role.CHAIR, Role.ADMINISTRATOR)
def change_agency(account_id: int) -> ResponseReturnValue:
    """Gives the account another agency, which is put on record."""
    account = access.signed_in()
    whose, asked = somebody_else(account, account_id), asked_already(account)
    form = AgencyForm(whose, asked)
    if form.validate_on_submit():
        visits.store().change_agency(whose.id, form.agency.data or "", by=account.id)
        return redirect(url_for("accounts.people"))
    return render_template(
        "accounts/agency.html", form=form, errors=error_summary(form), whose=whose, asked=asked
    )
