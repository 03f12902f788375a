"""The decision map: a drawing that stays in its boxes, and the same in words."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.results import DecisionMap, MapBranch, MapStep
from webforms import picture
from webforms.text_width import width_of, wrap

from . import samples

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Consider whether the partners should agree a local child safeguarding practice review "


def big(steps: int, branches: int) -> DecisionMap:
    return DecisionMap(
        steps=tuple(
            MapStep(
                f"q{n}",
                f"Question number {n} with a label of more than ordinary length",
                LONG * 2,
                tuple(
                    MapBranch(f"answer {b} " * 5, LONG + str(b), f"route{b}")
                    for b in range(branches)
                ),
            )
            for n in range(steps)
        ),
        route="route",
        title=LONG * 3,
        certain=False,
    )


HOSTILE = DecisionMap(
    steps=(
        MapStep(
            "q",
            '<script>alert("1")</script>',
            "W" * 500,
            (MapBranch("&amp; 😀 שלום ]]>", "日本語" * 60, None),),
        ),
    ),
    route="r",
    title="</svg><b>" + "M" * 300,
    certain=True,
)

MAPS = {
    "the sample": samples.MAP,
    "no steps": replace(samples.MAP, steps=()),
    "three": big(3, 0),
    "twenty-five of six": big(25, 6),
    "hostile": HOSTILE,
}

every_map = pytest.mark.parametrize("decision_map", MAPS.values(), ids=MAPS)


def drawn(decision_map: DecisionMap) -> ElementTree.Element:
    return ElementTree.fromstring(str(picture.draw(decision_map)))


def boxes(svg: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every box."""
    made = []
    for box in svg.iter(f"{SVG}rect"):
        if box.get("class"):
            x, y, w, h = (float(box.get(key, "")) for key in ("x", "y", "width", "height"))
            made.append((x, y, x + w, y + h))
    return made


@every_map
def test_no_text_leaves_its_box(decision_map: DecisionMap) -> None:
    svg = drawn(decision_map)
    frames = boxes(svg)
    for text in svg.findall(f"{SVG}text"):
        x, y, size = (float(text.get(key, "")) for key in ("x", "y", "font-size"))
        right = x + width_of(text.text or "", int(size), text.get("font-weight") == "bold")
        assert any(
            left < x and right < end and top < y - size * 0.8 and y + size * 0.25 < bottom
            for left, top, end, bottom in frames
        ), text.text


@every_map
def test_boxes_do_not_overlap_and_stay_in_the_drawing(decision_map: DecisionMap) -> None:
    svg = drawn(decision_map)
    _, _, width, height = (float(number) for number in svg.get("viewBox", "").split())
    frames = boxes(svg)
    for place, (left, top, right, bottom) in enumerate(frames):
        assert left > 0 <= top
        assert right < width
        assert bottom < height
        for other in frames[place + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


@every_map
def test_the_drawing_is_an_image_with_a_name_and_obeys_the_strict_policy(
    decision_map: DecisionMap,
) -> None:
    svg = drawn(decision_map)
    assert svg.get("role") == "img"
    ids = [node.get("id") for node in svg.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert svg.get("aria-labelledby", "").split() == ids
    assert decision_map.title in (svg.findtext(f"{SVG}title") or "")
    for node in svg.iter():
        assert node.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject")
        assert not {key for key in node.attrib if key == "style" or key.startswith("on")}


def test_two_drawings_on_a_page_share_no_id() -> None:
    both = str(picture.draw(samples.MAP, "one")) + str(picture.draw(samples.MAP, "two"))
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 4


def test_the_way_taken_is_told_apart_without_colour() -> None:
    svg = drawn(samples.MAP)
    classes = {"waymark-map__way": 6.0, "waymark-map__turning": 1.5}
    for css, width in classes.items():
        lines = [
            float(node.get("stroke-width", ""))
            for group in svg.iter()
            if group.get("class") == css
            for node in group.iter()
            if node.get("stroke-width")
        ]
        assert set(lines) == {width}
    words = "".join(svg.itertext())
    assert "The way taken" in words
    assert "Other answers: where they lead" in words


def test_colours_have_enough_contrast() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        lin = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]

    svg = drawn(samples.MAP)
    fills = {node.get("fill", "") for node in svg.iter(f"{SVG}rect")}
    inks = {node.get("fill", "") for node in svg.iter(f"{SVG}text")} - {""}
    lines = {node.get("stroke", "") for node in svg.iter()} - {""}
    assert len(fills) == 2
    for fill in fills:
        for colour, least in [*((ink, 4.5) for ink in inks), *((line, 3.0) for line in lines)]:
            light, dark = sorted((luminance(fill), luminance(colour)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= least


def test_branches_to_the_same_place_share_a_box() -> None:
    entries = picture.as_list(samples.MAP)
    assert entries[0].branches == (
        "If the answer were “18 to 24” or “Not known”: More questions",
        "If the answer were “25 or over”: Nothing to refer under these rules",
    )
    assert entries[2].branches[0] == "If the answer were “Yes, it is known”: The same advice"


def test_the_list_has_every_question_and_ends_with_the_advice() -> None:
    entries = picture.as_list(samples.MAP)
    assert [entry.text for entry in entries] == [
        "Age: Under 18",
        "What happened: They were seriously harmed",
        "Abuse or neglect: It is suspected",
        "Place of the incident: In England",
        f"Where it leads: {samples.ROUTE.title}",
    ]


def test_advice_that_is_not_certain_is_drawn_and_told_so() -> None:
    unsure = replace(samples.MAP, certain=False)
    assert picture.as_list(unsure)[-1].text.startswith("Where it leads so far, not certain yet: ")
    svg = drawn(unsure)
    assert "Where it leads so far, not certain yet" in "".join(svg.itertext())
    [route] = [node for node in svg.iter() if node.get("class") == "waymark-map__route"]
    assert route.get("stroke-dasharray")


@given(text=st.text(max_size=200), room=st.integers(60, 400), bold=st.booleans())
@settings(deadline=None)
def test_wrapped_text_fits_and_loses_nothing(text: str, room: int, bold: bool) -> None:
    lines = wrap(text, 16, room, bold)
    assert all(width_of(line, 16, bold) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
