"""The decision: what the rules recommend, what the people decided, and signing the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from rules.loader import rulebook
from webforms import rule_files, visits
from webforms.access import Role
from webforms.chair import facts, notices, people, recommending, signing, stages, summary
from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import decision_changed
from webforms.chair.door import READERS, Opened, blueprint, case_page, here, opened
from webforms.chair.finishing import missing
from webforms.chair.part import TEXT_LIMIT
from webforms.chair.parts.deciding import ROUTES
from webforms.chair.views.hubs import advice, due_of, part_shown
from webforms.components import error_summary
from webforms.store import Signed

SIGNERS = frozenset({Role.CHAIR})


@blueprint.get("/cases/<reference>/decision")
@case_page(*READERS)
def decision(at: Opened) -> ResponseReturnValue:
    """What the rules and the meeting recommended, what was decided, and the way to signing."""
    file, problem = at.file, facts.problem(at.file)
    decided = stages.decided_route(file)
    return render_template(
        "chair/decision.html",
        file=file,
        heading="Decision",
        problem=problem,
        notices=notices.about_decision(file),
        due=due_of(file, "decision"),
        advice=None if problem else advice(file, "review"),
        decided=dict(ROUTES).get(decided, ""),
        recommendation=part_shown(at, "recommendation"),
        departs=recommending.departs(file),
        **compared(file),
        follows=recommending.FOLLOWS,
        parts=[part_shown(at, "decision")],
        missing=missing(file),
        signed=visits.store().signed(file.row.id),
        changed=changed_since_signing(file),
        signed_otherwise=decision_changed(file),
        who=people.account_words,
        may_write=at.may_write,
        may_sign=at.account.role in SIGNERS,
    )


def compared(file: CaseFile) -> dict[str, str]:
    """Whether the decision differs from what is recommended, or why that cannot be said."""
    decided = stages.decided_route(file)
    if not decided or facts.problem(file):
        return {"agreement": "", "why_nothing_to_compare": ""}
    route = recommending.recommended(file)
    return {
        "agreement": recommending.agreement(route, decided).value,
        "why_nothing_to_compare": recommending.why_nothing_to_compare(route),
    }


def changed_since_signing(file: CaseFile) -> bool:
    """Whether anything was written in the case that the last signer had not read."""
    store = visits.store()
    signed = store.signed(file.row.id)
    # The chronology, which the record names, is not read for this page. Nothing is written between
    # what the signer had read and the signature.
    return bool(signed) and store.newest(file.row.id) > signed[-1].seq


class SignForm(FlaskForm):
    """Signing: the reader says that they have read it; a correction says what was wrong."""

    read = BooleanField(
        "I have read this record, and it is what was decided",
        [InputRequired("Tick that you have read the record")],
    )


class CorrectForm(SignForm):
    correction = TextAreaField(
        "What is corrected, and why?",
        [
            InputRequired("Say what is corrected, and why"),
            Length(max=TEXT_LIMIT, message=f"Use {TEXT_LIMIT:,} characters or fewer"),
        ],
    )


@blueprint.route("/cases/<reference>/sign", methods=["GET", "POST"])
@case_page(Role.CHAIR, writes=SIGNERS, with_long=True)
def sign(at: Opened) -> ResponseReturnValue:
    """Reads the record once more, and signs it. After that this version is fixed."""
    if request.method != "POST":
        return _to_sign(at, _form(at))
    store, file, form, corrects = visits.store(), at.file, _form(at), _last_signed(at)
    newest = _newest(file)
    if missing(file) or request.form.get("seen_seq", "") != str(newest):
        return _to_sign(at, form, moved=True)
    if not form.validate():
        return _to_sign(at, form)
    rule_files.keep(store)
    done = store.sign(
        file.row.id,
        _record(at, form),
        account=at.account.id,
        rules=rulebook().version,
        after=corrects.version if corrects else 0,
        read_to=newest,
    )
    if done is None:
        # Somebody wrote, or signed, between our reading of the case and the signature.
        now = opened(file.reference, with_long=True)
        return _to_sign(now, _form(now), moved=True)
    summary.refresh(store, file.row)
    flash(f"Version {done.version} is signed, and fixed.")
    return redirect(url_for("chair.decision", reference=file.reference))


def _to_sign(at: Opened, form: SignForm, *, moved: bool = False) -> str:
    """The record as it stands, with the form that signs it, or what it still lacks."""
    file, lacking, corrects = at.file, missing(at.file), _last_signed(at)
    return render_template(
        "chair/sign.html",
        file=file,
        notices=notices.about_decision(file),
        heading="Sign the record" if corrects is None else "Sign a corrected record",
        form=form,
        errors=error_summary(form),
        record=None if lacking else _record(at, form)["document"],
        missing=lacking,
        corrects=corrects,
        moved=moved,
        seen_seq=_newest(file),
        action=here(),
        who=people.account_words,
        back_to=(url_for("chair.decision", reference=file.reference), "Back to the decision"),
    )


def _form(at: Opened) -> SignForm:
    return CorrectForm() if _last_signed(at) else SignForm()


def _last_signed(at: Opened) -> Signed | None:
    signed = visits.store().signed(at.file.row.id)
    return signed[-1] if signed else None


def _newest(file: CaseFile) -> int:
    """The last thing written in a case that was read whole, its chronology too: a reader signs what
    they have read, nothing newer."""
    return max((e.seq for items in file.entries.values() for e in items.values()), default=0)


def _record(at: Opened, form: SignForm) -> dict[str, Any]:
    corrects = _last_signed(at)
    correction = (form.correction.data or "").strip() if isinstance(form, CorrectForm) else ""
    return signing.record_of(
        at.file,
        accounts=accounts_of(at.file),
        signed_by=people.account_words(at.account.id),
        made=visits.now().replace(tzinfo=None),
        version=corrects.version + 1 if corrects else 1,
        corrects=corrects,
        correction=correction,
    )


def accounts_of(file: CaseFile) -> Mapping[int, str]:
    """Everybody who wrote in the case, as a record names them."""
    writers = {e.account for items in file.entries.values() for e in items.values()}
    return {each: people.account_words(each) for each in sorted(writers)}


@blueprint.get("/cases/<reference>/records/<int:version>")
@case_page(*READERS)
def signed_record(at: Opened, version: int) -> ResponseReturnValue:
    """A signed version, as it was signed."""
    found = next(
        (each for each in visits.store().signed(at.file.row.id) if each.version == version), None
    )
    if found is None:
        abort(404)
    return render_template(
        "chair/signed.html",
        file=at.file,
        heading=f"Record of the decision, version {version}",
        signed=found,
        record=found.record["document"],
        later=[s for s in visits.store().signed(at.file.row.id) if s.version > version],
        who=people.account_words,
        back_to=(url_for("chair.decision", reference=at.file.reference), "Back to the decision"),
    )
