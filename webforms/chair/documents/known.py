"""What was known: the children, the dates, the answers, the incident, the agencies, safety."""

from __future__ import annotations

from engine.answers import NOT_KNOWN
from rules.loader import rulebook
from webforms.chair import duties
from webforms.chair import facts as of_rules
from webforms.chair.casefile import ANSWERS, DATES, CaseFile
from webforms.chair.chronology_state import state_of
from webforms.chair.documents.frame import Making, moment
from webforms.chair.documents.said import NOTHING, in_words, rows, told
from webforms.chair.documents.terms import terms
from webforms.chair.stages import titles
from webforms.chair.threshold import no_meeting, no_meeting_in_words
from webforms.chair.words import event_label
from webforms.documents.blocks import (
    Block,
    Section,
    cell,
    facts,
    notice,
    paragraph,
    prose,
    section,
    subheading,
    table,
)
from webforms.documents.words import capital, day, sentence, sources
from webforms.store import Entry
from webforms.wording import first_lower

NOT_CERTAIN = "An answer that is still missing could change it"
CHRONOLOGY = "The combined chronology"
CHRONOLOGY_FINGERPRINT = "Fingerprint of its entries"
WHICH_CHRONOLOGY = (
    "It is a document of its own, and can be written in after this record is made. A copy of it is "
    "the one that this record speaks of only if it names the same fingerprint of its entries."
)
NO_SAFETY = (
    f"{NOTHING} about what the children need now to be safe. That does not mean that nothing is "
    "needed."
)


def children(file: CaseFile) -> Section | None:
    items = file.items("children")
    if not items:
        return None
    listed = table(
        "The children, by pseudonym",
        (("Child", 20), ("Born", 24), ("Address, or kind of place", 26), ("Plans", 30)),
        [
            [
                cell(entry.data.get("pseudonym", "")),
                cell(in_words(file, "children", "born", item)),
                cell(entry.data.get("address", "")),
                cell(entry.data.get("status", "")),
            ]
            for item, entry in items.items()
        ],
    )
    return section("children", "The children", listed)


def dates(file: CaseFile, making: Making) -> Section:
    """The dates that are known, with who gave each. Those that are not known are left out."""
    given = file.entries.get(DATES, {})
    listed = table(
        "Dates that are known",
        (("What", 40), ("When", 28), ("Given by, and when", 32)),
        [
            [
                cell(event_label(file, event)),
                cell(day(when)),
                cell(_giver(given[event], making), moment(given[event].at)),
            ]
            for event, when in file.dates.items()
        ],
    )
    return section("dates", "The dates", listed or paragraph("No date was given."))


def _giver(entry: Entry, making: Making) -> str:
    """Who gave a date or an answer: a saved check, or somebody by role."""
    return capital(str(entry.data.get("given_by", ""))) or making.who(entry.account)


def referral(file: CaseFile) -> Section | None:
    return _if_any("referral", "The referral", told(file, "referral"))


def notification(file: CaseFile) -> Section | None:
    but = ("withdrawn", "withdrawn_on", "withdrawn_why")
    blocks = told(file, "notification", "", but)
    if any(blocks):
        blocks = [_on_notifying(file), duty_denied(file), *blocks]
    return _if_any("notification", titles(file)["notification"], blocks)


def _on_notifying(file: CaseFile) -> Block | None:
    """What the rules find on notifying, beside what people found."""
    route = None if of_rules.problem(file) else of_rules.assessed(file, "notify").route
    if route is None:
        return None
    certain = "" if route.certain else f" ({first_lower(NOT_CERTAIN)})"
    return facts([("On these answers the rules find", f"{route.title}{certain}")])


def duty_denied(file: CaseFile) -> Block | None:
    """A duty that the rules find for certain, where what people wrote reads as if there were none.

    What they wrote stands as it is; a reader must have both before them.
    """
    duty = duties.notifying_denied(file)
    if duty is None:
        return None
    said = duties.withdrawal_in_words(file) or "the criteria for notifying are not met"
    return notice(
        f"It is written down that {said}. On these answers the rules find a duty on the authority, "
        f"which {duties.denial(file)} does not remove: {sentence(first_lower(duty.title))} "
        f"Source: {sources(duty.citations)}."
    )


def answers(file: CaseFile, making: Making) -> Section:
    """Every answer, who gave it and when. "Not known" is an answer; it never stands for "no"."""
    given = file.entries.get(ANSWERS, {})
    questions = rulebook().questions
    listed = table(
        "Answers to the questions of the rules",
        (("Question", 42), ("Answer", 28), ("Given by, and when", 30)),
        [
            [
                cell(questions[question].text),
                cell(of_rules.words_of_answer(file, question)),
                cell(
                    _giver(given[question], making),
                    moment(given[question].at),
                ),
            ]
            for question in file.answers
        ]
        + [
            [
                cell(questions[found.question].text),
                cell(of_rules.words_of(found.question, found.answer)),
                cell(f"{found.where}."),
            ]
            for found in _from_the_case(file)
        ],
    )
    unknown = NOT_KNOWN in file.answers.values()
    return section(
        "answers",
        "The answers",
        listed or paragraph(f"{NOTHING}: no question of the rules was answered."),
        paragraph("“Not known yet” was never counted as “no”.") if unknown else None,
    )


def _from_the_case(file: CaseFile) -> list[of_rules.Supplied]:
    """What the rules were told without that anybody answered the question itself."""
    found = None if of_rules.problem(file) else of_rules.supplied(file, "review")
    return [found] if found else []


def meeting(file: CaseFile) -> Section | None:
    """The incident and the case as the meeting saw them; safety has a section of its own.

    Where there was no meeting because no rapid review follows, it says so, and why.
    """
    if why := no_meeting_in_words(file):
        return section("meeting", terms(file).meeting, notice(why))
    blocks = told(file, "meeting", but=("safety", "improvements", "national"))
    people = [
        [
            cell(entry.data.get("role", "")),
            cell(entry.data.get("agency", "")),
            cell(in_words(file, "attendance", "attended", item)),
        ]
        for item, entry in file.items("attendance").items()
    ]
    columns = (("Role", 40), ("Agency", 38), ("There?", 22))
    blocks.append(table("Present, and apologies", columns, people))
    return _if_any("meeting", terms(file).meeting, blocks)


def agencies(file: CaseFile) -> Section | None:
    """In short, who was asked and what came back; each return is a document of its own."""
    requests = file.items("agency_request")
    if not requests:
        return None
    asked = table(
        "Agencies that were asked",
        (("Agency", 28), ("Asked", 24), ("To come back by", 24), ("Came back", 24)),
        [
            [
                cell(entry.data.get("agency", ""), entry.data.get("asked_of", "")),
                cell(in_words(file, "agency_request", "asked_on", item)),
                cell(in_words(file, "agency_request", "return_by", item)),
                cell(in_words(file, "agency_return", "returned_on", item) or "Not noted"),
            ]
            for item, entry in requests.items()
        ],
    )
    blocks: list[Block | None] = [asked]
    labels = {
        "children": "Children concerned",
        "completed_by": "Completed by",
        "involved": "Dates of involvement",
        "involvement": "Involvement, and safeguarding issues known of",
        "facts": "What it knows of the incident",
        "older": "Older than three years",
    }
    for item, entry in requests.items():
        if back := rows(file, "agency_return", item, only=tuple(labels), labels=labels):
            blocks += [subheading(str(entry.data.get("agency", ""))), facts(back)]
    return section("agencies", "Information from agencies", *blocks)


def chronology(file: CaseFile) -> Section | None:
    """Which chronology there was: it is a document of its own, and may change after this one."""
    state = state_of(file)
    if state is None:
        nothing = paragraph(f"{NOTHING}: no chronology is on record.")
        return None if no_meeting(file) else section("chronology", CHRONOLOGY, nothing)
    return section(
        "chronology",
        CHRONOLOGY,
        facts(
            [
                ("Entries", f"{state.entries:,}"),
                ("Of these agencies", "\n".join(f"{name}: {n:,}" for name, n in state.agencies)),
                ("Last written", f"{moment(state.last.at)} (no. {state.last.seq} in the log)"),
                (CHRONOLOGY_FINGERPRINT, state.fingerprint),
            ]
        ),
        paragraph(WHICH_CHRONOLOGY),
    )


def safety(file: CaseFile) -> Section:
    written = in_words(file, "meeting", "safety")
    return section(
        "safety",
        "What the children need now to be safe",
        *(prose(written) or [notice(NO_SAFETY)]),
    )


def seen(file: CaseFile) -> Section | None:
    """What the meeting saw to improve, and of national importance."""
    blocks = told(
        file, "meeting", but=("held_on", "reason", "facts", "involvement", "safety", "minutes_sent")
    )
    return _if_any("seen", "Improvements, and importance beyond the area", blocks)


def in_force(file: CaseFile) -> list[tuple[str, str]]:
    """The rules that govern the decision, for the first page."""
    if of_rules.problem(file):
        return []
    assessment = of_rules.assessed(file, "review")
    return [
        ("National rules", assessment.edition_title),
        ("Local procedure", assessment.overlay_title or "None"),
    ]


def _if_any(id: str, heading: str, blocks: list[Block | None]) -> Section | None:
    return section(id, capital(heading), *blocks) if any(blocks) else None
