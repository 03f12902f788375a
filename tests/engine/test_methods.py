"""The methods of a review, weighed against a case: what bears, what does not, what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from engine.answers import NOT_KNOWN, Answer, check_answer
from engine.expression import Aged, All, Answered
from engine.methods import Bearing, MethodWeighed, PointWeighed, methods_for, weigh
from engine.mutation import changed_conditions
from engine.rulebook import Method, MethodPoint, Overlay, Rulebook

Given = dict[str, Answer]
LISTS = ("fits", "merits", "drawbacks")


@pytest.fixture(scope="module")
def darlington(rulebook: Rulebook) -> dict[str, Method]:
    methods, _ = methods_for(rulebook, "darlington")
    return {each.id: each for each in methods}


def weighed(rulebook: Rulebook, point: MethodPoint, answers: Given) -> PointWeighed:
    """One point alone, as the merit of a method."""
    method = Method("method", "Method", "A method.", (), merits=(point,))
    (only,) = weigh([method], answers, rulebook.questions)
    return only.merits[0]


def words(point: PointWeighed) -> list[str]:
    return [each.words for each in point.reasons]


# One point

SEVERAL_KINDS = MethodPoint("Several kinds.", (Answered("range_of_abuse_types", ("yes",)),))
JOINT_WORK = MethodPoint("Joint work.", (Answered("joint_working_concern", ("yes", "may")),))
ADULTS_TOO = MethodPoint(
    "Adults too.",
    (Answered("adult_with_care_needs", ("yes",)), Aged("age_of_the_adult", 18, None)),
)


def test_a_point_without_a_condition_always_counts(rulebook: Rulebook) -> None:
    found = weighed(rulebook, MethodPoint("It is quick."), {"range_of_abuse_types": "yes"})
    assert found == PointWeighed("It is quick.", Bearing.ALWAYS)


def test_a_point_bears_on_a_case_with_the_answer_and_says_which(rulebook: Rulebook) -> None:
    found = weighed(rulebook, SEVERAL_KINDS, {"range_of_abuse_types": "yes"})
    assert found.bearing is Bearing.BEARS
    assert words(found) == ["A range of types of abuse: Yes"]
    found = weighed(rulebook, JOINT_WORK, {"joint_working_concern": "may"})
    assert found.bearing is Bearing.BEARS
    assert words(found) == ["Concern about joint working: It may do"]


def test_a_point_does_not_bear_on_a_case_with_another_answer(rulebook: Rulebook) -> None:
    found = weighed(rulebook, SEVERAL_KINDS, {"range_of_abuse_types": "no"})
    assert found.bearing is Bearing.DOES_NOT
    assert words(found) == ["A range of types of abuse: No"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [({}, "Not asked yet"), ({"range_of_abuse_types": NOT_KNOWN}, "Not known yet")],
)
def test_what_is_not_known_or_not_asked_is_never_read_as_no(
    answers: Given, reason: str, rulebook: Rulebook
) -> None:
    found = weighed(rulebook, SEVERAL_KINDS, answers)
    assert found.bearing is Bearing.NOT_KNOWN
    assert words(found) == [f"A range of types of abuse: {reason}"]


def test_every_condition_of_a_point_has_to_hold(rulebook: Rulebook) -> None:
    found = weighed(rulebook, ADULTS_TOO, {"adult_with_care_needs": "yes", "age_of_the_adult": 18})
    assert found.bearing is Bearing.BEARS
    assert words(found) == [
        "Adult with care needs: Yes",
        "Age of the person with care needs: 18",
    ]


def test_one_answer_that_excludes_a_point_is_enough_and_is_the_reason(rulebook: Rulebook) -> None:
    found = weighed(rulebook, ADULTS_TOO, {"adult_with_care_needs": "no"})
    assert found.bearing is Bearing.DOES_NOT
    assert words(found) == ["Adult with care needs: No"]
    found = weighed(
        rulebook, ADULTS_TOO, {"adult_with_care_needs": NOT_KNOWN, "age_of_the_adult": 17}
    )
    assert found.bearing is Bearing.DOES_NOT
    assert words(found) == ["Age of the person with care needs: 17"]


def test_only_what_is_missing_is_named_while_a_point_is_not_known(rulebook: Rulebook) -> None:
    found = weighed(rulebook, ADULTS_TOO, {"adult_with_care_needs": "yes"})
    assert found.bearing is Bearing.NOT_KNOWN
    assert words(found) == ["Age of the person with care needs: Not asked yet"]
    assert [each.question for each in found.reasons] == ["age_of_the_adult"]


@pytest.mark.parametrize(
    ("answer", "bearing", "said"),
    [
        ("yes", Bearing.WEIGHS_MORE, "Yes"),
        ("no", Bearing.NO_MORE, "No"),
        (NOT_KNOWN, Bearing.MORE_NOT_KNOWN, "Not known yet"),
    ],
)
def test_no_answer_takes_away_a_point_that_stands_in_every_case(
    answer: Answer, bearing: Bearing, said: str, rulebook: Rulebook
) -> None:
    found = weighed(
        rulebook, replace(SEVERAL_KINDS, stands_anyway=True), {"range_of_abuse_types": answer}
    )
    assert (found.bearing, words(found)) == (bearing, [f"A range of types of abuse: {said}"])


@pytest.mark.parametrize(
    ("age", "bearing", "said"),
    [
        (0, Bearing.DOES_NOT, "Under 1"),
        ("unborn", Bearing.DOES_NOT, "Not yet born"),
        (9, Bearing.DOES_NOT, "9"),
        (10, Bearing.BEARS, "10"),
        (15, Bearing.BEARS, "15"),
        (16, Bearing.DOES_NOT, "16"),
        (NOT_KNOWN, Bearing.NOT_KNOWN, "Not known yet"),
    ],
)
def test_an_age_is_held_to_both_bounds(
    age: Answer, bearing: Bearing, said: str, rulebook: Rulebook
) -> None:
    point = MethodPoint("Ten to fifteen.", (Aged("age_of_person", 10, 16),))
    found = weighed(rulebook, point, {"age_of_person": age})
    assert (found.bearing, words(found)) == (bearing, [f"Age: {said}"])


def test_reasons_use_the_areas_own_names(rulebook: Rulebook) -> None:
    asked = rulebook.questions["range_of_abuse_types"]
    asked = replace(asked, label="Kinds of abuse in {area}")
    method = Method("method", "Method", "A method.", (), drawbacks=(SEVERAL_KINDS,))
    (only,) = weigh([method], {asked.id: "yes"}, {asked.id: asked}, {"area": "Riverside"})
    assert words(only.drawbacks[0]) == ["Kinds of abuse in Riverside: Yes"]


# Which methods


def test_an_area_has_the_methods_of_its_own_procedure(rulebook: Rulebook) -> None:
    methods, overlay = methods_for(rulebook, "darlington")
    assert overlay.area == "darlington"
    assert methods == overlay.methods


@pytest.mark.parametrize("area", ["none", "gateshead", "somewhere"])
def test_another_area_is_offered_an_example_and_told_whose_it_is(
    area: str, rulebook: Rulebook
) -> None:
    methods, overlay = methods_for(rulebook, area)
    assert methods
    assert overlay.area == "darlington"


def test_an_area_with_methods_is_offered_no_one_elses(rulebook: Rulebook) -> None:
    own = Method("own", "Our own way", "We talk.", ())

    def with_own(overlay: Overlay) -> Overlay:
        return replace(overlay, methods=(own,)) if overlay.area == "gateshead" else overlay

    changed = replace(rulebook, overlays=tuple(map(with_own, rulebook.overlays)))
    methods, overlay = methods_for(changed, "gateshead")
    assert (methods, overlay.area) == ((own,), "gateshead")
    assert methods_for(changed, "darlington")[1].area == "darlington"


def test_where_no_procedure_describes_a_method_there_is_none(rulebook: Rulebook) -> None:
    bare = replace(
        rulebook, overlays=tuple(replace(each, methods=()) for each in rulebook.overlays)
    )
    assert [methods_for(bare, area)[0] for area in ("darlington", "none", "somewhere")] == [()] * 3
    assert methods_for(bare, "darlington")[1].area == "darlington"
    assert methods_for(bare, "somewhere")[1].area == "none"


# Darlington's


def test_darlingtons_appendix_has_six_methods_and_two_tools(darlington: dict[str, Method]) -> None:
    assert [each.id for each in darlington.values() if not each.tool] == [
        "traditional_model",
        "action_learning",
        "peer_review",
        "multi_agency_practice_learning_review",
        "root_cause_analysis",
        "significant_event_analysis",
    ]
    assert [each.id for each in darlington.values() if each.tool] == [
        "individual_management_review",
        "multi_agency_chronology",
    ]


def test_merits_and_drawbacks_stand_only_where_the_procedure_prints_them(
    darlington: dict[str, Method],
) -> None:
    printed = {"traditional_model", "action_learning", "peer_review"}
    assert {name for name, each in darlington.items() if each.merits} == printed
    assert {name for name, each in darlington.items() if each.drawbacks} == printed


def test_only_significant_event_analysis_is_said_to_leave_the_family_out(
    darlington: dict[str, Method],
) -> None:
    said = {name: each.family_involved for name, each in darlington.items()}
    assert said.pop("significant_event_analysis") == "no"
    assert set(said.values()) == {""}


def test_every_method_says_how_it_goes_and_cites_the_appendix(
    darlington: dict[str, Method],
) -> None:
    for each in darlington.values():
        assert each.steps
        assert (each.citations[0].source, each.citations[0].paragraph) == (
            "darlington-2020",
            "appendix 2",
        )


def test_methods_keep_their_order_whatever_the_case_and_have_no_score(
    rulebook: Rulebook, darlington: dict[str, Method]
) -> None:
    cases: list[Given] = [{}, *(given for _, _, given, _ in WEIGHED)]
    for given in cases:
        found = weigh(darlington.values(), given, rulebook.questions)
        assert [each.method.id for each in found] == list(darlington)
    assert {each.name for each in fields(MethodWeighed)} == {"method", *LISTS}


# What each of Darlington's conditions says, case by case

DIED: Given = {"what_happened": "died", "abuse_or_neglect": "suspected"}
HARMED: Given = {"what_happened": "harmed", "abuse_or_neglect": "known"}
HARM = "how_serious_was_the_harm"
SERIOUS = (
    "serious_physical",
    "serious_mental_health",
    "serious_development",
    "likely_long_term",
    "recovered",
    "other_serious",
)
DOMESTIC: Given = {
    "what_happened": "died",
    "age_of_person": 16,
    "death_by_family_or_household": "yes",
}
BY_SUICIDE: Given = {"what_happened": "died_by_suspected_suicide"}
ADULT: Given = {"adult_with_care_needs": "yes", "age_of_the_adult": 18}
OTHER: Given = {"another_person_died": "yes", "another_domestic_death": "yes"}

DEATH = "Suits a serious incident: here, a death"
HARM_DONE = "Suits a serious incident: here, serious harm"
KINDS = "Suits a case with several kinds of abuse"
ADULTS = "Is likely to go together with a safeguarding adults review"
YOUNG = "Is likely to go together with a domestic homicide review of this young person"
ANOTHER = "Is likely to go together with a domestic homicide review of another"
PARTNERS = "Strengthens work between the partners"
PRACTICE = "Suits a case with something to learn from the practice of several"
JOINT = "Suits a case in which joint working"
FAMILIAR = "General practice and other parts of the NHS"
ALONE = "A single agency can use it"
NHS = "Takes up what the NHS has found"
GAPS = "Shows gaps between organisations"

BEARS, DOES_NOT, UNKNOWN = Bearing.BEARS, Bearing.DOES_NOT, Bearing.NOT_KNOWN
MORE, NO_MORE, MORE_UNKNOWN = Bearing.WEIGHS_MORE, Bearing.NO_MORE, Bearing.MORE_NOT_KNOWN

# Points that stand in every case, with the answers under which they weigh more and those under
# which they do not.
YES_OR_MAY, NO = ("yes", "may"), ("no",)
STANDING: list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = [
    (
        "traditional_model",
        "Suits a case in which only a tried way",
        "complex_or_of_national_importance",
        YES_OR_MAY,
        NO,
    ),
    (
        "traditional_model",
        "Suits a high-profile case",
        "complex_or_of_national_importance",
        YES_OR_MAY,
        NO,
    ),
    ("traditional_model", "Can be too bureaucratic", "more_than_one_area", ("yes",), NO),
    ("traditional_model", "Lessons have been slow", "improvements_needed", YES_OR_MAY, NO),
    ("traditional_model", "It is costly", "agencies_in_the_learning", ("one",), ("several",)),
    ("traditional_model", "It is more likely to be felt", "service_in_question", ("yes",), NO),
    ("traditional_model", "Frontline staff are often", "joint_working_concern", YES_OR_MAY, NO),
    ("action_learning", "Ends soon", "improvements_needed", YES_OR_MAY, NO),
    (
        "action_learning",
        "Problems are solved",
        "agencies_in_the_learning",
        ("several",),
        ("one",),
    ),
    ("action_learning", "Those who were there", "recurrent_themes", YES_OR_MAY, NO),
    (
        "action_learning",
        "Shows what is strong",
        "kind_of_learning",
        ("good_practice",),
        ("practice_to_improve", "near_miss"),
    ),
    ("action_learning", "Many know it less well", "more_than_one_area", ("yes",), NO),
    ("peer_review", "Outside eyes", "service_in_question", ("yes",), NO),
    ("peer_review", "A team may not be free", "more_than_one_area", ("yes",), NO),
    ("peer_review", "A team may be slow", "improvements_needed", YES_OR_MAY, NO),
    (
        "peer_review",
        "In a political or high-profile case",
        "complex_or_of_national_importance",
        YES_OR_MAY,
        NO,
    ),
    ("root_cause_analysis", "Can uncover causes", "issue_to_explore", ("yes",), NO),
    ("root_cause_analysis", "Looks past the individuals", "recurrent_themes", YES_OR_MAY, NO),
    ("multi_agency_chronology", "Helps to tell whether", "issue_to_explore", ("yes",), NO),
]
POLICIES = "Suits a case that calls for new policies"
BOTH: Given = {"improvements_needed": "yes", "joint_working_concern": "yes"}
WEIGHED: list[tuple[str, str, Given, Bearing]] = [
    ("traditional_model", DEATH, DIED, BEARS),
    ("traditional_model", DEATH, DIED | {"abuse_or_neglect": "known"}, BEARS),
    ("traditional_model", DEATH, DIED | {"abuse_or_neglect": "no"}, DOES_NOT),
    ("traditional_model", DEATH, DIED | BY_SUICIDE, BEARS),
    ("traditional_model", DEATH, HARMED, DOES_NOT),
    ("traditional_model", DEATH, {"what_happened": "died"}, UNKNOWN),
    *[("traditional_model", HARM_DONE, HARMED | {HARM: each}, BEARS) for each in SERIOUS],
    ("traditional_model", HARM_DONE, HARMED | {HARM: "not_serious"}, DOES_NOT),
    (
        "traditional_model",
        HARM_DONE,
        HARMED | {HARM: "recovered", "abuse_or_neglect": "suspected"},
        BEARS,
    ),
    (
        "traditional_model",
        HARM_DONE,
        HARMED | {HARM: "recovered", "abuse_or_neglect": "no"},
        DOES_NOT,
    ),
    ("traditional_model", HARM_DONE, DIED, DOES_NOT),
    ("traditional_model", HARM_DONE, DIED | {HARM: "recovered"}, DOES_NOT),
    ("traditional_model", HARM_DONE, HARMED, UNKNOWN),
    ("traditional_model", KINDS, {"range_of_abuse_types": "yes"}, BEARS),
    ("traditional_model", KINDS, {"range_of_abuse_types": "no"}, DOES_NOT),
    ("traditional_model", ADULTS, ADULT, BEARS),
    ("traditional_model", ADULTS, ADULT | {"age_of_the_adult": 17}, DOES_NOT),
    ("traditional_model", ADULTS, ADULT | {"adult_with_care_needs": "no"}, DOES_NOT),
    ("traditional_model", ADULTS, {"adult_with_care_needs": "yes"}, UNKNOWN),
    ("traditional_model", YOUNG, DOMESTIC, BEARS),
    ("traditional_model", YOUNG, DOMESTIC | BY_SUICIDE, BEARS),
    ("traditional_model", YOUNG, DOMESTIC | {"what_happened": "harmed"}, DOES_NOT),
    ("traditional_model", YOUNG, DOMESTIC | {"age_of_person": 15}, DOES_NOT),
    ("traditional_model", YOUNG, DOMESTIC | {"death_by_family_or_household": "no"}, DOES_NOT),
    ("traditional_model", YOUNG, DIED | {"age_of_person": 17}, UNKNOWN),
    ("traditional_model", ANOTHER, OTHER, BEARS),
    ("traditional_model", ANOTHER, OTHER | {"another_person_died": "no"}, DOES_NOT),
    ("traditional_model", ANOTHER, {"another_person_died": "no"}, DOES_NOT),
    ("traditional_model", ANOTHER, OTHER | {"another_domestic_death": "no"}, DOES_NOT),
    ("traditional_model", ANOTHER, {"another_person_died": "yes"}, UNKNOWN),
    *[
        (method, point, {"joint_working_concern": answer}, bearing)
        for method, point in (
            ("action_learning", PARTNERS),
            ("multi_agency_practice_learning_review", JOINT),
            ("multi_agency_chronology", GAPS),
        )
        for answer, bearing in (
            ("yes", BEARS),
            ("may", BEARS),
            ("no", DOES_NOT),
            (NOT_KNOWN, UNKNOWN),
        )
    ],
    (
        "multi_agency_practice_learning_review",
        PRACTICE,
        {"agencies_in_the_learning": "several"},
        BEARS,
    ),
    (
        "multi_agency_practice_learning_review",
        PRACTICE,
        {"agencies_in_the_learning": "one"},
        DOES_NOT,
    ),
    ("significant_event_analysis", FAMILIAR, {"nhs_care_played_a_part": "yes"}, BEARS),
    ("significant_event_analysis", FAMILIAR, {"nhs_care_played_a_part": "no"}, DOES_NOT),
    ("individual_management_review", ALONE, {"single_agency_concern": "yes"}, BEARS),
    ("individual_management_review", ALONE, {"single_agency_concern": "no"}, DOES_NOT),
    ("individual_management_review", NHS, {"nhs_care_played_a_part": "yes"}, BEARS),
    ("individual_management_review", NHS, {"nhs_care_played_a_part": "no"}, DOES_NOT),
    *[
        (method, point, {question: answer}, bearing)
        for method, point, question, more, no_more in STANDING
        for bearing, given in ((MORE, more), (NO_MORE, no_more), (MORE_UNKNOWN, (NOT_KNOWN,)))
        for answer in given
    ],
    *[
        ("multi_agency_practice_learning_review", POLICIES, BOTH | given, bearing)
        for given, bearing in (
            ({}, MORE),
            ({"improvements_needed": "may"}, MORE),
            ({"joint_working_concern": "may"}, MORE),
            ({"improvements_needed": "no"}, NO_MORE),
            ({"joint_working_concern": "no"}, NO_MORE),
            ({"improvements_needed": NOT_KNOWN}, MORE_UNKNOWN),
        )
    ],
]


def points_of(method: Method) -> tuple[MethodPoint, ...]:
    return (*method.fits, *method.merits, *method.drawbacks)


def the_point(method: Method, start: str) -> MethodPoint:
    (found,) = [each for each in points_of(method) if each.text.startswith(start)]
    return found


@pytest.mark.parametrize(("method", "point", "given", "bearing"), WEIGHED)
def test_each_condition_of_darlingtons_is_weighed_as_it_should_be(
    method: str,
    point: str,
    given: Given,
    bearing: Bearing,
    darlington: dict[str, Method],
    rulebook: Rulebook,
) -> None:
    for question, answer in given.items():
        check_answer(rulebook, question, answer)
    found = weighed(rulebook, the_point(darlington[method], point), given)
    assert found.bearing is bearing, words(found)


def test_every_condition_of_darlingtons_is_among_those_cases(
    darlington: dict[str, Method],
) -> None:
    tried = {(method, the_point(darlington[method], start)) for method, start, _, _ in WEIGHED}
    assert tried == {
        (name, point)
        for name, method in darlington.items()
        for point in points_of(method)
        if point.when
    }


def changes(point: MethodPoint) -> Iterator[MethodPoint]:
    """The point wrong in one place: a condition dropped, an answer lost or a bound moved; or it
    stands in every case where it must not, or the other way round."""
    if point.when:
        yield replace(point, stands_anyway=not point.stands_anyway)
    for index, condition in enumerate(point.when):
        rest = (*point.when[:index], *point.when[index + 1 :])
        yield replace(point, when=rest)
        for each in changed_conditions(condition):
            assert isinstance(each.made, Answered | Aged)
            yield replace(point, when=(*point.when[:index], each.made, *point.when[index + 1 :]))


def test_every_small_change_of_a_condition_is_noticed_by_a_case(
    darlington: dict[str, Method], rulebook: Rulebook
) -> None:
    unnoticed = []
    tried = 0
    for name, method in darlington.items():
        for point in points_of(method):
            for changed in changes(point):
                tried += 1
                if all(
                    weighed(rulebook, changed, given).bearing is bearing
                    for at, start, given, bearing in WEIGHED
                    if at == name and point.text.startswith(start)
                ):
                    unnoticed.append((name, All(changed.when)))
    assert unnoticed == []
    assert tried > 30


def test_every_method_with_drawbacks_has_some_weighed_and_only_these_are_left_to_people(
    darlington: dict[str, Method],
) -> None:
    left = {
        name: [" ".join(each.text.split()[:4]) for each in points_of(method) if not each.when]
        for name, method in darlington.items()
    }
    assert {name: points for name, points in left.items() if points} == {
        "traditional_model": ["The partners and others", "Suits abuse of several"],
        "action_learning": ["Is said to be", "Frontline staff and senior", "People learn while it"],
        "peer_review": [
            "They are mostly trusted",
            "It can be part",
            "It costs little; mostly",
            "The agencies may not",
        ],
    }


def test_action_learning_names_its_three_versions_and_who_decides(
    darlington: dict[str, Method],
) -> None:
    told = darlington["action_learning"].description
    for name in ("HASCAS", "Significant Incident Learning Process", "Learning Together"):
        assert name in told
    assert "Independent Scrutineer" in told


# The words


def test_no_point_speaks_of_a_duty_or_of_the_best_method(darlington: dict[str, Method]) -> None:
    for method in darlington.values():
        for point in points_of(method):
            assert not re.search(r"\b(must|should|best|recommended)\b", point.text), point.text
