"""What needs what, deep links that last, and the words of expressions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.assessment import assess
from engine.expression import Aged, All, Answered, Any, Concluded, Not, Stands, Status
from engine.results import Assessment
from engine.rulebook import Citation, Period, Rulebook
from rules.calendar import england
from webforms.rulebook import cases, citing
from webforms.rulebook.catalogue import Catalogue, first_sentence
from webforms.rulebook.cataloguing import catalogue
from webforms.rulebook.changes import changes, pairs
from webforms.rulebook.in_words import Told, needs
from webforms.rulebook.references import Kind, Ref, parsed
from webforms.rulebook.renaming import renamed
from webforms.rulebook.suggestion import Suggestion, as_text, file_name

from . import ids


@pytest.fixture(scope="module")
def whole(rulebook: Rulebook) -> Catalogue:
    return catalogue(rulebook)


def test_a_name_that_was_given_out_still_leads_somewhere(rulebook: Rulebook) -> None:
    now = set(ids.ids(rulebook))
    moved = {str(old): str(new) for old, new in renamed().items()}
    lost = [each for each in ids.listed() if each not in now and moved.get(each) not in now]
    assert not lost, f"add to webforms/rulebook/renamed.yaml where these went: {lost}"
    assert not [old for old in moved if old in now], "a page that is there was renamed too"
    assert not [new for new in moved.values() if new not in now]


def test_every_name_is_on_the_list(rulebook: Rulebook) -> None:
    assert ids.ids(rulebook) == [each for each in ids.listed() if parsed(each) not in renamed()], (
        "run: .venv/bin/python -m tests.rulebook.ids > tests/rulebook/ids.txt, and keep old names"
    )


def test_a_renamed_page_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "renamed.yaml"
    file.write_text("renamed:\n  finding/old: finding/child_died\n")
    assert renamed.__wrapped__(file) == {Ref(Kind.FINDING, "old"): Ref(Kind.FINDING, "child_died")}
    file.write_text("renamed:\n  old: finding/child_died\n")
    with pytest.raises(ValueError, match="'old' names no page"):
        renamed.__wrapped__(file)


def test_everything_needed_is_there_and_knows_what_needs_it(whole: Catalogue) -> None:
    for entry in whole.entries.values():
        for ref in (*entry.needs, *entry.mentions):
            assert ref in whole.entries, f"{entry.ref} needs {ref}"
            assert ref == entry.ref or entry.ref in whole.needed_by[ref]
    serious = Ref(Kind.FINDING, "serious_incident")
    assert Ref(Kind.FINDING, "child_under_18") in whole.entries[serious].needs
    assert Ref(Kind.RULE, "ca2004-16b-9") in whole.needed_by[serious]
    assert (
        Ref(Kind.ROUTE, "notify_the_panel")
        in whole.needed_by[Ref(Kind.FINDING, "duty_lies_with_this_authority")]
    )
    assert (
        Ref(Kind.CLOCK, "notify_in_five_working_days")
        in whole.needed_by[Ref(Kind.CONTRADICTION, "A4")]
    )


@pytest.mark.parametrize(
    ("question", "contradictions"),
    [
        ("abuse_or_neglect", {"A24", "A31"}),
        ("looked_after", {"A10", "A30"}),
        ("care_leaver", {"A9"}),
    ],
)
def test_a_question_rests_on_what_the_rules_that_use_its_answer_rest_on(
    whole: Catalogue, question: str, contradictions: set[str]
) -> None:
    ref = Ref(Kind.QUESTION, question)
    assert contradictions <= set(whole.entries[ref].rests_on)
    for each in contradictions:
        assert ref in whole.needed_by[Ref(Kind.CONTRADICTION, each)]


def test_a_question_that_decides_nothing_rests_on_nothing(whole: Catalogue) -> None:
    assert whole.entries[Ref(Kind.QUESTION, "authority_of_the_incident")].rests_on == ()


def test_contradictions_that_name_each_other(whole: Catalogue) -> None:
    entries = whole.of(Kind.CONTRADICTION)
    named = {each.ref.id: [other.id for other in each.mentions] for each in entries}
    assert {name: others for name, others in named.items() if others} == {
        "A24": ["A31"],
        "T1": ["A26"],
        "T2": ["A3"],
        "T3": ["A27"],
        "T7": ["A28"],
        "T8": ["A31"],
        "D-C2": ["A3"],
    }


def test_an_expression_in_words(whole: Catalogue) -> None:
    when = All(
        (
            Concluded("child_died"),
            Any((Answered("looked_after", ("yes",)), Aged("age_of_person", 16, 18))),
            Not(Stands("serious_incident", Status.OPEN)),
        )
    )
    open_finding = Ref(Kind.FINDING, "serious_incident")
    died, serious = (whole.sentences[each] for each in ("child_died", "serious_incident"))
    assert whole.told(when) == Told(
        "All of these",
        parts=(
            Told(died, Ref(Kind.FINDING, "child_died")),
            Told(
                "At least one of these",
                parts=(
                    Told("Looked-after child: “Yes”", Ref(Kind.QUESTION, "looked_after")),
                    Told("Age: 16 or 17", Ref(Kind.QUESTION, "age_of_person")),
                ),
            ),
            Told("Not this", parts=(Told(f"Open: {serious}", open_finding),)),
        ),
    )
    assert [str(each) for each in needs(when)] == [
        "finding/child_died",
        "question/looked_after",
        "question/age_of_person",
        "finding/serious_incident",
    ]
    assert (whole.told(All(())).text, whole.told(Any(())).text) == ("Always", "Never")
    assert whole.told(None).text == "Always"


def test_the_first_sentence_of_a_step() -> None:
    assert first_sentence("Tell them. Then write it down.") == "Tell them"
    assert first_sentence("Tell them.") == "Tell them"


class TestCitations:
    def test_no_paragraph_of_a_source_that_was_not_read(self, rulebook: Rulebook) -> None:
        unread = citing.shown(rulebook, [Citation("working-together-2018", "chapter 4")])[0]
        assert (unread.paragraph, unread.status) == ("", "unverified")
        assert "chapter" not in unread.text
        read = citing.shown(rulebook, [Citation("working-together-2023", "328")])[0]
        assert read.text == "Working Together 2023, paragraph 328"

    def test_what_is_carried_forward_is_said_to_be(self, rulebook: Rulebook) -> None:
        found = citing.doubts(rulebook, [Citation("working-together-2023", "328")])
        assert [each.id for each in found.carried] == ["working-together-2026"]
        assert not found.unverified
        ended = Period(date(2023, 12, 15), date(2024, 1, 1))
        assert citing.carried_by(rulebook, "working-together-2023", ended) is None
        assert citing.carried_by(rulebook, "working-together-2023", Period(date(2023, 12, 15)))


def rests_on(given: list[Assessment]) -> set[str]:
    """All contradictions on which something rests that these assessments tell."""
    found: set[str] = set()
    for each in given:
        assert each.route
        processes = [one for one in each.processes if one.status is Status.ESTABLISHED]
        findings = [one for one in each.findings if one.status is not Status.RULED_OUT]
        steps = [*each.route.steps, *(step for one in processes for step in one.steps)]
        for told in (each.route, *processes, *findings, *steps):
            found.update(told.rests_on)
    return found


class TestCases:
    def titles(self, whole: Catalogue, name: str) -> list[str]:
        ref = parsed(name)
        assert ref
        found = cases.turning_on(whole, ref)
        assert found is not None
        return [each.title for each in found]

    def test_a_case_turns_on_what_it_expects(self, whole: Catalogue) -> None:
        route = Ref(Kind.ROUTE, "notify_care_leaver_death")
        found = cases.turning_on(whole, route)
        assert found is not None
        (expected,) = [each for each in found if each.title == "A care leaver of 24"]
        assert route in expected.expects

    def test_the_cases_of_the_unborn_child_are_about_births(self, whole: Catalogue) -> None:
        found = cases.turning_on(whole, Ref(Kind.CONTRADICTION, "A8"))
        assert found
        for case in found:
            every = (case.case, *case.turned)
            assert "unborn" in {each.answers["age_of_person"] for each in every}, case.title
        assert "A baby who was stillborn after an assault" in {case.title for case in found}

    def test_a_case_of_a_contradiction_is_told_something_that_rests_on_it(
        self, whole: Catalogue
    ) -> None:
        for ref in (each.ref for each in whole.of(Kind.CONTRADICTION)):
            for case in cases.turning_on(whole, ref) or ():
                given = [
                    assess(whole.rulebook, each, england()) for each in (case.case, *case.turned)
                ]
                assert ref.id in rests_on(given), f"{ref}: {case.title}"

    @pytest.mark.parametrize(
        ("page", "title"),
        [
            ("rule/wt2023-332", "A care leaver, a week after her birthday"),
            ("finding/care_leaver_death", "A care leaver who was still a child"),
            ("rule/wt2023-331", "Was he looked after on that weekend?"),
            ("process/looked_after_child_death_notice", "Was he looked after on that weekend?"),
            ("rule/care-act-44", "A sister who will soon be eighteen"),
            ("rule/dvcva-9-1", "A death at seventeen, after a year of control"),
            # This one turns on a day: each edition has its own rule and its own route.
            ("rule/wt2015-ch4-limb-regulated", "A day in June 2018"),
            ("source/working-together-2015", "A day in June 2018"),
        ],
    )
    def test_a_vignette_turns_on_all_that_its_turned_fact_moves(
        self, whole: Catalogue, page: str, title: str
    ) -> None:
        assert title in self.titles(whole, page)

    def test_a_case_turns_on_the_rules_of_its_own_days_alone(self, whole: Catalogue) -> None:
        assert self.titles(whole, "rule/ca2004-65-1")
        # The glossary of 2015 concludes the same finding; no case of its days turns on it.
        assert self.titles(whole, "rule/wt2015-glossary-child") == []

    def test_a_case_does_not_turn_on_what_holds_either_way(self, whole: Catalogue) -> None:
        # Her birthday makes her too old for one duty; she died on either side of it.
        birthday = "A care leaver, a week after her birthday"
        assert birthday not in self.titles(whole, "finding/child_died")

    def test_a_source_has_the_cases_that_were_judged_by_it(self, whole: Catalogue) -> None:
        def titles(source: str) -> list[str]:
            return self.titles(whole, f"source/{source}")

        # Child J was decided in 2016: other rules than today's concluded the same findings.
        child_j = "Child J: a death with suspected abuse is a serious case"
        assert child_j in titles("working-together-2015")
        assert child_j not in titles("working-together-2023")
        assert "A care leaver of 24" in titles("working-together-2023")
        assert "A care leaver of 24" not in titles("working-together-2015")

    def test_a_copy_without_cases_says_so(self, tmp_path: Path) -> None:
        assert cases.worked_cases.__wrapped__((tmp_path / "none",)) is None


class TestChanges:
    def test_every_pair_that_is_offered_can_be_compared(self, rulebook: Rulebook) -> None:
        editions, areas = pairs(rulebook)
        assert ("working-together-2015", "working-together-2018") in editions
        assert ("none", "darlington-2020") in areas
        # These two were never in force together.
        assert ("darlington-2020", "newcastle-2016") not in areas
        assert len(editions) == 6

    def test_a_difference_leads_to_the_page_that_it_is_about(self, whole: Catalogue) -> None:
        found = changes(whole, "working-together-2018", "working-together-2023")
        all_found = [each for _, kinds in found.stages for _, some in kinds for each in some]
        assert len(all_found) == found.count > 50
        assert all(each.ref in whole.entries for each in all_found)
        routes = [each for each in all_found if each.what.startswith("leads now to")]
        assert "The death of a care leaver should be notified" in routes[0].what
        assert all("{" not in each.what for each in all_found)

    def test_what_is_new_is_told_in_short(self, whole: Catalogue) -> None:
        found = changes(whole, "working-together-2018", "working-together-2023")
        lines = {each.title: each for each in found.in_short}
        assert {each.ref.id for each in lines["New findings"].items} == {
            "care_leaver_death",
            "abuse_or_neglect_possible_cause_of_death",
            "suicide_where_abuse_or_neglect_is_a_factor",
            "ministry_of_defence_input_needed",
        }
        assert [str(each.ref) for each in lines["New processes"].items] == [
            "process/care_leaver_death_notice",
            "process/ministry_of_defence_notice",
        ]
        assert lines["New processes"].items[0].stages == tuple(whole.rulebook.stages)
        assert {each.ref.id for each in lines["New routes"].items} >= {"notify_care_leaver_death"}
        assert "Processes that are gone" not in lines

    def test_what_changed_in_the_text_is_told_whatever_follows_from_it(
        self, whole: Catalogue
    ) -> None:
        found = changes(whole, "working-together-2018", "working-together-2023")
        told = {each.id: each for each in found.in_words}
        assert list(told)[:4] == [
            "physical-health-in-serious-harm",
            "telling-the-partners-of-other-areas",
            "from-commissioning-groups-to-boards",
            "criteria-met-means-notification-and-rapid-review",
        ]
        # The text of 2018 was not read, so whatever is said of it says how sure it is.
        assert {each.sure for each in told.values()} == {"high", "fairly high", "medium", "low"}
        assert all(each.citations for each in told.values())
        # The other way round it is the same comparison; two areas have none.
        again = changes(whole, "working-together-2023", "working-together-2018")
        assert again.in_words == found.in_words
        assert changes(whole, "none", "darlington-2020").in_words == ()

    def test_no_comparison_has_more_than_ten_lines(self, whole: Catalogue) -> None:
        for pair in (
            ("working-together-2015", "working-together-2018"),
            ("working-together-2015", "working-together-2023"),
        ):
            assert 1 <= len(changes(whole, *pair).in_short) <= 10
        # A local procedure adds steps, and takes nothing away.
        assert changes(whole, "none", "darlington-2020").in_short == ()

    def test_a_strength_is_compared_only_where_both_texts_were_read(self, whole: Catalogue) -> None:
        found = changes(whole, "working-together-2015", "working-together-2018")
        said = [each.what for _, kinds in found.stages for _, some in kinds for each in some]
        assert not [each for each in said if each.startswith("strength was")]
        assert "strength is not compared: neither was read" in said
        assert found.not_compared

    def test_an_edition_that_was_not_seen_shows_no_difference(self, whole: Catalogue) -> None:
        assert changes(whole, "working-together-2023", "working-together-2026").count == 0


def test_a_suggestion_as_a_file() -> None:
    text = as_text(
        Suggestion("The number is wrong.\r\nIt is 329.\u202e", who="A lawyer"),
        page="rule/wt2023-328",
        title="A title",
        address="/rules/rule/wt2023-328",
        rules_version="abc",
        waymark_version="1",
        on=date(2026, 6, 10),
    )
    assert text == (
        "Waymark: a suggested correction\n\nPage: rule/wt2023-328\nTitle: A title\n"
        "Address: /rules/rule/wt2023-328\nVersion of the rules: abc\nVersion of Waymark: 1\n"
        "Date: 2026-06-10\n\nWhat is wrong:\nThe number is wrong.\nIt is 329.\n\n"
        "What it should say:\n(nothing written)\n\nWhere this was read:\n(nothing written)\n\n"
        "Who suggests it:\nA lawyer\n"
    )
    assert file_name("rule/ä b") == "waymark-correction-rule-b.txt"


def test_what_names_no_page() -> None:
    assert parsed("rule/x") == Ref(Kind.RULE, "x")
    assert [parsed(each) for each in ("", "rule", "rule/", "thing/x")] == [None] * 4
