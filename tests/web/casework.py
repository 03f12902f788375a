"""Made-up cases for tests: opened through the store, as pages would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.answers import Answer
from rules.loader import rulebook
from webforms.chair.casefile import ANSWERS, DATES
from webforms.store import Account, CaseRow, Store

# A baby in Darlington, seriously harmed; known to the authority on a Monday in May.
DATES_OF_A_BABY = {"incident": date(2026, 5, 9), "awareness": date(2026, 5, 11)}
ANSWERS_OF_A_BABY: Mapping[str, Answer] = {
    "age_of_person": 0,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "in_area",
}


def new_case(
    store: Store,
    account: Account,
    title: str = "Child A",
    *,
    dates: Mapping[str, date] | None = None,
    answers: Mapping[str, Answer] | None = None,
    shared_with: Iterable[Account] = (),
) -> CaseRow:
    """A case that the account has opened, with its dates and answers."""
    row = store.open_case(account.area, account.area[:3].upper(), title, account.id)
    for each in shared_with:
        store.share(row.id, each.id)
    given = DATES_OF_A_BABY if dates is None else dates
    said = ANSWERS_OF_A_BABY if answers is None else answers
    written: list[tuple[str, str, Mapping[str, Any], int]] = [
        (DATES, event, {"day": day.isoformat()}, 0) for event, day in given.items()
    ]
    written += [(ANSWERS, question, {"answer": answer}, 0) for question, answer in said.items()]
    store.write_all(row.id, written, account=account.id, rules=rulebook().version)
    return row


def write(
    store: Store, row: CaseRow, account: Account, part: str, item: str = "", /, **data: Any
) -> None:
    """Writes the next version of an item of a part."""
    before = store.history(row.id, part, item)
    store.write(
        row.id,
        part,
        item,
        data,
        account=account.id,
        after=before[0].version if before else 0,
        rules=rulebook().version,
    )
