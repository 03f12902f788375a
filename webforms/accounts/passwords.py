"""Passwords: hashed by argon2, checked in the same time whether or not the name exists."""

from __future__ import annotations

from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from webforms.store import Account, Store
from webforms.store.accounts import name_key

SHORTEST, LONGEST = 12, 200

# Long enough, and tried first by whoever guesses. Compared without capitals, spaces and dashes.
OBVIOUS = frozenset(
    {
        "123456789012",
        "1234567890123",
        "12345678910",
        "123456123456",
        "1q2w3e4r5t6y",
        "changemechangeme",
        "letmeinletmein",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "qwerty123456",
        "qwertyuiop12",
        "qwertyuiop123",
        "rapidreview1",
        "rapidreview12",
        "rapidreview123",
        "safeguarding",
        "safeguarding1",
        "safeguarding12",
        "safeguarding123",
        "waymark12345",
        "waymark123456",
        "waymarkwaymark",
    }
)


@cache
def _hasher(parameters: tuple[tuple[str, Any], ...]) -> PasswordHasher:
    return PasswordHasher(**dict(parameters))


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """A hash to compare with where there is no account, so that the answer takes as long."""
    return hasher.hash("the password of nobody")


def hasher() -> PasswordHasher:
    """argon2 with the library's own recommended cost, unless `ARGON2` sets another."""
    return _hasher(tuple(sorted(current_app.config.get("ARGON2", {}).items())))


def hashed(password: str) -> str:
    return hasher().hash(password)


def account_with(store: Store, name: str, password: str) -> Account | None:
    """The account of that name and password, or None; nothing tells which of the two is wrong."""
    found = store.password_of(name)
    kept = found[1] if found else _nobodys(hasher())
    try:
        hasher().verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return None
    if found is None:
        return None
    if hasher().check_needs_rehash(kept):
        store.rehash_password(found[0].id, hashed(password))
    return found[0]


def what_is_wrong(password: str, name: str) -> str | None:
    """Why a password cannot be taken, in one sentence; None when it can.

    Length is what helps. Nothing is asked about capitals, figures or signs.
    """
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    if name_key(password) == name_key(name):
        return "Password must not be your name"
    bare = "".join(letter for letter in password.casefold() if letter.isalnum())
    if bare in OBVIOUS or len(set(password)) < 4:
        return "Choose a password that is harder to guess, such as three unrelated words"
    return None
