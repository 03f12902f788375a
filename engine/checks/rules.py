"""Rules: what they cite and rest on, findings concluded twice, and circles."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.citations import own_and_also_cited_faults, rests_on_faults
from engine.checks.conditions import condition_faults
from engine.checks.parts import all_rules, effective
from engine.checks.places import Place, Where, at
from engine.expression import findings_in
from engine.faults import Fault
from engine.rulebook import NotSettled, Rule, Rulebook


def rule_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in what rules cite, rest on and name in their conditions."""
    findings = {rule.finding for rule in rulebook.rules}
    for rule in all_rules(rulebook):
        place = where("rule", rule.id)
        yield from own_and_also_cited_faults(rulebook, place, rule.citations)
        yield from rests_on_faults(rulebook, place, rule.rests_on)
        yield from condition_faults(rulebook, place, rule.when, findings, on_status=False)
        if rule.not_settled is not None:
            yield from _not_settled_faults(rulebook, place, rule.not_settled, findings)


def _not_settled_faults(
    rulebook: Rulebook, place: Place, told: NotSettled, findings: set[str]
) -> Iterator[Fault]:
    if told.where not in findings:
        yield at(
            place,
            f"no rule concludes '{told.where}': add one or mend the name",
            "not_settled",
            "where",
        )
    if told.see not in rulebook.contradictions:
        yield at(
            place,
            f"contradictions.yaml has no entry '{told.see}': add it or mend the name",
            "not_settled",
            "see",
        )


def twice_concluded_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Findings that two national rules conclude for the same days."""
    seen: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        for other in seen.setdefault(rule.finding, []):
            if effective(rulebook, rule).overlaps(effective(rulebook, other)):
                file, _ = where("rule", other.id)
                yield at(
                    where("rule", rule.id),
                    f"'{rule.finding}' is concluded here and in rule '{other.id}' ({file}) for the "
                    "same days: join them in one rule with 'any', or give them different dates",
                    "finding",
                )
        seen[rule.finding].append(rule)


def circle_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Findings that rest on themselves by way of others."""
    rests_on: dict[str, set[str]] = {}
    by_finding: dict[str, Rule] = {}
    for rule in all_rules(rulebook):
        rests_on.setdefault(rule.finding, set()).update(findings_in(rule.when))
        by_finding.setdefault(rule.finding, rule)
    done: set[str] = set()

    def visit(finding: str, trail: tuple[str, ...]) -> Iterator[Fault]:
        if finding in trail:
            ring = " rests on ".join((*trail[trail.index(finding) :], finding))
            yield at(
                where("rule", by_finding[finding].id),
                f"these findings go round in a circle: {ring}. Break it where the guidance does",
                "when",
            )
            return
        if finding in done or finding not in rests_on:
            return
        for other in sorted(rests_on[finding]):
            yield from visit(other, (*trail, finding))
        done.add(finding)

    for finding in rests_on:
        yield from visit(finding, ())
