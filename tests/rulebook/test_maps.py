"""Maps of choices: what a map says is what the diagram says, and the picture says the same."""

from __future__ import annotations

import itertools
import random
import re
from xml.etree import ElementTree

import pytest

from engine.ages import Cell
from engine.edition import program_on
from engine.program import Asked, Program
from engine.readings import Readings, readings_of
from engine.rulebook import Rulebook
from webforms.rulebook.choice_map import (
    ChoiceMap,
    Way,
    answers_in_words,
    finding_map,
    route_map,
)
from webforms.rulebook.editions import first_day
from webforms.rulebook.map_drawing import draw
from webforms.rulebook.map_layout import laid_out
from webforms.rulebook.ordering import crossings, ordered, with_stand_ins

STAGES = ("refer", "notify", "rapid-review", "review", "learning", "parallel")
EDITIONS = tuple(f"working-together-{year}" for year in (2015, 2018, 2023, 2026))
SVG = "{http://www.w3.org/2000/svg}"


def program(rulebook: Rulebook, stage: str, edition: str, area: str) -> Program:
    found = next(each for each in rulebook.editions if each.id == edition)
    return program_on(rulebook, stage, area, first_day(rulebook, found, area))


def led_to(drawn: ChoiceMap, readings: Readings, answers: dict[str, str]) -> str:
    """Where a reader of the map ends who follows it with these answers."""
    if not drawn.choices:
        return drawn.outcomes[0].value
    at = "1"
    while at.isdigit():
        choice = drawn.choices[int(at) - 1]
        assert choice.number == int(at)
        asked = readings.program.ask(choice.question)
        taken = [
            way for way in choice.ways if _takes(way, asked.words_of(answers[choice.question]))
        ]
        assert len(taken) == 1, f"{choice.label}: {taken}"
        at = taken[0].to
    return next(each.value for each in drawn.outcomes if each.letter == at)


def _takes(way: Way, words: str) -> bool:
    """Whether a way takes an answer; several ages may have been told as one."""
    words = words[:1].upper() + words[1:]
    return words in way.answers or any(_holds(each, words) for each in way.answers)


def _holds(wide: str, narrow: str) -> bool:
    spans = _ages(wide), _ages(narrow)
    return all(spans) and spans[0][0] <= spans[1][0] and spans[1][1] <= spans[0][1]  # type: ignore[index]


def _ages(words: str) -> tuple[int, int] | None:
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    if re.fullmatch(r"Under \d+", words):
        return 0, numbers[0] - 1
    if re.fullmatch(r"\d+ or over", words):
        return numbers[0], 200
    if words == "Any age":
        return 0, 200
    return (numbers[0], numbers[-1]) if re.fullmatch(r"\d+( (or|to) \d+)?", words) else None


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_whoever_follows_the_map_ends_where_the_rules_do(
    rulebook: Rulebook, stage: str, edition: str
) -> None:
    readings = readings_of(program(rulebook, stage, edition, "darlington"))
    drawn = route_map(readings)
    chance = random.Random(f"{stage} {edition}")
    for _ in range(200):
        answers = {
            question: chance.choice(values)
            for question, values in zip(readings.questions, readings.values, strict=True)
        }
        assert led_to(drawn, readings, answers) == readings.read(readings.route, answers)
    assert {each.value for each in drawn.outcomes} == {
        route.id for route in readings.program.routes
    }


def test_the_map_of_a_finding_ends_in_how_it_stands(rulebook: Rulebook) -> None:
    readings = readings_of(program(rulebook, "notify", "working-together-2023", "none"))
    drawn = finding_map(readings, "serious_incident")
    assert [each.title for each in drawn.outcomes] == ["Established", "Ruled out", "Open"]
    assert drawn.choices[0].label == "Age"
    # Ages that lead the same way are told as one.
    assert Way(("Under 18",), "2") in drawn.choices[0].ways or any(
        "Under 18" in way.answers for way in drawn.choices[0].ways
    )


def test_only_ages_that_follow_each_other_are_told_as_one(rulebook: Rulebook) -> None:
    cells = (Cell(0, 4), Cell(4, 16), Cell(16, 18), Cell(18, None))
    values = tuple(each.value for each in cells)
    asked = Asked(rulebook.questions["age_of_person"], ("unborn", *values, "not known"), cells)

    def told(*taken: int) -> tuple[str, ...]:
        return answers_in_words(asked, [values[each] for each in taken])

    assert told(0, 1, 2) == ("Under 18",)
    assert told(0, 2, 3) == ("Under 4", "16 or over")
    assert answers_in_words(asked, ["unborn", values[0], "not known"]) == (
        "Not yet born",
        "Under 4",
        "Not known yet",
    )


def as_read(picture: str) -> tuple[dict[str, tuple[str, dict[str, str]]], dict[str, str]]:
    """What the picture says: each box with its ways, and the outcomes."""
    root = ElementTree.fromstring(picture)
    boxes: dict[str, tuple[str, dict[str, str]]] = {}
    outcomes: dict[str, str] = {}
    for group in root.iter(f"{SVG}g"):
        # What is drawn has to be what the part says of itself.
        said = " ".join(" ".join(each.itertext()) for each in group.iter(f"{SVG}text"))
        if number := group.get("data-choice"):
            cells = [each for each in group if each.get("data-answers")]
            ways = {}
            for cell in cells:
                texts = [each.text or "" for each in cell.iter(f"{SVG}text")]
                assert texts[-1] == cell.get("data-to")
                drawn = " ".join(texts[:-1])
                assert _closed(drawn) == _closed(cell.get("data-answers") or "")
                ways[cell.get("data-answers") or ""] = texts[-1]
            label = group.get("data-label") or ""
            assert _closed(said).startswith(_closed(f"{number}. {label}"))
            boxes[number] = (label, ways)
        elif letter := group.get("data-outcome"):
            outcomes[letter] = group.get("data-title") or ""
            assert _closed(said) == _closed(f"{letter} {outcomes[letter]}")
    return boxes, outcomes


def _closed(text: str) -> str:
    """The text without what wrapping and quoting add."""
    return re.sub(r"[\s“”]+", "", text)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("area", ["none", "darlington"])
def test_the_picture_says_what_the_map_says(
    rulebook: Rulebook, stage: str, edition: str, area: str
) -> None:
    readings = readings_of(program(rulebook, stage, edition, area))
    maps = [route_map(readings)]
    maps += [finding_map(readings, each.finding) for each in readings.program.findings[::7]]
    for drawn in maps:
        boxes, outcomes = as_read(str(draw(drawn, "A map")))
        assert outcomes == {each.letter: each.title for each in drawn.outcomes}
        assert boxes == {
            str(choice.number): (choice.label, {way.words: way.to for way in choice.ways})
            for choice in drawn.choices
        }


def test_nothing_overlaps_and_every_line_ends_at_a_box(rulebook: Rulebook) -> None:
    for stage in STAGES:
        drawn = route_map(
            readings_of(program(rulebook, stage, "working-together-2023", "darlington"))
        )
        layout = laid_out(drawn, 40)
        for a, b in itertools.combinations(layout.boxes, 2):
            apart = (
                a.left + a.width <= b.left
                or b.left + b.width <= a.left
                or a.bottom <= b.top
                or b.bottom <= a.top
            )
            assert apart, f"{stage}: {a.choice.number} and {b.choice.number}"
        tops = {(box.middle, box.top) for box in layout.boxes}
        ways = [way for choice in drawn.choices for way in choice.ways if way.to.isdigit()]
        assert len(layout.lines) == len(ways)
        for line in layout.lines:
            assert line.end in tops
            assert line.start[1] < line.end[1], "lines run down"
            for x, start, end in line.passes:
                inside = [
                    box.choice.number
                    for box in layout.boxes
                    if box.left < x < box.left + box.width and box.top < end and start < box.bottom
                ]
                assert not inside, f"{stage}: a line runs through {inside}"


def test_the_first_question_stands_where_a_window_on_the_map_opens(rulebook: Rulebook) -> None:
    for stage in STAGES:
        drawn = route_map(readings_of(program(rulebook, stage, "working-together-2026", "none")))
        layout = laid_out(drawn, 40)
        first = next(box for box in layout.boxes if box.choice.number == 1)
        assert first.left == min(box.left for box in layout.boxes), stage


def test_rows_are_sorted_so_that_lines_do_not_cross() -> None:
    rows = [[1, 2], [3, 4], [5]]
    edges = {1: [4], 2: [3], 3: [5], 4: []}
    layers, joins = with_stand_ins(rows, edges)
    assert crossings(layers, joins) == 1
    better, joins = with_stand_ins(ordered(rows, edges), edges)
    assert crossings(better, joins) == 0


def test_a_line_that_skips_a_row_has_a_place_in_it() -> None:
    layers, joins = with_stand_ins([[1], [2], [3]], {1: [2, 3], 2: [3]})
    assert layers == [[1], [2, (3, 1)], [3]]
    assert joins[1] == {(2, 3), ((3, 1), 3)}
