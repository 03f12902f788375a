"""Dates of a case that cannot both be right: what comes later is dated before what comes first.

Nothing is refused for it, as a date may be all that somebody has; but every deadline is counted
from these days, so each such pair is told wherever one of the two is given or used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import is_signed
from webforms.chair.parts import PARTS
from webforms.wording import day


@dataclass(frozen=True)
class Kept:
    """Where a date is kept: as a dated event of the rules, or by an ask of a part."""

    event: str = ""
    part: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Order:
    """`later` cannot come before `earlier`. The words are those of both, within a sentence.

    With `until_signed`, that ends with the first signed record: what is then decided again may
    well come after it.
    """

    earlier: Kept
    later: Kept
    what_is_later: str
    what_is_earlier: str
    until_signed: bool = False


@dataclass(frozen=True)
class OutOfOrder:
    """Two dates of a case of which one must be wrong. `parts` are the forms that ask for them."""

    words: str
    parts: frozenset[str]


MEETING = Kept(part="meeting", ask="held_on")
INCIDENT, SENT = Kept("incident"), Kept("notification_sent")
DECISION, REVIEW = Kept("decision"), Kept("review_decision")
# The earlier event, the later one, and what the sentence calls them.
ORDERS = (
    Order(INCIDENT, Kept("referral_received"), "The referral was received", "the incident"),
    Order(INCIDENT, SENT, "The notification was sent", "the incident"),
    Order(INCIDENT, Kept("board_notified"), "The report to the Board was made", "the incident"),
    Order(SENT, Kept("acknowledgement"), "It was acknowledged", "the notification was sent"),
    Order(INCIDENT, MEETING, "The meeting was held", "the incident"),
    Order(INCIDENT, Kept("rapid_review_sent"), "The findings were sent", "the incident"),
    Order(SENT, Kept("rapid_review_sent"), "The findings were sent", "the notification was sent"),
    Order(INCIDENT, DECISION, "The decision was made", "the incident"),
    # Whoever meets again once a record is signed may decide anew, or not.
    Order(MEETING, DECISION, "The decision was made", "the meeting", until_signed=True),
    Order(INCIDENT, Kept("notifying_decision"), "Whether to notify was decided", "the incident"),
    Order(INCIDENT, REVIEW, "The start of a review was decided", "the incident"),
    Order(
        SENT,
        Kept(part="notification", ask="withdrawn_on"),
        "The notification was withdrawn",
        "it was sent",
    ),
    Order(
        DECISION,
        Kept(part="panel_answer", ask="answered_on"),
        "The Panel answered",
        "the decision was made",
        until_signed=True,
    ),
    Order(
        REVIEW,
        Kept(part="governance_meeting", ask="held_on"),
        "The Governance Group met",
        "the review was decided on",
    ),
    Order(
        REVIEW,
        Kept(part="reviewer", ask="appointed_on"),
        "The reviewer was appointed",
        "the review was decided on",
    ),
    Order(
        Kept(part="learning", ask="met_on"),
        Kept(part="learning_approval", ask="approved_on"),
        "The partners answered on the form of learning",
        "the group met",
    ),
    Order(
        Kept(part="action", ask="due"),
        Kept(part="action", ask="extended_to"),
        "An action is extended to end",
        "its deadline",
    ),
    Order(REVIEW, Kept("publication"), "The report is published", "the review was decided on"),
    Order(
        Kept(part="agency_request", ask="asked_on"),
        Kept(part="agency_return", ask="returned_on"),
        "The information came back",
        "it was asked for",
    ),
    Order(INCIDENT, Kept(part="action", ask="done_on"), "An action was done", "the incident"),
)


def out_of_order(file: CaseFile) -> tuple[OutOfOrder, ...]:
    """Every pair of dates of a case that are the wrong way round, in the order of the table."""
    return tuple(found for order in ORDERS for found in _found(file, order))


def of_parts(file: CaseFile, parts: Iterable[str]) -> list[str]:
    """Those that concern some forms, in words."""
    wanted = set(parts)
    return [each.words for each in out_of_order(file) if each.parts & wanted]


def decided_before_the_incident(file: CaseFile) -> bool:
    incident, decided = file.dates.get("incident"), file.dates.get("decision")
    return bool(incident and decided and decided < incident)


def _found(file: CaseFile, order: Order) -> Iterator[OutOfOrder]:
    if order.until_signed and is_signed(file):
        return
    parts = _asking(order.earlier) | _asking(order.later)
    for item in _items(file, order):
        first, then = _day(file, order.earlier, item), _day(file, order.later, item)
        if first and then and then < first:
            yield OutOfOrder(
                f"{order.what_is_later} on {day(then)}, before {order.what_is_earlier} on "
                f"{day(first)}. Check both dates.",
                parts,
            )


def _items(file: CaseFile, order: Order) -> Iterable[str]:
    """The items that are compared; one that is blank stands for the case itself."""
    part = order.later.part
    return file.items(part) if part and PARTS[part].many else ("",)


def _day(file: CaseFile, kept: Kept, item: str) -> date | None:
    if kept.event:
        return file.dates.get(kept.event)
    return file.day(kept.part, kept.ask, item)


def _asking(kept: Kept) -> frozenset[str]:
    if kept.part:
        return frozenset({kept.part})
    return frozenset(
        part.id for part in PARTS.values() if any(ask.event == kept.event for ask in part.asks)
    )
