"""Three cases from beginning to end in a browser, each to its documents, read field by field.

Two of them are real (see `fixtures/real`), told from public reports. What a report does not say is
answered "Not known yet"; where a form needs something all the same, it is made up, which is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, expect

from . import alfie, child_s, near_miss
from . import alfies_papers as on_paper
from .conftest import NewOffice
from .walking import Walker
from .ways_in import check_and_save, open_case, somebody, take_up
from .written import Chosen, Form

REFER = "Should this be referred as a serious child safeguarding incident?"


def test_baby_alfie_from_the_referral_to_the_publication(
    browser: Browser, new_office: NewOffice, tmp_path: Path
) -> None:
    with somebody(browser, new_office.address, 1280) as referrer:
        reference = check_and_save(
            referrer,
            REFER,
            "Gateshead",
            {"When did the local authority become aware of it?": alfie.AWARE},
            alfie.CHECKED,
            alfie.NOTES,
        )
    with somebody(browser, new_office.address, 1280) as chair:
        take_up(chair, new_office.store.invite("chair", ""), "Gateshead chair", "Gateshead")
        open_case(chair, "Alfie", reference)
        nothing_is_typed_again(chair)
        alfie_is_notified(chair)
        agencies_answer(chair)
        events_come_together(chair, tmp_path)
        the_meeting_is_held(chair)
        every_criterion_has_a_view(chair)
        an_investigation_runs_beside(chair)
        it_is_decided_and_signed(chair)
        the_panel_asks_for_a_local_review(chair)
        the_review_is_commissioned(chair)
        it_is_late_and_published(chair)
        deadlines_and_oversight(chair)
        alfies_documents(chair)


def nothing_is_typed_again(chair: Walker) -> None:
    """The answers of the check are in the case, and say where they came from."""
    chair.stage("Notification")
    chair.follow(re.compile("^Questions"))
    chair.sees("The check that was saved on 10/06/2026", "Serious physical harm", "It is suspected")
    chair.press("Carry on with the questions")
    chair.answer({}, "Keep this answer")
    chair.sees("No question is left that could change the advice")
    chair.stage("Referral")
    chair.sees(alfie.NOTES, "Monday 4 January 2021")
    chair.add("child", alfie.CHILD)
    chair.part("The referral", alfie.REFERRAL)
    chair.part("The answer to the referrer", alfie.FEEDBACK)


def alfie_is_notified(chair: Walker) -> None:
    chair.stage("Notification")
    chair.part("The notification", alfie.NOTIFICATION)


def agencies_answer(chair: Walker) -> None:
    chair.stage("Agency information")
    chair.press("Open requests for several agencies at once")
    for agency in (alfie.HEALTH, "Police"):
        chair.tick(agency)
    chair.save(
        {
            "When were they asked? (optional)": alfie.ASKED_ON,
            "By when is the information to come back?": alfie.RETURN_BY,
            "From which day on should they look back?": alfie.LOOK_BACK_FROM,
        },
        "Open the requests",
    )
    chair.sees("2 requests are open.", "0 of 2 came back.")
    chair.follow(f"Write what came back: {alfie.HEALTH}")
    chair.save(alfie.RETURN)
    chair.sees("1 of 2 came back.")
    chair.follow("Compare what came back")
    chair.sees("Three visits.", "Nothing came back yet")


def events_come_together(chair: Walker, folder: Path) -> None:
    """The chronology: one entry by hand, two from a spreadsheet."""
    chair.to_case()
    chair.follow("Chronology")
    chair.add("entry", alfie.EVENT)
    file = folder / "chronology.csv"
    file.write_text(alfie.CSV)
    chair.follow("Bring entries in from a file")
    chair.page.get_by_label("File", exact=True).set_input_files(file)
    chair.press("Read the file")
    chair.sees("2 entries")
    chair.press("Take in 2 entries")
    chair.sees("2 entries were taken in.")


def the_meeting_is_held(chair: Walker) -> None:
    chair.stage("Rapid review meeting")
    chair.part("The rapid review meeting", alfie.MEETING)
    people_come(chair, alfie.PEOPLE)
    chair.part("What the panel recommends", alfie.RECOMMENDATION)
    questions(chair, "Rapid review meeting", alfie.WEIGHED)


def people_come(chair: Walker, people: Iterable[tuple[str, str, str]]) -> None:
    for role, agency, attended in people:
        form = {"Role": role, "Agency": agency, "Was this person there?": Chosen(attended)}
        chair.add("person", form)


def questions(chair: Walker, stage: str, answers: Mapping[str, str]) -> None:
    """Answers what the rules still ask at a stage."""
    chair.stage(stage)
    chair.follow(re.compile("^Questions"))
    chair.press("Carry on with the questions")
    chair.answer(answers, "Keep this answer")


def every_criterion_has_a_view(chair: Walker) -> None:
    """One of the views differs from what the rules find, and is marked."""
    views_are_given(chair, "Rapid review meeting", alfie.view, alfie.CARDS)
    expect(chair.page.get_by_text("The rapid review panel sees it otherwise")).to_have_count(1)
    expect(chair.page.get_by_text("The rules left this open")).to_have_count(1)


def views_are_given(
    chair: Walker, stage: str, view: Callable[[int, str], Form], count: int
) -> None:
    """Each criterion and circumstance gets a view and a reason, on its own card."""
    chair.stage(stage)
    chair.press("Go through them")
    cards = [each.get_attribute("id") or "" for each in chair.page.locator(".waymark-card").all()]
    assert len(cards) == count
    for number, card in enumerate(cards, start=1):
        chair.write(view(number, card), within=f"#{card}")
        chair.press("Keep", within=f"#{card}")
        chair.sees("Kept:")
    chair.sees("All have a view and a reason.")


def an_investigation_runs_beside(chair: Walker) -> None:
    """It has not been asked about, so it may apply. People say that it runs, and what waits."""
    chair.stage("Parallel processes")
    chair.follow(re.compile(f"^Write down what was agreed ?: {alfie.BESIDE}$"))
    chair.save(alfie.INVESTIGATION)
    chair.sees("Saved.", "What waits for what")
    chair.sees(f"{alfie.BESIDE}: Publication waits for it, until the prosecutor has decided.")


def sign(chair: Walker) -> None:
    chair.stage("Decision")
    chair.press("Read and sign the record")
    chair.tick("I have read this record, and it is what was decided")
    chair.press("Sign")
    chair.sees("Version 1 is signed, and fixed.")


def it_is_decided_and_signed(chair: Walker) -> None:
    questions(chair, "Decision", {"panel_answer": "It has not answered yet"})
    chair.stage("Decision")
    chair.sees("Before it can be signed, these are missing:", "The reasons for the decision")
    chair.part("The decision", alfie.DECISION)
    sign(chair)


def the_panel_asks_for_a_local_review(chair: Walker) -> None:
    """It disagrees; the partners decide again, and a second version names the first."""
    chair.stage("The Panel’s answer")
    chair.part("The Panel’s answer", alfie.PANEL_ANSWER)
    chair.stage("Decision")
    left_to_the_people = "The rules left the outcome to the people, so there is nothing to compare."
    chair.sees("Take the Panel's view into account", left_to_the_people)
    chair.part("The decision", alfie.DECISION_AGAIN)
    for said in (
        left_to_the_people,
        "This differs from what the rules say",
        # It was decided again after the Panel had answered, as it should be.
        "Dates that cannot both be right",
    ):
        assert not chair.page.get_by_text(said).count()
    chair.sees("The case has been written in since.")
    chair.press("Sign a corrected record")
    chair.tick("I have read this record, and it is what was decided")
    chair.save({"What is corrected, and why?": alfie.CORRECTION}, "Sign")
    chair.sees("Version 2 is signed, and fixed.")


def the_review_is_commissioned(chair: Walker) -> None:
    chair.stage("Commissioning a review")
    chair.part("The method", alfie.METHOD)
    chair.part("The reviewer", alfie.REVIEWER)
    chair.part("Terms of reference", alfie.TERMS)
    for held_on, settled in alfie.GOVERNANCE:
        form = {"When?": held_on, "What was settled?": settled, "Who was there, by role?": "All."}
        chair.add("meeting", form)


def it_is_late_and_published(chair: Walker) -> None:
    chair.stage("Publication")
    chair.part("Delay", alfie.DELAY)
    chair.part("The report and its day", alfie.PUBLICATION)
    chair.stage("Actions")
    chair.add("action", alfie.ACTION)


def deadlines_and_oversight(chair: Walker) -> None:
    """The timetable says how each deadline was kept, and the partnership sees it."""
    chair.to_case()
    chair.follow("All deadlines")
    chair.sees(
        "Sunday 15\u00a0August 2021",
        "Late by 206 days",
        "Met on the last day",
    )
    chair.follow("Oversight", within="nav")
    chair.sees("Figures of one case")
    the_figures_tell_the_versions_apart(chair)
    chair.back()
    chair.follow(re.compile("^GAT-"))


def the_figures_tell_the_versions_apart(chair: Walker) -> None:
    """The Panel disagreed with the first version; the second is what was decided in the end."""
    answers = "The decision, and the National Panel’s answer"
    chair.counts(answers, "It disagrees", "1")
    chair.counts(answers, "It agrees", "0")
    dispute = "Where the National Panel disagreed, and what was decided in the end"
    chair.counts(dispute, "No local review; another form of learning", "1", "0")
    chair.counts(dispute, "A local child safeguarding practice review", "0", "1")
    compared = "What the rules recommend, and what was decided"
    chair.counts(compared, "Follows from the partners’ own answer", "1")
    chair.counts(
        "Tool, rapid review panel and National Panel together", "At least one differs", "1"
    )


def alfies_documents(chair: Walker) -> None:
    """Every document, in every form, against what was written."""
    signed = chair.document("Record of the decision", "Version 1, signed")
    signed.says(("CONFIDENTIAL",), ("Version", "1"), *on_paper.RECOMMENDED, *on_paper.DECIDED)
    signed.says(*on_paper.MET_WITH, *alfie.INVESTIGATION_ON_PAPER)
    signed.never_says("Version 2", alfie.CORRECTION, "Learning review with practitioners")
    # It is what the meeting and the rules recommended then; the rules did of the second too.
    signed.never_says("The decision is another one")
    signed.never_says("not what Waymark recommends", "nothing to compare")
    corrected = chair.document("Record of the decision", "Version 2, signed")
    corrected.says(("CONFIDENTIAL",), *on_paper.RECORD, *on_paper.views_in_record())
    corrected.never_says("Why there is no review", "DRAFT", "not what Waymark recommends")
    corrected.never_says("nothing to compare")
    draft = chair.document("Record of the decision", "Draft, not signed")
    draft.says(("CONFIDENTIAL – DRAFT, NOT SIGNED",), *on_paper.RECORD[5:], *on_paper.FOLLOWED)
    for title, copy, lines in (
        ("Information from an agency", alfie.HEALTH, on_paper.APPENDIX_4),
        ("Chronology", "All agencies together", on_paper.APPENDIX_6),
        ("Letter to the Panel", "The letter", on_paper.LETTER_TO_PANEL),
    ):
        chair.document(title, copy).says(("CONFIDENTIAL",), *lines)
    meeting = chair.document("Rapid review meeting", "The form")
    meeting.says(("CONFIDENTIAL",), *on_paper.APPENDIX_5)
    meeting.never_says(*on_paper.NOT_OF_THE_MEETING)
    letter = chair.document("Letter to the referrer", "The letter")
    letter.says(("CONFIDENTIAL",), *on_paper.LETTER_TO_REFERRER)
    letter.never_says(*on_paper.NOT_FOR_REFERRERS)


def test_child_s_under_the_rules_of_2015_with_the_keyboard_alone(
    browser: Browser, new_office: NewOffice
) -> None:
    with somebody(browser, new_office.address, 1280, keys=True) as referrer:
        reference = check_and_save(
            referrer,
            REFER,
            "Newcastle",
            {
                "When did it happen?": child_s.HAPPENED,
                "When did the local authority become aware of it?": child_s.AWARE,
            },
            child_s.CHECKED,
            child_s.NOTES,
        )
    with somebody(browser, new_office.address, 1280, keys=True) as chair:
        take_up(chair, new_office.store.invite("chair", "newcastle"), "Newcastle chair")
        open_case(chair, "Child S", reference)
        chair.stage("Referral")
        chair.add("child", child_s.CHILD)
        chair.part("The referral", child_s.REFERRAL)
        chair.part("The answer to the referrer", child_s.FEEDBACK)
        chair.stage("Notification to Ofsted and the Board")
        chair.sees("Report this notifiable incident to Ofsted and the Board")
        chair.part("The report to Ofsted and the Board", child_s.NOTIFICATION)
        chair.stage("Meeting that looks at the case")
        chair.part("The meeting that looks at the case", child_s.MEETING)
        chair.part("What the meeting recommends", child_s.RECOMMENDATION)
        people_come(chair, child_s.PEOPLE)
        questions(chair, "Meeting that looks at the case", child_s.WEIGHED)
        views_are_given(chair, "Meeting that looks at the case", child_s.view, len(child_s.VIEWS))
        chair.stage("Decision")
        chair.sees("The criteria for a serious case review are not met")
        chair.part("The decision", child_s.DECISION)
        assert not chair.page.get_by_text("This differs from what the rules say").count()
        chair.stage("Answer of the national panel of independent experts")
        chair.part("The answer of the national panel", child_s.PANEL_ANSWER)
        chair.stage("Learning below the threshold")
        chair.part("Learning below the threshold", child_s.LEARNING)
        chair.part("Approval by the Board", child_s.APPROVAL)
        sign(chair)
        child_ss_documents(chair)


def child_ss_documents(chair: Walker) -> None:
    """Every document in the words of 2015."""
    for title, copy, lines in (
        ("Record of the decision", "Version 1, signed", child_s.RECORD),
        ("Meeting that looked at the case", "The form", child_s.APPENDIX_5),
        ("Letter to the national panel", "The letter", child_s.LETTER_TO_PANEL),
        ("Letter to the referrer", "The letter", child_s.LETTER_TO_REFERRER),
    ):
        document = chair.document(title, copy)
        document.says(("CONFIDENTIAL",), *lines)
        document.never_says(*child_s.LATER_WORDS)


def test_a_near_miss_to_an_audit_of_similar_cases_with_the_keyboard_alone_on_a_narrow_screen(
    browser: Browser, new_office: NewOffice
) -> None:
    with somebody(browser, new_office.address, 320, keys=True) as chair:
        take_up(chair, new_office.store.invite("chair", "darlington"), "Darlington chair")
        reference = check_and_save(
            chair,
            REFER,
            "Darlington",
            {"When did the local authority become aware of it?": near_miss.AWARE},
            near_miss.CHECKED,
            near_miss.NOTES,
        )
        chair.open_menu()
        chair.follow("Cases", within="header")
        open_case(chair, "Child A", reference)
        chair.stage("Referral")
        chair.part("The referral", near_miss.REFERRAL)
        chair.stage("Notification")
        chair.part("The notification", near_miss.NOTIFICATION)
        questions(chair, "Learning below the threshold", near_miss.WEIGHED)
        chair.stage("Learning below the threshold")
        chair.sees("Audit similar cases across agencies")
        chair.part("Learning below the threshold", near_miss.LEARNING)
        chair.part("Approval by the partners", near_miss.APPROVAL)
        form = chair.document("Referral for learning below the threshold", "The form")
        form.says(("CONFIDENTIAL",), *near_miss.APPENDIX_1)
