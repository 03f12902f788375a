"""Local names in words: `{partners}` in a rule file becomes the area's own name for them.

Filling in is plain replacement; nothing in braces is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from engine.rulebook import Process, Question, Step

IN_BRACES = re.compile(r"\{([^{}]*)\}")

# Words that come from an answer, not from the area.
FROM_ANSWERS = {"incident_authority": "the local authority for the place where it happened"}


def names_in(text: str) -> set[str]:
    """The names in braces that the text uses."""
    return set(IN_BRACES.findall(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with every name in braces that `words` has replaced; the others stay."""
    return IN_BRACES.sub(lambda found: words.get(found[1], found[0]), text)


def filled_question(question: Question, words: Mapping[str, str]) -> Question:
    """The question with its words filled in."""
    return replace(
        question,
        text=fill(question.text, words),
        label=fill(question.label, words),
        hint=fill(question.hint, words),
        why=fill(question.why, words),
        find_out=fill(question.find_out, words),
        ask_whom=fill(question.ask_whom, words),
        explanation=fill(question.explanation, words),
        options=tuple(
            replace(each, text=fill(each.text, words), hint=fill(each.hint, words))
            for each in question.options
        ),
    )


def filled_step(step: Step, words: Mapping[str, str]) -> Step:
    """The step with its words filled in."""
    return replace(
        step,
        do=fill(step.do, words),
        who=fill(step.who, words),
        by_words=fill(step.by_words, words),
        note=fill(step.note, words),
    )


def filled_process(process: Process, words: Mapping[str, str]) -> Process:
    """The process, and its steps, with their words filled in."""
    return replace(
        process,
        title=fill(process.title, words),
        summary=fill(process.summary, words),
        decider=fill(process.decider, words),
        steps=tuple(filled_step(step, words) for step in process.steps),
    )
