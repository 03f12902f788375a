"""A record of the decision names the chronology, so that a later reader can tell which it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from webforms.chair.casefile import CaseFile
from webforms.chair.chronology_state import state_of
from webforms.chair.documents import appendix_6, decision_record
from webforms.chair.documents.frame import Making, Record
from webforms.store import Store

from . import cases

LABEL = "Fingerprint of its entries"
VISIT = {"date": "2026-04-09", "event": "A visit", "agency": "Health visiting"}
CALL = {"date": "2026-04-01", "event": "A call", "agency": "Police"}


def a_case(store: Store, *entries: Mapping[str, str]) -> CaseFile:
    written = {("chronology", str(n)): entry for n, entry in enumerate(entries, start=1)}
    return cases.kept(store, written=written)


def rows(record: Record, section: str) -> dict[str, str]:
    blocks = next((p["blocks"] for p in record["sections"] if p["id"] == section), [])
    found = [row for block in blocks if block["kind"] == "facts" for row in block["rows"]]
    return {row["label"]: row["value"] for row in found}


def named(file: CaseFile) -> dict[str, str]:
    """What the record says of the chronology."""
    record = decision_record.build(file, accounts=cases.ACCOUNTS, made=cases.MADE)
    return rows(record, "chronology")


def has_a_section(file: CaseFile) -> bool:
    """Whether the record speaks of the chronology at all."""
    record = decision_record.build(file, accounts=cases.ACCOUNTS, made=cases.MADE)
    return any(part["id"] == "chronology" for part in record["sections"])


def printed(file: CaseFile, item: str = "") -> str:
    """The fingerprint that the chronology itself names."""
    record = appendix_6.build(file, Making(cases.MADE, cases.ACCOUNTS, item))
    return rows(record, "about").get(LABEL, "")


def fingerprint(file: CaseFile) -> str:
    state = state_of(file)
    assert state
    return state.fingerprint


def with_first(file: CaseFile, **data: Any) -> CaseFile:
    """The same case with its first entry written again."""
    entry = file.entries["chronology"]["1"]
    newer = replace(entry, data={**entry.data, **data}, seq=999, at=entry.at + timedelta(days=1))
    chronology = {**file.entries["chronology"], "1": newer}
    return CaseFile(file.row, {**file.entries, "chronology": chronology})


def test_the_record_says_how_much_of_whom_and_until_when(store: Store) -> None:
    file = a_case(store, VISIT, CALL, {**CALL, "agency": "police ", "date": "2026-04-02"})
    said = named(file)
    assert said["Entries"] == "3"
    assert said["Of these agencies"] == "Health visiting: 1\nPolice: 2"
    last = max(entry.seq for entry in file.entries["chronology"].values())
    assert said["Last written"] == f"Wednesday 10 June 2026 at 18:00 (no. {last} in the log)"
    assert len(said[LABEL]) == 64


def test_the_chronology_names_the_fingerprint_that_the_record_names(store: Store) -> None:
    full = cases.full(store)
    assert printed(full) == named(full)[LABEL]
    # Of one agency's part there is none that could be taken for it.
    assert [printed(full, item) for item in appendix_6.items(full)] == ["", ""]


def test_an_entry_that_is_changed_added_or_taken_out_changes_the_fingerprint(
    store: Store,
) -> None:
    before = a_case(store, VISIT, CALL)
    others = (
        a_case(store, VISIT),
        a_case(store, VISIT, CALL, CALL),
        a_case(store, CALL, VISIT),
        with_first(before, event="A visit by two"),
        with_first(before, comments="The bruise was not mapped"),
        with_first(before, taken_out="Entered twice"),
    )
    assert len({fingerprint(each) for each in (before, *others)}) == 1 + len(others)


def test_what_is_written_again_as_it_was_is_the_same_chronology(store: Store) -> None:
    before = a_case(store, VISIT, CALL)
    again = with_first(before, comments="", time="")
    assert fingerprint(again) == fingerprint(before)
    assert "(no. 999 in the log)" in named(again)["Last written"]


def test_a_record_without_a_chronology_says_so(store: Store) -> None:
    record = decision_record.build(cases.empty(store), accounts=cases.ACCOUNTS, made=cases.MADE)
    (said,) = (part for part in record["sections"] if part["id"] == "chronology")
    assert "no chronology is on record" in str(said)
    assert printed(cases.empty(store)) == ""


def test_a_case_that_is_not_notified_is_not_told_to_lack_one(store: Store) -> None:
    assert named(cases.not_notified(store)) == {}


def test_a_case_whose_notification_was_withdrawn_lacks_one_only_where_a_meeting_was_begun(
    store: Store,
) -> None:
    answers = {**cases.ANSWERS, "abuse_or_neglect": "no", "notification_withdrawn": "yes"}
    dates = {"awareness": "2026-04-13", "notification_sent": "2026-04-17"}
    withdrawn = cases.kept(store, dates=dates, answers=answers)
    assert not has_a_section(withdrawn)
    met = cases.kept(
        store,
        dates=dates,
        answers=answers,
        written={("meeting", ""): {"held_on": "2026-05-06", "facts": "A baby."}},
    )
    assert has_a_section(met)


def test_what_an_agency_sent_back_says_of_whom_and_who_wrote_it(store: Store) -> None:
    full = cases.full(store)
    record = decision_record.build(full, accounts=cases.ACCOUNTS, made=cases.MADE)
    said = rows(record, "agencies")
    assert said["Children concerned"] == "Child A only"
    assert said["Completed by"] == "Health visitor team lead"
