"""Whether the tables still say what the log sealed.

The chain shows that no entry was changed. But pages read tables beside it: who wrote an entry,
which version it is, whose case it is, who may see it, what an account may do. Whoever can write to
the file could change those, so each is compared here with what was sealed when it was written.

Names and passwords of accounts are not sealed: a name may have to be mended, and a password is
nobody's to know. What a list shows of a case is not sealed either: it is worked out of what was
written, and `waymark replay` does so anew. What was cut off the end of the log cannot be seen from
within.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

Sealed = Mapping[int, Mapping[str, Any]]

ENTRY = ("case", "part", "item", "version", "account", "at")
SIGNATURE = ("case", "version", "account", "at")
# What must be there: of a case, for as long as it is; of accounts, for ever.
KEPT = (
    "written",
    "signed",
    "case opened",
    "case shared",
    "case no longer shared",
    "case erased",
    "invited",
    "link withdrawn",
    "account made",
    "account closed",
    "agency changed",
    "password changed",
    "password link made",
    "password set by link",
)


def faults(db: Database) -> tuple[str, ...]:
    """Everything in the tables that is not as it was sealed, in sentences."""
    kinds = {
        row["seq"]: row["kind"]
        for row in db.query("SELECT seq, kind FROM log ORDER BY seq")
        if row["kind"] in KEPT
    }
    sealed = _sealed(db)
    erased = {
        seq
        for each in _of_kind("case erased", kinds, sealed).values()
        for seq in each.get("entries", ())
    }
    gone = (
        f"What was saved with entry {seq} has been taken away."
        for seq in kinds
        if seq not in sealed and seq not in erased
    )
    rows = {
        "written": db.query(
            "SELECT seq, case_id AS 'case', part, item, version, account, at FROM case_entries"
        ),
        "signed": db.query("SELECT seq, case_id AS 'case', version, account, at FROM signed"),
    }
    written = _against(_of_kind("written", kinds, sealed), rows["written"], ENTRY, erased)
    signed = _against(_of_kind("signed", kinds, sealed), rows["signed"], SIGNATURE, erased)
    return (*gone, *written, *signed, *_cases(db, kinds, sealed), *_accounts(db, kinds, sealed))


def _sealed(db: Database) -> dict[int, Mapping[str, Any]]:
    """What was saved with each entry of those kinds; nothing for what cannot be read any more."""
    found: dict[int, Mapping[str, Any]] = {}
    wanted = ", ".join("?" * len(KEPT))
    for row in db.query(
        f"SELECT seq, body FROM payloads JOIN log USING (seq) WHERE kind IN ({wanted})",
        list(KEPT),
    ):
        try:
            body = json.loads(row["body"])
        except ValueError:
            body = None
        found[row["seq"]] = body if isinstance(body, dict) else {}
    return found


def _of_kind(kind: str, kinds: Mapping[int, str], sealed: Sealed) -> Sealed:
    return {seq: sealed[seq] for seq in kinds if kinds[seq] == kind and seq in sealed}


def _against(
    sealed: Sealed, rows: Iterator[dict[str, Any]], columns: tuple[str, ...], erased: set[int]
) -> Iterator[str]:
    """Rows that are not what was sealed, and seals whose row is gone."""
    listed = {row["seq"]: row for row in rows}
    for seq, row in listed.items():
        if seq in erased and seq not in sealed:
            continue
        said = sealed.get(seq)
        if said is None:
            yield f"A line of a case names entry {seq}, which is none of a case."
            continue
        for column in columns:
            if row[column] != said.get(column):
                yield f"A line of a case says another {column} than was sealed in entry {seq}."
    for seq in sealed:
        if seq not in listed:
            yield f"The line of a case for entry {seq} has been taken away."


def _cases(db: Database, kinds: Mapping[int, str], sealed: Sealed) -> Iterator[str]:
    """Cases that are not as they were opened, or that others may see than those named."""
    opened = {each.get("case"): each for each in _of_kind("case opened", kinds, sealed).values()}
    erased = {each.get("case") for each in _of_kind("case erased", kinds, sealed).values()}
    rows = {row["id"]: row for row in db.query("SELECT * FROM cases")}
    for case_id, row in rows.items():
        name = row["reference"]
        if case_id in erased:
            continue
        said = opened.get(case_id)
        if row["erased"] is not None:
            yield f"Case {name} is hidden as erased, which the log does not say."
        if said is None:
            yield f"The log does not say that case {name} was opened."
            continue
        now = {**row, "account": row["opened_by"], "at": row["opened"]}
        for column in ("reference", "area", "title", "account", "at"):
            if now[column] != said.get(column):
                yield f"Case {name} has another {column} than when it was opened."
    for case_id, said in opened.items():
        if case_id not in rows:
            yield f"Case {said.get('reference')} has been taken away."
    yield from _shares(db, kinds, sealed, {each: rows[each]["reference"] for each in rows}, erased)


def _shares(
    db: Database,
    kinds: Mapping[int, str],
    sealed: Sealed,
    names: Mapping[int, str],
    erased: set[Any],
) -> Iterator[str]:
    said: set[tuple[Any, Any]] = set()
    for seq, each in sealed.items():
        share = (each.get("case"), each.get("account"))
        if kinds[seq] in ("case opened", "case shared"):
            said.add(share)
        elif kinds[seq] == "case no longer shared":
            said.discard(share)
    now = {(row["case_id"], row["account"]) for row in db.query("SELECT * FROM case_shares")}
    for case_id, account in sorted(now - said):
        name = names.get(case_id, case_id)
        yield f"Case {name} is shared with account {account}, which the log does not say."
    for case_id, account in sorted(said - now, key=str):
        if case_id not in erased:
            name = names.get(case_id, case_id)
            yield f"Case {name} is not shared with account {account}, which the log says it is."


def _accounts(db: Database, kinds: Mapping[int, str], sealed: Sealed) -> Iterator[str]:
    """Accounts that may do something else than their invitation said, and those that are gone."""
    made = {each.get("account"): each for each in _of_kind("account made", kinds, sealed).values()}
    closed = {
        each.get("account"): each for each in _of_kind("account closed", kinds, sealed).values()
    }
    # An account writes for the agency that it was given last.
    changed = {
        each.get("account"): each for each in _of_kind("agency changed", kinds, sealed).values()
    }
    there: set[Any] = set()
    for row in db.query("SELECT id, role, area, agency, made, closed FROM accounts"):
        there.add(row["id"])
        said = made.get(row["id"])
        if said is None:
            yield f"The log does not say that account {row['id']} was made."
            continue
        now = {**row, "at": row["made"]}
        if since := changed.get(row["id"]):
            if row["agency"] != since.get("agency"):
                yield f"Account {row['id']} has another agency than it was given last."
            said = {**said, "agency": row["agency"]}
        for column in ("role", "area", "agency", "at"):
            # Entries of before the agency was sealed do not name it.
            if now[column] != said.get(column, now[column] if column == "agency" else None):
                yield f"Account {row['id']} has another {column} than when it was made."
        if row["closed"] != closed.get(row["id"], {}).get("at"):
            yield f"Account {row['id']} is not open or closed as the log says."
    for account in sorted(made.keys() - there, key=str):
        yield f"Account {account} has been taken away."
