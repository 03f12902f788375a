"""The letter that sends the outcome of the rapid review to the Panel. It adds no words of ours
about the case: it says what people wrote, and only once they have decided. That their decision
differs from what Waymark recommends, or that this only follows from their own answer, is said.

It is a draft, and says so, until a record is signed. Then it is given the case as it was signed, so
that what is written afterwards changes nothing in it. A withdrawal waits for no
decision on a review, nor for a signed record: the letter that tells of it alone is signed by hand.
"""

from __future__ import annotations

from webforms.chair import duties
from webforms.chair.cards import Card, cards
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.decided import compared, departure, withdrawn
from webforms.chair.documents.frame import DRAFT, MARKING, Making, Record, finished
from webforms.chair.documents.said import NOTHING, in_words, rows
from webforms.chair.documents.terms import terms
from webforms.chair.stages import decided_route
from webforms.chair.threshold import no_meeting, no_meeting_held, no_meeting_in_words
from webforms.chair.words import overlay_of
from webforms.documents.blocks import (
    Block,
    Section,
    facts,
    field,
    headline,
    listing,
    notice,
    paragraph,
    prose,
    section,
    subheading,
)
from webforms.documents.words import capital, day, sources
from webforms.wording import first_lower

TITLE = "Outcome of the rapid review"
TITLE_OF_2015 = "Decision on a serious case review"
# No rapid review was held of which there could be an outcome.
TITLE_OF_A_WITHDRAWAL = "Withdrawal of the notification"

FINDINGS = (
    ("facts", "The facts, as far as they are known"),
    ("safety", "What the children need now to be safe"),
    ("improvements", "Improvements that were seen"),
    ("national", "What points to national importance"),
)


NOT_SIGNED = (
    "This is a draft, not to be sent. No record of the decision is signed, and it may still change."
)


TO_BE_SIGNED_BY_HAND = (
    "This is a draft. No decision on a review is written, and a withdrawal waits for none. Whoever "
    "writes for the partners reads this letter and signs it before it is sent."
)


def not_ready(file: CaseFile) -> str:
    """Why there is no letter yet, or nothing."""
    if _withdraws_only(file):
        return ""
    if not _is_decided(file):
        return "There is no decision yet."
    if no_meeting(file) and not duties.withdrawn(file):
        return "The incident was not notified, so the Panel is not written to."
    return ""


def _is_decided(file: CaseFile) -> bool:
    return decided_route(file) not in ("", "more_needed")


def _withdraws_only(file: CaseFile) -> bool:
    """Whether there is nothing to tell but the withdrawal. In 2015 the national panel was told of
    decisions alone."""
    alone = duties.withdrawn(file) and no_meeting(file) and not _is_decided(file)
    return alone and not terms(file).old


def build(file: CaseFile, making: Making) -> Record:
    words = terms(file)
    title = TITLE_OF_2015 if words.old else TITLE
    if no_meeting(file):
        title = TITLE_OF_A_WITHDRAWAL
    return finished(
        f"{title}: {file.reference}",
        running_head=title if making.signed else f"{title}: draft",
        reference=file.reference,
        made=making.made,
        marking=MARKING if making.signed else DRAFT,
        about=[] if _withdraws_only(file) else [("Record", _record(making))],
        about_last=True,
        sections=[
            _opening(file, making),
            withdrawn(file),
            None if no_meeting(file) else _findings(file),
            None if _withdraws_only(file) else _decision(file),
            None if no_meeting(file) else _criteria(file),
            _enclosed(file, making),
            section(
                "signed",
                "Signed for the partners" if not words.old else "Signed for the Board",
                field("Signature", ""),
                field("Role", ""),
                field("Date", ""),
            )
            if making.signed or _withdraws_only(file)
            else None,
        ],
    )


def _record(making: Making) -> str:
    """The signed record of which the letter is made."""
    if making.signed is None:
        return "None is signed yet"
    signed = f"Version {making.signed.version}, signed on {day(making.signed.at.date())}"
    before = making.signed.version - 1
    return f"{signed}; it takes the place of version {before}" if before else signed


def _opening(file: CaseFile, making: Making) -> Section:
    words = terms(file)
    met = in_words(file, "meeting", "held_on")
    sent = file.dates.get("notification_sent")
    about = [
        ("To", capital(words.panel)),
        ("From", capital(words.deciders)),
        ("Authority", capital(dict(overlay_of(file).words)["authority"])),
        ("Date", day(making.today)),
        ("Our reference", file.reference),
        ("Your reference", in_words(file, "notification", "number")),
        ("Notified on", day(sent) if sent else ""),
        ("Met on", met),
        ("Concerning", ", ".join(file.children)),
    ]
    what = "the meeting that looked at this case" if words.old else "the rapid review of this case"
    outcome = f"the outcome of {what}: what was found, what was decided, and why."
    if no_meeting(file):
        outcome = f"what was decided, and why. {_no_meeting(file)}"
    if making.signed:
        first: Block = paragraph(f"This is {outcome}")
    else:
        first = notice(f"{NOT_SIGNED} Once one is, this letter tells {outcome}")
    return section(
        "opening",
        "To the Panel" if not words.old else "To the national panel",
        facts([row for row in about if row[1]]),
        *(_withdrawal(file) if _withdraws_only(file) else (first,)),
    )


def _no_meeting(file: CaseFile) -> str:
    """That there was no rapid review, and why. The letter itself is what withdraws, until a day is
    written on which that was done."""
    if duties.withdrawn_on(file):
        return no_meeting_in_words(file)
    what = "The report" if terms(file).old else "The notification"
    return f"{no_meeting_held(file)} {what} is withdrawn."


def _withdrawal(file: CaseFile) -> tuple[Block, ...]:
    what = (
        "This tells of the withdrawal of the notification, as the definition of a serious child "
        f"safeguarding case was found not to be met. {_no_meeting(file)}"
    )
    why = in_words(file, "notification", "withdrawn_why")
    without = () if why else (notice(f"{NOTHING} of the reasons for the withdrawal."),)
    return (notice(TO_BE_SIGNED_BY_HAND), paragraph(what), *without)


def _findings(file: CaseFile) -> Section:
    blocks: list[Block | None] = []
    for ask, label in FINDINGS:
        if written := in_words(file, "meeting", ask):
            blocks += [subheading(label), *prose(written)]
    return section(
        "findings", "What was found", *(blocks or [paragraph(f"{NOTHING} of the findings.")])
    )


def _decision(file: CaseFile) -> Section:
    labels = {
        "appropriate": "Local review fitting?",
        "decided_by": "Decided by",
        "decided": "Decided on",
    }
    said = rows(file, "decision", only=tuple(labels), labels=labels)
    blocks: list[Block | None] = [
        headline("Decided", in_words(file, "decision", "route")),
        facts(said),
        compared(file),
        departure(file),
    ]
    for ask, label in (
        ("reasons", "The reasons"),
        ("why_no_review", "Why there is no review"),
        ("dissent", "Who saw it differently"),
        ("next_steps", "Next steps"),
    ):
        if written := dict(rows(file, "decision", only=(ask,), labels={ask: label})).get(label):
            blocks += [subheading(label), *prose(written)]
    return section("decision", "What was decided", *blocks)


# What each view says, in the order of the letter.
VIEWS = (
    ("engaged", "Found to be engaged"),
    ("not_engaged", "Found not to be engaged"),
    ("cannot_say", "Not settled yet"),
)


def _criteria(file: CaseFile) -> Section:
    """Every view with its reason. One that nobody gave is not made up from the rules."""
    found = cards(file)
    blocks: list[Block | None] = []
    for view, label in VIEWS:
        if said := [card for card in found if card.view == view]:
            blocks += [subheading(label), _with_reasons(said)]
    if not blocks:
        blocks.append(paragraph(f"{NOTHING} about them."))
    elif to_come := [card.finding.sentence for card in found if not card.view]:
        blocks += [subheading("No view was given"), listing([(each, ()) for each in to_come])]
    return section("criteria", terms(file).weighed, *blocks)


def _with_reasons(found: list[Card]) -> Block | None:
    return listing(
        [
            (card.finding.sentence, (card.reason, f"Source: {sources(card.finding.citations)}"))
            for card in found
        ]
    )


def _enclosed(file: CaseFile, making: Making) -> Section | None:
    """What can be sent along. What is not signed, or does not exist, is not named."""
    words, found = terms(file), []
    if making.signed:
        found.append(f"Record of the decision: {first_lower(_record(making))}")
    if file.one("meeting"):
        found.append(f"{words.meeting} (the form of the meeting)")
    if file.items("chronology"):
        when = "on request" if words.old else "if the Panel asks for it"
        found.append(f"Combined chronology, {when}")
    if not found:
        return None
    return section("enclosed", "Enclosed", listing([(each, ()) for each in found]))
