"""An assessment as it goes on the record: three evaluators, rationale, and a line in the log."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.cases import training
from benchmarks.figures import Figure
from benchmarks.timing import one_by_one
from engine.answers import Case
from engine.assessment import assess
from rules.calendar import england
from rules.loader import rulebook
from webforms import store
from webforms.plain import plain

ROUNDS = 20
MOST_MILLISECONDS = 5


def figures() -> list[Figure]:
    cases = (*training("refer"), *training("notify"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "waymark.sqlite3"
        store.migrate(path)
        opened = store.Store(path)
        try:
            recorded = one_by_one([partial(_record, opened, case) for case in cases], ROUNDS)
            verified = opened.verify()
        finally:
            opened.close()
    if verified.faults or not verified.entries:
        raise AssertionError(f"the log is not sound: {verified}")
    assessed = one_by_one([partial(_assess, case) for case in cases], ROUNDS)
    return [
        Figure(
            "recorded_assessment",
            "A recorded assessment (median)",
            1e3 * median(recorded),
            "ms",
            at_most=MOST_MILLISECONDS,
            note=(
                "durable-rules, kernel and diagrams compared, dates, rationale, the record as "
                "JSON, and its hash-chained line in SQLite, written through to the disk; "
                f"{len(cases)} training cases"
            ),
        ),
        Figure(
            "recorded_assessment_slow",
            "A recorded assessment (19 of 20 within)",
            1e3 * sorted(recorded)[int(0.95 * len(recorded))],
            "ms",
        ),
        Figure("assessment", "The assessment alone (median)", 1e3 * median(assessed), "ms"),
    ]


def _assess(case: Case) -> object:
    return assess(rulebook(), case, england())


def _record(opened: store.Store, case: Case) -> None:
    assessment = assess(rulebook(), case, england())
    if assessment.fault:
        raise AssertionError(assessment.fault)
    payload = {
        "case": {"stage": case.stage, "area": case.area, "answers": dict(case.answers)},
        "assessment": plain(assessment),
        "rules_version": rulebook().version,
    }
    opened.save(payload, rulebook().version)
