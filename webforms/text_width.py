"""How wide a text will be, without a browser: enough to wrap it so that it stays in its box.

The widths are those of Arial and its metric twins, with a margin on top so that the text still
fits when the reader's machine shows a wider sans serif (DejaVu Sans is about an eighth wider).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARGIN = 1.15
_BOLD = 1.08

# Widths in thousandths of the size of the text.
_WIDTHS = {
    letter: width
    for width, letters in {
        222: "'ijl‘’",
        278: " !,./:;I[\\]ft",
        334: '"()-`r{|}“”',
        400: "*",
        500: "Jcksvxyz^",
        556: "#$0123456789?L_abdeghnopqu–",
        611: "FTZ<=>+~×",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        944: "W%",
        1015: "@—…",
    }.items()
    for letter in letters
}
_OTHER_NARROW = 700
_OTHER_WIDE = 1300  # emoji and East Asian signs, with room for a font that draws them large


@lru_cache(maxsize=4096)
def _width(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter and plain in _WIDTHS:
        return _WIDTHS[plain]
    if ord(letter) > 0xFFFF or unicodedata.east_asian_width(letter) in "WF":
        return _OTHER_WIDE
    return max(_OTHER_NARROW, 1000 if unicodedata.category(letter) == "So" else 0)


def width_of(text: str, size: int, bold: bool = False) -> float:
    """An upper estimate of the width of `text` set at `size`."""
    thousandths = sum(_width(letter) for letter in text)
    return thousandths * size / 1000 * _MARGIN * (_BOLD if bold else 1)


def wrap(text: str, size: int, room: float, bold: bool = False) -> tuple[str, ...]:
    """The text as lines that are at most `room` wide. A word that is too long is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *pieces, line = _cut(word, size, room, bold)
        lines += pieces
    return (*lines, line) if line else tuple(lines)


def _cut(word: str, size: int, room: float, bold: bool) -> list[str]:
    """The word in pieces that fit; one piece, when it fits as it is."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
