"""With whom cases are shared, and how they go on when people come and leave.

A case must never be left to people who cannot share it. So whoever comes in as the partnership
administrator of an area is given the cases that are there, and when an account is closed, what
only it could share is handed to the person who closes it. Each of these is in the log like every
other share, and none reaches beyond the area of the account.
"""

from __future__ import annotations

from typing import Any

from webforms.store.ledger import Ledger

CHAIR, ADMINISTRATOR = "chair", "partnership administrator"

# Cases shared with an account that nobody else could share with anybody.
ONLY_THEIRS = """
    SELECT case_id FROM case_shares JOIN cases ON cases.id = case_id
    JOIN accounts AS theirs ON theirs.id = account
    WHERE account = :account AND erased IS NULL AND cases.area = theirs.area
    AND NOT EXISTS (
        SELECT 1 FROM case_shares AS others JOIN accounts ON accounts.id = others.account
        WHERE others.case_id = case_shares.case_id AND others.account != :account
        AND closed IS NULL AND role IN (:chair, :administrator)
        AND accounts.area = cases.area
    ) ORDER BY case_id
"""


class CaseErased(Exception):
    """A case was erased while somebody worked in it: nothing more can be kept of it."""


class Shares(Ledger):
    """Which account may see which case. Whose share counts for what is decided by the caller."""

    def share(self, case_id: int, account: int, by: int | None = None) -> None:
        """Lets an account see a case. `by` is the account that says so."""
        with self._writing() as now:
            self._must_stand(case_id)
            self._share(case_id, account, by, now)

    def unshare(self, case_id: int, account: int, by: int | None = None) -> None:
        with self._writing() as now:
            done = self.db.execute(
                "DELETE FROM case_shares WHERE case_id = ? AND account = ?", [case_id, account]
            )
            if done.rowcount:
                self._record("case no longer shared", _sharing(case_id, account, by, now), "")

    def shared_with(self, case_id: int) -> tuple[int, ...]:
        rows = self.db.execute(
            "SELECT account FROM case_shares WHERE case_id = ? ORDER BY account", [case_id]
        )
        return tuple(row[0] for row in rows.fetchall())

    def only_theirs(self, account: int) -> tuple[int, ...]:
        """The cases shared with an account that no other open chair or administrator has."""
        rows = self.db.execute(
            ONLY_THEIRS, {"account": account, "chair": CHAIR, "administrator": ADMINISTRATOR}
        ).fetchall()
        return tuple(row[0] for row in rows)

    def _must_stand(self, case_id: int) -> None:
        row = self.db.execute("SELECT erased FROM cases WHERE id = ?", [case_id]).fetchone()
        if row is None or row[0] is not None:
            raise CaseErased(case_id)

    def _share(self, case_id: int, account: int, by: int | None, now: float) -> None:
        done = self.db.execute(
            "INSERT OR IGNORE INTO case_shares VALUES (?, ?)", [case_id, account]
        )
        if done.rowcount:
            self._record("case shared", _sharing(case_id, account, by, now), "")

    def _share_area(self, area: str, account: int, by: int | None, now: float) -> None:
        """Every case of an area that was not erased, closed ones too."""
        rows = self.db.execute(
            "SELECT id FROM cases WHERE area = ? AND erased IS NULL ORDER BY id", [area]
        ).fetchall()
        for (case_id,) in rows:
            self._share(case_id, account, by, now)

    def _hand_on(self, leaver: int, to: int, now: float) -> None:
        """What only the leaver could share goes to `to`. The leaver's own share stays as it was."""
        for case_id in self.only_theirs(leaver):
            self._share(case_id, to, to, now)


def _sharing(case_id: int, account: int, by: int | None, now: float) -> dict[str, Any]:
    return {"case": case_id, "account": account, "by": by, "at": now}
