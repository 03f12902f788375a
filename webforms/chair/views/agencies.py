"""Who was asked for information, what came back, and all of it side by side."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField

from rules.loader import rulebook
from webforms import visits
from webforms.access import Role
from webforms.chair import agencies as requested
from webforms.chair import casefile, own_agency, people, summary
from webforms.chair.agencies import State, same_name
from webforms.chair.casefile import CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page, here
from webforms.chair.part import LEADERS, LINE_LIMIT, TEXT_LIMIT
from webforms.chair.part_form import shown
from webforms.chair.parts.agencies import REQUEST, RETURN
from webforms.components import error_summary
from webforms.fields import DatePartsField
from webforms.store import Superseded

NOTHING_BACK = "Nothing came back yet"
COLOURS = {
    State.NOT_ASKED: "grey",
    State.ASKED: "blue",
    State.OVERDUE: "red",
    State.BACK: "green",
    State.BACK_IN_TIME: "green",
    State.BACK_LATE: "orange",
}
# How often a write is tried again when somebody else's came between.
TRIES = 3


def seen_by(at: Opened) -> tuple[requested.Request, ...]:
    """The requests, one's own agency first."""
    return requested.requests(at.file, visits.today(), at.account.agency)


def may_ask(at: Opened) -> bool:
    return at.account.role in REQUEST.writers


def may_answer(at: Opened, item: str) -> bool:
    """Whether this writer may write what came back to a request."""
    return at.may_write and not own_agency.why_not(at.account, at.file, RETURN.id, item)


def state_tag(state: State) -> dict[str, str]:
    """Parameters of the tag that shows how a request stands."""
    return {"text": state.value, "classes": f"govuk-tag--{COLOURS[state]} waymark-tag"}


@blueprint.get("/cases/<reference>/agencies")
@case_page(*READERS)
def agencies(at: Opened) -> ResponseReturnValue:
    """Every request, how it stands, and the ways to ask, to answer and to print."""
    found = seen_by(at)
    return render_template(
        "chair/agencies.html",
        file=at.file,
        requests=found,
        back=sum(bool(each.returned_on) for each in found),
        overdue=sum(each.state is State.OVERDUE for each in found),
        state_tag=state_tag,
        may_answer=[each.item for each in found if may_answer(at, each.item)],
        may_ask=may_ask(at),
    )


@blueprint.get("/cases/<reference>/agencies/<item>")
@case_page(*READERS)
def agency(at: Opened, item: str) -> ResponseReturnValue:
    """One agency: what it is asked, by when, and what it sent back."""
    found = next((each for each in seen_by(at) if each.item == item), None)
    if found is None:
        abort(404)
    return render_template(
        "chair/agency.html",
        file=at.file,
        request_=found,
        state_tag=state_tag,
        question_rows=[
            (ask.in_short, shown(ask, at.file.value(REQUEST, ask, item))) for ask in REQUEST.asks
        ],
        answer_rows=[
            (ask.in_short, shown(ask, at.file.value(RETURN, ask, item))) for ask in RETURN.asks
        ],
        last_request=at.file.entry(REQUEST.id, item),
        last_return=at.file.entry(RETURN.id, item) if found.written else None,
        who=people.account_words,
        may_answer=may_answer(at, item),
        why_not=own_agency.why_not(at.account, at.file, RETURN.id, item) if at.may_write else "",
        may_ask=may_ask(at),
        back_to=(url_for("chair.agencies", reference=at.file.reference), "Back"),
    )


@blueprint.get("/cases/<reference>/agencies/compare")
@case_page(*READERS)
def compare(at: Opened) -> ResponseReturnValue:
    """What came back from every agency, side by side."""
    found = seen_by(at)
    return render_template(
        "chair/compare.html",
        file=at.file,
        requests=found,
        state_tag=state_tag,
        written_by=[_written_by(at.file, each.item) for each in found],
        rows=[
            (
                ask.in_short,
                [
                    shown(ask, at.file.value(RETURN, ask, each.item))
                    if each.written
                    else NOTHING_BACK
                    for each in found
                ],
            )
            for ask in RETURN.asks
        ],
        back_to=(url_for("chair.agencies", reference=at.file.reference), "Back"),
    )


def _written_by(file: CaseFile, item: str) -> str:
    last = file.entry(RETURN.id, item)
    return people.account_words(last.account) if last and file.one(RETURN.id, item) else ""


def ticks(field: SelectMultipleField, hint: str) -> dict[str, Any]:
    """Parameters of the checkboxes for a field of several choices."""
    chosen = set(field.data or [])
    items = [
        {"value": value, "text": text, "checked": value in chosen} for value, text in field.choices
    ]
    legend = {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}
    params: dict[str, Any] = {
        "idPrefix": field.id,
        "name": field.name,
        "hint": {"text": hint},
        "fieldset": {"legend": legend},
        "items": items,
        "classes": "govuk-checkboxes--small",
    }
    return params | ({"errorMessage": {"text": field.errors[0]}} if field.errors else {})


class AskSeveralForm(FlaskForm):
    """One request for each of several agencies, all with the same days."""

    agencies = SelectMultipleField("Which agencies are asked?", validate_choice=False)
    others = TextAreaField("Other agencies (optional)")
    asked_of = StringField("Who there is asked? (optional)")
    asked_on = DatePartsField("When were they asked? (optional)", called="The day of asking")
    return_by = DatePartsField(
        "By when is the information to come back?", called="The day of return"
    )
    look_back_from = DatePartsField(
        "From which day on should they look back?", called="The look-back day"
    )
    note = TextAreaField("Anything else that is asked (optional)")

    def chosen(self) -> list[str]:
        """The agencies that were ticked or written, each once."""
        written = (" ".join(line.split()) for line in (self.others.data or "").splitlines())
        ticked = [each for each in requested.USUAL if each in (self.agencies.data or [])]
        names = {same_name(each): each for each in (*ticked, *written) if each}
        return list(names.values())

    def check(self, offered: list[str], taken: dict[str, str]) -> bool:
        """Whether what was sent can be taken; the errors stand at the fields."""
        sound = bool(self.validate())
        chosen = self.chosen()
        limits = ((self.asked_of, LINE_LIMIT), (self.note, TEXT_LIMIT))
        faults: list[tuple[Any, str]] = [
            (field, f"“{field.label.text}” must be {limit:,} characters or fewer")
            for field, limit in limits
            if len(field.data or "") > limit
        ]
        if not chosen:
            first = self.agencies if offered else self.others
            faults.append((first, "Choose at least one agency, or enter another"))
        if any(len(each) > LINE_LIMIT for each in chosen):
            faults.append((self.others, f"An agency must be {LINE_LIMIT} characters or fewer"))
        if again := [taken[name] for each in chosen if (name := same_name(each)) in taken]:
            faults.append(
                (self.others, f"A request to {again[0]} is open already: send this without it")
            )
        if len(chosen) + len(taken) > REQUEST.most:
            faults.append((self.others, f"A case can have {REQUEST.most} requests"))
        for field, message in faults:
            field.errors = [*field.errors, message]
        return sound and not faults


@blueprint.route("/cases/<reference>/agencies/new", methods=["GET", "POST"])
@case_page(Role.CHAIR, Role.ADMINISTRATOR, writes=LEADERS)
def new_requests(at: Opened) -> ResponseReturnValue:
    """Opens requests for several agencies at once, with one return date for all."""
    file, store = at.file, visits.store()
    incident = file.dates.get("incident")
    usual = requested.usual_look_back(incident)
    form = AskSeveralForm(data={"look_back_from": usual})
    for _ in range(TRIES):
        offered, taken = requested.still_usual(file), requested.asked_already(file)
        form.agencies.choices = [(each, each) for each in offered]
        if not (form.is_submitted() and form.check(offered, taken)):
            break
        chosen = form.chosen()
        try:
            store.write_all(
                file.row.id,
                _changes(file, form, chosen),
                account=at.account.id,
                rules=rulebook().version,
            )
        except Superseded:
            # Somebody opened a request meanwhile, perhaps to the same agency: look again.
            file = casefile.read(store, file.row)
            continue
        summary.refresh(store, file.row)
        flash("1 request is open." if len(chosen) == 1 else f"{len(chosen)} requests are open.")
        return redirect(url_for("chair.agencies", reference=file.reference))
    return render_template(
        "chair/agencies-new.html",
        file=file,
        form=form,
        ticks=ticks,
        offered=offered,
        taken=list(taken.values()),
        incident=incident,
        usual=usual,
        errors=error_summary(form),
        action=here(),
        back_to=(url_for("chair.agencies", reference=file.reference), "Back"),
    )


def _changes(
    file: CaseFile, form: AskSeveralForm, chosen: list[str]
) -> list[tuple[str, str, dict[str, str], int]]:
    shared = {
        "asked_of": (form.asked_of.data or "").strip(),
        "note": (form.note.data or "").replace("\r\n", "\n").strip(),
        **{
            name: form[name].data.isoformat() if form[name].data else ""
            for name in ("asked_on", "return_by", "look_back_from")
        },
    }
    first = int(casefile.next_item(file, REQUEST.id))
    return [
        (REQUEST.id, str(number), {"agency": name, **shared}, 0)
        for number, name in enumerate(chosen, start=first)
    ]
