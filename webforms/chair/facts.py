"""What the rules say of a case, stage by stage: one call to the engine for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engine.answers import Answer, BadCase, Case, in_words
from engine.edition import program_for
from engine.expression import findings_in, questions_in
from engine.journey import Journey, journey
from engine.program import Program
from engine.results import Assessment
from engine.timetable import Line, timetable
from rules.loader import rulebook
from webforms import working_out
from webforms.chair.casefile import CaseFile
from webforms.chair.parts.deciding import WITHOUT_REVIEW

# The decisions of a case, in the order of the work.
STAGES = ("notify", "rapid-review", "review", "learning", "parallel")
# The edition under which there was no rapid review, and the review could be a duty.
OF_BOARDS = "working-together-2015"
# The strength of a step that no source asks for.
ADVICE = "advice"

# The question that the form of the Panel's answer settles as well, in other words.
PANEL_ANSWER = "panel_answer"
NOTHING_WRITTEN = "Nothing is written of an answer of the Panel"
AS_WRITTEN = "What is written of the Panel’s answer"
# "It agrees" says what the Panel thinks of a review only beside a decision that there is none; that
# it disagrees does not say what it asks for. What cannot be told stays open.
ASKED_BY_THE_PANEL = {
    "national": "national_review",
    "asks_for_more": "more_information",
    "not_yet": "not_yet",
}
NO_REVIEW = ("no_review", "other_learning")
# The decision on notifying, which the letter to the referrer may know before anything else does.
NOTIFYING_DECISION = "notifying_decision"
ON_NOTIFYING = ("notified", "not_notified", "learning")


@dataclass(frozen=True)
class Supplied:
    """An answer that nobody gave to the question itself: the case has it from elsewhere."""

    question: str
    answer: Answer
    where: str


def supplied(file: CaseFile, stage: str) -> Supplied | None:
    """What the Panel answered, told from the form of its answer, while the question is still open.

    A decision comes before the Panel's answer to it, so it does not wait for that: where nothing is
    written of an answer, the Panel has not answered. What somebody says to the question itself
    counts, "not known yet" included.
    """
    if stage != "review" or PANEL_ANSWER in file.answers:
        return None
    answer = _written_of_the_panel(file)
    case = _as_answered(file, stage)
    program = program_for(rulebook(), case)
    if not answer or all(each.question.id != PANEL_ANSWER for each in program.asked):
        return None
    if PANEL_ANSWER not in journey(program, case.answers).open:
        return None
    return Supplied(PANEL_ANSWER, answer, AS_WRITTEN if file.one(PANEL_ANSWER) else NOTHING_WRITTEN)


def _written_of_the_panel(file: CaseFile) -> str:
    """The value of the question that says what the form of the Panel's answer says, or nothing."""
    written = file.one(PANEL_ANSWER)
    answered_on = file.day(PANEL_ANSWER, "answered_on")
    if not written or (answered_on and answered_on > file.today):
        return "not_yet"
    agreement = str(written.get("agreement", ""))
    if agreement == "agrees" and file.one("decision").get("route") in NO_REVIEW:
        return "agrees_no_review"
    return ASKED_BY_THE_PANEL.get(agreement, "")


def started_without_review(file: CaseFile) -> bool:
    """Whether a day is given on which a review was started, and the decision is without one.

    The day may be left from an earlier decision. A national review, which is the Panel's own
    decision, has such a day whatever the partners decided.
    """
    without = file.one("decision").get("route") in WITHOUT_REVIEW
    if not without or "review_decision" not in file.dates:
        return False
    # "Not known" takes back nothing of what is written of the Panel's answer.
    return "national_review" not in (file.answers.get(PANEL_ANSWER), _written_of_the_panel(file))


def dates_of(file: CaseFile) -> dict[str, date]:
    """The dates that the rules are given. From a review that was not decided nothing is counted."""
    left_out = {"review_decision"} if started_without_review(file) else set()
    decided = notifying_decided(file)
    given = {**file.dates, **({NOTIFYING_DECISION: decided} if decided else {})}
    return {event: day for event, day in given.items() if event not in left_out}


def notifying_decided(file: CaseFile) -> date | None:
    """When it was decided whether to notify: as noted for itself, else as the referrer is told."""
    if noted := file.dates.get(NOTIFYING_DECISION):
        return noted
    told = file.day("feedback", "decided")
    on_notifying = file.one("feedback").get("outcome") in ON_NOTIFYING
    return told if told and on_notifying and told <= file.today else None


def _as_answered(file: CaseFile, stage: str) -> Case:
    """The case at a stage, with what people answered and nothing else."""
    asked = set(rulebook().stages[stage].questions)
    return Case(
        stage=stage,
        area=file.area,
        dates=dates_of(file),
        answers={
            question: answer for question, answer in file.answers.items() if question in asked
        },
    )


def case_at(file: CaseFile, stage: str) -> Case:
    """The case as a stage of the rules takes it. Raises `BadCase` before the first edition."""
    case = _as_answered(file, stage)
    found = supplied(file, stage)
    return replace(case, answers={**case.answers, found.question: found.answer}) if found else case


def answers_of(file: CaseFile) -> dict[str, Answer]:
    """Every answer that the rules were given, at whichever stage."""
    found = supplied(file, "review")
    return {**file.answers, **({found.question: found.answer} if found else {})}


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
    return program_for(rulebook(), _as_answered(file, stage))


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

    What is only our advice, such as finding out what is open, has no time limit that binds anybody.
    A deadline of a process that runs beside belongs to the stage `parallel`.
    """
    lines: dict[tuple[str, str, date | None], tuple[str, Line]] = {}
    for stage in STAGES:
        assessment = assessed(file, stage)
        route = assessment.route.title if assessment.route else ""
        for line in timetable(assessment, dates_of(file), today):
            if line.strength == ADVICE:
                continue
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
    rules = rulebook()
    return in_words(rules.questions[question], answer, dict(rules.authorities))
