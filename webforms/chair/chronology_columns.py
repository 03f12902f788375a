"""The columns of a chronology file: their names in our words, and those of the local form."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: the ask it stands for, its name in our words, and other names, letters only."""

    ask: str
    title: str
    others: tuple[str, ...]


COLUMNS = (
    Column("date", "Date", ("dateddmmyy", "dateddmmyyyy", "dateofevent", "dateoftheevent", "day")),
    Column("time", "Time", ("timehr", "timehhmm", "timehrclock", "timeofevent")),
    Column("event", "What happened", ("significantevent", "significantevents", "event", "events")),
    Column("agency", "Agency", ("agencies", "organisation")),
    # The printed form calls this column "Agency", like its own head; in a file that is the agency.
    Column("records", "Kind of record", ("record", "records", "recordtype", "typeofrecord")),
    Column(
        "source",
        "Whose records",
        (
            "whoseprofessionalagencyrecordssource",
            "whoseprofessionalagencyrecords",
            "whoseprofessionalrecords",
            "source",
            "sourceofinformation",
        ),
    ),
    Column("involved", "Who was involved", ("involved", "whoinvolved", "peopleinvolved")),
    Column(
        "outcome",
        "Decisions, actions and outcome",
        (
            "decisionsandoutcome",
            "decisionsoutcomeincludinganyactionstaken",
            "decisionsoutcome",
            "decisionsoutcomes",
            "decisionoutcome",
            "decisions",
            "outcome",
            "outcomes",
        ),
    ),
    Column(
        "seen",
        "Child seen and views sought",
        (
            "childseenviewssoughtyesnorecordthechildsviews",
            "childseenviewssoughtyesno",
            "childseenviewssoughtyn",
            "childseenviewssought",
            "childseenviewobtained",
            "childseen",
            "seen",
        ),
    ),
    Column("views", "The child’s views", ("childsviews", "viewsofthechild", "views")),
    Column("comments", "Author’s comments", ("authorcomments", "theauthorscomments", "comments")),
    Column("author", "Author", ("authorofentry", "authorofthisentry", "completedby")),
)
TITLES = {column.ask: column.title for column in COLUMNS}


def letters(title: str) -> str:
    """What counts in the name of a column: its letters, whatever their case."""
    return re.sub("[^a-z]", "", title.casefold())


NAMES = {name: column for column in COLUMNS for name in (letters(column.title), *column.others)}
