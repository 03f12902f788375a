"""The parts of a record that say what to do: the advice, its dates, and what runs beside it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.expression import Status
from engine.results import Assessment, DeadlineGiven, ProcessGiven, RouteGiven, StepGiven
from webforms.documents.blocks import (
    Block,
    Cell,
    Section,
    cell,
    facts,
    headline,
    listing,
    notice,
    paragraph,
    section,
    subheading,
    table,
)
from webforms.documents.words import (
    capital,
    day,
    process_status,
    readings_chosen,
    sentence,
    sources,
)

STEP_COLUMNS = (("What to do", 43), ("Who", 18), ("By when", 26), ("Strength", 13))

NO_RECOMMENDATION = "No recommendation was given"


def what_to_do(assessment: Assessment) -> Section:
    """Safety first, then the route and its steps. With a fault there is no route: it says so."""
    first = [process for process in assessment.processes if comes_first(process)]
    blocks = [block for process in first for block in _process(process, "Before anything else: ")]
    route = assessment.route
    if route is None:
        return section(
            "what-to-do",
            "What to do now",
            *blocks,
            headline("No advice", NO_RECOMMENDATION),
            notice(
                "Waymark works every case out in more than one way, and gives a recommendation "
                "only when all of them agree. In this case they did not. Decide without this "
                "tool, take advice, and report the fault to those who run it."
            ),
            paragraph(sentence(f"The fault: {assessment.fault}")) if assessment.fault else None,
        )
    return section("what-to-do", "What to do now", *blocks, *_route(route))


def _route(route: RouteGiven) -> list[Block | None]:
    uncertain = (
        "This advice is not certain yet. An answer that is still missing could change it: see "
        "“What is still open”."
    )
    return [
        headline("Where the rules lead", route.title),
        None if route.certain else notice(uncertain),
        paragraph(route.summary) if route.summary else None,
        facts(
            [
                ("Strength of this advice", route.strength),
                ("Source", sources(route.citations)),
            ]
        ),
        steps_table("Steps, in order", route.steps),
    ]


def comes_first(process: ProcessGiven) -> bool:
    """Safety comes before the route, also while it is not known whether it is needed."""
    return process.first and process.status is not Status.RULED_OUT


def steps_table(caption: str, steps: Sequence[StepGiven]) -> Block | None:
    """Numbered, because people speak of "step 3" and because the order is part of the advice."""
    return table(
        caption,
        STEP_COLUMNS,
        [
            [
                cell(
                    f"{number}. {step.do}",
                    step.note,
                    f"Source: {sources(step.citations)}",
                    readings_chosen(step.rests_on),
                ),
                cell(step.who),
                _by_when(step),
                cell(step.strength, strong=True),
            ]
            for number, step in enumerate(steps, start=1)
        ],
    )


def _by_when(step: StepGiven) -> Cell:
    small = [sentence(reading.problem) for reading in step.readings[:1]]
    if len(step.readings) > 1:
        small.append("This time limit can be read in more than one way: see below.")
    words = capital(step.by)
    # The sentence may already name the date; then it is enough.
    if step.due is None or day(step.due) in words:
        return cell(words, *small)
    return cell(day(step.due), words, *small)


def disputed_readings(assessment: Assessment) -> Section | None:
    """Every step whose time limit can be read in more than one way, each reading with its date."""
    steps = [step for step in _all_steps(assessment) if len(step.readings) > 1]
    if not steps:
        return None
    tables = [
        table(
            step.do,
            (("Reading", 44), ("Counted from", 30), ("Date", 26)),
            [
                [
                    cell(capital(reading.words), "The reading taken here." if place == 0 else ""),
                    _counted_from(reading),
                    cell(_due(reading)),
                ]
                for place, reading in enumerate(step.readings)
            ],
        )
        for step in steps
    ]
    return section(
        "disputed-readings",
        "Time limits that can be read in more than one way",
        paragraph("The first reading of each is the one taken in the advice above."),
        *tables,
    )


def _counted_from(reading: DeadlineGiven) -> Cell:
    return cell(
        capital(reading.event.replace("_", " ")),
        day(reading.started) if reading.started else "No date given",
    )


def _due(reading: DeadlineGiven) -> str:
    if reading.due is not None:
        return day(reading.due)
    return sentence(reading.problem) if reading.problem else "No date yet"


def _all_steps(assessment: Assessment) -> list[StepGiven]:
    first = [process for process in assessment.processes if comes_first(process)]
    rest = [process for process in assessment.processes if not comes_first(process)]
    steps = [step for process in first for step in process.steps]
    if assessment.route is not None:
        steps += assessment.route.steps
    shown = [process for process in rest if process.status is not Status.RULED_OUT]
    return steps + [step for process in shown for step in process.steps]


def beside_it(assessment: Assessment) -> Section | None:
    """The processes that run beside the route: those that apply, those not known, the others."""
    rest = [process for process in assessment.processes if not comes_first(process)]
    if not rest:
        return None
    blocks: list[Block | None] = []
    for process in rest:
        if process.status is Status.ESTABLISHED:
            blocks += _process(process)
    for status, heading in (
        (Status.OPEN, "May apply: not known yet"),
        (Status.RULED_OUT, "Do not apply, on these answers"),
    ):
        same = [process for process in rest if process.status is status]
        if same:
            blocks += [subheading(heading), listing([_in_short(process) for process in same])]
    return section("beside", "Other processes that run beside it", *blocks)


def _in_short(process: ProcessGiven) -> tuple[str, tuple[str, ...]]:
    """A process whose test is open or not met: who decides, how strong, and from where."""
    if process.status is Status.RULED_OUT:
        return f"{process.title} ({sources(process.citations)})", ()
    unverified = "" if process.verified else " Not verified: check the source first."
    about = f"Who decides: {process.decider}. Strength: {process.strength}."
    return process.title, (process.summary, f"{about} {sources(process.citations)}.{unverified}")


def _process(process: ProcessGiven, before: str = "") -> list[Block | None]:
    steps = "Steps, in order" if process.status is Status.ESTABLISHED else "Steps, if it does apply"
    rows = [
        ("Does it apply?", process_status(process.status)),
        ("Who decides", process.decider),
        ("Strength", process.strength),
        ("Source", sources(process.citations)),
    ]
    if not process.verified:
        rows.append(("Verified", "No: check the source first"))
    return [
        subheading(f"{before}{process.title}"),
        paragraph(process.summary) if process.summary else None,
        facts(rows),
        steps_table(f"{process.title}: {steps[:1].lower()}{steps[1:]}", process.steps),
    ]
