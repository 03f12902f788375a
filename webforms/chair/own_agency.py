"""Whose words an item is: a panel member writes for their own agency, who leads for every one."""

from __future__ import annotations

from webforms.chair.agencies import same_name
from webforms.chair.casefile import CaseFile
from webforms.chair.part import LEADERS
from webforms.chair.parts.agencies import CHRONOLOGY, REQUEST, RETURN
from webforms.store import Account

OF_AGENCIES = (RETURN.id, CHRONOLOGY.id)


def agency_of(file: CaseFile, part: str, item: str) -> str | None:
    """The agency to which an item belongs; None where no agency has been named for it yet."""
    if part == RETURN.id:
        asked = file.entry(REQUEST.id, item)
        return str(asked.data.get("agency", "")) if asked else ""
    kept = file.entry(part, item)
    return str(kept.data.get("agency", "")) if kept else None


def writes_for(account: Account, agency: str) -> bool:
    """Whether an account may write what an agency says."""
    if account.role in LEADERS:
        return True
    return bool(same_name(account.agency)) and same_name(account.agency) == same_name(agency)


def why_not(account: Account, file: CaseFile, part: str, item: str) -> str:
    """Why an account may not write an item for the sake of its agency; nothing where it may."""
    if part not in OF_AGENCIES or account.role in LEADERS:
        return ""
    if not same_name(account.agency):
        return (
            "Your account names no agency, so you cannot write for one. A chair or an "
            "administrator can write this, or give your account its agency."
        )
    agency = agency_of(file, part, item)
    if agency is None or writes_for(account, agency):
        return ""
    return (
        f"Your account writes for “{account.agency}”. This is for "
        f"{f'“{agency}”' if agency else 'an agency that is not named'}: it, or a chair or an "
        "administrator, can write it. If your account names the wrong agency, they can change that."
    )


def only_for(account: Account) -> str:
    """What is wrong with an entry for another agency than the writer's own."""
    return f"Your account writes for “{account.agency}”: enter that as the agency"
