"""The cells of a chronology file: days, times and answers as people write them."""

from __future__ import annotations

import re
from datetime import date

from webforms.fields import MONTHS, years_in_words, years_taken

SPLIT_DATE = re.compile(
    r"(?:[a-z]+,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?[\s/.-]+([0-9]{1,2}|[a-z]+)[\s/.,-]+"
    r"([0-9]{4}|[0-9]{2})"
)
ISO_DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
# A spreadsheet may add midnight to a day, and seconds to a time.
MIDNIGHT = re.compile(r"[ t]0?0:00(:00(\.0+)?)?$")
CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.][0-5][0-9])?")
NOT_KNOWN = ("not known", "not known yet", "unknown", "n/k")
YES_NO = {"yes": "yes", "y": "yes", "no": "no", "n": "no"} | dict.fromkeys(NOT_KNOWN, "not known")
# The form has one field for both: “Yes: says that he likes school”.
YES_NO_AND_VIEWS = re.compile(
    r"(yes|no|not known yet|not known)\s*[.,:;–—-]+\s*(.+)", re.IGNORECASE | re.DOTALL
)


def kept_date(typed: str, today: date) -> str:
    """A day as it is kept. Raises `ValueError`, saying what to mend."""
    text = MIDNIGHT.sub("", typed.casefold().strip())
    if found := ISO_DATE.fullmatch(text):
        year, month, day = found.groups()
    elif found := SPLIT_DATE.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(f"“{short(typed)}” is not a date: enter one such as 27/3/2025")
    number = int(year)
    if len(year) == 2:
        # The local form has two figures for the year. Only this century is beyond doubt.
        number += 2000
        if number > today.year:
            raise ValueError(
                f"“{short(typed)}” may be in two centuries: enter the year with four figures"
            )
    try:
        when = date(number, MONTHS.get(month) or int(month), int(day))
    except ValueError:
        raise ValueError(
            f"“{short(typed)}” is not a day of the calendar: enter a date such as 27/3/2025"
        ) from None
    if when.year not in years_taken(today):
        raise ValueError(f"“{short(typed)}” must have {years_in_words(today)}")
    if when > today:
        raise ValueError(
            f"“{short(typed)}” is still to come: enter the day on which the event happened"
        )
    return when.isoformat()


def kept_time(typed: str) -> str:
    """A time as it is kept; seconds are left out. Raises `ValueError`, saying what to mend."""
    if typed.casefold() in NOT_KNOWN:
        return ""
    found = CLOCK_TIME.fullmatch(typed)
    if not found:
        raise ValueError(
            f"“{short(typed)}” is not a time: enter it on the 24 hour clock, such as 14:30, or "
            "leave it blank"
        )
    return f"{int(found[1]):02}:{found[2]}"


def kept_seen(typed: str) -> str:
    """Whether the child was seen. Raises `ValueError`, saying what to mend."""
    found = YES_NO.get(" ".join(typed.casefold().split()))
    if found is None:
        raise ValueError(f"“{short(typed)}” is no answer: enter yes, no or not known")
    return found


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
