"""The rulebook as a reader meets it: maps, search, corrections."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import rules.loader
from webforms.rulebook import cases
from webforms.rulebook import pages as rulebook_pages
from webforms.rulebook.references import Kind, Ref

from .pages import Page, Pages, words
from .pictures import SVG, closed

Ways = dict[str, dict[str, str]]


def map_drawn(page: Page) -> tuple[Ways, dict[str, str]]:
    """The map as the picture has it: by number of the question, and the outcomes."""
    boxes: Ways = {}
    outcomes: dict[str, str] = {}
    for group in page.root.iter(f"{SVG}g"):
        texts = [words(each) for each in group.iter(f"{SVG}text")]
        if number := group.get("data-choice"):
            cells = [each for each in group if each.get("data-answers")]
            boxes[number] = {}
            for cell in cells:
                drawn = [words(each) for each in cell.iter(f"{SVG}text")]
                boxes[number][closed("".join(drawn[:-1]))] = drawn[-1]
            boxes[number]["asks"] = closed(group.get("data-label") or "")
            assert closed("".join(texts)).startswith(f"{number}.{boxes[number]['asks']}")
        elif letter := group.get("data-outcome"):
            assert texts[0] == letter
            outcomes[letter] = closed("".join(texts[1:]))
    return boxes, outcomes


def map_told(page: Page) -> tuple[Ways, dict[str, str]]:
    """The same as the text has it."""
    boxes: Ways = {}
    for listed in page.all("ol", "waymark-map-text"):
        for item in listed.findall("li"):
            number = item.get("value") or ""
            assert item.get("id") == f"choice-{number}"
            boxes[number] = {"asks": closed(words(item.findall("a")[0]))}
            for way in item.iter("ul"):
                for each in map(words, way.findall("li")):
                    found = re.fullmatch(r"If (.+): (?:go to (\d+)|outcome ([A-Z]+))", each)
                    assert found, each
                    answers = closed(found[1].replace("“", "").replace("”", ""))
                    boxes[number][answers] = found[2] or found[3]
    outcomes = {
        words(each.findall("strong")[0]): closed(words(each)).removeprefix(
            words(each.findall("strong")[0])
        )
        for listed in page.all("ul", "waymark-map-outcomes")
        for each in listed.findall("li")
    }
    return boxes, outcomes


def map_addresses(area: str) -> list[str]:
    """The map of every stage in every edition under which the area has a procedure of its own.

    Before and after that its maps are those of the national rules alone.
    """
    held = rules.loader.rulebook()
    overlay = next(each for each in held.overlays if each.area == area)
    found = []
    for edition in held.editions:
        day = max(edition.in_force.start, overlay.in_force.start)
        if area == "none":
            day = edition.in_force.start
        elif not (edition.in_force.covers(day) and overlay.in_force.covers(day)):
            continue
        found += [
            f"/rules/stage/{stage}/map?on={day.isoformat()}&area={area}" for stage in held.stages
        ]
    return found


# In each edition six stages have a map, but in that of 2015 five: it knows no rapid review.
@pytest.mark.parametrize(
    ("area", "maps"),
    [("none", 23), ("darlington", 18), ("gateshead", 18), ("isle-of-wight", 12), ("newcastle", 5)],
)
def test_each_decision_map_says_the_same_as_its_text(
    client_request: Pages, area: str, maps: int
) -> None:
    drawn_at_all = 0
    for address in map_addresses(area):
        page = client_request.get(address)
        told_boxes, told_outcomes = map_told(page)
        boxes, outcomes = map_drawn(page)
        if not told_boxes:
            assert len(told_outcomes) == 1, f"{address}: a map without a question has one outcome"
            assert not boxes
            continue
        drawn_at_all += 1
        assert boxes == told_boxes, address
        assert outcomes == told_outcomes, address
        leads = {to for ways in boxes.values() for name, to in ways.items() if name != "asks"}
        assert leads == {*boxes, *outcomes} - {"1"}, f"{address}: something is never reached"
    assert drawn_at_all == maps


def test_no_area_is_left_out_of_the_maps() -> None:
    areas = {each.area for each in rules.loader.rulebook().overlays}
    assert areas == {"none", "darlington", "gateshead", "isle-of-wight", "newcastle"}


def test_the_map_of_one_finding(client_request: Pages) -> None:
    page = client_request.get("/rules/stage/notify/map?of=serious_incident")
    assert page.heading == "Decision map: This is a serious child safeguarding incident"
    assert map_drawn(page) == map_told(page)
    assert set(map_told(page)[1].values()) == {"Established", "Ruledout", "Open"}


def test_a_map_can_be_taken_as_a_file_that_says_what_it_is(client_request: Pages) -> None:
    page = client_request.get("/rules/stage/notify/map?on=2020-03-01&area=darlington")
    response = client_request.client.get(page.link("take it as a picture file"))
    assert response.content_type == "image/svg+xml; charset=utf-8"
    kept_as = 'attachment; filename="waymark-map-notify-2020-03-01-darlington.svg"'
    assert response.headers["Content-Disposition"] == kept_as
    drawn = ElementTree.fromstring(response.get_data(as_text=True))
    said = [words(each) for each in drawn.iter(f"{SVG}text")]
    assert said[:2] == [
        "Decision map: Should the Panel be notified?",
        "Working Together 2018, as on 1 March 2020. Darlington.",
    ]
    boxes = [each for each in drawn.iter(f"{SVG}g") if each.get("data-choice")]
    assert len(boxes) == len(map_told(page)[0])
    assert client_request.client.get("/rules/stage/notify/map.svg?of=nothing").status_code == 404


def test_a_map_of_a_finding_leads_only_where_there_is_such_a_finding(client_request: Pages) -> None:
    page = client_request.get(
        "/rules/stage/refer/map?on=2018-10-01&area=gateshead&of=serious_incident"
    )
    nav = words(page.one("nav", "waymark-chooser"))
    assert "Working Together 2015: not a finding of this edition" in nav
    newer = client_request.get(page.link("Working Together 2023"))
    assert newer.heading == "Decision map: This is a serious child safeguarding incident"
    # The area that was asked for stays, in an edition from before its procedure too.
    early = client_request.get("/rules/stage/refer?on=2015-03-26&area=gateshead")
    assert "area=gateshead" in early.link("Working Together 2023")


def test_a_stage_is_shown_for_an_edition_and_an_area(client_request: Pages) -> None:
    newest = client_request.get("/rules/stage/notify")
    assert "Working Together 2026, as on 18 March 2026" in words(newest.one("main"))
    old = client_request.get(newest.link("Working Together 2015"))
    assert "Working Together 2015, as on 26 March 2015" in words(old.one("main"))
    assert "two systems" not in words(old.one("main"))
    transition = client_request.get("/rules/stage/notify?on=2019-01-01&area=darlington")
    assert "two systems ran side by side" in words(transition.one("main"))
    local = client_request.get(newest.link("Darlington"))
    assert "on=2026-03-18&area=darlington" in local.link("The whole decision map of this stage")


def test_what_is_not_verified_is_said_at_the_top(client_request: Pages) -> None:
    front = words(client_request.get("/rules").all("div", "waymark-notice")[0])
    assert "Not verified: Regulations of 2006" in front
    assert "Carried forward: Working Together 2026" in front
    finding = client_request.get("/rules/finding/serious_incident")
    notice = words(finding.all("div", "waymark-notice")[0])
    assert "Not verified: Working Together 2018. We have not read it" in notice
    assert "the text of Working Together 2026 has not been seen" in notice
    read = client_request.get("/rules/clock/darlington_notify")
    assert "The paragraphs given on this page were read" in words(read.one("main"))


@pytest.mark.parametrize(
    "address",
    [
        "/rules/rule/no-such-rule",
        "/rules/clock/record_the_decision",
        "/rules/stage/nothing",
        "/rules/stage/notify?on=yesterday",
        "/rules/stage/notify?on=2014-01-01",
        "/rules/stage/notify?area=atlantis",
        "/rules/stage/notify/map?of=nothing",
        "/rules/areas/atlantis",
        "/rules/changes/working-together-2018/darlington-2020",
        "/rules/changes/newcastle-2016/darlington-2020",
        "/rules/suggest",
        "/rules/suggest?about=rule/no-such-rule",
        "/rules/suggest?about=nothing",
        "/rules/no-such-list",
    ],
)
def test_what_is_not_there(client_request: Pages, address: str) -> None:
    assert client_request.get(address, 404).heading == "Page not found"


def test_an_old_address_leads_to_the_page_that_was_renamed(
    client_request: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = {Ref(Kind.FINDING, "old_name"): Ref(Kind.FINDING, "child_died")}
    monkeypatch.setattr(rulebook_pages, "renamed", lambda: moved)
    response = client_request.client.get("/rules/finding/old_name")
    assert (response.status_code, response.location) == (301, "/rules/finding/child_died")


def test_a_copy_without_worked_cases_says_so(
    client_request: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "worked_cases", lambda: None)
    page = client_request.get("/rules/finding/child_died")
    assert "The worked cases are not held in this copy" in words(page.one("main"))


def test_where_the_sources_disagree_stands_on_the_page_of_the_question_too(
    client_request: Pages,
) -> None:
    page = client_request.get("/rules/question/abuse_or_neglect")
    stranger = client_request.get(page.link("Abuse by a stranger"))
    both = "Working Together 2023: abuse by others, and maltreatment in a relationship"
    other = client_request.get(stranger.link(both))
    assert other.link("Abuse by a stranger") == "/rules/contradiction/A31"
    assert "Nothing else in the rules leads here" not in words(other.one("main"))


def test_a_vignette_that_turns_on_it_can_be_taken(client_request: Pages) -> None:
    page = client_request.get("/rules/question/abuse_or_neglect")
    told = page.one("dl", "waymark-cases-told")
    places = [each.get("href") or "" for each in told.iter("a")]
    assert places
    assert all(each.startswith("/training/") for each in places)
    for place in places:
        client_request.get(place)


class TestSearch:
    def test_a_paragraph(self, client_request: Pages) -> None:
        page = client_request.get("/rules/search?q=16C")
        assert page.heading == "Search the rules for “16C”"
        assert "places were found" in words(page.one("main"))
        assert client_request.get(page.link("Notify the Panel")).heading == "Notify the Panel"

    def test_nothing_leads_to_the_lists_of_everything(self, client_request: Pages) -> None:
        page = client_request.get("/rules/search?q=zebra")
        assert "Nothing was found" in words(page.one("main"))
        assert client_request.get(page.link("Routes")).heading == "Routes"
        found = client_request.get("/rules/search?q=neglect")
        assert "Everything, by what it is" not in words(found.one("main"))

    def test_nothing_asked(self, client_request: Pages) -> None:
        assert client_request.get("/rules/search").heading == "Search the rules"

    def test_what_was_typed_is_shown_as_text(self, client_request: Pages) -> None:
        page = client_request.get("/rules/search?q=%3Cb%3Eneglect%3C/b%3E")
        assert page.heading == "Search the rules for “<b>neglect</b>”"

    def test_guidance_is_found_where_it_stands(self, client_request: Pages) -> None:
        page = client_request.get("/rules/search?q=publish+seven+working+days")
        places = [link.get("href") or "" for link in page.one("main").iter("a")]
        guidance = next(each for each in places if "#guidance-" in each)
        address, _, place = guidance.partition("#")
        there = client_request.get(address)
        assert [each for each in there.root.iter() if each.get("id") == place]


class TestSuggestingACorrection:
    ADDRESS = "/rules/suggest?about=rule/ca2004-16m-1"

    def test_it_comes_back_as_a_file(self, client_request: Pages) -> None:
        rule = client_request.get("/rules/rule/ca2004-16m-1")
        address = rule.link("Suggest a correction")
        form = client_request.get(address)
        assert "Nothing is stored here, and nothing is sent." in words(form.one("main"))
        response = client_request.client.post(
            address,
            data={
                "csrf_token": form.token,
                "wrong": "It says “each”.\r\nSo does the Act.",
                "better": "",
                "read_where": "Section 16M",
                "who": "",
            },
        )
        assert response.status_code == 200
        assert response.content_type == "text/plain; charset=utf-8"
        name = response.headers["Content-Disposition"]
        assert name == 'attachment; filename="waymark-correction-rule-ca2004-16m-1.txt"'
        text = response.get_data(as_text=True)
        assert "Page: rule/ca2004-16m-1" in text
        assert "Address: /rules/rule/ca2004-16m-1" in text
        assert f"Version of the rules: {rules.loader.rulebook().version}" in text
        assert "Date: 2026-06-10" in text
        assert "What is wrong:\nIt says “each”.\nSo does the Act." in text
        assert "Where this was read:\nSection 16M" in text

    def test_something_has_to_be_written(self, client_request: Pages) -> None:
        page = client_request.post_wrongly(self.ADDRESS, wrong="  ")
        assert page.errors == ["Write down what is wrong"]

    def test_it_may_not_be_too_long(self, client_request: Pages) -> None:
        page = client_request.post_wrongly(self.ADDRESS, wrong="It is.", better="x" * 4001)
        assert page.errors == [
            "What it should say: write 4,000 characters or fewer, 1 less than now"
        ]


def test_what_changed(client_request: Pages) -> None:
    changes = client_request.get("/rules/changes")
    page = client_request.get(changes.link("Working Together 2018 to Working Together 2023"))
    assert page.heading == "What changed: Working Together 2018 and Working Together 2023"
    text = words(page.one("main"))
    assert "A care leaver up to and including the age of 24 died: is concluded now" in text
    assert "For example: Age: 16 or 17" in text
    # In short first: what is new, and where it stands in the details.
    assert page.rows["New processes"].startswith("Notice of the death of a care leaver")
    assert "Should this be referred? 18 differences" in text
    (in_short,) = [each for each in page.all("dl") if each.get("id") == "of-substance"]
    assert 1 <= len(in_short) <= 10
    assert [each for each in page.all("details") if each.get("id") == "refer"]
    # First of all what changed in the text, how sure that is, and that the older was not read.
    assert text.index("What changed in the text") < text.index("In short")
    assert "We have not read Working Together 2018" in text
    physical = page.rows["Physical health in serious harm"]
    assert "The sentence is gone" in physical
    assert "Working Together 2018 (not verified)" in physical
    assert "How sure: high." in physical
    unseen = client_request.get(changes.link("Working Together 2023 to Working Together 2026"))
    assert "Nobody has listed here what changed in the words" in words(unseen.one("main"))
    areas = client_request.get("/rules/changes/none/darlington-2020")
    assert "What changed in the text" not in words(areas.one("main"))
    assert "does not mean that there is none" in words(unseen.one("main"))
