"""Appendix 1: a case is put to the group that chooses a form of learning below the threshold."""

from __future__ import annotations

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.forms import LONG, YES_OR_NO, FormField, blocks, values
from webforms.chair.documents.frame import Making, Record, finished
from webforms.chair.documents.terms import terms
from webforms.chair.words import learning_options
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

ENCLOSURES = (
    "If there may be learning, this goes to the chair of the group with a copy of the referral "
    "and of the notes of the decision. If not, the chair of the group is told of the decision."
)


def build(file: CaseFile, making: Making) -> Record:
    given = values(FORM, file)
    return finished(
        f"{TITLE} (appendix 1)",
        running_head=TITLE,
        reference=file.reference,
        made=making.made,
        about_last=True,
        about=[
            ("Case", file.row.title),
            ("Form", "Fields of Darlington’s appendix 1, in our words"),
        ],
        sections=[
            section("referred", "The referral", *blocks(REFERRED, given)),
            section(
                "decided",
                "What the partners decided",
                *blocks(DECIDED, given),
                paragraph(ENCLOSURES),
            ),
            section("group", "The group", *blocks(GROUP, given)),
            section("option", "What the group chooses", *_options(file)),
            section("outcome", "The outcome", *blocks(OUTCOME, given)),
        ],
    )


def _options(file: CaseFile) -> list[Block | None]:
    """Every form of learning that the area has, and which one was chosen."""
    chosen = file.one("learning").get("option", "")
    options = [(each.id, each.title) for each in learning_options(file)]
    if not options:
        options = [
            ("other", "A form of learning that the group names in the outcome"),
            ("no_further_action", "No further action"),
        ]
    return [
        paragraph(f"Chosen by the group; {terms(file).deciders} approve it."),
        table(
            OPTION.label,
            (("Form of learning", 78), ("Chosen?", 22)),
            [
                [cell(title), cell("Chosen" if id == chosen else "", strong=True)]
                for id, title in options
            ],
        ),
    ]
