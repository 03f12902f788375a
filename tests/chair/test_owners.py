"""Who usually owns a stage: whom the area's procedure names, or the rules of the time."""

from __future__ import annotations

from datetime import date

import pytest

from rules.loader import rulebook
from webforms.chair.owners import IN_AREA, NATIONAL, OF_BOARDS, usual_owners
from webforms.chair.stages import TITLES, task_list

from .test_words_of_area import TODAY, UNDER_2015, UNDER_2023, UNDER_2026, a_case

BOARD = "The Local Safeguarding Children Board"


def test_darlingtons_procedure_names_its_own_bodies() -> None:
    assert usual_owners(a_case(UNDER_2026)) == {
        "referral": "Safeguarding Partnership Business Unit",
        "notification": "Darlington Borough Council",
        "agency_information": "The agencies that are asked",
        "meeting": "Rapid Review Panel",
        "decision": "Statutory Safeguarding Partners; Independent Scrutineer, or Chair",
        "panel_answer": "Statutory Safeguarding Partners",
        "learning_route": "Learning and Development sub-group",
        "parallel": "Statutory Safeguarding Partners",
        "commissioning": "Statutory Safeguarding Partners; Governance Group",
        "publication": "Statutory Safeguarding Partners; Independent Scrutineer, or Chair",
        "actions": "Learning and Development sub-group",
    }


@pytest.mark.parametrize(
    ("area", "day", "stage", "owner"),
    [
        ("gateshead", UNDER_2026, "meeting", "Gateshead Safeguarding Children Partnership"),
        ("gateshead", UNDER_2026, "commissioning", "The safeguarding partners in Gateshead"),
        ("isle-of-wight", UNDER_2026, "decision", "Learning and Inquiry Group"),
        ("isle-of-wight", UNDER_2026, "notification", "Isle of Wight Council"),
        ("none", UNDER_2023, "meeting", "The safeguarding partners"),
        ("none", UNDER_2023, "learning_route", "Those who decide on learning in your area"),
        # Its report is relied on for one year, and was made under the rules of 2015.
        ("newcastle", UNDER_2015, "meeting", "Case Review Committee"),
        ("newcastle", UNDER_2015, "decision", "Independent Chair of the Board"),
        ("newcastle", UNDER_2015, "publication", BOARD),
        ("newcastle", UNDER_2026, "meeting", "The safeguarding partners in Newcastle"),
        # Darlington's procedure is of 2020.
        ("darlington", UNDER_2015, "commissioning", BOARD),
        ("darlington", UNDER_2015, "notification", "Darlington Borough Council"),
        (
            "darlington",
            UNDER_2015,
            "meeting",
            "The committee of the Board that looks at such cases",
        ),
    ],
)
def test_other_areas_and_times_have_other_bodies(
    area: str, day: date, stage: str, owner: str
) -> None:
    assert usual_owners(a_case(day, area))[stage] == owner


def test_a_case_under_the_rules_of_2015_knows_no_safeguarding_partners() -> None:
    for area in ("darlington", "gateshead", "isle-of-wight", "newcastle", "none"):
        named = " ".join(usual_owners(a_case(UNDER_2015, area)).values())
        assert "artner" not in named
        assert "Rapid Review" not in named


def test_every_stage_has_an_owner_and_every_group_is_one_of_the_procedure() -> None:
    assert list(NATIONAL) == list(OF_BOARDS) == list(TITLES)
    overlays = {overlay.id: overlay for overlay in rulebook().overlays}
    for overlay, stages in IN_AREA.items():
        known = {group.id for group in overlays[overlay].groups}
        assert set(stages) <= set(TITLES)
        assert {each for groups in stages.values() for each in groups} <= known


def test_what_a_person_wrote_stands_beside_it_and_is_never_made_up() -> None:
    written = {"stage": {"meeting": {"owner": "Designated doctor"}}}
    stages = {each.id: each for each in task_list(a_case(UNDER_2026, parts=written), TODAY)}
    assert stages["meeting"].owner == "Designated doctor"
    assert stages["decision"].owner == ""
    assert stages["decision"].usual_owner.startswith("Statutory Safeguarding Partners")


def test_a_case_before_the_first_edition_is_given_no_owner() -> None:
    assert usual_owners(a_case(date(2014, 5, 9))) == {}
