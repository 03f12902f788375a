"""What a partnership sees of its cases together: tables, plain charts, and a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from rules.loader import rulebook
from webforms import access, visits
from webforms.access import Role, only
from webforms.chair.agreeing import differing
from webforms.chair.charts import bars
from webforms.chair.door import blueprint
from webforms.chair.oversight import Reason, as_csv, figures
from webforms.chair.parts.deciding import ROUTES
from webforms.store import CaseRow

OVERSEERS = (Role.CHAIR, Role.ADMINISTRATOR, Role.AUDITOR)
REASONS = 50  # on the page; the file has all of them


def _cases() -> tuple[CaseRow, ...]:
    """The cases that are counted: those that one may see, which for an auditor is all."""
    account = access.signed_in()
    mine = None if account.role == Role.AUDITOR else account.id
    return visits.store().summaries(account.area, mine)


def _reasons(rows: Sequence[CaseRow]) -> list[Reason]:
    """The reasons of cases that differ: read only for these, which one may see."""
    routes = {route.id: route.title for route in rulebook().routes}
    found = []
    for row in rows:
        written = visits.store().history(row.id, "decision")
        # The reasons of the decision that is counted, not of one that is not signed yet.
        counted = row.summary.get("decision_version")
        said = next((each.data for each in written if each.version == counted), {})
        if counted is None and written:
            said = written[0].data
        recommended = row.summary.get("recommended", "")
        decided = row.summary.get("decided", "")
        found.append(
            Reason(
                reference=row.reference,
                recommended=routes.get(recommended, recommended.replace("_", " ")),
                decided=dict(ROUTES).get(decided, decided),
                reasons=str(said.get("reasons", "")),
            )
        )
    return found


@blueprint.get("/oversight")
@only(*OVERSEERS)
def oversight() -> ResponseReturnValue:
    """The figures, each as a table with a chart beside it."""
    rows = _cases()
    differ = differing(rows)
    return render_template(
        "chair/oversight.html",
        tables=[(table, bars(table)) for table in figures(rows, visits.today())],
        count=len(rows),
        all_of_area=access.signed_in().role == Role.AUDITOR,
        reasons=_reasons(differ[:REASONS]),
        differing=len(differ),
        today=visits.today(),
        back_to=(url_for("chair.cases"), "Back to the cases"),
    )


@blueprint.get("/oversight.csv")
@only(*OVERSEERS)
def oversight_file() -> ResponseReturnValue:
    """Every figure, and every reason for a difference, as a file."""
    rows = _cases()
    today = visits.today()
    text = as_csv(figures(rows, today), _reasons(differing(rows)))
    return Response(
        # The mark at the beginning tells spreadsheets that this is UTF-8.
        "\ufeff" + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="oversight-{today}.csv"'},
    )
