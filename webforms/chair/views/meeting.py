"""The meeting: what was written of it, and each criterion and circumstance on its own card."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import visits
from webforms.chair import facts, people, stages
from webforms.chair.cards import Card, cards, stage_of_cards
from webforms.chair.casefile import CaseFile
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.finishing import missing_in_meeting
from webforms.chair.part import WRITERS
from webforms.chair.parts import PARTS
from webforms.chair.views.hubs import advice, due_of, part_shown
from webforms.chair.views.parts import save
from webforms.chair.words import for_case
from webforms.chair.writing import Writing
from webforms.components import error_summary

VIEWS = PARTS["views"]


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
    """Every criterion and circumstance: the paragraph, what the rules find, the panel's view."""
    found = cards(at.file)
    if not found:
        return redirect(url_for("chair.meeting", reference=at.file.reference))
    sent = request.form.get("card", "") if request.method == "POST" else ""
    if sent and sent not in {card.id for card in found}:
        abort(404)
    shown = _shown(at.file, found, sent)
    if sent:
        one = next(each for each in shown if each.card.id == sent)
        extra = {"found": one.card.finding.status.value, "rules": rulebook().version}
        if one.writing.valid() and save(at, one.writing, extra):
            flash(f"Kept: {one.card.finding.sentence}")
            return redirect(_next(at, found, sent))
    return render_template(
        "chair/criteria.html",
        file=at.file,
        shown=shown,
        errors=error_summary(*(each.writing.form for each in shown)),
        part=for_case(VIEWS, at.file),
        stage=stage_of_cards(at.file),
        action=url_for("chair.criteria", reference=at.file.reference),
        who=people.account_words,
        may_write=at.may_write,
        left=sum(not card.view for card in found),
        open_questions=len(facts.assessed(at.file, stage_of_cards(at.file)).open),
        back_to=(url_for("chair.meeting", reference=at.file.reference), "Back to the meeting"),
    )


def _shown(file: CaseFile, found: tuple[Card, ...], sent: str) -> list[Shown]:
    store = visits.store()
    part = for_case(VIEWS, file)
    groups = [card.group for card in found]
    return [
        Shown(
            card,
            Writing(store, file, part, card.id, prefix=f"{card.id}-", sent=card.id == sent),
            people.account_words(card.by) if card.by else "",
            groups.index(card.group) == place,
        )
        for place, card in enumerate(found)
    ]


def _next(at: Opened, found: tuple[Card, ...], sent: str) -> str:
    """On to the next card that has no view yet, or back to the one that was sent."""
    places = [card.id for card in found]
    after = found[places.index(sent) + 1 :]
    following = next((card.id for card in after if not card.view), sent)
    return url_for("chair.criteria", reference=at.file.reference, _anchor=f"card-{following}")
