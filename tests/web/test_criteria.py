"""The cards of the criteria are one form: nothing that was typed on any of them is lost."""

from __future__ import annotations

import pytest

from webforms.access import Role
from webforms.chair import casefile
from webforms.chair.cards import cards
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .conftest import SignedInAs
from .pages import Page, Pages, words

FIRST, SECOND, THIRD = (
    "criterion_improvements",
    "criterion_recurrent_themes",
    "criterion_joint_working",
)


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.CHAIR, name="Chair One")


@pytest.fixture
def member(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as(Role.PANEL_MEMBER, name="Member Two", agency="Health")


@pytest.fixture
def row(store: Store, chair: Pages, member: Pages) -> CaseRow:
    return new_case(store, chair.account, shared_with=[member.account])


def criteria(row: CaseRow) -> str:
    return f"/cases/{row.reference}/criteria"


def view(card: str, said: str, reason: str) -> dict[str, str]:
    return {f"{card}-view": said, f"{card}-reason": reason}


def as_shown(page: Page) -> dict[str, str]:
    """What a browser would send of the page if nothing were touched and no button had a name."""
    (form,) = (each for each in page.all("form") if each.get("action", "").endswith("/criteria"))
    inputs = [
        each
        for each in form.iter("input")
        if each.get("type") != "radio" or each.get("checked") is not None
    ]
    values = {each.get("name") or "": each.get("value") or "" for each in inputs}
    return values | {each.get("name") or "": words(each) for each in form.iter("textarea")}


def send(visitor: Pages, row: CaseRow, page: Page, *views: dict[str, str], card: str = "") -> str:
    """Sends the form as it was shown, with views filled in, by the button of a card."""
    return visitor.post(criteria(row), page, **filled(page, *views, card=card))


def filled(page: Page, *views: dict[str, str], card: str = "") -> dict[str, str]:
    values = as_shown(page) | ({"card": card} if card else {})
    for each in views:
        values |= each
    return {name: value for name, value in values.items() if name != "csrf_token"}


def kept(store: Store, row: CaseRow) -> dict[str, tuple[str, str]]:
    return {
        entry.item: (entry.data["view"], entry.data["reason"])
        for entry in store.entries(row.id, ("views",))
    }


def section(page: Page, card: str) -> str:
    (found,) = (each for each in page.all("section") if each.get("id") == f"card-{card}")
    return words(found)


def test_keep_on_one_card_keeps_what_was_typed_on_the_others(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    page = chair.get(criteria(row))
    address = send(
        chair,
        row,
        page,
        view(FIRST, "engaged", "Seen in the notes."),
        view(THIRD, "not_engaged", "They spoke on the day."),
        card=FIRST,
    )
    assert kept(store, row) == {
        FIRST: ("engaged", "Seen in the notes."),
        THIRD: ("not_engaged", "They spoke on the day."),
    }
    assert address.endswith(f"/criteria#card-{SECOND}"), "on to the next without a view"
    assert "Kept: 2 views" in chair.get(criteria(row)).text


def test_the_button_at_the_end_keeps_every_card_that_was_filled_in(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    page = chair.get(criteria(row))
    said = view(FIRST, "engaged", "Seen."), view(SECOND, "cannot_say", "Ask again.")
    address = send(chair, row, page, *said)
    assert set(kept(store, row)) == {FIRST, SECOND}
    assert address.endswith(f"/criteria#card-{THIRD}")


def test_a_card_that_lacks_its_reason_keeps_what_was_typed_and_the_others_are_kept(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    page = chair.get(criteria(row))
    again = chair.post_wrongly(
        criteria(row),
        page,
        **filled(
            page,
            view(FIRST, "engaged", ""),
            view(SECOND, "", "A reason without a view."),
            view(THIRD, "engaged", "They did not speak."),
            card=THIRD,
        ),
    )
    assert again.errors == ["Enter the reason for the panel’s view", "Choose the panel’s view"]
    assert kept(store, row) == {THIRD: ("engaged", "They did not speak.")}
    typed = as_shown(again)
    assert typed[f"{FIRST}-view"] == "engaged"
    assert typed[f"{SECOND}-reason"] == "A reason without a view."
    send(chair, row, again, view(FIRST, "engaged", "Now."), view(SECOND, "engaged", "Both."))
    assert set(kept(store, row)) == {FIRST, SECOND, THIRD}
    assert len(store.history(row.id, "views", THIRD)) == 1, "what was kept is not written again"


def test_where_two_people_write_to_one_card_the_others_are_kept_and_both_views_are_shown(
    chair: Pages, member: Pages, row: CaseRow, store: Store
) -> None:
    page = member.get(criteria(row))
    send(chair, row, chair.get(criteria(row)), view(FIRST, "engaged", "The chair saw it."))
    sent = filled(
        page,
        view(FIRST, "not_engaged", "The member did not."),
        view(SECOND, "engaged", "Both times."),
        card=FIRST,
    )
    again = member.post_wrongly(criteria(row), page, **sent)
    assert again.errors == [
        "Somebody else saved their view while you were writing: read both, and keep yours"
    ]
    assert kept(store, row) == {
        FIRST: ("engaged", "The chair saw it."),
        SECOND: ("engaged", "Both times."),
    }
    assert "The chair saw it." in section(again, FIRST)
    assert as_shown(again)[f"{FIRST}-reason"] == "The member did not."
    send(member, row, again, card=FIRST)
    assert kept(store, row)[FIRST] == ("not_engaged", "The member did not.")


def test_a_card_that_only_somebody_else_wrote_to_stays_as_they_wrote_it(
    chair: Pages, member: Pages, row: CaseRow, store: Store
) -> None:
    write(store, row, chair.account, "views", FIRST, view="engaged", reason="First.", found="open")
    page = member.get(criteria(row))
    write(store, row, chair.account, "views", FIRST, view="engaged", reason="Then.", found="open")
    send(member, row, page, view(SECOND, "engaged", "Mine."), card=SECOND)
    assert kept(store, row) == {FIRST: ("engaged", "Then."), SECOND: ("engaged", "Mine.")}


def test_what_is_sent_twice_is_kept_once(chair: Pages, row: CaseRow, store: Store) -> None:
    page = chair.get(criteria(row))
    for _ in range(2):
        send(chair, row, page, view(FIRST, "engaged", "Seen."))
    assert len(store.history(row.id, "views")) == 1


def test_a_card_left_blank_says_what_it_lacks_when_it_alone_is_sent(
    chair: Pages, row: CaseRow
) -> None:
    page = chair.get(criteria(row))
    again = chair.post_wrongly(criteria(row), page, **filled(page, card=FIRST))
    assert again.errors == ["Choose the panel’s view", "Enter the reason for the panel’s view"]


# What the panel sees beside what the rules find


@pytest.mark.parametrize(
    ("answer", "said", "stands"),
    [
        ("yes", "engaged", "agrees"),
        ("yes", "not_engaged", "differs"),
        ("yes", "cannot_say", "cannot_say"),
        ("no", "not_engaged", "agrees"),
        ("no", "engaged", "differs"),
        ("no", "cannot_say", "cannot_say"),
        ("not known", "engaged", "left_open"),
        ("not known", "not_engaged", "left_open"),
        ("not known", "cannot_say", "agrees"),
        ("yes", "", ""),
    ],
)
def test_only_a_yes_against_a_no_is_a_difference(
    chair: Pages, row: CaseRow, store: Store, answer: str, said: str, stands: str
) -> None:
    write(store, row, chair.account, "answers", "improvements_needed", answer=answer)
    write(store, row, chair.account, "views", FIRST, view=said, reason="So.", found="open")
    (card,) = (each for each in cards(casefile.read(store, row)) if each.id == FIRST)
    all_ways = ("agrees", "differs", "cannot_say", "left_open")
    assert [each for each in all_ways if getattr(card, each)] == ([stands] if stands else [])


def test_a_difference_is_marked_and_what_the_rules_leave_open_is_not_called_one(
    chair: Pages, row: CaseRow, store: Store
) -> None:
    answers = {"improvements_needed": "yes", "recurrent_themes": "not known"}
    for question, answer in {**answers, "joint_working_concern": "no"}.items():
        write(store, row, chair.account, "answers", question, answer=answer)
    for card, said in ((FIRST, "not_engaged"), (SECOND, "engaged"), (THIRD, "cannot_say")):
        write(store, row, chair.account, "views", card, view=said, reason="So.", found="open")
    page = chair.get(criteria(row))
    tags = {
        card: [words(tag) for h3 in found.iter("h3") for tag in h3.iter("strong")]
        for found in page.all("section", "waymark-card")
        if (card := (found.get("id") or "").removeprefix("card-")) in (FIRST, SECOND, THIRD)
    }
    assert tags == {
        FIRST: ["The rapid review panel sees it otherwise"],
        SECOND: ["The rules left this open"],
        THIRD: ["The rapid review panel cannot say yet"],
    }
    assert "On 1 it sees it otherwise" in chair.get(f"/cases/{row.reference}/meeting").text
    record = chair.get(f"/cases/{row.reference}/documents/decision-record").text
    assert record.count("This view differs from what the rules find") == 1
    assert record.count("The rules left this open on these answers") == 1
