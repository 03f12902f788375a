"""What leads to a page and what it leads to, for pages of each kind that has such a map."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest

from engine.rulebook import Rulebook
from webforms.rulebook.catalogue import Catalogue
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.neighbourhood import Branch, Neighbourhood
from webforms.rulebook.neighbourhood_drawing import draw
from webforms.rulebook.neighbours import around
from webforms.rulebook.references import parsed

REFERRED, NOTIFIED = "Should this be referred?", "Should the Panel be notified?"


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Catalogue:
    return catalogue(rulebook)


def of(whole: Catalogue, name: str) -> Neighbourhood:
    ref = parsed(name)
    assert ref
    found = around(whole, ref)
    assert found
    return found


def listed(branches: tuple[Branch, ...], depth: int = 0) -> list[str]:
    """The nested list, as lines."""
    return [
        line
        for each in branches
        for line in (
            f"{'  ' * depth}{each.place.kind}: {each.place.words}",
            *listed(each.parts, depth + 1),
        )
    ]


def pages(found: Neighbourhood) -> set[str]:
    """Every page that the map names, in a group too."""
    places = [place for column in found.columns for place in column]
    return {str(ref) for place in places for ref in (*place.pages, place.ref) if ref}


def test_a_question_leads_through_its_findings_to_what_rests_on_them(whole: Catalogue) -> None:
    found = of(whole, "question/looked_after")
    assert listed(found.before) == [
        f"Asked at the stage: {REFERRED}",
        f"Asked at the stage: {NOTIFIED}",
    ]
    assert listed(found.after) == [
        "Finding: A looked-after child died",
        f"  Routes: 7 of the stage “{NOTIFIED}”, listed below",
        f"  Routes: 12 of the stage “{REFERRED}”, listed below",
        "  Process: Notice of the death of a looked-after child",
    ]


def test_a_question_that_only_words_the_result_leads_nowhere(whole: Catalogue) -> None:
    found = of(whole, "question/authority_of_the_incident")
    assert listed(found.before)[-1] == "Asked with the question: Where did it happen?"
    assert found.after == ()


def test_a_question_leads_to_no_route_of_an_edition_that_does_not_ask_it(whole: Catalogue) -> None:
    # How a pregnancy ended is asked since 2018, when there was no longer a Board to agree with.
    found = pages(of(whole, "question/how_the_pregnancy_ended"))
    assert "route/agree_coordination_with_the_board" not in found
    assert "route/agree_coordination_with_the_board" in pages(of(whole, "question/homicide"))


def test_a_process_comes_from_its_finding_and_that_from_what_it_reads(whole: Catalogue) -> None:
    found = of(whole, "process/safeguarding_adults_review_mandatory")
    assert listed(found.before) == [
        "Finding: The conditions on which the board has to arrange a safeguarding adults review"
        " seem to be met",
        "  Finding: An adult with needs for care and support is involved, so a safeguarding adults"
        " review is possible",
        "  Question: Is there reasonable cause for concern about how agencies worked together to"
        " keep that adult safe?",
        "  Question: What happened to that adult?",
    ]
    assert listed(found.after)[:2] == [
        "Settled at the stage: Which reviews run beside this one?",
        f"Told of at the stage: {REFERRED}",
    ]


def test_a_clock_runs_from_an_event_to_where_it_is_told(whole: Catalogue) -> None:
    found = of(whole, "clock/notify_in_five_working_days")
    assert listed(found.before) == ["Starts with: The local authority became aware"]
    assert listed(found.after)[:2] == ["Route: Notify the Panel", f"  At the stage: {NOTIFIED}"]
    assert listed(found.after)[-1] == "Met by: Notification sent"
    backwards = of(whole, "clock/send_the_report_before_publication")
    assert listed(backwards.before) == ["Runs back from: Publication"]
    local = of(whole, "clock/darlington_notify")
    assert listed(local.before) == [
        "Starts with: The local authority became aware (5 working days)",
        "Starts with: Referral received (5 calendar days)",
        "Starts with: Date of the incident (5 working days)",
    ]


def test_a_source_leads_to_what_rests_on_it_and_to_nothing_else(whole: Catalogue) -> None:
    found = of(whole, "source/criminal-justice-act-2003")
    assert found.before == ()
    assert pages(found) == {
        "source/criminal-justice-act-2003",
        "finding/mappa_review_possible",
        "question/mappa_level",
        "process/mappa_serious_case_review_mandatory",
    }
    # Findings of 2023 are concluded for 2015 too, but by rules of another source.
    assert "route/no_rapid_review_under_these_rules" not in pages(
        of(whole, "source/working-together-2023")
    )


def test_what_rests_on_a_contradiction(whole: Catalogue) -> None:
    assert listed(of(whole, "contradiction/T4").after) == [
        "Finding: A criterion or circumstance for a local review is there to be weighed",
        "  Route: No review, though criteria are seen: record why not",
    ]
    assert of(whole, "contradiction/A19").after == ()
    # Nothing rests on this one by itself; it names another, which is drawn from both.
    stranger = "Contradiction: Abuse by a stranger"
    assert listed(of(whole, "contradiction/T8").after) == [stranger]
    assert any(
        "maltreatment in a relationship" in each
        for each in listed(of(whole, "contradiction/A31").before)
    )


def test_a_column_that_is_too_long_has_groups_with_their_counts(whole: Catalogue) -> None:
    lines = listed(of(whole, "source/working-together-2023").after)
    assert "Findings: 64, listed below" in lines
    assert f"  Routes: 10 of the stage “{NOTIFIED}”, listed below" in lines
    # Nine findings, each with a line to the routes of six stages, would be a tangle.
    assert "  Routes: 57, listed below" in listed(of(whole, "question/what_happened").after)


def test_no_box_lies_on_another(whole: Catalogue) -> None:
    for name in ("question/what_happened", "source/working-together-2023", "clock/chair_decides"):
        picture = ElementTree.fromstring(str(draw(of(whole, name), "A picture")))
        boxes = [
            [int(rect.get(each) or 0) for each in ("x", "y", "width", "height")]
            for rect in picture.findall("{*}g[@data-place]/{*}rect")
        ]
        assert len(boxes) > 5
        for (x, y, width, height), (left, top, wide, high) in itertools.combinations(boxes, 2):
            apart = x + width <= left or left + wide <= x or y + height <= top or top + high <= y
            assert apart, name
        assert re.fullmatch(r"\d+", picture.get("width") or "")
        assert int(picture.get("width") or 0) <= 960, "the width of the page"
