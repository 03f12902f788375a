"""What a section of a record is made of: nine kinds of block, each a plain dictionary.

A renderer must know these kinds and nothing else. The keys never collide with the methods of a
dictionary (`items`, `values`), because page templates would find the method first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]
Cell = dict[str, Any]
Section = dict[str, Any]

_INTRODUCTIONS = ("paragraph", "facts")
_INTRODUCED = ("facts", "table", "list", "blank")


def section(id: str, heading: str, *blocks: Block | None) -> Section:
    """A heading and what stands under it; blocks that are None are left out.

    A block that introduces the next one `leads`: on paper both stay on one page.
    """
    kept = [block for block in blocks if block]
    following = [*(block["kind"] for block in kept[1:]), ""]
    led = [
        {**block, "leads": block["kind"] in _INTRODUCTIONS and kind in _INTRODUCED}
        for block, kind in zip(kept, following, strict=True)
    ]
    return {"id": id, "heading": heading, "blocks": led}


def paragraph(text: str) -> Block:
    """One paragraph; a line end within it is kept."""
    return {"kind": "paragraph", "text": text}


def prose(text: str) -> list[Block]:
    """A longer text: a blank line parts paragraphs, a line end within one is kept."""
    parts = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    return [paragraph(part) for part in parts if part.strip()]


def headline(label: str, text: str) -> Block:
    """The advice itself: a small label over a large line."""
    return {"kind": "headline", "label": label, "text": text}


def notice(text: str) -> Block:
    """Something the reader must not miss."""
    return {"kind": "notice", "label": "Important", "text": text}


def subheading(text: str) -> Block:
    return {"kind": "subheading", "text": text}


def facts(rows: Sequence[tuple[str, str]]) -> Block | None:
    """Labels with their values."""
    if not rows:
        return None
    return {"kind": "facts", "rows": [{"label": label, "value": value} for label, value in rows]}


def listing(entries: Sequence[tuple[str, Sequence[str]]], ordered: bool = False) -> Block | None:
    """A list; each entry is its text and the lines under it."""
    if not entries:
        return None
    return {
        "kind": "list",
        "ordered": ordered,
        "entries": [{"text": text, "under": list(under)} for text, under in entries],
    }


def cell(text: str, *small: str, strong: bool = False) -> Cell:
    """One cell of a table: its text, and smaller lines under it (empty ones are left out)."""
    return {"text": text, "small": [line for line in small if line], "strong": strong}


def table(
    caption: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Cell]]
) -> Block | None:
    """A table with a header row. `columns` are (heading, share of the width)."""
    if not rows:
        return None
    return {
        "kind": "table",
        "caption": caption,
        "columns": [{"heading": heading, "share": share} for heading, share in columns],
        "rows": [list(row) for row in rows],
        "long": [is_long(row) for row in rows],
    }


def blank(label: str, lines: int) -> Block:
    """Room for a person to write in."""
    return {"kind": "blank", "label": label, "lines": lines}


def field(label: str, text: str, lines: int = 1, hint: str = "") -> Block:
    """A field of a form: what was written in it, or as many lines to write on by hand."""
    paragraphs = [block["text"] for block in prose(text)]
    return {
        "kind": "field",
        "label": label,
        "paragraphs": paragraphs,
        "hint": "" if paragraphs else hint,
        "lines": 0 if paragraphs else lines,
    }


# A row with more than this much text may go over the end of a page: it might not fit on one.
_LONG_ROW = 600


def is_long(row: Sequence[Cell]) -> bool:
    """Whether a row of a table is too long to be kept on one page."""
    texts = ["\n".join([content["text"], *content["small"]]) for content in row]
    return any(len(text) > _LONG_ROW or text.count("\n") > 12 for text in texts)
