"""The documents of a case as a reader has them: the page, the PDF and the Word file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib

from tests.documents.reading import plain, word, words_of_word

from .written import Line, in_words


@dataclass(frozen=True)
class Document:
    """The text of a document in each of its forms: the page, the PDF and the Word file."""

    title: str
    texts: Mapping[str, str]

    def says(self, *lines: Line) -> None:
        """Each line, such as a label and its value, stands in each form as one piece."""
        missing = [
            f"{form}: {line}"
            for line in lines
            for form, text in self.texts.items()
            if not _pattern(line).search(text)
        ]
        assert not missing, "\n".join([f"The document {self.title!r} lacks", *missing])

    def never_says(self, *texts: str) -> None:
        there = [
            f"{form}: {text}"
            for text in texts
            for form, whole in self.texts.items()
            if text.casefold() in whole.casefold()
        ]
        assert not there, "\n".join([f"The document {self.title!r} has", *there])


def _pattern(line: Line) -> re.Pattern[str]:
    """A line as it may be set: in a Word file a colon stands behind a label."""
    return re.compile(":? ".join(re.escape(" ".join(in_words(each).split())) for each in line))


# The body of a page of paper, in points: what stands above and below it is the same on each.
BODY = ("-x", "0", "-y", "65", "-W", "900")
HEIGHT = {"portrait": "715", "landscape": "475"}


def text_of_pdf(pdf: bytes) -> str:
    """The words of a PDF, in the order in which they were set, without head and foot."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout
    size = re.search(rb"Page size: +([0-9.]+) x ([0-9.]+)", told)
    assert size, told
    way = "landscape" if float(size[1]) > float(size[2]) else "portrait"
    command = ["pdftotext", "-raw", "-enc", "UTF-8", *BODY, "-H", HEIGHT[way], "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    # A word that was divided at the end of a line is whole again.
    return plain(re.sub("\u00ad\\s*", "", done.stdout.decode()))


def text_of_page(page: str) -> str:
    """The words of a page's document in order, a space between what stands apart."""
    root: Element = html5lib.parse(page, namespaceHTMLElements=False)
    record = next(each for each in root.iter("div") if each.get("class") == "waymark-record")
    return " ".join(" ".join(record.itertext()).split())


def texts_of(page: str, pdf: bytes, word_file: bytes) -> Mapping[str, str]:
    """The words of the three forms. Without a reader for the PDF a walk fails, and says why."""
    assert shutil.which("pdftotext"), (
        "The PDF cannot be read here: install pdftotext and pdfinfo (poppler-utils on Debian and "
        "Ubuntu, poppler elsewhere)"
    )
    return {
        "page": text_of_page(page),
        "PDF": text_of_pdf(pdf),
        "Word file": words_of_word(word(word_file)),
    }
