"""What a local form is called. Its fields are Darlington's; in another area it is an example."""

from __future__ import annotations

from webforms.chair.casefile import CaseFile
from webforms.chair.words import of_darlington


def titled(file: CaseFile, title: str, number: int) -> str:
    """The title of a form, with its number where the procedure that numbers it is the area's."""
    return f"{title} (appendix {number})" if of_darlington(file) else title


def about_form(file: CaseFile, number: int) -> list[tuple[str, str]]:
    """Whose form it is. Outside Darlington it binds nobody, and says so."""
    fields = f"Fields of Darlington’s appendix {number}, in our words"
    if not of_darlington(file):
        fields += ". It is an example here: a form of the area goes before it"
    return [("Case", file.row.title), ("Form", fields)]
