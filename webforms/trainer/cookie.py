"""The random value by which a room knows a browser again. It goes after a day, as rooms do.

It is a cookie of its own, so that it outlives a phone that is put away, and is not lost when
somebody clears a check or signs in. Beside the value it holds the codes of the rooms that the
browser was let into: only so can somebody be told that a room is closed, of which nothing is left
on the server, and nobody learns anything of a room in which they were not.
"""

from __future__ import annotations

import re
import secrets

from flask import Response, after_this_request, request

from webforms.store import code_read, learner_key, trainer_key
from webforms.store.rooms import ROOM_LASTS

NAME = "waymark-room"
VALUE = re.compile(r"[A-Za-z0-9_-]{43}")
# Longer ago than so many rooms nobody waits for one.
ROOMS_KNOWN = 8
TRAINER = "t"


def trainer() -> str:
    """The hash by which this browser is known as a trainer; of no room while it has no value."""
    return trainer_key(_value())


def learner(code: str) -> str:
    """The hash by which this browser is known as a learner in a room."""
    return learner_key(_value(), code)


def give(code: str, *, trainer: bool = False) -> None:
    """Gives the browser a value, or the one that it has for another day, for the room of a code."""
    mark = _mark(code, trainer)
    known = [each for each in _marks() if each != mark]
    value = ".".join((_value(), *known[1 - ROOMS_KNOWN :], mark))

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


def was_in(code: str, *, trainer: bool = False) -> bool:
    """Whether this browser was let into a room, as a learner or as its trainer."""
    return _mark(code, trainer) in _marks()


def _mark(code: str, trainer: bool) -> str:
    return f"{TRAINER if trainer else ''}{code}"


def _marks() -> list[str]:
    sent = request.cookies.get(NAME, "").split(".")[1:]
    return [each for each in sent if code_read(each.removeprefix(TRAINER))]


def _value() -> str:
    """The value that the browser sent, or a new one, the same for the whole request."""
    sent = request.cookies.get(NAME, "").partition(".")[0]
    if VALUE.fullmatch(sent):
        return sent
    made: str = request.environ.setdefault("waymark.room", secrets.token_urlsafe(32))
    return made
