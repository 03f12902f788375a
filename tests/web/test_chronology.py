"""The combined chronology: read, brought in from a file, and taken away as one."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from webforms.chair import casefile
from webforms.chair.views.chronology import _pack
from webforms.store import CaseRow, Store

from .casework import new_case, write
from .conftest import SignedInAs, SomebodyFirst
from .pages import Page, Pages, words

HEAD = "Date,Time,What happened,Agency"
TWO_CALLS = (
    f"{HEAD}\n27/3/2025,14:30,Call to the home,Police\n28/3/2025,,Child A was absent,School\n"
)


@pytest.fixture
def at(case: CaseRow) -> str:
    return f"/cases/{case.reference}/chronology"


def add(store: Store, case: CaseRow, pages: Pages, *rows: str) -> None:
    """Adds entries written as "2025-01-02 14:30 Police: called out"."""
    there = len(entries(store, case))
    for number, row in enumerate(rows, start=there + 1):
        head, _, event = row.partition(": ")
        day, *rest = head.split(" ")
        time = rest.pop(0) if rest and rest[0][0].isdigit() else ""
        write(
            store,
            case,
            pages.account,
            "chronology",
            str(number),
            date=day,
            time=time,
            event=event,
            agency=" ".join(rest),
        )


def entries(store: Store, case: CaseRow) -> list[Mapping[str, str]]:
    file = casefile.read(store, case, with_long=True)
    return [each.data for each in file.items("chronology").values()]


def events(store: Store, case: CaseRow) -> list[str]:
    return [each["event"] for each in entries(store, case)]


def table(page: Page) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in page.one("tbody").iter("tr")]


def said(page: Page) -> str:
    return words(page.one("main"))


def send(pages: Pages, at: str, file: str | bytes, **values: str) -> TestResponse:
    """Chooses a file and sends it."""
    data = file.encode() if isinstance(file, str) else file
    token = pages.get(f"{at}/import").token
    form = {"csrf_token": token, "file": FileStorage(io.BytesIO(data), "a.csv"), **values}
    boundary, body = encode_multipart(form)
    content_type = f"multipart/form-data; boundary={boundary}"
    return pages.client.post(f"{at}/import", data=body, content_type=content_type)


def preview(pages: Pages, at: str, file: str | bytes, **values: str) -> Page:
    response = send(pages, at, file, **values)
    assert response.status_code == 200
    return Page(response)


def refused(pages: Pages, at: str, file: str | bytes, **values: str) -> Page:
    response = send(pages, at, file, **values)
    assert response.status_code == 200
    return Page(response, with_errors=True)


def hidden(page: Page) -> dict[str, str]:
    """What the form of a preview carries on to the next step."""
    return {
        each.get("name") or "": each.get("value") or ""
        for each in page.one("main").iter("input")
        if each.get("type") == "hidden" and each.get("name") != "csrf_token"
    }


def take_in(pages: Pages, at: str, page: Page, **values: str) -> str:
    return pages.post(f"{at}/import/take-in", page, **hidden(page), **values)


class TestReading:
    def test_there_is_no_entry_at_first(self, chair: Pages, at: str) -> None:
        assert "No entry yet." in said(chair.get(at))

    def test_all_nine_columns_in_order_of_time(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        write(
            store,
            case,
            chair.account,
            "chronology",
            "1",
            date="2026-05-08",
            time="14:30",
            event="Home visit",
            agency="Health visiting",
            records="Health visiting record",
            source="Those of the named nurse",
            involved="Child A, mother",
            outcome="Seen again in two weeks",
            seen="yes",
            views="Smiled",
            comments="Written the day after",
            author="Named nurse",
        )
        add(store, case, chair, "2026-05-08 09:05 Police: Call to the home")
        page = chair.get(at)
        heads = [words(cell) for cell in page.one("thead").iter("th")]
        assert len(heads) == 10
        # The first line is the gap of nearly three years before them.
        _, first, second = table(page)
        assert first[2].startswith("Call to the home")
        assert second[:2] == ["Friday 8 May 2026", "14:30"]
        assert second[2] == "Home visit Same day as Police"
        assert heads[3:8] == [
            "Agency, and kind of record",
            "Whose professional records",
            "Who was involved",
            "Decisions, actions taken, and outcome",
            "Child seen, views sought, and the child’s views",
        ]
        assert second[3:-1] == [
            "Health visiting Health visiting record",
            "Those of the named nurse",
            "Child A, mother",
            "Seen again in two weeks",
            "Yes Smiled",
            "Written the day after Author: Named nurse",
        ]
        assert page.link("Change the entry of Police on Friday 8 May 2026 at 09:05").endswith(
            "/part/chronology/2"
        )

    def test_gaps_stand_between_entries_in_words(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a", "2026-04-09 Police: b")
        page = chair.get(at)
        lines = [row[0] for row in table(page)]
        assert lines == [
            "No entry for 968 days: Tuesday 9 May 2023 to Wednesday 31 December 2025",
            "Thursday 1 January 2026",
            "No entry for 97 days: Friday 2 January 2026 to Wednesday 8 April 2026",
            "Thursday 9 April 2026",
        ]
        assert "2 gaps of more than 90 days in which nobody has an entry." in said(page)

    @pytest.mark.parametrize(
        ("gap", "count"), [("180", 1), ("90", 2), ("30", 2), ("7", 2), ("x", 2), ("", 2)]
    )
    def test_the_reader_chooses_how_long_a_gap_is(
        self, chair: Pages, at: str, store: Store, case: CaseRow, gap: str, count: int
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a", "2026-04-09 Police: b")
        page = chair.get(f"{at}?gap={gap}")
        assert len(page.all("tr", "waymark-gap")) == count

    def test_the_links_to_other_gaps_keep_the_agency(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a", "2026-04-09 Police: b")
        page = chair.get(f"{at}?agency=GP")
        assert page.link("more than 30 days") == f"{at}?agency=GP&gap=30"
        again = chair.get(f"{at}?agency=GP&gap=30")
        assert again.link("Every agency") == f"{at}?gap=30"

    def test_one_agency_has_its_own_entries_and_gaps(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(
            store,
            case,
            chair,
            "2026-01-01 GP: a",
            "2026-02-20 Police: b",
            "2026-05-01 gp: c",
        )
        page = chair.get(f"{at}?agency=gp")
        assert [row[0] for row in table(page)][1:] == [
            "Thursday 1 January 2026",
            "No entry for 119 days: Friday 2 January 2026 to Thursday 30 April 2026",
            "Friday 1 May 2026",
        ]
        assert "2 entries of 3" in said(page)

    def test_an_agency_without_entries(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        write(store, case, chair.account, "agency_request", "1", agency="School")
        add(store, case, chair, "2026-01-01 GP: a")
        assert "School has no entry yet." in said(chair.get(f"{at}?agency=School"))
        assert "School No entry yet." in said(chair.get(at))

    def test_overlaps_and_doubts_are_marked_in_words(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(
            store,
            case,
            chair,
            "2026-05-08 14:30 GP: a",
            "2026-05-08 14:30 Police: b",
            "2026-05-08 14:30 police: B",
            "2026-05-10 GP: c",
            "2020-05-10 GP: d",
        )
        page = chair.get(at)
        texts = {row[2] for row in table(page) if len(row) > 1}
        assert texts == {
            "a Same day and time as Police: may be about one event",
            "b Same day and time as GP: may be about one event",
            "B May be entered twice: same day, agency and words "
            "Same day and time as GP: may be about one event",
            "c After the incident",
            "d Older than the look-back",
        }
        glance = said(page)
        for line in (
            "On 1 day several agencies have an entry.",
            "1 entry may be entered twice.",
            "1 entry is dated after the incident.",
            "1 entry is older than the look-back.",
        ):
            assert line in glance

    def test_a_picture_for_each_agency_says_no_more_than_its_text(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a", "2026-04-09 Police: b")
        page = chair.get(at)
        pictures = [each for each in page.root.iter() if each.get("class") == "waymark-strip"]
        assert len(pictures) == 2
        assert {each.get("aria-hidden") for each in pictures} == {"true"}
        assert "1 entry, on Thursday 1 January 2026." in said(page)

    def test_without_a_date_of_the_incident_the_page_says_so(
        self, chair: Pages, store: Store
    ) -> None:
        case = new_case(store, chair.account, dates={})
        add(store, case, chair, "2026-01-01 GP: a")
        page = chair.get(f"/cases/{case.reference}/chronology")
        assert "The date of the incident is not known here" in said(page)

    def test_pages_of_two_hundred(self, chair: Pages, at: str, store: Store, case: CaseRow) -> None:
        rows = [
            ("chronology", str(n), {"date": "2026-05-01", "event": f"{n}", "agency": "GP"}, 0)
            for n in range(1, 402)
        ]
        store.write_all(case.id, rows, account=chair.account.id, rules="")
        for number, count in ((1, 200), (2, 200), (3, 1), (99, 1)):
            page = chair.get(f"{at}?page={number}&gap=30")
            lines = [row for row in table(page) if len(row) > 1]
            assert len(lines) == count
        first = chair.get(f"{at}?gap=30")
        assert "page 1 of 3" in said(first)
        assert first.link("3") == f"{at}?gap=30&page=3"

    def test_what_was_taken_out_is_not_among_them(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a", "2026-01-01 GP: b")
        kept = entries(store, case)[1]
        write(store, case, chair.account, "chronology", "2", **kept, taken_out="Another child")
        assert [row[2] for row in table(chair.get(at)) if len(row) > 1] == ["a"]

    def test_an_auditor_reads_but_neither_adds_nor_brings_in(
        self, signed_in_as: SignedInAs, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-01-01 GP: a")
        auditor = signed_in_as("auditor")
        page = auditor.get(at)
        texts = [words(link) for link in page.all("a")]
        assert "Add an entry" not in texts
        assert "Read the entry of GP on Thursday 1 January 2026" in texts
        auditor.get(f"{at}/import", 403)

    @pytest.mark.parametrize("page", ["", ".csv", "/import"])
    def test_nobody_sees_that_of_a_case_not_shared_with_them(
        self, signed_in_as: SignedInAs, at: str, page: str
    ) -> None:
        signed_in_as("chair").get(f"{at}{page}", 404)


class TestTakingAway:
    def test_the_file_holds_every_entry(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-04-09 14:30 Police: =b", "2026-01-01 GP: a, and more")
        response = chair.client.get(f"{at}.csv")
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.headers["Content-Disposition"] == (
            f'attachment; filename="{case.reference}-chronology.csv"'
        )
        assert response.headers["Cache-Control"] == "no-store"
        lines = response.data.decode("utf-8-sig").splitlines()
        assert lines[1:] == [
            '2026-01-01,,"a, and more",GP,,,,,,,,',
            "2026-04-09,14:30,'=b,Police,,,,,,,,",
        ]

    def test_of_one_agency(self, chair: Pages, at: str, store: Store, case: CaseRow) -> None:
        add(store, case, chair, "2026-04-09 Police: b", "2026-01-01 GP: a")
        link = chair.get(f"{at}?agency=Police").link("Take these entries away as a CSV file")
        assert len(chair.client.get(link).data.splitlines()) == 2

    def test_what_was_taken_away_is_known_when_it_comes_back(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-04-09 14:30 Police: =b", "2026-01-01 GP: a, and more")
        page = preview(chair, at, chair.client.get(f"{at}.csv").data)
        assert "2 entries look like ones already there" in said(page)
        take_in(chair, at, page)
        assert len(entries(store, case)) == 2

    def test_another_case_takes_it_in_letter_by_letter(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2026-04-09 14:30 Police: =b", "2026-01-01 GP: '-a\n\nc")
        other = new_case(store, chair.account)
        there = f"/cases/{other.reference}/chronology"
        take_in(chair, there, preview(chair, there, chair.client.get(f"{at}.csv").data))
        assert events(store, other) == ["'-a\n\nc", "=b"]


class TestBringingIn:
    def test_a_preview_first_then_all_of_it(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        page = preview(chair, at, TWO_CALLS)
        assert page.heading == "Check what is in the file"
        text = said(page)
        for line in (
            "2 entries, from Thursday 27 March 2025 to Friday 28 March 2025.",
            "Police: 1 entry. This case does not have this agency yet: check the spelling.",
            "No entry looks like one already there.",
        ):
            assert line in text
        assert entries(store, case) == []
        assert take_in(chair, at, page) == at
        assert "2 entries were taken in." in said(chair.get(at))
        assert events(store, case) == ["Call to the home", "Child A was absent"]

    def test_entries_of_a_file_are_versions_like_any_other(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        take_in(chair, at, preview(chair, at, TWO_CALLS))
        (entry,) = store.history(case.id, "chronology", "1")
        assert (entry.version, entry.account) == (1, chair.account.id)
        assert store.verify().faults == ()
        row = store.case(case.reference)
        assert row is not None
        assert row.stage

    def test_what_looks_like_an_entry_already_there_is_left_out(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2025-03-27 POLICE: call  to the home")
        page = preview(chair, at, TWO_CALLS)
        assert "1 entry looks like one already there" in said(page)
        take_in(chair, at, page)
        assert events(store, case) == ["call  to the home", "Child A was absent"]
        assert "1 entry was taken in. 1 was there already and left out." in said(chair.get(at))

    def test_or_taken_in_where_that_is_chosen(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        add(store, case, chair, "2025-03-27 Police: Call to the home")
        take_in(chair, at, preview(chair, at, TWO_CALLS), repeats="yes")
        assert len(entries(store, case)) == 3

    def test_sending_the_same_form_twice_takes_in_once(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        page = preview(chair, at, TWO_CALLS)
        take_in(chair, at, page)
        take_in(chair, at, page)
        assert len(entries(store, case)) == 2

    def test_the_agency_and_the_author_may_be_given_apart(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        page = preview(
            chair,
            at,
            "Date;Significant Event\n27/3/2025;Call\n",
            agency="Police",
            author=" Detective  sergeant ",
        )
        take_in(chair, at, page)
        (entry,) = entries(store, case)
        assert (entry["agency"], entry["author"]) == ("Police", "Detective sergeant")

    def test_what_is_odd_is_told_before_and_taken_in_all_the_same(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        row = "1/1/1999,,Older,GP\n"
        page = preview(chair, at, f"Name,Child A\n{HEAD}\n{row}{row}1/6/2026,,After,GP\n")
        text = said(page)
        for line in (
            "1 row above the names of the columns: not taken in.",
            "1 entry may stand in the file twice.",
            "1 entry dated after the incident.",
            "2 entries older than the look-back.",
        ):
            assert line in text
        take_in(chair, at, page)
        assert len(entries(store, case)) == 3

    def test_only_the_first_rows_are_shown(self, chair: Pages, at: str) -> None:
        page = preview(chair, at, HEAD + "\n" + "1/1/2026,,Call,GP\n" * 21)
        assert "The first 20 entries" in said(page)
        assert len(table(page)) == 20

    def test_every_fault_by_row_and_column_and_nothing_taken_in(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        page = refused(
            chair, at, f"{HEAD}\n27/3/2025,,Fine,GP\n31/2/2025,25:00,Call,GP\n1/1/2025,,,GP\n"
        )
        assert page.errors == ["Nothing was taken in. Mend 3 faults"]
        assert [words(each) for each in page.one("ul", "waymark-faults")] == [
            "Row 3, Date: “31/2/2025” is not a day of the calendar: enter a date such as 27/3/2025",
            "Row 3, Time: “25:00” is not a time: enter it on the 24 hour clock, such as 14:30, or "
            "leave it blank",
            "Row 4, What happened: enter what happened",
        ]
        assert entries(store, case) == []

    def test_one_fault_stands_in_the_summary_itself(self, chair: Pages, at: str) -> None:
        page = refused(chair, at, f"{HEAD}\nsome day,,Call,GP\n")
        assert page.errors == [
            "Nothing was taken in. Row 2, Date: “some day” is not a date: enter one such as "
            "27/3/2025"
        ]

    def test_of_very_many_faults_the_first_are_listed(self, chair: Pages, at: str) -> None:
        page = refused(chair, at, f"{HEAD}\n" + "x,,Call,GP\n" * 501)
        assert len(page.one("ul", "waymark-faults")) == 500
        assert "And 1 more." in said(page)

    @pytest.mark.parametrize("file", [b"", None])
    def test_without_a_file(self, chair: Pages, at: str, file: bytes | None) -> None:
        if file is None:
            page = chair.post_wrongly(f"{at}/import", agency="GP")
        else:
            page = refused(chair, at, file)
        assert page.errors == ["Choose a file that is not empty"]

    def test_a_file_of_four_megabytes_is_read_and_a_larger_one_is_not(
        self, chair: Pages, at: str
    ) -> None:
        head = f"{HEAD}\n1/1/2026,,Call,GP\n".encode()
        preview(chair, at, head + b"\n" * (4_000_000 - len(head)))
        page = refused(chair, at, b"a" * 4_000_001)
        assert "larger than 4 MB" in page.errors[0]
        assert send(chair, at, b"a" * 4_300_000).status_code == 413

    def test_a_long_file_comes_through_whole(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        """Longer, packed, than a form may be elsewhere on the site."""
        rows = [f"1/1/2026,,{number * 7919**12:x},GP\n" for number in range(1, 19_000)]
        page = preview(chair, at, f"{HEAD}\n{''.join(rows)}")
        assert len(hidden(page)["kept"]) > 500_000
        take_in(chair, at, page)
        assert len(entries(store, case)) == len(rows)

    def test_a_chronology_has_an_end(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        rows = [
            ("chronology", str(n), {"date": "2026-05-01", "event": f"{n}", "agency": "GP"}, 0)
            for n in range(1, 20_000)
        ]
        store.write_all(case.id, rows, account=chair.account.id, rules="")
        page = refused(chair, at, TWO_CALLS)
        assert "There are 19,999 now, and 2 in the file" in page.errors[0]

    def test_two_people_at_once_and_nothing_is_lost(
        self,
        chair: Pages,
        at: str,
        store: Store,
        case: CaseRow,
        somebody_first: SomebodyFirst,
    ) -> None:
        page = preview(chair, at, TWO_CALLS)
        somebody_first(
            lambda: add(
                store,
                case,
                chair,
                "2025-01-01 GP: somebody else",
                "2025-03-27 Police: call to the home",
            ),
        )
        take_in(chair, at, page)
        assert events(store, case) == ["somebody else", "call to the home", "Child A was absent"]

    @pytest.mark.parametrize(
        "kept", ["", "ä", "====", "AAAA", _pack(b"x" * 4_000_001), _pack(b"Date\nx\n")]
    )
    def test_what_is_sent_at_the_second_step_is_not_trusted(
        self, chair: Pages, at: str, store: Store, case: CaseRow, kept: str
    ) -> None:
        form = chair.get(f"{at}/import")
        page = chair.post_wrongly(f"{at}/import/take-in", form, kept=kept)
        assert page.errors[0].startswith("Nothing was taken in. ")
        assert entries(store, case) == []

    def test_half_of_what_was_packed_is_not_taken_for_all(
        self, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        kept = hidden(preview(chair, at, HEAD + "\n" + "1/1/2026,,Call,GP\n" * 2000))["kept"]
        form = chair.get(f"{at}/import")
        half = kept[: len(kept) // 8 * 4]
        chair.post_wrongly(f"{at}/import/take-in", form, kept=half)
        assert entries(store, case) == []

    def test_a_panel_member_may_bring_in(
        self, signed_in_as: SignedInAs, at: str, store: Store, case: CaseRow
    ) -> None:
        member = signed_in_as("panel member", agency="Police")
        store.share(case.id, member.account.id)
        own = TWO_CALLS.replace("School", " police")
        take_in(member, at, preview(member, at, own))
        assert len(entries(store, case)) == 2

    def test_but_only_what_is_of_their_own_agency(
        self, signed_in_as: SignedInAs, at: str, store: Store, case: CaseRow
    ) -> None:
        member = signed_in_as("panel member", agency="Housing")
        store.share(case.id, member.account.id)
        form = member.get(f"{at}/import")
        kept = _pack(TWO_CALLS.encode())
        page = member.post_wrongly(f"{at}/import/take-in", form, kept=kept)
        assert "The file has 2 of another agency, such as “Police”" in page.errors[0]
        assert entries(store, case) == []

    def test_a_panel_member_adds_and_changes_entries_of_their_own_agency_only(
        self, signed_in_as: SignedInAs, chair: Pages, at: str, store: Store, case: CaseRow
    ) -> None:
        member = signed_in_as("panel member", agency="Police")
        store.share(case.id, member.account.id)
        new = f"/cases/{case.reference}/part/chronology/new"
        day = {"date-day": "1", "date-month": "5", "date-year": "2026", "event": "A visit"}
        form = member.get(new)
        page = member.post_wrongly(new, form, **day, agency="School")
        assert page.errors == ["Your account writes for “Police”: enter that as the agency"]
        member.post(new, form, **day, agency="police")
        chair.post(new, chair.get(new), **day, agency="School")
        assert len(entries(store, case)) == 2
        theirs = f"/cases/{case.reference}/part/chronology/2"
        data = {"csrf_token": form.token, **day, "agency": "Police", "seen_versions": ""}
        assert member.client.post(theirs, data=data).status_code == 403
        assert not member.get(theirs).all("textarea")
        links = [words(link) for link in member.get(at).all("a")]
        assert [
            text for text in links if text.startswith(("Change the entry", "Read the entry"))
        ] == [
            "Change the entry of police on Friday 1 May 2026",
            "Read the entry of School on Friday 1 May 2026",
        ]

    def test_an_auditor_may_not(self, signed_in_as: SignedInAs, chair: Pages, at: str) -> None:
        kept = hidden(preview(chair, at, TWO_CALLS))
        auditor = signed_in_as("auditor")
        token = auditor.get(at).token
        response = auditor.client.post(f"{at}/import/take-in", data={**kept, "csrf_token": token})
        assert response.status_code == 403
