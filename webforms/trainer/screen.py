"""What a screen shows at one step of a vignette, in a room or without one."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from webforms import picture
from webforms.picture import MapEntry
from webforms.trainer.lesson import Lesson
from webforms.trainer.split import Share
from webforms.trainer.steps import Step, heading_of


@dataclass(frozen=True)
class Shown:
    """One step on the screen. `split` and `reasons` are there in a room alone."""

    lesson: Lesson
    steps: tuple[Step, ...]
    place: int
    split: tuple[Share, ...] = ()
    reasons_shown: bool = False

    @property
    def step(self) -> Step:
        return self.steps[self.place]

    @property
    def heading(self) -> str:
        return heading_of(self.lesson, self.step)

    @property
    def is_last(self) -> bool:
        return self.place == len(self.steps) - 1

    @property
    def count(self) -> int:
        """How many steps there are of this kind."""
        return sum(each.kind == self.step.kind for each in self.steps)

    @property
    def lit(self) -> int:
        """How many questions of the map are lit up."""
        return self.lesson.lights[self.step.number - 1]

    @property
    def drawing(self) -> Markup:
        return picture.draw(self.lesson.map, lit=self.lit)

    @property
    def map_list(self) -> tuple[MapEntry, ...]:
        return picture.as_list(self.lesson.map)[: self.lit]

    @property
    def chose_the_same_duty(self) -> tuple[Share, ...]:
        """The other choices that share the duty of what is right, where somebody took them."""
        same = self.lesson.vignette.same_duty
        return tuple(share for share in self.split if share.choice in same and share.count)

    @property
    def chose_right(self) -> int:
        return sum(share.count for share in self.split if share.choice == self.lesson.right)
