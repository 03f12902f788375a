"""`waymark replay`: stored records, worked out again on the rules by which they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from engine.answers import NOT_KNOWN, Case
from engine.assessment import assess
from engine.rulebook import Rulebook
from rules.calendar import england
from webforms import config, rule_files
from webforms.chair import summary
from webforms.plain import differing
from webforms.store import Store, migrate, reference_key


@dataclass(frozen=True)
class Replayed:
    """One assessment of a record: what it is of, and where it differs from what was stored."""

    record: str
    stage: str
    rules_version: str
    differs: tuple[str, ...]


class NoSuchRecord(Exception):
    """Nothing is stored under the reference."""


@dataclass(frozen=True)
class Again:
    """What became of a replay: the assessments, what is wrong with the log, and which cases the
    list had shown otherwise than they stand. Those were mended."""

    done: tuple[Replayed, ...] = ()
    faults: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.faults and not any(each.differs for each in self.done)


def replay(reference: str | None) -> Again:
    """Every stored assessment, or those of one reference; and what is wrong with the log.

    Raises `NoSuchRecord` when a reference is given and nothing is stored under it.
    """
    path = config.data_folder() / config.DATABASE_FILE
    if not path.exists():
        if reference:
            raise NoSuchRecord(f"nothing is stored under {reference}: no database at {path}")
        return Again()
    migrate(path)
    store = Store(path)
    try:
        found = list(_records(store, reference))
        if reference and not found:
            raise NoSuchRecord(
                f"nothing is stored under {reference}: check it letter by letter, and that the "
                "case has been signed"
            )
        rules: dict[str, Rulebook | None] = {}
        done: list[Replayed] = []
        for record, stage, version, inputs, stored in found:
            if version not in rules:
                rules[version] = rule_files.of_version(store, version)
            done.append(_again(record, stage, version, inputs, stored, rules[version]))
        faults = store.verify().faults
        # What was tampered with is not made the ground of anything.
        mended = () if faults or reference else tuple(_mended(store))
        return Again(tuple(done), faults, mended)
    finally:
        store.close()


def _mended(store: Store) -> Iterator[str]:
    """The cases that the list shows otherwise than they stand, each worked out again.

    What a list shows is not sealed. It may also differ because a day has passed, or by newer rules.
    """
    clock = Flask("waymark replay")
    clock.config["CLOCK"] = lambda: datetime.now(UTC)
    for reference in store.references():
        row = store.case(reference)
        with clock.app_context():
            if row is not None and summary.refresh(store, row):
                yield reference


Record = tuple[str, str, str, Mapping[str, Any], Mapping[str, Any]]


def _records(store: Store, reference: str | None) -> Iterator[Record]:
    for case_reference in store.references():
        row = store.case(case_reference)
        if row is None or (reference and case_reference != reference.upper()):
            continue
        for signed in store.signed(row.id):
            name = f"{case_reference}, version {signed.version}"
            for stage, assessment in signed.record["assessments"].items():
                yield name, stage, signed.rules_version, signed.record["inputs"], assessment
    for key in store.every_saved():
        if reference and key != reference_key(reference):
            continue
        saved = store.saved(key)
        if saved is not None and saved.payload["assessment"]:
            case = saved.payload["case"]
            name = f"check saved {saved.made:%Y-%m-%d %H:%M}"
            yield name, case["stage"], saved.rules_version, case, saved.payload["assessment"]


def _again(
    record: str,
    stage: str,
    version: str,
    inputs: Mapping[str, Any],
    stored: Mapping[str, Any],
    rules: Rulebook | None,
) -> Replayed:
    if rules is None:
        return Replayed(
            record,
            stage,
            version,
            ("the rules of that version are not kept here, or not as they were",),
        )
    asked = set(rules.stages[stage].questions)
    dates = {
        event: date.fromisoformat(day) for event, day in inputs["dates"].items() if day != NOT_KNOWN
    }
    answers = {each: answer for each, answer in inputs["answers"].items() if each in asked}
    again = assess(rules, Case(stage, inputs["area"], dates, answers), england())
    return Replayed(record, stage, version, differing(again, stored))


def as_text(again: Again) -> str:
    done = again.done
    lines = [
        f"{each.record}, {each.stage}, rules {each.rules_version}: "
        + ("the same" if not each.differs else "DIFFERS in " + ", ".join(each.differs))
        for each in done
    ]
    differing = sum(bool(each.differs) for each in done)
    lines += [f"The log: {fault}" for fault in again.faults]
    lines += [
        f"{each}: the list of cases showed it otherwise than it stands; mended"
        for each in again.mended
    ]
    count = "1 assessment" if len(done) == 1 else f"{len(done)} assessments"
    lines.append(
        f"{count} worked out again; {differing} differ. "
        f"The log {'is sound' if not again.faults else 'is NOT sound'}."
    )
    return "\n".join(lines)
