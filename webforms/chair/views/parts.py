"""The page of any part of a case: read and write it, add an item, take one out, see versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from rules.loader import rulebook
from webforms import visits
from webforms.access import MayOnlyRead
from webforms.chair import casefile, notices, own_agency, people, summary, words
from webforms.chair.casefile import CaseFile
from webforms.chair.closing import still_open
from webforms.chair.door import READERS, Opened, blueprint, case_page, here, opened
from webforms.chair.part import LINE_LIMIT, Kind, Part
from webforms.chair.part_form import shown
from webforms.chair.parts import LED_EVENTS, PARTS
from webforms.chair.parts.agencies import CHRONOLOGY
from webforms.chair.parts.tasks import CLOSING
from webforms.chair.stages import titles
from webforms.chair.views.hubs import part_shown
from webforms.chair.writing import Writing
from webforms.components import error_summary
from webforms.store import Entry, Superseded

# Written on pages of their own, or only through another part.
ELSEWHERE = ("views",)
NEW = "new"
ATTEMPTS = 5
VERSIONS = 50  # on one page of a history


def part_of(file: CaseFile, part_id: str) -> Part:
    """The part of that name, with its words for this case; 404 when there is none."""
    if part_id not in PARTS:
        abort(404)
    return words.for_case(PARTS[part_id], file)


def may_write(at: Opened, part: Part) -> bool:
    return at.account.role in part.writers


def may_write_item(at: Opened, part: Part, item: str) -> bool:
    """Whether this writer may write that item: of what agencies say, only their own agency's."""
    return may_write(at, part) and not own_agency.why_not(at.account, at.file, part.id, item)


def _for_own_agency(at: Opened, writing: Writing) -> bool:
    """Whether the agency that was entered is one for which this writer may write."""
    if writing.part.id != CHRONOLOGY.id:
        return True
    if own_agency.writes_for(at.account, writing.sent()["agency"]):
        return True
    field = writing.form["agency"]
    field.errors = [*field.errors, own_agency.only_for(at.account)]
    return False


def _within_reach(at: Opened, part: Part) -> Part:
    """The part without the dates that only those who lead may write, for another writer."""
    if not may_write(at, part) or at.may_lead:
        return part
    return replace(part, asks=tuple(ask for ask in part.asks if ask.event not in LED_EVENTS))


def begin(at: Opened, part: Part, item: str) -> Writing:
    return Writing(visits.store(), at.file, part, item)


def save(
    at: Opened, writing: Writing, extra: dict[str, Any] | None = None, *, new: bool = False
) -> bool:
    """Saves, and works out the summary; False with a conflict to show in `writing`."""
    saved = write(at, writing, extra, new=new)
    if saved:
        summary.refresh(visits.store(), at.file.row)
    return saved


def write(
    at: Opened, writing: Writing, extra: dict[str, Any] | None = None, *, new: bool = False
) -> bool:
    """Saves one of several that are sent at once; the summary is for the caller to refresh."""
    store = visits.store()
    saved = False
    for _ in range(ATTEMPTS):
        try:
            saved = writing.save(at.account.id, extra)
        except Superseded:
            # Somebody came first between our reading and our writing: read again. Their new item
            # is no matter of ours; what they wrote to this one is shown.
            file = casefile.read(store, at.file.row, with_long=writing.part.id in casefile.LONG)
            item = casefile.next_item(file, writing.part.id) if new else writing.item
            writing.move_to(file, item)
            continue
        break
    return saved


@blueprint.route("/cases/<reference>/part/<part_id>", methods=["GET", "POST"])
@blueprint.route("/cases/<reference>/part/<part_id>/<item>", methods=["GET", "POST"])
@case_page(*READERS)
def part(at: Opened, part_id: str, item: str = "") -> ResponseReturnValue:
    """One part, or one item of it."""
    at = _as_long_as_needed(at, part_id)
    found = _within_reach(at, part_of(at.file, part_id))
    if found.id in ELSEWHERE or bool(item) != found.many:
        abort(404)
    sent = request.method == "POST"
    # What somebody has typed meanwhile for an item that was taken out is not thrown away.
    there = _is_item(at, found, item) or (sent and _was_item(at.file, found, item))
    if item not in ("", NEW) and not there:
        abort(404)
    if item == NEW and len(at.file.items(found.id)) >= found.most:
        abort(404)
    name = casefile.next_item(at.file, found.id) if item == NEW else item
    writing = begin(at, found, name)
    if sent:
        if not may_write_item(at, found, name):
            raise MayOnlyRead
        if writing.valid() and _for_own_agency(at, writing) and save(at, writing, new=item == NEW):
            flash("Saved.")
            return redirect(after_saving(at.file, found))
    return render_template(
        "chair/part.html",
        file=at.file,
        part=found,
        item=name,
        title=_title(at.file, found, item),
        # Those who decide have what was recommended before their eyes.
        recommendation=part_shown(at, "recommendation") if found.id == "decision" else None,
        form=writing.form,
        errors=error_summary(writing.form),
        conflict=writing.conflict,
        notices=_told_first(at.file, found),
        taken_out=writing.taken_out if sent else None,
        action=here(),
        may_write=may_write_item(at, found, name),
        why_not=own_agency.why_not(at.account, at.file, found.id, name) if at.may_write else "",
        may_take_out=name in writing.file.items(found.id) and name.isdigit(),
        rows=[(ask.label, shown(ask, writing.values[ask.id])) for ask in found.asks],
        last=at.file.entry(found.id, name),
        who=people.account_words,
        back_to=_back(at.file, found),
    )


def _told_first(file: CaseFile, part: Part) -> list[notices.Notice]:
    """What the form of a part has to say before it asks anything."""
    found = notices.about_dates(file, (part.id,))
    return [*still_open(file, visits.today()), *found] if part.id == CLOSING.id else found


def _as_long_as_needed(at: Opened, part_id: str) -> Opened:
    """The case with its chronology, where that is what is written: few pages can wait for it."""
    if part_id not in casefile.LONG:
        return at
    return Opened(casefile.read(visits.store(), at.file.row, with_long=True), at.account)


def _is_item(at: Opened, part: Part, item: str) -> bool:
    if part.id == "stage":
        return item in titles(at.file)
    if part.id == "process":
        return item in people.process_ids()
    if part.id == "agency_return":
        # A return belongs to a request, and is written under its number.
        return item in at.file.items("agency_request")
    return item in at.file.items(part.id)


def _was_item(file: CaseFile, part: Part, item: str) -> bool:
    """Whether an item of that number was ever added: it may have been taken out since."""
    belongs_to = "agency_request" if part.id == "agency_return" else part.id
    return item.isdigit() and file.entry(belongs_to, item) is not None


def _title(file: CaseFile, part: Part, item: str) -> str:
    if not part.many:
        return part.title
    if part.id == "process":
        return f"Beside the review: {people.process_title(file, item)}"
    if part.id == "stage":
        return f"Who owns it, and how it stands: {titles(file).get(item, item)}"
    if part.id == "agency_return":
        return f"What came back from {file.one('agency_request', item).get('agency', '')}"
    return f"Add {article(part.one)} {part.one}" if item == NEW else f"Change this {part.one}"


def article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"


def after_saving(file: CaseFile, part: Part) -> str:
    """Where a writer goes next: back to where they came from, or to what is nearest."""
    return _back(file, part)[0]


# The page on which a part is shown, and to which its writer goes back.
HUB_OF = {
    "children": "referral",
    "key_dates": "referral",
    "referral": "referral",
    "feedback": "referral",
    "notification": "notification",
    "agency_request": "agencies",
    "agency_return": "agencies",
    "chronology": "chronology",
    "meeting": "meeting",
    "attendance": "meeting",
    "recommendation": "meeting",
    "decision": "decision",
    "panel_answer": "panel_answer",
    "process": "parallel",
    "learning": "learning",
    "learning_approval": "learning",
    "method": "reviewing",
    "reviewer": "reviewing",
    "terms_of_reference": "reviewing",
    "governance_meeting": "reviewing",
    "delay": "publication",
    "publication": "publication",
    "action": "actions",
}
# Pages that may send somebody to a part that belongs elsewhere, and want them back.
COMING_FROM = frozenset({*HUB_OF.values(), "timetable", "methods", "documents"})


def _back(file: CaseFile, part: Part) -> tuple[str, str]:
    onward = request.args.get("onward", "")
    hub = onward if onward in COMING_FROM else HUB_OF.get(part.id, "case")
    words = "Back to the case" if hub == "case" else "Back"
    return url_for(f"chair.{hub}", reference=file.reference), words


@blueprint.get("/cases/<reference>/items/<part_id>")
@case_page(*READERS)
def items(at: Opened, part_id: str) -> ResponseReturnValue:
    """The items of a part: children, people at a meeting, actions …"""
    found = part_of(at.file, part_id)
    if not found.many or found.id in (*ELSEWHERE, "stage", "process", "chronology"):
        abort(404)
    asks = [ask for ask in found.asks if ask.kind is not Kind.TEXT or ask.id in found.heads]
    return render_template(
        "chair/items.html",
        file=at.file,
        part=found,
        article=article(found.one),
        shown_asks=asks,
        rows=[
            (item, [shown(ask, at.file.value(found, ask, item)) for ask in asks])
            for item in at.file.items(found.id)
        ],
        may_write=may_write(at, found),
        back_to=_back(at.file, found),
    )


class TakeOutForm(FlaskForm):
    why = TextAreaField(
        "Why is it taken out?",
        [
            InputRequired("Say why it is taken out"),
            Length(max=LINE_LIMIT, message=f"Use {LINE_LIMIT} characters or fewer"),
        ],
    )


@blueprint.route("/cases/<reference>/take-out/<part_id>/<item>", methods=["GET", "POST"])
@case_page(*READERS)
def take_out(at: Opened, part_id: str, item: str) -> ResponseReturnValue:
    """Takes an item out. It is never erased: its versions stay, and say who took it out and why."""
    at = _as_long_as_needed(at, part_id)
    found = part_of(at.file, part_id)
    entry = at.file.items(found.id).get(item)
    # A stage or a process has a name, not a number: it is no item that somebody added.
    added = found.many and item.isdigit() and found.id not in ELSEWHERE
    if entry is None or not added or not may_write_item(at, found, item):
        abort(404)
    form = TakeOutForm()
    if form.validate_on_submit():
        seen = request.form.get("seen_version", type=int) in (None, entry.version)
        if seen and _taken_out(at, found, entry, form.why.data):
            flash("Taken out.")
            return redirect(after_saving(at.file, found))
        form.why.errors = ["Somebody has just changed it: see what it says now, and send again"]
        at = _as_long_as_needed(opened(at.file.reference), part_id)
        entry = at.file.items(found.id).get(item) or abort(404)
    return render_template(
        "chair/take-out.html",
        file=at.file,
        part=found,
        form=form,
        errors=error_summary(form),
        action=here(),
        version=entry.version,
        rows=[
            (ask.label, shown(ask, at.file.value(found, ask, item)))
            for ask in found.asks
            if at.file.value(found, ask, item)
        ],
    )


def _taken_out(at: Opened, part: Part, entry: Entry, why: str) -> bool:
    """Writes that an item was taken out, unless somebody has changed it meanwhile."""
    store = visits.store()
    try:
        store.write(
            at.file.row.id,
            part.id,
            entry.item,
            {**entry.data, "taken_out": why},
            account=at.account.id,
            after=entry.version,
            rules=rulebook().version,
        )
    except Superseded:
        return False
    summary.refresh(store, at.file.row)
    return True


@blueprint.get("/cases/<reference>/history")
@case_page(*READERS)
def history(at: Opened) -> ResponseReturnValue:
    """Every version of everything that was written, the newest first: who, when, and what."""
    part_id, item = request.args.get("part", ""), request.args.get("item")
    total = visits.store().history_length(at.file.row.id, part_id, item)
    pages = max(1, -(-total // VERSIONS))
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    shown_entries = visits.store().history(
        at.file.row.id, part_id, item, most=VERSIONS, skip=VERSIONS * (page - 1)
    )
    return render_template(
        "chair/history.html",
        file=at.file,
        told=[people.told(at.file, entry) for entry in shown_entries],
        page=page,
        pages=pages,
        total=total,
        part_id=part_id,
        item=item,
        limited=bool(part_id),
    )
