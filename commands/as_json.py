"""The engine's results as JSON: a contract with scripts outside the project."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.answers import NOT_KNOWN
from engine.comparison import Side
from engine.coverage import Coverage
from engine.difference import Difference
from engine.journey import Journey
from engine.program import Program
from engine.proof import Claim
from engine.results import (
    Assessment,
    CitationGiven,
    Explanation,
    FindingGiven,
    FiringGiven,
    PathAnswer,
    ProcessGiven,
    RouteGiven,
    StepGiven,
    WhyAsked,
)
from engine.timetable import Line


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """An assessment: `route` is null only where the evaluators disagreed (`fault` says how)."""
    return {
        "stage": assessment.stage,
        "edition": assessment.edition,
        "edition_status": assessment.edition_status,
        "overlay": assessment.overlay,
        "area": assessment.area,
        "dates": {event: day.isoformat() for event, day in assessment.dates},
        "rules_version": assessment.rules_version,
        "route": None if assessment.route is None else _route(assessment.route),
        "findings": [_finding(each) for each in assessment.findings],
        "open": [each.question for each in assessment.open],
        "processes": [_process(each) for each in assessment.processes],
        "set_aside": [each.question for each in assessment.set_aside],
        "answers": [_answer(each) for each in assessment.path],
        "rationale": [
            {
                "rule": each.rule,
                "source": each.source,
                "because": list(each.because),
                "establishes": each.establishes,
                "status": str(each.status),
            }
            | _not_settled(each)
            for each in assessment.rationale
        ],
        "contradictions": [
            {"id": each.id, "title": each.title, "sentence": each.sentence}
            for each in assessment.contradictions
        ],
        "warnings": list(assessment.warnings),
        "fault": assessment.fault or None,
    }


def timetable_json(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    """Every deadline, the earliest first, and how it stands."""
    return [
        {
            "step": each.step,
            "of": each.of,
            "do": each.do,
            "who": each.who,
            "clock": each.words,
            "from": _day(each.started),
            "by": _day(each.due),
            "met": _day(each.met),
            "standing": str(each.standing),
            "days": each.days,
            "strength": each.strength,
            "source": each.source,
            "disputed": each.disputed,
        }
        | ({"expected": True} if each.expected else {})
        | ({"problem": each.problem} if each.problem else {})
        for each in lines
    ]


def _route(route: RouteGiven) -> dict[str, Any]:
    return {
        "id": route.id,
        "title": route.title,
        "summary": route.summary,
        "strength": route.strength,
        "certain": route.certain,
        "source": _sources(route.citations),
        "steps": [_step(each) for each in route.steps],
    }


def _step(step: StepGiven) -> dict[str, Any]:
    return {
        "id": step.id,
        "do": step.do,
        "who": step.who,
        # A date where there is one, so that a script can compare it; else the words.
        "by": step.due.isoformat() if step.due else step.by,
        "by_words": step.by,
        "readings": [
            {"within": each.words, "from": _day(each.started), "by": _day(each.due)}
            # Counted from another event, as the day of its own is not known: nobody is late by it.
            | ({"expected": True} if each.expected else {})
            # The day from which it is done, not the last one.
            | ({"after": True} if each.after else {})
            | ({"problem": each.problem} if each.problem else {})
            for each in step.readings
        ],
        "strength": step.strength,
        "source": _sources(step.citations),
        "note": step.note,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _finding(finding: FindingGiven) -> dict[str, Any]:
    return {
        "id": finding.id,
        "sentence": finding.sentence,
        "status": str(finding.status),
        "strength": finding.strength,
        "source": _sources(finding.citations),
        "verified": finding.verified,
        "rule": finding.rule,
    } | _not_settled(finding)


def _not_settled(told: FindingGiven | FiringGiven) -> dict[str, str]:
    """What the texts leave open, where they do; a record of before has no such key."""
    return {"not_settled": told.not_settled} if told.not_settled else {}


def _process(process: ProcessGiven) -> dict[str, Any]:
    return {
        "id": process.id,
        "title": process.title,
        "status": str(process.status),
        "decider": process.decider,
        "strength": process.strength,
        "source": _sources(process.citations),
        "verified": process.verified,
        "steps": [_step(each) for each in process.steps],
    }


def _answer(answer: PathAnswer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "answer": answer.value,
        "words": answer.words,
        "matters": answer.matters,
    }


def _sources(citations: tuple[CitationGiven, ...]) -> str:
    return "; ".join(each.text for each in citations)


def ask_json(program: Program, trip: Journey, why: WhyAsked | None) -> dict[str, Any]:
    """The next question (null when none can matter), why it is asked, how many can still matter."""
    return {
        "stage": program.stage.id,
        "edition": program.edition.id,
        "overlay": program.overlay.id,
        "question": None if why is None else _question(program, why.question),
        "why": None if why is None else _why(why),
        "remaining": len(trip.open),
        "open": list(trip.open),
        "set_aside": list(trip.set_aside),
    }


def _question(program: Program, question: str) -> dict[str, Any]:
    asked = program.ask(question).question
    details = [each for each in program.details if each.detail_of == question]
    return {
        "id": asked.id,
        "text": asked.text,
        "hint": asked.hint,
        "kind": asked.kind,
        "options": [
            *({"value": each.value, "text": each.text} for each in asked.options),
            {"value": NOT_KNOWN, "text": "Not known yet"},
        ],
        "details": [
            {"id": each.id, "text": each.text, "when": each.detail_when} for each in details
        ],
    }


def _why(why: WhyAsked) -> dict[str, Any]:
    return {
        "summary": why.summary,
        "consequences": [
            {"value": each.value, "answer": each.answer, "follows": each.follows}
            for each in why.consequences
        ],
        "source": _sources(why.citations),
    }


def explanation_json(
    program: Program, assessment: Assessment, explanation: Explanation
) -> dict[str, Any]:
    """The route, the fewest answers that decide it, and the fewest that would change it."""
    return {
        "stage": program.stage.id,
        "edition": program.edition.id,
        "overlay": program.overlay.id,
        "route": None if assessment.route is None else _route(assessment.route),
        "reason": [_answer(each) for each in explanation.reason],
        "changes": [
            {
                "route": each.route,
                "title": each.title,
                "answers": [
                    {"question": question, "label": label, "now": now, "then": then}
                    for question, label, now, then in each.answers
                ],
                "then_asked": list(each.then_asked),
            }
            for each in explanation.changes
        ],
        "not_known_that_do_not_matter": list(explanation.not_known_that_do_not_matter),
    }


def proof_json(claims: tuple[Claim, ...]) -> dict[str, Any]:
    """Every claim, and whether all of them hold."""
    return {
        "holds": all(each.holds for each in claims),
        "claims": [
            {
                "id": each.id,
                "title": each.title,
                "where": each.where,
                "holds": each.holds,
                "counterexample": each.counterexample or None,
                **_of_program(each.program),
            }
            for each in claims
        ],
    }


def _of_program(program: Program | None) -> dict[str, str | None]:
    """Which rules a claim was tried on; all null for a claim about the whole rulebook."""
    if program is None:
        return {"stage": None, "edition": None, "overlay": None, "since": None}
    return {
        "stage": program.stage.id,
        "edition": program.edition.id,
        "overlay": program.overlay.id,
        "since": program.day.isoformat(),
    }


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """Every numbered statement, and whether each is accounted for."""
    return {
        "complete": coverage.complete,
        "statements": [
            {
                "id": each.id,
                "source": each.source,
                "encoded_in": list(each.encoded_in),
                "left_out": each.left_out or None,
            }
            for each in coverage.statements
        ],
        "unknown": [{"id": each, "named_by": where} for each, where in coverage.unknown],
    }


def differences_json(first: Side, second: Side, found: tuple[Difference, ...]) -> dict[str, Any]:
    """Every difference, with a case that shows it."""
    return {
        "first": {"name": first.name, "area": first.area, "day": first.day.isoformat()},
        "second": {"name": second.name, "area": second.area, "day": second.day.isoformat()},
        "differences": [
            {
                "stage": each.stage,
                "kind": each.kind,
                "id": each.id,
                "what": each.what,
                "example": each.example,
                "answers": dict(each.answers),
            }
            for each in found
        ],
    }
