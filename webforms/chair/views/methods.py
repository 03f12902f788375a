"""The methods side by side, their merits and drawbacks weighed against the case, as advice."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine.methods import methods_for, weigh
from rules.loader import rulebook
from webforms import visits
from webforms.chair import weighing, words
from webforms.chair.door import READERS, Opened, blueprint, case_page
from webforms.chair.views.hubs import part_shown


@blueprint.get("/cases/<reference>/methods")
@case_page(*READERS)
def methods(at: Opened) -> ResponseReturnValue:
    """Each method with what speaks for and against it here. Nothing is ranked: people choose."""
    found, overlay = methods_for(rulebook(), at.file.area)
    own_words = dict(words.overlay_of(at.file).words)
    weighed = weigh(found, at.file.answers, rulebook().questions, own_words)
    return render_template(
        "chair/methods.html",
        file=at.file,
        heading="Choosing a method",
        methods=[each for each in weighed if not each.method.tool],
        tools=[each for each in weighed if each.method.tool],
        overlay=overlay,
        own=overlay.area == at.file.area,
        known=weighing.known(at.file, visits.today()),
        chosen=part_shown(at, "method"),
        back_to=(url_for("chair.reviewing", reference=at.file.reference), "Back"),
    )
