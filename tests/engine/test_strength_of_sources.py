"""Where the sources of one rule, step or route differ in strength, each is shown with its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.answers import Answer, Case
from engine.assessment import assess
from engine.clock import WorkingDays
from engine.expression import Status
from engine.results import RouteGiven
from engine.rulebook import Citation, Rulebook, Strength, Verification
from engine.telling import citation_given, citations
from tests.engine.little import little, program_of, yes

MUST, SHOULD = Strength.MUST, Strength.SHOULD
KNOWN_ABUSE: dict[str, Answer] = {
    "age_of_person": 4,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "known",
    "link_to_abuse_or_neglect": "cause",
    "where_it_happened": "in_area",
    "partners_view": "agree_to_notify",
}


def shown(strength: Strength | None, *cited: Citation) -> list[str]:
    program = program_of(little({"found": yes("seen")}))
    return [each.text for each in citations(program, cited, strength)]


def test_sources_of_one_strength_are_shown_without_it() -> None:
    assert shown(MUST, Citation("act", "1"), Citation("act", "2")) == [
        "Act, paragraph 1",
        "Act, paragraph 2",
    ]
    assert shown(MUST, Citation("act", "1", strength=MUST)) == ["Act, paragraph 1"]


def test_where_one_differs_each_is_shown_with_its_own() -> None:
    assert shown(MUST, Citation("act", "1"), Citation("act", "2", strength=SHOULD)) == [
        "Act, paragraph 1 (must)",
        "Act, paragraph 2 (should)",
    ]
    assert shown(SHOULD, Citation("act", "1", strength=MUST), Citation("act", "2")) == [
        "Act, paragraph 1 (must)",
        "Act, paragraph 2 (should)",
    ]


def test_what_has_no_strength_of_its_own_shows_none() -> None:
    assert shown(None, Citation("act", "1", strength=MUST)) == ["Act, paragraph 1"]


def test_only_the_sources_of_the_day_are_compared() -> None:
    rulebook = little({"found": yes("seen")})
    program = replace(program_of(rulebook), in_force=frozenset({"act"}))
    ended = Citation("older", "9", strength=SHOULD)
    assert [each.text for each in citations(program, (Citation("act", "1"), ended), MUST)] == [
        "Act, paragraph 1"
    ]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Verification.READ, "Act, paragraph 1 (should)"),
        (Verification.CARRIED_FORWARD, "Act, paragraph 1 (should, carried forward)"),
        (Verification.UNVERIFIED, "Act (should, not verified)"),
    ],
)
def test_strength_stands_before_the_doubt(status: Verification, text: str) -> None:
    source = little({"found": yes("seen")}).sources["act"]
    assert citation_given(source, Citation("act", "1"), status, SHOULD).text == text


def test_a_route_and_the_rationale_on_the_record_show_it(working_days: WorkingDays) -> None:
    rulebook = little({"found": yes("seen")})
    cited = (Citation("act", "1"), Citation("act", "2", strength=SHOULD))
    rulebook = replace(
        rulebook,
        routes=tuple(replace(each, strength=MUST, citations=cited) for each in rulebook.routes),
        rules=tuple(replace(each, citations=cited) for each in rulebook.rules),
    )
    case = Case("stage", "none", {"day": date(2024, 2, 1)}, {"seen": "yes"})
    given = assess(rulebook, case, working_days)
    both = "Act, paragraph 1 (must); Act, paragraph 2 (should)"
    assert given.route is not None
    assert "; ".join(each.text for each in given.route.citations) == both
    assert [line.source for line in given.rationale if line.status is Status.ESTABLISHED] == [
        both,
        both,
    ]


# As shipped


def taken(rulebook: Rulebook, working_days: WorkingDays, **changed: Answer) -> RouteGiven:
    answers = {**KNOWN_ABUSE, **changed}
    dates = {"awareness": date(2025, 2, 3)}
    given = assess(rulebook, Case("notify", "none", dates, answers), working_days).route
    assert given is not None
    return given


def test_the_must_of_the_act_is_told_from_the_should_of_the_guidance(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    notified = taken(rulebook, working_days)
    assert (notified.id, notified.strength) == ("notify_the_panel", "must")
    assert [each.text for each in notified.citations] == [
        "Children Act 2004, section 16C(1) (must)",
        "Working Together 2023, paragraph 330 (should)",
    ]
    elsewhere = taken(rulebook, working_days, where_it_happened="elsewhere_in_england")
    assert (elsewhere.id, elsewhere.strength) == ("another_authority_notifies", "should")
    assert [each.text for each in elsewhere.citations] == [
        "Children Act 2004, section 16C(1) (must)",
        "Working Together 2023, paragraph 335 (should)",
    ]


def test_to_find_out_is_advice_beside_the_notices_that_may_be_due(
    rulebook: Rulebook, working_days: WorkingDays
) -> None:
    found = taken(
        rulebook,
        working_days,
        what_happened="died",
        abuse_or_neglect="no",
        looked_after="not known",
        care_leaver="no",
    )
    assert (found.id, found.strength) == ("find_out_whether_a_death_is_notified", "advice")
    assert [each.text for each in found.citations] == [
        "Working Together 2023, paragraph 331 (must)",
        "Working Together 2023, paragraph 332 (should)",
    ]
    # Paragraphs 331 and 332 set no time, and 330 is not about this notice.
    assert [each.readings for each in found.steps if each.readings] == []
    assert "330" not in {cited.paragraph for step in found.steps for cited in step.citations}
    assert "A30" in found.rests_on
