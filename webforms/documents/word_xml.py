"""What python-docx has no word for, or only a slow one."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

QUIET = RGBColor(0x50, 0x5A, 0x5F)
SMALL = Pt(9)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def styled(paragraph: Paragraph, style_id: str) -> Paragraph:
    """Set the style by its id. By name, python-docx searches all styles, most of its time."""
    paragraph._p.style = style_id
    return paragraph


def small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = SMALL, QUIET


def border(paragraph: Paragraph, *sides: str, size: int, space: int) -> None:
    borders = element("w:pBdr")
    for side in sides:
        borders.append(
            element(f"w:{side}", val="single", sz=str(size), space=str(space), color="0B0C0C")
        )
    # The schema wants borders before spacing and indents, and after these.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def rule(table: Table) -> None:
    """Lines between rows and none between columns; the first row is the header row."""
    borders = element("w:tblBorders")
    for side, size, color in (
        ("top", 8, "0B0C0C"),
        ("bottom", 8, "0B0C0C"),
        ("insideH", 4, "8A9499"),
    ):
        borders.append(element(f"w:{side}", val="single", sz=str(size), space="0", color=color))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), "0")
    properties.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")
