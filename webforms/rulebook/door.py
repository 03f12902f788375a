"""The blueprint of the rulebook, and what all of its pages share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort

from engine.rulebook import Citation
from engine.wording import fill
from rules.loader import rulebook
from webforms.rulebook import citing
from webforms.rulebook.catalogue import Catalogue
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.references import MEANINGS, WORDS, Kind, Ref, of_firing

blueprint = Blueprint("rulebook", __name__, template_folder="templates")

# The pages that list everything of a kind, by the last word of their address.
LISTS = {(WORDS[kind][1].lower() if kind is not Kind.AREA else "areas"): kind for kind in Kind}
LIST_OF = {kind: name for name, kind in LISTS.items()}


def whole() -> Catalogue:
    """The catalogue of today's rules."""
    return catalogue(rulebook())


def wanted(ref: Ref) -> Ref:
    """The same page, if it is there; else the reader is told that it is not."""
    if ref not in whole().entries:
        abort(404)
    return ref


def grouped(refs: Iterable[Ref]) -> dict[Kind, list[Ref]]:
    """Pages by kind, in the order of the kinds."""
    together: dict[Kind, list[Ref]] = {}
    for ref in dict.fromkeys(refs):
        together.setdefault(ref.kind, []).append(ref)
    return {kind: together[kind] for kind in Kind if kind in together}


def doubts_of(cited: Iterable[Citation]) -> citing.Doubts:
    return citing.doubts(rulebook(), cited)


@blueprint.app_template_filter("pages_of_firing")
def pages_of_firing(name: str) -> tuple[Ref, ...]:
    """The pages on what an assessment says has fired, for a page of any door."""
    return of_firing(name, {route.id for route in rulebook().routes})


@blueprint.context_processor
def on_every_page() -> dict[str, Any]:
    return {
        "entries": whole().entries,
        "rules_version": rulebook().version,
        "Kind": Kind,
        "Ref": Ref,
        "KIND_WORDS": WORDS,
        "KIND_MEANINGS": MEANINGS,
        "LIST_OF": LIST_OF,
        "count_of": lambda kind: len(whole().of(kind)),
        "status_tag": citing.status_tag,
        "STATUS_MEANINGS": citing.STATUS_MEANINGS,
        "period_words": citing.period_words,
        "plain_day": citing.plain_day,
        "fill": fill,
        "cited": lambda citations, strength=None: citing.shown(rulebook(), citations, strength),
    }
