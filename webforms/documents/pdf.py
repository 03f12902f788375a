"""The record as a PDF: tagged for assistive technology (PDF/UA-1), the same bytes every time.

The text of a record is handed to typst as data, never as markup, so nothing written in it can run
or change the document. Only the fonts inside typst are used: the bytes do not depend on what the
machine has installed. Those fonts lack some scripts; a letter that they lack is named in brackets.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from webforms.documents.words import each_text

TEMPLATE = Path(__file__).with_name("record.typ")
_MISSING = re.compile(r'the text `(".*")` could not be displayed', re.DOTALL)
# Certainly in the fonts: Latin with its usual accents, and the signs of ordinary typing.
_SAFE = re.compile("[\n -~\u00a0-\u017f\u200b\u2010-\u2015\u2018-\u201f\u2022\u2026×]")
_LONG_WORD = re.compile(r"\S{25,}")
_LONG_WORD_IN_NARROW_COLUMNS = re.compile(r"\S{16,}")
_HASH = re.compile("[0-9a-f]{64}")
# After a sign that parts words, or else after so many letters.
_PIECE = re.compile(r"[^_/.-]{1,15}[_/.-]*|[_/.-]{1,15}")
_SHORT_PIECE = re.compile(r"[^_/.-]{1,8}[_/.-]*|[_/.-]{1,8}")
_NAMED_AT_MOST = 3
_ATTEMPTS = 4  # each costs a whole compilation, and what is typed may be hostile


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def render(record: dict[str, Any]) -> bytes:
    """The PDF of a record that `record.build` made."""
    missing: set[str] = set()
    for _ in range(_ATTEMPTS):
        try:
            return _compile(record, missing.__contains__)
        except typst.TypstError as error:
            lacking = _lacking(error, record)
            if lacking <= missing:
                break
            missing |= lacking
    # Some mixtures fail for no single letter. Keep what the fonts have for certain: a record can
    # always be printed.
    return _compile(record, lambda letter: not _SAFE.match(letter))


def _compile(record: dict[str, Any], lacks: Callable[[str], bool]) -> bytes:
    # A time with a zone is long enough to be given break marks; the template reads it as it is.
    printable = {
        **each_text(record, lambda text: _breakable(_named(text, lacks), record["landscape"])),
        "made": record["made"][:19],
    }
    compiler = typst.Compiler(TEMPLATE, font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf", pdf_standards="ua-1", sys_inputs={"record": json.dumps(printable)}
    )
    assert isinstance(made, bytes)
    return made


def _lacking(error: typst.TypstError, record: dict[str, Any]) -> set[str]:
    """The letters of the record that are like those the error says no font has."""
    found = _MISSING.search(error.message)
    if not found:
        raise error
    named = set(found[1]) | {chr(int(code, 16)) for code in re.findall(r"\\u\{(\w+)\}", found[1])}
    letters = set(json.dumps(record, ensure_ascii=False))
    doubtful = {letter for letter in letters if not _SAFE.match(letter)}
    families = {_family(letter) for letter in named & doubtful}
    return {letter for letter in doubtful if _family(letter) in families}


def _family(letter: str) -> str:
    """Letters that a font is likely to have or to lack together: a script, or a page of signs."""
    if unicodedata.category(letter).startswith("L"):
        return unicodedata.name(letter, "?").split()[0]
    return f"signs {ord(letter) >> 8}" if ord(letter) <= 0xFFFF else "emoji and the like"


def _named(text: str, lacks: Callable[[str], bool]) -> str:
    """The text, with letters that cannot be shown replaced by their names or their number."""
    if not any(lacks(letter) for letter in text):
        return text
    return "".join(_runs(text, lacks))


def _runs(text: str, lacks: Callable[[str], bool]) -> Iterator[str]:
    for lacking, letters in groupby(text, lacks):
        run = "".join(letters)
        if not lacking:
            yield run
        elif len(run) > _NAMED_AT_MOST:
            yield f"[{len(run)} characters that this PDF cannot show]"
        else:
            names = (unicodedata.name(letter, "unknown character") for letter in run)
            yield f"[{', '.join(names).lower()}]"


def _breakable(text: str, narrow: bool) -> str:
    """Very long words may break, at places that are not seen (zero width spaces).

    A hash is left whole: it must come out as it went in, and where it stands there is room.
    """
    if _HASH.fullmatch(text):
        return text
    long = _LONG_WORD_IN_NARROW_COLUMNS if narrow else _LONG_WORD
    piece = _SHORT_PIECE if narrow else _PIECE
    return long.sub(lambda word: "\u200b".join(piece.findall(word[0])), text)
