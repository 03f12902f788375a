"""The documents of a case. Each is a pure function from the case to a record; a renderer makes
the page, the PDF and the Word file of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from webforms.chair import words_of_2015
from webforms.chair.casefile import CaseFile
from webforms.chair.documents import (
    appendix_1,
    appendix_4,
    appendix_5,
    appendix_6,
    decision_record,
    letter_to_panel,
    letter_to_referrer,
)
from webforms.chair.documents.frame import Making, Record
from webforms.chair.documents.terms import terms


@dataclass(frozen=True)
class Document:
    """A kind of document: what it is for, and how it is made.

    `not_ready` says why it cannot be made yet, or nothing. `items` are what it can be made for one
    of; with `whole`, it can also be made for the whole case. With `as_signed`, it is made of the
    case as it was signed last, once a record is.
    """

    id: str
    title: str
    purpose: str
    build: Callable[[CaseFile, Making], Record]
    not_ready: Callable[[CaseFile], str] = lambda _: ""
    items: Callable[[CaseFile], dict[str, str]] = lambda _: {}
    whole: str = ""
    long: bool = False
    as_signed: bool = False


def _draft(file: CaseFile, making: Making) -> Record:
    return decision_record.build(file, accounts=making.accounts, made=making.made)


def _letter_to_referrer(file: CaseFile, making: Making) -> Record:
    told = letter_to_referrer.for_referrer(file)
    return letter_to_referrer.build(told, made=making.made)


def _no_answer_for_referrer(file: CaseFile) -> str:
    return letter_to_referrer.not_ready(letter_to_referrer.for_referrer(file))


DECISION_RECORD = "decision-record"
LETTER_TO_REFERRER = "letter-to-referrer"

DOCUMENTS: dict[str, Document] = {
    each.id: each
    for each in (
        Document(
            DECISION_RECORD,
            decision_record.TITLE,
            "For a coroner, a court or the Panel: what was known, what was weighed, what Waymark "
            "recommended, what people decided, and why.",
            _draft,
            whole="Draft, not signed",
            long=True,
        ),
        Document(
            "appendix-5",
            appendix_5.TITLE,
            "Darlington’s appendix 5: the form of the meeting, with its quality checks.",
            appendix_5.build,
            whole="The form",
        ),
        Document(
            "appendix-4",
            appendix_4.TITLE,
            "Darlington’s appendix 4: what one agency knows, for the meeting.",
            appendix_4.build,
            items=appendix_4.items,
            whole="A blank form",
        ),
        Document(
            "appendix-6",
            appendix_6.TITLE,
            "Darlington’s appendix 6: what happened, day by day, in nine columns.",
            appendix_6.build,
            items=appendix_6.items,
            whole="All agencies together",
            long=True,
        ),
        Document(
            "letter-to-panel",
            "Letter to the Panel",
            "Sends the outcome of the rapid review: findings, decision, reasons.",
            letter_to_panel.build,
            not_ready=letter_to_panel.not_ready,
            whole="The letter",
            long=True,
            as_signed=True,
        ),
        Document(
            LETTER_TO_REFERRER,
            "Letter to the referrer",
            "Tells the referrer what came of it, and nothing that they may not see.",
            _letter_to_referrer,
            not_ready=_no_answer_for_referrer,
            whole="The letter",
        ),
        Document(
            "appendix-1",
            appendix_1.TITLE,
            "Darlington’s appendix 1: puts the case to the group that chooses a form of learning.",
            appendix_1.build,
            whole="The form",
        ),
    )
}


def documents_of(file: CaseFile) -> dict[str, Document]:
    """Every kind of document, called what the rules of the case call things."""
    if not terms(file).old:
        return DOCUMENTS
    return {id: _of_2015(each) for id, each in DOCUMENTS.items()}


def _of_2015(kind: Document) -> Document:
    title, purpose = words_of_2015.DOCUMENTS.get(kind.id, (kind.title, kind.purpose))
    return replace(kind, title=title, purpose=purpose)
