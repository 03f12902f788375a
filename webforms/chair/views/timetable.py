"""The timetable of a case: every deadline in a table and a picture, and as a calendar file."""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from webforms import visits
from webforms.chair import facts, notices
from webforms.chair.calendar_file import calendar
from webforms.chair.deadline_groups import Group, groups, missing, standing_words
from webforms.chair.deadlines import deadlines
from webforms.chair.door import Opened, blueprint, case_page
from webforms.chair.quality import ticks
from webforms.chair.timetable_picture import draw
from webforms.chair.words import area_name

# Whose form asks the quality questions.
AREA_OF_THE_TICKS = "darlington"


def _groups(at: Opened) -> tuple[Group, ...]:
    return groups(deadlines(at.file, visits.today()))


@blueprint.get("/cases/<reference>/timetable")
@case_page()
def timetable(at: Opened) -> ResponseReturnValue:
    """Every deadline, those without a day last, and the quality checks."""
    file, today = at.file, visits.today()
    found = _groups(at)
    with_day = [each for each in found if each.first_due]
    return render_template(
        "chair/timetable.html",
        file=file,
        today=today,
        problem=facts.problem(file),
        notices=notices.about_dates(file),
        with_day=with_day,
        without_day=[each for each in found if not each.first_due],
        picture=draw(with_day, today),
        standing_words=standing_words,
        missing=missing,
        ticks=ticks(file, today),
        ticks_of_elsewhere=file.area != AREA_OF_THE_TICKS,
        area=area_name(file),
        may_write=at.may_write,
        calendar=url_for("chair.timetable_file", reference=file.reference),
    )


@blueprint.get("/cases/<reference>/timetable.ics")
@case_page()
def timetable_file(at: Opened) -> ResponseReturnValue:
    """The unmet deadlines for a calendar."""
    reference = at.file.reference
    return Response(
        calendar(reference, _groups(at), visits.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{reference}-timetable.ics"'},
    )
