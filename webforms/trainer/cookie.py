"""The random value by which a room knows a browser again. It goes after a day, as rooms do.

It is a cookie of its own, so that it outlives a phone that is put away, and is not lost when
somebody clears a check or signs in.
"""

from __future__ import annotations

import re
import secrets

from flask import Response, after_this_request, request

from webforms.store import learner_key, trainer_key
from webforms.store.rooms import ROOM_LASTS

NAME = "waymark-room"
VALUE = re.compile(r"[A-Za-z0-9_-]{43}")


def trainer() -> str:
    """The hash by which this browser is known as a trainer; of no room while it has no value."""
    return trainer_key(_value())


def learner(code: str) -> str:
    """The hash by which this browser is known as a learner in a room."""
    return learner_key(_value(), code)


def give() -> None:
    """Gives the browser a value, or the one that it has for another day."""
    value = _value()

    @after_this_request
    def _(response: Response) -> Response:
        response.set_cookie(
            NAME,
            value,
            max_age=ROOM_LASTS,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def _value() -> str:
    """The value that the browser sent, or a new one, the same for the whole request."""
    sent = request.cookies.get(NAME, "")
    if VALUE.fullmatch(sent):
        return sent
    made: str = request.environ.setdefault("waymark.room", secrets.token_urlsafe(32))
    return made
