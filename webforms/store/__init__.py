"""Everything that is kept, and all of the SQL, behind one class.

`ledger` is the connection and the log, whose entries are never changed; every room below keeps
its own tables: `checks` for anonymous visits and saved checks, `accounts` for who may sign in,
`cases` for what a partnership records, `shares` for who may see it, `rooms` for training. `layout`
has the tables themselves; `seals` compares them with the log.
"""

from __future__ import annotations

from dataclasses import replace

from webforms.store import seals
from webforms.store.accounts import (
    Account,
    Invitation,
    NameTaken,
    NotTakenUp,
    SignIn,
)
from webforms.store.agencies import Agencies
from webforms.store.boards import Boards, KeptBoard, board_key
from webforms.store.cases import CaseRow, Listed, Noted, Wanted
from webforms.store.checks import Checks, Saved, new_reference, reference_key
from webforms.store.entries import Entry, Superseded
from webforms.store.erasing import Erasing, Erasure
from webforms.store.layout import migrate
from webforms.store.ledger import Verification, canonical, entry_hash, sha256
from webforms.store.new_passwords import NewPasswords, PasswordLink
from webforms.store.rooms import Given, Room, Rooms, RoomsFull, code_read, learner_key, trainer_key
from webforms.store.shares import CaseErased
from webforms.store.signed import Signed
from webforms.store.tries import TooManyTries

__all__ = [
    "Account",
    "CaseErased",
    "CaseRow",
    "Entry",
    "Erasure",
    "Given",
    "Invitation",
    "KeptBoard",
    "Listed",
    "NameTaken",
    "NotTakenUp",
    "Noted",
    "PasswordLink",
    "Room",
    "RoomsFull",
    "Saved",
    "SignIn",
    "Signed",
    "Store",
    "Superseded",
    "TooManyTries",
    "Verification",
    "Wanted",
    "board_key",
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


class Store(Checks, NewPasswords, Agencies, Erasing, Rooms, Boards):
    """The database of one request: open it, use it, close it."""

    def verify(self) -> Verification:
        """Walks the chain, and compares what pages read beside it with what was sealed."""
        # One moment for all of it: a line that is being written meanwhile is no fault.
        self.db.execute("BEGIN")
        try:
            chain = super().verify()
            return replace(chain, faults=(*chain.faults, *seals.faults(self.db)))
        finally:
            self.db.rollback()
