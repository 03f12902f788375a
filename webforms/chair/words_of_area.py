"""A form in the words of its area and its edition: what only Darlington asks binds nobody else.

The forms were built after Darlington's procedure of 2020. In another area its steps are shown as an
example, and what only its rules know is left out. The national source is that of the edition that
governs the case: a text that was not read is never shown as if it had been.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from webforms.chair.part import Part

DARLINGTON = "Darlington’s procedure of March 2020"
INTROS = {
    "method": "No model fits every case. The partners agree the method with the reviewer.",
    "governance_meeting": (
        "No national text that was read asks for governance meetings. Write down those that you "
        "hold. Darlington asks for at least three; that binds no other area."
    ),
    "learning": (
        "For a case that is not notified, or for which no review follows. The national texts name "
        "no form of learning here. Who chooses it, and who approves it, is for your area."
    ),
    "recommendation": (
        "What the meeting recommends to those who decide, as it said it on the day. The decision "
        "is written down apart: it may differ, and neither changes the other. Leave this blank if "
        "in your area those who meet decide at once."
    ),
    "learning_approval": (
        "Darlington’s procedure has the partners approve the form of learning. Leave this blank if "
        "your area has no such step."
    ),
    "action": "Who follows up an action that is late, and when, is for your area.",
}
HINTS = {
    ("agency_request", "look_back_from"): (
        "No national text that was read limits this. Darlington’s procedure asks for three years "
        "before the incident at most."
    ),
    ("action", "extended_to"): "",
}
# Steps of Darlington's procedure alone.
NOT_ASKED = (
    ("action", "extension_asked_by"),
    ("action", "head_of_service_told"),
    ("action", "chief_officer_told"),
)

NOT_READ = "Working Together 2018 (not verified)"
SOURCES_OF_2018 = {
    "notification": f"Children Act 2004, section 16C(1); {NOT_READ}",
    "meeting": NOT_READ,
    "recommendation": NOT_READ,
    "decision": f"Children Act 2004, section 16F(1); {NOT_READ}",
    "panel_answer": f"{NOT_READ}; Regulations of 2018, regulation 11(d)",
    "method": NOT_READ,
    "reviewer": NOT_READ,
    "terms_of_reference": NOT_READ,
    "delay": NOT_READ,
    "publication": f"Children Act 2004, section 16F(3)–(5); {NOT_READ}",
}
INTROS_OF_2018 = {
    "reviewer": "Five things to consider before a reviewer is appointed.",
    "publication": (
        "The report goes to the Panel and the Secretary of State, which is a must of the Act. That "
        "it goes at least seven working days before the day of publication, and to Ofsted too, is "
        "told by those who quote the edition of 2018."
    ),
}
HINTS_OF_2018 = {
    ("notification", "dispute"): "As we read it, the time to notify runs on meanwhile.",
    ("reviewer", "bodies_told"): "",
}
# The edition of 2023 added a sixth thing to consider.
NOT_ASKED_IN_2018 = (("reviewer", "hindsight"),)


def in_area(part: Part, has_procedure: bool, kept: frozenset[str]) -> Part:
    """The part as it fits the area. `has_procedure` says that Darlington's procedure is its own.

    What was written once is asked for still: `kept` are the asks that hold something.
    """
    if has_procedure:
        return replace(part, local=f"{DARLINGTON}, {part.local}" if part.local else "")
    example = f"As an example, {DARLINGTON}, {part.local}. It binds no other area."
    return _worded(
        replace(part, local=example if part.local else ""), INTROS, HINTS, NOT_ASKED, kept
    )


def in_2018(part: Part, kept: frozenset[str]) -> Part:
    """The part under the edition of 2018, which is known only through those who quote it."""
    told = replace(part, source=SOURCES_OF_2018.get(part.id, part.source))
    return _worded(told, INTROS_OF_2018, HINTS_OF_2018, NOT_ASKED_IN_2018, kept)


def carried_forward(part: Part) -> Part:
    """The part under an edition that was not seen, for which the rules of 2023 are carried on."""
    if "Working Together 2023" not in part.source:
        return part
    return replace(part, source=f"{part.source} (carried forward: the edition of 2026 is unseen)")


def _worded(
    part: Part,
    intros: Mapping[str, str],
    hints: Mapping[tuple[str, str], str],
    not_asked: tuple[tuple[str, str], ...],
    kept: frozenset[str],
) -> Part:
    return replace(
        part,
        intro=intros.get(part.id, part.intro),
        asks=tuple(
            replace(each, hint=hints.get((part.id, each.id), each.hint))
            for each in part.asks
            if (part.id, each.id) not in not_asked or each.id in kept
        ),
    )
