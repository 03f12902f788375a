"""The Word file as a whole: its properties and styles, its page, head and foot, its bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from webforms.documents.word_xml import QUIET, SMALL, element, small

_FONT = "Arial"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_SHORT_SIDE, _LONG_SIDE = Cm(21), Cm(29.7)  # A4
_MARGIN, _MARGIN_LANDSCAPE = Cm(2.2), Cm(1.6)
_LONGEST_PROPERTY = 255
# The oldest date that a zip file can hold: the container says nothing about when it was written.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def properties(document: WordDocument, record: dict[str, Any]) -> None:
    made = datetime.fromisoformat(record["made"])
    # Word reads these dates as UTC; a time without a zone is taken as it stands.
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    about = document.core_properties
    about.title = record["title"][:_LONGEST_PROPERTY]
    about.subject = record["running_head"]
    about.identifier = record["digest"]
    about.language = record["language"]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = made
    about.revision = 1


def styles(document: WordDocument, record: dict[str, Any]) -> None:
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
    in_table = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    in_table.base_style = document.styles["Normal"]
    if record["landscape"]:
        # For a table of many columns.
        in_table.font.size = Pt(8.5)
    in_table.paragraph_format.space_before = in_table.paragraph_format.space_after = Pt(2)
    # Without this Word opens the file in the compatibility mode of an old version.
    setting = element("w:compatSetting", name="compatibilityMode", val="15")
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


def page(document: WordDocument, record: dict[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _SHORT_SIDE, _LONG_SIDE
    section.left_margin = section.right_margin = section.bottom_margin = _MARGIN
    section.top_margin = Cm(2.6)
    if record["marking"]:
        # Head and foot have a second line.
        section.top_margin, section.bottom_margin = Cm(3), Cm(2.8)
    if record["landscape"]:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = _LONG_SIDE, _SHORT_SIDE
        section.left_margin = section.right_margin = _MARGIN_LANDSCAPE
    width = text_width(document)
    head = section.header.paragraphs[0]
    _spread(head, width)
    small(head, f"{record['running_head']}\t{record['reference']}")
    foot = section.footer.paragraphs[0]
    _spread(foot, width)
    small(foot, f"{record['title']}\tPage ")
    _number(foot, "PAGE")
    small(foot, " of ")
    _number(foot, "NUMPAGES")
    if record["marking"]:
        _marking(head.insert_paragraph_before(), record["marking"])
        _marking(section.footer.add_paragraph(), record["marking"])


def text_width(document: WordDocument) -> int:
    section = document.sections[0]
    margins = int(section.left_margin or 0) + int(section.right_margin or 0)
    return int(section.page_width or 0) - margins


def _spread(paragraph: Paragraph, width: int) -> None:
    """One tab, at the right edge; the template's own would come first."""
    paragraph.style = "Normal"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)


def _marking(paragraph: Paragraph, text: str) -> None:
    """Printed at the head and the foot of every page."""
    paragraph.style = "Normal"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, SMALL


def _number(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself."""
    field = element("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = SMALL, QUIET
    field.append(run._r)
    paragraph._p.append(field)


def packed(document: WordDocument) -> bytes:
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
