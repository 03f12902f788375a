"""Appendix 1: a case is put to the group that chooses a form of learning below the threshold."""

from __future__ import annotations

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.forms import (
    LONG,
    YES_OR_NO,
    FormField,
    blocks,
    relabelled,
    values,
)
from webforms.chair.documents.frame import Making, Record
from webforms.chair.documents.local_forms import local_form
from webforms.chair.documents.terms import terms
from webforms.chair.parts import PARTS
from webforms.chair.words import for_case, of_darlington
from webforms.documents.blocks import Block, cell, paragraph, section, table

TITLE = "Referral for learning below the threshold"
FORM = "appendix_1"

REFERRED = (
    FormField("referred_to_group", "Referred to the group on"),
    FormField("received", "The authority received the incident notification on"),
    FormField("organisation", "Organisation that sent it"),
    FormField("reached_partners", "It reached the safeguarding partners on"),
)
DECIDED = (
    FormField(
        "criteria_met",
        "Do the partners find the criteria for notifying the Panel met?",
        hint=YES_OR_NO,
    ),
    FormField("why_not_notified", "If it was not notified: the decision, and why", LONG),
    FormField("information_shared", "Information shared for that decision, agency by agency", LONG),
    FormField(
        "learning_seen",
        "If the criteria were not met: may there be learning all the same?",
        hint=YES_OR_NO,
    ),
)
GROUP = (
    FormField("group_met", "The group met on"),
    FormField("agencies_present", "Agencies present", 2),
)
OUTCOME = (
    FormField("outcome_and_rationale", "Outcome, and the reasons for it", LONG),
    FormField("shared_with_partners", "Shared with the partners on"),
)
OPTION = FormField("option", "Form of learning")
FIELDS = (*REFERRED, *DECIDED, *GROUP, OPTION, *OUTCOME)

IF_MET = "If the criteria are met, the rapid review process is followed."
IF_NOT_MET = (
    "If there may be learning, this goes to the chair of the group, to consider the next steps, "
    "with a copy of the referral and of the notes of the decision. If not, there should be no "
    "further action, and the chair of the group is told of the decision, for information."
)


# Under the rules of 2015 it was reported to Ofsted and the Board; there was no such Panel.
LABELS_OF_2015 = {
    "criteria_met": "Is the incident found to be notifiable?",
    "why_not_notified": "If it was not reported: the decision, and why",
    "learning_seen": "If it is not notifiable: may there be learning all the same?",
    "reached_partners": "It reached the Local Safeguarding Children Board on",
    "shared_with_partners": "Shared with the Board on",
}


def build(file: CaseFile, making: Making) -> Record:
    given = values(FORM, file)
    old = terms(file).old
    names = LABELS_OF_2015 if old else {}
    referred, decided, group, outcome = (
        blocks(relabelled(fields, names), given) for fields in (REFERRED, DECIDED, GROUP, OUTCOME)
    )
    return local_form(
        file,
        making,
        1,
        TITLE,
        [
            section("referred", "The referral", *referred),
            section(
                "decided",
                "What was decided" if old else "What the partners decided",
                decided[0],
                paragraph(IF_MET) if of_darlington(file) else None,
                *decided[1:],
                paragraph(IF_NOT_MET) if of_darlington(file) else None,
            ),
            section("group", "The group", *group),
            section("option", "What the group chooses", *_options(file)),
            section("outcome", "The outcome", *outcome),
        ],
    )


def _options(file: CaseFile) -> list[Block | None]:
    """Every form of learning that the area has, and which one was chosen."""
    chosen = file.one("learning").get("option", "")
    options = list(for_case(PARTS["learning"], file).ask("option").options)
    approve = f"Chosen by the group; {terms(file).deciders} approve it."
    return [
        paragraph(approve) if of_darlington(file) else None,
        table(
            OPTION.label,
            (("Form of learning", 78), ("Chosen?", 22)),
            [
                [cell(title), cell("Chosen" if id == chosen else "", strong=True)]
                for id, title in options
            ],
        ),
    ]
