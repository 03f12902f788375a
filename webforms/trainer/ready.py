"""Comparisons that show something, ready to be opened, and what to look for in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """A comparison: of which case, the two sides, and what it shows.

    `left` and `right` are editions; empty is as in the case. So are the areas.
    """

    title: str
    case: str
    shows: str
    left: str = ""
    right: str = ""
    left_area: str = ""
    right_area: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What the address of the comparison says."""
        said = {
            "case": self.case,
            "left": self.left,
            "left_area": self.left_area,
            "right": self.right,
            "right_area": self.right_area,
        }
        return {name: value for name, value in said.items() if value}


READY = (
    Ready(
        "Child S under the rules of 2015 and of 2023",
        "child-s",
        "The same harm was below the criteria of 2015, because joint working gave no cause for "
        "concern. The law of today does not ask that.",
        right="working-together-2023",
    ),
    Ready(
        "The 14-year-old under the rules of 2015 and of 2023",
        "fourteen-year-old",
        "A suicide without suspected abuse or neglect: what each edition would have asked.",
        right="working-together-2023",
    ),
    Ready(
        "Baby Alfie in Darlington and on the Isle of Wight",
        "baby-alfie-notify",
        "The national duty is the same. What a local procedure adds differs: steps, groups, days.",
        left="working-together-2023",
        left_area="darlington",
        right="working-together-2023",
        right_area="isle-of-wight",
    ),
    Ready(
        "Baby Alfie under the rules of 2018 and of 2023",
        "baby-alfie-notify",
        "The same duty under two editions: what there is to do, and who agrees to notify.",
        right="working-together-2023",
    ),
    Ready(
        "A care leaver’s death in 2022 and in 2024",
        "care-leaver-of-24",
        "The notice of a care leaver’s death came with the edition of 2023.",
        left="2022-10-16",
    ),
)
