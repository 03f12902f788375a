"""Decision diagrams say of every case what trying every answer would say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from engine.answers import NOT_KNOWN
from engine.diagram import Diagrams
from engine.expression import Concluded, Status
from engine.readings import Readings
from tests.engine.little import complete, holds, laws, little, program_of, standing

# Two questions of two answers and one of three, each with "not known" as its last child.
SIZES = (3, 4, 3)
CASES = list(product(*(range(size) for size in SIZES)))
KNOWN = list(product(*(range(size - 1) for size in SIZES)))
tables = st.lists(st.sampled_from("ab"), min_size=len(CASES), max_size=len(CASES))
truths = st.lists(st.booleans(), min_size=len(KNOWN), max_size=len(KNOWN))


def built(d: Diagrams, value_of: Callable[[tuple[int, ...]], Hashable]) -> int:
    """The diagram of a function given case by case."""

    def go(taken: tuple[int, ...]) -> int:
        level = len(taken)
        if level == len(SIZES):
            return d.terminal(value_of(taken))
        return d.node(level, tuple(go((*taken, child)) for child in range(SIZES[level])))

    return go(())


def value(d: Diagrams, node: int, case: tuple[int, ...]) -> Hashable:
    """What the diagram says of one case."""
    while not d.is_constant(node):
        node = d.children(node)[case[d.level(node)]]
    return d.value(node)


def agreeing(case: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The known cases that a partial case can turn out to be."""
    for known in KNOWN:
        if all(a in (k, size - 1) for a, k, size in zip(case, known, SIZES, strict=True)):
            yield known


@given(table=tables)
def test_a_diagram_says_what_its_function_says(table: list[str]) -> None:
    d = Diagrams(SIZES)
    node = built(d, lambda case: table[CASES.index(case)])
    assert [value(d, node, case) for case in CASES] == table


@given(table=tables, other=tables)
def test_equal_functions_are_one_node_and_different_ones_are_not(
    table: list[str], other: list[str]
) -> None:
    d = Diagrams(SIZES)
    first = built(d, lambda case: table[CASES.index(case)])
    again = built(d, lambda case: list(table)[CASES.index(case)])
    second = built(d, lambda case: other[CASES.index(case)])
    assert first == again
    assert (first == second) == (table == other)
    told = d.difference(first, second)
    assert (told is None) == (table == other)
    if told is not None:
        differing = [c for c in CASES if all(c[level] == child for level, child in told.items())]
        assert differing
        assert all(table[CASES.index(c)] != other[CASES.index(c)] for c in differing)


@given(table=tables)
def test_the_questions_left_in_a_diagram_are_those_that_matter(table: list[str]) -> None:
    d = Diagrams(SIZES)
    node = built(d, lambda case: table[CASES.index(case)])

    def matters(level: int) -> bool:
        return any(
            len({table[CASES.index((*c[:level], k, *c[level + 1 :]))] for k in range(SIZES[level])})
            > 1
            for c in CASES
        )

    assert d.levels_in(node) == tuple(level for level in range(len(SIZES)) if matters(level))


@given(table=tables, level=st.integers(0, 2), child=st.integers(0, 2))
def test_restricting_a_diagram_takes_the_answer_as_given(
    table: list[str], level: int, child: int
) -> None:
    d = Diagrams(SIZES)
    left = d.restrict(built(d, lambda case: table[CASES.index(case)]), level, child)
    assert level not in d.levels_in(left)
    for case in CASES:
        given_case = (*case[:level], child, *case[level + 1 :])
        assert value(d, left, case) == table[CASES.index(given_case)]


@given(table=tables, other=tables)
def test_joining_two_diagrams_joins_their_values(table: list[str], other: list[str]) -> None:
    d = Diagrams(SIZES)
    first = built(d, lambda case: table[CASES.index(case)])
    second = built(d, lambda case: other[CASES.index(case)])
    joined = d.apply("pair", lambda a, b: (a, b), first, second)
    assert [value(d, joined, case) for case in CASES] == list(zip(table, other, strict=True))
    changed = d.map(lambda each: f"not {each}", first)
    assert [value(d, changed, case) for case in CASES] == [f"not {each}" for each in table]


@given(table=truths, other=truths)
def test_true_and_false_are_joined_as_logic_joins_them(
    table: list[bool], other: list[bool]
) -> None:
    d = Diagrams(SIZES)

    def of(known: list[bool]) -> int:
        return built(d, lambda c: known[KNOWN.index(c)] if c in KNOWN else False)

    a, b = of(table), of(other)
    for index, case in enumerate(KNOWN):
        x, y = table[index], other[index]
        assert value(d, d.both(a, b), case) is (x and y)
        assert value(d, d.either(a, b), case) is (x or y)
        assert value(d, d.unlike(a, b), case) is (x != y)
        assert value(d, d.negated(a), case) is (not x)


@given(table=tables)
def test_every_value_that_can_be_reached_is_found_with_a_case(table: list[str]) -> None:
    d = Diagrams(SIZES)
    node = built(d, lambda case: table[CASES.index(case)])
    assert d.terminals_under(node) == set(table)
    for wanted in "ab":
        case = d.find(node, wanted)
        assert (case is not None) == (wanted in table)
        if case is not None:
            whole = tuple(case.get(level, 0) for level in range(len(SIZES)))
            assert value(d, node, whole) == wanted


@given(table=truths, noise=st.booleans())
def test_exactly_says_what_every_completion_agrees_on(table: list[bool], noise: bool) -> None:
    d = Diagrams(SIZES)
    # What the function says of "not known" is noise, and makes no difference.
    truth = built(d, lambda c: table[KNOWN.index(c)] if c in KNOWN else noise)
    status = d.exactly(truth)
    for case in CASES:
        said = {table[KNOWN.index(known)] for known in agreeing(case)}
        expected = (
            Status.OPEN
            if len(said) == 2
            else Status.ESTABLISHED
            if said == {True}
            else Status.RULED_OUT
        )
        assert value(d, status, case) is expected


def test_true_is_not_one_and_false_is_not_nought() -> None:
    d = Diagrams([2])
    assert len({d.terminal(each) for each in (True, 1, False, 0, "1", None)}) == 6


@given(law=laws(), data=st.data())
def test_the_status_of_a_finding_is_what_trying_every_answer_gives(
    law: dict[str, object], data: st.DataObject
) -> None:
    program = program_of(little(law))
    readings = Readings(program)
    answers = {
        asked.question.id: data.draw(
            st.sampled_from(
                [NOT_KNOWN, *(o.value for o in asked.question.options)]
                + [cell.low for cell in asked.cells]
            )
        )
        for asked in program.asked
    }
    known = program.known_answers(answers)
    for finding, status in readings.status.items():
        said = readings.diagrams.value(readings.restrict(status, known))
        assert said is standing(program, finding, law, answers)


@given(law=laws())
def test_a_truth_diagram_says_what_the_rule_says(law: dict[str, object]) -> None:
    program = program_of(little(law))
    readings = Readings(program)
    for answers in complete(program, {}):
        known = program.known_answers(answers)
        for finding, truth in readings.truth.items():
            said = readings.diagrams.value(readings.restrict(truth, known))
            assert said is holds(Concluded(finding), law, answers)
