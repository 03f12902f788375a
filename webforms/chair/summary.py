"""What a list, and the figures of a partnership, know of a case: worked out at every change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from engine.answers import BadCase
from webforms import visits
from webforms.chair import casefile, facts, recommending
from webforms.chair.cards import cards
from webforms.chair.casefile import CaseFile
from webforms.chair.deadlines import LATE, MET, UNMET, Deadline, deadlines
from webforms.chair.stages import State, decided_route, task_list
from webforms.store import CaseRow, Signed, Store


def refresh(store: Store, row: CaseRow) -> None:
    """Works out the summary of a case anew, and notes it."""
    file = casefile.read(store, row)
    today = visits.today()
    due = next((each for each in deadlines(file, today) if each.unmet), None)
    closing = file.one("closing")
    store.summarise(
        row.id,
        title=row.title,
        stage=current_stage(file, today),
        due=due.due if due else None,
        due_what=due.what if due else "",
        closed=closing.get("closed") == "yes",
        summary=summary(file, today, store.signed(row.id)),
    )


def current_stage(file: CaseFile, today: date) -> str:
    """The first stage that is in hand, else the first that is neither done nor not needed."""
    stages = task_list(file, today)
    for state in (State.IN_HAND, State.NOT_STARTED):
        for stage in stages:
            if stage.state is state:
                return stage.id
    return "actions"


def summary(file: CaseFile, today: date, signed: Sequence[Signed]) -> dict[str, Any]:
    """The figures of one case: plain data, without a word that could tell who somebody is.

    Once a record is signed, what was recommended is what it says, whatever the rules say later.
    """
    answer, decided = file.one("panel_answer"), decided_route(file)
    last = signed[-1].record if signed else None
    if last is not None:
        recommended, differs = last["recommended"], last["differs"]
    elif decided and not facts.problem(file):
        recommended = recommending.recommended(file)
        differs = recommending.differs(file, decided)
    else:
        recommended, differs = "", None
    return {
        "signed": len(signed),
        "edition": _edition(file),
        "recommended": recommended,
        "decided": decided,
        "differs": "" if differs is None else "yes" if differs else "no",
        "decided_on": _iso(file.dates.get("decision")),
        "panel": answer.get("agreement", ""),
        "learning": file.one("learning").get("option", ""),
        "withdrawn": file.answers.get("notification_withdrawn") == "yes",
        "views": _views(file),
        "deadlines": _deadlines(deadlines(file, today)),
        "notified_on": _iso(file.dates.get("notification_sent")),
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
            limit = (each.starts_from, each.met_by, each.due) if each.of_rules else each.key
            found.setdefault(limit, _deadline(each))
    return list(found.values())


def _counts(each: Deadline) -> bool:
    """Whether it can be told of a deadline, now or later, that it was met or missed."""
    can_be_met = each.met_by is not None or not each.of_rules
    return each.taken and can_be_met and each.standing in (*MET, *LATE, *UNMET)


def _deadline(each: Deadline) -> dict[str, Any]:
    """Its days, not how it stands: it can pass while nobody writes in the case."""
    return {
        "stage": each.stage,
        "by_rules": each.of_rules,
        "due": _iso(each.due),
        "met_on": _iso(each.met),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
