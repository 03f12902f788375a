"""The questions of a stage: one a page, who gave each answer and when, and the advice in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import explain, taken_way
from engine.answers import Answer
from engine.results import PathAnswer
from rules.loader import rulebook
from webforms import picture, visits
from webforms.access import MayOnlyRead
from webforms.asking import answer_form, grouped, show
from webforms.chair import casefile, facts, people, summary
from webforms.chair.casefile import ANSWERS, CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.part import WRITERS
from webforms.chair.parts import LED_QUESTIONS
from webforms.chair.writing import Conflict, difference, version_of
from webforms.components import error_summary
from webforms.fields import whole_number
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
# How often a write is tried again when somebody else's came between.
TRIES = 3


@dataclass(frozen=True)
class Given:
    """An answer as it stands: what, by whom, when, and whether it was changed before.

    Where the case supplies it, nobody gave it: `by` says where it comes from.
    """

    question: str
    label: str
    words: str
    by: str
    at: datetime | None
    versions: int


def given(file: CaseFile, question: str, stage: str) -> Given:
    """How the newest answer to a question came about. `by` is a referrer's check, or a person."""
    entry = file.entry(ANSWERS, question)
    found = facts.supplied(file, stage)
    if found and found.question == question:
        label, words = rulebook().questions[question].label, facts.words_of(question, found.answer)
        return Given(question, label, words, found.where, None, 0)
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
        answered=[given(at.file, each, stage) for each in trip.path],
        next=trip.next,
        left=len(trip.open),
        set_aside=[
            given(at.file, each, stage) for each in trip.set_aside if each in rulebook().questions
        ],
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
    sent = request.method == "POST"
    kept = {} if sent else at.file.answers
    form = answer_form(asked, details, rulebook().authorities, kept)
    shown_ids = (question_id, *(each.id for each in details))
    # After an error in the form its writer still knows no more than before: what somebody else
    # wrote meanwhile has not been shown.
    seen = request.form.get("seen_versions", "") if sent else _versions(at.file, shown_ids)
    conflict = None
    if form.validate_on_submit():
        at, conflict, answers = _save(at, form.given(details), shown_ids)
        if conflict is None:
            return redirect(_onward(at, stage))
        show(form, asked, details, answers)
        seen = _versions(at.file, shown_ids)
    why = explain.why_asked(program, facts.case_at(at.file, stage).answers, question_id)
    return render_template(
        "chair/question.html",
        file=at.file,
        question=asked,
        details=details,
        form=form,
        errors=error_summary(form),
        seen=seen,
        conflict=conflict,
        who=people.account_words,
        follows=grouped(why.consequences),
        citations=why.citations,
        given=given(at.file, question_id, stage),
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


def _versions(file: CaseFile, questions: tuple[str, ...]) -> str:
    return " ".join(f"{each}={file.version(ANSWERS, each)}" for each in questions)


def _seen() -> dict[str, int]:
    """The version of each answer that the writer had before them; 0 for what is not named."""
    pairs = (pair.partition("=") for pair in request.form.get("seen_versions", "").split())
    return {question: whole_number(version) or 0 for question, _, version in pairs}


Answers = dict[str, Answer]


def _save(
    at: Opened, given_answers: Answers, shown: tuple[str, ...]
) -> tuple[Opened, Conflict | None, Answers]:
    """Keeps the answers that changed, or tells of a conflict: somebody answered meanwhile.

    Gives the case as it was read last, and the answers that the form is to show after a conflict.
    """
    store = visits.store()
    for left in reversed(range(TRIES)):
        conflict, answers = _meet(at, given_answers, shown)
        if conflict is not None:
            return at, conflict, answers
        changed = {
            question: answer
            for question, answer in given_answers.items()
            if at.file.answers.get(question) != answer
        }
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
            # Somebody came between our reading and our writing: what they wrote is shown.
            if not left:
                raise
            at = Opened(casefile.read(store, at.file.row), at.account)
            continue
        if changed:
            summary.refresh(store, at.file.row)
            flash("Answer kept.")
        break
    return at, None, given_answers


def _meet(
    at: Opened, given_answers: Answers, shown: tuple[str, ...]
) -> tuple[Conflict | None, Answers]:
    """What somebody else answered meanwhile, of what was sent: their entries and the differences.

    The answers beside it are those of the form: what only they changed is taken over.
    """
    seen, entries, differences = _seen(), [], []
    answers = {each: at.file.answers[each] for each in shown if each in at.file.answers}
    answers |= given_answers
    for question, yours in given_answers.items():
        entry = at.file.entry(ANSWERS, question)
        before_them = seen.get(question, 0)
        if entry is None or entry.version == before_them:
            continue
        theirs = at.file.answers.get(question)
        base = version_of(visits.store(), at.file, ANSWERS, question, before_them)
        found = difference(
            rulebook().questions[question].label,
            base.get("answer"),
            theirs,
            yours,
            partial(facts.words_of, question),
        )
        if found is None:
            continue
        entries.append(entry)
        differences.append(found)
        if not found.both and theirs is not None:
            answers[question] = theirs
    conflict = Conflict(tuple(entries), tuple(differences)) if differences else None
    return conflict, answers


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
