"""Reading the pictures of the rulebook back, and the lists that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .pages import Page, words

SVG = "{http://www.w3.org/2000/svg}"


def tree_drawn(picture: Element) -> list[tuple[int, str]]:
    """The tree of a picture: how deep each box stands, and what it says."""
    found = []
    for group in picture.iter(f"{SVG}g"):
        said = group.get("data-text") or ""
        drawn = " ".join(words(each) for each in group.iter(f"{SVG}text"))
        assert closed(drawn) == closed(said)
        found.append((len((group.get("data-path") or "").split(".")), said))
    return found


def trees_told(main: Element) -> list[list[tuple[int, str]]]:
    """The trees of the page's nested lists, in the same form."""
    inner = {
        id(each)
        for outer in main.iter("ul")
        if "waymark-tree" in (outer.get("class") or "")
        for each in outer.iter("ul")
        if each is not outer
    }
    return [
        list(_told(each, 1))
        for each in main.iter("ul")
        if "waymark-tree" in (each.get("class") or "") and id(each) not in inner
    ]


def _told(listed: Element, depth: int) -> Iterator[tuple[int, str]]:
    for item in listed.findall("li"):
        yield depth, words(item.findall("span")[0])
        for below in item.findall("ul"):
            yield from _told(below, depth + 1)


def closed(text: str) -> str:
    """The text without white space: wrapping adds some."""
    return "".join(text.split())


def is_neighbourhood(picture: Element) -> bool:
    return any(each.get("data-place") for each in picture.iter(f"{SVG}g"))


@dataclass(frozen=True, order=True)
class Told:
    """A place of a neighbourhood in words, and those that stand beyond it, in any order."""

    text: str
    beyond: tuple[Told, ...]


def neighbourhood_drawn(picture: Element) -> dict[str, list[Told]]:
    """What leads to the page, and what it leads to: as the boxes and lines of the picture say."""
    texts: dict[str, str] = {}
    onward: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    here = []
    for group in picture.iter(f"{SVG}g"):
        if name := group.get("data-place"):
            texts[name] = closed(" ".join(words(each) for each in group.iter(f"{SVG}text")))
            here += [name] if group.get("data-here") else []
        elif start := group.get("data-from"):
            end = group.get("data-to") or ""
            onward.setdefault(start, []).append(end)
            back.setdefault(end, []).append(start)

    def beyond(name: str, lines: dict[str, list[str]]) -> tuple[Told, ...]:
        return tuple(sorted(Told(texts[each], beyond(each, lines)) for each in lines.get(name, ())))

    assert len(here) == 1
    assert {*onward, *back} == set(texts), "every box has a line"
    sides = {
        "What leads to it": list(beyond(here[0], back)),
        "What it leads to": list(beyond(here[0], onward)),
    }
    heads = [words(each) for each in picture.findall(f"{SVG}text")]
    assert heads == [side for side, found in sides.items() if found]
    return sides


def neighbourhood_told(page: Page) -> dict[str, list[Told]]:
    """The same, as the nested list says it."""
    sides: dict[str, list[Told]] = {"What leads to it": [], "What it leads to": []}
    for side in page.one("ul", "waymark-around").findall("li"):
        sides[words(side.findall("span")[0])] = list(_beyond(side))
    return sides


def _beyond(item: Element) -> tuple[Told, ...]:
    return tuple(
        sorted(
            Told(closed(words(each.findall("span")[0]).replace(": ", " ", 1)), _beyond(each))
            for listed in item.findall("ul")
            for each in listed.findall("li")
        )
    )
