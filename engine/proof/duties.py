"""Claims 2 and 4: no duty is lost, by learning of more harm or to a local procedure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.answers import NOT_KNOWN
from engine.edition import program_on
from engine.expression import Status, findings_in
from engine.joint import Joint
from engine.program import Program
from engine.proof.claim import Claim, case_in_words, claim_of, where_tried
from engine.proof.programs import every_program
from engine.readings import readings_of
from engine.rulebook import Rulebook, Strength

MONOTONE = "Learning of more harm never removes a duty"
# (question, an answer, an answer that says more)
MORE_HARM = (
    ("abuse_or_neglect", "no", "suspected"),
    ("abuse_or_neglect", "no", "known"),
    ("abuse_or_neglect", "suspected", "known"),
    ("abuse_or_neglect", NOT_KNOWN, "suspected"),
    ("what_happened", "near_miss_or_concern", "harmed"),
    ("what_happened", "near_miss_or_concern", "died"),
    ("what_happened", "near_miss_or_concern", "died_by_suspected_suicide"),
    ("what_happened", "died", "died_by_suspected_suicide"),
    ("what_happened", "harmed", "died"),
    ("what_happened", NOT_KNOWN, "died"),
    ("how_serious_was_the_harm", "not_serious", "serious_physical"),
    ("how_serious_was_the_harm", "not_serious", "likely_long_term"),
    ("how_serious_was_the_harm", "not_serious", "recovered"),
    ("significant_harm", "no", "yes"),
    ("danger_now", "no", "yes"),
    ("looked_after", "no", "yes"),
    ("care_leaver", "no", "yes"),
    ("regulated_setting", "no", "yes"),
    ("died_in_custody_or_detention", "no", "yes"),
    ("joint_working_cause_for_concern", "no", "yes"),
    ("improvements_needed", "no", "may"),
    ("improvements_needed", "may", "yes"),
    ("recurrent_themes", "no", "may"),
    ("joint_working_concern", "no", "may"),
    ("panel_answer", "agrees_no_review", "asks_for_local_review"),
    ("panel_answer", "not_yet", "more_information"),
    ("partners_view", "agree_to_notify", "disagree"),
    ("partners_view", "not_yet_discussed", "disagree"),
)


def duties_are_monotone(program: Program) -> Claim:
    """Claim 4: learning of more harm, or moving from no to suspected, never removes a duty.

    A duty is a *must* or a *should* that the stage decides or shows, or that a route rests on; a
    part of a definition (a harm that is likely to last) may give way to another part.
    """
    readings = readings_of(program)
    d = readings.diagrams
    on_routes = {finding for route in program.routes for finding in findings_in(route.when)}
    duties = [
        each.finding
        for each in program.findings
        if each.rule.strength in (Strength.MUST, Strength.DUTY, Strength.SHOULD)
        and each.finding in {*program.decides, *program.shows, *on_routes}
    ]
    for question, less, more in MORE_HARM:
        if question not in readings.level_of:
            continue
        level = readings.level_of[question]
        values = readings.values[level]
        if less not in values or more not in values:
            continue
        for finding in duties:
            status = readings.status[finding]
            before = d.restrict(status, level, values.index(less))
            after = d.restrict(status, level, values.index(more))
            lost = d.find(d.apply("lost", _lost, before, after), True)
            if lost is not None:
                case = case_in_words(readings, lost)
                return claim_of(
                    "4 monotone",
                    MONOTONE,
                    program,
                    f"'{finding}' goes when '{question}' moves from {less} to {more}: {case}",
                )
    return claim_of("4 monotone", MONOTONE, program, None)


def overlays_never_narrow(rulebook: Rulebook, today: date) -> Iterator[Claim]:
    """Claim 2: what the national rules establish, the rules with a local procedure establish."""
    title = "No local procedure narrows a national duty"
    for local in every_program(rulebook, today):
        if local.overlay.area != "none":
            national = program_on(rulebook, local.stage.id, "none", local.day)
            found = narrowed(national, local)
            yield Claim("2 overlays", title, where_tried(local), not found, found, local)


def narrowed(national: Program, local: Program) -> str:
    """A duty that the local program loses, in words; empty when it loses none."""
    ours, theirs = readings_of(local), readings_of(national)
    joint = Joint(theirs, ours)
    duties = [
        each.finding
        for each in national.findings
        if each.finding in (*national.decides, *national.shows)
        or each.rule.strength in (Strength.MUST, Strength.DUTY, Strength.SHOULD)
    ]
    for finding in duties:
        if finding not in ours.status:
            return f"the local procedure no longer concludes '{finding}'"
        before = joint.carry(theirs, theirs.status[finding])
        after = joint.carry(ours, ours.status[finding])
        lost = joint.diagrams.find(joint.diagrams.apply("lost", _lost, before, after), True)
        if lost is not None:
            return f"'{finding}' is lost for: {joint.case_in_words(lost)}"
    local_routes = {route.id: route for route in local.routes}
    for route in national.routes:
        if route.id not in local_routes:
            return f"the local procedure has no route '{route.id}'"
        kept = {step.id for step in local_routes[route.id].steps}
        gone = [step.id for step in route.steps if step.id not in kept]
        if gone:
            return f"the local procedure drops the step '{gone[0]}' from '{route.id}'"
    return ""


def _lost(before: object, after: object) -> bool:
    return before is Status.ESTABLISHED and after is not Status.ESTABLISHED
