"""For which agency an account writes: the agencies that were asked, and a change of it."""

from __future__ import annotations

from webforms.store.accounts import Accounts


class Agencies(Accounts):
    """The agency of an account, which decides what a panel member may write."""

    def agencies_asked(self, area: str, account: int) -> tuple[str, ...]:
        """The agencies asked in the cases of an area that an account may see, as spelt there."""
        rows = self.db.execute(
            "SELECT DISTINCT json_extract(body, '$.data.agency') AS agency FROM"
            " (SELECT case_id, seq, max(version) FROM case_entries WHERE part = 'agency_request'"
            "  GROUP BY case_id, item) AS newest"
            " JOIN payloads USING (seq) JOIN cases ON cases.id = newest.case_id"
            " JOIN case_shares AS shares ON shares.case_id = cases.id AND shares.account = ?"
            " WHERE cases.area = ? AND erased IS NULL AND agency != ''"
            " AND json_extract(body, '$.data.taken_out') IS NULL ORDER BY agency",
            [account, area],
        ).fetchall()
        return tuple(row[0] for row in rows)

    def change_agency(self, account_id: int, agency: str, by: int) -> None:
        """Gives an open account another agency, on the word of the account `by`.

        Nothing is done where that account was closed meanwhile. What was written stays as it is.
        """
        with self._writing() as now:
            if not self._is_open(by):
                return
            done = self.db.execute(
                "UPDATE accounts SET agency = ? WHERE id = ? AND closed IS NULL AND agency != ?",
                [agency, account_id, agency],
            )
            if done.rowcount:
                payload = {"account": account_id, "agency": agency, "by": by, "at": now}
                self._record("agency changed", payload, "")
