"""Rulebooks of a few rules, made in Python, and the plainest possible reading of a rule.

`holds` says whether a rule is true on complete answers, by nothing but recursion. What the
engine's evaluators say is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from hypothesis import strategies as st

from engine.answers import NOT_KNOWN, Answer
from engine.compilation import compiled_program
from engine.expression import (
    Aged,
    All,
    Answered,
    Any,
    Concluded,
    Expression,
    Not,
    Stands,
    Status,
)
from engine.program import Program
from engine.rulebook import (
    Citation,
    Edition,
    EventDate,
    Option,
    Overlay,
    Period,
    Question,
    Route,
    Rule,
    Rulebook,
    Source,
    Stage,
    Step,
    Strength,
    Verification,
)

START = date(2018, 6, 29)
ALWAYS = Period(START)
CITED = (Citation("act", "1"),)
YES_NO = ("yes", "no")

# The questions of random rulebooks; "age" stands for completed years, with "unborn" besides.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "seen": YES_NO,
    "told": YES_NO,
    "place": ("home", "school", "street"),
    "age": ("unborn",),
}
BY_HOW_IT_STANDS = {
    "act": Status.ESTABLISHED,
    "find_out": Status.OPEN,
    "leave_it": Status.RULED_OUT,
}


def yes(question: str) -> Expression:
    """The answer is yes."""
    return Answered(question, ("yes",))


def question(name: str, values: Sequence[str]) -> Question:
    """A question of as few words as a question can have."""
    kind = "age" if name.startswith("age") else "yes/no" if values == YES_NO else "choice"
    options = tuple(Option(value, f"It is {value}") for value in values)
    return Question(name, kind, f"{name}?", name, "", "why", "find out", "whom", options, CITED)


def rule(finding: str, when: Expression, strength: Strength = Strength.MUST) -> Rule:
    """A rule of the act, named after its finding."""
    sentence = f"It is so: {finding}"
    return Rule(f"act-{finding}", finding, sentence, "words", strength, when, CITED, ALWAYS)


def route(name: str, when: Expression, *steps: Step, strength: Strength = Strength.FACT) -> Route:
    """A route of the one stage."""
    return Route(name, "stage", f"Take {name}", "summary", strength, when, CITED, steps)


def overlay(area: str, *widenings: Rule) -> Overlay:
    """A local procedure that widens findings."""
    return Overlay(area, area, area, "act", ALWAYS, (), (), widenings)


def little(
    rules: Mapping[str, Expression],
    routes: Mapping[str, Expression] | Sequence[Route] | None = None,
    questions: Mapping[str, Sequence[str]] | None = None,
    *,
    decides: Sequence[str] = (),
    local: Overlay | None = None,
    strengths: Mapping[str, Strength] | None = None,
) -> Rulebook:
    """A rulebook of one stage. Without routes, they go by how the last finding stands."""
    last = list(rules)[-1]
    if routes is None:
        routes = {name: Stands(last, status) for name, status in BY_HOW_IT_STANDS.items()}
    if isinstance(routes, Mapping):
        routes = [route(name, when) for name, when in routes.items()]
    questions = QUESTIONS if questions is None else questions
    stage = Stage(
        "stage",
        "title",
        "ask",
        "whom",
        ("day",),
        ("day",),
        tuple(questions),
        tuple(decides),
        (),
        (),
    )
    strong = strengths or {}
    return Rulebook(
        version="little",
        sources={"act": Source("act", "Act", "Act", "statute", ALWAYS, Verification.READ)},
        editions=(Edition("act", "Act", ALWAYS, Verification.READ),),
        questions={name: question(name, tuple(values)) for name, values in questions.items()},
        event_dates={"day": EventDate("day", "When?", "Day", "the day", "")},
        rules=tuple(
            rule(name, when, strong.get(name, Strength.MUST)) for name, when in rules.items()
        ),
        routes=tuple(routes),
        processes=(),
        stages={"stage": stage},
        overlays=(overlay("none"), *([local] if local else [])),
        contradictions={},
    )


def program_of(rulebook: Rulebook, area: str = "none") -> Program:
    """The program of a little rulebook's one stage, compiled afresh."""
    chosen = next(each for each in rulebook.overlays if each.area == area)
    rules = {each.finding: (each,) for each in rulebook.rules}
    for each in chosen.widenings:
        rules[each.finding] = (*rules[each.finding], each)
    return compiled_program(
        rulebook,
        rulebook.stages["stage"],
        day=START,
        edition=rulebook.editions[0],
        overlay=chosen,
        in_force=frozenset({"act"}),
        rules=rules,
        processes=rulebook.processes,
    )


# The plainest reading


def holds(when: Expression, rules: Mapping[str, Expression], answers: Mapping[str, Answer]) -> bool:
    """Whether a rule is true, every question being answered."""
    match when:
        case Answered(name, values):
            return answers[name] in values
        case Aged(name, at_least, under):
            age = answers[name]
            return (
                isinstance(age, int)
                and (at_least is None or age >= at_least)
                and (under is None or age < under)
            )
        case Concluded(finding):
            return finding in rules and holds(rules[finding], rules, answers)
        case All(parts):
            return all(holds(part, rules, answers) for part in parts)
        case Any(parts):
            return any(holds(part, rules, answers) for part in parts)
        case Not(part):
            return not holds(part, rules, answers)
        case _:
            raise TypeError(f"a rule does not say {when}")


def complete(program: Program, answers: Mapping[str, Answer]) -> Iterator[dict[str, Answer]]:
    """Every way of filling in what is not known: each value, and for ages one of each cell."""
    choices: list[Sequence[Answer]] = []
    for asked in program.asked:
        given = answers.get(asked.question.id, NOT_KNOWN)
        options = tuple(option.value for option in asked.question.options)
        ages = tuple(cell.low for cell in asked.cells)
        choices.append((*options, *ages) if given == NOT_KNOWN else (given,))
    names = [asked.question.id for asked in program.asked]
    for values in product(*choices):
        yield dict(zip(names, values, strict=True))


def standing(
    program: Program, finding: str, rules: Mapping[str, Expression], answers: Mapping[str, Answer]
) -> Status:
    """How a finding stands, found by trying every way of filling in what is not known."""
    said = {holds(Concluded(finding), rules, each) for each in complete(program, answers)}
    if len(said) == 2:
        return Status.OPEN
    return Status.ESTABLISHED if said == {True} else Status.RULED_OUT


# What three-valued logic cannot see: (A and X) or (A and not X) is A, whatever X is.
EITHER_WAY = {
    "danger": Any(
        (All((yes("seen"), yes("told"))), All((yes("seen"), Answered("told", ("no",))))),
    )
}


# Rulebooks and cases at random


@st.composite
def conditions(draw: st.DrawFn, findings: Sequence[str] = ()) -> Expression:
    """A condition over the questions above, and over the findings given."""
    ages = st.tuples(st.sampled_from([None, 10, 16]), st.sampled_from([None, 18, 24]))
    leaves = st.one_of(
        st.sampled_from([(name, value) for name in ("seen", "told") for value in YES_NO]).map(
            lambda each: Answered(each[0], (each[1],))
        ),
        st.lists(st.sampled_from(QUESTIONS["place"]), min_size=1, max_size=2, unique=True).map(
            lambda values: Answered("place", tuple(values))
        ),
        ages.filter(any).map(lambda each: Aged("age", *each)),
        st.just(Answered("age", ("unborn",))),
        *([st.sampled_from(list(findings)).map(Concluded)] if findings else []),
    )
    several = lambda parts: st.lists(parts, min_size=1, max_size=3).map(tuple)  # noqa: E731
    return draw(
        st.recursive(
            leaves,
            lambda parts: st.one_of(
                several(parts).map(All), several(parts).map(Any), parts.map(Not)
            ),
            max_leaves=6,
        )
    )


@st.composite
def laws(draw: st.DrawFn) -> dict[str, Expression]:
    """One to four findings, each resting on questions and on earlier findings."""
    rules: dict[str, Expression] = {}
    for name in ("first", "second", "third", "fourth")[: draw(st.integers(1, 4))]:
        rules[name] = draw(conditions(tuple(rules)))
    return rules


@st.composite
def partial_answers(draw: st.DrawFn, program: Program) -> dict[str, Answer]:
    """Answers to some of a program's questions, "not known" among them."""
    answers: dict[str, Answer] = {}
    for asked in program.asked:
        options = [option.value for option in asked.question.options]
        ages = [age for cell in asked.cells for age in (cell.low, (cell.high or cell.low + 2) - 1)]
        value = draw(st.sampled_from([None, NOT_KNOWN, *options, *ages]))
        if value is not None:
            answers[asked.question.id] = value
    return answers
