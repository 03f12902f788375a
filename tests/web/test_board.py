"""What if: a case as a board of facts, turned without script, kept for a day under its code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from playwright.sync_api import Page as Browsed
from playwright.sync_api import expect

from webforms.store import Account, Store
from webforms.store.boards import BOARD_LASTS, new_board_code
from webforms.store.checks import TRIES_ALLOWED
from webforms.trainer.subjects import every_subject, subject

from .casework import new_case
from .conftest import Clock, SignedInAs
from .page_checks import keep_html, problems_at, problems_of, validator_says
from .pages import Page, Pages, words

BABY = "baby-with-an-unexplained-bruise"
MINUS = "\N{MINUS SIGN}"


def opened(visitor: Pages, name: str = BABY) -> str:
    """The address of a new board of a vignette or a published case."""
    return visitor.post(f"/training/{name}/board", visitor.get("/return"))


def turned(visitor: Pages, board: str, turn: str, form: Page | None = None) -> Page:
    """The board after one answer was turned. One token serves a whole visit: any form will do."""
    address = visitor.post(f"{board}/turn", form or visitor.get("/return"), turn=turn)
    # The address names what was changed: there the browser puts the keyboard, without a script.
    assert address == f"{board}#what-changed"
    return visitor.get(board)


def route(page: Page) -> str:
    headline = page.one("div", "waymark-headline")
    return words(
        next(each for each in headline.iter("p") if "heading" in (each.get("class") or ""))
    )


def what_changed(page: Page) -> str:
    return words(page.one("section", "waymark-what-changed"))


def fact(page: Page, label: str) -> Element:
    for card in page.all("li", "waymark-fact"):
        if words(next(card.iter("legend"))) == label:
            return card
    raise AssertionError(f"no fact {label!r}")


def code_of(board: str) -> str:
    return board.rpartition("/")[2]


def test_every_vignette_and_published_case_opens_as_a_board(client_request: Pages) -> None:
    page = client_request.get("/training/board")
    titles = [words(each).removesuffix(": open as a board") for each in page.all("button")]
    for kind, choices in every_subject():
        assert kind in page.text
        assert {title for _, title in choices} <= set(titles)
    for name in (BABY, "child-s", "aunt-with-care-needs", "missed-visits-by-one-team"):
        about = subject(name)
        assert about
        assert client_request.get(opened(client_request, name)).heading == f"What if: {about.title}"


def test_boards_cannot_be_opened_without_end(
    client_request: Pages, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webforms.store.boards.BOARDS_ALLOWED", 2)
    form = client_request.get("/training/board")
    for _ in range(2):
        client_request.post("/training/child-s/board", form)
    sent = client_request.client.post("/training/child-s/board", data={"csrf_token": form.token})
    assert sent.status_code == 429
    assert Page(sent).heading == "Too many boards"
    assert store.db["boards"].count == 2


def test_there_is_no_board_of_what_is_not_there(client_request: Pages) -> None:
    token = client_request.get("/training/board").token
    sent = client_request.client.post("/training/nobody/board", data={"csrf_token": token})
    assert sent.status_code == 404


def test_a_new_board_shows_the_facts_and_where_each_other_answer_leads(
    client_request: Pages,
) -> None:
    page = client_request.get(opened(client_request))
    assert route(page)
    abuse = fact(page, "Abuse or neglect")
    assert "● It is suspected" in words(abuse)
    buttons = [each.get("value") for each in abuse.iter("button")]
    assert buttons == [f"abuse_or_neglect={each}" for each in ("known", "no", "not known")]
    assert "= same route" in words(abuse)
    assert "→ leads to:" in words(abuse)
    assert "No fact has been turned yet" in page.text
    assert "Undo" not in page.text


def test_a_turned_fact_changes_the_route_and_everything_that_follows_is_marked(
    client_request: Pages,
) -> None:
    board = opened(client_request, "child-s")
    page = turned(client_request, board, "joint_working_cause_for_concern=yes")
    assert route(page) == "The criteria for a serious case review are met"
    said = what_changed(page)
    assert "BeforeThe criteria for a serious case review are not met (definition)" in said
    assert "→ NowThe criteria for a serious case review are met (must, not certain yet)" in said
    assert "+ Holds now A serious case review is called for." in said
    assert f"{MINUS} Clock gone" in said
    assert "By Friday 14 October 2016" in said
    assert "+ New clock" in said
    assert "+ Asked now Normally lives in this area." in said
    assert f"What there is to do: + 8 new, {MINUS} 5 gone" in said
    concern = words(fact(page, "Cause for concern about joint working"))
    assert "≠ Turned" in concern
    assert "At the start: No" in concern


def test_a_turn_that_changes_nothing_else_says_so(client_request: Pages) -> None:
    board = opened(client_request)
    page = turned(client_request, board, "normally_resident_here=not known")
    assert "The route stays the same" in what_changed(page)


def test_one_turn_after_another_is_told_against_the_last_and_against_the_start(
    client_request: Pages,
) -> None:
    board = opened(client_request, "child-s")
    turned(client_request, board, "joint_working_cause_for_concern=yes")
    page = turned(client_request, board, "abuse_or_neglect=no")
    assert "BeforeThe criteria for a serious case review are met" in what_changed(page)
    since = [words(each) for each in page.all("details")]
    [start] = [each for each in since if each.startswith("What is different from the start")]
    assert "No longer holds Abuse or neglect is known or suspected." in start
    assert "A serious case review is called for" not in start


def test_turns_are_taken_back_one_by_one_and_all_at_once(client_request: Pages) -> None:
    board = opened(client_request)
    first = client_request.get(board)
    turned(client_request, board, "abuse_or_neglect=no")
    page = turned(client_request, board, "what_happened=died")
    assert client_request.post(f"{board}/undo", page) == f"{board}#what-changed"
    page = client_request.get(board)
    assert "● No, it is neither" in words(fact(page, "Abuse or neglect"))
    assert "died" not in words(fact(page, "What happened")).split("●")[1].split("The child")[0]
    turned(client_request, board, "what_happened=died")
    client_request.post(f"{board}/restart", page)
    page = client_request.get(board)
    assert route(page) == route(first)
    assert "No fact has been turned yet" in page.text


def test_an_answer_off_the_path_is_set_aside_and_comes_back_with_its_question(
    client_request: Pages,
) -> None:
    board = opened(client_request)
    seriousness = "Seriousness of the harm"
    page = turned(client_request, board, "what_happened=died")
    aside = words(page.one("ul", "waymark-set-aside-list"))
    assert seriousness in aside
    page = turned(client_request, board, "what_happened=harmed")
    assert words(fact(page, seriousness))
    assert seriousness not in "".join(map(words, page.all("ul", "waymark-set-aside-list")))


def test_after_every_turn_the_keyboard_goes_on_from_what_changed(client_request: Pages) -> None:
    board = opened(client_request)
    new = client_request.get(board)
    page = turned(client_request, board, "abuse_or_neglect=no")
    client_request.post(f"{board}/undo", page)
    for shown in (new, page, client_request.get(board)):
        [target] = [each for each in shown.root.iter() if each.get("id") == "what-changed"]
        assert target.get("tabindex") == "-1"
    assert words(next(page.one("section", "waymark-what-changed").iter("h2"))) == (
        "What the last turn changed"
    )
    assert page.link("Go on from the fact turned: Abuse or neglect") == "#fact-abuse_or_neglect"
    card = fact(page, "Abuse or neglect")
    assert (card.get("id"), card.get("tabindex")) == ("fact-abuse_or_neglect", "-1")


def test_what_takes_back_an_answer_stands_below_what_decides(client_request: Pages) -> None:
    page = client_request.get(opened(client_request, "child-s"))
    [line] = [each for each in page.all("section") if each.get("aria-labelledby") == "line"]
    values = [each.get("value") or "" for each in line.iter("button") if each.get("name") == "turn"]
    taken_back = [value.endswith("=not known") for value in values]
    assert True in taken_back
    assert not taken_back[0]
    groups = [
        [(each.get("value") or "").endswith("=not known") for each in group.iter("button")]
        for group in line.iter("ul")
    ]
    for group in groups:
        assert group == sorted(group)


def test_what_would_move_the_line_can_be_tried_from_the_list(client_request: Pages) -> None:
    board = opened(client_request)
    page = client_request.get(board)
    [line] = [each for each in page.all("section") if each.get("aria-labelledby") == "line"]
    listed = [
        (words(heading).removeprefix("→ "), group)
        for heading, group in zip(line.iter("h3"), line.iter("ul"), strict=True)
    ]
    for title, group in listed:
        if title.startswith("With more"):
            continue
        for button in group.iter("button"):
            value = button.get("value") or ""
            assert route(turned(client_request, board, value, page)) == title
            client_request.post(f"{board}/undo", page)
    assert len(listed) > 1


def test_changes_that_lead_elsewhere_only_together_are_tried_together(
    client_request: Pages,
) -> None:
    board = opened(client_request, "child-s")
    page = client_request.get(board)
    token = page.token
    two = {"turn": ["what_happened=died", "abuse_or_neglect=known"], "csrf_token": token}
    assert client_request.client.post(f"{board}/turn", data=two).status_code == 302
    page = client_request.get(board)
    assert "At the start: It is suspected" in words(fact(page, "Abuse or neglect"))
    assert "The child or young person died" in words(fact(page, "What happened"))
    client_request.post(f"{board}/undo", page)
    assert "No fact has been turned yet" in client_request.get(board).text


def test_an_age_is_typed_and_a_wrong_one_is_told_beside_its_input(client_request: Pages) -> None:
    board = opened(client_request)
    page = client_request.get(board)
    sent = {"turn": "age_of_person=in-years", "years_age_of_person": "17"}
    client_request.post(f"{board}/turn", page, **sent)
    assert "● 17" in words(fact(client_request.get(board), "Age"))
    for typed in ("", "-1", "young", "131", "1.5"):
        wrong = {"turn": "age_of_person=in-years", "years_age_of_person": typed}
        refused = client_request.post_wrongly(f"{board}/turn", page, **wrong)
        assert "Enter the age in completed years" in refused.errors[0]
    assert "● 17" in words(fact(client_request.get(board), "Age"))


def test_the_dates_are_turned_together_and_move_the_clocks(client_request: Pages) -> None:
    board = opened(client_request)
    page = client_request.get(board)
    days = {
        **{"incident-day": "8", "incident-month": "10", "incident-year": "2024"},
        **{"awareness-day": "10", "awareness-month": "October", "awareness-year": "2024"},
    }
    client_request.post(f"{board}/dates", page, **days)
    said = what_changed(client_request.get(board))
    assert "≠ Clock changed" in said
    assert "Wednesday 16 October 2024" in said
    assert "Thursday 17 October 2024" in said
    blank = dict.fromkeys(days, "")
    client_request.post(f"{board}/dates", page, **blank)
    assert "No day can be named" in what_changed(client_request.get(board))


@pytest.mark.parametrize(
    ("incident", "awareness", "said"),
    [
        (("9", "10", "2024"), ("8", "10", "2024"), "before the incident"),
        (("1", "1", "2014"), ("1", "1", "2014"), "When Working Together 2015 began"),
        (("31", "2", "2024"), ("1", "3", "2024"), "must be a real date"),
        (("", "2", "2024"), ("1", "3", "2024"), "must include a day"),
    ],
)
def test_dates_that_cannot_be_are_told_beside_their_input(
    client_request: Pages,
    incident: tuple[str, ...],
    awareness: tuple[str, ...],
    said: str,
) -> None:
    board = opened(client_request)
    page = client_request.get(board)
    parts = ("day", "month", "year")
    sent = {f"incident-{part}": each for part, each in zip(parts, incident, strict=True)}
    sent |= {f"awareness-{part}": each for part, each in zip(parts, awareness, strict=True)}
    refused = client_request.post_wrongly(f"{board}/dates", page, **sent)
    assert said.lower() in refused.errors[0].lower()
    assert "No fact has been turned yet" in client_request.get(board).text


def test_the_decision_and_the_area_are_turned_too(client_request: Pages) -> None:
    board = opened(client_request)
    page = client_request.get(board)
    client_request.post(f"{board}/setting", page, stage="refer", area="darlington")
    page = client_request.get(board)
    assert "Should this be referred?" in words(page.one("div", "waymark-headline"))
    assert "Darlington" in words(page.one("div", "waymark-headline"))
    assert "Not asked yet" in page.text


def test_what_no_button_can_send_is_refused_and_nothing_is_turned(client_request: Pages) -> None:
    board = opened(client_request)
    token = client_request.get(board).token
    wrong = [
        ("turn", {"turn": "no_such_question=yes"}),
        ("turn", {"turn": "abuse_or_neglect=perhaps"}),
        ("turn", {"turn": "abuse_or_neglect=in-years"}),
        ("turn", {"turn": "age_of_person=9999999"}),
        ("turn", {"turn": "="}),
        ("setting", {"stage": "none", "area": "darlington"}),
        ("setting", {"stage": "notify", "area": "atlantis"}),
    ]
    for page, values in wrong:
        sent = client_request.client.post(f"{board}/{page}", data={**values, "csrf_token": token})
        assert sent.status_code == 400, values
        assert Page(sent).heading
    assert "No fact has been turned yet" in client_request.get(board).text


def test_a_turn_to_days_that_no_edition_governs_leaves_the_board_as_it_was(
    client_request: Pages,
) -> None:
    # The decision of 2024 picks the rules of a review; a notification goes by the incident.
    board = opened(client_request, "school-nurse-who-asked-twice")
    page = client_request.get(board)
    sent = {
        **{"incident-day": "1", "incident-month": "3", "incident-year": "2014"},
        **{"decision-day": "10", "decision-month": "3", "decision-year": "2025"},
    }
    client_request.post(f"{board}/dates", page, **sent)
    token = client_request.get(board).token
    data = {"stage": "notify", "area": "none", "csrf_token": token}
    refused = client_request.client.post(f"{board}/setting", data=data)
    assert refused.status_code == 400
    assert Page(refused).heading == "The rules do not reach so far"
    assert route(client_request.get(board)) == route(page)


def test_the_link_restores_the_board_for_whoever_has_it(app: Flask, client_request: Pages) -> None:
    board = opened(client_request)
    turned(client_request, board, "abuse_or_neglect=no")
    somebody_else = Pages(app.test_client())
    page = somebody_else.get(board)
    assert page.link(f"http://localhost{board}") == board
    assert "● No, it is neither" in words(fact(page, "Abuse or neglect"))
    small = f"/training/board/{code_of(board).lower().replace('-', '')}"
    assert somebody_else.get(small).heading == page.heading


def test_a_code_has_eighty_random_bits_and_only_its_hash_is_kept(
    client_request: Pages, store: Store
) -> None:
    code = code_of(opened(client_request))
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert len({new_board_code() for _ in range(200)}) == 200
    [row] = store.db.query("SELECT * FROM boards")
    assert code not in json.dumps(row)
    assert code.replace("-", "") not in json.dumps(row)


def test_a_board_is_erased_after_a_day(client_request: Pages, clock: Clock, store: Store) -> None:
    board = opened(client_request)
    assert "erased on Thursday 11 June 2026 at 18:00" in words(
        client_request.get(board).one("main")
    )
    clock.now += BOARD_LASTS - timedelta(seconds=1)
    token = client_request.get(board).token
    clock.now += timedelta(seconds=1)
    assert client_request.get(board, status=404).heading == "There is no such board"
    for page in ("turn", "dates", "undo", "setting"):
        values = {"turn": "abuse_or_neglect=no", "stage": "notify", "area": "none"}
        sent = client_request.client.post(f"{board}/{page}", data={**values, "csrf_token": token})
        assert sent.status_code == 404, page
    opened(client_request)
    assert store.db["boards"].count == 1


def test_a_board_can_be_erased_at_once(client_request: Pages, store: Store) -> None:
    board = opened(client_request)
    assert client_request.post(f"{board}/erase", client_request.get(board)) == "/training/board"
    assert "The board has been erased" in client_request.get("/training/board").text
    assert client_request.get(board, status=404).heading == "There is no such board"
    assert store.db["boards"].count == 0


@pytest.mark.parametrize("code", ["7GQX-0N3D-V2KC-M8RT", "x", "%00", "WM"])
def test_there_is_no_board_under_a_code_that_nobody_was_given(
    client_request: Pages, code: str
) -> None:
    page = client_request.get(f"/training/board/{code}", status=404)
    assert page.heading == "There is no such board"


# Out of a saved check


def saved_check(visitor: Pages) -> str:
    """The reference of a check that was saved with notes."""
    answers = {
        "age_of_person": 0,
        "what_happened": "harmed",
        "how_serious_was_the_harm": "serious_physical",
        "abuse_or_neglect": "suspected",
    }
    visitor.answer(visitor.begin(stage="notify"), answers)
    visitor.post("/check/answers", notes="Seen by the paediatrician")
    page = visitor.get(visitor.post("/check/save"))
    return words(page.one("strong", "waymark-reference"))


def test_a_saved_check_opens_as_a_board_with_nothing_that_identifies_it(
    app: Flask, client_request: Pages, store: Store
) -> None:
    reference = saved_check(client_request)
    trainer = Pages(app.test_client())
    board = trainer.post("/training/board", reference=reference.lower())
    page = trainer.get(board)
    assert page.heading == "What if: a saved check"
    assert "● It is suspected" in words(fact(page, "Abuse or neglect"))
    [row] = store.db.query("SELECT data FROM boards")
    kept = json.loads(row["data"])
    assert set(kept) == {"origin", "source", "start", "now", "past"}
    assert set(kept["now"]) == {"stage", "area", "dates", "answers"}
    assert (kept["origin"], kept["source"]) == ("saved", "")
    for secret in ("paediatrician", reference, reference.removeprefix("WM-"), "notes"):
        assert secret not in row["data"]
        assert secret not in page.text
    # The saved check itself is as it was.
    assert trainer.post("/return", reference=reference) == "/check/result"


def test_a_reference_that_does_not_exist_is_counted_as_a_guess(client_request: Pages) -> None:
    page = client_request.get("/training/board")
    blank = client_request.post_wrongly("/training/board", page, reference=" ")
    assert blank.errors == ["Enter the reference"]
    for _ in range(TRIES_ALLOWED):
        wrong = client_request.post_wrongly(
            "/training/board", page, reference="WM-0000-0000-0000-0000"
        )
        assert "No saved check has this reference" in wrong.errors[0]
    data = {"reference": "WM-0000-0000-0000-0001", "csrf_token": page.token}
    assert client_request.client.post("/training/board", data=data).status_code == 429
    # The guesses count for the other page that takes references as well.
    assert client_request.client.post("/return", data=data).status_code == 429


def test_a_board_s_code_is_no_reference(client_request: Pages) -> None:
    code = code_of(opened(client_request))
    refused = client_request.post_wrongly("/return", reference=code)
    assert "No saved check has this reference" in refused.errors[0]


# Out of a case


def test_a_case_opens_as_a_board_with_nothing_that_identifies_it(
    app: Flask, signed_in_as: SignedInAs, store: Store
) -> None:
    chair = signed_in_as("chair")
    row = new_case(store, chair.account, "Child Quince of Elm Street")
    advice = chair.get(f"/cases/{row.reference}/advice/notify")
    board = chair.post(f"/cases/{row.reference}/board/notify", advice)
    page = Pages(app.test_client()).get(board)
    assert page.heading == "What if: a case"
    assert route(page) == advice.heading
    assert "● It is suspected" in words(fact(page, "Abuse or neglect"))
    [kept] = store.db.query("SELECT * FROM boards")
    for secret in ("Quince", "Elm Street", row.reference, chair.account.name):
        assert secret not in json.dumps(kept)
        assert secret not in page.text


def test_only_who_may_see_a_case_can_open_it_as_a_board(
    client_request: Pages,
    signed_in_as: SignedInAs,
    new_account: Callable[..., Account],
    store: Store,
) -> None:
    row = new_case(store, new_account("chair"))
    address = f"/cases/{row.reference}/board/notify"
    for visitor, status in (
        (client_request, 302),
        (signed_in_as("chair"), 404),
        (signed_in_as("chair", "gateshead"), 404),
        (signed_in_as("referrer"), 403),
        (signed_in_as("auditor"), 403),
    ):
        token = visitor.get("/training/board").token
        sent = visitor.client.post(address, data={"csrf_token": token})
        assert sent.status_code == status
        if status == 302:
            assert sent.headers["Location"].startswith("/sign-in")
    assert store.db["boards"].count == 0


def test_an_auditor_reads_the_advice_and_is_not_offered_a_board(
    signed_in_as: SignedInAs, new_account: Callable[..., Account], store: Store
) -> None:
    row = new_case(store, new_account("chair"))
    auditor = signed_in_as("auditor")
    page = auditor.get(f"/cases/{row.reference}/advice/notify")
    assert "board of facts" not in page.text


def test_the_board_is_accessible_valid_and_narrow(
    page: Browsed, live_server: str, tmp_path: Path
) -> None:
    problems: list[str] = []
    page.on("response", lambda response: keep_html(response, tmp_path))
    page.goto(f"{live_server}/training/board")
    problems += problems_of(page)
    page.get_by_role("button", name="Child S: serious harm").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What if")
    problems += problems_of(page)
    page.locator("button[value='joint_working_cause_for_concern=yes']").first.click()
    expect(page.get_by_role("heading", name="What the last turn changed")).to_be_focused()
    page.locator("button[value='abuse_or_neglect=not known']").first.click()
    problems += problems_of(page)
    # The names of councils are wider than a phone.
    page.goto(f"{live_server}/training/board")
    page.get_by_role("button", name="A baby with a bruise that nobody can explain").click()
    page.locator("button[value='where_it_happened=elsewhere_in_england']").first.click()
    expect(page.get_by_label("Council for the place")).to_be_visible()
    problems += [*problems_at(page, 390, 800), *problems_at(page, 320, 800)]
    # The parallel reviews have the most facts, and an age of each kind.
    page.goto(f"{live_server}/training/board")
    page.get_by_role("button", name="A sister who will soon be eighteen").click()
    page.get_by_label("Another age, in completed years").first.fill("young")
    page.get_by_role("button", name="Turn to this age: Age", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the age in completed years")
    problems += problems_of(page)
    problems += validator_says(tmp_path, 5)
    assert not problems, "\n".join(problems)
