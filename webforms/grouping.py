"""What an assessment holds, grouped as a page shows it: what applies first, then the rest."""

from __future__ import annotations

from typing import Any

from engine.expression import Status
from engine.results import Assessment, ProcessGiven


def by_status(assessment: Assessment) -> dict[str, list[ProcessGiven]]:
    """The processes: what comes before everything, then those that apply, may apply, do not."""
    groups: dict[str, list[ProcessGiven]] = {"first": [], "apply": [], "may": [], "ruled_out": []}
    for process in assessment.processes:
        if process.first and process.status is Status.ESTABLISHED:
            groups["first"].append(process)
        elif process.status is Status.ESTABLISHED:
            groups["apply"].append(process)
        elif process.status is Status.OPEN:
            groups["may"].append(process)
        else:
            groups["ruled_out"].append(process)
    return groups


def findings_by_status(assessment: Assessment) -> list[tuple[str, list[Any]]]:
    """The findings under plain headings, those that hold first."""
    headings = (
        (Status.ESTABLISHED, "Established"),
        (Status.OPEN, "Open: neither established nor ruled out"),
        (Status.RULED_OUT, "Ruled out"),
    )
    grouped = [
        (heading, [each for each in assessment.findings if each.status is status])
        for status, heading in headings
    ]
    return [(heading, findings) for heading, findings in grouped if findings]
