"""What the forms of every door share: a button alone, and the areas to choose from."""

from __future__ import annotations

from flask_wtf import FlaskForm

from engine.rulebook import Rulebook
from webforms.documents.words import capital

NO_PROCEDURE = "none"


class Empty(FlaskForm):
    """A button alone: only the token against forged forms is sent."""


def areas_of(rulebook: Rulebook) -> list[tuple[str, str]]:
    """The areas whose local procedure is held, by name, then the rest of England."""
    names = {
        overlay.area: capital(dict(overlay.words).get("area", "")) for overlay in rulebook.overlays
    }
    held = sorted((name, area) for area, name in names.items() if area != NO_PROCEDURE)
    elsewhere = (NO_PROCEDURE, "Another area of England")
    return [(area, name) for name, area in held] + [elsewhere]
