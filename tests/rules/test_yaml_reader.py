"""Rule files and case files are read as plain data: words, whole numbers, lists and mappings."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.yaml_reader import DEEPEST, Unreadable, read

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
numbers = st.integers(-999_999_999, 999_999_999)
plain = st.recursive(
    st.none() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "true", "False", "NO"])
def test_yes_and_no_stay_words(word: str) -> None:
    assert read(f"answer: {word}").data == {"answer": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", 17),
        ("-1", -1),
        ("'17'", "17"),
        ("1.5", "1.5"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("2024-01-31", "2024-01-31"),
        (".inf", ".inf"),
        ("1e3", "1e3"),
        ("9" * 400, "9" * 400),
    ],
)
def test_only_whole_numbers_are_numbers(text: str, value: object) -> None:
    read_value = read(f"answer: {text}").data["answer"]
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_is_nothing(text: str) -> None:
    assert read(f"answer: {text}").data == {"answer": None}


@pytest.mark.parametrize("text", ["", "# a comment", "---", "\n\n"])
def test_an_empty_text_is_no_data(text: str) -> None:
    assert read(text).data is None


@given(data=plain)
def test_what_json_says_is_what_is_read(data: object) -> None:
    assert read(json.dumps({"data": data}, ensure_ascii=False)).data == {"data": data}


@given(text=st.text(max_size=200) | st.text("[]{}:,-&*!|>#'\"\n\t ab01", max_size=200))
def test_any_text_at_all_is_read_or_refused_with_a_line(text: str) -> None:
    line, message = refusal_of(text) or (1, "read")
    assert 1 <= line <= len(text) + 1
    assert len(message.splitlines()) == 1


def refusal_of(text: str) -> tuple[int, str] | None:
    """The line and message with which a text is refused, or None when it is read."""
    try:
        read(text)
    except Unreadable as refused:
        return refused.line, refused.message
    return None


def test_the_line_of_every_value_is_kept() -> None:
    document = read("# a comment\nrules:\n  - id: one\n    when:\n      - two\n\n      - three\n")
    assert document.line_of(("rules",)) == 2
    assert document.line_of(("rules", 0, "id")) == 3
    assert document.line_of(("rules", 0, "when", 1)) == 7


def test_what_is_not_there_is_found_at_the_nearest_thing_around_it() -> None:
    document = read("rules:\n  - id: one\n  - id: two\n")
    assert document.line_of(("rules", 1, "when", "all", 0)) == 3
    assert document.line_of(("sources",)) == 1


def test_a_byte_order_mark_and_other_line_ends_are_no_matter() -> None:
    assert read("\ufeffone: 1\r\ntwo: 2\r\n").data == {"one": 1, "two": 2}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_ends_before_it_can_hurt(opening: str) -> None:
    with pytest.raises(Unreadable, match=f"nested more than {DEEPEST} levels deep"):
        read(opening * 10_000)
