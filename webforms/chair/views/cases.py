"""The list of cases, opening one, and the page of one: what stands where, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from engine.answers import NOT_KNOWN
from rules.loader import rulebook
from webforms import access, visits
from webforms.access import Role, only
from webforms.chair import facts, people, stages, summary
from webforms.chair.answer_sent import as_sent
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.deadlines import deadlines
from webforms.chair.door import EVERY_ROLE, READERS, Opened, blueprint, case_page, may_see
from webforms.chair.next_step import next_step
from webforms.chair.part import LEADERS, LINE_LIMIT
from webforms.chair.words import event_label
from webforms.components import error_summary
from webforms.saved_checks import NOT_FOUND, TooManyTries, look_up
from webforms.store import Account, CaseRow, Listed, Saved, Wanted
from webforms.store.cases import PAGE
from webforms.wording import day

OPENERS = (Role.CHAIR, Role.ADMINISTRATOR, Role.REFERRER)
# Under which letters the cases of an area are counted.
LETTERS = {
    "darlington": "DAR",
    "gateshead": "GAT",
    "isle-of-wight": "IOW",
    "newcastle": "NEW",
}
OTHER_LETTERS = "WAY"
STATES = (
    ("open", "Open cases"),
    ("overdue", "Overdue only"),
    ("closed", "Closed cases"),
    ("all", "All cases"),
)


def limited_to(account: Account) -> int | None:
    """Whose shares limit what is seen: everybody's own, but an auditor reads all of the area."""
    return None if account.role == Role.AUDITOR else account.id


@blueprint.get("/cases")
@only(*EVERY_ROLE)
def cases() -> ResponseReturnValue:
    """The cases of one's area that one may see, the overdue first."""
    account = access.signed_in()
    words = request.args.get("words", "").strip()[:LINE_LIMIT]
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    if account.role == Role.REFERRER:
        return _cases_of_referrer(account, words, page)
    stage = request.args.get("stage", "")
    state = request.args.get("state", "open")
    found = visits.store().list_cases(
        Wanted(
            area=account.area,
            account=limited_to(account),
            today=visits.today(),
            words=words,
            stage=stage if stage in stages.TITLES else "",
            state=state if state in dict(STATES) else "open",
            page=page,
        )
    )
    return render_template(
        "chair/cases.html",
        listed=found,
        rows=[_listed(row, account) for row in found.cases],
        words=words,
        stage=stage,
        state=state,
        states=STATES,
        stage_titles=stages.TITLES,
        page=page,
        pages=max(1, -(-found.total // PAGE)),
        may_open=account.role in OPENERS,
        found_words=_found_words(found),
    )


def _cases_of_referrer(account: Account, words: str, page: int) -> str:
    """The cases of a referrer: which they are, and whether there is an answer.

    How a case stands, and the order of its deadlines, tell what partners and agencies wrote. So
    nothing that was worked out of a case is shown, searched, counted or sorted by.
    """
    found = visits.store().list_cases(
        Wanted(
            area=account.area,
            account=account.id,
            today=visits.today(),
            words=words,
            state="all",
            page=page,
            latest_first=True,
        )
    )
    return render_template(
        "chair/cases-for-referrer.html",
        rows=[(row, _answered(row)) for row in found.cases],
        words=words,
        page=page,
        pages=max(1, -(-found.total // PAGE)),
        found_words=_found_words(replace(found, overdue=0)),
    )


def _answered(row: CaseRow) -> bool:
    """Whether an answer to the referrer was sent."""
    entries = visits.store().entries(row.id, ("feedback",))
    return any(bool(each.data.get("sent")) for each in entries)


@dataclass(frozen=True)
class Row:
    """A case in the list."""

    case: CaseRow
    stage: str
    overdue: bool
    days: int


def _listed(row: CaseRow, account: Account) -> Row:
    today = visits.today()
    days = (row.due - today).days if row.due else 0
    title = stages.TITLES.get(row.stage, "")
    return Row(row, title, bool(row.due and days < 0 and not row.closed), days)


def _found_words(found: Listed) -> str:
    cases = "1 case" if found.total == 1 else f"{found.total:,} cases"
    late = f", {found.overdue:,} overdue" if found.overdue else ""
    return f"{cases}{late}"


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


@blueprint.get("/cases/<reference>")
@case_page(*EVERY_ROLE)
def case(at: Opened) -> ResponseReturnValue:
    """Where a case stands: its stages, what is due next, and the way to everything in it."""
    if at.account.role == Role.REFERRER:
        return _for_referrer(at)
    today = visits.today()
    due = [each for each in deadlines(at.file, today) if each.unmet]
    task_list = stages.task_list(at.file, today)
    return render_template(
        "chair/case.html",
        file=at.file,
        heading=at.file.row.title,
        stages=task_list,
        next_step=next_step(at.file, task_list),
        links={stage: url_for(page, reference=at.file.reference) for stage, page in PAGES.items()},
        due=due[:3],
        today=today,
        problem=facts.problem(at.file),
        dates=_dates(at.file),
        danger=_danger(at.file),
        signed=visits.store().signed(at.file.row.id),
        who=people.account_words,
        may_write=at.may_write,
        may_lead=at.may_lead,
        closing=at.file.one("closing"),
        back_to=(url_for("chair.cases"), "Back to the cases"),
    )


# Where the work of each stage is done.
PAGES = {
    "referral": "chair.referral",
    "notification": "chair.notification",
    "agency_information": "chair.agencies",
    "meeting": "chair.meeting",
    "decision": "chair.decision",
    "panel_answer": "chair.panel_answer",
    "learning_route": "chair.learning",
    "parallel": "chair.parallel",
    "commissioning": "chair.reviewing",
    "publication": "chair.publication",
    "actions": "chair.actions",
}


def _dates(file: CaseFile) -> list[tuple[str, str]]:
    return [
        (event_label(file, event), day(file.dates[event]))
        for event in ("incident", "awareness", "notification_sent", "decision")
        if event in file.dates
    ]


def _danger(file: CaseFile) -> bool:
    """Whether a child was said to be in danger, and nobody has written yet what was done."""
    return file.answers.get("danger_now") == "yes" and not file.one("meeting").get("safety")


def _for_referrer(at: Opened) -> ResponseReturnValue:
    """What a referrer sees of a case: what they sent in, and the answer to it."""
    return render_template(
        "chair/case-for-referrer.html",
        file=at.file,
        heading=f"Your referral {at.file.reference}",
        referral=at.file.one("referral"),
        sent=as_sent(visits.store(), at.file, visits.today()) is not None,
        rows=[
            (rulebook().questions[question].label, facts.words_of_answer(at.file, question))
            for question in at.file.answers
            if _given_in_the_check(at.file, question)
        ],
        back_to=(url_for("chair.cases"), "Back to the cases"),
    )


def _given_in_the_check(file: CaseFile, question: str) -> bool:
    """Whether an answer is still the referrer's own: nobody has changed it since."""
    entry = file.entry(ANSWERS, question)
    return entry is not None and entry.version == 1 and bool(entry.data.get("given_by"))


# Those with whom a case is shared


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
