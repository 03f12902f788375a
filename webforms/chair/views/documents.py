"""The documents of a case: what there is, each as a page, as a PDF and as a Word file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.access import Role
from webforms.chair import casefile
from webforms.chair.answer_sent import as_sent
from webforms.chair.casefile import CaseFile
from webforms.chair.corrections import decision_changed
from webforms.chair.documents import (
    DECISION_RECORD,
    DOCUMENTS,
    LETTER_TO_REFERRER,
    Document,
    documents_of,
)
from webforms.chair.documents.frame import Making, Record
from webforms.chair.door import EVERY_ROLE, READERS, Opened, blueprint, case_page
from webforms.chair.views.decision import SIGNERS, accounts_of
from webforms.chair.words import of_darlington
from webforms.documents import pdf, word
from webforms.store import Signed

CASE = "/cases/<reference>/documents"
KIND = f"{CASE}/<any({', '.join(repr(each) for each in DOCUMENTS)}):kind>"
LONGEST_NAME = 120
SUFFIX = "<any(pdf, docx):suffix>"
RENDERERS = {
    "pdf": (pdf.render, "application/pdf"),
    "docx": (
        word.render,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@dataclass(frozen=True)
class Copy:
    """One document that can be had: what it is of, and where its page and its files are."""

    of: str
    page: str
    pdf: str
    word: str


@dataclass(frozen=True)
class Shelf:
    """A kind of document, with its copies, or why there is none yet.

    `outdated` is the signed version of which it is made, where the decision was changed since.
    """

    document: Document
    copies: tuple[Copy, ...]
    not_ready: str
    outdated: int | None


@blueprint.get(CASE)
@case_page(*READERS, with_long=True)
def documents(at: Opened) -> ResponseReturnValue:
    """Every document of the case: what it is for, and whether it is ready."""
    return render_template(
        "chair/documents.html",
        file=at.file,
        heading="Documents",
        shelves=[_shelf(at.file, each) for each in documents_of(at.file).values()],
        own_forms=of_darlington(at.file),
    )


def _shelf(file: CaseFile, kind: Document) -> Shelf:
    last = _signed_last(file, kind)
    not_ready = kind.not_ready(_as_signed(file, kind, last))
    signed = _signed_copies(file) if kind.id == DECISION_RECORD else ()
    if kind.as_signed and not last:
        kind = replace(kind, whole="Draft, not signed")
    made = () if not_ready else (_copy(file, kind, kind.whole), *_copies_of_items(file, kind))
    return Shelf(kind, (*signed, *made), not_ready, _outdated(file, last))


def _outdated(file: CaseFile, signed: Signed | None) -> int | None:
    return signed.version if signed and decision_changed(file) else None


def _copies_of_items(file: CaseFile, kind: Document) -> tuple[Copy, ...]:
    return tuple(_copy(file, kind, of, item) for item, of in kind.items(file).items())


def _copy(file: CaseFile, kind: Document, of: str, item: str = "") -> Copy:
    place: dict[str, Any] = {"reference": file.reference, "kind": kind.id}
    if item:
        place["item"] = item
    return Copy(
        of=of,
        page=url_for("chair.document", **place),
        pdf=url_for("chair.document_file", suffix="pdf", **place),
        word=url_for("chair.document_file", suffix="docx", **place),
    )


def _signed_copies(file: CaseFile) -> tuple[Copy, ...]:
    """The signed versions, the newest first."""
    found = []
    for signed in reversed(visits.store().signed(file.row.id)):
        place: dict[str, Any] = {
            "reference": file.reference,
            "kind": DECISION_RECORD,
            "version": signed.version,
        }
        found.append(
            Copy(
                of=f"Version {signed.version}, signed",
                page=url_for(
                    "chair.signed_record", reference=file.reference, version=signed.version
                ),
                pdf=url_for("chair.document_file", suffix="pdf", **place),
                word=url_for("chair.document_file", suffix="docx", **place),
            )
        )
    return tuple(found)


@blueprint.get(KIND)
@blueprint.get(f"{KIND}/<int:item>")
@case_page(*EVERY_ROLE)
def document(at: Opened, kind: str, item: int | None = None) -> ResponseReturnValue:
    """A document as a page. A decision record names its signed versions first."""
    file = _whole_case(at, kind)
    chosen, number = _chosen(file, kind, item)
    if why := chosen.not_ready(file):
        return render_template(
            "chair/document.html", file=file, heading=chosen.title, not_ready=why, record=None
        )
    record = _made(file, chosen, number)
    return render_template(
        "chair/document.html",
        file=file,
        heading=record["title"],
        record=record,
        copy=_copy(file, chosen, "", number),
        signed=_signed_copies(file) if kind == DECISION_RECORD else (),
        outdated=_outdated(at.file, _signed_last(file, chosen)),
        may_sign=at.account.role in SIGNERS,
        back_to=_back(at),
    )


def _back(at: Opened) -> tuple[str, str]:
    if at.account.role == Role.REFERRER:
        return url_for("chair.case", reference=at.file.reference), "Back to the case"
    return url_for("chair.documents", reference=at.file.reference), "Back to the documents"


@blueprint.get(f"{KIND}.{SUFFIX}")
@blueprint.get(f"{KIND}/<int:item>.{SUFFIX}")
@blueprint.get(f"{KIND}/version-<int:version>.{SUFFIX}")
@case_page(*EVERY_ROLE)
def document_file(
    at: Opened, kind: str, suffix: str, item: int | None = None, version: int | None = None
) -> ResponseReturnValue:
    """A document as a PDF or a Word file; of a decision record, also as it was signed."""
    file = _whole_case(at, kind)
    if version is not None:
        signed = _signed(file, kind, version)
        name = f"{DOCUMENTS[kind].title} version {version}"
        return _sent(signed.record["document"], f"{file.reference} {name}", suffix)
    chosen, number = _chosen(file, kind, item)
    if chosen.not_ready(file):
        return redirect(url_for("chair.document", reference=file.reference, kind=kind))
    unsigned = _signed_last(file, chosen) is None
    draft = "draft" if kind == DECISION_RECORD or (chosen.as_signed and unsigned) else ""
    draft = draft or chosen.items(file).get(number, "")
    name = f"{file.reference} {chosen.title} {draft}"
    return _sent(_made(file, chosen, number), name, suffix)


def _whole_case(at: Opened, kind: str) -> CaseFile:
    """The case as far as a document needs it. A referrer may have one document: the letter that
    they were sent, as it was sent."""
    if at.account.role == Role.REFERRER:
        sent = kind == LETTER_TO_REFERRER and as_sent(visits.store(), at.file, visits.today())
        return sent or abort(404)
    document = DOCUMENTS[kind]
    file = casefile.read(visits.store(), at.file.row, with_long=True) if document.long else at.file
    return _as_signed(file, document, _signed_last(file, document))


def _signed_last(file: CaseFile, kind: Document) -> Signed | None:
    """The record of which a document is made, where it is made of a signed one."""
    signed = visits.store().signed(file.row.id) if kind.as_signed else ()
    return signed[-1] if signed else None


def _as_signed(file: CaseFile, kind: Document, signed: Signed | None) -> CaseFile:
    """The case as whoever signed had read it: what was written since is not what was signed."""
    if signed is None:
        return file
    return casefile.read(visits.store(), file.row, with_long=kind.long, until=signed.read_to)


def _chosen(file: CaseFile, kind: str, item: int | None) -> tuple[Document, str]:
    chosen = documents_of(file)[kind]
    number = "" if item is None else str(item)
    if number and number not in chosen.items(file):
        abort(404)
    return chosen, number


def _signed(file: CaseFile, kind: str, version: int) -> Signed:
    signed = visits.store().signed(file.row.id) if kind == DECISION_RECORD else ()
    found = next((each for each in signed if each.version == version), None)
    if found is None:
        abort(404)
    return found


def _made(file: CaseFile, kind: Document, item: str) -> Record:
    made = visits.now().replace(tzinfo=None)
    return kind.build(file, Making(made, accounts_of(file), item, _signed_last(file, kind)))


def _sent(record: Record, name: str, suffix: str) -> Response:
    render, media = RENDERERS[suffix]
    response = make_response(render(record))
    response.headers["Content-Type"] = media
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name)[:LONGEST_NAME].strip("-")
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}.{suffix}"'
    return response
