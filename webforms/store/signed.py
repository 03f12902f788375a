"""Signed records of cases, each fixed as a version, and the rule files that they were made by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from webforms.store.entries import Data, Entries


@dataclass(frozen=True)
class Signed:
    """A signed record: its version, what was signed, and the seal under which it lies.

    `read_to` is the place in the log up to which the case had been read when it was signed.
    """

    seq: int
    read_to: int
    version: int
    record: dict[str, Any]
    rules_version: str
    commitment: str
    account: int
    at: datetime


class SignedRecords(Entries):
    """What is signed in the cases of every area."""

    def sign(
        self,
        case_id: int,
        record: Data,
        *,
        account: int,
        rules: str,
        after: int,
        read_to: int,
    ) -> Signed | None:
        """Fixes a record as the version that follows `after`, made of everything up to `read_to`.

        None when another version came first, or when something newer was written in the case:
        nobody signs what they have not read.
        """
        with self._writing() as now:
            self._must_stand(case_id)
            (written,) = self.db.execute(
                "SELECT coalesce(max(seq), 0) FROM case_entries WHERE case_id = ?", [case_id]
            ).fetchone()
            if written > read_to:
                return None
            (last,) = self.db.execute(
                "SELECT coalesce(max(version), 0) FROM signed WHERE case_id = ?", [case_id]
            ).fetchone()
            if last != after:
                return None
            # Whose signature it is, of which case and version, is sealed with the record.
            sealed = {
                "case": case_id,
                "version": last + 1,
                "account": account,
                "at": now,
                "read_to": read_to,
                "record": dict(record),
            }
            seq = self._record("signed", sealed, rules)
            self.db.execute(
                "INSERT INTO signed VALUES (?, ?, ?, ?, ?)", [seq, case_id, last + 1, account, now]
            )
        return self.signed(case_id)[-1]

    def signed(self, case_id: int) -> tuple[Signed, ...]:
        """Every signed version of a case's record, the first one first."""
        rows = self.db.query(
            "SELECT s.seq, version, body, rules_version, commitment, account, at FROM signed AS s"
            " JOIN payloads USING (seq) JOIN log USING (seq) WHERE case_id = ? ORDER BY version",
            [case_id],
        )
        sealed = [(row, json.loads(row["body"])) for row in rows]
        return tuple(
            Signed(
                seq=row["seq"],
                # Older records do not say it: of them, what came before the seal counts as read.
                read_to=body.get("read_to", row["seq"]),
                version=row["version"],
                record=body["record"],
                rules_version=row["rules_version"],
                commitment=row["commitment"],
                account=row["account"],
                at=datetime.fromtimestamp(row["at"], UTC),
            )
            for row, body in sealed
        )

    def signed_to(self, case_id: int) -> int | None:
        """Up to where the case had been read when it was signed last; None where it is not signed.

        It is told from the seal alone, without the record that lies in it.
        """
        row = self.db.execute(
            "SELECT coalesce(json_extract(body, '$.read_to'), seq) FROM signed"
            " JOIN payloads USING (seq) WHERE case_id = ? ORDER BY version DESC LIMIT 1",
            [case_id],
        ).fetchone()
        return int(row[0]) if row else None

    def keep_rules(self, version: str, files: bytes) -> None:
        with self._writing():
            self.db.execute("INSERT OR IGNORE INTO rule_files VALUES (?, ?)", [version, files])

    def kept_rules(self, version: str) -> bytes | None:
        row = self.db.execute(
            "SELECT files FROM rule_files WHERE version = ?", [version]
        ).fetchone()
        return bytes(row[0]) if row else None

    def has_rules(self, version: str) -> bool:
        row = self.db.execute("SELECT 1 FROM rule_files WHERE version = ?", [version]).fetchone()
        return row is not None
