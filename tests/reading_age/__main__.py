"""Prints the reading age of every question, hint and vignette, and why some are above fourteen.

python -m tests.reading_age
"""

from __future__ import annotations

from tests.reading_age.measure import HIGHEST, everything, reasons, too_hard


def main() -> int:
    """Prints all, hardest last; 1 when a text above the age has no reason."""
    for each in sorted(everything(), key=lambda each: each.age):
        print(f"{each.age:5.1f}  {each.where}")
    why, hard = reasons(), too_hard()
    print(f"\n{len(everything())} texts, of which {len(hard)} above {HIGHEST}:")
    for each in hard:
        print(f"{each.age:5.1f}  {each.where}: {why.get(each.where, 'NO REASON GIVEN')}")
    return 0 if all(each.where in why for each in hard) else 1


raise SystemExit(main())
