"""A chronology as a CSV file: nothing is lost on the way out and back, and faults are named."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webforms.chair import chronology_csv
from webforms.chair.chronology_cells import kept_date, kept_seen, kept_time
from webforms.chair.chronology_columns import COLUMNS
from webforms.chair.chronology_csv import MOST_BYTES, MOST_ROWS, Missing, Reading
from webforms.chair.parts import form_fields
from webforms.chair.parts.agencies import CHRONOLOGY

TODAY = date(2026, 6, 10)
HEAD = "Date,Time,What happened,Agency"

# The names that the local form gives its columns, shortened as people do who type them.
OF_THE_FORM = (
    "Date (dd/mm/yyyy)",
    "Time 24hr",
    "Significant Event",
    "AGENCY",
    "Whose Professional/Agency records?",
    "Who was involved",
    "Decisions/Outcome",
    "Child seen/views sought (Yes/No)",
    "Author comments",
)


def read(text: str | bytes, **missing: str) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return chronology_csv.read(data, TODAY, Missing(**missing))


def faults(text: str | bytes, **missing: str) -> list[str]:
    found = read(text, **missing)
    return [str(each) for each in found.faults]


def entry(**values: str) -> dict[str, str]:
    return dict.fromkeys((ask.id for ask in CHRONOLOGY.asks), "") | values


def kept(text: str) -> str:
    """A text as a case keeps it."""
    return text.replace("\r\n", "\n").strip()


# Whatever can be typed, and often what a spreadsheet or a CSV file would stumble over.
AWKWARD = st.text(st.sampled_from("=+-@'\",;\t\r\n|\u2028\ufeffÿé’a "), max_size=12)
TYPED = (
    AWKWARD
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
).map(kept)
WRITTEN = TYPED.filter(bool)
ENTRIES = st.fixed_dictionaries(
    {
        "date": st.dates(date(1900, 1, 1), TODAY).map(date.isoformat),
        "time": st.just("") | st.times().map(lambda time: f"{time:%H:%M}"),
        "event": WRITTEN,
        "agency": WRITTEN,
        "records": TYPED,
        "source": TYPED,
        "involved": TYPED,
        "outcome": TYPED,
        "seen": st.sampled_from(["", "yes", "no", "not known"]),
        "views": TYPED,
        "comments": TYPED,
        "author": TYPED,
    }
)


class TestOutAndBack:
    @given(entries=st.lists(ENTRIES, min_size=1, max_size=6))
    def test_nothing_is_lost(self, entries: list[dict[str, str]]) -> None:
        found = read(chronology_csv.write(entries))
        assert found.faults == ()
        assert [dict(each) for each in found.rows] == entries

    @given(entries=st.lists(ENTRIES, min_size=1, max_size=6))
    def test_no_cell_is_a_formula(self, entries: list[dict[str, str]]) -> None:
        text = chronology_csv.write(entries).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert len(row) == len(COLUMNS)
            assert not [cell for cell in row if cell[:1] and cell[0] in "=+-@\t\r\n"]

    def test_a_spreadsheet_sees_what_it_is(self) -> None:
        data = chronology_csv.write([entry(date="2025-03-27", event="Café’s call", seen="yes")])
        assert data.startswith(b"\xef\xbb\xbfDate,Time,What happened,Agency,")
        assert data.decode().splitlines()[1] == "2025-03-27,,Café’s call,,,,,,Yes,,,"

    def test_there_is_a_column_for_every_field_of_the_form(self) -> None:
        assert {column.ask for column in COLUMNS} == {ask.id for ask in CHRONOLOGY.asks}
        of_rows = {
            field for field, part, _ in form_fields("appendix_6") if part.id == CHRONOLOGY.id
        }
        # The author, and the agency that shares it, stand in the head of the form.
        assert len(of_rows - {"author", "agency"}) == 9


class TestColumns:
    def test_in_any_order_and_case(self) -> None:
        found = read("AGENCY,what happened,date\nGP,Seen,27/3/2025\n")
        assert found.faults == ()
        assert [dict(each) for each in found.rows] == [
            entry(date="2025-03-27", event="Seen", agency="GP")
        ]

    def test_under_the_names_of_the_local_form(self) -> None:
        out = io.StringIO()
        csv.writer(out).writerows(
            [
                OF_THE_FORM,
                ["27/03/25", "14:30", "Call", "Police", "PC’s own", "Mother", "None", "No", "Late"],
            ]
        )
        found = read(out.getvalue())
        assert found.faults == ()
        assert [dict(each) for each in found.rows] == [
            entry(
                date="2025-03-27",
                time="14:30",
                event="Call",
                agency="Police",
                source="PC’s own",
                involved="Mother",
                outcome="None",
                seen="no",
                comments="Late",
            )
        ]

    def test_the_names_of_a_file_that_was_written_before_are_still_known(self) -> None:
        found = read(
            f"{HEAD},Whose records,Decisions and outcome,Kind of record\n"
            "27/3/2025,,Call,Police,PC’s own,Told to leave,Police log\n"
        )
        assert found.faults == ()
        assert [dict(each) for each in found.rows] == [
            entry(
                date="2025-03-27",
                event="Call",
                agency="Police",
                records="Police log",
                source="PC’s own",
                outcome="Told to leave",
            )
        ]

    def test_the_head_of_the_form_above_them_is_passed_over(self) -> None:
        found = read(f"Name:,Child A\n\nAgency:,Police\n{HEAD}\n27/3/2025,,Call,Police\n")
        assert found.faults == ()
        assert (len(found.rows), found.above) == (1, 2)

    def test_a_name_that_is_not_known(self) -> None:
        (fault,) = faults(f"{HEAD},Shoe size\n27/3/2025,,Call,Police,9\n")
        assert fault.startswith("Row 1, Shoe size: no column has this name")

    def test_a_column_that_is_there_twice(self) -> None:
        assert faults(f"{HEAD},date\n") == ["Row 1, Date: this column is there twice: keep one"]

    def test_columns_that_are_not_there(self) -> None:
        assert faults("Time,Author\n14:30,Nurse\n") == [
            "Row 1, Date: this column is not there: add it",
            "Row 1, What happened: this column is not there: add it",
            "Row 1, Agency: this column is not there: add it",
        ]

    def test_an_agency_given_apart_stands_for_a_column(self) -> None:
        found = read("Date,Event\n27/3/2025,Call\n", agency="Police", author="Sergeant")
        assert found.faults == ()
        assert (found.rows[0]["agency"], found.rows[0]["author"]) == ("Police", "Sergeant")

    def test_what_the_file_says_goes_before_what_was_given_apart(self) -> None:
        found = read(f"{HEAD}\n27/3/2025,,Call,GP\n27/3/2025,,Call,\n", agency="Police")
        assert [each["agency"] for each in found.rows] == ["GP", "Police"]

    def test_an_empty_column_without_a_name_does_no_harm(self) -> None:
        assert faults(f"{HEAD},\n27/3/2025,,Call,GP,\n") == []

    def test_a_text_beyond_the_columns_is_not_lost_in_silence(self) -> None:
        (fault,) = faults(f"{HEAD}\n27/3/2025,,Call,GP,and more\n")
        assert fault.startswith("Row 2: “and more” stands in a column without a name")


class TestSeparatorsAndLetters:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_separators(self, separator: str) -> None:
        rows = [HEAD.split(","), ["27/3/2025", "14.30", "a, b; c", "GP"]]
        out = io.StringIO()
        csv.writer(out, delimiter=separator).writerows(rows)
        found = read(out.getvalue())
        assert found.faults == ()
        assert found.rows[0]["event"] == "a, b; c"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_letters(self, encoding: str) -> None:
        found = read(f"{HEAD}\n27/3/2025,,Chloë’s café – £5,GP\n".encode(encoding))
        assert found.rows[0]["event"] == "Chloë’s café – £5"

    @pytest.mark.parametrize(
        "data", [b"PK\x03\x04\0\0", HEAD.encode("utf-16"), b"\x81\x8d\x8f,\xff"]
    )
    def test_what_is_no_csv_file(self, data: bytes) -> None:
        assert faults(data) == ["This is not a CSV file that we can read: save it as “CSV UTF-8”"]

    @pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n,,\n", b"\xef\xbb\xbf"])
    def test_an_empty_file(self, data: bytes) -> None:
        assert faults(data) == ["The file is empty"]

    def test_a_file_of_nothing_but_names(self) -> None:
        assert faults(f"{HEAD}\n\n") == ["The file has no row below the names of its columns"]

    @pytest.mark.parametrize("text", ['27/3/2025,,"Call,GP', '27/3/2025,,"Call" me,GP'])
    def test_quotation_marks_that_do_not_match(self, text: str) -> None:
        (fault,) = faults(f"{HEAD}\n26/3/2025,,Fine,GP\n{text}\n")
        assert fault.startswith("Row 3: the quotation marks do not match")

    def test_a_cell_far_too_long(self) -> None:
        (fault,) = faults(f"{HEAD}\n27/3/2025,,{'a' * 200_000},GP\n")
        assert fault.startswith("Row 2: ")

    def test_a_file_too_large(self) -> None:
        assert faults(b"a" * (MOST_BYTES + 1)) == ["The file is larger than 4 MB: divide it"]

    def test_too_many_rows(self) -> None:
        row = "27/3/2025,,Call,GP\n"
        assert len(read(f"{HEAD}\n{row * MOST_ROWS}").rows) == MOST_ROWS
        (fault,) = faults(f"{HEAD}\n{row * (MOST_ROWS + 1)}")
        assert fault == "The file has more than 20,000 rows: divide it"

    @given(data=st.binary(max_size=200) | AWKWARD.map(str.encode))
    def test_whatever_is_sent_is_read_or_found_at_fault(self, data: bytes) -> None:
        for sent in (data, HEAD.encode() + b"\n" + data):
            found = read(sent)
            assert bool(found.rows) or bool(found.faults)


class TestFaults:
    def test_each_is_told_by_row_and_column_and_what_to_mend(self) -> None:
        assert faults(
            f"{HEAD},Child seen\n"
            "31/2/2025,25:00,Call,GP,maybe\n"
            '26/3/2025,,"over two\nlines",GP,yes\n'
            "\n"
            ",14:30,,,\n"
        ) == [
            "Row 2, Date: “31/2/2025” is not a day of the calendar: enter a date such as 27/3/2025",
            "Row 2, Time: “25:00” is not a time: enter it on the 24 hour clock, such as 14:30, or "
            "leave it blank",
            "Row 2, Child seen and views sought: “maybe” is no answer: enter yes, no or not known",
            "Row 5, Date: enter the date of the event",
            "Row 5, What happened: enter what happened",
            "Row 5, Agency: enter the agency",
        ]

    def test_a_text_that_is_too_long(self) -> None:
        (fault,) = faults(f"{HEAD}\n27/3/2025,,{'a' * 12_001},GP\n")
        assert fault.startswith("Row 2, What happened: ")
        assert fault.endswith("must be 12,000 characters or fewer: take out 1")

    def test_a_long_cell_is_named_by_its_beginning(self) -> None:
        (fault,) = faults(f"{HEAD}\n{'long ago ' * 20},,Call,GP\n")
        assert len(fault) < 120


class TestCells:
    @pytest.mark.parametrize(
        "typed",
        [
            "27/3/2025",
            "27/03/2025",
            "27.3.2025",
            "27-3-2025",
            "2025-03-27",
            "2025/3/27",
            "27 March 2025",
            "27 mar 2025",
            "27-Mar-25",
            "27th March 2025",
            "Thursday 27 March 2025",
            "Thursday, 27 March, 2025",
            "27/3/25",
            "27/03/2025 00:00",
            "27/03/2025 00:00:00",
            "2025-03-27T00:00:00",
        ],
    )
    def test_days(self, typed: str) -> None:
        assert kept_date(typed, TODAY) == "2025-03-27"

    @pytest.mark.parametrize("typed", ["27/3/1899", "0999-03-27", "27/3/2077", "9999-12-31"])
    def test_a_year_that_must_be_a_slip(self, typed: str) -> None:
        with pytest.raises(ValueError, match="must have a year from 1900 to 2076"):
            kept_date(typed, TODAY)

    @pytest.mark.parametrize(
        "typed",
        [
            "29/2/2025",
            "3/27/2025",
            "0/1/2025",
            "27/3",
            "March 2025",
            "2025",
            "27/3/999",
            "27 Marz 2025",
            "27/03/2025 14:30",
            "٢٧/3/2025",
            "27/3/20255",
            "not known",
        ],
    )
    def test_what_is_no_day(self, typed: str) -> None:
        with pytest.raises(ValueError, match="is not a"):
            kept_date(typed, TODAY)

    def test_two_figures_for_a_year_only_where_the_century_is_beyond_doubt(self) -> None:
        assert kept_date("1/1/26", TODAY) == "2026-01-01"
        with pytest.raises(ValueError, match="two centuries"):
            kept_date("1/1/27", TODAY)

    @pytest.mark.parametrize(
        ("typed", "time"),
        [
            ("14:30", "14:30"),
            ("14.30", "14:30"),
            ("9:05", "09:05"),
            ("14:30:59", "14:30"),
            ("00:00", "00:00"),
            ("Not known", ""),
        ],
    )
    def test_times(self, typed: str, time: str) -> None:
        assert kept_time(typed) == time

    @pytest.mark.parametrize("typed", ["24:00", "14:60", "2pm", "1430", "14:3", "evening"])
    def test_what_is_no_time(self, typed: str) -> None:
        with pytest.raises(ValueError, match="is not a time"):
            kept_time(typed)

    @pytest.mark.parametrize(
        ("typed", "seen"),
        [
            ("YES", "yes"),
            ("y", "yes"),
            ("No", "no"),
            ("N", "no"),
            ("not known", "not known"),
            ("Not known yet", "not known"),
            ("NOT  KNOWN", "not known"),
        ],
    )
    def test_whether_the_child_was_seen(self, typed: str, seen: str) -> None:
        assert kept_seen(typed) == seen

    @pytest.mark.parametrize("typed", ["Yes/No", "maybe", "nothing", "true", "1"])
    def test_what_is_no_answer(self, typed: str) -> None:
        with pytest.raises(ValueError, match="is no answer"):
            kept_seen(typed)

    @pytest.mark.parametrize(
        ("cell", "seen", "views"),
        [
            ("Yes: likes school", "yes", "likes school"),
            ("yes - likes school", "yes", "likes school"),
            ("No. Asleep; not woken", "no", "Asleep; not woken"),
            ("Not known, the record does not say", "not known", "the record does not say"),
            ("No", "no", ""),
        ],
    )
    def test_the_form_has_one_field_for_that_and_the_childs_views(
        self, cell: str, seen: str, views: str
    ) -> None:
        found = read(f'Date,Event,Agency,Child seen/views sought\n27/3/2025,a,GP,"{cell}"\n')
        assert (found.rows[0]["seen"], found.rows[0]["views"]) == (seen, views)

    def test_views_in_both_places_are_both_kept(self) -> None:
        text = 'Date,Event,Agency,Seen,Views\n27/3/2025,a,GP,Yes: shy,"Smiled"\n'
        assert read(text).rows[0]["views"] == "shy\nSmiled"
