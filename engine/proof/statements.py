"""Claims 3 and 8: every numbered statement has its place, and nothing says more than it."""

from __future__ import annotations

from engine.coverage import coverage, stated
from engine.proof.claim import Claim
from engine.rulebook import Rulebook, Strength

# A duty in the words of the text is no must, and a should no duty.
RANK = {Strength.MAY: 1, Strength.SHOULD: 2, Strength.DUTY: 3, Strength.MUST: 4}


def no_strength_is_raised(rulebook: Rulebook) -> Claim:
    """What encodes numbered statements is no stronger than the strongest of them."""
    found = ""
    for where, strength, statements in stated(rulebook):
        known = [rulebook.statement_strengths.get(each) for each in statements]
        most = max((RANK.get(each, 0) for each in known if each), default=0)
        if statements and RANK.get(strength, 0) > most:
            found = f"{where} is a {strength}, and {', '.join(statements)} say less"
            break
    title = "No rule or step is stronger than the statements that it encodes"
    return Claim("3 strength", title, "every rule and step", not found, found)


def every_statement_is_accounted_for(rulebook: Rulebook) -> Claim:
    """Claim 8: every numbered statement is encoded, or left out with a reason."""
    result = coverage(rulebook)
    nowhere = [each.id for each in result.statements if not each.accounted_for]
    nowhere += [f"{each} (no such statement)" for each, _ in result.unknown]
    title = "Every numbered statement is encoded or left out with a reason"
    return Claim("8 coverage", title, "every source", not nowhere, ", ".join(nowhere))
