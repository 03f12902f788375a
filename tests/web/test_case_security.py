"""Cases against those who try: what is not theirs, forged forms, hostile texts, a changed file."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from webforms.access import COOKIE_KEY, READING, Role
from webforms.chair import casefile
from webforms.chair.part import LEADERS, Kind
from webforms.chair.parts import LED_EVENTS, LED_QUESTIONS, PARTS
from webforms.store import Account, CaseErased, CaseRow, NotTakenUp, Store, sha256
from webforms.store.accounts import NAME_TRIES
from webforms.store.new_passwords import PASSWORD_LINK_LASTS

from .access_list import methods, pages
from .casework import new_case, sign, write
from .conftest import PASSWORD, Clock, SignedInAs
from .pages import Page, Pages, words
from .rich_case import rich_case
from .test_access import address

NewAccount = Callable[..., Account]

NEW_PASSWORD = "three unrelated words"
HOSTILE = "\"'><img src=x onerror=alert(1)></title></script>{{7*7}}\x01\x0b\ufffe"


@pytest.fixture
def chair(signed_in_as: SignedInAs) -> Pages:
    return signed_in_as("chair", name="Review chair", agency="Council")


@pytest.fixture
def row(store: Store, chair: Pages) -> CaseRow:
    return rich_case(store, chair.account)


def token(visitor: Pages) -> str:
    return visitor.get("/return").token


def send(visitor: Pages, where: str, **values: str) -> int:
    """The status of the answer to a form that no page has shown."""
    data = {"csrf_token": token(visitor), **values}
    return visitor.client.post(where, data=data).status_code


def seen(store: Store, row: CaseRow) -> str:
    """The newest version of everything, as somebody could forge it."""
    file = casefile.read(store, row, with_long=True)
    return " ".join(
        f"{part}/{item}={entry.version}"
        for part, items in file.entries.items()
        for item, entry in items.items()
    )


def forged(part_id: str) -> dict[str, str]:
    """A sound value for every ask of a part."""
    values: dict[str, str] = {}
    for ask in PARTS[part_id].asks:
        if ask.kind is Kind.DATE:
            values |= {f"{ask.id}-day": "9", f"{ask.id}-month": "6", f"{ask.id}-year": "2026"}
        elif ask.kind is Kind.TIME:
            values[ask.id] = "11:11"
        else:
            values[ask.id] = ask.choices[0][0] if ask.choices else "forged"
    return values


def places(app: Flask, row: CaseRow) -> Iterator[tuple[str, str]]:
    """Every page of a case with its method, as one address each."""
    for route, _ in pages(app):
        if "reference" in route.arguments:
            where = address(app, route).replace("/something", f"/{row.reference}", 1)
            for method in methods(route):
                yield method, where


class TestOtherPeoplesCases:
    """A case that one may not see is answered like one that is not there."""

    @pytest.mark.parametrize(
        ("role", "area"),
        [("chair", "darlington"), ("chair", "newcastle"), ("auditor", "gateshead")],
    )
    def test_no_page_of_it_tells_that_it_exists(
        self, app: Flask, store: Store, row: CaseRow, signed_in_as: SignedInAs, role: str, area: str
    ) -> None:
        visitor = signed_in_as(role, area=area)
        form = token(visitor)
        before = store.verify().entries
        checked = 0
        for method, where in places(app, row):
            nowhere = where.replace(row.reference, "DAR-26-9999", 1)
            answers = [
                visitor.client.open(each, method=method, data={"csrf_token": form})
                for each in (where, nowhere)
            ]
            assert {each.status_code for each in answers} <= {403, 404}, where
            first, second = (_without_chance(each.get_data(as_text=True)) for each in answers)
            assert first.replace(row.reference, "DAR-26-9999") == second, where
            checked += 1
        assert checked > 40
        assert store.verify().entries == before

    def test_the_list_and_the_figures_leave_it_out(
        self, row: CaseRow, signed_in_as: SignedInAs
    ) -> None:
        for visitor in (signed_in_as("chair"), signed_in_as("auditor", area="newcastle")):
            assert row.reference not in visitor.get("/cases?state=all").text
            assert row.reference not in visitor.get("/oversight").text

    def test_it_cannot_be_shared_with_another_area(
        self, store: Store, row: CaseRow, chair: Pages, new_account: NewAccount
    ) -> None:
        elsewhere = new_account("chair", area="newcastle")
        send(chair, f"/cases/{row.reference}/people", account=str(elsewhere.id), do="share")
        assert elsewhere.id not in store.shared_with(row.id)


def _without_chance(text: str) -> str:
    """A page without what is another on each request."""
    return re.sub(r'(nonce|name="csrf_token" value)="[^"]*"', "", text)


class TestForgedForms:
    @pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.AUDITOR, Role.REFERRER])
    def test_what_those_who_lead_write_nobody_else_does(
        self, store: Store, row: CaseRow, signed_in_as: SignedInAs, role: Role
    ) -> None:
        visitor = signed_in_as(role)
        store.share(row.id, visitor.account.id)
        form, versions = token(visitor), seen(store, row)
        before = store.verify().entries
        led = [part for part in PARTS.values() if part.writers == LEADERS]
        for part in led:
            items = casefile.read(store, row).items(part.id)
            ends = [f"{part.id}/{item}" for item in (*items, "new")] if part.many else [part.id]
            for end in ends:
                values = {"csrf_token": form, "seen_versions": versions, **forged(part.id)}
                answer = visitor.client.post(f"/cases/{row.reference}/part/{end}", data=values)
                assert answer.status_code in (403, 404), end
                values = {"csrf_token": form, "why": "forged"}
                answer = visitor.client.post(f"/cases/{row.reference}/take-out/{end}", data=values)
                assert answer.status_code in (403, 404), end
        for end in ("sign", "people", "agencies/new"):
            send(visitor, f"/cases/{row.reference}/{end}", account="1", do="share", read="y")
        assert len(led) > 10
        assert store.verify().entries == before

    def test_a_panel_member_cannot_reach_those_dates_and_answers_from_elsewhere(
        self, store: Store, row: CaseRow, signed_in_as: SignedInAs
    ) -> None:
        member = signed_in_as("panel member")
        store.share(row.id, member.account.id)
        before = casefile.read(store, row)
        values = {**forged("key_dates"), "seen_versions": seen(store, row)}
        assert send(member, f"/cases/{row.reference}/part/key_dates", **values) == 302
        after = casefile.read(store, row)
        assert after.dates["strategy_discussion"].isoformat() == "2026-06-09"
        for event in LED_EVENTS:
            assert after.dates.get(event) == before.dates.get(event), event
        for stage, question in (
            ("review", "partners_think_review_appropriate"),
            ("notify", "notification_withdrawn"),
            ("review", "panel_answer"),
        ):
            assert question in LED_QUESTIONS
            where = f"/cases/{row.reference}/questions/{stage}/{question}"
            assert send(member, where, answer="not known", seen_versions="") == 403, question
        where = f"/cases/{row.reference}/questions/review/partners_think_review_appropriate"
        told = "The chair or the partnership administrator answers this."
        assert told in member.get(where).text
        assert casefile.read(store, row).answers == before.answers

    def test_those_who_lead_still_answer_them(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        where = f"/cases/{row.reference}/questions/review/partners_think_review_appropriate"
        chair.post(where, answer="no", seen_versions="partners_think_review_appropriate=1")
        answers = casefile.read(store, row).answers
        assert answers["partners_think_review_appropriate"] == "no"

    def test_fields_that_the_form_does_not_show_are_not_kept(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        where = f"/cases/{row.reference}/part/referral"
        more = {"taken_out": "yes", "account_id": "99", "given_by": "x", "version": "7", "at": "0"}
        chair.post(where, organisation="A school", seen_versions=seen(store, row), **more)
        entry = store.history(row.id, "referral", "")[0]
        assert set(entry.data) == {ask.id for ask in PARTS["referral"].own}
        assert (entry.account, entry.version) == (chair.account.id, 2)

    def test_versions_that_nobody_saw_are_met_as_a_conflict(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        where = f"/cases/{row.reference}/part/referral"
        for versions in ("", "referral/=0", "referral/=999999999", "referral/=1;x", "'--"):
            chair.client.post(
                where,
                data={
                    "csrf_token": token(chair),
                    "organisation": "Forged",
                    "seen_versions": versions,
                },
            )
        assert store.history_length(row.id, "referral", "") == 1

    @pytest.mark.parametrize(
        "end", ["part/nothing", "part/dates/incident", "part/children/99", "part/views/x", "part/²"]
    )
    def test_parts_and_items_that_are_not_there_are_not_made(
        self, store: Store, row: CaseRow, chair: Pages, end: str
    ) -> None:
        before = store.verify().entries
        assert send(chair, f"/cases/{row.reference}/{end}", seen_versions="") == 404
        assert store.verify().entries == before

    def test_a_stage_that_nobody_added_is_not_taken_out(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        assert send(chair, f"/cases/{row.reference}/take-out/stage/meeting", why="x") == 404

    def test_an_item_that_was_changed_meanwhile_is_not_taken_out_unseen(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        where = f"/cases/{row.reference}/take-out/children/1"
        form = chair.get(where)
        version = next(each for each in form.all("input") if each.get("name") == "seen_version")
        write(store, row, chair.account, "children", "1", pseudonym="Child A", status="On a plan.")
        page = chair.post_wrongly(
            where, form, why="Entered twice", seen_version=version.get("value") or ""
        )
        assert page.errors == ["Somebody has just changed it: see what it says now, and send again"]
        assert "On a plan." in page.text
        chair.post(where, page, why="Entered twice", seen_version="2")
        assert "1" not in casefile.read(store, row).items("children")

    def test_every_form_needs_the_token_of_its_page(
        self, app: Flask, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        before = store.verify().entries
        checked = 0
        for route, rule in pages(app):
            if rule.roles is None and not route.endpoint.startswith("accounts."):
                continue
            where = address(app, route).replace("/cases/something", f"/cases/{row.reference}")
            for method in set(methods(route)) - READING:
                page = chair.client.open(where, method=method, data={"do": "share", "account": "1"})
                assert page.status_code == 403, where
                assert Page(page).heading.startswith("This page was open for too long"), where
                checked += 1
        assert checked > 15
        assert store.verify().entries == before


class TestHostileTexts:
    class Scripts(HTMLParser):
        """Notes what a browser would take for an image or a handler of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img" or any(name.startswith("on") for name, _ in attrs):
                self.found.append(tag)

    def test_no_page_or_file_runs_what_somebody_wrote(
        self, app: Flask, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        file = casefile.read(store, row, with_long=True)
        for part in PARTS.values():
            for item in file.items(part.id) if part.many else [""]:
                kept = file.one(part.id, item)
                texts = (ask.id for ask in part.own if ask.kind in (Kind.LINE, Kind.TEXT))
                written = {ask: ask + HOSTILE for ask in texts}
                write(store, row, chair.account, part.id, item, **{**kept, **written})
        checked = shown = 0
        for _, where in places(app, row):
            for each in _with_parts(where):
                response = chair.client.get(each)
                assert response.status_code < 500, each
                if response.mimetype == "text/html":
                    scripts = self.Scripts()
                    scripts.feed(response.get_data(as_text=True))
                    assert not scripts.found, each
                    assert "&gt;49" not in response.get_data(as_text=True), each
                    shown += "&lt;img src=x" in response.get_data(as_text=True)
                header = response.headers.get("Content-Disposition", "")
                assert re.fullmatch(r'(attachment; filename="[A-Za-z0-9.-]+")?', header), each
                checked += 1
        assert checked > 60
        assert shown > 20, "what somebody wrote stands on pages, or this has looked at nothing"

    def test_titles_and_names_are_text_as_well(
        self, store: Store, signed_in_as: SignedInAs, new_account: NewAccount
    ) -> None:
        hostile = "<img src=x onerror=alert(1)>"
        visitor = signed_in_as("chair", name=hostile, agency=hostile)
        member = new_account("panel member", name=f"{hostile}2", agency=hostile)
        row = rich_case(store, visitor.account, hostile)
        case = f"/cases/{row.reference}"
        offer = f"/people/{member.id}/new-password"
        for where in ("/cases", case, f"{case}/people", f"{case}/history", "/people", offer):
            text = visitor.get(where).text
            assert "&lt;img" in text, where
            assert "<img" not in text, where

    def test_the_calendar_has_nothing_that_somebody_wrote(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        agency = "Police\r\nBEGIN:VALARM\r\nDESCRIPTION:x"
        said = {"agency": agency, "return_by": "2026-07-01"}
        write(store, row, chair.account, "agency_request", "2", **said)
        calendar = chair.client.get(f"/cases/{row.reference}/timetable.ics").get_data(as_text=True)
        assert "DESCRIPTION:x" not in calendar
        assert "Police" not in calendar


def _with_parts(where: str) -> list[str]:
    """The page of every part, where an address names one."""
    if "/part/something" not in where and "/items/something" not in where:
        return [where]
    return [where.replace("something", each, 1) for each in PARTS]


class TestNumbersOutOfBounds:
    @pytest.mark.parametrize("number", ["9" * 30, "-5", "0", "x"])
    def test_a_page_of_the_history_is_the_nearest_there_is(
        self, row: CaseRow, chair: Pages, number: str
    ) -> None:
        chair.get(f"/cases/{row.reference}/history?page={number}")

    @pytest.mark.parametrize("end", ["close", "new-password"])
    def test_an_account_of_no_such_number_is_not_there(self, chair: Pages, end: str) -> None:
        assert chair.client.get(f"/people/{'9' * 30}/{end}").status_code == 404

    def test_the_history_of_a_case_without_rules_can_be_read(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        for event in casefile.read(store, row).dates:
            day = "1990-01-02" if event in ("incident", "awareness") else ""
            write(store, row, chair.account, "dates", event, day=day)
        page = chair.get(f"/cases/{row.reference}/history")
        assert "As the panel sees it." in page.text


CHANGES = (
    ("case_entries", "account = 2", "another account than was sealed"),
    ("case_entries", "at = 0", "another at than was sealed"),
    ("case_entries", "version = 9", "another version than was sealed"),
    ("case_entries", "case_id = 7", "another case than was sealed"),
    ("case_entries", "part = 'meeting', item = 'x'", "another part than was sealed"),
    ("signed", "account = 2", "another account than was sealed"),
    ("signed", "version = 9", "another version than was sealed"),
)


def test_a_share_is_taken_back_only_where_that_is_said(
    store: Store, row: CaseRow, chair: Pages, new_account: NewAccount
) -> None:
    member = new_account("panel member")
    store.share(row.id, member.id)
    address = f"/cases/{row.reference}/people"
    for do in ({}, {"do": "anything"}):
        data = {"csrf_token": token(chair), "account": str(member.id), **do}
        assert chair.client.post(address, data=data).status_code == 400
    assert member.id in store.shared_with(row.id)


def test_a_panel_member_is_told_that_they_cannot_share(
    store: Store, row: CaseRow, signed_in_as: SignedInAs, new_account: NewAccount
) -> None:
    member, other = signed_in_as("panel member"), new_account("panel member")
    store.share(row.id, member.account.id)
    data = {"csrf_token": token(member), "account": str(other.id), "do": "share"}
    answer = member.client.post(f"/cases/{row.reference}/people", data=data)
    assert answer.status_code == 403
    assert other.id not in store.shared_with(row.id)


class TestWhatIsSealed:
    """Whoever can write to the file, and takes its guards away, is noticed all the same."""

    @pytest.fixture
    def path(self, app: Flask, store: Store, row: CaseRow, chair: Pages) -> Path:
        sign(store, row, chair.account, {"document": "x"})
        assert store.verify().faults == ()
        path: Path = app.config["DATABASE"]
        return path

    @staticmethod
    def tamper(path: Path, *statements: str) -> None:
        database = sqlite3.connect(path)
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount, f"{statement} changed nothing"
        database.commit()
        database.close()

    @pytest.mark.parametrize(("table", "change", "fault"), CHANGES)
    def test_a_changed_line_of_a_case_is_told(
        self, path: Path, store: Store, table: str, change: str, fault: str
    ) -> None:
        self.tamper(path, f"UPDATE {table} SET {change} WHERE seq = (SELECT max(seq) FROM {table})")
        assert any(fault in each for each in store.verify().faults)

    @pytest.mark.parametrize("table", ["case_entries", "signed"])
    def test_a_line_that_was_taken_away_is_told(self, path: Path, store: Store, table: str) -> None:
        self.tamper(path, f"DELETE FROM {table} WHERE seq = (SELECT max(seq) FROM {table})")
        assert any("has been taken away" in each for each in store.verify().faults)

    def test_a_line_with_all_that_was_saved_with_it_is_missed_as_well(
        self, path: Path, store: Store
    ) -> None:
        last = "(SELECT max(seq) FROM case_entries)"
        self.tamper(
            path,
            f"DELETE FROM payloads WHERE seq = {last}",
            f"DELETE FROM case_entries WHERE seq = {last}",
        )
        (fault,) = store.verify().faults
        assert re.fullmatch(r"What was saved with entry \d+ has been taken away\.", fault)

    def test_a_line_that_nobody_wrote_is_told(self, path: Path, store: Store) -> None:
        self.tamper(path, "INSERT INTO case_entries VALUES (1, 1, 'decision', '', 99, 1, 0)")
        assert store.verify().faults == (
            "A line of a case names entry 1, which is none of a case.",
        )

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE cases SET area = 'newcastle'", "has another area than when it was opened"),
            ("UPDATE cases SET title = 'Child B'", "has another title than when it was opened"),
            ("UPDATE cases SET opened_by = 2", "has another account than when it was opened"),
            ("UPDATE cases SET erased = 1", "is hidden as erased, which the log does not say"),
            ("DELETE FROM cases", "has been taken away"),
            ("INSERT INTO case_shares VALUES (1, 9)", "is shared with account 9"),
            ("DELETE FROM case_shares", "is not shared with account 1"),
            ("UPDATE accounts SET role = 'auditor'", "has another role than when it was made"),
            ("UPDATE accounts SET area = 'newcastle'", "has another area than when it was made"),
            ("UPDATE accounts SET agency = 'Police'", "has another agency than when it was made"),
            ("DELETE FROM accounts WHERE id = 1", "Account 1 has been taken away"),
            ("UPDATE accounts SET closed = 1", "is not open or closed as the log says"),
            (
                "INSERT INTO accounts SELECT 9, 'x', 'x', role, area, agency, password, made,"
                " closed FROM accounts WHERE id = 1",
                "The log does not say that account 9 was made",
            ),
        ],
    )
    def test_a_case_or_an_account_that_was_changed_is_told(
        self, path: Path, store: Store, statement: str, fault: str
    ) -> None:
        self.tamper(path, statement)
        assert any(fault in each for each in store.verify().faults)

    @pytest.mark.parametrize(
        "kind",
        [
            "invited",
            "link withdrawn",
            "account made",
            "account closed",
            "agency changed",
            "password changed",
            "password link made",
            "password set by link",
        ],
    )
    def test_what_was_saved_about_accounts_is_missed(
        self, path: Path, store: Store, chair: Pages, new_account: NewAccount, kind: str
    ) -> None:
        by, other = chair.account.id, new_account("panel member").id
        store.withdraw_invitation(sha256(store.invite("auditor", "darlington", by=by)), by=by)
        store.change_password(other, "hash")
        store.change_agency(other, "Police", by=by)
        value = store.offer_new_password(other, by=by)
        assert value is not None
        store.set_new_password(sha256(value), "hash")
        store.close_account(other, by=by)
        assert store.verify().faults == ()
        last = f"(SELECT max(seq) FROM log WHERE kind = '{kind}')"
        self.tamper(path, f"DELETE FROM payloads WHERE seq = {last}")
        (seq,) = store.db.execute(f"SELECT {last}").fetchone()
        fault = f"What was saved with entry {seq} has been taken away."
        assert fault in store.verify().faults

    def test_an_account_of_before_its_agency_was_sealed_is_no_fault(
        self, path: Path, store: Store, chair: Pages
    ) -> None:
        made = {
            "account": 9,
            "role": "auditor",
            "area": "darlington",
            "at": chair.account.made.timestamp(),
        }
        with store._writing():
            store._record("account made", made, "")
            store.db.execute(
                "INSERT INTO accounts SELECT 9, 'x', 'x', 'auditor', area, 'Ofsted', password,"
                " made, closed FROM accounts WHERE id = 1"
            )
        assert store.verify().faults == ()

    def test_what_the_pages_change_is_no_fault(
        self, path: Path, store: Store, row: CaseRow, chair: Pages, new_account: NewAccount
    ) -> None:
        member = new_account("panel member")
        for do in ("share", "take back", "share"):
            send(chair, f"/cases/{row.reference}/people", account=str(member.id), do=do)
        assert member.id in store.shared_with(row.id)
        store.close_account(member.id, by=chair.account.id)
        store.rehash_password(chair.account.id, "hash")
        assert store.verify().faults == ()


class TestErasing:
    def test_a_case_that_is_erased_is_gone_and_the_chain_holds(
        self, app: Flask, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        other = new_case(store, chair.account, "Child C")
        sign(store, row, chair.account, {"document": "x"})
        entries = store.history_length(row.id)
        done = store.erase_case(row.reference)
        assert done is not None
        assert (done.entries, done.signed) == (entries, 1)
        for where in (f"/cases/{row.reference}", f"/cases/{row.reference}/history"):
            chair.get(where, status=404)
        assert row.reference not in chair.get("/cases?state=all").text
        assert row.reference not in chair.get("/oversight").text
        chair.get(f"/cases/{other.reference}")
        assert store.verify().faults == ()
        assert store.references() == (other.reference,)
        raw = b"".join(
            each.read_bytes() for each in app.config["DATABASE"].parent.glob("*.sqlite3*")
        )
        for said in ("Child A and Child B", "brought to hospital", "Five visits"):
            assert said.encode() not in raw
        assert b"Child C" in raw

    def test_the_boards_made_of_it_go_with_it_and_no_other_does(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        other = new_case(store, chair.account, "Child C")
        boards = [
            chair.post(f"/cases/{each.reference}/board/notify", chair.get("/cases/new"))
            for each in (row, other)
        ]
        for board in boards:
            chair.get(board)
        store.erase_case(row.reference)
        chair.get(boards[0], status=404)
        chair.get(boards[1])

    def test_its_number_is_not_given_to_another(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        store.erase_case(row.reference)
        assert new_case(store, chair.account).reference == "DAR-26-0002"

    def test_nothing_is_written_to_it_afterwards(
        self, store: Store, row: CaseRow, chair: Pages
    ) -> None:
        store.erase_case(row.reference)
        with pytest.raises(CaseErased):
            write(store, row, chair.account, "meeting", facts="Late.")
        with pytest.raises(CaseErased):
            sign(store, row, chair.account, {})
        with pytest.raises(CaseErased):
            store.share(row.id, chair.account.id)
        assert store.erase_case(row.reference) is None
        assert store.verify().faults == ()

    def test_whoever_writes_at_that_moment_is_told_that_there_is_no_such_case(
        self, store: Store, row: CaseRow, chair: Pages, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        form = token(chair)
        read = casefile.read

        def read_and_erase(*args: object, **kwargs: object) -> object:
            file = read(*args, **kwargs)  # type: ignore[arg-type]
            store.erase_case(row.reference)
            return file

        monkeypatch.setattr(casefile, "read", read_and_erase)
        data = {"csrf_token": form, "organisation": "X", "seen_versions": "referral/=1 "}
        data["seen_versions"] += "dates/referral_received=1"
        answer = chair.client.post(f"/cases/{row.reference}/part/referral", data=data)
        assert answer.status_code == 404

    def test_words_taken_away_without_an_entry_that_says_so_are_a_fault(
        self, app: Flask, store: Store, row: CaseRow
    ) -> None:
        store.erase_case(row.reference)
        TestWhatIsSealed.tamper(
            app.config["DATABASE"],
            "DELETE FROM payloads WHERE seq = (SELECT seq FROM log WHERE kind = 'case erased')",
        )
        assert len(store.verify().faults) > 10


class TestANewPassword:
    @pytest.fixture
    def member(self, new_account: NewAccount) -> Account:
        return new_account("panel member", name="Named nurse", agency="Health")

    @staticmethod
    def make_link(chair: Pages, account: Account) -> str:
        shown = chair.post(f"/people/{account.id}/new-password")
        assert shown == "/people/password-link"
        found = re.search(r"/new-password/[A-Za-z0-9_-]+", chair.get(shown).text)
        assert found
        return found[0]

    @staticmethod
    def set_password(app: Flask, link: str) -> Pages:
        visitor = Pages(app.test_client())
        visitor.post(link, password=NEW_PASSWORD, again=NEW_PASSWORD)
        return visitor

    def test_the_link_sets_it_and_ends_every_sign_in(
        self, app: Flask, store: Store, chair: Pages, member: Account
    ) -> None:
        store.begin_sign_in(member.id, sha256("somewhere"))
        link = self.make_link(chair, member)
        assert store.signed_in(sha256("somewhere")), "until then nothing changes"
        page = Pages(app.test_client()).get(link)
        assert "Named nurse: panel member in Darlington, for Health." in words(page.root)
        visitor = self.set_password(app, link)
        assert visitor.get("/account").rows["Name"] == "Named nurse"
        assert store.signed_in(sha256("somewhere")) is None
        for password, status in ((PASSWORD, 200), (NEW_PASSWORD, 302)):
            fresh = Pages(app.test_client())
            assert send(fresh, "/sign-in", name="Named nurse", password=password) == status

    def test_it_works_once_and_for_a_day(
        self, app: Flask, store: Store, chair: Pages, member: Account, clock: Clock
    ) -> None:
        link = self.make_link(chair, member)
        self.set_password(app, link)
        page = Pages(app.test_client()).get(link, status=404)
        assert page.heading == "This link cannot be used"
        value = store.offer_new_password(member.id)
        clock.now += PASSWORD_LINK_LASTS
        assert value
        with pytest.raises(NotTakenUp):
            store.set_new_password(sha256(value), "hash")

    def test_it_is_shown_once(self, chair: Pages, member: Account) -> None:
        self.make_link(chair, member)
        assert chair.redirect("/people/password-link") == "/people"

    @pytest.mark.parametrize("role", [Role.CHAIR, Role.ADMINISTRATOR])
    def test_nobody_makes_one_for_themselves_for_another_area_or_a_closed_account(
        self, store: Store, signed_in_as: SignedInAs, new_account: NewAccount, role: Role
    ) -> None:
        pages = signed_in_as(role)
        gone = new_account("referrer")
        store.close_account(gone.id)
        for account in (pages.account, new_account("referrer", area="newcastle"), gone):
            assert send(pages, f"/people/{account.id}/new-password") == 404
        assert store.password_links("darlington") == store.password_links("newcastle") == ()
        assert store.offer_new_password(gone.id) is None

    @pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.AUDITOR, Role.REFERRER])
    def test_others_make_none(
        self, store: Store, member: Account, signed_in_as: SignedInAs, role: Role
    ) -> None:
        assert send(signed_in_as(role), f"/people/{member.id}/new-password") == 403
        assert store.password_links("darlington") == ()

    def test_it_is_no_invitation_and_an_invitation_is_none(
        self, app: Flask, store: Store, chair: Pages, member: Account
    ) -> None:
        value = self.make_link(chair, member).rpartition("/")[2]
        visitor = Pages(app.test_client())
        visitor.get(f"/invitation/{value}", status=404)
        with pytest.raises(NotTakenUp):
            store.accept(sha256(value), "Somebody new", "hash")
        invited = store.invite("chair", "darlington")
        visitor.get(f"/new-password/{invited}", status=404)
        with pytest.raises(NotTakenUp):
            store.set_new_password(sha256(invited), "hash")
        assert len(store.invitations("darlington")) == 1

    def test_a_newer_one_a_changed_password_and_a_closed_account_void_it(
        self, store: Store, member: Account
    ) -> None:
        first = store.offer_new_password(member.id)
        second = store.offer_new_password(member.id)
        assert first
        assert second
        assert store.password_link(sha256(first)) is None
        store.change_password(member.id, "hash")
        assert store.password_link(sha256(second)) is None
        third = store.offer_new_password(member.id)
        assert third
        store.close_account(member.id)
        assert store.password_link(sha256(third)) is None

    def test_it_can_be_withdrawn(self, store: Store, chair: Pages, member: Account) -> None:
        self.make_link(chair, member)
        page = chair.get("/people")
        assert "Links to a new password, not used yet" in page.text
        (link,) = store.password_links("darlington")
        chair.post("/people/withdraw", page, key=link.key)
        assert store.password_links("darlington") == ()

    def test_another_area_withdraws_none(
        self, store: Store, member: Account, signed_in_as: SignedInAs
    ) -> None:
        store.offer_new_password(member.id)
        (link,) = store.password_links("darlington")
        send(signed_in_as("chair", area="newcastle"), "/people/withdraw", key=link.key)
        assert store.password_links("darlington") == (link,)

    def test_a_password_that_is_too_easy_is_not_taken(
        self, app: Flask, chair: Pages, member: Account
    ) -> None:
        link = self.make_link(chair, member)
        visitor = Pages(app.test_client())
        page = visitor.post_wrongly(link, password="named nurse", again="named nurse")
        assert page.errors == ["Password must be 12 characters or more"]
        self.set_password(app, link)

    def test_it_is_a_way_out_for_somebody_whom_others_lock_out(
        self, app: Flask, store: Store, chair: Pages, member: Account
    ) -> None:
        for _ in range(NAME_TRIES):
            assert store.may_sign_in(member.name, "a stranger")
        assert not store.may_sign_in(member.name, "their own computer")
        assert self.set_password(app, self.make_link(chair, member)).get("/account")
        assert store.may_sign_in(member.name, "their own computer")

    def test_who_made_it_and_that_it_was_used_is_in_the_log(
        self, app: Flask, store: Store, chair: Pages, member: Account
    ) -> None:
        self.set_password(app, self.make_link(chair, member))
        kinds = [each["kind"] for each in store.db["log"].rows]
        assert kinds[-2:] == ["password link made", "password set by link"]
        bodies = [each["body"] for each in store.db["payloads"].rows]
        assert f'"by":{chair.account.id}' in bodies[-2]
        assert not any("Named nurse" in each for each in bodies)
        assert store.verify().faults == ()


class TestLinksOfSomebodyWhoLeft:
    def test_their_invitations_are_void(
        self, app: Flask, store: Store, chair: Pages, new_account: NewAccount
    ) -> None:
        leaver = new_account("chair")
        value = store.invite("chair", "darlington", by=leaver.id)
        kept = store.invite("chair", "darlington", by=chair.account.id)
        store.close_account(leaver.id, by=chair.account.id)
        assert store.invitation(sha256(value)) is None
        assert store.invitation(sha256(kept))

    def test_a_link_that_was_withdrawn_is_in_the_log(self, store: Store, chair: Pages) -> None:
        key = sha256(store.invite("chair", "darlington"))
        store.withdraw_invitation(key, by=chair.account.id)
        store.withdraw_invitation(key, by=chair.account.id)
        kinds = [each["kind"] for each in store.db["log"].rows]
        assert kinds.count("link withdrawn") == 1


class TestSignIns:
    def test_a_value_that_was_planted_before_is_worth_nothing(
        self, app: Flask, store: Store, new_account: NewAccount
    ) -> None:
        account = new_account("chair")
        visitor = Pages(app.test_client())
        with visitor.client.session_transaction() as session:
            session[COOKIE_KEY] = "planted"
        assert send(visitor, "/sign-in", name=account.name, password=PASSWORD) == 302
        assert store.signed_in(sha256("planted")) is None
        with visitor.client.session_transaction() as session:
            assert session[COOKIE_KEY] != "planted"

    def test_a_closed_account_reads_and_writes_no_more(
        self, store: Store, row: CaseRow, chair: Pages, new_account: NewAccount
    ) -> None:
        form = token(chair)
        before = store.verify().entries
        store.close_account(chair.account.id, by=new_account("chair").id)
        data = {"csrf_token": form, "organisation": "X", "seen_versions": seen(store, row)}
        for method in ("GET", "POST"):
            answer = chair.client.open(
                f"/cases/{row.reference}/part/referral", method=method, data=data
            )
            assert answer.headers["Location"].startswith("/sign-in")
        # The account that closed it with its invitation, the closing, and the case handed on.
        assert store.verify().entries == before + 4

    @pytest.mark.parametrize(
        "onward", ["//evil.example", "/\\evil.example", "/%09/evil.example", "https:evil.example"]
    )
    def test_nobody_is_sent_to_another_site(
        self, app: Flask, new_account: NewAccount, onward: str
    ) -> None:
        account = new_account("chair")
        visitor = Pages(app.test_client())
        data = {"csrf_token": token(visitor), "name": account.name, "password": PASSWORD}
        answer = visitor.client.post(f"/sign-in?onward={onward}", data=data)
        assert answer.headers["Location"] == "/cases"


def _write_many(path: Path, case_id: int, account: int) -> None:
    store = Store(path)
    try:
        for number in range(20):
            store.write(
                case_id, "children", f"{account}-{number}", {"pseudonym": "A"},
                account=account, after=0, rules="r",
            )  # fmt: skip
    finally:
        store.close()


def test_two_processes_that_write_to_a_case_lose_nothing(
    app: Flask, store: Store, chair: Pages, new_account: NewAccount
) -> None:
    row = new_case(store, chair.account)
    other = new_account("chair")
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(target=_write_many, args=(app.config["DATABASE"], row.id, each))
        for each in (chair.account.id, other.id)
    ]
    for each in writers:
        each.start()
    while any(each.is_alive() for each in writers):
        # Whoever looks on meanwhile sees a sound log at every moment.
        assert store.verify().faults == ()
    assert [each.exitcode for each in writers] == [0, 0]
    assert store.history_length(row.id, "children") == 40
    assert store.verify().faults == ()
