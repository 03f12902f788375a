"""Opening a case, and what a saved check becomes in it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from engine.answers import NOT_KNOWN
from rules.loader import rulebook
from webforms import access, visits
from webforms.access import Role, only
from webforms.chair import summary
from webforms.chair.casefile import ANSWERS, DATES
from webforms.chair.door import blueprint, may_see
from webforms.components import error_summary
from webforms.saved_checks import NOT_FOUND, TooManyTries, look_up
from webforms.store import Account, CaseRow, Saved

OPENERS = (Role.CHAIR, Role.ADMINISTRATOR, Role.REFERRER)
# Under which letters the cases of an area are counted.
LETTERS = {
    "darlington": "DAR",
    "gateshead": "GAT",
    "isle-of-wight": "IOW",
    "newcastle": "NEW",
}
OTHER_LETTERS = "WAY"


class OpenForm(FlaskForm):
    """A new case; what a referrer saved comes with it, without retyping."""

    title = StringField(
        "What is the case called?",
        [
            InputRequired("Enter what the case is called, such as “Child A”"),
            Length(max=80, message="Use 80 characters or fewer"),
        ],
    )
    reference = StringField("Reference of a saved check (optional)")
    # Which cases its reader has seen to come from the same check, and wants another one beside.
    beside = StringField("Open another case all the same")


NO_CHECK = "Enter the reference of your saved check. If you have none, make the check first"


@blueprint.route("/cases/new", methods=["GET", "POST"])
@only(*OPENERS, writes=OPENERS)
def new_case() -> ResponseReturnValue:
    """Opens a case, with the check that a referrer saved where there is one."""
    account, store, form = access.signed_in(), visits.store(), OpenForm()
    # Without what they were told, those who work on cases could do nothing with a referral.
    with_check = account.role == Role.REFERRER
    if with_check:
        form.reference.label.text = "Reference of your saved check"
    already: list[CaseRow] = []
    if form.validate_on_submit():
        typed = (form.reference.data or "").strip()
        saved, problem = _saved_check(typed)
        already = _opened_from(account, saved)
        if with_check and not typed:
            form.reference.errors = [NO_CHECK]
        elif problem:
            form.reference.errors = [problem]
        elif already and form.beside.data != _named(already):
            form.beside.errors = [
                "This check has already become a case: open that one, or say that you want another"
            ]
        else:
            row = open_case(account, form.title.data.strip(), saved)
            summary.refresh(store, row)
            flash(f"Case {row.reference} is open.")
            return redirect(url_for("chair.case", reference=row.reference))
    return render_template(
        "chair/new.html",
        form=form,
        errors=error_summary(form),
        with_check=with_check,
        already=already,
        named=_named(already),
        back_to=(url_for("chair.cases"), "Back to the cases"),
    )


def _opened_from(account: Account, saved: Saved | None) -> list[CaseRow]:
    """The cases that came from a check, of those that one may see: of others nothing is told."""
    if saved is None:
        return []
    found = visits.store().cases_from(account.area, saved.key)
    return [row for row in found if may_see(account, row)]


def _named(rows: list[CaseRow]) -> str:
    return " ".join(row.reference for row in rows)


def _saved_check(typed: str) -> tuple[Saved | None, str]:
    """The check under a reference, or what is wrong with it. Guesses are counted."""
    if not typed:
        return None, ""
    try:
        found = look_up(typed)
    except TooManyTries:
        return None, "Too many references that do not exist were tried. Wait 15 minutes"
    return found, "" if found else NOT_FOUND


def open_case(account: Account, title: str, saved: Saved | None) -> CaseRow:
    """Opens a case, shares it with the area's administrators, and takes a saved check into it."""
    store = visits.store()
    letters = LETTERS.get(account.area, OTHER_LETTERS)
    row = store.open_case(account.area, letters, title, account.id)
    for each in store.accounts(account.area):
        shares = each.role == Role.ADMINISTRATOR or (
            # What a referrer sends in has to reach somebody who can take it up.
            account.role == Role.REFERRER and each.role == Role.CHAIR
        )
        if shares and each.closed is None:
            store.share(row.id, each.id, by=account.id)
    if saved is not None:
        store.write_all(row.id, _from_check(saved), account=account.id, rules=rulebook().version)
    return row


def _from_check(saved: Saved) -> list[tuple[str, str, dict[str, Any], int]]:
    """What a saved check becomes in a case: its answers and dates, with where they came from."""
    case = saved.payload["case"]
    given_by = f"the check that was saved on {saved.made:%d/%m/%Y}"
    taken: list[tuple[str, str, dict[str, Any], int]] = [
        (ANSWERS, question, {"answer": answer, "given_by": given_by}, 0)
        for question, answer in case["answers"].items()
    ]
    taken += [
        (DATES, event, {"day": day, "given_by": given_by}, 0)
        for event, day in case["dates"].items()
        if day != NOT_KNOWN
    ]
    route = ((saved.payload.get("assessment") or {}).get("route") or {}).get("title", "")
    account = "\n\n".join(
        filter(None, [case.get("notes", ""), route and f"What the check advised: {route}."])
    )
    # The key finds the case when somebody opens another one with the same check. It is a hash, from
    # which nobody can work the reference out.
    said = {"account": account} if account else {}
    taken.append(("referral", "", {**said, "check": saved.key}, 0))
    return taken
