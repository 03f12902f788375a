"""Questions that a stage forgets or never uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.checks.parts import all_processes, all_rules
from engine.checks.places import Where, at
from engine.expression import findings_in, questions_in
from engine.faults import Fault
from engine.rulebook import Rule, Rulebook, Stage


def asking_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Questions that a stage forgets or never uses, on whatever day and in whatever area."""
    used: dict[str, set[str]] = {stage: set() for stage in rulebook.stages}
    asked_anywhere: set[str] = set()
    rules: dict[str, list[Rule]] = {}
    for rule in all_rules(rulebook):
        rules.setdefault(rule.finding, []).append(rule)
    for stage in rulebook.stages.values():
        told: set[str] = set()
        for finding in _asked_for(rulebook, stage, rules):
            for rule in rules[finding]:
                needed = questions_in(rule.when)
                used[stage.id] |= needed
                for question in sorted(needed - set(stage.questions) - told):
                    told.add(question)
                    yield at(
                        where("stage", stage.id),
                        f"'{finding}' rests on the question '{question}', which this "
                        "stage does not ask: add it to the questions, in order",
                        "questions",
                    )
    for stage in rulebook.stages.values():
        for index, question in enumerate(stage.questions):
            asked = rulebook.questions[question]
            if question not in used[stage.id] and asked.detail_of not in used[stage.id]:
                yield at(
                    where("stage", stage.id),
                    f"nothing in this stage rests on '{question}': take it out, or write the rule",
                    "questions",
                    index,
                )
        asked_anywhere |= set(stage.questions)
    for question in rulebook.questions:
        if question not in asked_anywhere:
            yield at(
                where("question", question),
                f"no stage asks '{question}': add it to a stage or take it out",
            )


def _asked_for(
    rulebook: Rulebook, stage: Stage, rules: Mapping[str, list[Rule]]
) -> tuple[str, ...]:
    """The findings that a stage's questions are asked for, directly or through others."""
    processes = [each for each in all_processes(rulebook) if each.id in stage.asked_processes]
    routes = [each for each in rulebook.routes if each.stage == stage.id]
    steps = [*stage.steps_for_every_route]
    steps += [step for each in routes for step in each.steps]
    steps += [step for each in processes for step in each.steps]
    conditions = [each.when for each in routes]
    conditions += [each.when for each in steps if each.when is not None]
    wanted = [
        *stage.decides,
        *(each.finding for each in processes),
        *(finding for when in conditions for finding in sorted(findings_in(when))),
    ]
    found: dict[str, None] = {}
    while wanted:
        finding = wanted.pop(0)
        if finding not in found and finding in rules:
            found[finding] = None
            wanted += sorted({f for rule in rules[finding] for f in findings_in(rule.when)})
    return tuple(found)
