"""The combined chronology: read it, bring entries in from a file, and take it away as one."""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField

from rules.loader import rulebook
from webforms import visits
from webforms.access import Role
from webforms.chair import agencies as requested
from webforms.chair import casefile, chronology_csv, own_agency, summary
from webforms.chair import chronology as read
from webforms.chair.agencies import same_name
from webforms.chair.casefile import CaseFile
from webforms.chair.chronology import Event, Gap, Values
from webforms.chair.chronology_columns import TITLES
from webforms.chair.chronology_csv import MOST_BYTES, Missing, Reading
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part import LINE_LIMIT
from webforms.chair.parts.agencies import CHRONOLOGY
from webforms.components import error_summary
from webforms.fields import whole_number
from webforms.store import Superseded

WRITING = (Role.CHAIR, Role.PANEL_MEMBER, Role.ADMINISTRATOR)
STRIP_WIDTH = 600
FAULTS_SHOWN = 500
ROWS_SHOWN = 20
# How often a write is tried again when somebody else's came between.
TRIES = 3


def events_of(file: CaseFile) -> tuple[Event, ...]:
    return read.events_of({item: each.data for item, each in file.items(CHRONOLOGY.id).items()})


def window_of(file: CaseFile, events: Sequence[Event]) -> read.Window:
    incident = file.dates.get("incident")
    usual = requested.usual_look_back(incident)
    return read.window(events, requested.look_backs(file), usual, incident)


@dataclass(frozen=True)
class Chosen:
    """What the reader chose to see: one agency or all, and which gaps."""

    agency: str
    longer: int

    def query(self, **changed: Any) -> dict[str, Any]:
        """The same choice as parameters of an address, with something changed."""
        longer = None if self.longer == read.USUAL_GAP else self.longer
        return {"agency": self.agency or None, "gap": longer} | changed


def _chosen() -> Chosen:
    longer = whole_number(request.args.get("gap", ""))
    agency = " ".join(request.args.get("agency", "").split())[:LINE_LIMIT]
    return Chosen(agency, longer if longer in read.GAP_DAYS else read.USUAL_GAP)


@blueprint.get("/cases/<reference>/chronology")
@case_page(*READERS, with_long=True)
def chronology(at: Opened) -> ResponseReturnValue:
    """Every entry in order, with gaps and overlaps, and each agency from afar."""
    file, chosen = at.file, _chosen()
    events = events_of(file)
    within = window_of(file, events)
    incident = file.dates.get("incident")
    marked = read.mark(events, within, incident)
    asked = requested.asked_already(file)
    names = asked | read.agencies_of(events)
    wanted = same_name(chosen.agency)
    listed = [each for each in marked if not wanted or same_name(each.event.agency) == wanted]
    between: tuple[Gap, ...] = ()
    if listed:
        first = within.first_for(chosen.agency) if wanted else within.first
        days = (each.event.day for each in listed)
        between = read.gaps(days, first, within.last, chosen.longer)
    strips = read.strips(marked, within, asked.values(), chosen.longer)
    number = whole_number(request.args.get("page", "")) or 1
    sheet = read.sheet(listed, between, number)
    return render_template(
        "chair/chronology.html",
        file=file,
        chosen=chosen,
        names=[names[name] for name in sorted(names)],
        wanted=wanted,
        same_name=same_name,
        total=len(listed),
        all_total=len(marked),
        sheet=sheet,
        page_links=_page_links(file, chosen, sheet),
        between=between,
        shared_days=read.shared_days(listed),
        twice=sum(each.twice for each in listed),
        after=sum(each.after_incident for each in listed),
        before=sum(each.before_look_back for each in listed),
        strips=[
            (each, read.drawn(each, within, STRIP_WIDTH))
            for each in strips
            if not wanted or same_name(each.agency) == wanted
        ],
        width=STRIP_WIDTH,
        within=within,
        incident=incident,
        gap_days=read.GAP_DAYS,
        asks={ask.id: ask for ask in CHRONOLOGY.asks},
        may_write=at.may_write,
        writes_for=lambda agency: at.may_write and own_agency.writes_for(at.account, agency),
    )


def _page_links(file: CaseFile, chosen: Chosen, sheet: read.Sheet) -> list[dict[str, Any]]:
    """The first page, the last, and those around this one."""
    near = {1, sheet.pages, *range(sheet.number - 1, sheet.number + 2)}
    links: list[dict[str, Any]] = []
    last = 0
    for number in sorted(each for each in near if 1 <= each <= sheet.pages):
        if number > last + 1:
            links.append({"ellipsis": True})
        query = chosen.query(page=number)
        href = url_for("chair.chronology", reference=file.reference, **query)
        links.append({"number": number, "href": href, "current": number == sheet.number})
        last = number
    return links


@blueprint.get("/cases/<reference>/chronology.csv")
@case_page(*READERS, with_long=True)
def chronology_file(at: Opened) -> ResponseReturnValue:
    """The chronology, or one agency's entries, as a file for a spreadsheet."""
    wanted = same_name(_chosen().agency)
    events = [
        each.values for each in events_of(at.file) if not wanted or same_name(each.agency) == wanted
    ]
    name = f"{at.file.reference}-chronology.csv"
    return Response(
        chronology_csv.write(events),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class ImportForm(FlaskForm):
    """A file, and what stands for what it does not say."""

    file = FileField("File")
    agency = StringField("Agency, where the file does not say (optional)")
    author = StringField("Author, where the file does not say (optional)")

    def missing(self) -> Missing:
        return Missing(_line(self.agency.data), _line(self.author.data))


class TakeInForm(FlaskForm):
    """The same file again, as it was read: it is not trusted, but read anew."""

    kept = HiddenField()
    agency = HiddenField()
    author = HiddenField()
    repeats = BooleanField("Take in those that look like entries already there, too")

    def missing(self) -> Missing:
        return Missing(_line(self.agency.data), _line(self.author.data))


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _pack(data: bytes) -> str:
    """The file, small enough for a field of the next form."""
    return base64.urlsafe_b64encode(zlib.compress(data, 6)).decode("ascii")


def _unpack(text: str) -> bytes:
    """The file again; an empty one, which is then found at fault, for what is none."""
    unpacker = zlib.decompressobj()
    try:
        # One byte too many, and no more, is enough to find that it is too large.
        data = unpacker.decompress(base64.urlsafe_b64decode(text), MOST_BYTES + 1)
    except (ValueError, zlib.error):
        return b""
    return data if unpacker.eof or len(data) > MOST_BYTES else b""


@blueprint.route("/cases/<reference>/chronology/import", methods=["GET", "POST"])
@case_page(*WRITING, with_long=True)
def import_chronology(at: Opened) -> ResponseReturnValue:
    """Takes a file and shows what is in it, or everything that is wrong with it."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _ask_for_file(at, form)
    sent = form.file.data
    data: bytes = sent.read(MOST_BYTES + 1) if sent else b""
    if not data:
        form.file.errors = ["Choose a file that is not empty"]
        return _ask_for_file(at, form)
    missing = form.missing()
    found = _read(at, at.file, data, missing)
    if found.faults:
        return _ask_for_file(at, form, found)
    again = TakeInForm(formdata=None, data={"kept": _pack(data), **vars(missing)})
    return _preview(at, found, again)


@blueprint.post("/cases/<reference>/chronology/import/take-in")
@case_page(*WRITING, with_long=True)
def take_in_chronology(at: Opened) -> ResponseReturnValue:
    """Takes the entries of a file in, all at once."""
    form, file, store = TakeInForm(), at.file, visits.store()
    data = _unpack(form.kept.data or "")
    for left in reversed(range(TRIES)):
        found = _read(at, file, data, form.missing())
        if found.faults:
            return _ask_for_file(at, ImportForm(formdata=None), found)
        fresh = found.rows if form.repeats.data else _not_there(file, found.rows)
        first = int(casefile.next_item(file, CHRONOLOGY.id))
        changes = [
            (CHRONOLOGY.id, str(number), values, 0)
            for number, values in enumerate(fresh, start=first)
        ]
        try:
            store.write_all(file.row.id, changes, account=at.account.id, rules=rulebook().version)
            break
        except Superseded:
            # Somebody added an entry meanwhile: read again, and take the next numbers.
            if not left:
                raise
            file = casefile.read(store, file.row, with_long=True)
    summary.refresh(store, file.row)
    flash(_taken_in(len(fresh), len(found.rows) - len(fresh)))
    return redirect(url_for("chair.chronology", reference=file.reference))


def _taken_in(fresh: int, left_out: int) -> str:
    taken = "1 entry was taken in." if fresh == 1 else f"{fresh:,} entries were taken in."
    if not left_out:
        return taken
    were = "1 was" if left_out == 1 else f"{left_out:,} were"
    return f"{taken} {were} there already and left out."


def _read(at: Opened, file: CaseFile, data: bytes, missing: Missing) -> Reading:
    """What is in a file, or what is wrong with it for this case and this writer."""
    found = chronology_csv.read(data, visits.today(), missing)
    there = len(file.items(CHRONOLOGY.id))
    if not found.faults and there + len(found.rows) > CHRONOLOGY.most:
        return chronology_csv.refused(
            f"A chronology can have {CHRONOLOGY.most:,} entries. There are {there:,} now, and "
            f"{len(found.rows):,} in the file"
        )
    others = [
        each["agency"]
        for each in found.rows
        if not own_agency.writes_for(at.account, each["agency"])
    ]
    if others and not found.faults:
        return chronology_csv.refused(
            f"Your account writes for {f'“{at.account.agency}”' if at.account.agency else 'none'}. "
            f"The file has {len(others):,} of another agency, such as “{others[0]}”: take them "
            "out, or let a chair or an administrator bring them in"
        )
    return found


def _not_there(file: CaseFile, rows: Sequence[Values]) -> tuple[Values, ...]:
    """The rows that do not look like entries already there."""
    there = {read.key_of(each.data) for each in file.items(CHRONOLOGY.id).values()}
    return tuple(each for each in rows if read.key_of(each) not in there)


def _ask_for_file(at: Opened, form: ImportForm, found: Reading | None = None) -> str:
    faults = found.faults if found else ()
    if faults:
        one = f"Nothing was taken in. {faults[0]}"
        form.file.errors = [
            one if len(faults) == 1 else f"Nothing was taken in. Mend {len(faults):,} faults"
        ]
    return render_template(
        "chair/chronology-import.html",
        file=at.file,
        form=form,
        faults=faults[:FAULTS_SHOWN],
        more=max(0, len(faults) - FAULTS_SHOWN),
        errors=error_summary(form),
        columns=list(TITLES.values()),
        most_rows=CHRONOLOGY.most,
        back_to=(url_for("chair.chronology", reference=at.file.reference), "Back"),
    )


@dataclass(frozen=True)
class InFile:
    """An agency of a file: how many rows it has, and whether the case knows it yet."""

    name: str
    count: int
    known: bool


def _preview(at: Opened, found: Reading, form: TakeInForm) -> str:
    file = at.file
    events = read.events_of({str(i): values for i, values in enumerate(found.rows)})
    there = events_of(file)
    marked = read.mark(events, window_of(file, (*there, *events)), file.dates.get("incident"))
    fresh = len(_not_there(file, found.rows))
    return render_template(
        "chair/chronology-preview.html",
        file=file,
        form=form,
        count=len(events),
        fresh=fresh,
        above=found.above,
        agencies=_in_file(events, requested.asked_already(file) | read.agencies_of(there)),
        first=events[0].day,
        last=events[-1].day,
        twice=sum(each.twice for each in marked),
        after=sum(each.after_incident for each in marked),
        before=sum(each.before_look_back for each in marked),
        shown=events[:ROWS_SHOWN],
        asks={ask.id: ask for ask in CHRONOLOGY.asks},
        back_to=(url_for("chair.import_chronology", reference=file.reference), "Back"),
    )


def _in_file(events: Sequence[Event], known: Mapping[str, str]) -> list[InFile]:
    counts = Counter(same_name(each.agency) for each in events)
    return [
        InFile(spelt, counts[name], name in known)
        for name, spelt in read.agencies_of(events).items()
    ]
