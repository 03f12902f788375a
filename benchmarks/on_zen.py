"""The same rules for zen-engine, to compare with: one decision graph with an expression node.

zen has no third truth value and raises on null, so every answer is a rail, true or false, and
every finding is two expressions, as in the kernel. One expression node whose later expressions
read the earlier ones (`$.name`) is the fastest form that was found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any as Anything

import zen

from engine.expression import All, Answered, Any, Concluded, Expression, Not, Stands, Status
from engine.program import Program

TRACED: zen.DecisionEvaluateOptions = {"trace": True}


class Zen:
    """A program on zen-engine."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._values = {asked.question.id: asked.values for asked in program.asked}
        rails = [(question, value) for question, values in self._values.items() for value in values]
        self._rail = {rail: f"x{number}" for number, rail in enumerate(rails)}
        self._decision = zen.ZenEngine().create_decision(json.dumps(self._graph()))

    def context(self, known: Mapping[str, str]) -> dict[str, bool]:
        """A case as rails."""
        return {
            name: known.get(question) == value for (question, value), name in self._rail.items()
        }

    def run(self, context: dict[str, bool]) -> zen.EvaluateResponse:
        """The answer of zen-engine, with its full trace."""
        return self._decision.evaluate(context, TRACED)

    def statuses(self, known: Mapping[str, str]) -> tuple[dict[str, Status], tuple[str, ...]]:
        """How the findings stand, and the routes that hold, as the kernel says it."""
        result = self.run(self.context(known))["result"]
        statuses = {
            each.finding: Status.ESTABLISHED
            if result[f"e_{each.finding}"]
            else Status.RULED_OUT
            if result[f"r_{each.finding}"]
            else Status.OPEN
            for each in self._program.findings
        }
        routes = tuple(each.id for each in self._program.routes if result[f"route_{each.id}"])
        return statuses, routes

    def _graph(self) -> dict[str, Anything]:
        expressions = []
        for finding in self._program.findings:
            for rail, text in zip("er", self._rails(finding.when), strict=True):
                expressions.append((f"{rail}_{finding.finding}", text))
        for route in self._program.routes:
            expressions.append((f"route_{route.id}", self._holds(route.when)))
        return {
            "nodes": [
                _node("in", "inputNode"),
                _node("rules", "expressionNode")
                | {
                    "content": {
                        "expressions": [
                            {"id": key, "key": key, "value": text} for key, text in expressions
                        ]
                    }
                },
                _node("out", "outputNode"),
            ],
            "edges": [_edge("in", "rules"), _edge("rules", "out")],
        }

    def _rails(self, when: Expression) -> tuple[str, str]:
        match when:
            case Answered(question, accepted):
                others = [each for each in self._values[question] if each not in accepted]
                return self._one_of(question, accepted), self._one_of(question, others)
            case Concluded(finding):
                return f"$.e_{finding}", f"$.r_{finding}"
            case All(parts):
                yes, no = zip(*map(self._rails, parts), strict=True)
                return _all(yes), _any(no)
            case Any(parts):
                yes, no = zip(*map(self._rails, parts), strict=True)
                return _any(yes), _all(no)
            case Not(part):
                established, ruled_out = self._rails(part)
                return ruled_out, established
            case _:
                raise TypeError(f"a rule cannot rest on {when}")

    def _one_of(self, question: str, values: Sequence[str]) -> str:
        return _any([self._rail[question, value] for value in values])

    def _holds(self, when: Expression) -> str:
        match when:
            case Stands(finding, Status.ESTABLISHED):
                return f"$.e_{finding}"
            case Stands(finding, Status.RULED_OUT):
                return f"$.r_{finding}"
            case Stands(finding, Status.OPEN):
                return f"not ($.e_{finding} or $.r_{finding})"
            case All(parts):
                return _all([self._holds(part) for part in parts])
            case Any(parts):
                return _any([self._holds(part) for part in parts])
            case Not(part):
                return f"not ({self._holds(part)})"
            case _:
                raise TypeError(f"a route cannot rest on {when}")


def _any(parts: Sequence[str]) -> str:
    return f"({' or '.join(parts)})" if parts else "false"


def _all(parts: Sequence[str]) -> str:
    return f"({' and '.join(parts)})" if parts else "true"


def _node(name: str, kind: str) -> dict[str, Anything]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}


def _edge(source: str, target: str) -> dict[str, str]:
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
