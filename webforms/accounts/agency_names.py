"""The agency of an account, as it is typed. A panel member writes for their agency only.

Whether they may write goes by its name. So the agencies that were asked already are offered, and a
name that is one of them in other capitals or spaces is spelt as it is there.
"""

from __future__ import annotations

from collections.abc import Sequence

from wtforms.validators import StopValidation

from webforms import visits
from webforms.access import Role
from webforms.chair.agencies import same_name
from webforms.store import Account

LONGEST_AGENCY = 80
NEEDED = "Enter the agency: a panel member writes for their agency only"


def agency_given(typed: str | None, role: str | None, asked: Sequence[str]) -> str:
    """An agency as it is kept. Raises `StopValidation` where it is too long, or is missing."""
    agency = " ".join((typed or "").split())
    if len(agency) > LONGEST_AGENCY:
        raise StopValidation(f"Agency must be {LONGEST_AGENCY} characters or fewer")
    if not agency and role == Role.PANEL_MEMBER:
        raise StopValidation(NEEDED)
    return {same_name(each): each for each in asked}.get(same_name(agency), agency)


def asked_already(account: Account) -> tuple[str, ...]:
    """The agencies that were asked in the cases that an account may see, each once."""
    found = visits.store().agencies_asked(account.area, account.id)
    return tuple({same_name(each): each for each in found}.values())
