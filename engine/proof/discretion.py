"""Claim 3: a practice review is for the partners and the Panel to decide, never a must."""

from __future__ import annotations

import re

from engine.program import Program
from engine.proof.claim import Claim, claim_of
from engine.rulebook import Strength

DISCRETION = "No answers make a local or national practice review a must"
PRACTICE_REVIEWS = ("local review", "national review")
# Words that would have a review held, for a writer who forgets to name it.
HOLDING = re.compile(
    r"\b(carry out|commission|conduct|hold|start|undertake)( an?| the)? "
    r"(local|national)( child safeguarding)?( practice)? review",
    re.IGNORECASE,
)
# A duty in the words of the text compels as a must does.
COMPELS = (Strength.MUST, Strength.DUTY)


def no_review_is_compelled(program: Program) -> Claim:
    """Claim 3: no answers make a local or national practice review a must.

    Routes and steps name the review that they would have somebody hold. A decision, a notice or a
    rapid review may be compelled, never the practice review itself; a serious case review under
    the rules of 2015 could be.
    """
    for route in program.routes:
        said = [("", route.title, route.holds, route.strength)]
        said += [(f", step '{s.id}'", s.do, s.holds, s.strength) for s in route.steps]
        for where, text, holds, strength in said:
            if strength in COMPELS and (holds in PRACTICE_REVIEWS or _would_hold(text)):
                found = f"route '{route.id}'{where} makes it a must: {text}"
                return claim_of("3 discretion", DISCRETION, program, found)
    return claim_of("3 discretion", DISCRETION, program, None)


def _would_hold(text: str) -> bool:
    return HOLDING.search(text) is not None
