"""The documents of a case: every field of every form, on a page, in a PDF and in Word alike."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import page
import pytest
from docx.oxml.ns import qn

from rules.loader import rulebook
from webforms.chair.casefile import CaseFile
from webforms.chair.documents import (
    DOCUMENTS,
    appendix_1,
    appendix_4,
    appendix_5,
    appendix_6,
    decision_record,
    letter_to_panel,
    letter_to_referrer,
)
from webforms.chair.documents.frame import Making, Record, digest_of
from webforms.chair.documents.letter_to_referrer import ForReferrer, for_referrer
from webforms.chair.documents.said import in_words
from webforms.chair.parts import form_fields
from webforms.documents import pdf, word
from webforms.store import Store

from . import cases
from .reading import html, plain, words_of_pdf, words_of_word
from .reading import word as opened

MAKING = Making(cases.MADE, cases.ACCOUNTS)
KINDS_OF_CASE: dict[str, Callable[[Store], CaseFile]] = {
    "a full case": cases.full,
    "a case of 2015": cases.of_2015,
    "an empty case": cases.empty,
    "a case before the rules": cases.too_old,
}


@pytest.fixture
def full(store: Store) -> CaseFile:
    return cases.full(store)


def every_copy(file: CaseFile) -> Iterator[Record]:
    """Every document of a case, and each of its copies."""
    for kind in DOCUMENTS.values():
        for item in ["", *kind.items(file)]:
            yield kind.build(file, replace(MAKING, item=item))


def words_of_html(record: Record) -> str:
    return plain(re.sub("<[^>]*>", " ", html(record)))


def three_ways(record: Record) -> dict[str, str]:
    """The words of a document on the page, in the PDF and in Word."""
    return {
        "page": squeezed(words_of_html(record)),
        "PDF": squeezed(words_of_pdf(record)),
        "Word": squeezed(words_of_word(opened(word.render(record)))),
    }


def squeezed(text: str) -> str:
    """Without spaces and hyphens: a narrow column parts words."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text.replace("&#39;", "'"))


def all_text(record: Record) -> str:
    return squeezed(words_of_word(opened(word.render(record))))


def says(record: Record, text: str) -> bool:
    return squeezed(text) in all_text(record)


def section(record: Record, id: str) -> dict[str, Any]:
    return next(part for part in record["sections"] if part["id"] == id)


# What each form asks of the full case, in its own order: the label on the form with what stands
# there, as one piece, or a row of a table.

Piece = tuple[str, ...]

APPENDIX_1: dict[str, Piece] = {
    "referred_to_group": ("Referred to the group on", "Monday 11 May 2026"),
    "received": ("The authority received the incident notification on", "Monday 13 April 2026"),
    "organisation": ("Organisation that sent it", "Memorial hospital, named nurse"),
    "reached_partners": ("It reached the safeguarding partners on", "Tuesday 14 April 2026"),
    "criteria_met": (
        "Do the partners find the criteria for notifying the Panel met?",
        "Yes",
        "If the criteria are met, the rapid review process is followed.",
    ),
    "why_not_notified": ("If it was not notified: the decision, and why",),
    "information_shared": (
        "Information shared for that decision, agency by agency",
        "Social care and health shared what they held on the family.",
    ),
    "learning_seen": (
        "If the criteria were not met: may there be learning all the same?",
        "Yes, no, or not known yet",
    ),
    "group_met": ("The group met on", "Monday 18 May 2026"),
    "agencies_present": ("Agencies present", "Health, social care, police and a nursery"),
    "option": ("2. Multi-agency audit on similar cases", "Chosen", "3. Learning for a single"),
    "outcome_and_rationale": (
        "Outcome, and the reasons for it",
        "An audit of bruising in babies, because three cases were alike.",
    ),
    "shared_with_partners": ("Shared with the partners on", "Thursday 21 May 2026"),
}
APPENDIX_4: dict[str, Piece] = {
    "child": ("The child or children concerned", "Child A only"),
    "dates_of_involvement": (
        "Dates of the agency’s involvement",
        "January to April 2026, still open",
    ),
    "completed_by": ("Completed by (role)", "Health visitor team lead"),
    "agency_details": ("The agency’s details", "Community health, north team"),
    "involvement_and_issues": (
        "The agency’s involvement, and safeguarding issues known in its course",
        "Five home visits; low mood of the mother noted twice.",
    ),
    "facts_of_the_incident": (
        "What the agency knows now of the facts of the incident",
        "Bruising was seen on 9 April and not passed on.",
    ),
}
APPENDIX_5: dict[str, Piece] = {
    "date": ("Date of the meeting", "Thursday 30 April 2026"),
    "present": ("Present", "Designated doctor, Integrated care board"),
    "apologies": ("Apologies", "Housing manager, Borough council"),
    "notified_panel": ("Notified to the Panel on", "Friday 17 April 2026"),
    "notified_partners": ("The safeguarding partners were told on", "Wednesday 15 April 2026"),
    "reason": ("Why the panel meets", "A serious injury to a baby under one."),
    "facts": (
        "The facts of the case, as far as they can readily be found now",
        "Child A was found limp at home.",
        "Three fractures of different ages were found.",
    ),
    "agency_involvement": (
        "How agencies were involved with the children and family",
        "Health visitors, a GP and the police knew the family.",
    ),
    "immediate_action": (
        "What the children, brothers and sisters included, need now to be safe",
        "Child B stays with the grandmother until the enquiry ends.",
    ),
    "improvements": (
        "Improvements that the panel sees",
        "Bruises in babies who cannot move yet are always to be referred.",
    ),
    "national_importance": (
        "What points to national importance",
        "The national finding on bruising in babies may be touched.",
    ),
    "decision": (
        "The panel recommends. What the Statutory Safeguarding Partners in Darlington and the "
        "Independent Scrutineer decided, and why, stands in the record of the decision.",
        "Recommendation, and whether to hold a local review",
        "No local review; another form of learning",
    ),
    "rationale": (
        "Why the panel recommends this",
        "A smaller audit could show the same, the panel thought.",
    ),
    "next_steps": (
        "Next steps that the panel recommends",
        "The chair brings this to the partners on Monday.",
    ),
    "quality_checks": ("Was the Panel notified within five working days of the incident?", "Yes"),
}
APPENDIX_6: dict[str, Piece] = {
    "name": ("Name (a pseudonym)", "Child A, Child B"),
    "date_of_birth": ("Date of birth", "Child A: Tuesday 20 January 2026"),
    "address": ("Address", "Child A: At home with both parents"),
    "agency": ("Agency", "Health visiting, Police"),
    "author": ("Author (role)", "Detective sergeant, Health visitor team lead"),
    # The row is read from one cell to the next, so each field is bound to its neighbour.
    "date": ("09/04/2026", "14:30"),
    "time": ("14:30", "Bruise on the cheek seen at a home visit"),
    "significant_event": ("Bruise on the cheek seen at a home visit", "Health visiting"),
    "kind_of_record": ("Health visiting", "Health visiting record", "Author: Health visitor team"),
    "whose_records": ("lead", "Those of the health visitor of the north team", "Child A, mother"),
    "who_was_involved": ("Child A, mother, health visitor", "Advice given"),
    "decisions_and_outcome": ("Advice given; no referral made", "Yes"),
    "child_seen": ("Yes", "Settled in the mother’s arms", "The bruise was"),
    "author_comments": ("Settled in the mother’s arms", "The bruise was not mapped"),
}
FORMS: dict[str, tuple[Any, str, dict[str, Piece], set[str]]] = {
    # The module, which agency, what is said, and what is worked out and not asked.
    "appendix_1": (appendix_1, "", APPENDIX_1, set()),
    "appendix_4": (appendix_4, "1", APPENDIX_4, set()),
    "appendix_5": (appendix_5, "", APPENDIX_5, {"quality_checks"}),
    "appendix_6": (appendix_6, "", APPENDIX_6, set()),
}
# What stands where the full case, which was notified, has nothing to say.
BLANK_IN_THE_FULL_CASE = {("appendix_1", "why_not_notified"), ("appendix_1", "learning_seen")}

# The fields of each form as the overlay tells them, and the field of ours that each stands for. A
# field without one is no field of ours, and a sentence that the form has in its place.
FIELDS_OF_THE_PROCEDURE: dict[str, dict[str, tuple[str, ...] | str]] = {
    "appendix_1": {
        "Date of the referral to the sub-group": ("referred_to_group",),
        "Date on which the council received the incident notification": ("received",),
        "Organisation that sent it": ("organisation",),
        "Date on which it reached the Statutory Safeguarding Partners": ("reached_partners",),
        "Do the partners find the criteria for notifying the Panel met? Yes or no": (
            "criteria_met",
        ),
        "If not notified, the rationale and the decision": ("why_not_notified",),
        "What information was shared for that decision, agency by agency": ("information_shared",),
        "If the criteria were not met, may there be learning all the same? Yes or no": (
            "learning_seen",
        ),
        "Sent along, if there may be learning: the referral form and the notes of the decision": (
            "a copy of the referral and of the notes of the decision"
        ),
        "Date of the sub-group's meeting": ("group_met",),
        "Agencies present": ("agencies_present",),
        "Which of the five options: multi-agency practice review, multi-agency audit, single "
        "agency learning, quality assurance, no learning or further action": ("option",),
        "Outcome and rationale": ("outcome_and_rationale",),
        "Date on which it was shared with the partners": ("shared_with_partners",),
    },
    "appendix_4": {
        "The child or children concerned": ("child",),
        "Dates of the agency's involvement": ("dates_of_involvement",),
        "Who completed the form": ("completed_by",),
        "The agency's details": ("agency_details",),
        "What the involvement with child, children or family was, and which safeguarding issues "
        "were known in its course": ("involvement_and_issues",),
        "What the agency knows now of the facts of the incident": ("facts_of_the_incident",),
        "Not used: the old test that the form still prints (serious case review, with concern "
        "about joint working)": "That test no longer applies, and is not repeated here.",
    },
    "appendix_5": {
        "Date of the meeting": ("date",),
        "Present, and apologies": ("present", "apologies"),
        "Dates of notification to the national Panel and to the partners": (
            "notified_panel",
            "notified_partners",
        ),
        "Reason for the meeting": ("reason",),
        "The facts, as far as they can readily be found now": ("facts",),
        "Each agency's involvement with the child and family": ("agency_involvement",),
        "Action that children need at once, brothers and sisters included": ("immediate_action",),
        "Improvements that are needed": ("improvements",),
        "What points to national importance": ("national_importance",),
        "Recommendation, with decision, rationale and next steps, and whether to hold a local "
        "review": ("decision", "rationale", "next_steps"),
        "Check: notified within five working days (the form counts from the incident; nationally "
        "it is from awareness)": ("quality_checks",),
        "Check: rapid review held within 15 working days of the notification": ("quality_checks",),
        "Check: decision and minutes sent to the national Panel within 15 working days": (
            "quality_checks",
        ),
    },
    "appendix_6": {
        "The child's name": ("name",),
        "The child's date of birth": ("date_of_birth",),
        "The child's address": ("address",),
        "The agency that shares the information": ("agency",),
        "The author": ("author",),
        "Date of each event, not of its recording": ("date",),
        "Time, on the 24 hour clock": ("time",),
        "What happened that was significant": ("significant_event",),
        "The agency: from which kind of record it comes": ("kind_of_record",),
        "The source: whose professional records": ("whose_records",),
        "Who was involved": ("who_was_involved",),
        "Decisions, what was done, and what came of them": ("decisions_and_outcome",),
        "Was the child seen, and what were the child's views? Yes or no, with the views": (
            "child_seen",
        ),
        "The author's comments": ("author_comments",),
    },
}


def there(piece: Piece, words: str) -> bool:
    """Whether a piece stands in squeezed words as one; in a Word file a colon ends a label."""
    return bool(re.search(":?".join(re.escape(squeezed(each)) for each in piece), words))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_every_field_that_the_procedure_gives_it(form: str, full: CaseFile) -> None:
    overlay = next(each for each in rulebook().overlays if each.area == "darlington")
    told = next(each for each in overlay.forms if each.id == form)
    bound = FIELDS_OF_THE_PROCEDURE[form]
    assert list(bound) == list(told.asks)
    module, item, said, worked_out = FORMS[form]
    named = {field for fields in bound.values() if isinstance(fields, tuple) for field in fields}
    asked = {field for field, _, _ in form_fields(form)}
    assert named == {each.id for each in module.FIELDS} == set(said) == asked | worked_out
    for sentence in bound.values():
        if isinstance(sentence, str):
            assert says(module.build(full, replace(MAKING, item=item)), sentence)


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_form_is_on_the_page_in_the_pdf_and_in_word(
    form: str, full: CaseFile
) -> None:
    module, item, said, _ = FORMS[form]
    record = module.build(full, replace(MAKING, item=item))
    for where, words in three_ways(record).items():
        for each in module.FIELDS:
            assert squeezed(each.label) in words, f"{each.label} is not in the {where}"
            assert there(said[each.id], words), f"{said[each.id]} is not in the {where}"


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_says_of_a_full_case_it_does_not_say_of_an_empty_one(
    form: str, store: Store
) -> None:
    module, _, said, _ = FORMS[form]
    words = all_text(module.build(cases.empty(store), MAKING))
    found = {field for field, piece in said.items() if there(piece, words)}
    assert found == {field for named, field in BLANK_IN_THE_FULL_CASE if named == form}


def test_a_referral_for_learning_says_why_a_case_was_not_notified(store: Store) -> None:
    record = appendix_1.build(cases.not_notified(store), MAKING)
    for where, words in three_ways(record).items():
        for piece in (
            ("The authority received the incident notification on", "Monday 11 May 2026"),
            ("Organisation that sent it", "A nursery, its manager"),
            ("Do the partners find the criteria for notifying the Panel met?", "No"),
            (
                "If it was not notified: the decision, and why",
                "Nobody came to harm, and nothing was hidden.",
            ),
            (
                "Information shared for that decision, agency by agency",
                "The nursery and the GP told what they knew.",
            ),
            (
                "If the criteria were not met: may there be learning all the same?",
                "Yes",
                "If there may be learning, this goes to the chair of the group",
            ),
            ("If not, there should be no further action, and the chair of the group is told",),
            (
                "4. An issue to explore further through quality assurance",
                "Chosen",
                "5. No learning, or no further action, needed",
            ),
            ("Outcome, and the reasons for it", "How medicine is stored is looked at further."),
        ):
            assert there(piece, words), f"{piece} is not in the {where}"


def test_the_form_of_the_meeting_tells_what_it_recommended_and_not_what_was_decided(
    full: CaseFile,
) -> None:
    record = appendix_5.build(full, MAKING)
    assert says(record, "A smaller audit could show the same")
    for decided in (
        "A local child safeguarding practice review",
        "A review can still teach",
        "The administrator writes to the Panel",
    ):
        assert not says(record, decided), decided


@pytest.mark.parametrize("form", ["appendix_5", "appendix_6"])
def test_only_darlingtons_own_forms_carry_its_rule_on_sharing(form: str, store: Store) -> None:
    module = FORMS[form][0]
    rule = "CONFIDENTIAL – share only if the Darlington Safeguarding Partnership has agreed first"
    assert module.build(cases.empty(store), MAKING)["marking"] == rule
    assert module.build(cases.of_2015(store), MAKING)["marking"] == "CONFIDENTIAL"


def test_an_agency_is_told_which_criteria_its_information_informs(
    store: Store, full: CaseFile
) -> None:
    of_2018 = cases.kept(
        store, dates={"incident": "2021-01-04", "awareness": "2021-01-04", "decision": "2021-02-01"}
    )
    of_2023 = cases.kept(
        store, dates={"incident": "2024-12-23", "awareness": "2024-12-24", "decision": "2025-01-20"}
    )
    for file, guidance in (
        (of_2018, "Working Together 2018 (not verified)"),
        (of_2023, "Working Together 2023, paragraph 344)"),
        (full, "Working Together 2023, paragraph 344 (carried forward)"),
    ):
        record = appendix_4.build(file, MAKING)
        assert says(record, "helps to tell whether the criteria are met")
        assert says(record, "(Children Act 2004, section 16C(1)(a) and (b))")
        assert says(
            record,
            "complex issues, or issues of national importance, may arise here and speak for a "
            f"national review (Children Act 2004, section 16B(1)(a); {guidance}",
        )
    of_2015 = appendix_4.build(cases.of_2015(store), MAKING)
    assert says(of_2015, "conditions of a serious case review are met")
    assert says(of_2015, "regulation 5(2), not verified")
    assert not says(of_2015, "16C")


@pytest.mark.parametrize("form", FORMS)
def test_the_fields_stand_in_the_order_of_the_form(form: str, full: CaseFile) -> None:
    module, item, _, _ = FORMS[form]
    words = all_text(module.build(full, replace(MAKING, item=item)))
    place = 0
    for each in module.FIELDS:
        found = words.find(squeezed(each.label), place)
        assert found >= 0, f"{each.label} comes too early"
        place = found + 1


@pytest.mark.parametrize("form", ["appendix_1", "appendix_4", "appendix_5"])
def test_a_blank_field_has_lines_to_write_on(form: str, store: Store) -> None:
    module, _, _, _ = FORMS[form]
    record = module.build(cases.empty(store), MAKING)
    fields = [
        block for part in record["sections"] for block in part["blocks"] if block["kind"] == "field"
    ]
    assert fields
    assert all(block["lines"] for block in fields)
    assert html(record).count("waymark-record__blank") == sum(block["lines"] for block in fields)


def test_a_blank_chronology_has_empty_rows_under_nine_headings(store: Store) -> None:
    (table,) = opened(word.render(appendix_6.build(cases.empty(store), MAKING))).tables
    assert len(table.columns) == 9
    assert len(table.rows) > 5
    assert not any(cell.text.strip() for row in table.rows[1:] for cell in row.cells)


def test_a_justification_of_an_earlier_decision_is_not_on_the_form(full: CaseFile) -> None:
    assert not says(appendix_5.build(full, MAKING), "Left from an earlier answer")


def test_the_old_test_is_named_as_gone_and_not_repeated(full: CaseFile) -> None:
    record = appendix_4.build(full, replace(MAKING, item="1"))
    assert says(record, "That test no longer applies")
    assert not says(record, "concerns as to the way")


def test_a_return_without_its_agency_is_a_blank_form(full: CaseFile) -> None:
    record = appendix_4.build(full, MAKING)
    assert not says(record, "Five home visits")
    assert says(record, "Child A, Child B")


def test_the_chronology_of_all_agencies_is_sorted_and_of_one_is_only_its_own(
    full: CaseFile,
) -> None:
    together = all_text(appendix_6.build(full, MAKING))
    assert together.index("01/04/2026") < together.index("09/04/2026")
    assert appendix_6.items(full) == {"1": "Health visiting", "2": "Police"}
    police = appendix_6.build(full, replace(MAKING, item="2"))
    assert says(police, "parents arguing")
    assert not says(police, "Bruise on the cheek")


def test_a_long_chronology_has_a_table_for_each_year(store: Store) -> None:
    event = cases.WRITTEN["chronology", "1"]
    written = {
        ("chronology", str(number)): {**event, "date": f"{year}-03-01", "event": f"Event {number}"}
        for number, year in enumerate([2023] * 250 + [2024] * 3, start=1)
    }
    record = appendix_6.build(cases.kept(store, written=written), MAKING)
    tables = [block for block in section(record, "events")["blocks"] if block["kind"] == "table"]
    assert [table["caption"] for table in tables] == ["2023", "2023, continued", "2024"]
    events = [row[2]["text"] for table in tables for row in table["rows"]]
    assert sorted(events) == sorted(f"Event {number}" for number in range(1, 254))


def test_the_quality_checks_are_worked_out_from_the_dates(full: CaseFile) -> None:
    (table,) = [
        block
        for block in section(appendix_5.build(full, MAKING), "checks")["blocks"]
        if block["kind"] == "table"
    ]
    assert [row[1]["text"] for row in table["rows"]] == ["Yes", "Yes", "Yes"]


# The decision record


def build(file: CaseFile, **changes: Any) -> Record:
    return decision_record.build(file, accounts=cases.ACCOUNTS, made=cases.MADE, **changes)


# What a decision record leaves out: it stands on the forms alone, or belongs to another decision.
NOT_IN_THE_RECORD = {
    ("decision", "why_no_review"),
    ("agency_return", "details"),
    ("agency_request", "look_back_from"),
    ("agency_request", "note"),
}


def test_the_record_says_all_that_was_written(full: CaseFile) -> None:
    words = all_text(build(full))
    for (part, item), data in cases.WRITTEN.items():
        if part in ("chronology", "feedback"):
            continue
        for ask, value in data.items():
            if not value or (part, ask) in NOT_IN_THE_RECORD:
                continue
            shown = in_words(full, part, ask, item)
            for paragraph in shown.split("\n\n"):
                assert squeezed(paragraph) in words, f"{part} {item} {ask}: {shown}"


def test_every_answer_names_who_gave_it_and_when(full: CaseFile) -> None:
    (table,) = [
        block for block in section(build(full), "answers")["blocks"] if block["kind"] == "table"
    ]
    assert len(table["rows"]) == len(cases.ANSWERS)
    for row in table["rows"]:
        assert row[2]["text"] == "Chair, safeguarding partnership"
        assert row[2]["small"] == ["Wednesday 10 June 2026 at 18:00"]
    words = {row[0]["text"]: row[1]["text"] for row in table["rows"]}
    assert words["What do the other safeguarding partners say?"] == "Not known yet"
    assert says(build(full), "was never counted as")


def test_the_record_has_what_was_recommended_beside_what_was_decided(full: CaseFile) -> None:
    record = build(full)
    recommended = squeezed(str(section(record, "recommended")))
    assert squeezed("A local review, as the partners find it appropriate") in recommended
    assert "Strength" in recommended
    assert squeezed("not verified") in recommended
    by_the_meeting = squeezed(str(section(record, "recommendation")))
    assert squeezed("No local review; another form of learning") in by_the_meeting
    assert squeezed("A smaller audit could show the same") in by_the_meeting
    assert squeezed("A review can still teach") not in by_the_meeting
    decided = squeezed(str(section(record, "decision")))
    assert squeezed("A review can still teach") in decided
    assert squeezed("A smaller audit could show the same") not in decided
    assert squeezed("The police member would have waited") in decided
    assert squeezed("Left from an earlier answer") not in decided


DEPARTED = "The decision is another one."


def test_a_decision_that_departs_from_what_the_meeting_recommended_says_so(
    store: Store, full: CaseFile
) -> None:
    assert (
        "The rapid review recommended: No local review; another form of learning. " + DEPARTED
    ) in str(section(build(full), "decision"))
    assert ("The meeting recommended: A serious case review. " + DEPARTED) in str(
        section(build(cases.of_2015(store)), "decision")
    )
    in_short = section(build(full), "in-short")
    assert {
        "label": "The rapid review recommended",
        "value": ("No local review; another form of learning"),
    } in in_short["blocks"][1]["rows"]


@pytest.mark.parametrize(
    ("recommended", "decided"),
    [
        ("local_review", "local_review"),
        ("", "local_review"),
        ("more_needed", "local_review"),
        ("local_review", "more_needed"),
        ("local_review", ""),
    ],
)
def test_nobody_departs_from_what_was_not_recommended_or_is_not_decided(
    recommended: str, decided: str, store: Store
) -> None:
    said = {("recommendation", ""): {"route": recommended}, ("decision", ""): {"route": decided}}
    assert DEPARTED not in str(build(cases.kept(store, written=said)))


def test_a_case_that_is_not_notified_has_no_meeting_that_could_recommend(store: Store) -> None:
    sections = {part["id"] for part in build(cases.not_notified(store))["sections"]}
    assert "recommendation" not in sections


def test_a_view_that_differs_from_the_rules_is_marked(store: Store) -> None:
    views = {
        ("views", "criterion_improvements"): {
            "view": "not_engaged",
            "reason": "Nothing new can be learned here.",
            "found": "established",
        },
        ("views", "criterion_recurrent_themes"): {
            "view": "cannot_say",
            "reason": "Two older cases are still being read.",
            "found": "established",
        },
    }
    file = cases.kept(store, dates=cases.DATES, answers=cases.ANSWERS, written=views)
    blocks = section(build(file), "criteria")["blocks"]
    marked = [place for place, block in enumerate(blocks) if block["kind"] == "notice"]
    assert [blocks[place - 1]["text"] for place in marked] == [
        "For the partners to take into account: the case shows, or may show, that improvements "
        "are needed"
    ]
    told = squeezed(str(blocks))
    assert squeezed("Nothing new can be learned here.") in told
    assert squeezed("Chair, safeguarding partnership, Wednesday 10 June 2026 at 18:00") in told
    # The rules find otherwise now than when the second view was given.
    assert squeezed("When the view was given: On these answers it is engaged") in told


def test_what_is_missing_is_said_where_it_matters_to_a_coroner(store: Store) -> None:
    record = build(cases.empty(store))
    for id in ("criteria", "safety", "decision"):
        assert "Nothing was written" in str(section(record, id))
    assert "no recommendation of the meeting is on record" in str(section(record, "recommendation"))
    assert "no reasons are on record" in str(section(record, "decision"))
    assert "no dissent is on record" in str(section(record, "decision"))
    shown = {part["id"] for part in record["sections"]}
    assert not shown & {"actions", "publication", "delay", "learning", "withdrawn", "children"}


def test_a_decision_without_a_review_needs_its_own_justification(store: Store) -> None:
    said = {("decision", ""): {"route": "no_review", "reasons": "It was settled otherwise."}}
    record = build(cases.kept(store, written=said))
    assert says(record, "no justification is on record")


def test_a_decision_that_differs_from_the_recommendation_says_so(
    store: Store, full: CaseFile
) -> None:
    said = {("decision", ""): {"route": "no_review", "reasons": "It was settled otherwise."}}
    other = cases.kept(store, dates=cases.DATES, answers=cases.ANSWERS, written=said)
    marked = "This is not what Waymark recommends"
    assert marked in str(section(build(other), "decision"))
    assert marked not in str(section(build(full), "decision"))
    for record in (build(other), build(full)):
        short = str(section(record, "in-short"))
        assert "A local review, as the partners find it appropriate" in short


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"partners_think_review_appropriate": "no", "panel_answer": "asks_for_local_review"},
            "The rules left the outcome to the people, so there is nothing to compare.",
        ),
        (
            {"panel_answer": "national_review"},
            "The rules left this to another body to decide, so there is nothing to compare.",
        ),
    ],
)
def test_a_decision_that_the_rules_left_open_is_not_called_a_difference(
    store: Store, answers: dict[str, str], said: str
) -> None:
    decided = {("decision", ""): {"route": "no_review", "reasons": "It was settled otherwise."}}
    answers = {**cases.ANSWERS, **answers}
    record = build(cases.kept(store, dates=cases.DATES, answers=answers, written=decided))
    assert said in str(section(record, "decision"))
    assert "This is not what Waymark recommends" not in str(record)


def test_a_withdrawn_notification_stands_on_the_first_page(store: Store) -> None:
    said = {
        ("notification", ""): {
            "withdrawn_on": "2026-05-02",
            "withdrawn_why": "The cause was found to be an illness.",
        }
    }
    answers = {**cases.ANSWERS, "notification_withdrawn": "yes"}
    record = build(cases.kept(store, dates=cases.DATES, answers=answers, written=said))
    last = section(record, "in-short")["blocks"][-1]
    assert squeezed(last["text"]) == squeezed(
        "The notification was withdrawn on Saturday 2 May 2026."
    )
    assert "found to be an illness" in str(section(record, "withdrawn"))


def test_each_deadline_says_how_it_stands(full: CaseFile) -> None:
    listed = str(section(build(full), "deadlines"))
    assert "Met" in listed
    assert "Overdue by 9 days" in listed  # the action due on 1 June, on 10 June
    assert "As they stood on Wednesday 10 June 2026" in listed


def test_the_readings_on_which_a_result_rests_are_named(full: CaseFile) -> None:
    assert section(build(full), "contradictions")["blocks"][1]["entries"]


def test_a_case_before_the_rules_says_why_nothing_is_recommended(store: Store) -> None:
    record = build(cases.too_old(store))
    assert "No recommendation was given" in str(section(record, "recommended"))
    assert "2015" in str(section(record, "criteria"))


def test_the_words_of_2015_are_those_of_2015(store: Store) -> None:
    record = build(cases.of_2015(store))
    own = [part for part in record["sections"] if part["id"] not in ("contradictions", "parallel")]
    told = str(own)
    assert "No serious case review" in told
    assert "rules of 2015 only" not in told
    assert "Conditions of a serious case review" in told
    assert "The meeting’s view" in told
    assert "The national panel" in told
    for word_of_today in (
        "rapid review",
        "Child Safeguarding Practice Review Panel",
        "The panel’s",
    ):
        assert word_of_today not in told


def test_a_draft_says_so_on_every_page_and_a_signed_version_does_not(full: CaseFile) -> None:
    draft, signed = build(full), build(full, version=1, signed_by="Chair")
    assert "DRAFT" in draft["marking"]
    assert says(draft, "Nobody has signed it")
    assert signed["marking"] == "CONFIDENTIAL"
    assert not says(signed, "draft")
    assert "Signed by" in str(section(signed, "version"))


def test_a_correction_names_the_version_that_it_corrects(full: CaseFile) -> None:
    corrects = {"version": 1, "seal": "a1" * 32, "why": "The date of birth was wrong."}
    record = build(full, version=2, signed_by="Chair", corrects=corrects)
    told = str(section(record, "version"))
    assert "Version 1, which stays on record" in told
    assert "a1" * 32 in told
    assert "The date of birth was wrong." in told
    assert record["digest"] != build(full, version=2, signed_by="Chair")["digest"]


def test_the_same_case_gives_the_same_record(full: CaseFile) -> None:
    assert build(full, version=1) == build(full, version=1)
    assert pdf.render(build(full, version=1)) == pdf.render(build(full, version=1))


# Letters


def test_there_is_no_letter_to_the_panel_before_a_decision(store: Store, full: CaseFile) -> None:
    assert letter_to_panel.not_ready(cases.empty(store))
    undecided = cases.kept(store, written={("decision", ""): {"route": "more_needed"}})
    assert letter_to_panel.not_ready(undecided)
    assert not letter_to_panel.not_ready(full)


def test_the_letter_to_the_panel_says_what_people_wrote_and_no_more(full: CaseFile) -> None:
    record = letter_to_panel.build(full, MAKING)
    for words in (
        "Three fractures of different ages",
        "A local child safeguarding practice review",
        "A review can still teach",
        "The national finding on bruising",
        "P-2026-118",
        "would have waited",
    ):
        assert says(record, words)
    for words in (
        "Five home visits",
        "parents arguing",
        "is engaged",
        "Left from an earlier answer",
    ):
        assert not says(record, words)
    assert says(record, "Nothing was written about them")


def test_an_unsigned_letter_to_the_panel_is_a_draft_and_encloses_nothing_signed(
    full: CaseFile,
) -> None:
    record = letter_to_panel.build(full, MAKING)
    assert record["marking"] == "CONFIDENTIAL – DRAFT, NOT SIGNED"
    assert says(record, "This is a draft, not to be sent.")
    assert not says(record, "This is the outcome of the rapid review")
    assert not says(record, "Record of the decision")
    assert not says(record, "Signature")


def test_the_letter_to_the_panel_encloses_only_what_there_is(store: Store, full: CaseFile) -> None:
    assert says(letter_to_panel.build(full, MAKING), "Combined chronology")
    bare = cases.kept(store, written={("decision", ""): {"route": "local_review"}})
    record = letter_to_panel.build(bare, MAKING)
    assert not says(record, "Combined chronology")
    assert not says(record, "Enclosed")


def test_the_letter_to_the_panel_keeps_back_no_view_no_dissent_and_no_withdrawal(
    store: Store,
) -> None:
    views = {
        ("views", "criterion_improvements"): {
            "view": "not_engaged",
            "reason": "The pathway was followed.",
            "found": "established",
        },
        ("views", "criterion_recurrent_themes"): {
            "view": "cannot_say",
            "reason": "The other reviews were not at hand.",
            "found": "open",
        },
    }
    withdrawal = {"withdrawn_on": "2026-06-01", "withdrawn_why": "The scan showed an old illness."}
    file = cases.kept(
        store,
        dates=cases.DATES,
        answers={**cases.ANSWERS, "notification_withdrawn": "yes"},
        written={
            ("decision", ""): {"route": "no_review", "dissent": "The police would have gone on."},
            ("notification", ""): withdrawal,
            **views,
        },
    )
    record = letter_to_panel.build(file, MAKING)
    for words in (
        "Found not to be engaged",
        "The pathway was followed.",
        "Not settled yet",
        "The other reviews were not at hand.",
        "No view was given",
        "The police would have gone on.",
        "Withdrawal of the notification",
        "The scan showed an old illness.",
    ):
        assert says(record, words)
    assert not says(record, "Found to be engaged")


def test_the_panel_is_not_written_to_about_what_it_was_never_told(store: Store) -> None:
    decided = {("decision", ""): {"route": "no_review"}, ("notification", ""): NOT_TO_BE_NOTIFIED}
    file = cases.kept(store, answers=A_NEAR_MISS, written=decided)
    assert "not notified" in letter_to_panel.not_ready(file)


def test_a_letter_without_a_rapid_review_tells_of_the_withdrawal_and_of_no_outcome(
    store: Store,
) -> None:
    file = cases.kept(
        store,
        dates={each: day for each, day in cases.DATES.items() if each != "rapid_review_sent"},
        answers={**cases.ANSWERS, "abuse_or_neglect": "no", "notification_withdrawn": "yes"},
        written={
            ("decision", ""): {"route": "no_review", "reasons": "It was an illness."},
            ("notification", ""): {"withdrawn_why": "The scan showed an old illness."},
        },
    )
    assert letter_to_panel.not_ready(file) == ""
    record = letter_to_panel.build(file, MAKING)
    assert record["title"].startswith("Withdrawal of the notification")
    assert says(record, "No rapid review was held. The notification is withdrawn.")
    assert says(record, "The scan showed an old illness.")
    assert says(record, "It was an illness.")
    assert not says(record, "outcome of the rapid review")
    assert "findings" not in {part["id"] for part in record["sections"]}


def test_a_withdrawal_without_a_day_is_not_told_as_done_in_the_record(store: Store) -> None:
    said = {("notification", ""): {"withdrawn_why": "The scan showed an old illness."}}
    answers = {**cases.ANSWERS, "notification_withdrawn": "yes"}
    record = build(cases.kept(store, dates=cases.DATES, answers=answers, written=said))
    about = "the notification is withdrawn, or about to be; the day is not given"
    assert squeezed(about[1:]) in squeezed(str(section(record, "in-short")))
    # The duty stands: what is written beside it has the same tense.
    assert says(record, f"It is written down that {about}.")
    assert not says(record, "the notification was withdrawn")


def test_the_letter_that_withdraws_needs_no_decision_and_says_what_is_withdrawn_and_why(
    store: Store,
) -> None:
    file = withdrawn_before_a_meeting(store)
    assert letter_to_panel.not_ready(file) == ""
    record = letter_to_panel.build(file, MAKING)
    opening = section(record, "opening")
    assert "This tells of the withdrawal of the notification" in str(opening)
    assert "was found not to be met" in str(opening)
    assert says(record, "The scan showed an old illness.")
    assert "What was decided" not in {part["heading"] for part in record["sections"]}
    assert not says(record, "Once one is, this letter tells")
    assert says(record, "Whoever writes for the partners reads this letter and signs it")
    assert says(record, "Signature")


def test_the_letter_that_withdraws_says_where_no_reasons_are_written(store: Store) -> None:
    record = letter_to_panel.build(withdrawn_before_a_meeting(store, why=""), MAKING)
    assert says(record, "Nothing was written of the reasons for the withdrawal.")


@pytest.mark.parametrize("answer", ["not known", "suspected"])
def test_no_letter_withdraws_while_the_definition_may_be_met(store: Store, answer: str) -> None:
    file = withdrawn_before_a_meeting(store, abuse_or_neglect=answer)
    assert letter_to_panel.not_ready(file) == "There is no decision yet."


def withdrawn_before_a_meeting(
    store: Store, why: str = "The scan showed an old illness.", **answers: str
) -> CaseFile:
    """Notified, then found to be no incident of the kind, with no decision and no meeting."""
    found = {**cases.ANSWERS, "abuse_or_neglect": "no", "notification_withdrawn": "yes"}
    return cases.kept(
        store,
        dates={each: day for each, day in cases.DATES.items() if each != "rapid_review_sent"},
        answers={**found, **answers},
        written={("notification", ""): {"withdrawn_why": why}},
    )


A_NEAR_MISS = {"age_of_person": 4, "what_happened": "near_miss_or_concern"}
NOT_TO_BE_NOTIFIED = {"criteria_met": "no", "why_not": "Nobody came to harm."}
CANARY = "canary-{}-{}"


def with_canaries(store: Store) -> CaseFile:
    """A case with a word of its own in every place but those that a referrer may see."""
    written: dict[tuple[str, str], dict[str, str]] = {}
    for (part, item), data in cases.WRITTEN.items():
        written[part, item] = {
            ask: CANARY.format(part, ask) if _is_text(value) else value
            for ask, value in data.items()
        }
    written["feedback", ""] = {
        "outcome": "learning",
        "message": "Thank you for acting so soon.",
        "decided": "2026-04-16",
        "sent": "2026-04-20",
    }
    written["referral", ""]["organisation"] = "Memorial hospital"
    return cases.kept(
        store, title="canary-title", dates=cases.DATES, answers=cases.ANSWERS, written=written
    )


def _is_text(value: str) -> bool:
    choices = {"yes", "no", "not known", "present", "apologies"}
    return bool(value) and value not in choices and not re.fullmatch(r"[\d:-]+|[a-z_0-9]+", value)


def test_the_letter_to_the_referrer_carries_only_what_they_may_see(store: Store) -> None:
    file = with_canaries(store)
    assert all_text(build(file)).count("canary") > 30
    record = letter_to_referrer.build(for_referrer(file), made=cases.MADE)
    for where, words in three_ways(record).items():
        assert "canary" not in words, where
        assert "ChildA" not in words, where
        for told in (
            "Memorial hospital",
            "The incident was not notified, and it is looked at for learning",
            "Thank you for acting so soon.",
            "Thursday 16 April 2026",
            "Darlington Borough Council",
            "paragraph 6.3",
        ):
            assert squeezed(told) in words, where
    assert b"canary" not in pdf.render(record)
    assert "canary" not in str(record)


def test_the_letter_to_the_referrer_cannot_be_given_a_case() -> None:
    names = [each.name for each in fields(ForReferrer)]
    assert names == [
        "reference",
        "organisation",
        "received",
        "outcome",
        "message",
        "decided",
        "sent",
        "area",
        "authority",
        "challenge",
    ]
    told = ForReferrer("R-1", "", None, "", "", None, date(2026, 1, 5), "", "the council", "Ask.")
    assert letter_to_referrer.not_ready(told)
    assert says(letter_to_referrer.build(told, made=cases.MADE), "Monday 5 January 2026")


def test_only_darlington_has_darlingtons_way_to_challenge(store: Store) -> None:
    elsewhere = for_referrer(cases.of_2015(store))
    assert "Darlington" not in elsewhere.challenge
    assert elsewhere.authority == "Newcastle City Council"


# Every document


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_every_pdf_passes_the_pdf_ua_checker(kind: str, store: Store) -> None:
    for record in every_copy(KINDS_OF_CASE[kind](store)):
        report = page.validate_pdf_bytes(pdf.render(record), profile="ua1")
        assert report.is_compliant, (record["title"], [each.message for each in report.failures])


def test_the_pdf_ua_checker_finds_what_is_wrong() -> None:
    import typst

    untagged = typst.Compiler(b"= No title, no language").compile(format="pdf")
    assert not page.validate_pdf_bytes(untagged, profile="ua1").is_compliant


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_every_word_file_has_real_headings_and_header_rows(kind: str, store: Store) -> None:
    for record in every_copy(KINDS_OF_CASE[kind](store)):
        document = opened(word.render(record))
        styles = [(each._p.style, each.text) for each in document.paragraphs]
        assert [text for style, text in styles if style == "Heading1"] == [record["title"]]
        headings = [text for style, text in styles if style == "Heading2"]
        assert headings == [part["heading"] for part in record["sections"]]
        for table in document.tables:
            first, *rest = table.rows
            assert first._tr.trPr.find(qn("w:tblHeader")) is not None
            marks = [row._tr.find(qn("w:trPr")) for row in rest]
            assert all(mark is None or mark.find(qn("w:tblHeader")) is None for mark in marks)


@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_every_document_has_marking_numbers_version_and_fingerprint(
    kind: str, store: Store
) -> None:
    for record in every_copy(KINDS_OF_CASE[kind](store)):
        assert record["digest"] == digest_of(record)
        about = str(section(record, "about"))
        assert record["digest"] in about
        assert "Rules version" in about
        assert f'"waymark-record__marking">{record["marking"]}<' in html(record)
        part = opened(word.render(record)).sections[0]
        assert part.header.paragraphs[0].text == record["marking"]
        assert part.footer.paragraphs[-1].text == record["marking"]
        numbers = [node.get(qn("w:instr")) for node in part.footer._element.iter(qn("w:fldSimple"))]
        assert numbers == ["PAGE", "NUMPAGES"]


def test_the_marking_and_the_number_stand_on_every_page_of_the_pdf(full: CaseFile) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    made = pdf.render(build(full))
    told = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=made, capture_output=True, check=True
    )
    pages = told.stdout.decode().rstrip("\f").split("\f")
    assert len(pages) > 5
    for number, words in enumerate(pages, start=1):
        assert words.count("CONFIDENTIAL – DRAFT, NOT SIGNED") >= 2
        assert f"Page {number} of {len(pages)}" in words


def test_the_fingerprint_is_of_what_is_said_not_of_when_it_was_made(full: CaseFile) -> None:
    one = appendix_5.build(full, MAKING)
    later = appendix_5.build(full, replace(MAKING, made=datetime(2026, 6, 10, 20, 0)))
    assert one["made"] != later["made"]
    assert one["digest"] == later["digest"]
    later["sections"][0]["heading"] = "Changed"
    assert digest_of(later) != one["digest"]


def test_the_chronology_lies_on_its_side(full: CaseFile) -> None:
    record = appendix_6.build(full, MAKING)
    part = opened(word.render(record)).sections[0]
    assert part.page_width is not None
    assert part.page_height is not None
    assert part.page_width > part.page_height
    report = page.validate_pdf_bytes(pdf.render(record), profile="ua1")
    assert report.document.page_count >= 1
    assert re.search(rb"/MediaBox ?\[0 0 841", pdf.render(record))


LONG = "A sentence about what was seen that day. " * 280
HOSTILE = {
    "long": LONG[:4000],
    "a long word": "x" * 600,
    "emoji": "😀👩🏽‍⚕️🇬🇧 ✓ ☐ ⚠️",
    "markup": '#eval("1") = *x* <b>&amp;</b> {{ 7*7 }} ]]>',
    "right to left": "שלום العربية \u202eevil",
    "controls": "\x00\x0b\x1b[31m\ufffe",
    "lines": "\n".join(["One line"] * 90),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_that_is_written_breaks_a_document(text: str, store: Store) -> None:
    written = {
        place: {ask: text if _is_text(value) else value for ask, value in data.items()}
        for place, data in cases.WRITTEN.items()
    }
    file = cases.kept(
        store, title=text[:200], dates=cases.DATES, answers=cases.ANSWERS, written=written
    )
    for record in every_copy(file):
        report = page.validate_pdf_bytes(pdf.render(record), profile="ua1")
        assert report.is_compliant
        headings = [part["heading"] for part in record["sections"]]
        words = all_text(record)
        assert all(squeezed(heading) in words for heading in headings)
        assert "waymark-record" in html(record)


def test_a_row_that_is_longer_than_a_page_goes_on_over_it(store: Store) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    event = {**cases.WRITTEN["chronology", "1"], "event": f"{LONG} The very end."}
    file = cases.kept(store, written={("chronology", "1"): event})
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=pdf.render(appendix_6.build(file, MAKING)),
        capture_output=True,
        check=True,
    )
    lowest = [float(each) for each in re.findall(rb'yMax="([\d.]+)">', told.stdout)]
    assert b">end.<" in told.stdout
    assert max(lowest) < 596


def test_libreoffice_opens_every_word_file(full: CaseFile, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    records = list(every_copy(full))
    for number, record in enumerate(records):
        (tmp_path / f"{number}.docx").write_bytes(word.render(record))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            *tmp_path.glob("*.docx"),
        ],
        capture_output=True,
        check=True,
    )
    for number in range(len(records)):
        assert (tmp_path / f"{number}.pdf").read_bytes().startswith(b"%PDF-")
