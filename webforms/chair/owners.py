"""Who usually owns a stage of a case: the bodies that the procedure or the guidance names for it.

It is a help until somebody has written who owns the stage. It is never shown as if they had agreed.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.rulebook import Overlay
from engine.wording import fill
from webforms.chair import facts, words
from webforms.chair.casefile import CaseFile
from webforms.wording import first_upper

# The groups of a local procedure by stage, as far as it names one. The rest is national.
IN_AREA: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "darlington-2020": {
        "referral": ("business_unit",),  # 4.2
        "meeting": ("rapid_review_panel",),  # 8.3
        "decision": ("statutory_safeguarding_partners", "independent_scrutineer"),  # 8.9
        "panel_answer": ("statutory_safeguarding_partners",),  # 8.11
        "learning_route": ("learning_and_development",),  # 14.5
        "parallel": ("statutory_safeguarding_partners",),  # 15.2
        "commissioning": ("statutory_safeguarding_partners", "governance_group"),  # 12.1, 13.1
        "publication": ("statutory_safeguarding_partners", "independent_scrutineer"),  # 20.2
        "actions": ("learning_and_development",),  # 13.4 and 21.2
    },
    "gateshead-2019": {
        "meeting": ("safeguarding_children_partnership",),
        "decision": ("safeguarding_children_partnership",),
        "publication": ("safeguarding_children_partnership",),
        "actions": ("quality_learning_and_practice_group",),
    },
    "isle-of-wight-2023": {
        "referral": ("partnership_team",),
        "decision": ("learning_and_inquiry_group",),
    },
    "newcastle-2016": {
        "meeting": ("case_review_committee",),  # 4.1
        "decision": ("independent_chair",),  # 4.2
        "actions": ("case_review_committee", "standards_effectiveness_management_group"),  # 10.3
    },
}
AGENCIES = "The agencies that are asked"
LEARNING = "Those who decide on learning in {area}"
# Names in braces are those of the area.
NATIONAL: Mapping[str, str] = {
    "referral": "{authority}",
    "notification": "{authority}",
    "agency_information": AGENCIES,
    "meeting": "{partners}",
    "decision": "{partners}",
    "panel_answer": "{partners}",
    "learning_route": LEARNING,
    "parallel": "{partners}, with those who decide on each process",
    "commissioning": "{partners}",
    "publication": "{partners}",
    "actions": "{partners}",
}
BOARD = "The Local Safeguarding Children Board"
# Under the rules of 2015.
OF_BOARDS: Mapping[str, str] = {
    "referral": "{authority}",
    "notification": "{authority}",
    "agency_information": AGENCIES,
    "meeting": "The committee of the Board that looks at such cases",
    "decision": "The independent Chair of the Local Safeguarding Children Board",
    "panel_answer": "The independent Chair of the Local Safeguarding Children Board",
    "learning_route": LEARNING,
    "parallel": f"{BOARD}, with those who decide on each process",
    "commissioning": BOARD,
    "publication": BOARD,
    "actions": BOARD,
}


def usual_owners(file: CaseFile) -> dict[str, str]:
    """Who usually owns each stage; nothing for a case to which the rules cannot be applied."""
    if facts.problem(file):
        return {}
    overlay = words.governing_overlay(file)
    national = OF_BOARDS if facts.of_boards(file) else NATIONAL
    # The procedure may not govern this case; the area has its name all the same.
    own_words = dict(words.overlay_of(file).words)
    named = {stage: fill(text, own_words) for stage, text in national.items()}
    return {stage: first_upper(text) for stage, text in (named | in_area(overlay)).items()}


def in_area(overlay: Overlay) -> dict[str, str]:
    """The names of the groups that a local procedure has for a stage."""
    names = {group.id: group.name for group in overlay.groups}
    return {
        stage: "; ".join(names[each] for each in groups)
        for stage, groups in IN_AREA.get(overlay.id, {}).items()
    }
