"""What is known of a case that people weigh methods with, beyond the answers of its points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from webforms.chair import people, stages
from webforms.chair.casefile import CaseFile
from webforms.wording import first_upper, number


def known(file: CaseFile, today: date) -> tuple[tuple[str, str], ...]:
    """Facts by what they are called: how many are involved, what runs beside, how long ago."""
    return tuple(_known(file, today))


def _known(file: CaseFile, today: date) -> Iterator[tuple[str, str]]:
    asked = {str(each.data["agency"]) for each in file.items("agency_request").values()}
    yield "Agencies asked for information", first_upper(number(len(asked))) if asked else "None yet"
    running = [people.process_title(file, each) for each in stages.running_beside(file)]
    yield "Processes that run beside, as far as is known", "; ".join(running) or "Nothing yet"
    incident = file.dates.get("incident")
    yield "Time since the incident", _time_since(incident, today) if incident else "Not known yet"


def _time_since(then: date, today: date) -> str:
    """Whole weeks up to half a year, whole months after that."""
    days = (today - then).days
    if days < 7:
        return "Less than a week"
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    count, unit = (days // 7, "week") if months < 6 else (months, "month")
    return f"{first_upper(number(count))} {unit}{'' if count == 1 else 's'}"
