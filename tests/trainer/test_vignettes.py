"""Every vignette is right, turns on what it says, and is told plainly and kindly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.answers import check_case
from engine.assessment import assess
from engine.edition import program_for
from engine.expression import Stands, Status, walk
from engine.journey import journey
from engine.program import Program
from engine.results import Assessment
from rules.calendar import england
from rules.loader import rulebook
from tests.fixtures import cases
from webforms.trainer import vignettes as shipped
from webforms.trainer.vignettes import (
    STANDINGS,
    TOPICS,
    Turn,
    Vignette,
    case_of,
    choice_on,
    choice_words,
    turned,
    vignettes,
)

ALL = vignettes()
TURNS = [(each, turn) for each in ALL.values() for turn in each.turns_on]


def assessed(vignette: Vignette, turn: Turn | None = None) -> Assessment:
    case = turned(vignette, turn) if turn else case_of(vignette)
    return assess(rulebook(), case, england())


@pytest.fixture(params=ALL.values(), ids=lambda each: each.id)
def vignette(request: pytest.FixtureRequest) -> Vignette:
    return request.param


def name(value: Vignette | Turn | str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Vignette):
        return value.id
    return value.question or value.event or value.area


# What is right


def test_what_is_not_settled_of_an_unborn_child_is_said_where_it_is_ruled_out() -> None:
    given = assessed(ALL["stillborn-after-an-assault"])
    assert given.route is not None
    assert given.route.rests_on == ("A8",)
    serious = next(each for each in given.findings if each.id == "serious_incident")
    assert "not settled" in serious.not_settled


def test_the_engine_takes_the_route_that_is_expected(vignette: Vignette) -> None:
    given = assessed(vignette)
    assert given.route is not None
    assert given.route.id == vignette.route
    assert choice_on(vignette, given) == vignette.right


def test_nothing_is_left_open_unless_the_point_is_that_it_is_not_known(vignette: Vignette) -> None:
    given = assessed(vignette)
    assert [each.question for each in given.open if not each.asked] == []
    unknown = {name for name, answer in vignette.answers.items() if answer == "not known"}
    assert {each.question for each in given.open} == unknown
    assert given.set_aside == ()
    assert unknown <= {turn.question for turn in vignette.turns_on}


@pytest.mark.parametrize(("vignette", "turn"), TURNS, ids=name)
def test_turning_the_fact_alone_changes_what_is_right(vignette: Vignette, turn: Turn) -> None:
    given = assessed(vignette, turn)
    assert choice_on(vignette, given) == turn.leads_to != vignette.right
    if not vignette.about:
        assert given.route is not None
        assert given.route.id != vignette.route


@pytest.mark.parametrize(("vignette", "turn"), TURNS, ids=name)
def test_a_turn_tells_one_fact_otherwise(vignette: Vignette, turn: Turn) -> None:
    before, after = case_of(vignette), turned(vignette, turn)
    check_case(rulebook(), after, date.max)
    answers = {
        each
        for each in before.answers
        if each in after.answers and after.answers[each] != before.answers[each]
    }
    dates = {event for event in before.dates if after.dates[event] != before.dates[event]}
    assert len(answers) + len(dates) + (after.area != before.area) == 1
    # What it answers besides is asked only then.
    assert not turn.also.keys() & set(journey(program_for(rulebook(), before), before.answers).path)
    assert turn.also.keys() <= set(journey(program_for(rulebook(), after), after.answers).path)


def established_duty(program: Program, route: str) -> set[str]:
    """The duties that have to be established for a route, where the source says must."""
    (found,) = (each for each in program.routes if each.id == route)
    assert found.strength == "must"
    stands = [each for each in walk(found.when) if isinstance(each, Stands)]
    established = {each.finding for each in stands if each.status is Status.ESTABLISHED}
    return {each for each in established if each.startswith("duty_")}


SAME_DUTY = [(each, choice) for each in ALL.values() for choice in each.same_duty]


@pytest.mark.parametrize(("vignette", "choice"), SAME_DUTY, ids=name)
def test_a_choice_that_is_said_to_share_the_duty_rests_on_the_same_one(
    vignette: Vignette, choice: str
) -> None:
    program = program_for(rulebook(), case_of(vignette))
    duty = established_duty(program, choice)
    assert duty == established_duty(program, vignette.right) != set()


@pytest.mark.parametrize("name", ["old-neglect-and-a-sudden-loss", "boy-of-15-and-the-group-chat"])
def test_every_choice_that_shares_the_duty_is_said_to(name: str) -> None:
    program = program_for(rulebook(), case_of(ALL[name]))
    duty = established_duty(program, ALL[name].right)
    must = [each.id for each in program.routes if each.strength == "must"]
    shared = {each for each in must if established_duty(program, each) == duty}
    assert set(ALL[name].same_duty) == shared & set(ALL[name].choices) - {ALL[name].right}


FURTHER = [(each, turn, name) for each, turn in TURNS for name in turn.also]


@pytest.mark.parametrize(("vignette", "turn", "further"), FURTHER, ids=name)
def test_a_turn_has_no_further_answer_that_decides_nothing(
    vignette: Vignette, turn: Turn, further: str
) -> None:
    fewer = {each: answer for each, answer in turn.also.items() if each != further}
    given = assessed(vignette, replace(turn, also=fewer))
    assert given.route
    assert choice_on(vignette, given) != turn.leads_to or not given.route.certain


def test_what_is_right_and_where_a_turn_leads_are_offered(vignette: Vignette) -> None:
    assert vignette.right in vignette.choices
    assert {turn.leads_to for turn in vignette.turns_on} < set(vignette.choices)
    words = [choice_words(vignette, each) for each in vignette.choices]
    assert len(set(words)) == len(words) >= 3
    if vignette.about:
        assert vignette.choices == tuple(STANDINGS)


# What is covered

Facts = Callable[[Vignette], bool]


def answered(**facts: object) -> Facts:
    return lambda vignette: facts.items() <= vignette.answers.items()


ASKED_FOR: dict[str, tuple[str, Facts]] = {
    "suspected or known": ("suspected-or-known", answered(abuse_or_neglect="suspected")),
    "suspicion that ended": ("suspected-or-known", answered(abuse_or_neglect="no")),
    "not known yet": ("suspected-or-known", answered(abuse_or_neglect="not known")),
    "serious harm with recovery": ("recovery", answered(how_serious_was_the_harm="recovered")),
    "harm in Wales": (
        "outside-england",
        answered(where_it_happened="outside_england", normally_resident_here="yes"),
    ),
    "a looked-after child's natural death": (
        "looked-after",
        answered(looked_after="yes", what_happened="died", abuse_or_neglect="no"),
    ),
    "a care leaver of 24": ("care-leaver", answered(age_of_person=24, care_leaver="yes")),
    "a care leaver of 25": ("care-leaver", answered(age_of_person=25)),
    "unborn": ("unborn", answered(age_of_person="unborn")),
    "no agency involved": ("no-agency", answered(no_agency_involved_concern="yes")),
    "one agency": ("one-agency", answered(single_agency_concern="yes")),
    "several authorities": ("several-authorities", answered(more_than_one_area="yes")),
    "an institution": ("institution", answered(institutional_setting="may")),
    "educated at home": ("educated-at-home", answered(educated_otherwise_than_at_school="yes")),
    "a range of abuse": ("range-of-abuse", answered(range_of_abuse_types="yes")),
    "suicide with a link": (
        "suicide",
        answered(
            what_happened="died_by_suspected_suicide", link_to_abuse_or_neglect="contributory"
        ),
    ),
    "suicide without a link": (
        "suicide",
        answered(what_happened="died_by_suspected_suicide", link_to_abuse_or_neglect="none"),
    ),
    "a safeguarding adults review": (
        "adults-review",
        lambda each: each.process == "safeguarding_adults_review_mandatory",
    ),
    **{
        f"a domestic homicide review at {age}": (
            "domestic-homicide-review",
            lambda each, age=age: (
                each.process == "domestic_homicide_review" and each.answers["age_of_person"] == age
            ),
        )
        for age in (15, 16, 17)
    },
    "a mental health homicide review": (
        "mental-health-homicide-review",
        lambda each: each.process == "mental_health_homicide_review",
    ),
    "below the threshold, with good practice": (
        "below-the-threshold",
        answered(threshold_decision="below_threshold", kind_of_learning="good_practice"),
    ),
    "the rules of another day": (
        "editions",
        lambda each: any(turn.event for turn in each.turns_on),
    ),
}


def test_there_are_enough() -> None:
    assert len(ALL) >= 30


@pytest.mark.parametrize("what", ASKED_FOR)
def test_each_threshold_has_its_vignette(what: str) -> None:
    topic, facts = ASKED_FOR[what]
    assert [each.id for each in ALL.values() if each.topic == topic and facts(each)]


def test_every_topic_has_its_vignettes_in_the_order_of_the_topics() -> None:
    assert list(dict.fromkeys(each.topic for each in ALL.values())) == list(TOPICS)


def test_areas_and_stages_are_mixed() -> None:
    assert {each.area for each in ALL.values()} >= {
        "none",
        "darlington",
        "isle-of-wight",
        "gateshead",
    }
    assert {each.stage for each in ALL.values()} == set(rulebook().stages)
    # Not all of them end with a notice, or with a death.
    assert len({each.right for each in ALL.values()}) >= 15
    died = [each for each in ALL.values() if "died" in str(each.answers["what_happened"])]
    assert len(died) < len(ALL) / 2 + 1


def test_no_two_are_alike() -> None:
    facts = {(each.stage, tuple(sorted(map(str, each.answers.items())))) for each in ALL.values()}
    titles = {each.title.lower() for each in ALL.values()}
    assert len(facts) == len(titles) == len(ALL)
    said: dict[tuple[str, ...], str] = {}
    for each in ALL.values():
        words = re.findall(r"[a-z']+", " ".join(each.story).lower())
        for start in range(len(words) - 8):
            run = tuple(words[start : start + 9])
            assert said.setdefault(run, each.id) == each.id, " ".join(run)


# How it is told

SENSATIONAL = re.compile(
    r"\b(?:appalling|battered|brutal\w*|butcher\w*|cold[- ]blooded|committed suicide|cruel\w*"
    r"|depraved|evil|failed to|gruesome|harrowing|heartbreaking|horrif\w*|horror\w*|innocent"
    r"|monst\w*|murder\w*|nightmare\w*|sadis\w*|savage\w*|scandal\w*|shock\w*|sicken\w*"
    r"|slaughter\w*|tortur\w*|tragic\w*|traged\w*|vicious\w*|wicked\w*)\b|!",
    re.IGNORECASE,
)
# Whatever else has a capital letter inside a sentence would be somebody's name, or a place's.
CAPITALS = re.compile(
    r"(?:Act|Board|Cardiff|Community|Devon|England|English|Health|NHS|Ofsted|Panel|Partnership"
    r"|Safety|Wales|Welsh|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)


def test_a_story_is_short(vignette: Vignette) -> None:
    assert 2 <= len(vignette.story) <= 4
    assert 60 <= len(" ".join(vignette.story).split()) <= 160
    assert 2 <= len(vignette.points) <= 4
    assert 5 <= vignette.minutes <= 30


def test_it_is_told_plainly(vignette: Vignette) -> None:
    told = [vignette.title, *vignette.story, *(point.text for point in vignette.points)]
    assert SENSATIONAL.findall("\n".join(told)) == []


def test_nobody_is_named(vignette: Vignette) -> None:
    for sentence in re.split(r'(?<=[.?:])["”]?\s+["“]?|\n', "\n".join(vignette.story)):
        for word in re.findall(r"(?<=\s)[A-Z]\w+", sentence):
            assert CAPITALS.fullmatch(word), sentence


def test_none_is_a_published_case(vignette: Vignette) -> None:
    told = f"{vignette.title} {' '.join(vignette.story)}"
    for case in cases.every("real"):
        assert case.file.title not in told
        assert vignette.answers != case.file.case.answers
    assert not re.search(r"\bAlfie\b|\b(?:Child|Baby) [A-Z]\b", told)
    file = cases.FIXTURES / "training" / "vignettes" / f"{vignette.id}.yaml"
    assert "nobody in it is real" in " ".join(file.read_text(encoding="utf-8").split())


def test_every_point_says_where_it_stands(vignette: Vignette) -> None:
    for point in vignette.points:
        assert point.citations
        for citation in point.citations:
            assert "not read" not in citation
            # A paragraph that was not read is never shown with a number.
            if "not verified" in citation:
                assert not re.search(r"\d+\(|paragraph|chapter", citation)
            assert "carried forward" not in citation


def test_a_case_decided_under_the_boards_is_asked_about_the_rules_of_its_own_year() -> None:
    boards = [each for each in ALL.values() if "no_serious_case_review" in each.choices]
    assert [each.ask for each in boards] == ["Where did the rules of 2017 lead on these facts?"]


def test_what_the_partners_must_weigh_for_a_care_leaver_under_18_is_told_as_a_must() -> None:
    first = ALL["care-leaver-of-17"].points[0]
    assert "must consider whether this was a serious incident" in first.text


def test_no_case_says_of_an_edition_that_was_read_that_it_was_not() -> None:
    read = {each.short for each in rulebook().sources.values() if each.status == "read"}
    for each in ALL.values():
        for warning in assessed(each).warnings:
            assert not [short for short in read if f"{short} (not verified)" in warning]


def test_a_vignette_on_what_was_not_read_says_so() -> None:
    for each in ALL.values():
        unread = [
            point
            for point in each.points
            if all("not verified" in citation for citation in point.citations)
        ]
        if len(unread) > 1:
            said = " ".join(point.text for point in each.points)
            assert re.search(r"(?:was|were|been) (?:not )?read for these rules|not read", said)


def test_an_installed_copy_has_the_vignettes_where_they_are_looked_for() -> None:
    project = Path(shipped.__file__).parents[2]
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    theirs = included[shipped.IN_THE_PROJECT.relative_to(project).as_posix()]
    assert project / theirs == shipped.INSTALLED
    assert not shipped.INSTALLED.exists()
