"""The parts of a record that say why, what would change it, and what is not known yet."""

from __future__ import annotations

from collections.abc import Sequence

from engine.expression import Status
from engine.results import Assessment, Change, DecisionMap, Explanation, FindingGiven, PathAnswer
from webforms.documents.blocks import (
    Block,
    Section,
    cell,
    listing,
    paragraph,
    section,
    subheading,
    table,
)
from webforms.documents.words import (
    answer_words,
    capital,
    is_not_known,
    readings_chosen,
    sentence,
    sources,
)
from webforms.picture import as_list

ANSWER_COLUMNS = (("Question", 62), ("Answer", 38))

_TOLD_IN_FULL = (
    (Status.ESTABLISHED, "Established"),
    (Status.OPEN, "Open: neither established nor ruled out"),
)


def why(assessment: Assessment, explanation: Explanation) -> Section:
    """The answers that alone lead to the route, then how every finding stands."""
    reasons: list[Block | None] = []
    if assessment.route is not None:
        reasons = [
            paragraph(
                "These answers are enough for the advice: whatever the others are, it stands."
                if explanation.reason
                else "The advice does not depend on any single answer."
            ),
            _answers("The answers that decide", explanation.reason),
        ]
    findings = [
        _findings(caption, [found for found in assessment.findings if found.status is status])
        for status, caption in _TOLD_IN_FULL
    ]
    # What was ruled out needs few words here; its rule stands in the rationale.
    ruled_out = [
        (
            f"{found.sentence} ({sources(found.citations)})",
            (found.not_settled,) if found.not_settled else (),
        )
        for found in assessment.findings
        if found.status is Status.RULED_OUT
    ]
    return section(
        "why",
        "Why",
        *reasons,
        *findings,
        subheading("Ruled out") if ruled_out else None,
        listing(ruled_out),
    )


def _findings(caption: str, findings: Sequence[FindingGiven]) -> Block | None:
    return table(
        caption,
        (("Finding", 46), ("Strength", 13), ("Source", 29), ("Verified", 12)),
        [
            [
                cell(
                    found.sentence,
                    found.paraphrase,
                    readings_chosen(found.rests_on),
                ),
                cell(found.strength),
                cell(sources(found.citations)),
                cell("Yes" if found.verified else "No: check first"),
            ]
            for found in findings
        ],
    )


def what_would_change_it(assessment: Assessment, explanation: Explanation) -> Section | None:
    """The fewest answers whose change leads elsewhere, and the unknowns that do not matter."""
    if assessment.route is None:
        return None
    no_matter = explanation.not_known_that_do_not_matter
    return section(
        "what-would-change",
        "What would change it",
        listing([_change(change) for change in explanation.changes])
        or paragraph("No change to the answers given would lead to other advice."),
        paragraph("Not known, and it makes no difference to the advice:") if no_matter else None,
        listing([(_label(assessment, question), ()) for question in no_matter]),
    )


def _change(change: Change) -> tuple[str, tuple[str, ...]]:
    parts = [
        f"{label}: from “{old}” to “{new}”" if old else f"{label}: “{new}”"
        for _, label, old, new in change.answers
    ]
    if change.then_asked:
        asked = ", ".join(change.then_asked)
        parts.append(sentence(f"Then these would have to be answered as well: {asked}"))
    return f"The advice would be “{change.title}” if this were different:", tuple(parts)


def _label(assessment: Assessment, question: str) -> str:
    labels = {answer.question: answer.label for answer in assessment.path}
    return labels.get(question, question)


def still_open(assessment: Assessment) -> Section:
    """What still matters, what would settle it, and who can say."""
    return section(
        "still-open",
        "What is still open",
        table(
            "Questions that still matter",
            (("Question", 40), ("What to find out", 36), ("Whom to ask", 24)),
            [
                [
                    cell(
                        question.text,
                        "Asked: not known." if question.asked else "Not asked yet.",
                    ),
                    cell(question.find_out or "The answer to the question"),
                    cell(question.ask_whom or "Your safeguarding lead"),
                ]
                for question in assessment.open
            ],
        )
        or paragraph("Nothing: no question that is left could change this advice."),
    )


def contradictions(assessment: Assessment) -> Section | None:
    if not assessment.contradictions:
        return None
    return section(
        "contradictions",
        "Where the sources disagree or are silent",
        paragraph("This advice rests on the following readings, which we had to choose."),
        listing(
            [
                (f"{entry.id}: {entry.title}", (sentence(entry.sentence),))
                for entry in assessment.contradictions
            ]
        ),
    )


def answers(assessment: Assessment) -> Section:
    """Every answer: given, not known, and set aside. The three are never mixed."""
    known = [answer for answer in assessment.path if not is_not_known(answer.value)]
    unknown = [answer for answer in assessment.path if is_not_known(answer.value)]
    return section(
        "answers",
        "Answers",
        _answers("Answers given", known) or paragraph("No question was answered."),
        subheading("Asked, and not known") if unknown else None,
        paragraph("“Not known” was never counted as “no”.") if unknown else None,
        _answers("Answered “not known”", unknown),
        subheading("Set aside") if assessment.set_aside else None,
        paragraph("These answers were kept but not counted, because the questions no longer apply.")
        if assessment.set_aside
        else None,
        _answers("Answers set aside", assessment.set_aside, used=False),
    )


def _answers(caption: str, given: Sequence[PathAnswer], used: bool = True) -> Block | None:
    return table(
        caption,
        ANSWER_COLUMNS,
        [
            [
                cell(
                    answer.text,
                    "" if answer.matters or not used else "No answer to this could change it.",
                ),
                cell(answer_words(answer.value, answer.words)),
            ]
            for answer in given
        ],
    )


def map_as_text(decision_map: DecisionMap) -> Section:
    return section(
        "decision-map",
        "The way through the questions",
        listing(
            [(entry.text, entry.branches) for entry in as_list(decision_map)],
            ordered=True,
        ),
    )


def rationale(assessment: Assessment) -> Section:
    """What the rules did, one by one, in the order in which they did it."""
    return section(
        "rationale",
        "How the rules reached this, in order",
        table(
            "Rules applied, in order",
            (("Rule", 18), ("Because", 31), ("It follows", 27), ("Source", 24)),
            [
                [
                    cell(f"{number}. {firing.rule}"),
                    cell("\n".join(firing.because) or "Always applies"),
                    cell(firing.establishes, f"{capital(firing.status)}.", firing.not_settled),
                    cell(firing.source),
                ]
                for number, firing in enumerate(assessment.rationale, start=1)
            ],
        )
        or paragraph("No rule was applied."),
    )
