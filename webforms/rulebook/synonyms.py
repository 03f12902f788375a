"""What people type, in the words of the rules as well: LADO, s47, ¶332, W-052."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rules.yaml_reader import read

FILE = Path(__file__).with_name("synonyms.yaml")
# The number of a statement, such as W-052: one word, so that 052 of another source is not meant.
STATEMENT = re.compile(r"(?<![0-9a-z])([a-z]{1,4})-([0-9]{3})(?![0-9a-z])")
WORD = re.compile(r"[0-9a-z]+(?:’[a-z]+)?")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """Other words for one word or several, and what stands before a number."""

    words: dict[Words, Words]
    before_a_number: dict[str, str]

    @property
    def longest(self) -> int:
        return max(map(len, self.words))


@lru_cache(maxsize=1)
def synonyms(file: Path = FILE) -> Synonyms:
    data = read(file.read_text(encoding="utf-8")).data
    return Synonyms(
        {tuple(words_in(typed)): tuple(words_in(said)) for typed, said in data["words"].items()},
        dict(data["before_a_number"]),
    )


def plain(text: str) -> str:
    """A text as it is compared: small letters, accents and quotes evened out."""
    even = unicodedata.normalize("NFKD", text).casefold().replace("'", "’")
    return "".join(each for each in even if not unicodedata.combining(each))


def statement_word(text: str) -> str:
    """A text in which the numbers of statements are words: w052 for W-052."""
    return STATEMENT.sub(r"\1\2", plain(text))


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(plain(text))


def wanted(asked: str) -> list[tuple[Words, ...]]:
    """What is asked for, piece by piece: the words that would do for each piece, as typed first."""
    known = synonyms()
    words = words_in(_numbers_told(statement_word(asked), known))
    pieces: list[tuple[Words, ...]] = []
    at = 0
    while at < len(words):
        # The longest name that is known: “elective home education” before “home education”.
        for length in range(known.longest, 0, -1):
            typed = tuple(words[at : at + length])
            if len(typed) == length and (typed in known.words or length == 1):
                pieces.append((typed, known.words[typed]) if typed in known.words else (typed,))
                at += length
                break
    return pieces


def _numbers_told(asked: str, known: Synonyms) -> str:
    """“s47” and “s. 47” as “section 47”."""
    short = "|".join(sorted(map(re.escape, known.before_a_number), key=len, reverse=True))
    return re.sub(
        rf"(?<![0-9a-z])({short})\.?\s*(?=[0-9])",
        lambda found: f"{known.before_a_number[found[1]]} ",
        asked,
    )
