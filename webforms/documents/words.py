"""The few words and formats that every part of a record shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from engine.expression import Status
from engine.results import CitationGiven

NO_SOURCE = "none, this is our own advice"
# How far a text was confirmed, where it was not read itself.
DOUBTS = {"carried forward": "carried forward", "unverified": "not verified"}
NOT_KNOWN = "not known"

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_PROCESS_STATUS = {
    Status.ESTABLISHED: "Applies",
    Status.OPEN: "May apply: not known yet",
    Status.RULED_OUT: "Does not apply, on these answers",
}

# Left out wherever they occur: characters that XML or HTML cannot carry, and the controls that
# can make a line read in another order than it is stored in. A record must not be able to do that.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def day(when: date) -> str:
    """The date as it is spoken: Thursday 2 January 2025.

    Not strftime: its names of days follow the locale of the machine, and a record may not.
    """
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def tidy(text: str) -> str:
    """The same text, with only characters that every kind of document can carry."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    text = _FORBIDDEN.sub("", text)
    # The last two code points of every plane are not characters either.
    text = "".join(letter for letter in text if ord(letter) & 0xFFFE != 0xFFFE)
    # Composed letters: fonts have them where they lack the parts.
    return unicodedata.normalize("NFC", text)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same nested lists and dictionaries, with `change` made to every text in them."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each_text(part, change) for part in value]
    if isinstance(value, dict):
        return {key: each_text(part, change) for key, part in value.items()}
    return value


def capital(text: str) -> str:
    """The text with a capital at its beginning, and the rest as it was."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital and a full stop, unless it ends with a stop of its own."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".!?:" else f"{text}."


def sources(citations: Iterable[CitationGiven]) -> str:
    """The citations in one line; one that was not read says so, if its text does not yet."""
    return "; ".join(_citation(given) for given in citations) or NO_SOURCE


def _citation(given: CitationGiven) -> str:
    words = DOUBTS.get(given.status, "")
    return f"{given.text} ({words})" if words not in given.text else given.text


def is_doubt(warning: str) -> bool:
    """Whether a warning is about the text of the rules, which comes before every other."""
    return any(words in warning.lower() for words in ("unverified", *DOUBTS.values()))


def is_not_known(value: str) -> bool:
    return value.strip().lower() == NOT_KNOWN


def answer_words(value: str, words: str) -> str:
    """The words of an answer. "Not known" is shown as just that, whatever words came with it."""
    return "Not known" if is_not_known(value) else words


def readings_chosen(ids: Sequence[str]) -> str:
    """A pointer to the section on contradictions, which tells what each of them means."""
    return f"Rests on a reading chosen between sources: {', '.join(ids)}" if ids else ""


def process_status(status: Status) -> str:
    return _PROCESS_STATUS[status]
