"""What runs beside the review: one form for each process of the rules."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part

PROCESS = Part(
    id="process",
    title="Processes that run beside",
    stage="parallel",
    many=True,
    one="process",
    writers=LEADERS,
    asks=(
        Ask(
            "runs",
            "Does it run, or will it?",
            Kind.YES_NO,
            hint="What those who decide on it have said. The tool’s finding stands beside it.",
        ),
        Ask(
            "told",
            "Have those who decide on it been told?",
            Kind.CHOICE,
            options=(
                ("yes", "Yes"),
                ("no", "No, not yet"),
                ("not_needed", "No, and it is not needed"),
                ("not known", "Not known yet"),
            ),
        ),
        Ask("told_on", "When were they told, and by whom?", hint="A day, and a role."),
        Ask("leads", "Who leads?", hint="Which body leads where two reviews look at one case."),
        Ask(
            "reports",
            "One report, or several?",
            Kind.CHOICE,
            options=(
                ("one", "One joint report"),
                ("several", "A report for each body"),
                ("not known", "Not known yet"),
            ),
        ),
        Ask(
            "agreement",
            "What was agreed about coordination?",
            Kind.TEXT,
            hint="Who speaks with the family, who asks for what, what is shared and disclosed.",
        ),
        Ask(
            "publication_waits",
            "Does publication wait for it?",
            Kind.YES_NO,
            hint="For example, until a trial has ended.",
        ),
        Ask(
            "meeting_waits",
            "Does a meeting, or the start of a review, wait for it?",
            Kind.YES_NO,
            hint="For example, until after the inquest, at the coroner’s request.",
        ),
        Ask("waits_until", "Until when, as far as is known?", hint="A day, or an event."),
    ),
)

PARTS = (PROCESS,)
