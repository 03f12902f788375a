"""Finding a saved check by its reference, for whoever has it. Guesses are counted."""

from __future__ import annotations

from webforms import visits
from webforms.store import Saved, reference_key

NOT_FOUND = (
    "No saved check has this reference: check it letter by letter. Saved checks are "
    "erased after 30 days"
)


class TooManyTries(Exception):
    """So many references that do not exist were tried from one address that no more are taken."""


def look_up(typed: str) -> Saved | None:
    """The check under a reference, or nothing. Raises `TooManyTries`."""
    store, client = visits.store(), visits.client()
    if not store.may_try(client):
        raise TooManyTries
    key = reference_key(typed)
    found = store.saved(key) if key else None
    if found is None and typed:
        store.note_failed_try(client)
    return found
