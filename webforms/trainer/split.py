"""How the answers of a room are spread over the choices, with the reasons given for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webforms.store import Given
from webforms.trainer.lesson import Lesson


@dataclass(frozen=True)
class Share:
    """A choice, how many took it, of all who answered, and the reasons that may be shown."""

    choice: str
    words: str
    count: int
    of: int
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0


def split_of(lesson: Lesson, given: Sequence[Given]) -> tuple[Share, ...]:
    """Every choice of the vignette, also one that nobody took."""
    return tuple(
        Share(
            choice=choice,
            words=words,
            count=sum(each.choice == choice for each in given),
            of=len(given),
            reasons=tuple(
                each.sentence for each in given if each.choice == choice and not each.hidden
            ),
        )
        for choice, words in lesson.choices
    )
