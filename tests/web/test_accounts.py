"""Accounts: invited once, signed in for a while, signed out for sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from webforms.access import COOKIE_KEY
from webforms.store import Account, NameTaken, NotTakenUp, Store, sha256
from webforms.store.accounts import (
    CLIENT_TRIES,
    IDLE,
    INVITATION_LASTS,
    LONGEST,
    NAME_TRIES,
    SEEN_AFTER,
    SIGN_IN_TRIES_WITHIN,
)

from .conftest import CHEAP, PASSWORD, Clock, SignedInAs
from .pages import Page, Pages, words
from .walks import BABY_DATES

NewAccount = Callable[..., Account]

SECOND = timedelta(seconds=1)
WRONG = "Check the name and the password: together they fit no open account"


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Pages]:
    """Gives visitors with a new browser each."""
    return lambda: Pages(app.test_client())


def sign_in(pages: Pages, name: str, password: str = PASSWORD, onward: str = "") -> str:
    address = f"/sign-in?onward={onward}" if onward else "/sign-in"
    return pages.post(address, name=name, password=password)


def send_sign_in(pages: Pages, name: str, password: str) -> int:
    """The status of what follows when a name and a password are sent."""
    form = pages.get("/return")
    values = {"csrf_token": form.token, "name": name, "password": password}
    return pages.client.post("/sign-in", data=values).status_code


def cookie(pages: Pages) -> dict[str, str]:
    with pages.client.session_transaction() as session:
        return dict(session)


def is_signed_in(pages: Pages) -> bool:
    status = pages.client.get("/account").status_code
    assert status in (200, 302)
    return status == 200


class TestSigningIn:
    def test_with_name_and_password(self, client_request: Pages, new_account: NewAccount) -> None:
        new_account("chair", name="Review chair")
        sign_in(client_request, "Review chair")
        page = client_request.get("/account")
        assert page.rows["Name"] == "Review chair"
        assert page.rows["Role"] == "Chair"
        assert page.rows["Area"] == "Darlington"

    @pytest.mark.parametrize("typed", ["review CHAIR", "  Review   chair ", "REVIEW\u3000chair"])
    def test_capitals_and_spaces_of_the_name_do_not_matter(
        self, client_request: Pages, new_account: NewAccount, typed: str
    ) -> None:
        new_account("chair", name="Review chair")
        sign_in(client_request, typed)
        assert is_signed_in(client_request)

    @pytest.mark.parametrize(
        ("name", "password"),
        [
            ("Review chair", PASSWORD.upper()),
            ("Review chair", PASSWORD + " "),
            ("Nobody", PASSWORD),
        ],
    )
    def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(
        self, client_request: Pages, new_account: NewAccount, name: str, password: str
    ) -> None:
        new_account("chair", name="Review chair")
        page = client_request.post_wrongly("/sign-in", name=name, password=password)
        assert page.errors == [WRONG]
        assert password not in page.text
        assert not is_signed_in(client_request)

    def test_a_name_that_does_not_exist_costs_as_much_work_as_a_wrong_password(
        self, client_request: Pages, new_account: NewAccount, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        new_account("chair", name="Review chair")
        verified: list[str] = []
        verify = PasswordHasher.verify

        def noting(self: PasswordHasher, kept: str, password: str) -> bool:
            verified.append(kept.rpartition("$")[0].rpartition("$")[0])
            return verify(self, kept, password)

        monkeypatch.setattr(PasswordHasher, "verify", noting)
        for name in ("Review chair", "Nobody"):
            client_request.post_wrongly("/sign-in", name=name, password="not the password")
        assert len(verified) == 2
        assert verified[0] == verified[1]

    def test_nothing_typed(self, client_request: Pages) -> None:
        page = client_request.post_wrongly("/sign-in", name=" ", password="")
        assert page.errors == ["Enter your name", "Enter your password"]

    def test_the_page_that_was_asked_for_follows(
        self, client_request: Pages, new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        asked = client_request.redirect("/people")
        assert asked == "/sign-in?onward=/people"
        assert client_request.post(asked, name="review chair", password=PASSWORD) == "/people"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "//elsewhere.example",
            "https://elsewhere.example",
            "/%5Celsewhere.example",
            "/%09/e.example",
        ],
    )
    def test_no_other_site_follows(
        self, client_request: Pages, new_account: NewAccount, elsewhere: str
    ) -> None:
        new_account("chair", name="Review chair")
        to = sign_in(client_request, "Review chair", onward=elsewhere)
        assert "example" not in to
        assert client_request.client.get(to).status_code == 200
        # Nor for somebody who is signed in already.
        assert "example" not in client_request.redirect(f"/sign-in?onward={elsewhere}")

    def test_a_password_hashed_more_weakly_is_hashed_anew(
        self, client_request: Pages, new_account: NewAccount, store: Store, app: Flask
    ) -> None:
        new_account("chair", name="Review chair")
        before = store.password_of("Review chair")
        app.config["ARGON2"] = {**CHEAP, "time_cost": 2}
        sign_in(client_request, "Review chair")
        after = store.password_of("Review chair")
        assert before
        assert after
        assert ("t=1" in before[1], "t=2" in after[1]) == (True, True)
        sign_in(Pages(app.test_client()), "Review chair")

    def test_a_name_is_shown_as_text(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair", name="<b>Chair</b>")
        assert pages.get("/account").rows["Name"] == "<b>Chair</b>"


class TestCookie:
    def test_signing_in_gives_a_new_value_and_drops_the_old_ones(
        self, client_request: Pages, new_account: NewAccount
    ) -> None:
        """Somebody who planted a cookie before the sign-in has nothing after it."""
        new_account("chair", name="Review chair")
        with client_request.client.session_transaction() as session:
            session[COOKIE_KEY] = "planted"
            session["planted"] = "too"
        form = client_request.get("/sign-in")
        token_before = cookie(client_request)["csrf_token"]
        client_request.post("/sign-in", form, name="Review chair", password=PASSWORD)
        after = cookie(client_request)
        assert after[COOKIE_KEY] != "planted"
        assert "planted" not in after
        assert after.get("csrf_token") != token_before

    def test_each_sign_in_has_a_value_of_its_own(
        self, visitor: Callable[[], Pages], new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        browsers = [visitor(), visitor()]
        for each in browsers:
            sign_in(each, "Review chair")
        assert cookie(browsers[0])[COOKIE_KEY] != cookie(browsers[1])[COOKIE_KEY]

    def test_a_check_in_progress_is_still_there(
        self, client_request: Pages, new_account: NewAccount
    ) -> None:
        new_account("referrer", name="Head teacher")
        address = client_request.begin(BABY_DATES)
        sign_in(client_request, "Head teacher")
        assert client_request.redirect("/check/result") == address

    def test_clearing_a_check_signs_nobody_out(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("referrer")
        pages.begin(BABY_DATES)
        pages.post("/check/clear", pages.get("/return"))
        assert is_signed_in(pages)

    def test_the_database_holds_neither_its_value_nor_the_password_nor_the_invitation(
        self, client_request: Pages, store: Store, app: Flask
    ) -> None:
        invitation = store.invite("chair", "darlington")
        client_request.post(f"/invitation/{invitation}", **taking_up())
        secrets = [cookie(client_request)[COOKIE_KEY], PASSWORD, invitation]
        for path in Path(app.config["DATA_FOLDER"]).iterdir():
            for secret in secrets:
                assert secret.encode() not in path.read_bytes()


class TestSigningOut:
    def test_the_sign_in_is_over_in_the_browser_and_on_the_server(
        self, signed_in_as: SignedInAs, visitor: Callable[[], Pages], store: Store
    ) -> None:
        pages = signed_in_as("chair")
        stolen = cookie(pages)[COOKIE_KEY]
        assert pages.post("/sign-out", pages.get("/account")) == "/signed-out"
        assert COOKIE_KEY not in cookie(pages)
        assert store.signed_in(sha256(stolen)) is None
        assert pages.get("/signed-out").heading == "You have signed out"
        assert not is_signed_in(pages)

    def test_a_link_cannot_sign_anybody_out(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair")
        pages.get("/sign-out", 405)
        assert pages.client.post("/sign-out").status_code == 403
        assert is_signed_in(pages)

    def test_a_check_that_stays_behind_is_said(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("referrer")
        pages.post(pages.begin(BABY_DATES), answer="no")
        pages.post("/sign-out", pages.get("/account"))
        assert "still here" in words(pages.get("/signed-out").one("main"))


class TestLimits:
    def test_after_two_idle_hours(self, signed_in_as: SignedInAs, clock: Clock) -> None:
        pages = signed_in_as("chair")
        clock.now += IDLE - SECOND
        assert is_signed_in(pages)
        clock.now += IDLE - SECOND
        assert is_signed_in(pages)
        clock.now += IDLE
        assert not is_signed_in(pages)
        assert "You have been signed out" in words(pages.get("/sign-in").one("main"))

    def test_after_twelve_hours_however_busy(self, signed_in_as: SignedInAs, clock: Clock) -> None:
        pages = signed_in_as("chair")
        end = clock.now + LONGEST
        while clock.now < end - timedelta(hours=1):
            clock.now += timedelta(hours=1)
            assert is_signed_in(pages)
        clock.now = end
        assert not is_signed_in(pages)

    def test_being_seen_is_written_once_a_minute(
        self, signed_in_as: SignedInAs, store: Store, clock: Clock
    ) -> None:
        pages = signed_in_as("chair")
        begun = clock.now
        clock.now = begun + SEEN_AFTER - SECOND
        pages.get("/account")
        assert store.sign_ins(pages.account.id)[0].seen == begun
        clock.now = begun + SEEN_AFTER
        pages.get("/account")
        assert store.sign_ins(pages.account.id)[0].seen == clock.now

    def test_what_is_over_is_erased(
        self, signed_in_as: SignedInAs, store: Store, clock: Clock
    ) -> None:
        pages = signed_in_as("chair")
        store.may_sign_in("Somebody", "a client")
        clock.now += IDLE
        store.forget_tries("somebody else")
        assert store.sign_ins(pages.account.id) == ()
        for table in ("sign_ins", "sign_in_tries"):
            assert store.db[table].count == 0


class TestLockout:
    def test_of_a_name_after_five_wrong_passwords(
        self,
        client_request: Pages,
        visitor: Callable[[], Pages],
        new_account: NewAccount,
        clock: Clock,
    ) -> None:
        new_account("chair", name="Review chair")
        for _ in range(NAME_TRIES):
            assert send_sign_in(client_request, "review chair", "not the password") == 200
        # Not with the right password either, nor from another browser.
        assert send_sign_in(visitor(), "Review Chair", PASSWORD) == 429
        clock.now += SIGN_IN_TRIES_WITHIN
        assert send_sign_in(client_request, "Review chair", PASSWORD) == 302

    def test_the_page_says_what_to_do(self, client_request: Pages, store: Store) -> None:
        for _ in range(NAME_TRIES):
            store.may_sign_in("Nobody", "another client")
        form = client_request.get("/sign-in")
        values = {"csrf_token": form.token, "name": "Nobody", "password": "x"}
        page = Page(client_request.client.post("/sign-in", data=values))
        assert page.heading == "Too many tries to sign in"
        assert "Wait 15 minutes" in words(page.one("main"))

    def test_another_name_is_not_locked(
        self, client_request: Pages, new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        for _ in range(NAME_TRIES + 1):
            send_sign_in(client_request, "Nobody", "not the password")
        assert send_sign_in(client_request, "Review chair", PASSWORD) == 302

    def test_of_a_client_that_tries_many_names(
        self, client_request: Pages, new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        for number in range(CLIENT_TRIES):
            assert send_sign_in(client_request, f"Name {number}", "not the password") == 200
        assert send_sign_in(client_request, "Review chair", PASSWORD) == 429

    def test_the_right_password_forgives_what_was_mistyped(
        self, visitor: Callable[[], Pages], new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        for _ in range(3):
            browser = visitor()
            for _ in range(NAME_TRIES - 1):
                assert send_sign_in(browser, "Review chair", "not the password") == 200
            assert send_sign_in(browser, "Review chair", PASSWORD) == 302

    def test_no_name_is_kept_of_a_try(self, client_request: Pages, store: Store) -> None:
        """People type their password there by mistake."""
        send_sign_in(client_request, "my secret password", "")
        send_sign_in(client_request, "my secret password", "x")
        rows = list(store.db["sign_in_tries"].rows)
        assert len(rows) == 1
        assert "secret" not in str(rows)


class TestRevoking:
    def test_one_sign_in_of_one_s_own(
        self, visitor: Callable[[], Pages], new_account: NewAccount, clock: Clock
    ) -> None:
        new_account("auditor", name="Auditor of ours")
        here, there, elsewhere = visitor(), visitor(), visitor()
        for each in (here, there, elsewhere):
            sign_in(each, "Auditor of ours")
        page = here.get("/account")
        assert words(page.one("main")).count("End this sign-in") == 2
        here.post("/account/end-sign-in", page, key=sha256(cookie(there)[COOKIE_KEY]))
        assert [is_signed_in(each) for each in (here, there, elsewhere)] == [True, False, True]

    def test_all_others(self, visitor: Callable[[], Pages], new_account: NewAccount) -> None:
        new_account("chair", name="Review chair")
        browsers = [visitor() for _ in range(3)]
        for each in browsers:
            sign_in(each, "Review chair")
        browsers[0].post("/account/end-sign-in", browsers[0].get("/account"))
        assert [is_signed_in(each) for each in browsers] == [True, False, False]

    def test_nobody_ends_the_sign_in_of_another(self, signed_in_as: SignedInAs) -> None:
        one, other = signed_in_as("chair"), signed_in_as("chair")
        key = sha256(cookie(other)[COOKIE_KEY])
        one.post("/account/end-sign-in", one.get("/account"), key=key)
        one.post("/account/end-sign-in", one.get("/account"))
        assert is_signed_in(other)

    def test_a_new_password_signs_every_other_browser_out(
        self, visitor: Callable[[], Pages], new_account: NewAccount
    ) -> None:
        new_account("chair", name="Review chair")
        here, there = visitor(), visitor()
        for each in (here, there):
            sign_in(each, "Review chair")
        before = cookie(here)[COOKIE_KEY]
        to = here.post("/account/password", current=PASSWORD, **twice("three unrelated words"))
        assert "has been changed" in words(here.get(to).one("main"))
        assert (is_signed_in(here), is_signed_in(there)) == (True, False)
        assert cookie(here)[COOKIE_KEY] != before
        assert send_sign_in(there, "Review chair", PASSWORD) == 200
        assert send_sign_in(there, "Review chair", "three unrelated words") == 302

    def test_a_new_password_needs_the_one_before(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair")
        values = {"current": "not the password", **twice("three unrelated words")}
        page = pages.post_wrongly("/account/password", **values)
        assert page.errors == ["This is not your password now"]
        form = pages.get("/account/password")
        for _ in range(NAME_TRIES - 1):
            pages.post_wrongly("/account/password", form, **values)
        sent = {"csrf_token": form.token, **values, "current": PASSWORD}
        assert pages.client.post("/account/password", data=sent).status_code == 429


def taking_up(name: str = "Review chair", password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"name": name, **twice(password), **more}


def twice(password: str) -> dict[str, str]:
    return {"password": password, "again": password}


class TestInvitation:
    def test_makes_an_account_and_signs_it_in(self, client_request: Pages, store: Store) -> None:
        value = store.invite("panel member", "darlington", "Police")
        page = client_request.get(f"/invitation/{value}")
        for said in ("panel member", "Darlington", "Police"):
            assert said in words(page.one("main"))
        client_request.post(f"/invitation/{value}", **taking_up())
        rows = client_request.get("/account").rows
        assert (rows["Role"], rows["Agency"]) == ("Panel member", "Police")

    def test_can_be_used_once(
        self, client_request: Pages, visitor: Callable[[], Pages], store: Store
    ) -> None:
        value = store.invite("chair", "darlington")
        late = visitor()
        form = late.get(f"/invitation/{value}")
        client_request.post(f"/invitation/{value}", **taking_up())
        page = late.get(f"/invitation/{value}", 404)
        assert page.heading == "This invitation cannot be used"
        sent = {"csrf_token": form.token, **taking_up("Somebody else")}
        assert late.client.post(f"/invitation/{value}", data=sent).status_code == 404
        assert not store.name_taken("Somebody else")

    def test_used_by_another_between_looking_and_accepting(self, store: Store) -> None:
        key = sha256(store.invite("chair", "darlington"))
        store.accept(key, "First", "hash")
        with pytest.raises(NotTakenUp):
            store.accept(key, "Second", "hash")
        assert [each.name for each in store.accounts("darlington")] == ["First"]

    def test_a_name_taken_by_another_leaves_it_usable(
        self, client_request: Pages, new_account: NewAccount, store: Store
    ) -> None:
        new_account("chair", name="Review chair")
        value = store.invite("chair", "darlington")
        page = client_request.post_wrongly(f"/invitation/{value}", **taking_up("REVIEW  Chair"))
        assert page.errors == ["Somebody has this name already: add your agency or your initial"]
        with pytest.raises(NameTaken):
            store.accept(sha256(value), "review chair", "hash")
        client_request.post(f"/invitation/{value}", **taking_up("Second chair"))

    def test_lasts_seven_days(self, client_request: Pages, store: Store, clock: Clock) -> None:
        value = store.invite("chair", "darlington")
        clock.now += INVITATION_LASTS - SECOND
        client_request.get(f"/invitation/{value}")
        clock.now += SECOND
        client_request.get(f"/invitation/{value}", 404)
        with pytest.raises(NotTakenUp):
            store.accept(sha256(value), "Late", "hash")

    def test_one_that_never_was(self, client_request: Pages) -> None:
        client_request.get("/invitation/made-up", 404)

    @pytest.mark.parametrize(
        ("sent", "errors"),
        [
            (taking_up(name=""), ["Enter your name"]),
            (taking_up(name="x"), ["Enter a name of 2 to 80 characters"]),
            (taking_up(name="x" * 81), ["Enter a name of 2 to 80 characters"]),
            (
                taking_up(name="a\u202eb"),
                ["Name must be made of letters, figures and ordinary signs"],
            ),
            (taking_up(password="a" * 3), ["Password must be 12 characters or more"]),
            (taking_up(password="elevenchars"), ["Password must be 12 characters or more"]),
            (taking_up(password="ab c" * 51), ["Password must be 200 characters or fewer"]),
            (
                taking_up("The chair of ours", "the CHAIR of ours"),
                ["Password must not be your name"],
            ),
            (
                taking_up(password="Password-1234"),
                ["Choose a password that is harder to guess, such as three unrelated words"],
            ),
            (
                taking_up(password="ababababababab"),
                ["Choose a password that is harder to guess, such as three unrelated words"],
            ),
            (
                {**taking_up(), "again": "something else"},
                ["The two passwords must be the same"],
            ),
        ],
    )
    def test_what_cannot_be_taken(
        self, client_request: Pages, store: Store, sent: dict[str, str], errors: list[str]
    ) -> None:
        value = store.invite("chair", "darlington")
        page = client_request.post_wrongly(f"/invitation/{value}", **sent)
        assert page.errors == errors
        assert store.accounts("darlington") == ()
        passwords = [each for each in page.all("input") if each.get("type") == "password"]
        assert [each.get("value") for each in passwords] in ([None, None], ["", ""])

    @pytest.mark.parametrize("password", ["twelve chars", "ŵ ôther lëtters ☂", "a" * 5 + " bcde f"])
    def test_what_a_password_is_made_of_does_not_matter(
        self, client_request: Pages, store: Store, password: str
    ) -> None:
        value = store.invite("chair", "darlington")
        client_request.post(f"/invitation/{value}", **taking_up(password=password))
        assert send_sign_in(client_request, "Review chair", password) == 302

    def test_the_name_is_said_to_be_shown(self, client_request: Pages, store: Store) -> None:
        page = client_request.get(f"/invitation/{store.invite('chair', 'darlington')}")
        assert "shown on the records" in words(page.one("main"))


class TestFirstChair:
    def test_chooses_the_area(self, client_request: Pages, store: Store) -> None:
        value = store.first_invitation()
        page = client_request.get(f"/invitation/{value}")
        areas = [each.get("value") for each in page.all("input") if each.get("name") == "area"]
        assert {"darlington", "none"} <= set(areas)
        assert client_request.post_wrongly(f"/invitation/{value}", **taking_up()).errors == [
            "Choose your area"
        ]
        client_request.post(f"/invitation/{value}", **taking_up(area="none"))
        rows = client_request.get("/account").rows
        assert (rows["Role"], rows["Area"]) == ("Chair", "Another area of England")

    def test_an_invitation_that_names_an_area_takes_no_other(
        self, client_request: Pages, store: Store
    ) -> None:
        value = store.invite("chair", "darlington")
        client_request.post(f"/invitation/{value}", **taking_up(area="none"))
        assert client_request.get("/account").rows["Area"] == "Darlington"

    def test_is_invited_until_there_is_an_account(
        self, client_request: Pages, store: Store, new_account: NewAccount
    ) -> None:
        first = store.first_invitation()
        second = store.first_invitation()
        client_request.get(f"/invitation/{first}", 404)
        client_request.get(f"/invitation/{second}")
        new_account("auditor")
        # It was printed on a screen: once anybody is in, nobody comes in by it.
        client_request.get(f"/invitation/{second}", 404)
        assert store.first_invitation() is None


class TestPeople:
    def link(self, pages: Pages, role: str, agency: str = "") -> str:
        to = pages.post("/people/invite", role=role, agency=agency)
        found = re.search(r"http://localhost(/invitation/[\w-]+)", pages.get(to).text)
        assert found
        return found[1]

    @pytest.mark.parametrize("role", ["chair", "partnership administrator"])
    def test_a_chair_and_an_administrator_invite_to_their_own_area(
        self, signed_in_as: SignedInAs, client_request: Pages, role: str
    ) -> None:
        pages = signed_in_as(role, area="gateshead")
        link = self.link(pages, "panel member", " Police ")
        client_request.post(link, **taking_up("Detective"))
        rows = client_request.get("/account").rows
        assert (rows["Role"], rows["Area"], rows["Agency"]) == (
            "Panel member",
            "Gateshead",
            "Police",
        )
        assert "Detective" in words(pages.get("/people").one("main"))

    def test_the_link_is_shown_once(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair")
        self.link(pages, "auditor")
        assert pages.redirect("/people/invited") == "/people"

    def test_an_invitation_can_be_withdrawn(
        self, signed_in_as: SignedInAs, client_request: Pages, store: Store
    ) -> None:
        pages, elsewhere = signed_in_as("chair"), signed_in_as("chair", area="gateshead")
        link = self.link(pages, "auditor")
        key = store.invitations("darlington")[0].key
        elsewhere.post("/people/withdraw", elsewhere.get("/people"), key=key)
        client_request.get(link)
        page = pages.get("/people")
        assert "Invitations not taken up yet" in page.text
        pages.post("/people/withdraw", page, key=key)
        client_request.get(link, 404)

    def test_a_role_must_be_one_of_ours(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair")
        page = pages.post_wrongly("/people/invite", role="owner", agency="x" * 81)
        assert page.errors == ["Choose a role", "Agency must be 80 characters or fewer"]

    def test_a_closed_account_is_signed_out_and_cannot_sign_in(
        self, signed_in_as: SignedInAs, visitor: Callable[[], Pages]
    ) -> None:
        chair, leaver = signed_in_as("chair"), signed_in_as("panel member", name="Leaver")
        address = chair.get("/people").link("Close the account of Leaver")
        assert chair.get(address).heading == "Close the account of Leaver"
        assert is_signed_in(leaver)
        chair.post(address)
        assert not is_signed_in(leaver)
        page = visitor().post_wrongly("/sign-in", name="Leaver", password=PASSWORD)
        assert page.errors == [WRONG]
        assert "Closed accounts" in chair.get("/people").text
        chair.get(address, 404)

    def test_the_name_of_a_closed_account_stays_its_own(
        self, new_account: NewAccount, store: Store
    ) -> None:
        store.close_account(new_account("panel member", name="Leaver").id)
        with pytest.raises(NameTaken):
            new_account("panel member", name="leaver")

    def test_nobody_closes_an_account_elsewhere_or_their_own(
        self, signed_in_as: SignedInAs, new_account: NewAccount, store: Store
    ) -> None:
        chair, other = signed_in_as("chair"), new_account("chair", area="gateshead", name="Other")
        assert "Other" not in words(chair.get("/people").one("main"))
        form = chair.get("/people/invite")
        for account in (other, chair.account):
            address = f"/people/{account.id}/close"
            chair.get(address, 404)
            sent = {"csrf_token": form.token}
            assert chair.client.post(address, data=sent).status_code == 404
            found = store.account(account.id)
            assert found
            assert found.closed is None

    def test_an_auditor_sees_them_and_has_no_buttons(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("auditor")
        page = pages.get("/people")
        assert pages.account.name in words(page.one("main"))
        assert not page.all("a", "govuk-button")
        assert [form.get("action") for form in page.all("form")] == ["/sign-out"]


class TestNavigation:
    @pytest.mark.parametrize(
        ("role", "links"),
        [
            ("referrer", ["Cases", "Your account"]),
            ("panel member", ["Cases", "Your account"]),
            ("chair", ["Cases", "Oversight", "People", "Your account"]),
            ("partnership administrator", ["Cases", "Oversight", "People", "Your account"]),
            ("auditor", ["Cases", "Oversight", "People", "Your account"]),
        ],
    )
    def test_shows_what_the_role_may_open(
        self, signed_in_as: SignedInAs, role: str, links: list[str]
    ) -> None:
        page = signed_in_as(role).get("/about")
        assert [words(each) for each in page.all("a", "govuk-service-navigation__link")] == links
        assert words(page.one("button", "waymark-link-button")) == "Sign out"

    def test_others_find_the_way_in(self, client_request: Pages) -> None:
        page = client_request.get("/about")
        assert page.link("Sign in") == "/sign-in"
        assert not page.all("form")

    def test_says_where_one_is(self, signed_in_as: SignedInAs) -> None:
        pages = signed_in_as("chair")
        for address, current in (("/people", "page"), ("/people/invite", "true")):
            here = [
                each
                for each in pages.get(address).all("a", "govuk-service-navigation__link")
                if each.get("aria-current")
            ]
            assert [(words(each), each.get("aria-current")) for each in here] == [
                ("People", current)
            ]


class TestLog:
    def test_what_changes_who_may_do_what_is_in_the_log_without_names(
        self, signed_in_as: SignedInAs, store: Store
    ) -> None:
        chair, leaver = signed_in_as("chair"), signed_in_as("auditor", name="Leaver")
        store.close_account(leaver.account.id, by=chair.account.id)
        store.change_password(chair.account.id, "hash")
        kinds = [row["kind"] for row in store.db["log"].rows]
        made = ["invited", "account made"]
        assert kinds == [*made, *made, "account closed", "password changed"]
        bodies = [row["body"] for row in store.db["payloads"].rows]
        assert not any("Leaver" in each for each in bodies)
        assert store.verify().faults == ()

    def test_a_sign_in_leaves_no_line_there(
        self, client_request: Pages, new_account: NewAccount, store: Store
    ) -> None:
        new_account("chair", name="Review chair")
        before = store.verify().entries
        sign_in(client_request, "Review chair")
        assert store.verify().entries == before

    def test_a_lockout_is_told_to_the_operator_without_the_name(
        self, client_request: Pages, caplog: pytest.LogCaptureFixture
    ) -> None:
        for _ in range(NAME_TRIES + 1):
            send_sign_in(client_request, "Review chair", "not the password")
        assert [each.getMessage() for each in caplog.records] == [
            "A sign-in was refused: too many tries."
        ]
