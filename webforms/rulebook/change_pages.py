"""The pages of what changed between two editions, or two areas."""

from __future__ import annotations

from flask import abort, render_template

from engine.comparison import NothingToCompare, Side
from engine.edition import edition_on
from engine.rulebook import Citation
from rules.loader import rulebook
from webforms.access import open_to_everyone
from webforms.rulebook.changes import changes, pairs
from webforms.rulebook.citing import Doubts, all_doubts
from webforms.rulebook.door import blueprint, doubts_of, whole


def _titles() -> dict[str, str]:
    rules = rulebook()
    editions = {each.id: each.title for each in rules.editions}
    return editions | {each.id: each.title for each in rules.overlays}


def _doubts(*sides: Side) -> Doubts:
    """The doubts about the editions that are compared, and about local procedures."""
    rules = rulebook()
    editions = [edition_on(rules, side.day) for side in sides]
    areas = {side.area for side in sides}
    sources = [
        *(edition.carries_forward or edition.id for edition in editions),
        *(each.source for each in rules.overlays if each.area in areas),
    ]
    unverified = doubts_of(Citation(source, "") for source in sources).unverified
    carried = tuple(each for each in editions if each.carries_forward)
    return Doubts(unverified, tuple(dict.fromkeys(carried)))


@blueprint.get("/rules/changes")
@open_to_everyone
def change_list() -> str:
    """What can be compared."""
    editions, areas = pairs(rulebook())
    return render_template(
        "rulebook/changes.html",
        editions=editions,
        areas=areas,
        titles=_titles(),
        doubts=all_doubts(rulebook()),
    )


@blueprint.get("/rules/changes/<old>/<new>")
@open_to_everyone
def change(old: str, new: str) -> str:
    """What differs between two editions, or two areas, with a case for each difference."""
    try:
        found = changes(whole(), old, new)
    except NothingToCompare:
        abort(404)
    return render_template(
        "rulebook/change.html",
        compared=found,
        stages=rulebook().stages,
        of_editions={old, new} <= {each.id for each in rulebook().editions},
        unread=[
            edition.title
            for side in (found.old, found.new)
            if (edition := edition_on(rulebook(), side.day)).status != "read"
        ],
        doubts=_doubts(found.old, found.new),
    )
