"""The pages of the rulebook: its front, its lists, its search, and a page for everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.rulebook import Citation, Clock, Route
from rules.loader import rulebook
from webforms.access import open_to_everyone
from webforms.rulebook import citing, days, neighbourhood_drawing, showing, tree_drawing
from webforms.rulebook.cases import turning_on
from webforms.rulebook.catalogue import NATIONAL, all_rules, clock_words, words_of
from webforms.rulebook.door import LISTS, blueprint, doubts_of, grouped, wanted, whole
from webforms.rulebook.editions import chosen, editions_of
from webforms.rulebook.neighbours import around
from webforms.rulebook.references import WORDS, Kind, Ref
from webforms.rulebook.renaming import renamed
from webforms.rulebook.search import GUIDANCE, LONGEST, search

ENTRIES = [each for each in Kind if each not in (Kind.STAGE, Kind.AREA)]


@blueprint.get("/rules")
@open_to_everyone
def front() -> str:
    """What the rulebook is, how sure it is, and the way to everything in it."""
    rules = rulebook()
    return render_template(
        "rulebook/front.html",
        editions=rules.editions,
        doubts=citing.all_doubts(rules),
        read=[each for each in rules.sources.values() if each.status == "read"],
        stages=whole().of(Kind.STAGE),
    )


@blueprint.get("/rules/search")
@open_to_everyone
def find() -> str:
    asked = " ".join(request.args.get("q", "").split())[:LONGEST]
    found = search(whole(), asked)
    kinds = [WORDS[kind][1] for kind in Kind] + [GUIDANCE]
    results = {kind: found[kind] for kind in kinds if kind in found}
    count = sum(map(len, results.values()))
    return render_template("rulebook/search.html", asked=asked, results=results, count=count)


@blueprint.get(f"/rules/<any({','.join(LISTS)}):name>")
@open_to_everyone
def everything(name: str) -> str:
    """Everything of a kind."""
    kind = LISTS[name]
    return render_template(
        "rulebook/list.html", kind=kind, groups=_groups(kind), sources=rulebook().sources
    )


def _groups(kind: Kind) -> list[tuple[str, list[Ref]]]:
    """The pages of a kind; routes by stage, rules by source."""
    rules = rulebook()
    if kind is Kind.ROUTE:
        return [
            (stage.title, [Ref(kind, each.id) for each in rules.routes if each.stage == stage.id])
            for stage in rules.stages.values()
        ]
    if kind is Kind.RULE:
        by_source: dict[str, list[Ref]] = {}
        for rule in all_rules(rules):
            by_source.setdefault(rule.citations[0].source, []).append(Ref(kind, rule.id))
        return [
            (source.short, by_source[source.id])
            for source in rules.sources.values()
            if source.id in by_source
        ]
    return [("", [entry.ref for entry in whole().of(kind)])]


@blueprint.get("/rules/dates")
@open_to_everyone
def dates() -> str:
    """The dated events that pick an edition or start a clock."""
    rules = rulebook()
    clocks = [
        (Ref(Kind.CLOCK, entry.ref.id), clock)
        for entry in whole().of(Kind.CLOCK)
        for placed in whole().clocks(entry.ref.id)
        for clock in placed.step.clocks
    ]
    return render_template(
        "rulebook/dates.html",
        events=[
            (
                event,
                list(dict.fromkeys(_told(*each) for each in clocks if each[1].of == event.id)),
                list(dict.fromkeys(ref for ref, clock in clocks if clock.met_by == event.id)),
                [stage for stage in rules.stages.values() if event.id in stage.edition_by],
            )
            for event in rules.event_dates.values()
        ],
    )


def _told(ref: Ref, clock: Clock) -> tuple[Ref, str]:
    """A clock by the reading that starts at its event, which may not be the one in its title."""
    title = whole().entries[ref].title
    limit = clock_words(rulebook(), clock)
    limit = f"{limit[:1].upper()}{limit[1:]}"
    told, _, step = title.partition(": ")
    return ref, title if told == limit else f"{limit} (another reading): {step}"


@blueprint.get(f"/rules/<any({','.join(ENTRIES)}):kind>/<name>")
@open_to_everyone
def entry(kind: str, name: str) -> ResponseReturnValue:
    """The page of a source, rule, finding, question, process, route, clock or contradiction."""
    ref = Ref(Kind(kind), name)
    if ref in renamed():
        return redirect(renamed()[ref].address, 301)
    found = whole().entries[wanted(ref)]
    cited = found.citations
    if ref.kind is Kind.SOURCE:
        cited = (Citation(ref.id, ""),)
    if ref.kind is Kind.CONTRADICTION:
        # It cites nothing itself: what rests on it does.
        resting = [whole().entries[each] for each in whole().needed_by.get(ref, ())]
        cited = tuple(each for page in resting for each in page.citations)
    return render_template(
        f"rulebook/{kind}.html",
        entry=found,
        doubts=doubts_of(cited),
        needs=grouped(found.needs),
        needed_by=grouped(whole().needed_by.get(ref, ())),
        contradictions=[Ref(Kind.CONTRADICTION, each) for each in dict.fromkeys(found.rests_on)],
        cases=turning_on(whole(), ref),
        **_around(ref),
        **SPECIAL[ref.kind](name),
    )


def _around(ref: Ref) -> dict[str, Any]:
    """The neighbourhood of a page, and its picture where there is more than the page itself."""
    found = around(whole(), ref)
    if found is None:
        return {}
    title = f"What leads to it and what it leads to: {whole().entries[ref].title}"
    alone = len(found.columns) == 1
    return {"around": found, "picture": None if alone else neighbourhood_drawing.draw(found, title)}


def _rule(name: str) -> dict[str, Any]:
    found = next(each for each in all_rules(rulebook()) if each.id == name)
    return {"rule": showing.rule(whole(), found), "finding": Ref(Kind.FINDING, found.finding)}


def _rules_of(*findings: str) -> list[showing.RuleShown]:
    """The rules that conclude findings, by their dates."""
    rules = [rule for each in findings for rule in whole().rules_of[each]]
    rules.sort(key=lambda each: each.in_force.start)
    return [showing.rule(whole(), each, n) for n, each in enumerate(rules, start=1)]


def _finding(name: str) -> dict[str, Any]:
    newest = [chosen(rulebook(), stage, NATIONAL, "") for stage in rulebook().stages]
    return {
        "rules": _rules_of(name),
        "maps": [each.stage for each in newest if each and each.finding(name)],
    }


def _question(name: str) -> dict[str, Any]:
    rules, words = rulebook(), words_of(rulebook())
    return {
        "question": rules.questions[name],
        "words": words,
        "editions": editions_of(rules).get(Ref(Kind.QUESTION, name), ()),
        "stages": [stage for stage in rules.stages.values() if name in stage.questions],
        "details": [
            Ref(Kind.QUESTION, each.id)
            for each in rules.questions.values()
            if each.detail_of == name
        ],
    }


def _process(name: str) -> dict[str, Any]:
    stages = rulebook().stages.values()
    return {
        "versions": [showing.process(whole(), each) for each in whole().processes(name)],
        "tests": _rules_of(*dict.fromkeys(each.finding for each in whole().processes(name))),
        "asked": [stage for stage in stages if name in stage.asked_processes],
        "told_in": [stage for stage in stages if name in stage.shown_processes],
    }


def _route(name: str) -> dict[str, Any]:
    route: Route = next(each for each in rulebook().routes if each.id == name)
    told = whole().told(route.when)
    used = days.of_sources(rulebook(), route.citations)
    return {
        "route": route,
        "stage": rulebook().stages[route.stage],
        "told": told,
        "picture": tree_drawing.draw(told, f"What this route needs: {route.title}", "tree"),
        "steps": showing.steps(whole(), route.steps, of=used),
        "local": [
            (
                overlay,
                showing.steps(whole(), steps, overlay.area, days.shared(used, (overlay.in_force,))),
            )
            for overlay in rulebook().overlays
            if (
                steps := [
                    each.step
                    for each in overlay.placements
                    if each.stage == route.stage and (not each.routes or name in each.routes)
                ]
            )
        ],
        "editions": editions_of(rulebook()).get(Ref(Kind.ROUTE, name), ()),
    }


def _clock(name: str) -> dict[str, Any]:
    return {"variants": showing.variants(whole(), whole().clocks(name))}


def _source(name: str) -> dict[str, Any]:
    rules = rulebook()
    by_topic: dict[str, list[Any]] = {}
    for each in rules.guidance:
        if each.citations[0].source == name:
            by_topic.setdefault(each.topic, []).append(each)
    return {
        "source": rules.sources[name],
        "words": words_of(rules),
        "guidance": by_topic,
        "editions": [each for each in rules.editions if name in (each.id, each.carries_forward)],
        "areas": [each for each in rules.overlays if each.source == name and each.area != "none"],
    }


def _contradiction(name: str) -> dict[str, Any]:
    ref = Ref(Kind.CONTRADICTION, name)
    named = (*whole().entries[ref].mentions, *whole().needed_by.get(ref, ()))
    beside = [each for each in dict.fromkeys(named) if each.kind is Kind.CONTRADICTION]
    return {"contradiction": rulebook().contradictions[name], "beside": beside}


SPECIAL: dict[Kind, Callable[[str], dict[str, Any]]] = {
    Kind.RULE: _rule,
    Kind.FINDING: _finding,
    Kind.QUESTION: _question,
    Kind.PROCESS: _process,
    Kind.ROUTE: _route,
    Kind.CLOCK: _clock,
    Kind.SOURCE: _source,
    Kind.CONTRADICTION: _contradiction,
}
