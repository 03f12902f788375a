"""Searching the rulebook."""

from __future__ import annotations

import pytest

from engine.coverage import coverage
from engine.rulebook import Rulebook
from webforms.rulebook.catalogue import Catalogue
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.search import search
from webforms.rulebook.synonyms import synonyms


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Catalogue:
    return catalogue(rulebook)


def addresses(whole: Catalogue, asked: str) -> list[str]:
    return [each.address for found in search(whole, asked).values() for each in found]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("345", "/rules/rule/si2018-789-3-a"),
        ("16C", "/rules/route/notify_the_panel"),
        ("16c(1)", "/rules/route/notify_the_panel"),
        ("serious_incident", "/rules/finding/serious_incident"),
        ("ca2004-16m-1", "/rules/rule/ca2004-16m-1"),
        ("Care Leaver", "/rules/question/care_leaver"),
        ("neglec", "/rules/question/abuse_or_neglect"),
        ("acknowledgement 15 working days", "/rules/contradiction/A3"),
        ("Gateshead", "/rules/areas/gateshead"),
        ("domestic homicide", "/rules/process/domestic_homicide_review"),
        ("five working days aware", "/rules/clock/notify_in_five_working_days"),
    ],
)
def test_what_is_found(whole: Catalogue, asked: str, address: str) -> None:
    assert address in addresses(whole, asked)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("LADO", "/rules/process/allegation_against_a_worker"),
        ("lado allegation", "/rules/process/allegation_against_a_worker"),
        ("DARDR", "/rules/process/domestic_homicide_review"),
        ("DHR", "/rules/process/domestic_homicide_review"),
        ("SAR", "/rules/process/safeguarding_adults_review_mandatory"),
        ("MHHR", "/rules/process/mental_health_homicide_review"),
        ("CDOP", "/rules/process/child_death_review"),
        ("OWHR", "/rules/process/offensive_weapons_homicide_review"),
        ("MASH", "/rules/process/child_protection_enquiries"),
        ("s47", "/rules/process/child_protection_enquiries"),
        ("s. 47", "/rules/process/child_protection_enquiries"),
        ("EHE", "/rules/question/educated_otherwise_than_at_school"),
        ("home education", "/rules/question/educated_otherwise_than_at_school"),
        ("elective home education", "/rules/question/educated_otherwise_than_at_school"),
        ("LAC", "/rules/question/looked_after"),
        ("JAR", "/rules/process/joint_agency_response"),
        ("¶332", "/rules/rule/wt2023-332"),
        ("para 332", "/rules/rule/wt2023-332"),
        ("paragraph 332", "/rules/rule/wt2023-332"),
        ("s16C", "/rules/route/notify_the_panel"),
        ("SUDI", "/rules/process/joint_agency_response"),
        ("sudden infant death", "/rules/process/child_death_review"),
        ("cot death", "/rules/process/joint_agency_response"),
        ("NAI", "/rules/question/how_serious_was_the_harm"),
        ("non-accidental injury", "/rules/question/how_serious_was_the_harm"),
        ("shaken baby", "/rules/question/how_serious_was_the_harm"),
        ("self-harm", "/rules/finding/suicide_where_abuse_or_neglect_is_a_factor"),
        ("peer on peer", "/rules/contradiction/A22"),
        ("county lines", "/rules/question/range_of_abuse_types"),
        ("concealed pregnancy", "/rules/contradiction/A8"),
        ("rapid review deadline", "/rules/clock/complete_the_rapid_review"),
    ],
)
def test_what_practitioners_call_it_is_found(whole: Catalogue, asked: str, address: str) -> None:
    assert address in addresses(whole, asked)


def test_a_clinical_commissioning_group_is_found_where_the_act_has_another_body_now(
    whole: Catalogue,
) -> None:
    found = [each for results in search(whole, "CCG").values() for each in results]
    assert found
    assert all("linical commissioning group" in each.title for each in found)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("W-052", "/rules/route/weigh_a_local_review"),
        ("w-222", "/rules/rule/wt2023-396"),
        ("D-093", "/rules/clock/darlington_three_months_late"),
        ("CA-027", "/rules/rule/ca2004-16d-1"),
    ],
)
def test_a_numbered_statement_is_found_where_it_is_encoded(
    whole: Catalogue, asked: str, address: str
) -> None:
    assert address in addresses(whole, asked)


def test_every_statement_that_is_encoded_can_be_found(whole: Catalogue) -> None:
    lost = [
        each.id
        for each in coverage(whole.rulebook).statements
        if each.encoded_in and not addresses(whole, each.id)
    ]
    assert lost == []


def test_the_number_of_a_statement_is_not_that_of_another_source(whole: Catalogue) -> None:
    encodes = {each.ref.address for each in whole.entries.values() if "W-052" in each.statements}
    assert set(addresses(whole, "W-052")) == encodes


@pytest.mark.parametrize("typed", synonyms().words, ids=" ".join)
def test_every_synonym_leads_somewhere(whole: Catalogue, typed: tuple[str, ...]) -> None:
    assert addresses(whole, " ".join(typed)), f"nothing has the words for {typed}"


def test_a_synonym_takes_nothing_away(whole: Catalogue) -> None:
    # The rules have the abbreviation too: what says it is found as before.
    assert "/rules/finding/mappa_review_possible" in addresses(whole, "MAPPA")
    assert addresses(whole, "LADO zebra") == []


def test_every_word_has_to_be_there(whole: Catalogue) -> None:
    assert addresses(whole, "neglect") != []
    assert addresses(whole, "neglect zebra") == []
    assert search(whole, "  –  ") == {}


def test_a_title_counts_for_more_than_a_text(whole: Catalogue) -> None:
    found = search(whole, "care leaver")["Routes"]
    assert found[0].title == "Notify the death of a care leaver"


def test_a_paragraph_that_is_not_shown_is_not_found(whole: Catalogue) -> None:
    """Else the search would tell what the pages withhold."""
    rulebook = whole.rulebook
    unread = next(
        cited
        for entry in whole.entries.values()
        for cited in entry.citations
        if cited.source == "working-together-2018" and "paragraph 17" in cited.paragraph
    )
    assert rulebook.sources[unread.source].status == "unverified"
    # The rule of regulation 11(a) cites that paragraph too, but is found only by what it shows.
    assert "/rules/rule/si2018-789-11-a" not in addresses(whole, "17 improvements")
    assert "/rules/rule/si2018-789-11-a" in addresses(whole, "342 improvements")


def test_a_long_search_is_cut_short(whole: Catalogue) -> None:
    assert addresses(whole, "neglect " * 13 + "z" * 5000) != []
