"""What became of each request to an agency: how it stands, and how far it looks back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from engine.clock import months_after
from webforms.chair.casefile import CaseFile
from webforms.chair.so_far import so_far

LOOK_BACK_MONTHS = 36
NOT_NAMED = "An agency that is not named"

# Those who usually hold something about a child or a family: suggestions, not a list of duties.
USUAL = (
    "Children’s social care",
    "Early help",
    "Police",
    "GP practice",
    "Health visiting and school nursing",
    "Hospital",
    "Midwifery",
    "Ambulance service",
    "Mental health services",
    "School or college",
    "Nursery or childminder",
    "Adult social care",
    "Drug and alcohol service",
    "Domestic abuse service",
    "Housing",
    "Probation",
    "Youth justice service",
    "Cafcass",
)


class State(StrEnum):
    """How a request stands. `BACK` is for one that no day had been set for."""

    NOT_ASKED = "Not asked yet"
    ASKED = "Asked"
    OVERDUE = "Overdue"
    BACK = "Back"
    BACK_IN_TIME = "Back in time"
    BACK_LATE = "Back late"


@dataclass(frozen=True)
class Request:
    """One request and what came of it.

    `open` is False where it was taken out, or was never there, but something came back; `written`
    says that something stands in its return, and `own` that it is to the reader's agency.
    """

    item: str
    agency: str
    asked_of: str
    asked_on: date | None
    return_by: date | None
    look_back_from: date | None
    returned_on: date | None
    open: bool
    written: bool
    own: bool
    state: State
    look_back_hint: str

    @property
    def days_late(self) -> int:
        """How many days after the day that was set it came back, if it did."""
        if self.state is not State.BACK_LATE or not self.returned_on or not self.return_by:
            return 0
        return (self.returned_on - self.return_by).days


@lru_cache(maxsize=4096)
def same_name(agency: str) -> str:
    """What two spellings of one agency have in common: neither capitals nor spaces count."""
    return " ".join(agency.split()).casefold()


def requests(file: CaseFile, today: date, own: str = "") -> tuple[Request, ...]:
    """Every request in the order in which they were opened, but those to one's own agency first.

    What came back stays, even where the request to which it belongs was taken out.
    """
    file = so_far(file, today)
    asked, back = file.items("agency_request"), file.items("agency_return")
    items = [*asked, *(item for item in back if item not in asked)]
    found = [_request(file, item, today, own) for item in items]
    return tuple(sorted(found, key=lambda each: not each.own))


def _request(file: CaseFile, item: str, today: date, own: str) -> Request:
    kept = file.entry("agency_request", item)
    data = kept.data if kept else {}
    back = file.one("agency_return", item)
    agency = str(data.get("agency", ""))
    asked_on, return_by = _day(data.get("asked_on")), _day(data.get("return_by"))
    returned_on = _day(back.get("returned_on"))
    look_back_from = _day(data.get("look_back_from"))
    return Request(
        item=item,
        agency=agency or NOT_NAMED,
        asked_of=str(data.get("asked_of", "")),
        asked_on=asked_on,
        return_by=return_by,
        look_back_from=look_back_from,
        returned_on=returned_on,
        open=kept is not None and not data.get("taken_out"),
        written=any(back.values()),
        own=bool(own.strip()) and same_name(own) == same_name(agency),
        state=state_of(asked_on, return_by, returned_on, today),
        look_back_hint=look_back_hint(look_back_from, file.dates.get("incident"), file.area),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def state_of(
    asked_on: date | None, return_by: date | None, returned_on: date | None, today: date
) -> State:
    """How a request stands today.

    A day that was set and has passed is overdue even where nobody wrote down when it was asked.
    """
    if returned_on:
        if return_by is None:
            return State.BACK
        return State.BACK_LATE if returned_on > return_by else State.BACK_IN_TIME
    if return_by and return_by < today:
        return State.OVERDUE
    return State.ASKED if asked_on and asked_on <= today else State.NOT_ASKED


def usual_look_back(incident: date | None) -> date | None:
    """Three years before the incident, where its day is known."""
    return months_after(incident, -LOOK_BACK_MONTHS) if incident else None


def look_back_hint(look_back_from: date | None, incident: date | None, area: str) -> str:
    """What there is to say of a look-back longer than three years. It is never refused."""
    usual = usual_look_back(incident)
    if look_back_from is None or usual is None or look_back_from >= usual:
        return ""
    whose = (
        "Darlington’s procedure asks for three years at most (paragraph 8.4)."
        if area == "darlington"
        else "Three years is our own suggestion; more is your choice."
    )
    return (
        f"This looks back further than three years before the incident. {whose} What is older "
        "and matters has a place of its own in what the agency sends back."
    )


def asked_already(file: CaseFile) -> dict[str, str]:
    """The agencies that a request is open to, as they are spelt there."""
    names = [str(each.data["agency"]) for each in file.items("agency_request").values()]
    return {same_name(name): name for name in names}


def still_usual(file: CaseFile) -> list[str]:
    """The usual agencies that nobody has opened a request to yet."""
    taken = asked_already(file)
    return [each for each in USUAL if same_name(each) not in taken]


def look_backs(file: CaseFile) -> dict[str, date]:
    """From which day on each agency was asked to look back, where that was said."""
    return {
        str(each.data["agency"]): date.fromisoformat(each.data["look_back_from"])
        for each in file.items("agency_request").values()
        if each.data.get("look_back_from")
    }
