"""What every local form has around it: what it is called, whose it is, how it is handled.

Its fields are Darlington's; in another area it is an example.
"""

from __future__ import annotations

from collections.abc import Sequence

from webforms.chair import facts
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.frame import MARKING, Making, Record, finished
from webforms.chair.words import governing_overlay, of_darlington, overlay_of
from webforms.documents.blocks import Section


def local_form(
    file: CaseFile,
    making: Making,
    number: int,
    title: str,
    sections: Sequence[Section | None],
    *,
    running_head: str = "",
    landscape: bool = False,
    about: Sequence[tuple[str, str]] = (),
) -> Record:
    """The record of the form with this number among the appendices of the procedure.

    The title stands at the head of every page as well, unless `running_head` is given.
    `about` is what is told of this form besides the case and whose form it is.
    """
    return finished(
        _titled(file, title, number),
        running_head=running_head or title,
        reference=file.reference,
        made=making.made,
        about_last=True,
        landscape=landscape,
        about=[*_about_form(file, number), *about],
        marking=_marking(file, f"appendix_{number}"),
        sections=sections,
    )


def _titled(file: CaseFile, title: str, number: int) -> str:
    """The title of a form, with its number where the procedure that numbers it is the area's."""
    return f"{title} (appendix {number})" if of_darlington(file) else title


def _about_form(file: CaseFile, number: int) -> list[tuple[str, str]]:
    """Whose form it is. Outside Darlington it binds nobody, and says so."""
    fields = f"Fields of Darlington’s appendix {number}, in our words"
    if not of_darlington(file):
        fields += ". It is an example here: a form of the area goes before it"
    return [("Case", file.row.title), ("Form", fields)]


def _marking(file: CaseFile, form: str) -> str:
    """How a form is to be handled, as the procedure in force in the area says of it."""
    overlay = overlay_of(file) if facts.problem(file) else governing_overlay(file)
    handling = next((each.handling for each in overlay.forms if each.id == form), "")
    return f"{MARKING} – {handling}" if handling else MARKING
