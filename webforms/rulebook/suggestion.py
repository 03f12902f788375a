"""A suggested correction as a plain text file, for the reader to send to the maintainers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from webforms.documents.words import tidy


@dataclass(frozen=True)
class Suggestion:
    """What a reader wrote about a page."""

    wrong: str
    better: str = ""
    read_where: str = ""
    who: str = ""


def as_text(
    suggestion: Suggestion,
    *,
    page: str,
    title: str,
    address: str,
    rules_version: str,
    waymark_version: str,
    on: date,
) -> str:
    """The file: which page and which version of the rules, then what the reader wrote."""
    return tidy(
        "\n".join(
            [
                "Waymark: a suggested correction",
                "",
                f"Page: {page}",
                f"Title: {' '.join(title.split())}",
                f"Address: {address}",
                f"Version of the rules: {rules_version}",
                f"Version of Waymark: {waymark_version}",
                f"Date: {on.isoformat()}",
                *_part("What is wrong", suggestion.wrong),
                *_part("What it should say", suggestion.better),
                *_part("Where this was read", suggestion.read_where),
                *_part("Who suggests it", suggestion.who),
                "",
            ]
        )
    )


def _part(heading: str, text: str) -> list[str]:
    return ["", f"{heading}:", text.strip() or "(nothing written)"]


def file_name(page: str) -> str:
    """A name that every system takes."""
    return f"waymark-correction-{re.sub(r'[^A-Za-z0-9_-]+', '-', page)}.txt"
