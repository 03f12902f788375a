"""Where a visitor stands: the check, the rules that apply to it, and the way through them.

`in_progress` wraps a page that needs all three, and sends a visitor who lacks something to the
page that asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from engine.edition import program_for
from engine.expression import Status
from engine.journey import Journey, journey
from engine.kernel import kernel_of
from engine.program import Program
from engine.rulebook import Process, Question
from rules.loader import rulebook
from webforms import visits
from webforms.referrer import check as checks
from webforms.referrer.check import Check

P = ParamSpec("P")


@dataclass(frozen=True)
class Progress:
    """A check under way."""

    check: Check
    program: Program
    trip: Journey

    def may_see(self, question: str) -> bool:
        """Whether the question was asked, or is the one to ask now; no other may be reached."""
        return question in self.trip.path or question == self.trip.next

    def before(self, question: str) -> str | None:
        """The question on the path that comes before this one."""
        before = None
        for asked in self.program.asked:
            if asked.question.id == question:
                break
            if asked.question.id in self.trip.path:
                before = asked.question.id
        return before

    def details(self, question: str) -> tuple[Question, ...]:
        """The questions that stand beneath an answer to this one."""
        return tuple(each for each in self.program.details if each.detail_of == question)


def current() -> Check:
    """The visitor's check, as far as it goes."""
    return checks.read(visits.read(), rulebook())


def under_way(check: Check) -> Progress:
    """The rules for a check whose area and dates are known, and the way through them."""
    program = program_for(rulebook(), check.case())
    return Progress(check, program, journey(program, check.answers))


def onward(check: Check) -> str:
    """The address of the page that comes next."""
    if not check.started(rulebook()):
        return url_for("referrer.start")
    if not check.dated(rulebook().stages[check.stage]):
        return url_for("referrer.dates")
    following = under_way(check).trip.next
    if following is None:
        return url_for("referrer.answers")
    return url_for("referrer.question", question_id=following)


def in_progress(
    view: Callable[Concatenate[Progress, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Gives the page where the visitor stands; redirects when the area or the dates are missing."""

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        check = current()
        if not check.started(rulebook()) or not check.dated(rulebook().stages[check.stage]):
            return redirect(onward(check))
        at = under_way(check)
        g.urgent = urgent(at)
        return view(at, *args, **kwargs)

    return page


def warn(check: Check) -> None:
    """Shows a danger that the answers tell of on a page that does not need the rest."""
    if check.started(rulebook()) and check.dated(rulebook().stages[check.stage]):
        g.urgent = urgent(under_way(check))


def urgent(at: Progress) -> Process | None:
    """What comes before every form: a process marked as first that the answers establish."""
    first = [process for process in at.program.processes if process.first]
    if not first:
        return None
    statuses, _ = kernel_of(at.program).statuses(at.trip.known)
    return next((each for each in first if statuses[each.finding] is Status.ESTABLISHED), None)
