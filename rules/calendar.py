"""England's bank holidays, from the list that govuk-bank-holidays ships. No request is made.

Scotland and Northern Ireland keep other holidays; the list used is England and Wales's.
"""

from __future__ import annotations

from functools import lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from engine.clock import WorkingDays


@lru_cache(maxsize=1)
def england() -> WorkingDays:
    """Working days in England, from the first year listed to the last holiday listed.

    Past the last listed holiday nothing is known, so nothing is counted there.
    """
    listed = BankHolidays(use_cached_holidays=True)
    days = frozenset(
        each["date"] for each in listed.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )
    return WorkingDays(holidays=days, first=min(days).replace(month=1, day=1), last=max(days))
