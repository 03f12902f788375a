"""Whether the tool, the panel that met, the deciders and the National Panel agree, in figures.

Each comparison is made on one version of a decision: what was recommended is compared with what was
decided in the end, the National Panel's answer with the version that it answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from webforms.chair.parts.deciding import PANEL_ANSWER, ROUTES
from webforms.chair.recommending import IN_WORDS, Agreement, told_apart
from webforms.chair.tables import NOT_YET, Row, Table, count, is_decided
from webforms.store import CaseRow

AGREES = (Agreement.SAME, Agreement.FOLLOWS)
ONLY_FOLLOWS = "None differs, but the tool only follows from the partners’ own answer"


def agreement_tables(rows: Sequence[CaseRow]) -> tuple[Table, ...]:
    """Every table on agreement, in the order of the page."""
    return (
        _tool_and_decision(rows),
        _views(rows),
        _panel(rows),
        _after_disagreement(rows),
        _all_three(rows),
    )


def differing(rows: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """The decided cases that went another way than was recommended, the newest first."""
    found = [row for row in rows if is_decided(row) and agreement(row) == Agreement.DIFFERS]
    return tuple(sorted(found, key=lambda row: row.id, reverse=True))


def agreement(row: CaseRow) -> str:
    """Whether the decision in the end is the one recommended, or nothing where that is not known.

    A case in which nobody wrote for long has it in the words of before.
    """
    before = {"yes": Agreement.DIFFERS.value, "no": Agreement.SAME.value}
    found = row.summary.get("agreement") or before.get(row.summary.get("differs", ""), "")
    return told_apart(Agreement(found), row.summary.get("recommended", "")) if found else ""


def _tool_and_decision(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if is_decided(row)]
    said = Counter(agreement(row) for row in decided)
    return Table(
        id="tool",
        title="What the rules recommend, and what was decided",
        head="The decision",
        columns=("Cases",),
        rows=(
            Row("The same as the rules recommend", (said[Agreement.SAME],)),
            Row(IN_WORDS[Agreement.FOLLOWS], (said[Agreement.FOLLOWS],)),
            Row("Differs from what the rules recommend", (said[Agreement.DIFFERS],)),
            Row(
                "Left by the rules to the people, or to another body",
                (said[Agreement.NOTHING_TO_COMPARE],),
            ),
            Row("Nothing to compare with was kept", (said[""],)),
            Row("Not decided yet", (len(rows) - len(decided),)),
        ),
        cases=len(decided),
        says="A difference is no fault. The people decide, and say why. Most of what the rules "
        "recommend follows from the partners’ own answer on whether a review is appropriate: a "
        "decision that agrees with it is counted apart, because it has no second opinion behind "
        "it. Where the rules leave the outcome to the people, or to another body, there is nothing "
        "to compare. The version "
        "signed last is counted; where none is signed, the decision as it stands.",
    )


def _views(rows: Sequence[CaseRow]) -> Table:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.summary.get("views", {}))
    begun = count(rows, lambda row: _given(row.summary.get("views", {})) > 0)
    return Table(
        id="views",
        title="The rapid review panel’s views, and what the rules find",
        head="Criteria and circumstances",
        columns=("Views",),
        rows=(
            Row("The same", (total["same"],)),
            Row("Differ", (total["differ"],)),
            Row("Only one of the two says yes or no", (total["neither"],)),
            Row("View still to come", (total["to_come"],)),
        ),
        cases=begun,
        says="Each criterion and circumstance of each case is counted. What the rules find is what "
        "they found when the case was last changed.",
    )


def _given(views: dict[str, Any]) -> int:
    return sum(int(views.get(each, 0)) for each in ("same", "differ", "neither"))


def _panel(rows: Sequence[CaseRow]) -> Table:
    decided = [row for row in rows if answered(row)["decided"] not in NOT_YET]
    said = Counter(row.summary.get("panel", "") or "not_yet" for row in decided)
    return Table(
        id="panel",
        title="The decision, and the National Panel’s answer",
        head="The National Panel",
        columns=("Cases",),
        rows=tuple(
            Row(text, (said[value],)) for value, text in PANEL_ANSWER.ask("agreement").options
        ),
        cases=sum(said[each] for each in said if each != "not_yet"),
        says="Decided cases only. The Panel answers one version of the decision, and that one is "
        "counted: the one signed last before its answer was written here or, where none was "
        "signed, the decision as it stood. A case without an answer counts as not answered yet.",
    )


def _after_disagreement(rows: Sequence[CaseRow]) -> Table:
    """Where the National Panel disagreed: with what, and what was decided in the end."""
    disputed = [
        row
        for row in rows
        if row.summary.get("panel") == "disagrees" and answered(row)["decided"] not in NOT_YET
    ]
    before = Counter(answered(row)["decided"] for row in disputed)
    after = Counter(row.summary.get("decided", "") for row in disputed)
    return Table(
        id="after-disagreement",
        title="Where the National Panel disagreed, and what was decided in the end",
        head="The decision",
        columns=("With which it disagreed", "In the end"),
        rows=tuple(
            Row(title, (before[route], after[route]))
            for route, title in ROUTES
            if before[route] or after[route]
        ),
        cases=len(disputed),
        says="Each case is counted once in each column: by the decision that the Panel answered, "
        "and by the decision that stands. The Panel’s view is weighed; the partners decide.",
    )


def answered(row: CaseRow) -> dict[str, Any]:
    """The decision that the National Panel answered, and what stood beside it.

    Of a case that it has not answered, or that nobody wrote in since versions were told apart: the
    decision in the end.
    """
    found: dict[str, Any] = row.summary.get("answered") or {}
    if not found:
        return {
            "decided": row.summary.get("decided", ""),
            "agreement": agreement(row),
            "views": row.summary.get("views", {}),
        }
    said = found["agreement"]
    if not said:
        return found
    return {**found, "agreement": told_apart(Agreement(said), _recommended_then(row, found)).value}


def _recommended_then(row: CaseRow, found: dict[str, Any]) -> str:
    """What was recommended for the decision that the National Panel answered, or nothing.

    Before it was noted for that version, only that of the decision in the end is known. It is taken
    for the same where the two decisions agree with it alike.
    """
    if "recommended" in found:
        return str(found["recommended"])
    alike = all(found[each] == row.summary.get(each) for each in ("decided", "agreement"))
    return str(row.summary.get("recommended", "")) if alike else ""


def _all_three(rows: Sequence[CaseRow]) -> Table:
    """Where all have spoken: the tool, the panel that met, and the National Panel."""
    spoken = [
        (each, row.summary["panel"])
        for row in rows
        if row.summary.get("panel") in ("agrees", "disagrees")
        and (each := answered(row))["decided"] not in NOT_YET
        and each["agreement"] in (*AGREES, Agreement.DIFFERS)
        and _given(each["views"])
    ]
    agreeing = Counter(
        each["agreement"]
        for each, said in spoken
        if each["agreement"] in AGREES and not each["views"]["differ"] and said == "agrees"
    )
    return Table(
        id="all-three",
        title="Tool, rapid review panel and National Panel together",
        head="Where all have spoken",
        columns=("Cases",),
        rows=(
            Row("All of them agree", (agreeing[Agreement.SAME],)),
            Row(ONLY_FOLLOWS, (agreeing[Agreement.FOLLOWS],)),
            Row("At least one differs", (len(spoken) - agreeing.total(),)),
        ),
        cases=len(spoken),
        says="They agree where the decision that the National Panel answered is the one "
        "recommended, no view of the panel that met differed then from what the rules find, and "
        "the National Panel agrees. Where the tool only follows from the partners’ own answer, "
        "that is counted apart. Where the rules left the outcome open, a case is not counted.",
    )
