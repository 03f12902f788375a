"""What a meeting can recommend and the people can decide: the same outcomes, under the same names.

The old review is there for cases under the rules of 2015. `OPEN` is neither a recommendation nor a
decision yet; what it is called is for each form.
"""

from __future__ import annotations

OUTCOMES = (
    ("local_review", "A local child safeguarding practice review"),
    ("national_review", "Tell the Panel that a national review may be fitting"),
    ("no_review", "No local review"),
    ("other_learning", "No local review; another form of learning"),
    ("serious_case_review", "A serious case review (rules of 2015 only)"),
    ("no_serious_case_review", "No serious case review (rules of 2015 only)"),
)
OPEN = "more_needed"
