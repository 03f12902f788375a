"""The list of cases, and the page of one: what stands where, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import access, visits
from webforms.access import Role, only
from webforms.chair import facts, people, stages
from webforms.chair.answer_sent import as_sent
from webforms.chair.casefile import ANSWERS, CaseFile
from webforms.chair.deadlines import deadlines
from webforms.chair.door import EVERY_ROLE, Opened, blueprint, case_page
from webforms.chair.next_step import next_step
from webforms.chair.part import LINE_LIMIT
from webforms.chair.views.decision import SIGNERS
from webforms.chair.views.opening import OPENERS
from webforms.chair.words import event_label
from webforms.store import Account, CaseRow, Listed, Wanted
from webforms.store.cases import PAGE
from webforms.wording import day

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
        may_open=account.role in OPENERS,
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
        next_step=next_step(at.file, task_list, may_sign=at.account.role in SIGNERS),
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
