"""Everything that is kept, and all of the SQL, behind one class.

`ledger` is the connection and the log, whose entries are never changed; every room below keeps
its own tables: `checks` for anonymous visits and saved checks, `accounts` for who may sign in,
`cases` for what a partnership records, `rooms` for training. `layout` has the tables themselves.
"""

from __future__ import annotations

from webforms.store.accounts import (
    Account,
    Accounts,
    Invitation,
    NameTaken,
    NotTakenUp,
    SignIn,
)
from webforms.store.cases import CaseRow, Cases, Entry, Listed, Signed, Superseded, Wanted
from webforms.store.checks import Checks, Saved, new_reference, reference_key
from webforms.store.layout import migrate
from webforms.store.ledger import Verification, canonical, entry_hash, sha256
from webforms.store.rooms import Given, Room, Rooms, RoomsFull, code_read, learner_key, trainer_key

__all__ = [
    "Account",
    "CaseRow",
    "Entry",
    "Given",
    "Invitation",
    "Listed",
    "NameTaken",
    "NotTakenUp",
    "Room",
    "RoomsFull",
    "Saved",
    "SignIn",
    "Signed",
    "Store",
    "Superseded",
    "Verification",
    "Wanted",
    "canonical",
    "code_read",
    "entry_hash",
    "learner_key",
    "migrate",
    "new_reference",
    "reference_key",
    "sha256",
    "trainer_key",
]


class Store(Checks, Accounts, Cases, Rooms):
    """The database of one request: open it, use it, close it."""
