"""Made-up cases that several tests walk through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

Answers = Mapping[str, str | int]

# A baby of three months in Darlington with a head injury that nobody can explain, harmed in Durham.
# The local authority became aware on Christmas Eve; three holidays and a weekend follow.
BABY_DATES = {"incident": date(2024, 12, 23), "awareness": date(2024, 12, 24)}
BABY: Answers = {
    "danger_now": "no",
    "age_of_person": 0,
    "what_happened": "harmed",
    "how_serious_was_the_harm": "serious_physical",
    "abuse_or_neglect": "suspected",
    "link_to_abuse_or_neglect": "suspected",
    "where_it_happened": "elsewhere_in_england",
    "authority_of_the_incident": "durham",
    "normally_resident_here": "yes",
    "significant_harm": "yes",
}

# A worry in which nobody came to harm.
NEAR_MISS: Answers = {
    "danger_now": "no",
    "age_of_person": 9,
    "what_happened": "near_miss_or_concern",
    "abuse_or_neglect": "no",
    "significant_harm": "no",
    "carries_learning": "yes",
}
