"""The figures of a partnership: what is counted, what is not, and how they go into a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

from webforms.chair.agreeing import ONLY_FOLLOWS, differing
from webforms.chair.charts import bars
from webforms.chair.oversight import NO_DAY, Reason, as_csv, figures
from webforms.chair.tables import FEW_CASES, Row, Table
from webforms.store import CaseRow

THEN = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 10)


def a_case(number: int, *, stage: str = "meeting", closed: bool = False, **summary: Any) -> CaseRow:
    reference = f"DAR-26-{number:04}"
    return CaseRow(
        number, reference, "darlington", "Child A", THEN, THEN, stage, None, "", closed, summary
    )


def a_deadline(due: str, met_on: str = "", stage: str = "meeting", set_by: str = "rules") -> Any:
    return {"stage": stage, "set_by": set_by, "due": due, "met_on": met_on}


def table(id: str, *rows: CaseRow) -> Table:
    return next(each for each in figures(rows, TODAY) if each.id == id)


def values(id: str, *rows: CaseRow) -> dict[str, tuple[int, ...]]:
    return {row.label: row.values for row in table(id, *rows).rows}


def figure(id: str, label: str, *rows: CaseRow) -> int:
    (value,) = values(id, *rows)[label]
    return value


class TestCasesByStage:
    def test_only_open_cases_are_counted_each_once(self) -> None:
        found = values(
            "stages",
            a_case(1),
            a_case(2, stage="decision"),
            a_case(3, stage="decision"),
            a_case(4, stage="decision", closed=True),
        )
        assert found["Decision"] == (2,)
        assert found["Rapid review meeting"] == (1,)
        assert sum(value for (value,) in found.values()) == 3

    def test_every_stage_is_told_also_without_a_case(self) -> None:
        assert len(values("stages")) == 11


class TestDeadlines:
    def test_the_last_day_is_in_time_and_the_day_after_is_late(self) -> None:
        case = a_case(
            1,
            deadlines=[
                a_deadline("2026-06-01", "2026-06-01"),
                a_deadline("2026-06-01", "2026-06-02"),
            ],
        )
        assert values("deadlines", case)["Rapid review meeting"] == (1, 1, 0, 0)

    def test_one_that_is_due_today_still_runs_and_one_of_yesterday_is_overdue(self) -> None:
        # Nobody wrote in this case since: the day has passed all the same.
        case = a_case(1, deadlines=[a_deadline("2026-06-10"), a_deadline("2026-06-09")])
        assert values("deadlines", case)["Rapid review meeting"] == (0, 0, 1, 1)

    def test_those_of_the_rules_are_told_from_those_that_people_set(self) -> None:
        case = a_case(
            1,
            deadlines=[
                a_deadline("2026-06-01", "2026-06-01"),
                a_deadline("2026-06-01", stage="actions", set_by="people"),
                a_deadline("2026-06-02", "2026-06-03", stage="actions", set_by="local"),
                # As it was noted before a local procedure had a row of its own.
                {"stage": "actions", "by_rules": False, "due": "2026-06-03", "met_on": ""},
            ],
        )
        assert values("origins", case) == {
            "The rules": (1, 0, 0, 0),
            "The local procedure, for actions that are late": (0, 1, 0, 0),
            "The people of the case": (0, 0, 2, 0),
        }


class TestAgreement:
    def test_a_decision_is_compared_with_what_was_recommended(self) -> None:
        cases = (
            a_case(1, decided="local_review", agreement="same"),
            a_case(2, decided="no_review", agreement="differs"),
            a_case(3, decided="no_review", agreement="differs"),
            a_case(4, decided="no_review", agreement=""),
            a_case(5, decided="local_review", agreement="nothing_to_compare"),
            a_case(6, decided="no_review", agreement="nothing_to_compare"),
            a_case(7, decided="no_review", agreement="nothing_to_compare"),
            a_case(8, decided="more_needed", agreement="differs"),
            a_case(9),
            a_case(10, decided="local_review", agreement="follows"),
            a_case(11, decided="no_review", agreement="follows"),
        )
        assert values("tool", *cases) == {
            "The same as the rules recommend": (1,),
            "Follows from the partners’ own answer": (2,),
            "Differs from what the rules recommend": (2,),
            "Left by the rules to the people, or to another body": (3,),
            "Nothing to compare with was kept": (1,),
            # To ask for more first is no decision yet.
            "Not decided yet": (2,),
        }

    def test_a_case_in_which_nobody_wrote_for_long_is_counted_as_it_was_noted_then(self) -> None:
        cases = (
            a_case(1, decided="local_review", differs="no", panel="agrees"),
            a_case(2, decided="no_review", differs="yes"),
        )
        assert figure("tool", "The same as the rules recommend", *cases) == 1
        assert figure("tool", "Differs from what the rules recommend", *cases) == 1
        assert figure("panel", "It agrees", *cases) == 1

    def test_what_was_noted_as_the_same_is_told_apart_by_the_route_that_was_recommended(
        self,
    ) -> None:
        own, others = "local_review_by_the_partners", "withdraw_the_notification"
        cases = (
            a_case(1, decided="local_review", agreement="same", recommended=own),
            a_case(2, decided="local_review", differs="no", recommended=own),
            a_case(3, decided="no_review", agreement="differs", recommended=own),
            a_case(4, decided="no_review", agreement="same", recommended=others),
            a_case(5, decided="no_review", agreement="same", recommended="a_route_of_long_ago"),
        )
        assert figure("tool", "Follows from the partners’ own answer", *cases) == 2
        assert figure("tool", "Differs from what the rules recommend", *cases) == 1
        assert figure("tool", "The same as the rules recommend", *cases) == 2

    def test_what_follows_from_the_partners_own_answer_stands_in_the_chart_and_the_file(
        self,
    ) -> None:
        case = a_case(1, decided="local_review", agreement="follows")
        counted = table("tool", case)
        assert "Follows from the partners’ own answer: 1" in bars(counted)
        lines = list(csv.reader(io.StringIO(as_csv([counted], []))))
        assert [counted.title, "Follows from the partners’ own answer", "1"] in lines
        assert [counted.title, "The same as the rules recommend", "0"] in lines

    def test_the_views_of_the_panel_are_added_up(self) -> None:
        cases = (
            a_case(1, views={"same": 8, "differ": 1, "neither": 4, "to_come": 0}),
            a_case(2, views={"same": 0, "differ": 0, "neither": 0, "to_come": 9}),
        )
        assert values("views", *cases) == {
            "The same": (8,),
            "Differ": (1,),
            "Only one of the two says yes or no": (4,),
            "View still to come": (9,),
        }
        assert table("views", *cases).cases == 1, "a case without a view says nothing"

    def test_the_answer_of_the_national_panel_counts_for_decided_cases(self) -> None:
        cases = (
            a_case(1, decided="no_review", panel="agrees"),
            a_case(2, decided="no_review", panel="disagrees"),
            a_case(3, decided="no_review"),
            a_case(4, panel="agrees"),
        )
        assert figure("panel", "It agrees", *cases) == 1
        assert figure("panel", "It disagrees", *cases) == 1
        assert figure("panel", "It has not answered yet", *cases) == 1

    def test_the_answer_is_to_the_decision_that_the_panel_saw_not_to_a_later_one(self) -> None:
        views = {"same": 9, "differ": 0, "to_come": 0}
        saw = {"version": 1, "decided": "no_review", "agreement": "same", "views": views}
        taken_up = a_case(
            1,
            decided="local_review",
            agreement="nothing_to_compare",
            panel="disagrees",
            views={"same": 0, "differ": 9, "to_come": 0},
            answered=saw,
        )
        stood_by = a_case(2, decided="no_review", agreement="same", panel="disagrees", answered=saw)
        agreed = a_case(3, decided="local_review", panel="agrees", answered=saw)
        assert figure("panel", "It disagrees", taken_up, stood_by, agreed) == 2
        assert values("after-disagreement", taken_up, stood_by, agreed) == {
            "A local child safeguarding practice review": (0, 1),
            "No local review": (2, 1),
        }
        assert values("all-three", taken_up, stood_by, agreed) == {
            # All of them agreed on the decision that the Panel answered, whatever came after it.
            "All of them agree": (1,),
            ONLY_FOLLOWS: (0,),
            "At least one differs": (2,),
        }

    def test_what_the_panel_said_before_anything_was_decided_is_not_counted(self) -> None:
        saw = {"version": 0, "decided": "more_needed", "agreement": "same", "views": {}}
        case = a_case(1, decided="local_review", panel="disagrees", answered=saw)
        assert figure("panel", "It disagrees", case) == 0
        assert values("after-disagreement", case) == {}

    def test_all_agree_only_where_all_have_spoken_and_none_differs(self) -> None:
        views = {"same": 9, "differ": 0, "to_come": 0}
        agreed = {"decided": "no_review", "agreement": "same", "panel": "agrees", "views": views}
        cases = (
            a_case(1, **agreed),
            a_case(2, **{**agreed, "agreement": "differs"}),
            a_case(3, **{**agreed, "panel": "disagrees"}),
            a_case(4, **{**agreed, "views": {"same": 8, "differ": 1, "to_come": 0}}),
            a_case(5, **{**agreed, "panel": "asks_for_more"}),
            a_case(6, **{**agreed, "views": {"same": 0, "differ": 0, "to_come": 9}}),
            a_case(7, **{**agreed, "agreement": "nothing_to_compare"}),
            a_case(8, **{**agreed, "agreement": "follows"}),
            a_case(9, **{**agreed, "agreement": "follows", "panel": "disagrees"}),
        )
        assert values("all-three", *cases) == {
            "All of them agree": (1,),
            # The tool has said nothing of its own there.
            "None differs, but the tool only follows from the partners’ own answer": (1,),
            "At least one differs": (4,),
        }

    def test_one_decision_is_told_in_one_way_whether_its_recommendation_was_noted_twice_or_not(
        self,
    ) -> None:
        own = "local_review_by_the_partners"
        decided = {"decided": "local_review", "agreement": "same"}
        views = {"same": 9, "differ": 0, "to_come": 0}
        stood = {**decided, "recommended": own, "panel": "agrees", "views": views}
        cases = (
            # As it was noted before the recommendation stood beside the decision that was answered.
            a_case(1, **stood, answered={"version": 1, **decided, "views": views}),
            a_case(
                2, **stood, answered={"version": 1, **decided, "recommended": own, "views": views}
            ),
        )
        assert figure("tool", "Follows from the partners’ own answer", *cases) == 2
        assert figure("all-three", ONLY_FOLLOWS, *cases) == 2
        assert figure("all-three", "All of them agree", *cases) == 0

    def test_what_was_recommended_in_the_end_tells_nothing_of_another_decision_before_it(
        self,
    ) -> None:
        views = {"same": 9, "differ": 0, "to_come": 0}
        end: dict[str, Any] = {
            "decided": "local_review",
            "agreement": "same",
            "recommended": "local_review_by_the_partners",
            "panel": "agrees",
            "views": views,
        }
        another = {"version": 1, "decided": "no_review", "agreement": "same", "views": views}
        otherwise = {"version": 1, "decided": "local_review", "agreement": "same", "views": views}
        cases = (
            a_case(1, **end, answered=another),
            a_case(2, **{**end, "agreement": "differs"}, answered=otherwise),
        )
        assert figure("all-three", "All of them agree", *cases) == 2


class TestRoutesOverTime:
    def test_every_quarter_from_the_first_to_the_last_is_told(self) -> None:
        found = table(
            "routes",
            a_case(1, decided="no_review", decided_on="2025-09-30"),
            a_case(2, decided="local_review", decided_on="2026-01-01"),
            a_case(3, decided="local_review", decided_on="2026-03-31"),
        )
        assert found.columns == ("A local child safeguarding practice review", "No local review")
        assert found.rows == (
            Row("July to September 2025", (0, 1)),
            Row("October to December 2025", (0, 0)),
            Row("January to March 2026", (2, 0)),
        )

    def test_a_decision_without_a_day_is_counted_apart(self) -> None:
        found = values("routes", a_case(1, decided="no_review", decided_on=""))
        assert found == {NO_DAY: (1,)}

    def test_without_a_decision_there_is_nothing_to_tell(self) -> None:
        assert table("routes", a_case(1, decided="more_needed", decided_on="2026-01-01")).rows == ()


def test_fewer_than_five_cases_are_said_to_say_little() -> None:
    four, five = [[a_case(n) for n in range(count)] for count in (4, 5)]
    assert table("overview", *four).few == FEW_CASES
    assert table("overview", *five).few == ""


def test_the_cases_whose_decision_differs_come_newest_first_and_no_others_come() -> None:
    cases = [
        a_case(1, decided="no_review", agreement="differs"),
        a_case(2, decided="no_review", agreement="same"),
        a_case(3, decided="local_review", agreement="differs"),
        a_case(4, decided="more_needed", agreement="differs"),
        a_case(5, decided="local_review", agreement="nothing_to_compare"),
    ]
    assert [row.id for row in differing(cases)] == [3, 1]


class TestTheFile:
    def read(self, text: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(text, newline="")))

    def test_it_has_every_figure_of_the_page_on_a_line_of_its_own(self) -> None:
        tables = figures([a_case(1, decided="no_review", decided_on="2026-01-01")], TODAY)
        head, *lines = self.read(as_csv(tables, ()))
        assert head == ["section", "name", "value"]
        told = sum(len(row.values) for each in tables for row in each.rows)
        assert len(lines) == told + len(tables)
        assert ["Open cases by stage", "Rapid review meeting", "1"] in lines
        assert ["Deadlines met and missed, by stage", "Actions: Met late", "0"] in lines
        assert ["Open cases by stage", "Cases counted", "1"] in lines

    def test_no_cell_can_be_read_as_a_formula(self) -> None:
        reason = Reason("DAR-26-0001", "", "", '=HYPERLINK("x")\nand more')
        lines = self.read(as_csv((), [reason]))
        assert lines[1] == [
            "Reasons for a difference",
            "DAR-26-0001",
            '\'=HYPERLINK("x")\nand more',
        ]


class TestCharts:
    TABLE = Table("few", "Cases <&>", "Stage", ("Cases",), (Row("One", (4,)), Row("None", (0,))), 9)

    def test_bars_are_as_long_as_their_numbers_say_and_have_words_beside_them(self) -> None:
        two = Table("two", "Two", "Stage", ("Cases",), (Row("A", (4,)), Row("B", (1,))), 5)
        drawn = ElementTree.fromstring(str(bars(two)))
        svg = "{http://www.w3.org/2000/svg}"
        _paper, long, short = drawn.findall(f"{svg}rect")
        assert float(long.get("width", "")) == 4 * float(short.get("width", ""))
        assert [each.text for each in drawn.findall(f"{svg}text")] == ["A", "4", "B", "1"]
        assert drawn.findtext(f"{svg}desc", "").startswith("A: 4; B: 1.")

    def test_titles_are_escaped_and_nothing_is_styled_inline(self) -> None:
        drawn = str(bars(self.TABLE))
        assert "Cases &lt;&amp;&gt;: bars" in drawn
        assert "style" not in drawn

    def test_what_is_nought_has_no_bar_and_a_table_of_noughts_no_chart(self) -> None:
        assert "None" not in str(bars(self.TABLE))
        assert not bars(Table("none", "", "", ("Cases",), (Row("None", (0,)),), 0))
