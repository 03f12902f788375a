"""Cells of CSV files that a spreadsheet must read as text, never as a formula.

A cell that begins like a formula gets an apostrophe in front. Reading such a file takes it off
again, and takes off nothing else, so that what was written comes back letter by letter.
"""

from __future__ import annotations

import re

# The signs that begin a formula, full-width ones too; some programs skip white space before them.
# A cell that begins with a tab or the end of a line can be torn apart and begin anew.
RISKY = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
MARK = "'"


def guarded(text: str) -> str:
    """The text as it is written to a cell."""
    return MARK + text if _risky(text.lstrip(MARK)) else text


def unguarded(text: str) -> str:
    """The text of a cell as it was before `guarded`."""
    return text[1:] if text.startswith(MARK) and _risky(text.lstrip(MARK)) else text


def _risky(text: str) -> bool:
    return RISKY.match(text) is not None
