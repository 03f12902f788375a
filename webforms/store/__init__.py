"""Everything that is kept, and all of the SQL, behind one class.

`ledger` is the connection and the log, whose entries are never changed; every room below keeps
its own tables: `checks` for anonymous visits and saved checks, `accounts` for who may sign in,
`cases` for what a partnership records. `layout` has the tables themselves.
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

__all__ = [
    "Account",
    "CaseRow",
    "Entry",
    "Invitation",
    "Listed",
    "NameTaken",
    "NotTakenUp",
    "Saved",
    "SignIn",
    "Signed",
    "Store",
    "Superseded",
    "Verification",
    "Wanted",
    "canonical",
    "entry_hash",
    "migrate",
    "new_reference",
    "reference_key",
    "sha256",
]


class Store(Checks, Accounts, Cases):
    """The database of one request: open it, use it, close it."""
