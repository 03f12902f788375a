"""Form fields that never raise, whatever is sent, and say plainly what to mend."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from webforms import visits

# Nothing in a case happened before, and nothing is planned later: another year is a slip.
EARLIEST_YEAR = 1900
YEARS_AHEAD = 50
PARTS = ("day", "month", "year")
MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
# ASCII figures only: other scripts' figures and superscripts pass `str.isdigit`.
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


def whole_number(text: str) -> int | None:
    return int(text) if WHOLE_NUMBER.fullmatch(text) else None


def years_taken(today: date) -> range:
    """The years that a typed date may have."""
    return range(EARLIEST_YEAR, today.year + YEARS_AHEAD + 1)


def years_in_words(today: date) -> str:
    years = years_taken(today)
    return f"a year from {years[0]} to {years[-1]}"


class DatePartsField(Field):
    """A date in three inputs: day, month (a figure or a name) and year.

    `data` is the date, or None while it is blank or not a date; `parts` is what was typed, to
    be shown again; `blank` says that nothing was; `error_part` is the input to mend.
    """

    def __init__(self, label: str, *, called: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.called = called
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.error_part = "day"

    @property
    def blank(self) -> bool:
        return not any(self.parts.values())

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.object_data = self.data = data if isinstance(data, date) else None
        if formdata:
            self.parts = {
                part: formdata.get(f"{self.name}-{part}", "").strip()[:20] for part in PARTS
            }
            self.data = self._read()
        elif self.data:
            self.parts = {part: str(getattr(self.data, part)) for part in PARTS}

    def _month(self) -> int | None:
        return MONTHS.get(self.parts["month"].lower()) or whole_number(self.parts["month"])

    def _read(self) -> date | None:
        day, year = whole_number(self.parts["day"]), whole_number(self.parts["year"])
        if year is None or year not in years_taken(visits.today()):
            return None
        try:
            return date(year, self._month() or 0, day or 0)
        except (ValueError, OverflowError):
            return None

    def pre_validate(self, form: Any) -> None:
        """Says what is missing or wrong, and which input the reader should be taken to."""
        if self.data or self.blank:
            return
        missing = [part for part in PARTS if not self.parts[part]]
        if missing:
            self.error_part = missing[0]
            raise StopValidation(f"{self.called} must include a {' and a '.join(missing)}")
        year, month = whole_number(self.parts["year"]), self._month()
        if month is None or not 1 <= month <= 12:
            self.error_part = "month"
        elif year is None or not 1000 <= year <= 9999:
            self.error_part = "year"
            raise StopValidation(f"{self.called} must have a year of 4 numbers, such as 2025")
        elif year not in years_taken(visits.today()):
            self.error_part = "year"
            raise StopValidation(f"{self.called} must have {years_in_words(visits.today())}")
        raise StopValidation(f"{self.called} must be a real date, such as 27 3 2025")

    def show(self, when: date | None) -> None:
        """Shows another date than the one that was typed."""
        self.data = when
        self.parts = {part: str(getattr(when, part)) if when else "" for part in PARTS}

    def fail(self, message: str) -> None:
        """Adds an error found after the form's own checks."""
        self.errors: list[str] = [*self.errors, message]
