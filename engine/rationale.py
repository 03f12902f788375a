"""The rationale: what the durable-rules program fired, told rule by rule.

Joins that only serve a larger rule are told as part of it, so that each line is one rule of the
rulebook: its source, the answers and findings it used, and what it established or ruled out.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.answers import Answer
from engine.expression import Status
from engine.firing import Fired
from engine.joins import ALWAYS, STATUS_OF, Fact, answer_name, route_name
from engine.program import Program
from engine.results import FiringGiven
from engine.telling import citations, not_settled

SAYS = {
    Status.ESTABLISHED: "Established",
    Status.RULED_OUT: "Ruled out",
    Status.OPEN: "Not known",
}


def rationale(
    program: Program,
    fired: tuple[Fired, ...],
    answers: Mapping[str, Answer],
    statuses: Mapping[str, Status],
) -> tuple[FiringGiven, ...]:
    """The rules that fired, in order, each with what it used."""
    rules = {each.finding: each for each in program.findings}
    routes = {route_name(route.id): route for route in program.routes}
    told = _answers_told(program, answers)
    helpers: dict[Fact, tuple[Fact, ...]] = {ALWAYS: ()}

    def because(facts: tuple[Fact, ...]) -> list[str]:
        out: list[str] = []
        for fact in facts:
            name, value = fact
            if name in told:
                out.append(told[name])
            elif name in rules:
                out.append(f"{SAYS[STATUS_OF[value]]}: {rules[name].rule.sentence}")
            else:
                out += because(helpers[fact])
        return list(dict.fromkeys(out))

    lines: list[FiringGiven] = []
    for each in fired:
        name, value = each.concludes
        helpers.setdefault(each.concludes, each.matched)
        if name in rules:
            own = rules[name].rules
            rule = own[0]
            cited = [c for each in own for c in citations(program, each.citations, each.strength)]
            lines.append(
                FiringGiven(
                    rule=" and ".join(each.id for each in own),
                    source="; ".join(c.text for c in cited),
                    because=tuple(because(each.matched)),
                    establishes=rule.sentence,
                    status=STATUS_OF[value],
                    not_settled=not_settled(program, rule, statuses),
                )
            )
        elif name in routes:
            route = routes[name]
            lines.append(
                FiringGiven(
                    rule=route.id,
                    source="; ".join(
                        c.text for c in citations(program, route.citations, route.strength)
                    ),
                    because=tuple(because(each.matched)),
                    establishes=route.title,
                    status=Status.ESTABLISHED,
                )
            )
    return tuple(lines)


def _answers_told(program: Program, answers: Mapping[str, Answer]) -> dict[str, str]:
    """The fact of each possible answer, in words."""
    told: dict[str, str] = {}
    for asked in program.asked:
        for value in asked.values:
            given = answers.get(asked.question.id, value)
            exact = given if asked.value_of(given) == value else value
            told[answer_name(asked.question.id, value)] = (
                f"{asked.question.label}: {asked.words_of(exact)}"
            )
    return told
