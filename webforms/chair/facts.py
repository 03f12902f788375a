"""What the rules say of a case, stage by stage: one call to the engine for each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from engine.answers import NOT_KNOWN, Answer, BadCase, Case
from engine.edition import program_for
from engine.expression import findings_in, questions_in
from engine.journey import Journey, journey
from engine.program import Program
from engine.results import Assessment
from engine.timetable import Line, timetable
from rules.loader import rulebook
from webforms import working_out
from webforms.chair.casefile import CaseFile

# The decisions of a case, in the order of the work.
STAGES = ("notify", "rapid-review", "review", "learning", "parallel")
# The edition under which there was no rapid review, and the review could be a duty.
OF_BOARDS = "working-together-2015"


def case_at(file: CaseFile, stage: str) -> Case:
    """The case as a stage of the rules takes it."""
    asked = set(rulebook().stages[stage].questions)
    return Case(
        stage=stage,
        area=file.area,
        dates=dict(file.dates),
        answers={
            question: answer for question, answer in file.answers.items() if question in asked
        },
    )


def assessed(file: CaseFile, stage: str) -> Assessment:
    """What the rules say at a stage. Raises `BadCase` for a case before the first edition."""
    return working_out.assessed(case_at(file, stage))


def at(file: CaseFile, stage: str) -> tuple[Program, Journey]:
    """The rules that govern a stage of a case, and the way through its questions."""
    case = case_at(file, stage)
    program = program_for(rulebook(), case)
    return program, journey(program, case.answers)


def program(file: CaseFile, stage: str) -> Program:
    """The rules that govern a stage of a case. They depend on its dates, not on its answers."""
    return program_for(rulebook(), case_at(file, stage))


def problem(file: CaseFile) -> str:
    """Why the rules cannot be applied to this case at all, or nothing."""
    try:
        at(file, "notify")
        at(file, "review")
    except BadCase as fault:
        return fault.message
    return ""


def of_boards(file: CaseFile) -> bool:
    """Whether the decision on a review falls under the rules of 2015."""
    try:
        return program(file, "review").edition.id == OF_BOARDS
    except BadCase:
        return False


def deadlines(file: CaseFile, today: date) -> tuple[tuple[str, Line], ...]:
    """Every deadline with the stage that it belongs to, each told once.

    A deadline of a process that runs beside belongs to the stage `parallel`.
    """
    lines: dict[tuple[str, str, date | None], tuple[str, Line]] = {}
    for stage in STAGES:
        assessment = assessed(file, stage)
        route = assessment.route.title if assessment.route else ""
        for line in timetable(assessment, file.dates, today):
            of = stage if line.of == route else "parallel"
            lines.setdefault((line.do, line.words, line.due), (of, line))
    return tuple(lines.values())


@lru_cache(maxsize=1024)
def questions_behind(program: Program, finding: str) -> tuple[str, ...]:
    """The questions on which a finding rests, directly or through other findings, in order."""
    wanted, seen, questions = [finding], set[str](), set[str]()
    while wanted:
        name = wanted.pop()
        rules = program.finding(name)
        if name in seen or rules is None:
            continue
        seen.add(name)
        questions |= questions_in(rules.when)
        wanted += findings_in(rules.when)
    return tuple(each for each in program.rulebook.questions if each in questions)


def words_of_answer(file: CaseFile, question: str) -> str:
    """An answer in the words of its option; what was not asked and what is not known say so."""
    return words_of(question, file.answers.get(question))


def words_of(question: str, answer: Answer | None) -> str:
    """Any answer to a question in words; None is for one that nobody has answered."""
    if answer is None:
        return "Not asked yet"
    if answer == NOT_KNOWN:
        return "Not known yet"
    if isinstance(answer, int):
        return "Under 1" if answer == 0 else str(answer)
    rules = rulebook()
    options = {option.value: option.text for option in rules.questions[question].options}
    return (options | dict(rules.authorities)).get(str(answer), str(answer))
