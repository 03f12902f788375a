"""A case that is not notified, or whose notification was withdrawn: it is decided and signed
without a meeting, nothing of a rapid review is asked for, and no duty is lost sight of.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.answers import Answer
from webforms.access import Role
from webforms.chair import casefile
from webforms.chair.finishing import missing
from webforms.chair.quality import ticks
from webforms.store import CaseRow, Store

from .casework import ANSWERS_OF_A_BABY, new_case, write
from .conftest import Clock, SignedInAs
from .pages import Pages, words

NEAR_MISS: dict[str, Answer] = {"age_of_person": 4, "what_happened": "near_miss_or_concern"}
ILL: dict[str, Answer] = {**ANSWERS_OF_A_BABY, "abuse_or_neglect": "no"}
NOT_MET = {"criteria_met": "no", "why_not": "Nobody came to harm."}
WITHDRAWN = {"withdrawn_on": "2026-05-22", "withdrawn_why": "The scan showed an old illness."}
DECIDED = {
    "route": "no_review",
    "decided_by": "The three safeguarding partners",
    "reasons": "Nobody came to harm, and nothing was hidden.",
    "why_no_review": "An audit teaches the same.",
}
SKIPPED = ("Agency information", "Rapid review meeting", "Decision", "The Panel’s answer")


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Independent chair")


def near_miss(store: Store, chair: Pages) -> CaseRow:
    row = new_case(store, chair.account, answers=NEAR_MISS)
    write(store, row, chair.account, "notification", **NOT_MET)
    return row


def withdrawn(
    store: Store, chair: Pages, answers: dict[str, Answer] | None = None, **said: Any
) -> CaseRow:
    row = new_case(store, chair.account, answers=ILL if answers is None else answers)
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    write(store, row, chair.account, "answers", "notification_withdrawn", answer="yes")
    write(store, row, chair.account, "notification", **{**WITHDRAWN, **said})
    return row


def decide(store: Store, row: CaseRow, chair: Pages) -> None:
    write(store, row, chair.account, "decision", **DECIDED)
    write(store, row, chair.account, "dates", "decision", day="2026-05-26")


def lacking(store: Store, row: CaseRow) -> list[str]:
    return [each.what for each in missing(casefile.read(store, row))]


def next_step(chair: Pages, row: CaseRow) -> str:
    boxes = chair.get(f"/cases/{row.reference}").all("section", "waymark-next")
    return words(boxes[0]).removeprefix("Next step ") if boxes else ""


def stands(chair: Pages, row: CaseRow) -> dict[str, str]:
    """How the stages of the task list stand."""
    return {
        words(next(each.iter("a"))): words(each)
        for each in chair.get(f"/cases/{row.reference}").all("li", "govuk-task-list__item")
    }


def not_needed(chair: Pages, row: CaseRow) -> set[str]:
    return {title for title, said in stands(chair, row).items() if "Not needed" in said}


def sign(chair: Pages, row: CaseRow) -> None:
    page = chair.get(f"/cases/{row.reference}/sign")
    (seen,) = (each.get("value") for each in page.all("input") if each.get("name") == "seen_seq")
    chair.post(f"/cases/{row.reference}/sign", page, read="yes", seen_seq=seen or "")


@pytest.mark.parametrize(
    ("a_case", "why"),
    [
        (near_miss, "The partners found that the incident is not to be notified"),
        (withdrawn, "The notification was withdrawn"),
    ],
)
class TestWithoutAMeeting:
    def test_the_decision_is_signed_and_the_record_says_why_there_was_no_rapid_review(
        self, a_case: Any, why: str, store: Store, chair: Pages
    ) -> None:
        row = a_case(store, chair)
        decide(store, row, chair)
        assert lacking(store, row) == []
        assert next_step(chair, row) == "Read the record and sign it"
        shown = words(chair.get(f"/cases/{row.reference}/sign").one("main"))
        assert f"No rapid review was held. {why}" in shown
        sign(chair, row)
        (signed,) = store.signed(row.id)
        assert f"No rapid review was held. {why}" in str(signed.record["document"])
        assert stands(chair, row)["Decision"].count("Done") == 1

    def test_the_decision_needs_its_reasons_and_its_justification_all_the_same(
        self, a_case: Any, why: str, store: Store, chair: Pages
    ) -> None:
        row = a_case(store, chair)
        write(store, row, chair.account, "decision", route="no_review")
        assert lacking(store, row) == [
            "Who decided, by role",
            "The reasons for the decision",
            "Why there is no review",
            "The date of the decision",
        ]
        assert next_step(chair, row) == "Write down the decision, and why"

    @pytest.mark.parametrize(
        ("part", "item", "said"),
        [
            ("meeting", "", {"facts": "A boy of four reached the medicine."}),
            ("attendance", "1", {"role": "Doctor", "agency": "A", "attended": "present"}),
            ("views", "criterion_improvements", {"view": "cannot_say", "reason": "So."}),
            ("recommendation", "", {"route": "no_review"}),
        ],
    )
    def test_what_was_written_of_a_meeting_is_asked_for_in_full(
        self,
        a_case: Any,
        why: str,
        part: str,
        item: str,
        said: dict[str, str],
        store: Store,
        chair: Pages,
    ) -> None:
        row = a_case(store, chair)
        decide(store, row, chair)
        write(store, row, chair.account, part, item, **said)
        assert "The date of the meeting" in lacking(store, row)
        assert "Rapid review meeting" not in not_needed(chair, row)
        record = chair.get(f"/cases/{row.reference}/documents/decision-record")
        assert "No rapid review was held" not in record.text

    def test_nothing_of_a_rapid_review_is_waited_for(
        self, a_case: Any, why: str, store: Store, chair: Pages
    ) -> None:
        row = a_case(store, chair)
        assert not_needed(chair, row) >= set(SKIPPED)
        assert next_step(chair, row) == "Choose how to learn from it below the threshold"
        _, held, sent = ticks(casefile.read(store, row), Clock()().date())
        assert [held.words, sent.words] == ["Does not apply"] * 2
        page = chair.get(f"/cases/{row.reference}/meeting")
        assert "still missing" not in words(page.one("main"))
        assert why in words(page.one("main"))


def test_the_time_to_notify_was_kept_or_not_whatever_was_withdrawn_later(
    store: Store, chair: Pages
) -> None:
    row = withdrawn(store, chair)
    notified, *_ = ticks(casefile.read(store, row), Clock()().date())
    assert notified.words == "Yes"


def test_a_review_that_is_chosen_all_the_same_is_set_up(store: Store, chair: Pages) -> None:
    row = withdrawn(store, chair)
    assert {"Commissioning a review", "Publication"} <= not_needed(chair, row)
    write(store, row, chair.account, "decision", route="local_review")
    assert not {"Commissioning a review", "Publication"} & not_needed(chair, row)


class TestAWithdrawalWhileTheDutyStands:
    @pytest.mark.parametrize("said", [{}, NOT_MET])
    def test_it_is_pointed_out_wherever_the_case_is_read(
        self, said: dict[str, str], store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, dict(ANSWERS_OF_A_BABY), **said)
        assert next_step(chair, row) == (
            "Look again at notifying: a duty stands that the withdrawal does not remove"
        )
        notice = words(
            chair.get(f"/cases/{row.reference}/notification").one("section", "waymark-notice")
        )
        assert "the notification was withdrawn" in notice
        assert "a duty on the authority, which the withdrawal does not remove" in notice
        assert "notify the Panel" in notice
        record = chair.get(f"/cases/{row.reference}/documents/decision-record")
        assert "a duty on the authority, which the withdrawal does not remove" in record.text

    def test_nothing_of_the_rapid_review_falls_away(self, store: Store, chair: Pages) -> None:
        row = withdrawn(store, chair, dict(ANSWERS_OF_A_BABY))
        assert not_needed(chair, row) == set()
        decide(store, row, chair)
        assert "The date of the meeting" in lacking(store, row)

    def test_another_notice_is_not_denied_by_it(self, store: Store, chair: Pages) -> None:
        """The death of a looked-after child is told to others; that was not withdrawn."""
        died: dict[str, Answer] = {"age_of_person": 10, "what_happened": "died"}
        illness: dict[str, Answer] = {"abuse_or_neglect": "no", "looked_after": "yes"}
        row = withdrawn(store, chair, {**died, **illness})
        page = chair.get(f"/cases/{row.reference}/notification")
        assert page.all("section", "waymark-notice") == []
        assert "Rapid review meeting" in not_needed(chair, row)


class TestAWithdrawalWhileTheAnswersAreOpen:
    OPEN: dict[str, Answer] = {"age_of_person": 0, "what_happened": "harmed"}

    @pytest.mark.parametrize(
        "answers", [OPEN, {**ANSWERS_OF_A_BABY, "abuse_or_neglect": "not known"}]
    )
    def test_it_ends_nothing_and_what_is_open_comes_next(
        self, answers: dict[str, Answer], store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, answers)
        assert not_needed(chair, row) == set()
        assert "Done" not in stands(chair, row)["Notification"]
        assert next_step(chair, row) == (
            "Answer what is open on the withdrawal of the notification"
        )
        decide(store, row, chair)
        assert "The date of the meeting" in lacking(store, row)

    def test_it_ends_the_way_once_the_definition_is_ruled_out(
        self, store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, self.OPEN)
        write(store, row, chair.account, "answers", "abuse_or_neglect", answer="no")
        assert not_needed(chair, row) >= set(SKIPPED)
        assert "Done" in stands(chair, row)["Notification"]

    def test_a_report_of_2015_is_withdrawn_by_the_same_measure(
        self, store: Store, chair: Pages
    ) -> None:
        dates = {"incident": date(2016, 5, 9), "awareness": date(2016, 5, 11)}
        row = new_case(store, chair.account, dates=dates, answers=self.OPEN)
        write(store, row, chair.account, "answers", "notification_withdrawn", answer="yes")
        write(store, row, chair.account, "notification", withdrawn_on="2016-05-22")
        assert next_step(chair, row) == "Answer what is open on the withdrawal of the report"
        for question, answer in ANSWERS_OF_A_BABY.items():
            write(store, row, chair.account, "answers", question, answer=answer)
        assert next_step(chair, row) == (
            "Look again at the withdrawal: on these answers it is to be reported"
        )
        write(store, row, chair.account, "answers", "abuse_or_neglect", answer="no")
        assert "Meeting that looks at the case" in not_needed(chair, row)


class TestAWithdrawalThatIsAboutToBe:
    SAID = "is withdrawn, or about to be; the day is not given"

    def test_the_panel_is_told_first_and_the_day_is_written(
        self, store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, withdrawn_on="")
        assert "In hand" in stands(chair, row)["Notification"]
        assert next_step(chair, row) == "Tell the Panel of the withdrawal, and write down when"
        letter = words(chair.get(f"/cases/{row.reference}/documents/letter-to-panel").one("main"))
        assert "This tells of the withdrawal of the notification" in letter
        assert "The scan showed an old illness." in letter
        meeting = words(chair.get(f"/cases/{row.reference}/meeting").one("main"))
        assert f"The notification {self.SAID}" in meeting
        write(store, row, chair.account, "notification", **WITHDRAWN)
        assert "Done" in stands(chair, row)["Notification"]
        assert next_step(chair, row) == "Choose how to learn from it below the threshold"

    def test_it_is_not_told_as_done_beside_a_duty_that_stands(
        self, store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, dict(ANSWERS_OF_A_BABY), withdrawn_on="")
        page = chair.get(f"/cases/{row.reference}/notification")
        notice = words(page.one("section", "waymark-notice"))
        assert f"It is written down that the notification {self.SAID}." in notice

    def test_a_day_that_is_still_to_come_has_withdrawn_nothing(
        self, store: Store, chair: Pages
    ) -> None:
        row = withdrawn(store, chair, withdrawn_on="2099-01-05")
        assert "In hand" in stands(chair, row)["Notification"]
        meeting = words(chair.get(f"/cases/{row.reference}/meeting").one("main"))
        assert "is about to be withdrawn; the day given, Monday 5 January 2099" in meeting


def test_that_the_panel_was_notified_does_not_answer_whether_that_is_withdrawn(
    store: Store, chair: Pages
) -> None:
    row = new_case(store, chair.account)
    write(store, row, chair.account, "dates", "notification_sent", day="2026-05-15")
    write(store, row, chair.account, "answers", "notification_withdrawn", answer="no")
    for address in ("notification", "documents/decision-record"):
        said = words(chair.get(f"/cases/{row.reference}/{address}").one("main"))
        assert "Is the notification withdrawn" in said
        assert "Was the Panel notified" not in said


class TestAfterTheDecisionOnLearning:
    def test_a_finished_case_below_the_threshold_waits_for_nothing_of_the_review(
        self, store: Store, chair: Pages
    ) -> None:
        row = near_miss(store, chair)
        write(store, row, chair.account, "learning", option="option_2")
        write(store, row, chair.account, "learning_approval", approved="approved")
        write(store, row, chair.account, "referral", organisation="A nursery")
        write(store, row, chair.account, "feedback", outcome="learning", sent="2026-06-02")
        open_ones = {t for t, said in stands(chair, row).items() if "Not started" in said}
        assert not open_ones & set(SKIPPED)

    @pytest.mark.parametrize(
        ("seen", "needed"), [("no", False), ("yes", True), ("not known", True), ("", True)]
    )
    def test_learning_is_not_needed_only_where_somebody_said_that_there_is_none(
        self, seen: str, needed: bool, store: Store, chair: Pages
    ) -> None:
        row = near_miss(store, chair)
        write(store, row, chair.account, "notification", **NOT_MET, learning_seen=seen)
        assert ("Learning below the threshold" not in not_needed(chair, row)) is needed
        assert ("Choose how to learn" in next_step(chair, row)) is needed

    def test_learning_that_was_decided_on_all_the_same_is_needed(
        self, store: Store, chair: Pages
    ) -> None:
        row = near_miss(store, chair)
        write(store, row, chair.account, "notification", **NOT_MET, learning_seen="no")
        write(store, row, chair.account, "decision", route="other_learning")
        assert "Learning below the threshold" not in not_needed(chair, row)

    def test_what_was_sent_back_is_chosen_again(self, store: Store, chair: Pages) -> None:
        row = near_miss(store, chair)
        write(store, row, chair.account, "learning", option="option_2")
        write(store, row, chair.account, "learning_approval", approved="sent_back")
        assert next_step(chair, row) == "Choose the form of learning again: it was sent back"
