"""Search over the rulebook: every word asked for has to be there, or a synonym of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.rulebook import Citation, Guidance, Verification
from engine.telling import certainty
from engine.wording import fill
from webforms.rulebook.catalogue import Catalogue, words_of
from webforms.rulebook.references import WORDS, Kind, Ref
from webforms.rulebook.synonyms import Words, statement_word, wanted, words_in

LONGEST = 100
GUIDANCE = "Guidance"

# What a word is worth where it is found, and less where only a longer word begins with it.
ID, PARAGRAPH, TITLE, TEXT = 30, 20, 10, 3


@dataclass(frozen=True)
class Found:
    """One result: where it is, what it is called, and what it says."""

    kind: str
    title: str
    address: str
    text: str


@dataclass(frozen=True)
class _Document:
    found: Found
    words: dict[str, int]


def search(catalogue: Catalogue, asked: str) -> dict[str, list[Found]]:
    """What is found, by kind, the best first; nothing for an empty search."""
    pieces = wanted(asked[:LONGEST])
    if not pieces:
        return {}
    scored: dict[str, list[tuple[int, Found]]] = {}
    for document in _documents(catalogue):
        score = _score(document, pieces)
        if score:
            scored.setdefault(document.found.kind, []).append((score, document.found))
    return {
        kind: [found for _, found in sorted(results, key=lambda each: (-each[0], each[1].title))]
        for kind, results in scored.items()
    }


def _score(document: _Document, pieces: list[tuple[Words, ...]]) -> int:
    """What a document is worth: nothing where a piece is not there in any of its words."""
    worth = [max(_all_of(document, words) for words in piece) for piece in pieces]
    return sum(worth) if all(worth) else 0


def _all_of(document: _Document, words: Words) -> int:
    worth = [_one(document, word) for word in words]
    return sum(worth) if all(worth) else 0


def _one(document: _Document, word: str) -> int:
    worth = document.words.get(word, 0)
    # A beginning counts from three letters on: “neglec”, but not “a”. Numbers are whole.
    if not worth and len(word) >= 3 and not word[0].isdigit():
        longer = (each for each in document.words if each.startswith(word))
        worth = max((document.words[each] // 2 or 1 for each in longer), default=0)
    return worth


@lru_cache(maxsize=4)
def _documents(catalogue: Catalogue) -> tuple[_Document, ...]:
    return (*_entries(catalogue), *_guidance(catalogue))


def _entries(catalogue: Catalogue) -> Iterator[_Document]:
    for entry in catalogue.entries.values():
        kind = WORDS[entry.ref.kind][1]
        found = Found(kind, entry.title, entry.ref.address, entry.text[0] if entry.text else "")
        # People ask for a clock by what it is.
        text = (*entry.text, "clock") if entry.ref.kind is Kind.CLOCK else entry.text
        yield _document(
            catalogue, found, entry.ref.id, entry.title, text, entry.citations, entry.statements
        )


def _guidance(catalogue: Catalogue) -> Iterator[_Document]:
    rulebook = catalogue.rulebook
    words = words_of(rulebook)
    for each in rulebook.guidance:
        source = Ref(Kind.SOURCE, each.citations[0].source)
        text = fill(each.text, words)
        found = Found(GUIDANCE, text, f"{source.address}#guidance-{each.id}", "")
        yield _piece(catalogue, found, each)
    for overlay in rulebook.overlays:
        local = words_of(rulebook, overlay.area)
        area = Ref(Kind.AREA, overlay.area)
        for each in overlay.guidance:
            text = fill(each.text, local)
            found = Found(GUIDANCE, text, f"{area.address}#guidance-{each.id}", "")
            yield _piece(catalogue, found, each)


def _piece(catalogue: Catalogue, found: Found, each: Guidance) -> _Document:
    beside = (each.topic, each.who)
    return _document(
        catalogue, found, each.id, found.title, beside, each.citations, each.statements
    )


def _document(
    catalogue: Catalogue,
    found: Found,
    name: str,
    title: str,
    text: tuple[str, ...],
    citations: tuple[Citation, ...],
    statements: tuple[str, ...],
) -> _Document:
    words: dict[str, int] = {}

    def note(said: str, worth: int) -> None:
        for word in words_in(said):
            words[word] = max(words.get(word, 0), worth)

    for each in text:
        note(each, TEXT)
    note(title, TITLE)
    for cited in citations:
        source = catalogue.rulebook.sources[cited.source]
        note(source.short, TEXT)
        # The paragraph of a source that was not read is not shown, so it is not found either.
        if certainty(source, cited) is not Verification.UNVERIFIED:
            note(cited.paragraph, PARAGRAPH)
            note(source.paragraph_word, TEXT)
    for each in statements:
        words[statement_word(each)] = PARAGRAPH
    note(name.replace("_", " "), TITLE)
    words[name.casefold()] = ID
    note(name, ID)
    return _Document(found, words)
