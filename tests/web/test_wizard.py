"""The way through a check, as one visitor goes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from .pages import Page, Pages, form_values, words
from .walks import BABY, BABY_DATES, NEAR_MISS, Answers


def to_answers(
    pages: Pages, answers: Answers = BABY, dates: Mapping[str, date] = BABY_DATES
) -> list[str]:
    asked, address = pages.answer(pages.begin(dates), answers)
    assert address == "/check/answers"
    return asked


def test_the_start_page_has_four_doors(client_request: Pages) -> None:
    page = client_request.get("/")
    doors = [words(each) for each in page.all("h2")]
    assert doors == [
        "Check whether to refer or notify",
        "Chair a rapid review",
        "Train with worked cases",
        "Read the rules",
    ]
    ways_in = [each.get("href") for each in page.one("main").iter("a")]
    assert ways_in == ["/check/start", "/cases", "/training", "/join", "/rules"]


class TestStart:
    def test_both_choices_are_needed(self, client_request: Pages) -> None:
        page = client_request.post_wrongly("/check/start")
        assert page.errors == ["Choose what you want to check", "Choose an area"]

    def test_what_is_not_offered_is_refused(self, client_request: Pages) -> None:
        page = client_request.post_wrongly("/check/start", stage="rapid-review", area="atlantis")
        assert page.errors == ["Choose what you want to check", "Choose an area"]

    def test_an_area_without_a_procedure_is_offered_last(self, client_request: Pages) -> None:
        page = client_request.get("/check/start")
        areas = [each.get("value") for each in page.all("input") if each.get("name") == "area"]
        assert areas[-1] == "none"
        assert "darlington" in areas

    @pytest.mark.parametrize(("stage", "events"), [("refer", 2), ("notify", 3)])
    def test_only_the_dates_of_the_stage_are_asked(
        self, client_request: Pages, stage: str, events: int
    ) -> None:
        page = client_request.get(client_request.post("/check/start", stage=stage, area="none"))
        assert len(page.all("fieldset")) == events


class TestDates:
    @pytest.fixture
    def dates_page(self, client_request: Pages) -> Page:
        return client_request.get(client_request.post("/check/start", stage="refer", area="none"))

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ("", "Date of the incident: enter the date, or tick “Not known yet”"),
            ("1 2", "Date of the incident must include a year"),
            ("- 2 2024", "Date of the incident must be a real date, such as 27 3 2025"),
            ("30 2 2024", "Date of the incident must be a real date, such as 27 3 2025"),
            ("1 1 24", "Date of the incident must have a year of 4 numbers, such as 2025"),
            ("1 1 1899", "Date of the incident must have a year from 1900 to 2076"),
            ("1 1 9999", "Date of the incident must have a year from 1900 to 2076"),
            ("1 ① 2024", "Date of the incident must be a real date, such as 27 3 2025"),
            ("9999999999 1 2024", "Date of the incident must be a real date, such as 27 3 2025"),
            ("11 6 2026", "Date of the incident: the date must be today or in the past"),
        ],
    )
    def test_a_date_that_cannot_be(
        self, client_request: Pages, dates_page: Page, typed: str, message: str
    ) -> None:
        parts = dict(zip(("day", "month", "year"), typed.split(), strict=False))
        sent = {f"incident-{part}": text for part, text in parts.items()}
        wrong = client_request.post_wrongly(
            "/check/dates", dates_page, **sent, awareness_not_known="yes"
        )
        assert wrong.errors == [message]

    def test_today_is_not_the_future(self, client_request: Pages, dates_page: Page) -> None:
        sent = {"incident-day": "10", "incident-month": "june", "incident-year": "2026"}
        client_request.post("/check/dates", dates_page, **sent, awareness_not_known="yes")

    def test_a_date_and_not_known_contradict_each_other(
        self, client_request: Pages, dates_page: Page
    ) -> None:
        sent = {"incident-day": "1", "incident-month": "1", "incident-year": "2025"}
        wrong = client_request.post_wrongly(
            "/check/dates", dates_page, **sent, incident_not_known="yes", awareness_not_known="yes"
        )
        (error,) = wrong.errors
        assert error == "Date of the incident: enter the date or tick “Not known yet”, not both"

    def test_a_time_before_the_rules_is_refused_with_the_engines_sentence(
        self, client_request: Pages, dates_page: Page
    ) -> None:
        sent = {"incident-day": "25", "incident-month": "3", "incident-year": "2015"}
        wrong = client_request.post_wrongly(
            "/check/dates", dates_page, **sent, awareness_not_known="yes"
        )
        assert len(wrong.errors) == 1
        assert wrong.errors[0].startswith(
            "Wednesday 25 March 2015 is before Thursday 26 March 2015"
        )

    def test_nobody_becomes_aware_before_it_happened(
        self, client_request: Pages, dates_page: Page
    ) -> None:
        sent = {"incident-day": "2", "incident-month": "1", "incident-year": "2025"}
        sent |= {"awareness-day": "1", "awareness-month": "1", "awareness-year": "2025"}
        wrong = client_request.post_wrongly("/check/dates", dates_page, **sent)
        assert "before the incident" in wrong.errors[0]
        link = wrong.all("div", "govuk-error-summary")[0].find(".//a")
        assert link is not None
        assert link.get("href") == "#awareness-day"


class TestQuestions:
    def test_why_we_ask_is_shown_with_what_follows_and_its_source(
        self, client_request: Pages
    ) -> None:
        address = client_request.begin(BABY_DATES)
        page = client_request.get(address)
        why = page.one("section", "waymark-why")
        assert words(why).startswith("Why we ask")
        assert "Yes" in words(why)
        assert len(why.findall(".//li")) >= 1
        assert "Where this comes from" in words(page.one("details"))

    def test_not_known_yet_is_offered_for_every_question(self, client_request: Pages) -> None:
        address = client_request.begin(BABY_DATES)
        while "/check/question/" in address:
            page = client_request.get(address)
            radios = [each for each in page.all("input") if each.get("type") == "radio"]
            assert radios[-1].get("value") == "not known"
            address = client_request.post(address, page, answer="not known")

    def test_an_answer_is_needed(self, client_request: Pages) -> None:
        page = client_request.post_wrongly(client_request.begin(BABY_DATES))
        assert page.errors == ["Choose an answer, or “Not known yet”"]

    def test_an_answer_that_is_not_offered_is_refused(self, client_request: Pages) -> None:
        page = client_request.post_wrongly(client_request.begin(BABY_DATES), answer="perhaps")
        assert page.errors == ["Choose an answer, or “Not known yet”"]

    @pytest.mark.parametrize("years", ["", "3 months", "-1", "1.5", "131", "٣", "1e1", "0x1"])
    def test_an_age_that_is_not_one(self, client_request: Pages, years: str) -> None:
        first = client_request.begin(BABY_DATES)
        address = client_request.post(first, answer="no")
        page = client_request.post_wrongly(address, answer="in-years", years=years)
        assert page.errors[0].startswith("Enter the age in completed years")

    def test_the_number_of_questions_left_never_grows(self, client_request: Pages) -> None:
        address, before = client_request.begin(BABY_DATES), 99
        numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        while "/check/question/" in address:
            page = client_request.get(address)
            told = words(page.one("p", "govuk-caption-m"))
            word = next((each for each in told.split() if each in numbers or each.isdigit()), "one")
            left = numbers.index(word) + 1 if word in numbers else int(word)
            assert left < before
            before = left
            question = address.rpartition("/")[2]
            address = client_request.post(address, page, **form_values(question, BABY))
        assert before == 1

    def test_no_question_can_be_skipped(self, client_request: Pages) -> None:
        first = client_request.begin(BABY_DATES)
        for later in ("what_happened", "carries_learning", "no_such_question"):
            assert client_request.redirect(f"/check/question/{later}") == first
        assert client_request.redirect("/check/result") == first
        assert client_request.redirect("/check/print") == first
        assert client_request.redirect("/check/record.pdf") == first

    def test_without_a_start_every_page_leads_to_it(self, client_request: Pages) -> None:
        for address in ("dates", "question/danger_now", "answers", "result", "save", "record.docx"):
            assert client_request.redirect(f"/check/{address}") == "/check/start"

    def test_the_way_back_leads_to_the_question_before(self, client_request: Pages) -> None:
        first = client_request.begin(BABY_DATES)
        assert client_request.get(first).link("Back") == "/check/dates"
        second = client_request.post(first, answer="no")
        assert client_request.get(second).link("Back") == first

    def test_a_child_in_danger_is_said_on_every_page_that_follows(
        self, client_request: Pages
    ) -> None:
        first = client_request.begin(BABY_DATES)
        assert not client_request.get(first).all("section", "waymark-urgent")
        second = client_request.post(first, answer="yes")
        others = ("/check/answers", "/check/save", "/check/start", "/check/dates")
        for address in (second, first, *others):
            banner = client_request.get(address).one("section", "waymark-urgent")
            assert words(banner).startswith("Act now: make children safe now")
            assert "999" in words(banner)
        client_request.post(first, answer="no")
        assert not client_request.get(second).all("section", "waymark-urgent")


class TestAnswers:
    def test_each_answer_can_be_changed_and_leads_back(self, client_request: Pages) -> None:
        to_answers(client_request)
        page = client_request.get("/check/answers")
        links = [each for each in page.all("a") if words(each).startswith("Change ")]
        assert len(links) == len(page.rows)
        assert len({words(each) for each in links}) == len(links), "two links of one name"
        for link in links:
            change = client_request.get(link.get("href") or "")
            assert change.link("Back") == "/check/answers"

    def test_a_change_that_raises_no_question_returns_to_the_answers(
        self, client_request: Pages
    ) -> None:
        to_answers(client_request)
        address = "/check/question/abuse_or_neglect?from=answers"
        assert client_request.post(address, answer="known") == "/check/answers"

    def test_the_council_is_shown_with_the_place(self, client_request: Pages) -> None:
        to_answers(client_request)
        rows = client_request.get("/check/answers").rows
        place = "Elsewhere in England (council for the place: Durham County Council)"
        assert rows["Place"] == place
        assert rows["Age"] == "Under 1"
        assert rows["Date of the incident"] == "Monday 23 December 2024"

    def test_an_answer_off_the_path_is_set_aside_and_comes_back(
        self, client_request: Pages
    ) -> None:
        to_answers(client_request)
        question = "/check/question/what_happened"
        address = client_request.post(question, answer="near_miss_or_concern")
        client_request.answer(address, {"significant_harm": "yes"})
        page = client_request.get("/check/answers")
        text = words(page.one("main"))
        before, _, aside = text.partition("Set aside: not used")
        assert "Seriousness of the harm" in aside
        assert "Seriousness of the harm" not in before
        client_request.post(question, answer="harmed")
        page = client_request.get("/check/answers")
        assert "Set aside" not in words(page.one("main"))
        assert page.rows["Seriousness of the harm"] == "Serious physical harm"

    def test_answers_so_far_can_be_read_before_the_end(self, client_request: Pages) -> None:
        address = client_request.post(client_request.begin(BABY_DATES), answer="no")
        page = client_request.get("/check/answers")
        assert page.heading == "Your answers so far"
        assert page.link("Carry on with the questions") == address

    def test_notes_are_kept_escaped_and_limited(self, client_request: Pages) -> None:
        to_answers(client_request)
        page = client_request.get("/check/answers")
        assert "no names" in words(page.one("div", "govuk-warning-text"))
        too_long = client_request.post_wrongly("/check/answers", notes="x" * 2001)
        assert too_long.errors == ["Notes must be 2,000 characters or fewer: take out 1"]
        client_request.post("/check/answers", notes="é\r\n" * 1000)
        client_request.post("/check/answers", notes="<script>alert(1)</script> {{ 7*7 }}")
        result = client_request.get("/check/result")
        assert words(result.one("p", "waymark-notes")) == "<script>alert(1)</script> {{ 7*7 }}"

    def test_clearing_erases_the_answers(self, client_request: Pages) -> None:
        to_answers(client_request)
        assert "still here" in words(client_request.get("/").one("main"))
        form = client_request.get("/check/answers")
        address = client_request.post("/check/clear", form)
        assert client_request.get(address).heading == "Your answers have been cleared"
        assert client_request.redirect("/check/answers") == "/check/start"
        assert "still here" not in words(client_request.get("/").one("main"))


class TestResult:
    def test_the_baby_harmed_in_durham(self, client_request: Pages) -> None:
        asked = to_answers(client_request)
        assert len(asked) <= 12
        page = client_request.result()
        assert page.heading == "Refer this as a serious child safeguarding incident"
        text = words(page.one("main"))
        assert "Durham County Council" in text
        # Five working days from Christmas Eve: 27, 30, 31 December, 2 and 3 January.
        assert "Friday 3 January 2025" in text

    def test_the_sections_come_in_order(self, client_request: Pages) -> None:
        to_answers(client_request)
        page = client_request.result()
        headings = [words(each) for each in page.one("main").iter("h2")]
        ids = {each.get("id") for each in page.one("main").iter("h2")}
        contents = page.one("nav", "waymark-contents")
        assert {(each.get("href") or "")[1:] for each in contents.iter("a")} < ids
        in_order = [
            "What to do now",
            "Why",
            "What would change it",
            "What is still open",
            "Other processes that run beside it",
            "Where the sources disagree or are silent",
            "The way through the questions",
        ]
        assert [each for each in headings if each in in_order] == in_order

    def test_everything_not_known_ends_in_advice_and_not_in_no(self, client_request: Pages) -> None:
        asked = to_answers(client_request, {}, {})
        assert len(asked) <= 12
        page = client_request.result()
        assert "safeguarding lead" in page.heading
        questions = page.one("ul", "waymark-open")
        assert len(questions) == len(asked)
        for question in questions:
            assert [words(each) for each in question.iter("dt")] == ["Find out", "Ask"]
            assert all(words(each) for each in question.iter("dd"))
        assert "not counted as “no”" in words(page.one("main"))

    def test_a_near_miss_is_below_the_definition(self, client_request: Pages) -> None:
        to_answers(client_request, NEAR_MISS)
        page = client_request.result()
        assert page.heading == "Below the definition, but there is something to learn"

    def test_the_map_is_drawn_and_told(self, client_request: Pages) -> None:
        to_answers(client_request)
        page = client_request.result()
        region = page.one("div", "waymark-map-region")
        assert region.get("tabindex") == "0"
        assert region.find(".//{http://www.w3.org/2000/svg}svg") is not None
        assert len(page.one("ol", "waymark-map-list")) >= 2

    def test_everything_it_says_leads_to_the_rule_behind_it(self, client_request: Pages) -> None:
        to_answers(client_request)
        links = [each.get("href") or "" for each in client_request.result().one("main").iter("a")]
        rules = sorted({each for each in links if each.startswith("/rules/")})
        assert {each.split("/")[2] for each in rules} == {"finding", "process", "route", "rule"}
        assert len(rules) > 30
        for each in rules:
            assert client_request.get(each).heading
        refer = client_request.get("/rules/route/refer_as_serious_incident")
        assert refer.heading == "Refer this as a serious child safeguarding incident"

    def test_an_edition_that_was_not_read_says_so_at_the_top(self, client_request: Pages) -> None:
        june = date(2026, 6, 1)
        client_request.answer(client_request.begin({"incident": june, "awareness": june}), BABY)
        page = client_request.result()
        assert "2026" in words(page.one("section", "waymark-notice"))

    def test_an_answer_can_be_given_from_the_result(self, client_request: Pages) -> None:
        to_answers(client_request, {**BABY, "significant_harm": "not known"})
        page = client_request.result()
        address = page.link("Answer this now: Significant harm suspected")
        assert client_request.get(address).link("Back") == "/check/answers"

    def test_the_other_stage_answers_too(self, client_request: Pages) -> None:
        address = client_request.begin(BABY_DATES, "notify")
        answers = {**BABY, "where_it_happened": "in_area", "partners_view": "agree_to_notify"}
        client_request.answer(address, answers)
        page = client_request.result()
        assert "Friday 3 January 2025" in words(page.one("main"))

    @pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
    def test_the_record_as_a_file(self, client_request: Pages, kind: str, start: bytes) -> None:
        to_answers(client_request)
        client_request.result()
        response = client_request.client.get(f"/check/record.{kind}")
        assert response.status_code == 200
        assert response.data.startswith(start)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Disposition"].startswith("attachment;")

    def test_the_print_view_holds_the_record(self, client_request: Pages) -> None:
        to_answers(client_request)
        client_request.post("/check/answers", notes="What I weighed up.")
        page = client_request.get("/check/print")
        assert "What I weighed up." in words(page.one("main"))

    def test_when_the_evaluators_disagree_nothing_is_recommended(
        self,
        client_request: Pages,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        to_answers(client_request)
        monkeypatch.setattr("engine.assessment.disagreement", lambda *_: "They differ on 'x'.")
        page = client_request.result()
        assert page.heading == "No recommendation"
        text = words(page.one("main"))
        assert "safeguarding lead" in text
        assert "procedures" in text
        assert "Refer this" not in text
        assert "They differ on 'x'." in caplog.text
        assert client_request.client.get("/check/record.pdf").status_code == 200
