"""The result: on the page, for print, and as a PDF or a Word file."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webforms import picture, visits
from webforms.access import open_to_everyone
from webforms.documents import pdf, record, word
from webforms.grouping import by_status, findings_by_status
from webforms.referrer import keeping
from webforms.referrer.door import blueprint
from webforms.referrer.outcome import digest, to_save, work_out
from webforms.referrer.progress import Progress, in_progress, onward
from webforms.referrer.show import change_link

# The sections of the page, in the order in which a reader needs them.
CONTENTS = (
    ("what-to-do", "What to do now"),
    ("why", "Why"),
    ("changes", "What would change it"),
    ("open", "What is still open"),
    ("beside", "Other processes that run beside it"),
    ("map", "The way through the questions"),
)
FILE_NAME = "waymark-record"


@blueprint.get("/check/result")
@open_to_everyone
@in_progress
def result(at: Progress) -> ResponseReturnValue:
    """What to do, who, by when, why, what would change it, what is open, what runs beside it."""
    if at.trip.next is not None:
        return redirect(onward(at.check))
    outcome = work_out(at)
    if not keeping.shows_what_was_stored(at, outcome):
        return redirect(url_for("referrer.answers"))
    assessment = outcome.assessment
    return render_template(
        "referrer/no-result.html" if assessment.fault else "referrer/result.html",
        assessment=assessment,
        route=assessment.route,
        contents=CONTENTS,
        explanation=outcome.explanation,
        map=outcome.decision_map,
        drawing=picture.draw(outcome.decision_map),
        map_list=picture.as_list(outcome.decision_map),
        processes=by_status(assessment),
        findings=findings_by_status(assessment),
        labels={answer.question: answer.label for answer in assessment.path},
        notes=at.check.notes,
        kept=keeping.kept(at.check),
        answer_url=lambda question: change_link("referrer.question", question_id=question),
    )


@blueprint.get("/check/print")
@open_to_everyone
@in_progress
def print_view(at: Progress) -> ResponseReturnValue:
    """The record as one plain page."""
    made = _record(at)
    if made is None:
        return redirect(onward(at.check))
    return render_template("referrer/print.html", record=made)


@blueprint.get("/check/record.pdf")
@open_to_everyone
@in_progress
def record_pdf(at: Progress) -> ResponseReturnValue:
    made = _record(at)
    return redirect(onward(at.check)) if made is None else _file(pdf.render(made), "pdf")


@blueprint.get("/check/record.docx")
@open_to_everyone
@in_progress
def record_word(at: Progress) -> ResponseReturnValue:
    made = _record(at)
    return redirect(onward(at.check)) if made is None else _file(word.render(made), "docx")


def _record(at: Progress) -> dict[str, Any] | None:
    """The record of the result, or None while there is none that may be shown."""
    if at.trip.next is not None:
        return None
    outcome = work_out(at)
    if not keeping.shows_what_was_stored(at, outcome):
        return None
    return record.build(
        outcome.assessment,
        outcome.explanation,
        outcome.decision_map,
        at.check.notes,
        made=visits.now().replace(tzinfo=None),
        digest=digest(to_save(at, outcome)),
    )


def _file(content: bytes, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}.{kind}"'
    return response
