"""The PDF, Word file and page of a record: well made, alike, and safe from what is typed."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webforms.documents import pdf, word
from webforms.documents.record import build

from . import samples
from .reading import html, places_in_pdf, plain, words_of_pdf, words_of_word
from .reading import word as opened
from .samples import record

HEADINGS = [part["heading"] for part in record()["sections"]]

HOSTILE = {
    "typst markup": '= Title *bold* $x$ #strong[a] @label <label> `raw` \\ // comment #"',
    "typst code": '#eval("1+1") #panic("stop") #read("/etc/passwd") #let x = 1 #sys.version',
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; </p></table> {{ 7*7 }}",
    "XML": "]]> <w:p/> <?pi?> &#0; &lt;",
    "a long word": "x" * 600,
    "emoji": "😀👩🏽‍⚕️🇬🇧 ✓ ☐ ⚠️",
    "right to left": "שלום מרחב العربية 123 \u202eevil",
    "many scripts": "日本語 한국어 ไทย हिन्दी ქართული Ελληνικά Кириллица ʘ ꙮ 𐍈 \ue000",
    "controls": "\x00\x01\x0b\x0c\x1b[31m\x7f\x85\ud800\ufffe\U0010ffff",
    "combining": "Z̴̢̛͍a̷͓̔l̸͎͝g̴̗̿o̵͖̅ \u0301 \u200d\u200b\ufeff",
    "blank lines": "\n\n\n   \n\t\n",
}


def steps_of_the_sample() -> list[tuple[str, str, str]]:
    """What must be legible of each step: what to do, by when, how strongly."""
    made: list[tuple[str, str, str]] = []
    part = next(part for part in record()["sections"] if part["id"] == "what-to-do")
    for block in part["blocks"]:
        if block["kind"] == "table":
            made += [(row[0]["text"], row[2]["text"], row[3]["text"]) for row in block["rows"]]
    return made


def only_notes(notes: str) -> dict[str, Any]:
    """A record without the sections that are the same for all notes, and slow to print."""
    made = record(notes)
    made["sections"] = [part for part in made["sections"] if part["id"] in ("notes", "decision")]
    return made


def in_order(words: str, parts: list[str]) -> bool:
    place = 0
    for part in parts:
        place = words.find(plain(part), place)
        if place < 0:
            return False
        place += len(part)
    return True


# PDF


def test_the_pdf_is_tagged_titled_and_in_british_english() -> None:
    made = pdf.render(record())
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/Lang ?\(en-GB\)", made)
    assert b"pdfuaid:part>1<" in made.replace(b"\n", b"")
    assert b"Record of advice: Should this be referred?" in made
    assert b"/Author" not in made


def test_the_pdf_has_the_date_of_the_record_and_the_same_bytes_every_time() -> None:
    made = pdf.render(record("notes"))
    dates = re.findall(rb"\(D:(\d{14})|<xmp:(?:Create|Modify)Date>([0-9T:-]{19})", made)
    assert set(dates) == {(b"20250102150405", b""), (b"", b"2025-01-02T15:04:05")}
    assert pdf.render(record("notes")) == made
    assert pdf.render(record("others")) != made


def test_the_pdf_has_the_sections_in_order_and_every_step() -> None:
    words = words_of_pdf(record())
    assert in_order(words, HEADINGS)
    for do, by, strength in steps_of_the_sample():
        assert plain(do) in words
        assert plain(by) in words
        assert strength in words
    assert samples.ROUTE.title in words


def test_a_hash_can_be_copied_from_the_pdf() -> None:
    assert record()["digest"] in words_of_pdf(record())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_typed_stays_text_in_the_pdf(text: str) -> None:
    assert in_order(words_of_pdf(record(text)), HEADINGS)
    words = words_of_pdf(only_notes(text))
    assert in_order(words, ["Notes", "The decision"])
    if text.isascii() and text.isprintable():
        assert plain(text).replace(" ", "") in words.replace(" ", "")


def test_no_word_leaves_the_pages() -> None:
    made = record(" ".join(["W" * 300, "x" * 24, "é" * 200, "日" * 90, "m" * 64]))
    for left, right in places_in_pdf(made):
        assert left > 60
        assert right < 596 - 60


def test_letters_that_no_font_has_are_named() -> None:
    words = words_of_pdf(record("Seen 😀 then 日本語版 and שלום"))
    assert "Seen [grinning face] then [4 characters that this PDF cannot show] and" in words
    assert "שלום" in words or "םולש" in words


# Word


def test_the_word_file_has_a_title_a_language_and_no_author() -> None:
    document = opened(word.render(record()))
    about = document.core_properties
    assert about.title == "Record of advice: Should this be referred?"
    assert about.language == "en-GB"
    assert about.author == about.last_modified_by == about.comments == ""
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == samples.MADE
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_the_word_file_has_real_headings_in_order() -> None:
    document = opened(word.render(record()))
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name in ("Heading 1", "Heading 2")
    ]
    assert headings == [
        ("Heading 1", "Record of advice: Should this be referred?"),
        *(("Heading 2", heading) for heading in HEADINGS),
    ]


def test_every_table_of_the_word_file_has_a_marked_header_row_and_a_caption() -> None:
    document = opened(word.render(record()))
    assert len(document.tables) == 12
    for table in document.tables:
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rest)
        caption = table._tbl.getprevious()
        assert caption.pPr.pStyle.val == "Caption"


def test_the_word_file_has_the_same_bytes_every_time() -> None:
    made = word.render(record("notes"))
    assert word.render(record("notes")) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_the_word_file_counts_its_pages_under_the_running_head() -> None:
    section = opened(word.render(record())).sections[0]
    assert section.header.paragraphs[0].text.startswith("Waymark record: advice, not a decision")
    fields = [node.get(qn("w:instr")) for node in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_typed_stays_text_in_the_word_file(text: str) -> None:
    document = opened(word.render(record(text)))
    words = words_of_word(document)
    assert in_order(words, HEADINGS)
    if text.isascii() and text.isprintable():
        assert plain(text) in words


# The page


def parsed(record: dict[str, Any]) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html(record))


def test_the_page_is_valid_and_its_headings_go_down_one_by_one() -> None:
    page = parsed(record())
    levels = [int(node.tag[1]) for node in page.iter() if re.fullmatch("h[1-6]", str(node.tag))]
    assert levels[:2] == [1, 2]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert [node.text for node in page.iter("h2")] == HEADINGS


def test_the_page_has_tables_with_captions_and_scopes() -> None:
    tables = list(parsed(record()).iter("table"))
    assert len(tables) == 12
    for table in tables:
        assert table.find("caption") is not None
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
        assert all(row.find("th") is not None for row in table.iter("tr"))


def test_the_page_has_no_inline_style_and_no_id_twice() -> None:
    nodes = list(parsed(record("notes")).iter())
    ids = [node.get("id") for node in nodes if node.get("id")]
    assert len(ids) == len(set(ids))
    assert not [node for node in nodes if node.get("style") or node.tag in ("style", "script")]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_typed_stays_text_on_the_page(text: str) -> None:
    page = parsed(record(text))
    assert [node.text for node in page.iter("h2")] == HEADINGS
    assert not list(page.iter("script"))
    assert not list(page.iter("img"))
    if text.isascii() and text.isprintable():
        assert plain(text) in plain("".join(page.itertext()))


# All three


def test_all_three_say_the_same_about_the_steps() -> None:
    made = record("My notes.")
    told = (
        words_of_pdf(made),
        words_of_word(opened(word.render(made))),
        plain("".join(parsed(made).itertext())),
    )
    for words in told:
        assert in_order(words, [*HEADINGS[:3], samples.ROUTE.title, *HEADINGS[3:]])
        for do, by, _ in steps_of_the_sample():
            assert plain(do) in words
            assert plain(by) in words


def test_a_record_without_a_recommendation_is_printed_too() -> None:
    made = build(samples.FAULTY, samples.EXPLANATION, samples.MAP, "", samples.MADE)
    for words in (
        words_of_pdf(made),
        words_of_word(opened(word.render(made))),
        plain("".join(parsed(made).itertext())),
    ):
        assert "No recommendation was given" in words
        assert "Steps, in order" not in words


@given(notes=st.text(st.characters(codec=None), max_size=400))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_can_be_typed_breaks_a_document(notes: str) -> None:
    made = only_notes(notes)
    assert pdf.render(made).startswith(b"%PDF-")
    assert "Decision made by (role)" in words_of_word(opened(word.render(made)))
    assert [node.text for node in parsed(made).iter("h2")] == ["Notes", "The decision"]
