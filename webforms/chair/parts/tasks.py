"""The task list: who owns a stage, and what people say of its state; and the end of a case."""

from __future__ import annotations

from webforms.chair.part import LEADERS, Ask, Kind, Part, not_yet

STAGE = Part(
    id="stage",
    title="A stage of the case",
    stage="",
    many=True,
    one="stage",
    # What is said here stands over what was worked out from the work of everybody.
    writers=LEADERS,
    asks=(
        Ask("owner", "Who owns this stage, by role?"),
        Ask(
            "state",
            "How does it stand?",
            Kind.CHOICE,
            options=(
                ("worked_out", "As Waymark works it out"),
                ("not_needed", "Not needed in this case"),
                ("done", "Done"),
            ),
            hint="Waymark works it out from what is written. You may say otherwise, and why.",
        ),
        Ask(
            "why",
            "If you say otherwise: why?",
            Kind.TEXT,
            rows=2,
            required="Say why this stage is done, or not needed",
            when=("state", ("not_needed", "done")),
        ),
    ),
)

CLOSING = Part(
    id="closing",
    title="Close the case",
    stage="",
    writers=LEADERS,
    intro="A closed case leaves the list of open ones. It can be opened again at any time.",
    asks=(
        Ask(
            "closed",
            "Is the case closed?",
            Kind.CHOICE,
            options=(("yes", "Yes"), ("no", "No, it is open")),
            required="Choose whether the case is closed",
        ),
        Ask(
            "why",
            "If it is closed: why?",
            Kind.TEXT,
            rows=3,
            required="Say why the case is closed",
            when=("closed", ("yes",)),
        ),
        Ask("closed_on", "When was it closed?", Kind.DATE, past=not_yet("it was closed")),
    ),
)

PARTS = (STAGE, CLOSING)
