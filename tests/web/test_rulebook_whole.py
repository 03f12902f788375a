"""Every page of the rulebook, reached by links alone: sound, drawn as it is told, and valid."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from flask import Flask

import rules.loader
from engine.edition import all_steps
from engine.rulebook import Rulebook, Verification
from webforms.rulebook.catalogue import all_processes, all_rules
from webforms.rulebook.editions import chosen
from webforms.rulebook.references import Kind, Ref

from .page_checks import validator_says
from .pages import Page, Pages, words
from .pictures import (
    SVG,
    is_neighbourhood,
    neighbourhood_drawn,
    neighbourhood_told,
    tree_drawn,
    trees_told,
)

# A stage has a page for each edition, area and day, and a map for each finding: some of them are
# looked at in tests of their own, and the rest are made by the same template.
LEFT = re.compile(r"/rules/(stage/.*[?&](on|of)=|suggest\?)")
# Of those, one map of a finding for each stage, and pages of a day on which fewer were known.
SAMPLED = (
    "/rules/stage/refer/map?on=2018-10-01&area=gateshead&of=serious_incident",
    "/rules/stage/notify/map?on=2020-01-01&area=none&of=home_area_has_an_interest",
    "/rules/stage/rapid-review/map?on=2023-12-15&area=darlington&of=care_leaver_death",
    "/rules/stage/review/map?of=notified_and_found_outside",
    "/rules/stage/learning/map?of=local_review_by_choice_in_mind",
    "/rules/stage/parallel/map?of=youth_justice_notification_due",
    "/rules/stage/notify?on=2015-03-26&area=newcastle",
)


def reached_by_links(visitor: Pages, *start: str) -> dict[str, Page]:
    """Every page of the rulebook that links lead to. Each has kept the rules of a page."""
    found: dict[str, Page] = {}
    waiting = deque(start)
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        found[address] = page = visitor.get(address)
        for to, _ in links(address, page):
            if to.startswith("/rules") and not LEFT.match(to):
                waiting.append(to)
    return found


def links(address: str, page: Page) -> Iterator[tuple[str, str]]:
    """The links of a page: the address of each, and the place on that page."""
    for link in page.all("a"):
        to, _, place = urljoin(address, link.get("href") or "").partition("#")
        yield to, place


def everything(held: Rulebook) -> set[str]:
    """The address of every page that there has to be."""
    refs = [
        *(Ref(Kind.STAGE, each) for each in held.stages),
        *(Ref(Kind.ROUTE, each.id) for each in held.routes),
        *(Ref(Kind.FINDING, each.finding) for each in all_rules(held)),
        *(Ref(Kind.RULE, each.id) for each in all_rules(held)),
        *(Ref(Kind.QUESTION, each) for each in held.questions),
        *(Ref(Kind.PROCESS, each.id) for each in all_processes(held)),
        *(Ref(Kind.CLOCK, each.id) for each in all_steps(held) if each.clocks),
        *(Ref(Kind.SOURCE, each) for each in held.sources),
        *(Ref(Kind.CONTRADICTION, each) for each in held.contradictions),
        *(Ref(Kind.AREA, each.area) for each in held.overlays),
    ]
    return {ref.address for ref in refs}


@pytest.fixture(scope="module")
def found(built_app: Flask) -> dict[str, Page]:
    """Every page that links lead to from the front of the rulebook, by its address."""
    return reached_by_links(Pages(built_app.test_client()), "/rules", *SAMPLED)


def test_links_lead_to_every_page_and_every_page_is_sound(
    found: dict[str, Page],
) -> None:
    held = rules.loader.rulebook()
    assert everything(held) <= found.keys()
    places = {
        address: {each.get("id") for each in page.root.iter()} for address, page in found.items()
    }
    unread = {each.id for each in held.sources.values() if each.status is Verification.UNVERIFIED}
    for address, page in found.items():
        main = page.one("main")
        assert "{" not in words(main), f"{address}: a name in braces was not filled in"
        for to, place in links(address, page):
            if place and to in places:
                assert place in places[to], f"{address} leads to {to}#{place}, which is not there"
        for link in main.iter("a"):
            source = (link.get("href") or "").removeprefix("/rules/source/")
            if source in unread and ", paragraph" in words(link):
                pytest.fail(f"{address} gives a paragraph that was not read: {words(link)}")
        for picture in main.iter(f"{SVG}svg"):
            if not address.startswith("/rules/stage") and not is_neighbourhood(picture):
                assert tree_drawn(picture) in trees_told(main), f"{address}: drawn, but not told"


def test_every_link_to_a_stage_on_a_day_leads_somewhere(found: dict[str, Page]) -> None:
    """Asked of the rules: to draw every map would take minutes."""
    followed = Counter[str]()
    for address, page in found.items():
        # Found in the text: to walk every element of every page takes seconds.
        for to in map(unescape, re.findall(r'href="(/rules/stage/[^"]+[?][^"]+)"', page.text)):
            asked = urlsplit(to)
            query = parse_qs(asked.query)
            stage = (
                asked.path.removeprefix("/rules/stage/").removesuffix(".svg").removesuffix("/map")
            )
            (area,), (on,) = query.get("area", ["none"]), query.get("on", [""])
            there = chosen(rules.loader.rulebook(), stage, area, on)
            assert there is not None, f"{address} leads to {to}, where no rules are"
            for finding in query.get("of", ()):
                assert there.finding(finding), f"{address} leads to {to}: no such finding"
                followed[stage] += 1
    assert followed.keys() == set(rules.loader.rulebook().stages)
    assert min(followed.values()) > 20


# A contradiction of which nothing in the rules speaks: it concerns how a review is run.
# And a source that a note alone cites, which stands beside the results of its days, on no page.
ALONE = {"contradiction/A19", "source/briefings-on-working-together-2023"}


def test_each_neighbourhood_is_drawn_as_it_is_told(found: dict[str, Page]) -> None:
    held = rules.loader.rulebook()
    drawn: Counter[str] = Counter()
    for address, page in found.items():
        kind = address.removeprefix("/rules/").partition("/")[0]
        pictures = [each for each in page.root.iter(f"{SVG}svg") if is_neighbourhood(each)]
        for picture in pictures:
            drawn[kind] += 1
            assert neighbourhood_drawn(picture) == neighbourhood_told(page), address
    clocks = {each.id for each in all_steps(held) if each.clocks}
    assert drawn == {
        "question": len(held.questions),
        "process": len({each.id for each in all_processes(held)}),
        "clock": len(clocks),
        "source": len(held.sources) - 1,
        "contradiction": len(held.contradictions) - 1,
    }
    for name in ALONE:
        assert "there is nothing to draw" in words(found[f"/rules/{name}"].one("main"))


def test_every_page_is_valid(found: dict[str, Page], tmp_path: Path) -> None:
    for number, page in enumerate(found.values()):
        (tmp_path / f"{number:03}.html").write_text(page.text, encoding="utf-8")
    invalid = validator_says(tmp_path, len(everything(rules.loader.rulebook())))
    assert not invalid, "\n".join(invalid)
