"""What a local form is called. Its fields are Darlington's; in another area it is an example."""

from __future__ import annotations

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.frame import MARKING
from webforms.chair.words import governing_overlay, of_darlington, overlay_of


def titled(file: CaseFile, title: str, number: int) -> str:
    """The title of a form, with its number where the procedure that numbers it is the area's."""
    return f"{title} (appendix {number})" if of_darlington(file) else title


def about_form(file: CaseFile, number: int) -> list[tuple[str, str]]:
    """Whose form it is. Outside Darlington it binds nobody, and says so."""
    fields = f"Fields of Darlington’s appendix {number}, in our words"
    if not of_darlington(file):
        fields += ". It is an example here: a form of the area goes before it"
    return [("Case", file.row.title), ("Form", fields)]


def marking(file: CaseFile, form: str) -> str:
    """How a form is to be handled, as the procedure in force in the area says of it."""
    overlay = overlay_of(file) if facts.problem(file) else governing_overlay(file)
    handling = next((each.handling for each in overlay.forms if each.id == form), "")
    return f"{MARKING} – {handling}" if handling else MARKING
