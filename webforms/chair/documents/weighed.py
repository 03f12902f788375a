"""What was weighed: each criterion as the rules find it and as people see it; the tool's route."""

from __future__ import annotations

from engine.expression import Status
from engine.results import Assessment
from webforms.chair import facts as of_rules
from webforms.chair.cards import FOUND, Card, cards
from webforms.chair.casefile import CaseFile
from webforms.chair.documents.frame import Making, moment
from webforms.chair.documents.said import NOTHING
from webforms.chair.documents.terms import terms
from webforms.chair.parts import PARTS
from webforms.chair.recommending import rests_on_own_answer
from webforms.chair.threshold import no_meeting_in_words, no_rapid_review
from webforms.documents.advice import NO_RECOMMENDATION
from webforms.documents.blocks import (
    Block,
    Section,
    facts,
    headline,
    listing,
    notice,
    paragraph,
    section,
    subheading,
)
from webforms.documents.words import DOUBTS, is_doubt, sentence, sources

NOT_CERTAIN = "No: an answer that is still missing could change it"
DIFFERS = "This view differs from what the rules find on these answers. It is the people’s own."
ON_OWN_ANSWER = (
    "This rests on the partners’ own answer on whether a review is appropriate. It is no support "
    "of that answer."
)
LEFT_OPEN = "The rules left this open on these answers. The view is the people’s own."


def warnings(file: CaseFile) -> list[str]:
    """What must be known of the rules before anybody relies on them; texts not read come first."""
    found: list[str] = []
    for assessment in _assessments(file):
        found += [sentence(each) for each in assessment.warnings]
        doubt = DOUBTS.get(assessment.edition_status)
        if doubt and not any(is_doubt(each) for each in found):
            found.append(f"{assessment.edition_title}: {doubt}. Its text was not read.")
    return sorted(dict.fromkeys(found), key=lambda warning: not is_doubt(warning))


def criteria(file: CaseFile, making: Making) -> Section:
    """Card by card. None of them decides by itself."""
    found = cards(file)
    heading = terms(file).weighed
    if not found:
        why = of_rules.problem(file)
        return section("criteria", heading, notice(sentence(f"{NOTHING} to weigh. {why}")))
    blocks: list[Block | None] = [
        paragraph(
            "Each is there to be weighed. None decides by itself whether there is a review."
            if not terms(file).old
            else "What the rules of 2015 asked for, one by one."
        )
    ]
    if not any(card.view for card in found):
        why = no_meeting_in_words(file) or f"{NOTHING}: no view was given on any of them."
        blocks.append(notice(why))
    for card in found:
        blocks += _card(file, card, making)
    return section("criteria", heading, *blocks)


def _card(file: CaseFile, card: Card, making: Making) -> list[Block | None]:
    view = PARTS["views"].ask("view").words(card.view)
    finding = card.finding
    rows = [
        ("Source", sources(finding.citations)),
        ("Verified", "" if finding.verified else "No: check the source first"),
        ("The rules find", card.found),
        ("Because", "\n".join(f"{label}: {words}" for label, words in card.because)),
        (terms(file).meeting_view, view or NOTHING),
        ("Reason", card.reason or (NOTHING if card.view else "")),
        ("Given by", f"{making.who(card.by)}, {moment(card.at)}" if card.at else ""),
        ("The rules then", _then(card)),
    ]
    return [
        subheading(finding.sentence),
        notice(DIFFERS) if card.differs else None,
        paragraph(LEFT_OPEN) if card.left_open else None,
        facts([row for row in rows if row[1]]),
    ]


def _then(card: Card) -> str:
    """What the rules found when the view was given, where they find otherwise now."""
    if not card.found_since or not card.found_then:
        return ""
    return f"When the view was given: {FOUND[Status(card.found_then)]}"


def recommended(file: CaseFile) -> Section:
    """What the tool recommends, stage by stage, how strongly, and whether that is certain."""
    heading = "What Waymark recommends"
    if why := of_rules.problem(file):
        return section(
            "recommended", heading, headline("No advice", NO_RECOMMENDATION), notice(sentence(why))
        )
    blocks: list[Block | None] = [
        paragraph("The tool advises on these answers, under these rules. It does not decide.")
    ]
    for assessment in _assessments(file):
        blocks += [subheading(assessment.stage_title), *_route(assessment)]
    return section("recommended", heading, *blocks)


def _route(assessment: Assessment) -> list[Block | None]:
    route = assessment.route
    if route is None:
        return [
            headline("No advice", NO_RECOMMENDATION),
            notice("The ways in which Waymark works a case out did not agree on this one."),
        ]
    doubt = DOUBTS.get(assessment.edition_status)
    return [
        headline("Recommended", route.title),
        paragraph(route.summary) if route.summary else None,
        paragraph(ON_OWN_ANSWER)
        if assessment.stage == "review" and rests_on_own_answer(route.id)
        else None,
        facts(
            [
                ("Strength", route.strength),
                ("Certain?", "Yes" if route.certain else NOT_CERTAIN),
                ("Source", sources(route.citations)),
                (
                    "National rules",
                    f"{assessment.edition_title} ({doubt or 'its text was read'})",
                ),
            ]
        ),
    ]


def contradictions(file: CaseFile) -> Section | None:
    """Where the sources disagree, and the reading on which these results rest."""
    found = {each.id: each for given in _assessments(file) for each in given.contradictions}
    if not found:
        return None
    return section(
        "contradictions",
        "Where the sources disagree or are silent",
        paragraph("The results above rest on these readings, which had to be chosen."),
        listing(
            [(f"{each.id}: {each.title}", (sentence(each.sentence),)) for each in found.values()]
        ),
    )


def _assessments(file: CaseFile) -> list[Assessment]:
    if of_rules.problem(file):
        return []
    # Whether it is notified comes first of all; where it is not, or no longer, learning below the
    # threshold is the way on.
    below = ("learning",) if no_rapid_review(file) else ()
    stages = ("notify", *terms(file).tool_stages, *below)
    return [of_rules.assessed(file, stage) for stage in stages]
