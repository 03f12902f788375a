"""The record as a Word document: real headings, header rows that repeat, British English.

It can be edited, because the person who decides completes it. The same record gives the same
bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

_FONT = "Arial"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_QUIET = RGBColor(0x50, 0x5A, 0x5F)
_SMALL = Pt(9)
_TEXT_WIDTH = Cm(16.6)  # A4 less the margins
_MARGIN = Cm(2.2)
# The oldest date that a zip file can hold: the container says nothing about when it was written.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def render(record: dict[str, Any]) -> bytes:
    """The Word file of a record that `record.build` made."""
    document = Document()
    _properties(document, record)
    _styles(document)
    _page(document, record)
    _styled(document.add_paragraph(record["title"]), "Heading1")
    for section in record["sections"]:
        _styled(document.add_paragraph(section["heading"]), "Heading2")
        for block in section["blocks"]:
            _WRITERS[block["kind"]](document, block)
    return _packed(document)


# The document as a whole


def _properties(document: WordDocument, record: dict[str, Any]) -> None:
    made = datetime.fromisoformat(record["made"])
    # Word reads these dates as UTC; a time without a zone is taken as it stands.
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    about = document.core_properties
    about.title = record["title"]
    about.subject = record["running_head"]
    about.identifier = record["digest"]
    about.language = record["language"]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = made
    about.revision = 1


def _styles(document: WordDocument) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "en-GB")
    theme_language = document.settings.element.find(qn("w:themeFontLang"))
    if theme_language is not None:
        theme_language.set(qn("w:val"), "en-GB")
    for name, size, before, after in (
        ("Normal", 10.5, 0, 6),
        ("Heading 1", 20, 0, 12),
        ("Heading 2", 15, 22, 8),
        ("Heading 3", 12, 14, 6),
        ("Caption", 10.5, 12, 4),
    ):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _font(style, size, bold=name != "Normal")
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = name != "Normal"
    small = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(2)
    # Without this Word opens the file in the compatibility mode of an old version.
    setting = _element("w:compatSetting", name="compatibilityMode", val="15")
    setting.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    compat = document.settings.element.find(qn("w:compat"))
    if compat is not None:
        compat.append(setting)


def _font(style: ParagraphStyle, size: float, bold: bool) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = _INK
    # The theme's fonts would win over the name just set.
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)


def _page(document: WordDocument, record: dict[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.bottom_margin = _MARGIN
    section.top_margin = Cm(2.6)
    head = section.header.paragraphs[0]
    _spread(head)
    _small(head, f"{record['running_head']}\t{record['reference']}")
    foot = section.footer.paragraphs[0]
    _spread(foot)
    _small(foot, f"{record['title']}\tPage ")
    _field(foot, "PAGE")
    _small(foot, " of ")
    _field(foot, "NUMPAGES")


def _spread(paragraph: Paragraph) -> None:
    """One tab, at the right edge; the template's own would come first."""
    paragraph.style = "Normal"
    paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself."""
    field = _element("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = _SMALL, _QUIET
    field.append(run._r)
    paragraph._p.append(field)


def _packed(document: WordDocument) -> bytes:
    """The file's bytes, without the time of writing that a zip keeps for each part."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w") as target:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(part))
    return packed.getvalue()


# One writer for each kind of block


def _paragraph(document: WordDocument, block: dict[str, Any]) -> None:
    paragraph = document.add_paragraph(block["text"])
    paragraph.paragraph_format.keep_with_next = block["leads"] or None


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
        _border(paragraph, "top", "left", "bottom", "right", size=18, space=8)


def _notice(document: WordDocument, block: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{block['label']}: ").bold = True
    paragraph.add_run(block["text"])
    paragraph.paragraph_format.left_indent = Cm(0.4)
    _border(paragraph, "left", size=36, space=8)


def _subheading(document: WordDocument, block: dict[str, Any]) -> None:
    _styled(document.add_paragraph(block["text"]), "Heading3")


def _facts(document: WordDocument, block: dict[str, Any]) -> None:
    for row in block["rows"]:
        paragraph = document.add_paragraph()
        stop = "" if row["label"].endswith("?") else ":"
        paragraph.add_run(f"{row['label']}{stop} ").bold = True
        paragraph.add_run(row["value"])
        paragraph.paragraph_format.space_after = Pt(3)
        paragraph.paragraph_format.keep_with_next = block["leads"] or None


def _list(document: WordDocument, block: dict[str, Any]) -> None:
    style = "ListNumber" if block["ordered"] else "ListBullet"
    for entry in block["entries"]:
        _styled(document.add_paragraph(entry["text"]), style)
        for line in entry["under"]:
            _styled(document.add_paragraph(line), "ListBullet2")


def _table(document: WordDocument, block: dict[str, Any]) -> None:
    _styled(document.add_paragraph(block["caption"]), "Caption")
    columns = block["columns"]
    headings = [{"text": column["heading"], "strong": True, "small": []} for column in columns]
    rows = [headings, *block["rows"]]
    table = document.add_table(rows=len(rows), cols=len(columns))
    table.autofit = False
    _rule(table)
    widths = [_TEXT_WIDTH * column["share"] // 100 for column in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (row, contents) in enumerate(zip(table.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(_element("w:tblHeader" if place == 0 else "w:cantSplit"))
        for cell, content, width in zip(row.cells, contents, widths, strict=True):
            cell.width = width
            _fill(cell, content)


def _fill(cell: _Cell, content: dict[str, Any]) -> None:
    paragraph = _styled(cell.paragraphs[0], "TableText")
    paragraph.add_run(content["text"]).bold = content["strong"] or None
    for line in content["small"]:
        _small(_styled(cell.add_paragraph(), "TableText"), line)


def _blank(document: WordDocument, block: dict[str, Any]) -> None:
    label = document.add_paragraph()
    label.add_run(block["label"]).bold = True
    label.paragraph_format.space_before = Pt(12)
    label.paragraph_format.keep_with_next = True
    for _ in range(block["lines"]):
        # A tab filled with a line: typing on it pushes the line along.
        line = document.add_paragraph("\t")
        line.paragraph_format.space_before = Pt(10)
        # All lines to fill in stay together, with those of the next label.
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.tab_stops.add_tab_stop(
            _TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
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
}


# What python-docx has no word for


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _styled(paragraph: Paragraph, style_id: str) -> Paragraph:
    """Set the style by its id. By name, python-docx searches all styles, most of its time."""
    paragraph._p.style = style_id
    return paragraph


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = _SMALL, _QUIET


def _border(paragraph: Paragraph, *sides: str, size: int, space: int) -> None:
    borders = _element("w:pBdr")
    for side in sides:
        borders.append(
            _element(f"w:{side}", val="single", sz=str(size), space=str(space), color="0B0C0C")
        )
    # The schema wants borders before spacing and indents, and after these.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _rule(table: Table) -> None:
    """Lines between rows and none between columns; the first row is the header row."""
    borders = _element("w:tblBorders")
    for side, size, color in (
        ("top", 8, "0B0C0C"),
        ("bottom", 8, "0B0C0C"),
        ("insideH", 4, "8A9499"),
    ):
        borders.append(_element(f"w:{side}", val="single", sz=str(size), space="0", color=color))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), "0")
    properties.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")
