"""The questions of a stage: one a page, who gave each answer and when, and the advice in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import explain, taken_way
from engine.results import PathAnswer
from rules.loader import rulebook
from webforms import picture, visits
from webforms.access import MayOnlyRead
from webforms.asking import answer_form, grouped
from webforms.chair import casefile, facts, people, summary
from webforms.chair.casefile import ANSWERS, CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part import WRITERS
from webforms.chair.parts import LED_QUESTIONS
from webforms.chair.writing import Conflict, Difference
from webforms.components import error_summary
from webforms.grouping import by_status, findings_by_status
from webforms.store import Superseded

# The page to which a stage of the rules belongs.
HUB_OF_STAGE = {
    "notify": "notification",
    "rapid-review": "meeting",
    "review": "decision",
    "learning": "learning",
    "parallel": "parallel",
}


@dataclass(frozen=True)
class Given:
    """An answer as it stands: what, by whom, when, and whether it was changed before."""

    question: str
    label: str
    words: str
    by: str
    at: datetime | None
    versions: int


def given(file: CaseFile, question: str) -> Given:
    """How the newest answer to a question came about. `by` is a referrer's check, or a person."""
    entry = file.entry(ANSWERS, question)
    by = ""
    if entry is not None:
        by = str(entry.data.get("given_by", "")) or people.account_words(entry.account)
    return Given(
        question=question,
        label=rulebook().questions[question].label,
        words=facts.words_of_answer(file, question),
        by=by,
        at=entry.at if entry else None,
        versions=entry.version if entry else 0,
    )


def _stage(at: Opened, stage: str) -> None:
    if stage not in facts.STAGES or facts.problem(at.file):
        abort(404)


@blueprint.get("/cases/<reference>/questions/<stage>")
@case_page(*READERS)
def questions(at: Opened, stage: str) -> ResponseReturnValue:
    """Everything that a stage asks: what was answered, what comes next, what is set aside."""
    _stage(at, stage)
    program, trip = facts.at(at.file, stage)
    return render_template(
        "chair/questions.html",
        file=at.file,
        heading=program.stage.title,
        stage=program.stage,
        edition=program.edition,
        answered=[given(at.file, each) for each in trip.path],
        next=trip.next,
        left=len(trip.open),
        set_aside=[given(at.file, each) for each in trip.set_aside if each in rulebook().questions],
        may_write=at.may_write,
        back_to=_back(at.file, stage),
    )


def _back(file: CaseFile, stage: str) -> tuple[str, str]:
    return url_for(f"chair.{HUB_OF_STAGE[stage]}", reference=file.reference), "Back"


@blueprint.route("/cases/<reference>/questions/<stage>/<question_id>", methods=["GET", "POST"])
@case_page(*READERS, writes=WRITERS)
def question(at: Opened, stage: str, question_id: str) -> ResponseReturnValue:
    """One question of a stage. Its answer serves every stage that asks the same."""
    _stage(at, stage)
    may_write = at.may_lead if question_id in LED_QUESTIONS else at.may_write
    if request.method == "POST" and not may_write:
        raise MayOnlyRead
    program, trip = facts.at(at.file, stage)
    if question_id not in trip.path and question_id != trip.next:
        return redirect(url_for("chair.questions", reference=at.file.reference, stage=stage))
    asked = program.question(question_id)
    details = tuple(each for each in program.details if each.detail_of == question_id)
    kept = {} if request.method == "POST" else at.file.answers
    form = answer_form(asked, details, rulebook().authorities, kept)
    shown_ids = (question_id, *(each.id for each in details))
    conflict = None
    if form.validate_on_submit():
        conflict = _save(at, form.given(details), shown_ids)
        if conflict is None:
            return redirect(_onward(at, stage))
    why = explain.why_asked(program, facts.case_at(at.file, stage).answers, question_id)
    return render_template(
        "chair/question.html",
        file=at.file,
        question=asked,
        details=details,
        form=form,
        errors=error_summary(form),
        seen=_seen(at.file, shown_ids),
        conflict=conflict,
        who=people.account_words,
        follows=grouped(why.consequences),
        citations=why.citations,
        given=given(at.file, question_id),
        action=url_for(
            "chair.question", reference=at.file.reference, stage=stage, question_id=question_id
        ),
        may_write=may_write,
        led=at.may_write and not may_write,
        back_to=(
            url_for("chair.questions", reference=at.file.reference, stage=stage),
            "Back to the questions",
        ),
    )


def _seen(file: CaseFile, questions: tuple[str, ...]) -> str:
    return " ".join(f"{each}={file.version(ANSWERS, each)}" for each in questions)


def _save(at: Opened, given_answers: dict[str, Any], shown: tuple[str, ...]) -> Conflict | None:
    """Keeps the answers that changed. A conflict when somebody answered meanwhile."""
    seen = dict(
        pair.split("=", 1) for pair in request.form.get("seen_versions", "").split() if "=" in pair
    )
    changed = {
        question: answer
        for question, answer in given_answers.items()
        if at.file.answers.get(question) != answer
    }
    moved = [each for each in shown if str(at.file.version(ANSWERS, each)) != seen.get(each, "0")]
    if any(each in changed for each in moved):
        return _conflict(at, moved, given_answers)
    store = visits.store()
    try:
        store.write_all(
            at.file.row.id,
            [
                (ANSWERS, question, {"answer": answer}, at.file.version(ANSWERS, question))
                for question, answer in changed.items()
            ],
            account=at.account.id,
            rules=rulebook().version,
        )
    except Superseded:
        newest = casefile.read(store, at.file.row)
        return _conflict(Opened(newest, at.account), list(shown), given_answers)
    if changed:
        summary.refresh(store, at.file.row)
        flash("Answer kept.")
    return None


def _conflict(at: Opened, moved: list[str], yours: dict[str, Any]) -> Conflict:
    entries = tuple(entry for each in moved if (entry := at.file.entry(ANSWERS, each)) is not None)
    differences = tuple(
        Difference(
            label=rulebook().questions[entry.item].label,
            before="",
            theirs=facts.words_of_answer(at.file, entry.item),
            yours=_words(entry.item, yours.get(entry.item)),
            both=True,
        )
        for entry in entries
    )
    return Conflict(entries, differences)


def _words(question: str, answer: Any) -> str:
    options = {option.value: option.text for option in rulebook().questions[question].options}
    return (options | dict(rulebook().authorities)).get(str(answer), str(answer))


def _onward(at: Opened, stage: str) -> str:
    """The next question of the stage, or the list of its questions when none is left."""
    newest = casefile.read(visits.store(), at.file.row)
    reference = newest.reference
    if facts.problem(newest):
        return url_for("chair.case", reference=reference)
    following = facts.at(newest, stage)[1].next
    if following is None:
        return url_for("chair.questions", reference=reference, stage=stage)
    return url_for("chair.question", reference=reference, stage=stage, question_id=following)


@blueprint.get("/cases/<reference>/advice/<stage>")
@case_page(*READERS)
def advice(at: Opened, stage: str) -> ResponseReturnValue:
    """What the rules say at a stage, in full: route, steps, reasons, what would change it."""
    _stage(at, stage)
    assessment = facts.assessed(at.file, stage)
    program, _ = facts.at(at.file, stage)
    answers = facts.case_at(at.file, stage).answers
    decision_map = taken_way.way_to_route(program, answers)
    return render_template(
        "chair/advice.html",
        file=at.file,
        heading=assessment.route.title if assessment.route else "No recommendation",
        assessment=assessment,
        route=assessment.route,
        explanation=explain.explain(program, answers),
        drawing=picture.draw(decision_map),
        map_list=picture.as_list(decision_map),
        processes=by_status(assessment),
        findings=findings_by_status(assessment),
        labels=_labels(assessment.path),
        stage=stage,
        answer_url=lambda question: url_for(
            "chair.question", reference=at.file.reference, stage=stage, question_id=question
        ),
        back_to=_back(at.file, stage),
    )


def _labels(path: tuple[PathAnswer, ...]) -> dict[str, str]:
    return {answer.question: answer.label for answer in path}
