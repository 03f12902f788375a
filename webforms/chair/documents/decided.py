"""What the meeting recommended, what people decided, what the Panel answered, and what follows."""

from __future__ import annotations

from engine.expression import Status
from engine.results import ProcessGiven
from webforms.chair import duties
from webforms.chair import facts as of_rules
from webforms.chair.casefile import CaseFile
from webforms.chair.contradicting import in_decision, in_panel_answer
from webforms.chair.documents.known import duty_denied
from webforms.chair.documents.said import NOTHING, in_words, rows, told
from webforms.chair.documents.terms import terms
from webforms.chair.parts.deciding import WITHOUT_REVIEW
from webforms.chair.parts.outcomes import OPEN
from webforms.chair.people import process_title
from webforms.chair.recommending import (
    FOLLOWS,
    IN_WORDS,
    Agreement,
    agreement,
    departs,
    recommended,
    why_nothing_to_compare,
)
from webforms.chair.stages import decided_route, titles
from webforms.chair.threshold import no_rapid_review
from webforms.documents.blocks import (
    Block,
    Section,
    facts,
    headline,
    listing,
    notice,
    paragraph,
    prose,
    section,
    subheading,
)
from webforms.documents.words import day, process_status, sentence, sources
from webforms.wording import first_lower

NOT_DECIDED = "No decision was written"
DIFFERS = (
    "This is not what Waymark recommends on these answers. That is open to those who decide; their "
    "reasons stand below."
)
DEPARTS = (
    "The decision is another one. That is open to those who decide; their reasons stand below."
)
CONTRADICTS = "Two answers contradict each other."
WITHDRAWAL = ("withdrawn", "withdrawn_on", "withdrawn_why")


def route_in_words(file: CaseFile) -> str:
    return in_words(file, "decision", "route")


def in_short(file: CaseFile) -> Section:
    """What was decided, for a reader who reads one page."""
    route = route_in_words(file)
    decided = file.dates.get("decision")
    about = [
        ("Decided by", in_words(file, "decision", "decided_by")),
        ("Decided on", day(decided) if decided else ""),
        ("Waymark recommends", _recommended(file)),
        ("Compared with the decision", _compared_in_short(file)),
        (terms(file).recommended, in_words(file, "recommendation", "route")),
        ("The national panel" if terms(file).old else "The Panel", _agreement(file)),
    ]
    return section(
        "in-short",
        "In short",
        headline("Decided", route) if route else notice(f"{NOT_DECIDED}."),
        facts([row for row in about if row[1]]),
        duty_denied(file),
        notice(sentence(duties.withdrawal_in_words(file))) if duties.withdrawn(file) else None,
    )


def _recommended(file: CaseFile) -> str:
    route = None if of_rules.problem(file) else of_rules.assessed(file, "review").route
    return route.title if route else ""


def _compared_in_short(file: CaseFile) -> str:
    decided = decided_route(file)
    if not decided or decided == OPEN or not _recommended(file):
        return ""
    return IN_WORDS[agreement(recommended(file), decided)]


def compared(file: CaseFile) -> Block | None:
    """How the decision stands beside what is recommended; nothing where it is the same."""
    decided = decided_route(file)
    if not decided or of_rules.problem(file):
        return None
    route = recommended(file)
    match agreement(route, decided):
        case Agreement.DIFFERS:
            return notice(DIFFERS)
        case Agreement.FOLLOWS:
            return paragraph(FOLLOWS)
        case Agreement.NOTHING_TO_COMPARE:
            return paragraph(why_nothing_to_compare(route))
    return None


def _agreement(file: CaseFile) -> str:
    return in_words(file, "panel_answer", "agreement")


def recommendation(file: CaseFile) -> Section | None:
    """What the meeting recommended, apart from what was decided. That it said nothing is said."""
    route = in_words(file, "recommendation", "route")
    if not file.one("recommendation") and no_rapid_review(file):
        return None
    label = terms(file).recommended
    blocks: list[Block | None] = [
        headline(label, route)
        if route
        else notice(f"{NOTHING}: no recommendation of the meeting is on record.")
    ]
    for ask, heading in (
        ("reasons", "Why it was recommended"),
        ("next_steps", "Next steps that were recommended"),
    ):
        if written := in_words(file, "recommendation", ask):
            blocks += [subheading(heading), *prose(written)]
    return section("recommendation", f"What {first_lower(label)}", *blocks)


def decision(file: CaseFile) -> Section:
    """The decision in full. That reasons or dissent are missing is said: it matters."""
    route = route_in_words(file)
    reasons = in_words(file, "decision", "reasons")
    dissent = in_words(file, "decision", "dissent")
    blocks: list[Block | None] = [
        headline("Decided", route) if route else notice(f"{NOT_DECIDED}."),
        compared(file),
        departure(file),
        *(notice(f"{CONTRADICTS} {line}") for line in in_decision(file)),
        facts(
            rows(
                file,
                "decision",
                only=("appropriate", "decided_by", "decided", "review_decided", "family_told"),
            )
        ),
        subheading("The reasons"),
        *(prose(reasons) or [notice(f"{NOTHING}: no reasons are on record.")]),
    ]
    if decided_route(file) in WITHOUT_REVIEW:
        why = in_words(file, "decision", "why_no_review")
        blocks += [
            subheading("Why there is no review"),
            *(prose(why) or [notice(f"{NOTHING}: no justification is on record.")]),
        ]
    blocks += [
        subheading("Dissent"),
        *(prose(dissent) or [paragraph(f"{NOTHING}: no dissent is on record.")]),
    ]
    if steps := in_words(file, "decision", "next_steps"):
        blocks += [subheading("Next steps"), *prose(steps)]
    return section("decision", "The decision", *blocks)


def departure(file: CaseFile) -> Block | None:
    """Where the decision is another one than the meeting recommended, both stand together."""
    if not departs(file):
        return None
    recommended = in_words(file, "recommendation", "route")
    return notice(f"{terms(file).recommended}: {recommended}. {DEPARTS}")


def panel_answer(file: CaseFile) -> Section | None:
    blocks = [
        *(notice(f"{CONTRADICTS} {line}") for line in in_panel_answer(file)),
        *told(file, "panel_answer"),
    ]
    return section("panel-answer", titles(file)["panel_answer"], *blocks) if any(blocks) else None


def withdrawn(file: CaseFile) -> Section | None:
    """That the notification is withdrawn, or about to be; nothing where nobody said so."""
    if not duties.withdrawn(file):
        return None
    return section(
        "withdrawn",
        "Withdrawal of the notification",
        duty_denied(file),
        facts(rows(file, "notification", only=WITHDRAWAL)),
    )


def parallel(file: CaseFile) -> Section | None:
    """Each process that runs or may run beside: the finding, the decider, and what was agreed."""
    items = file.items("process")
    given: tuple[ProcessGiven, ...] = (
        () if of_rules.problem(file) else of_rules.assessed(file, "parallel").processes
    )
    blocks: list[Block | None] = []
    open_ones: list[str] = []
    for process in given:
        if process.status is Status.ESTABLISHED or process.id in items:
            blocks += _process(file, process)
        elif process.status is Status.OPEN:
            open_ones.append(f"{process.title} (decides: {process.decider})")
    known = {process.id for process in given}
    for item in items:
        if item not in known:
            blocks += [subheading(process_title(file, item)), facts(rows(file, "process", item))]
    if open_ones:
        blocks += [
            subheading("May apply: not known yet"),
            listing([(each, ()) for each in open_ones]),
        ]
    return section("parallel", titles(file)["parallel"], *blocks) if blocks else None


def _process(file: CaseFile, process: ProcessGiven) -> list[Block | None]:
    found = [
        ("The rules find", process_status(process.status)),
        ("Who decides", process.decider),
        ("Strength", process.strength),
        ("Source", sources(process.citations)),
        ("Verified", "" if process.verified else "No: check the source first"),
        *(rows(file, "process", process.id) or [("In this case", NOTHING)]),
    ]
    return [subheading(process.title), facts([row for row in found if row[1]])]


def learning(file: CaseFile) -> Section | None:
    """The form of learning below the threshold, and what the partners said of it."""
    blocks = [*told(file, "learning"), *told(file, "learning_approval")]
    return section("learning", titles(file)["learning_route"], *blocks) if any(blocks) else None
