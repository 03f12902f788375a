"""Appendix 5: the rapid review meeting, up to what it recommends. What is decided stands elsewhere.

Its three quality checks are worked out from the dates.
"""

from __future__ import annotations

from webforms.chair.agencies import requests
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.forms import LONG, FormField, blocks, relabelled, values
from webforms.chair.documents.frame import Making, Record
from webforms.chair.documents.local_forms import local_form
from webforms.chair.documents.said import in_words
from webforms.chair.documents.terms import terms
from webforms.chair.quality import ticks
from webforms.chair.words import of_darlington
from webforms.documents.blocks import Block, cell, field, paragraph, section, table
from webforms.documents.words import day

TITLE = "Rapid review meeting"
TITLE_OF_2015 = "Meeting that looked at the case"
FORM = "appendix_5"

DATE = FormField("date", "Date of the meeting")
PEOPLE = (FormField("present", "Present", 4), FormField("apologies", "Apologies", 2))
NOTIFIED = (
    FormField("notified_panel", "Notified to the Panel on"),
    FormField("notified_partners", "The safeguarding partners were told on"),
)
REASON = FormField("reason", "Why the panel meets", 3)
FACTS = (
    FormField("facts", "The facts of the case, as far as they can readily be found now", 8),
    FormField("agency_involvement", "How agencies were involved with the children and family", 8),
    FormField(
        "immediate_action",
        "What the children, brothers and sisters included, need now to be safe",
        LONG,
    ),
)
SEEN = (
    FormField("improvements", "Improvements that the panel sees", LONG),
    FormField("national_importance", "What points to national importance", LONG),
)
OUTCOME = (
    FormField("decision", "Recommendation, and whether to hold a local review", 2),
    FormField("rationale", "Why the panel recommends this", LONG),
    FormField("next_steps", "Next steps that the panel recommends", LONG),
)
# Darlington, paragraphs 8.4 and 8.9: the panel recommends, and others decide.
DECIDED_ELSEWHERE = (
    "The {who} recommends. What {deciders} decided, and why, stands in the record of the decision."
)
CHECKS = FormField("quality_checks", "Quality checks")
FIELDS = (DATE, *PEOPLE, *NOTIFIED, REASON, *FACTS, *SEEN, *OUTCOME, CHECKS)


LABELS_OF_2015 = {
    "notified_panel": "Reported to Ofsted on",
    "notified_partners": "The Local Safeguarding Children Board was told on",
    "reason": "Why the meeting was held",
    "improvements": "Improvements that the meeting saw",
    "national_importance": "What went beyond the area",
    "decision": "Recommendation, and whether to hold a serious case review",
    "rationale": "Why the meeting recommends this",
    "next_steps": "Next steps that the meeting recommends",
}


def build(file: CaseFile, making: Making) -> Record:
    given = values(FORM, file)
    old = terms(file).old
    who = "meeting" if old else "panel"
    names = LABELS_OF_2015 if old else {}
    head, seen, outcome = (
        blocks(relabelled(fields, names), given) for fields in ((*NOTIFIED, REASON), SEEN, OUTCOME)
    )
    title = TITLE_OF_2015 if old else TITLE
    return local_form(
        file,
        making,
        5,
        title,
        [
            section(
                "meeting",
                "The meeting",
                *blocks((DATE,), given),
                *_people(file),
                *head,
            ),
            section("facts", "What is known", *blocks(FACTS, given), _returns(file, making)),
            section("seen", f"What the {who} sees", *seen),
            section("outcome", f"What the {who} recommends", _decided_elsewhere(file), *outcome),
            section(
                "checks",
                CHECKS.label,
                paragraph("Worked out from the dates of the case, not ticked by hand."),
                _checks(file, making),
            ),
        ],
    )


def _decided_elsewhere(file: CaseFile) -> Block:
    who, deciders = "panel", terms(file).deciders
    if terms(file).old:
        who, deciders = "meeting", "the Chair of the Board"
    elif of_darlington(file):
        deciders += " and the Independent Scrutineer"
    return paragraph(DECIDED_ELSEWHERE.format(who=who, deciders=deciders))


def _people(file: CaseFile) -> list[Block]:
    """Who was there and who sent apologies, by role and agency."""
    found = {"present": "", "apologies": ""}
    for entry in file.items("attendance").values():
        person = ", ".join(
            each for each in (entry.data.get("role", ""), entry.data.get("agency", "")) if each
        )
        attended = str(entry.data.get("attended", ""))
        if attended in found:
            found[attended] += f"{person}\n"
    return [field(each.label, found[each.id], each.lines) for each in PEOPLE]


def _returns(file: CaseFile, making: Making) -> Block | None:
    """Which agencies sent information, in full on a form of its own for each."""
    return table(
        "Information from agencies",
        (("Agency", 34), ("Dates of involvement", 36), ("Came back", 30)),
        [
            [
                cell(each.agency),
                cell(in_words(file, "agency_return", "involved", each.item)),
                cell(day(each.returned_on) if each.returned_on else each.state.value),
            ]
            for each in requests(file, making.today)
        ],
    )


def _checks(file: CaseFile, making: Making) -> Block | None:
    return table(
        "Quality checks, for the partnership’s own use",
        (("Check", 40), ("Met?", 16), ("Why", 44)),
        [
            [cell(tick.text), cell(tick.words, strong=True), cell(tick.why)]
            for tick in ticks(file, making.today)
        ],
    )
