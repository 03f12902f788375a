"""What can be written in a case, as data: a *part* is a form, an *ask* is one thing it asks for.

Pages, conflicts between two writers, histories and documents are all made from these, so a form
is added by declaring it in `parts/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from webforms.access import Role

LINE_LIMIT, TEXT_LIMIT = 300, 12_000

WRITERS = frozenset({Role.CHAIR, Role.PANEL_MEMBER, Role.ADMINISTRATOR})
LEADERS = frozenset({Role.CHAIR, Role.ADMINISTRATOR})


class Kind(StrEnum):
    """How an ask is answered. What is kept is always text; a date is kept as 2025-01-02."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes or no"
    CHOICE = "choice"


# "Not known yet" is an answer like the others, and is never read as "no".
YES_NO = (("yes", "Yes"), ("no", "No"), ("not known", "Not known yet"))


def not_yet(what: str) -> str:
    """What is said of a day that is still to come, where it asks when something was done."""
    return f"This day is still to come: enter the day on which {what}, or leave it blank until then"


@dataclass(frozen=True)
class Ask:
    """One thing that a part asks for.

    `required` is what is said where it is left blank; without it, it may be, and a form that is
    half done can be saved (what a record needs before it is signed: `finishing`). `when` limits an
    ask to where another one has one of some values. What belongs to an `event` or to a `question`
    of the rules is kept with the dates and the answers of the case, so that nobody types it twice;
    its label and hint are those of the rules where it has none of its own.
    `not_with` is what it cannot stand beside: another ask, its values, and what to say then. With
    `past`, a day that is still to come is refused with that sentence; with `plan`, it is taken, and
    is a plan until it has come. `once_come` names the ask of a day, the values that can only be
    said once that day has come, and what to say before. See `so_far`.
    `form` names the local form, and the field of it, that the ask stands for.
    """

    id: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: str = ""
    when: tuple[str, tuple[str, ...]] | None = None
    not_with: tuple[str, tuple[str, ...], str] | None = None
    past: str = ""
    plan: bool = False
    once_come: tuple[str, tuple[str, ...], str] | None = None
    event: str = ""
    question: str = ""
    rows: int = 4
    form: tuple[tuple[str, str], ...] = ()

    @property
    def in_short(self) -> str:
        """The label beside what was written. Only the form says that it could be left blank."""
        return self.label.removesuffix(" (optional)")

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return YES_NO if self.kind is Kind.YES_NO else self.options

    def words(self, value: str) -> str:
        """What was answered, in words."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class Part:
    """A form of a case. With `many`, it is filled in once for each item (an agency, an action).

    `stage` is where it stands in the task list; `one` is what an item is called, and `heads` the
    asks by which a list tells its items apart. `source` are the national texts on which it rests;
    `local` is what Darlington's procedure of 2020 has of it, which binds no other area.
    """

    id: str
    title: str
    stage: str
    asks: tuple[Ask, ...]
    intro: str = ""
    source: str = ""
    local: str = ""
    many: bool = False
    one: str = ""
    heads: tuple[str, ...] = ()
    most: int = 500
    writers: frozenset[Role] = WRITERS

    def ask(self, name: str) -> Ask:
        return next(each for each in self.asks if each.id == name)

    @property
    def own(self) -> tuple[Ask, ...]:
        """The asks that the part keeps itself, not with the dates or the answers."""
        return tuple(each for each in self.asks if not each.event and not each.question)
