"""What the pages of the rules say of strengths, days and clocks: no more than the sources do."""

from __future__ import annotations

from datetime import date

import pytest

from engine.edition import epochs, program_on
from engine.rulebook import Period, Route, Rulebook
from webforms.rulebook import days, showing
from webforms.rulebook.catalogue import Catalogue, all_rules
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.references import Kind, Ref
from webforms.wording import STRENGTHS


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Catalogue:
    return catalogue(rulebook)


def rule(whole: Catalogue, name: str) -> showing.RuleShown:
    return showing.rule(whole, next(each for each in all_rules(whole.rulebook) if each.id == name))


def test_the_panel_may_ask_and_whoever_is_asked_must_comply(whole: Catalogue) -> None:
    shown = rule(whole, "ca2004-16d-1")
    assert shown.strength == "may"
    assert [each.text for each in shown.citations] == [
        "Children Act 2004, section 16D(1) (may)",
        "Children Act 2004, section 16D(2) (must)",
        "Working Together 2023, paragraph 347 (must)",
    ]


def test_a_definition_may_say_who_holds_a_task_too() -> None:
    assert STRENGTHS["definition"] == (
        "It says what a thing is, who holds a task, or what follows from a word."
    )


@pytest.mark.parametrize(("name", "months"), [("three", 3), ("six", 6)])
def test_darlington_tells_of_a_late_action_once_the_months_have_passed(
    whole: Catalogue, name: str, months: int
) -> None:
    title = whole.entries[Ref(Kind.CLOCK, f"darlington_{name}_months_late")].title
    assert title.startswith(
        f"Once {months} months have passed since the day on which the action was due: "
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ca2004-65-1", "older; relied on from 29 June 2018"),
        ("cja2009-1", "older; relied on from 26 March 2015"),
        ("cja2009-1-2-killed", "older; relied on from 26 March 2015"),
        # These are the days of the law itself.
        ("ca2004-16b-9", "since 29 June 2018"),
        ("ca1989-47-1-b", "since 14 October 1991"),
        ("care-act-44-1", "since 1 April 2015"),
        # A rule may begin later than its source, and that day is its own.
        ("ca2004-16b-9-physical", "since 15 December 2023"),
    ],
)
def test_a_day_of_our_own_is_never_told_as_the_day_of_the_law(
    whole: Catalogue, name: str, said: str
) -> None:
    assert rule(whole, name).in_force.replace("\u00a0", " ") == said


def test_every_source_that_says_it_is_older_says_so_of_its_day(rulebook: Rulebook) -> None:
    unsaid = [
        source.id
        for source in rulebook.sources.values()
        if any(
            phrase in source.note
            for phrase in (
                "is older",
                "We rely on it from",
                "we rely on them from",
                "relied on from",
            )
        )
        and not (source.begins or source.older_paragraphs)
    ]
    assert unsaid == []


def test_a_paragraph_that_is_older_than_its_source_is_cited(rulebook: Rulebook) -> None:
    cited = {
        (each.source, each.paragraph) for rule in all_rules(rulebook) for each in rule.citations
    }
    older = {
        (source.id, each)
        for source in rulebook.sources.values()
        for each in source.older_paragraphs
    }
    assert older
    assert older <= cited


def steps_of(whole: Catalogue, name: str) -> dict[str, showing.StepShown]:
    route: Route = next(each for each in whole.rulebook.routes if each.id == name)
    used = days.of_sources(whole.rulebook, route.citations)
    return {each.id: each for each in showing.steps(whole, route.steps, of=used)}


def test_a_step_of_one_edition_says_on_which_days_it_is_used(whole: Catalogue) -> None:
    found = {
        name: step.used.replace("\u00a0", " ")
        for name, step in steps_of(whole, "local_review_by_the_partners").items()
    }
    assert found["check_the_reviewer"] == "since 15 December 2023"
    assert found["check_the_reviewer_2018"] == "from 29 June 2018 until 14 December 2023"


def test_a_step_that_is_used_as_long_as_its_route_says_no_days(whole: Catalogue) -> None:
    found = steps_of(whole, "notify_the_panel")
    assert found["notify_in_five_working_days"].used == ""
    assert found["record_the_decision"].used == "", "advice is used as long as its route"


def test_the_days_of_two_editions_that_follow_each_other_are_one_stretch(
    rulebook: Rulebook,
) -> None:
    first, second = (Period(date(2020, 1, 1), date(2020, 6, 30)), Period(date(2020, 7, 1)))
    assert days.shared((first, second), days.ALWAYS) == (Period(date(2020, 1, 1)),)
    apart = (first, Period(date(2021, 1, 1), date(2021, 1, 31)))
    assert days.told(days.shared(apart, days.ALWAYS)).replace("\u00a0", " ") == (
        "from 1 January 2020 until 30 June 2020 and from 1 January 2021 until 31 January 2021"
    )


def test_the_days_of_every_step_are_those_on_which_the_engine_tells_it(whole: Catalogue) -> None:
    """On the first day of every stretch without a change in the rules, route by route."""
    rulebook = whole.rulebook
    for start in epochs(rulebook):
        for stage in rulebook.stages:
            for told in program_on(rulebook, stage, "none", start).routes:
                route = next(each for each in rulebook.routes if each.id == told.id)
                on = (Period(start, start),)
                sourced = {
                    each.id: each
                    for each in route.steps
                    if days.shared(on, days.of_step(rulebook, each))
                }
                own = {each.id for each in told.steps} & {each.id for each in route.steps}
                # A step is also left out on days on which nothing concludes what it depends on.
                assert own <= sourced.keys(), (start, route.id)
                left_out = sourced.keys() - own
                assert all(sourced[each].when for each in left_out), (start, route.id)


def test_the_coroners_duty_is_told_in_the_words_of_the_text(whole: Catalogue) -> None:
    name = "coroner_tells_the_child_death_review_partners"
    ((shown, _),) = showing.variants(whole, whole.clocks(name))
    assert shown.strength == "duty"
    assert STRENGTHS["duty"].startswith("A duty, in the words of the text")
