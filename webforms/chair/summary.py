"""What a list, and the figures of a partnership, know of a case: worked out at every change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app

from engine.answers import BadCase
from webforms import visits
from webforms.chair import casefile, duties, facts, versions
from webforms.chair.cards import cards
from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import LATE, MET, UNMET, Deadline, deadlines
from webforms.chair.so_far import so_far
from webforms.chair.stages import State, task_list
from webforms.chair.versions import Version, Written
from webforms.store import CaseRow, Noted, Store

# How often it is worked out again when somebody wrote meanwhile. They work it out as well.
ATTEMPTS = 5


def refresh(store: Store, row: CaseRow) -> bool:
    """Works out the summary of a case anew, and notes it. False when it was the same before.

    What was written is kept by then, so a failure here is logged and stops no page: the list shows
    the summary as it was, until the next thing that is written in the case.
    """
    try:
        for _ in range(ATTEMPTS):
            noted = _noted(store, row)
            if noted is not Noted.OVERTAKEN:
                return noted is Noted.CHANGED
    except Exception:
        current_app.logger.exception("the summary of case %s was not worked out", row.reference)
    return False


def _noted(store: Store, row: CaseRow) -> Noted:
    """Works it out once; overtaken where the case moved on meanwhile, and it was not noted."""
    # Asked before anything is read: whatever is newer may have been missed.
    read_to = store.newest(row.id)
    file = casefile.read(store, row)
    today = visits.today()
    due = next((each for each in deadlines(file, today) if each.unmet), None)
    closing = file.one("closing")
    return store.summarise(
        row.id,
        read_to=read_to,
        title=row.title,
        stage=current_stage(file, today),
        due=due.due if due else None,
        due_what=due.what if due else "",
        closed=closing.get("closed") == "yes",
        summary=summary(versions.written(store, file), today),
    )


def current_stage(file: CaseFile, today: date) -> str:
    """The first stage that is in hand, else the first that is neither done nor not needed."""
    stages = task_list(file, today)
    for state in (State.IN_HAND, State.NOT_STARTED):
        for stage in stages:
            if stage.state is state:
                return stage.id
    return "actions"


def summary(of: Written, today: date) -> dict[str, Any]:
    """The figures of one case: plain data, without a word that could tell who somebody is.

    What was recommended, what was decided and whether they agree belong to one version: the one in
    the end. What the National Panel says belongs to another, the one that it answered.
    """
    file, ended, answered = of.file, versions.in_the_end(of), versions.answered(of)
    return {
        "signed": len(of.signed),
        "edition": _edition(file),
        "recommended": ended.recommended,
        "decided": ended.route,
        "agreement": _agreement(ended),
        "decided_on": _iso(ended.file.dates.get("decision")),
        # Which version of the form holds the reasons for it.
        "decision_version": ended.file.version("decision"),
        "panel": so_far(file, today).one("panel_answer").get("agreement", ""),
        "answered": _answered(answered) if answered else {},
        "learning": file.one("learning").get("option", ""),
        "withdrawn": duties.withdrawn(file),
        "views": _views(file),
        "deadlines": _deadlines(deadlines(file, today)),
        "notified_on": _iso(file.dates.get("notification_sent")),
    }


def _agreement(version: Version) -> str:
    return version.agreement.value if version.agreement else ""


def _answered(version: Version) -> dict[str, Any]:
    """The version that the National Panel answered, and what stood beside it."""
    return {
        "version": version.number,
        "recommended": version.recommended,
        "decided": version.route,
        "agreement": _agreement(version),
        "views": _views(version.file),
    }


def _edition(file: CaseFile) -> str:
    try:
        return facts.at(file, "review")[0].edition.title
    except BadCase:
        return ""


def _views(file: CaseFile) -> dict[str, int]:
    """How many views agree with the rules, how many differ, and how many are still to be given.

    `neither` are those where only one of the two says yes or no.
    """
    found = cards(file)
    return {
        "same": sum(card.agrees for card in found),
        "differ": sum(card.differs for card in found),
        "neither": sum(card.left_open or card.cannot_say for card in found),
        "to_come": sum(not card.view for card in found),
    }


def _deadlines(all_of_them: Sequence[Deadline]) -> list[dict[str, Any]]:
    """Every time limit once: several steps of the rules may mind the same one."""
    found: dict[object, dict[str, Any]] = {}
    for each in all_of_them:
        if _counts(each):
            limit = (each.starts_from, each.act, each.due) if each.of_rules else each.key
            found.setdefault(limit, _deadline(each))
    return list(found.values())


def _counts(each: Deadline) -> bool:
    """Whether it can be told of a deadline, now or later, that it was met or missed."""
    if each.expected:
        return False
    return each.taken and bool(each.act) and each.standing in (*MET, *LATE, *UNMET)


def _deadline(each: Deadline) -> dict[str, Any]:
    """Its days, not how it stands: it can pass while nobody writes in the case."""
    return {
        "stage": each.stage,
        "set_by": _set_by(each),
        "due": _iso(each.due),
        "met_on": _iso(each.met),
    }


def _set_by(each: Deadline) -> str:
    """A day with a source that is not of the rules is one of the local procedure."""
    if each.of_rules:
        return "rules"
    return "local" if each.source else "people"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
