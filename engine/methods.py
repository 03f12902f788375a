"""The methods of a review, each point weighed against a case: advice, never a ranking.

A local procedure says where a method fits, and what is for and against it. Some of these points
rest on facts that a case has answers to. Here each point is told to bear on the case, not to bear
on it, or to wait for an answer; which method suits best is for the partners to settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from engine.answers import NOT_KNOWN, Answer, Answers, in_words
from engine.expression import Aged, Answered
from engine.rulebook import Method, MethodPoint, Overlay, Question, Rulebook
from engine.wording import fill

NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Bearing(StrEnum):
    """What a point is worth for a case. `ALWAYS` rests on no answer: people weigh it themselves.

    The last three are of points that stand in every case: no answer makes them fall away.
    """

    ALWAYS = "no answer bears on it"
    BEARS = "bears on this case"
    DOES_NOT = "does not bear on this case"
    NOT_KNOWN = "not known yet"
    WEIGHS_MORE = "weighs more in this case"
    NO_MORE = "weighs no more in this case"
    MORE_NOT_KNOWN = "not known yet whether it weighs more"


OF_A_POINT_THAT_STANDS: Mapping[Bearing, Bearing] = MappingProxyType(
    {
        Bearing.BEARS: Bearing.WEIGHS_MORE,
        Bearing.DOES_NOT: Bearing.NO_MORE,
        Bearing.NOT_KNOWN: Bearing.MORE_NOT_KNOWN,
    }
)


@dataclass(frozen=True)
class Reason:
    """An answer that makes a point bear or not, or one that is missing."""

    question: str
    label: str
    answer: str

    @property
    def words(self) -> str:
        """The reason as it may be read out."""
        return f"{self.label}: {self.answer}"


@dataclass(frozen=True)
class PointWeighed:
    """A point, whether it bears on the case or weighs more in it, and the answers that say so.

    Where it does, the reasons are all of them; where it does not, those that exclude it; where it
    is not known, those that are missing.
    """

    text: str
    bearing: Bearing
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class MethodWeighed:
    """A method with each of its points weighed. There is no score."""

    method: Method
    fits: tuple[PointWeighed, ...]
    merits: tuple[PointWeighed, ...]
    drawbacks: tuple[PointWeighed, ...]


def methods_for(rulebook: Rulebook, area: str) -> tuple[tuple[Method, ...], Overlay]:
    """The methods for an area, and the local procedure that they come from.

    An area whose procedure describes none is offered another area's as an example: then the
    procedure's `area` is not the one asked for, and a page has to say so.
    """
    of_the_area = [each for each in rulebook.overlays if each.area == area]
    nationally = [each for each in rulebook.overlays if each.area == "none"]
    described = [each for each in (*of_the_area, *rulebook.overlays) if each.methods]
    overlay = (described or of_the_area or nationally)[0]
    return overlay.methods, overlay


def weigh(
    methods: Iterable[Method],
    answers: Answers,
    questions: Mapping[str, Question],
    words: Mapping[str, str] = NO_WORDS,
) -> tuple[MethodWeighed, ...]:
    """Each method, in the order of its procedure, weighed against the answers of a case.

    `questions` are the rulebook's, for the reasons; `words` are the local names for what they have
    in braces.
    """
    weighing = _Weighing(answers, questions, words)
    return tuple(
        MethodWeighed(
            method=method,
            fits=weighing.points(method.fits),
            merits=weighing.points(method.merits),
            drawbacks=weighing.points(method.drawbacks),
        )
        for method in methods
    )


@dataclass(frozen=True)
class _Weighing:
    """What points are weighed against."""

    answers: Answers
    questions: Mapping[str, Question]
    words: Mapping[str, str]

    def points(self, points: tuple[MethodPoint, ...]) -> tuple[PointWeighed, ...]:
        return tuple(self.point(point) for point in points)

    def point(self, point: MethodPoint) -> PointWeighed:
        found = self.met(point)
        if not point.stands_anyway:
            return found
        return replace(found, bearing=OF_A_POINT_THAT_STANDS.get(found.bearing, found.bearing))

    def met(self, point: MethodPoint) -> PointWeighed:
        """Whether the answers meet the point's conditions, if it has any."""
        if not point.when:
            return PointWeighed(point.text, Bearing.ALWAYS)
        held = {each: _holds(each, self.answers.get(each.question)) for each in point.when}
        # One answer that excludes the point is enough, whatever else is not known.
        for bearing, those in ((Bearing.DOES_NOT, False), (Bearing.NOT_KNOWN, None)):
            found = tuple(each for each in point.when if held[each] is those)
            if found:
                return PointWeighed(point.text, bearing, self.reasons(found))
        return PointWeighed(point.text, Bearing.BEARS, self.reasons(point.when))

    def reasons(self, conditions: Iterable[Answered | Aged]) -> tuple[Reason, ...]:
        return tuple(self.reason(each.question) for each in conditions)

    def reason(self, name: str) -> Reason:
        question = self.questions[name]
        answer = self.answers.get(name)
        said = "Not asked yet" if answer is None else in_words(question, answer)
        return Reason(name, fill(question.label, self.words), fill(said, self.words))


def _holds(condition: Answered | Aged, answer: Answer | None) -> bool | None:
    """Whether the answer makes the condition true; None while it is not known or not asked."""
    if answer is None or answer == NOT_KNOWN:
        return None
    if isinstance(condition, Answered):
        return answer in condition.values
    if not isinstance(answer, int):
        return False  # An option in place of an age, such as unborn, has no years.
    low, high = condition.at_least, condition.under
    return (low is None or answer >= low) and (high is None or answer < high)
