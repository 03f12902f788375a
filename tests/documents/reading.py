"""What the tests read back from documents: the text of a PDF, the parts of a Word file, a page."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.document import Document
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import webforms
from webforms.documents import pdf

TEMPLATES = Path(webforms.__file__).parent / "templates"
_PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(record: dict[str, Any]) -> str:
    """A whole page around the partial."""
    part = _PAGES.get_template("documents/record.html").render(record=record)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title></head>'
        f"<body><h1>t</h1>{part}</body></html>"
    )


def words_of_pdf(record: dict[str, Any]) -> str:
    """The words of a record's PDF in reading order.

    Where pdftotext is not installed they are those that the template places, told by typst.
    """
    made = pdf.render(record)
    if not shutil.which("pdftotext"):
        return _placed_by_the_template(record)
    told = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],
        input=made,
        capture_output=True,
        check=True,
    )
    return plain(told.stdout.decode())


def places_in_pdf(record: dict[str, Any]) -> list[tuple[float, float]]:
    """The left and right end of every word of the PDF, in points."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf.render(record), capture_output=True, check=True
    )
    found = re.findall(rb'<word xMin="([\d.-]+)" yMin="[^"]+" xMax="([\d.-]+)"', told.stdout)
    return [(float(left), float(right)) for left, right in found]


def _placed_by_the_template(record: dict[str, Any]) -> str:
    compiler = typst.Compiler(pdf.TEMPLATE, ignore_system_fonts=True)
    page, _ = compiler.compile_with_warnings(
        format="html", sys_inputs={"record": json.dumps(record)}
    )
    assert isinstance(page, bytes)
    return plain(unescape(re.sub("<[^>]*>", " ", page.decode())))


def word(made: bytes) -> Document:
    return docx.Document(io.BytesIO(made))


def words_of_word(document: Document) -> str:
    """All the text of the body in order, tables included."""
    texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    return plain(" ".join(texts))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))
