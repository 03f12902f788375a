"""The blueprint of the case pages, and who may open which case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.access import Role, only, signed_in
from webforms.chair import casefile
from webforms.chair.casefile import CaseFile
from webforms.chair.part import LEADERS, WRITERS
from webforms.store import Account, CaseRow

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

blueprint = Blueprint("chair", __name__, template_folder="templates")

READERS = (Role.CHAIR, Role.PANEL_MEMBER, Role.ADMINISTRATOR, Role.AUDITOR)
# A referrer sees the list, and of a case only the referral and the answer to it.
EVERY_ROLE = (*READERS, Role.REFERRER)


@dataclass(frozen=True)
class Opened:
    """A case that is open before somebody."""

    file: CaseFile
    account: Account

    @property
    def may_write(self) -> bool:
        return self.account.role in WRITERS

    @property
    def may_lead(self) -> bool:
        return self.account.role in LEADERS


def may_see(account: Account, row: CaseRow) -> bool:
    """Only the cases of one's own area, and of those only what is shared; an auditor, all."""
    if row.area != account.area:
        return False
    if account.role == Role.AUDITOR:
        return True
    return account.id in visits.store().shared_with(row.id)


def opened(reference: str, *, with_long: bool = False) -> Opened:
    """The case, for whoever may see it; for everybody else there is none of that name."""
    account = signed_in()
    row = visits.store().case(reference)
    if row is None or not may_see(account, row):
        abort(404)
    return Opened(casefile.read(visits.store(), row, with_long=with_long), account)


def case_page(
    *roles: Role, writes: frozenset[Role] = WRITERS, with_long: bool = False
) -> Callable[[Callable[Concatenate[Opened, P], ResponseReturnValue]], View[Any]]:
    """Marks a page of a case: gives it the open case, and says who may open and who may send it.

    Without `roles`, all who work on cases may open it.
    """

    def mark(view: Callable[Concatenate[Opened, P], ResponseReturnValue]) -> View[Any]:
        readers = roles or READERS

        @wraps(view)
        def page(reference: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            at = opened(reference, with_long=with_long)
            return view(at, *args, **kwargs)

        return only(*readers, writes=tuple(role for role in readers if role in writes))(page)

    return mark


def here() -> str:
    """The address of this page, to which its form is sent."""
    return request.full_path.rstrip("?")
