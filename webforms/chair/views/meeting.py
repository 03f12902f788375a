"""The meeting: what was written of it, and each criterion and circumstance on its own card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import visits
from webforms.chair import facts, people, stages, summary
from webforms.chair.cards import Card, cards, stage_of_cards
from webforms.chair.casefile import CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page, opened
from webforms.chair.finishing import missing_in_meeting
from webforms.chair.part import WRITERS
from webforms.chair.parts import PARTS
from webforms.chair.threshold import no_meeting, why_no_rapid_review
from webforms.chair.views.hubs import advice, due_of, part_shown
from webforms.chair.views.parts import write
from webforms.chair.words import for_case
from webforms.chair.writing import Writing
from webforms.components import Params, error_summary

VIEWS = PARTS["views"]
WRITTEN_MEANWHILE = (
    "Somebody else saved their view while you were writing: read both, and keep yours"
)


@blueprint.get("/cases/<reference>/meeting")
@case_page(*READERS)
def meeting(at: Opened) -> ResponseReturnValue:
    """The rapid review meeting: the facts, who was there, the criteria, and what is missing."""
    file = at.file
    found = cards(file)
    return render_template(
        "chair/meeting.html",
        file=file,
        heading=stages.titles(file)["meeting"],
        problem=facts.problem(file),
        due=due_of(file, "meeting"),
        of_boards=not facts.problem(file) and facts.of_boards(file),
        stage=None if facts.problem(file) else stage_of_cards(file),
        advice=None if facts.problem(file) else advice(file, stage_of_cards(file)),
        parts=[part_shown(at, each) for each in ("meeting", "attendance", "recommendation")],
        agencies=len(file.items("agency_request")),
        cards=found,
        given=sum(bool(card.view) for card in found),
        differing=[card for card in found if card.differs],
        missing=missing_in_meeting(file),
        none_because=why_no_rapid_review(file) if no_meeting(file) else "",
        may_write=at.may_write,
    )


@dataclass(frozen=True)
class Shown:
    """A card with its form."""

    card: Card
    writing: Writing
    by: str
    first_of_group: bool


@blueprint.route("/cases/<reference>/criteria", methods=["GET", "POST"])
@case_page(*READERS, writes=WRITERS)
def criteria(at: Opened) -> ResponseReturnValue:
    """Every criterion and circumstance: the paragraph, what the rules find, the panel's view.

    All cards are one form, and whichever button sends it keeps every card that was filled in.
    """
    found = cards(at.file)
    if not found:
        return redirect(url_for("chair.meeting", reference=at.file.reference))
    wrong: dict[str, Writing] = {}
    if request.method == "POST":
        pressed = request.form.get("card", "")
        if pressed and pressed not in {card.id for card in found}:
            abort(404)
        kept, wrong = _keep(at, found, pressed)
        if not kept and not wrong:
            flash("Nothing was changed.")
        if kept:
            flash(
                f"Kept: {kept[0].finding.sentence}"
                if len(kept) == 1
                else f"Kept: {len(kept)} views"
            )
        if not wrong:
            return redirect(_next(at, found, kept, pressed))
        at = opened(at.file.reference)
        found = cards(at.file)
    shown = _shown(at.file, found, wrong)
    return render_template(
        "chair/criteria.html",
        file=at.file,
        shown=shown,
        errors=_errors(wrong),
        part=for_case(VIEWS, at.file),
        stage=stage_of_cards(at.file),
        action=url_for("chair.criteria", reference=at.file.reference),
        who=people.account_words,
        may_write=at.may_write,
        left=sum(not card.view for card in found),
        open_questions=len(facts.assessed(at.file, stage_of_cards(at.file)).open),
        back_to=(url_for("chair.meeting", reference=at.file.reference), "Back to the meeting"),
    )


def _writings(file: CaseFile, found: tuple[Card, ...], *, sent: bool) -> dict[str, Writing]:
    """The form of each card, with what was sent of it or with what is kept."""
    store, part = visits.store(), for_case(VIEWS, file)
    return {
        card.id: Writing(store, file, part, card.id, prefix=f"{card.id}-", sent=sent)
        for card in found
    }


def _keep(
    at: Opened, found: tuple[Card, ...], pressed: str
) -> tuple[list[Card], dict[str, Writing]]:
    """Keeps each card that was changed and is sound; the others come back with what was typed.

    Where none was changed, the one whose button was pressed says what it lacks.
    """
    sent = _writings(at.file, found, sent=True)
    wanted = [card for card in found if sent[card.id].changed()]
    if not wanted:
        wanted = [card for card in found if card.id == pressed]
    kept: list[Card] = []
    wrong: dict[str, Writing] = {}
    for card in wanted:
        writing = sent[card.id]
        extra = {"found": card.finding.status.value, "rules": rulebook().version}
        if writing.valid() and write(at, writing, extra):
            kept.append(card)
        else:
            wrong[card.id] = writing
    if kept:
        summary.refresh(visits.store(), at.file.row)
    return kept, wrong


def _errors(wrong: Mapping[str, Writing]) -> Params | None:
    """What to mend, and where somebody else wrote first: such a card may be far down the page."""
    for writing in wrong.values():
        if writing.conflict:
            field = writing.form["view"]
            field.errors = [*field.errors, WRITTEN_MEANWHILE]
    return error_summary(*(writing.form for writing in wrong.values()))


def _shown(file: CaseFile, found: tuple[Card, ...], wrong: Mapping[str, Writing]) -> list[Shown]:
    groups = [card.group for card in found]
    writings = {**_writings(file, found, sent=False), **wrong}
    return [
        Shown(
            card,
            writings[card.id],
            people.account_words(card.by) if card.by else "",
            groups.index(card.group) == place,
        )
        for place, card in enumerate(found)
    ]


def _next(at: Opened, found: tuple[Card, ...], kept: list[Card], pressed: str) -> str:
    """On to the next card that has no view yet, or back to the one that was sent."""
    places = [card.id for card in found]
    done = [card.id for card in kept]
    last = pressed or (done[-1] if done else places[0])
    given = {card.id for card in found if card.view} | set(done)
    following = next((each for each in places[places.index(last) :] if each not in given), last)
    return url_for("chair.criteria", reference=at.file.reference, _anchor=f"card-{following}")
