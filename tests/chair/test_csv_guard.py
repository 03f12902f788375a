"""What goes into a cell of a CSV file is text, and comes back as it was."""

from __future__ import annotations

import pytest

from webforms.chair.csv_guard import guarded, unguarded


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 1325", "-seen at home", "@here", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1"],
)
def test_what_looks_like_a_formula_is_written_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Child A", "a = b", "’tis", "'quoted'", "2026-06-10", "'"])
def test_what_cannot_be_a_formula_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''=1", "'tis", "'", "''", "", "-", "' =", "\tx", "plain"]
)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
