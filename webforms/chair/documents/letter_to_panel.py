"""The letter that sends the outcome of the rapid review to the Panel. It adds no words of ours
about the case: it says what people wrote, and only once they have decided.
"""

from __future__ import annotations

from webforms.chair.cards import cards
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.frame import Making, Record, finished
from webforms.chair.documents.said import NOTHING, in_words, rows
from webforms.chair.documents.terms import terms
from webforms.chair.stages import decided_route
from webforms.chair.words import overlay_of
from webforms.documents.blocks import (
    Block,
    Section,
    facts,
    field,
    headline,
    listing,
    paragraph,
    prose,
    section,
    subheading,
)
from webforms.documents.words import capital, day, sources

TITLE = "Outcome of the rapid review"
TITLE_OF_2015 = "Decision on a serious case review"

FINDINGS = (
    ("facts", "The facts, as far as they are known"),
    ("safety", "What the children need now to be safe"),
    ("improvements", "Improvements that were seen"),
    ("national", "What points to national importance"),
)


def not_ready(file: CaseFile) -> str:
    """Why there is no letter yet, or nothing."""
    if not decided_route(file) or decided_route(file) == "more_needed":
        return "There is no decision yet."
    return ""


def build(file: CaseFile, making: Making) -> Record:
    words = terms(file)
    title = TITLE_OF_2015 if words.old else TITLE
    return finished(
        f"{title}: {file.reference}",
        running_head=title,
        reference=file.reference,
        made=making.made,
        about_last=True,
        sections=[
            _opening(file, making),
            _findings(file),
            _decision(file),
            _criteria(file),
            _enclosed(file),
            section(
                "signed",
                "Signed for the partners" if not words.old else "Signed for the Board",
                field("Signature", ""),
                field("Role", ""),
                field("Date", ""),
            ),
        ],
    )


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
    return section(
        "opening",
        "To the Panel" if not words.old else "To the national panel",
        facts([row for row in about if row[1]]),
        paragraph(f"This is the outcome of {what}: what was found, what was decided, and why."),
    )


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
    ]
    for ask, label in (
        ("reasons", "The reasons"),
        ("why_no_review", "Why there is no review"),
        ("next_steps", "Next steps"),
    ):
        if written := dict(rows(file, "decision", only=(ask,), labels={ask: label})).get(label):
            blocks += [subheading(label), *prose(written)]
    return section("decision", "What was decided", *blocks)


def _criteria(file: CaseFile) -> Section:
    """What people found engaged. A view that nobody gave is not made up from the rules."""
    found = cards(file)
    engaged = [card for card in found if card.view == "engaged"]
    cannot_say = [card for card in found if card.view == "cannot_say"]
    blocks: list[Block | None] = [
        listing(
            [
                (card.finding.sentence, (card.reason, f"Source: {sources(card.finding.citations)}"))
                for card in engaged
            ]
        )
        or paragraph("None was found to be engaged.")
        if any(card.view for card in found)
        else paragraph(f"{NOTHING} about them.")
    ]
    if cannot_say:
        blocks += [
            subheading("Not settled yet"),
            listing([(card.finding.sentence, (card.reason,)) for card in cannot_say]),
        ]
    return section("criteria", f"{terms(file).weighed}: found to be engaged", *blocks)


def _enclosed(file: CaseFile) -> Section:
    return section(
        "enclosed",
        "Enclosed",
        listing(
            [
                ("Record of the decision, as signed", ()),
                (f"{terms(file).meeting} (the form of the meeting)", ()),
                ("Combined chronology, if the Panel asks for it", ())
                if not terms(file).old
                else ("Combined chronology, on request", ()),
            ]
        ),
    )
