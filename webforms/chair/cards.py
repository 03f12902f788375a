"""The criteria and circumstances, one card each: what the rules find, and what the panel thinks.

The panel's view is its own. It is kept with what the rules found at that moment; when the rules
find otherwise later, the view stands as it was, and the card says that both differ.

Two differ only where each says yes or no, and not the same. Where the rules leave it open there is
nothing to differ from, and a panel that cannot say yet contradicts nobody; nor do they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.expression import Status
from engine.results import FindingGiven
from engine.rulebook import Rulebook
from rules.loader import rulebook
from webforms.chair import facts
from webforms.chair.casefile import CaseFile

# Under the rules of 2015: the conditions of a serious case review (LSCB Regulations 2006,
# regulation 5(2)), and the death in custody that always led to one.
OF_BOARDS = (
    "abuse_or_neglect_known_or_suspected",
    "child_died",
    "child_seriously_harmed",
    "serious_case_of_death",
    "serious_case_of_harm",
    "death_in_custody_or_detention",
)

# What a view says where it agrees with the rules.
CANNOT_SAY = "cannot_say"
SAME = {
    Status.ESTABLISHED: "engaged",
    Status.RULED_OUT: "not_engaged",
    Status.OPEN: CANNOT_SAY,
}
FOUND = {
    Status.ESTABLISHED: "On these answers it is engaged",
    Status.RULED_OUT: "On these answers it is not engaged",
    Status.OPEN: "These answers do not settle it",
}


@dataclass(frozen=True)
class Card:
    """One criterion or circumstance. `because` are the answers on which the rules' finding rests.

    `view`, `reason`, `by` and `at` are empty until the panel has given its view. `found_then` is
    what the rules found when it did.
    """

    finding: FindingGiven
    group: str
    because: tuple[tuple[str, str], ...]
    view: str
    reason: str
    by: int | None
    at: datetime | None
    found_then: str

    @property
    def id(self) -> str:
        return self.finding.id

    @property
    def sentence(self) -> str:
        """The finding without the words that already stand over its group."""
        said = self.finding.sentence.removeprefix(f"{self.group}: ")
        return said[:1].upper() + said[1:]

    @property
    def found(self) -> str:
        return FOUND[self.finding.status]

    @property
    def agrees(self) -> bool:
        """Whether the panel sees it as the rules do now."""
        return self.view == SAME[self.finding.status]

    @property
    def left_open(self) -> bool:
        """Whether the panel says yes or no where the rules leave it open."""
        return bool(self.view) and self.finding.status is Status.OPEN and not self.agrees

    @property
    def cannot_say(self) -> bool:
        """Whether the panel cannot say yet where the rules find yes or no."""
        return self.view == CANNOT_SAY and not self.agrees

    @property
    def differs(self) -> bool:
        """Whether the panel sees it otherwise than the rules do now."""
        return bool(self.view) and not (self.agrees or self.left_open or self.cannot_say)

    @property
    def found_since(self) -> bool:
        """Whether the rules find otherwise than they did when the view was given."""
        return bool(self.view) and self.found_then != self.finding.status.value


def stage_of_cards(file: CaseFile) -> str:
    """The stage of the rules whose findings the meeting weighs."""
    return "review" if facts.of_boards(file) else "rapid-review"


def cards(file: CaseFile) -> tuple[Card, ...]:
    """Every criterion and circumstance under the rules that govern this case."""
    if facts.problem(file):
        return ()
    stage = stage_of_cards(file)
    assessment = facts.assessed(file, stage)
    wanted = OF_BOARDS if stage == "review" else rulebook().stages[stage].decides
    found = {each.id: each for each in assessment.findings}
    return tuple(_card(file, found[each]) for each in wanted if each in found)


def _card(file: CaseFile, finding: FindingGiven) -> Card:
    entry = file.entry("views", finding.id)
    said = file.one("views", finding.id)
    return Card(
        finding=finding,
        group=_group(finding.id),
        because=_because(rulebook(), file, finding),
        view=said.get("view", ""),
        reason=said.get("reason", ""),
        by=entry.account if entry and said else None,
        at=entry.at if entry and said else None,
        found_then=said.get("found", ""),
    )


def _group(finding: str) -> str:
    if finding.startswith("panel_criterion"):
        return "For the Panel to take into account"
    if finding.startswith("panel_circumstance"):
        return "For the Panel to have regard to"
    if finding.startswith("criterion"):
        return "For the partners to take into account"
    if finding.startswith("circumstance"):
        return "For the partners to have regard to"
    return "Conditions of a serious case review"


def _because(rules: Rulebook, file: CaseFile, finding: FindingGiven) -> tuple[tuple[str, str], ...]:
    """The answers that bear on a finding, in words; not asked and not known both say so."""
    program = facts.program(file, stage_of_cards(file))
    questions = facts.questions_behind(program, finding.id)
    return tuple(
        (rules.questions[each].label, facts.words_of_answer(file, each)) for each in questions
    )
