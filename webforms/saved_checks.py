"""Finding a saved check by its reference, for whoever has it. Guesses are counted."""

from __future__ import annotations

from flask import abort

from webforms import visits
from webforms.store import Saved, TooManyTries, reference_key

__all__ = ["NOT_FOUND", "TooManyTries", "look_up", "look_up_or_stop"]

NOT_FOUND = (
    "No saved check has this reference: check it letter by letter. Saved checks are "
    "erased after 30 days"
)


def look_up(typed: str) -> Saved | None:
    """The check under a reference, or nothing. Raises `TooManyTries`."""
    if not typed:
        return None
    return visits.store().look_up(reference_key(typed), visits.client())


def look_up_or_stop(typed: str) -> Saved | None:
    """The same, for a page with nothing else to say after too many tries: it ends there (429)."""
    try:
        return look_up(typed)
    except TooManyTries:
        abort(429)
