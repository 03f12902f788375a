"""Appendix 4: what one agency knows, for the rapid review."""

from __future__ import annotations

from webforms.chair.casefile import CaseFile
from webforms.chair.documents.forms import FormField, blocks, values
from webforms.chair.documents.frame import Making, Record
from webforms.chair.documents.local_forms import local_form
from webforms.chair.documents.said import in_words
from webforms.chair.documents.terms import guidance, terms
from webforms.documents.blocks import facts, paragraph, section

TITLE = "Information from an agency"
FORM = "appendix_4"

WHO = (
    FormField("child", "The child or children concerned"),
    FormField("dates_of_involvement", "Dates of the agency’s involvement"),
    FormField("completed_by", "Completed by (role)"),
    FormField("agency_details", "The agency’s details", 2),
)
WHAT = (
    FormField(
        "involvement_and_issues",
        "The agency’s involvement, and safeguarding issues known in its course",
        12,
    ),
    FormField(
        "facts_of_the_incident", "What the agency knows now of the facts of the incident", 10
    ),
)
# Ours: the form leaves no room for them.
OURS = (
    FormField("older", "Anything older than three years that matters", 3),
    FormField("returned_on", "Sent back on"),
)
FIELDS = (*WHO, *WHAT)

POWER = (
    "Whoever is asked under section 16H of the Children Act 2004 has to comply. What is sent may "
    "be used for this purpose only."
)
POWER_OF_2015 = (
    "Under the rules of 2015 the Board asked under section 14B of the Children Act 2004, which has "
    "since been taken out of the Act. Its text was not read."
)
# What the agency is asked for informs these: section 16C(1)(a) and (b), and section 16B(1)(a).
CRITERIA = (
    "Please write below what helps to tell whether the criteria are met. The first: the authority "
    "knows or suspects that a child has been abused or neglected, and the child (a) has died or "
    "been seriously harmed in its area, or (b) has died or been seriously harmed outside England "
    "while normally resident in its area (Children Act 2004, section 16C(1)(a) and (b)). The "
    "second: complex issues, or issues of national importance, may arise here and speak for a "
    "national review (Children Act 2004, section 16B(1)(a); {guidance})."
)
CRITERIA_OF_2015 = (
    "Please write below what helps to tell whether the conditions of a serious case review are "
    "met. Abuse or neglect has to be known or suspected. A death is then enough. Of serious harm, "
    "it is also asked whether the way in which the authority, the Board’s partners or others "
    "worked together gives cause for concern (Regulations of 2006, regulation 5(2), not verified)."
)
OLD_TEST = (
    "The printed form also quotes the old test for a serious case review. That test no longer "
    "applies, and is not repeated here."
)


def items(file: CaseFile) -> dict[str, str]:
    """One for each agency that was asked, or that sent something back all the same."""
    asked = file.items("agency_request")
    found = {item: str(entry.data.get("agency", "")) for item, entry in asked.items()}
    for item in file.items("agency_return"):
        found.setdefault(item, "")
    return {item: agency or f"Agency {item}" for item, agency in found.items()}


def build(file: CaseFile, making: Making) -> Record:
    """The form of one agency; without one, a blank form."""
    item, given, old = making.item, {}, terms(file).old
    if item:
        given = values(FORM, file, {"agency_return": item})
        given["older"] = in_words(file, "agency_return", "older", item)
        given["returned_on"] = in_words(file, "agency_return", "returned_on", item)
    if not given.get("child"):
        given["child"] = ", ".join(file.children)
    agency = items(file).get(item, "")
    asked = [
        ("Agency", agency),
        *(
            (label, in_words(file, "agency_request", ask, item) if item else "")
            for ask, label in (
                ("asked_of", "Asked of"),
                ("asked_on", "Asked on"),
                ("return_by", "To come back by"),
                ("look_back_from", "Look back from"),
                ("note", "Also asked"),
            )
        ),
    ]
    return local_form(
        file,
        making,
        4,
        f"{TITLE}: {agency}" if agency else TITLE,
        [
            section(
                "request",
                "The request",
                paragraph(_criteria(file)),
                paragraph(POWER_OF_2015 if old else POWER),
                facts([row for row in asked if row[1]]),
                # The test that the printed form quotes is the one that counted in 2015.
                None if old else paragraph(OLD_TEST),
            ),
            section("who", "Who, and when", *blocks(WHO, given)),
            section("what", "What the agency knows", *blocks(WHAT, given), *blocks(OURS, given)),
        ],
        running_head=TITLE,
    )


def _criteria(file: CaseFile) -> str:
    """What the information is to inform, under the edition that governs the decision."""
    if terms(file).old:
        return CRITERIA_OF_2015
    return CRITERIA.format(guidance=guidance(file, "paragraph 344"))
