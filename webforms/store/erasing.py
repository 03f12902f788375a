"""Erasing a case: what was written in it goes, and the chain of entries still holds.

The log itself holds only hashes, made with random salts that go too, so nothing can be guessed
from them. What stays of a case is its number, and who wrote to which of its parts and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from webforms.store.cases import Cases

OF_CASES = ("case opened", "case shared", "case no longer shared", "written", "signed")


@dataclass(frozen=True)
class Erasure:
    """How much was erased."""

    entries: int
    signed: int


class Erasing(Cases):
    """Cases that can be erased, once they are not to be kept any longer."""

    def erase_case(self, reference: str) -> Erasure | None:
        """Erases everything written in a case and signed of it, and the boards made of it; None
        when there is no such case.

        An entry in the log says so, and of which entries the words are gone.
        """
        with self._writing() as now:
            row = self.case(reference)
            if row is None:
                return None
            # All of these say in the same place of which case they are.
            gone = self.db.execute(
                "SELECT seq, kind FROM log JOIN payloads USING (seq)"
                f" WHERE kind IN ({', '.join('?' * len(OF_CASES))})"
                " AND json_extract(body, '$.case') = ? ORDER BY seq",
                [*OF_CASES, row.id],
            ).fetchall()
            for seq, _ in gone:
                self.db.execute("DELETE FROM payloads WHERE seq = ?", [seq])
            self.db.execute("DELETE FROM boards WHERE case_id = ?", [row.id])
            self.db.execute("DELETE FROM case_shares WHERE case_id = ?", [row.id])
            self.db.execute(
                "UPDATE cases SET title = '', stage = '', due = NULL, due_what = '', closed = 1,"
                " summary = '{}', erased = ? WHERE id = ?",
                [now, row.id],
            )
            payload = {"case": row.id, "entries": [seq for seq, _ in gone], "at": now}
            self._record("case erased", payload, "")
        self._forget_pages()
        kinds = [kind for _, kind in gone]
        return Erasure(kinds.count("written"), kinds.count("signed"))
