"""The rulebook: the law as frozen data, checked and ready to be compiled.

Nothing here is evaluated. A `Rulebook` is what `engine.schema` makes of the rule files and what
`engine.edition` picks from for a date and an area.
"""

from __future__ import annotations

from engine.rulebook.beside_rules import Contradiction, Guidance, LeftOut
from engine.rulebook.local import (
    Form,
    Group,
    LearningOption,
    Method,
    MethodPoint,
    Overlay,
    Placement,
)
from engine.rulebook.questions import EventDate, Option, Question
from engine.rulebook.rules import Clock, NotSettled, Process, Route, Rule, Stage, Step
from engine.rulebook.sources import (
    Citation,
    DatedNote,
    Edition,
    Lingering,
    Period,
    Source,
    Strength,
    TextChange,
    Verification,
)
from engine.rulebook.whole import Rulebook

__all__ = [
    "Citation",
    "Clock",
    "Contradiction",
    "DatedNote",
    "Edition",
    "EventDate",
    "Form",
    "Group",
    "Guidance",
    "LearningOption",
    "LeftOut",
    "Lingering",
    "Method",
    "MethodPoint",
    "NotSettled",
    "Option",
    "Overlay",
    "Period",
    "Placement",
    "Process",
    "Question",
    "Route",
    "Rule",
    "Rulebook",
    "Source",
    "Stage",
    "Step",
    "Strength",
    "TextChange",
    "Verification",
]
