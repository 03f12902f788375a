"""The record as a Word document: real headings, header rows that repeat, British English.

It can be edited, because the person who decides completes it. The same record gives the same
bytes.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import _Cell

from webforms.documents.word_page import packed, page, properties, styles, text_width
from webforms.documents.word_xml import border, element, rule, small, styled


def render(record: dict[str, Any]) -> bytes:
    """The Word file of a record that `record.build` made."""
    document = Document()
    properties(document, record)
    styles(document, record)
    page(document, record)
    styled(document.add_paragraph(record["title"]), "Heading1")
    if record["marking"]:
        document.add_paragraph().add_run(record["marking"]).bold = True
    for section in record["sections"]:
        heading = styled(document.add_paragraph(section["heading"]), "Heading2")
        heading.paragraph_format.page_break_before = section.get("new_page") or None
        for block in section["blocks"]:
            _WRITERS[block["kind"]](document, block)
    return packed(document)


# One writer for each kind of block


def _paragraph(document: WordDocument, block: dict[str, Any]) -> None:
    paragraph = document.add_paragraph(block["text"])
    paragraph.paragraph_format.keep_with_next = block["leads"] or None
    before = paragraph._p.getprevious()
    if before is not None and before.tag == qn("w:tbl"):
        paragraph.paragraph_format.space_before = Pt(8)


def _headline(document: WordDocument, block: dict[str, Any]) -> None:
    label = document.add_paragraph(block["label"])
    label.paragraph_format.keep_with_next = True
    label.paragraph_format.space_after = Pt(2)
    line = document.add_paragraph()
    run = line.add_run(block["text"])
    run.bold, run.font.size = True, Pt(16)
    line.paragraph_format.space_after = Pt(10)
    # One frame around both: Word joins neighbours whose borders are alike.
    label.paragraph_format.space_before = Pt(12)
    for paragraph in (label, line):
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.3)
        border(paragraph, "top", "left", "bottom", "right", size=18, space=8)


def _notice(document: WordDocument, block: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{block['label']}: ").bold = True
    paragraph.add_run(block["text"])
    paragraph.paragraph_format.left_indent = Cm(0.4)
    border(paragraph, "left", size=36, space=8)


def _subheading(document: WordDocument, block: dict[str, Any]) -> None:
    styled(document.add_paragraph(block["text"]), "Heading3")


def _facts(document: WordDocument, block: dict[str, Any]) -> None:
    # A short one is kept on one page.
    short = sum(len(row["value"]) for row in block["rows"]) <= 700
    last = len(block["rows"]) - 1
    for place, row in enumerate(block["rows"]):
        paragraph = document.add_paragraph()
        stop = "" if row["label"].endswith("?") else ":"
        paragraph.add_run(f"{row['label']}{stop} ").bold = True
        paragraph.add_run(row["value"])
        paragraph.paragraph_format.space_after = Pt(3)
        kept = block["leads"] or (short and place < last)
        paragraph.paragraph_format.keep_with_next = kept or None


def _list(document: WordDocument, block: dict[str, Any]) -> None:
    style = "ListNumber" if block["ordered"] else "ListBullet"
    for entry in block["entries"]:
        styled(document.add_paragraph(entry["text"]), style)
        for line in entry["under"]:
            styled(document.add_paragraph(line), "ListBullet2")


def _table(document: WordDocument, block: dict[str, Any]) -> None:
    styled(document.add_paragraph(block["caption"]), "Caption")
    columns = block["columns"]
    headings = [{"text": column["heading"], "strong": True, "small": []} for column in columns]
    rows = [headings, *block["rows"]]
    table = document.add_table(rows=len(rows), cols=len(columns))
    table.autofit = False
    rule(table)
    whole = text_width(document)
    widths = [Emu(whole * column["share"] // 100) for column in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (row, contents) in enumerate(zip(table.rows, rows, strict=True)):
        # A row that might not fit on a page may go over its end; the others are kept whole.
        if place == 0 or not block["long"][place - 1]:
            kind = "w:tblHeader" if place == 0 else "w:cantSplit"
            row._tr.get_or_add_trPr().append(element(kind))
        for cell, content, width in zip(row.cells, contents, widths, strict=True):
            cell.width = width
            _fill(cell, content)


def _fill(cell: _Cell, content: dict[str, Any]) -> None:
    paragraph = styled(cell.paragraphs[0], "TableText")
    paragraph.add_run(content["text"]).bold = content["strong"] or None
    for line in content["small"]:
        small(styled(cell.add_paragraph(), "TableText"), line)


def _blank(document: WordDocument, block: dict[str, Any]) -> None:
    label = document.add_paragraph()
    label.add_run(block["label"]).bold = True
    label.paragraph_format.space_before = Pt(12)
    label.paragraph_format.keep_with_next = True
    _lines(document, block["lines"], stays=True)


def _form_field(document: WordDocument, block: dict[str, Any]) -> None:
    styled(document.add_paragraph(block["label"]), "Heading3")
    if block["hint"]:
        hint = document.add_paragraph()
        small(hint, block["hint"])
        hint.paragraph_format.keep_with_next = True
    for text in block["paragraphs"]:
        document.add_paragraph(text)
    _lines(document, block["lines"])


def _lines(document: WordDocument, count: int, stays: bool = False) -> None:
    """Lines to write on, which stay together; with `stays`, with those of the next label too."""
    width = Emu(text_width(document))
    for place in range(count):
        # A tab filled with a line: typing on it pushes the line along.
        line = document.add_paragraph("\t")
        line.paragraph_format.space_before = Pt(10)
        line.paragraph_format.keep_with_next = place < count - 1 or stays
        line.paragraph_format.tab_stops.add_tab_stop(
            width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
        )


_WRITERS = {
    "paragraph": _paragraph,
    "headline": _headline,
    "notice": _notice,
    "subheading": _subheading,
    "facts": _facts,
    "list": _list,
    "table": _table,
    "blank": _blank,
    "field": _form_field,
}
