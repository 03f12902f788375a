"""What can only be seen across files: names, doubles, cycles, dates, and words.

`engine.schema` has seen to the shape of each file. These checks take the parts with the place
where each was read, and say for each fault where it is, what is wrong, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from engine.expression import (
    Aged,
    Answered,
    Concluded,
    Expression,
    Stands,
    findings_in,
    questions_in,
    walk,
)
from engine.faults import DataPath, Fault
from engine.rulebook import (
    Citation,
    Method,
    MethodPoint,
    NotSettled,
    Period,
    Process,
    Rule,
    Rulebook,
    Source,
    Stage,
    Step,
)
from engine.telling import CERTAINTY
from engine.wording import FROM_ANSWERS, names_in

Place = tuple[str, DataPath]
Where = Callable[[str, str], Place]


def faults_in(rulebook: Rulebook, where: Where) -> list[Fault]:
    """Every fault in the rulebook. `where(kind, id)` is the place where a part was read."""
    first = [
        *_sources(rulebook, where),
        *_editions(rulebook, where),
        *_questions(rulebook, where),
        *_rules(rulebook, where),
        *_twice_concluded(rulebook, where),
        *_cycles(rulebook, where),
        *_processes(rulebook, where),
        *_overlays(rulebook, where),
        *_methods(rulebook, where),
        *_routes(rulebook, where),
        *_stages(rulebook, where),
        *_words(rulebook, where),
        *_text_changes(rulebook, where),
    ]
    # Compiling a rulebook whose names do not hold would only fault again, less clearly.
    return first or [*_reachable(rulebook, where)]


def _at(place: Place, message: str, *inside: str | int) -> Fault:
    file, path = place
    return Fault(file, (*path, *inside), message)


def _cited(
    rulebook: Rulebook, place: Place, citations: Iterable[Citation], key: str
) -> Iterator[Fault]:
    """Faults in the citations listed under `key`."""
    for index, citation in enumerate(citations):
        source = rulebook.sources.get(citation.source)
        if source is None:
            yield _at(
                place,
                f"no source is called '{citation.source}': add it to sources.yaml or mend the name",
                key,
                index,
            )
        else:
            yield from _raised(source, citation, _at(place, "", key, index))


def _raised(source: Source, citation: Citation, there: Fault) -> Iterator[Fault]:
    if citation.status and CERTAINTY.index(citation.status) > CERTAINTY.index(source.status):
        yield replace(
            there,
            message=f"this says '{citation.status}' of a source that is only '{source.status}': a "
            "citation can be less certain than its source, never more",
        )


def _own_and_also_cited(
    rulebook: Rulebook, place: Place, citations: tuple[Citation, ...]
) -> Iterator[Fault]:
    """Faults in what a rule or process cites: its file's own source first, then `also_cite`."""
    own, *others = citations
    yield from _raised(rulebook.sources[own.source], own, _at(place, "", "status"))
    yield from _cited(rulebook, place, others, "also_cite")


def _sources(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    for edition in rulebook.editions:
        carried = edition.carries_forward
        if carried is not None and carried not in rulebook.sources:
            yield _at(
                where("edition", edition.id),
                f"no source is called '{carried}': mend the name",
                "carries_forward",
            )


def _editions(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    ordered = sorted(rulebook.editions, key=lambda each: each.in_force.start)
    for before, after in pairwise(ordered):
        place = where("edition", after.id)
        if before.in_force.overlaps(after.in_force):
            yield _at(
                place,
                f"'{after.id}' overlaps '{before.id}': every day has one edition, so end "
                f"'{before.id}' the day before",
                "from",
            )
        elif (
            before.in_force.until is not None
            and before.in_force.until + timedelta(days=1) != after.in_force.start
        ):
            yield _at(
                place,
                f"no edition governs between '{before.id}' and '{after.id}': close the gap",
                "from",
            )


def _questions(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    for question in rulebook.questions.values():
        place = where("question", question.id)
        yield from _cited(rulebook, place, question.citations, "cite")
        parent = rulebook.questions.get(question.detail_of or "")
        if question.detail_of is None:
            continue
        if parent is None:
            yield _at(
                place, f"no question is called '{question.detail_of}': mend the name", "detail_of"
            )
        elif question.detail_when not in {option.value for option in parent.options}:
            yield _at(
                place,
                f"'{parent.id}' has no answer '{question.detail_when}': use one of its options",
                "detail_when",
            )


def _condition(
    rulebook: Rulebook, place: Place, when: Expression, findings: set[str], *, on_status: bool
) -> Iterator[Fault]:
    """Faults in a rule's condition (on answers) or a route's (on how findings stand)."""
    for node in walk(when):
        if isinstance(node, Concluded | Stands) and node.finding not in findings:
            yield _at(
                place,
                f"no rule concludes '{node.finding}': mend the name or write the rule",
                "when",
            )
        if isinstance(node, Stands) and not on_status:
            yield _at(
                place,
                f"a rule cannot ask whether '{node.finding}' is {node.status}: name the finding, "
                "or 'not' it; only routes and steps ask how findings stand",
                "when",
            )
        if isinstance(node, Answered | Aged | Concluded) and on_status:
            name = node.finding if isinstance(node, Concluded) else node.question
            yield _at(
                place,
                f"a route or step cannot rest on '{name}' itself: say established, ruled out or "
                "open, and the finding",
                "when",
            )
        elif isinstance(node, Answered | Aged):
            yield from _tested(rulebook, place, node)


def _tested(
    rulebook: Rulebook, place: Place, node: Answered | Aged, key: str = "when"
) -> Iterator[Fault]:
    question = rulebook.questions.get(node.question)
    if question is None:
        yield _at(
            place,
            f"no question is called '{node.question}': mend the name or write the question",
            key,
        )
    elif question.kind == "authority":
        yield _at(place, f"'{node.question}' names a council and decides nothing: take it out", key)
    elif isinstance(node, Aged):
        if question.kind != "age":
            yield _at(place, f"'{node.question}' is not an age: name its answers instead", key)
    else:
        values = [option.value for option in question.options]
        for value in node.values:
            if value not in values:
                yield _at(
                    place,
                    f"'{node.question}' has no answer '{value}': use "
                    f"{', '.join(values) or 'at_least and under'}",
                    key,
                )
        if set(node.values) >= set(values) and question.kind != "age":
            yield _at(
                place,
                f"every answer to '{node.question}' makes this true, so it decides nothing: take "
                "it out or take an answer out",
                key,
            )


def _all_rules(rulebook: Rulebook) -> Iterator[Rule]:
    yield from rulebook.rules
    for overlay in rulebook.overlays:
        yield from overlay.widenings


def _rules(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    findings = {rule.finding for rule in rulebook.rules}
    for rule in _all_rules(rulebook):
        place = where("rule", rule.id)
        yield from _own_and_also_cited(rulebook, place, rule.citations)
        yield from _rested(rulebook, place, rule.rests_on)
        yield from _condition(rulebook, place, rule.when, findings, on_status=False)
        if rule.not_settled is not None:
            yield from _not_settled(rulebook, place, rule.not_settled, findings)


def _text_changes(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    starts = {each.id: each.in_force.start for each in rulebook.editions}
    for change in rulebook.text_changes:
        place = where("text change", change.id)
        yield from _cited(rulebook, place, change.citations, "cite")
        yield from _rested(rulebook, place, change.rests_on)
        unknown = [key for key in ("old", "new") if getattr(change, key) not in starts]
        for key in unknown:
            yield _at(
                place,
                f"no edition is called '{getattr(change, key)}': add it to editions.yaml or mend "
                "the name",
                key,
            )
        if not unknown and starts[change.old] >= starts[change.new]:
            yield _at(place, f"'{change.new}' is not the newer of the two: swap them", "new")


def _not_settled(
    rulebook: Rulebook, place: Place, told: NotSettled, findings: set[str]
) -> Iterator[Fault]:
    if told.where not in findings:
        yield _at(
            place,
            f"no rule concludes '{told.where}': add one or mend the name",
            "not_settled",
            "where",
        )
    if told.see not in rulebook.contradictions:
        yield _at(
            place,
            f"contradictions.yaml has no entry '{told.see}': add it or mend the name",
            "not_settled",
            "see",
        )


def _rested(rulebook: Rulebook, place: Place, entries: Iterable[str]) -> Iterator[Fault]:
    for entry in entries:
        if entry not in rulebook.contradictions:
            yield _at(
                place,
                f"contradictions.yaml has no entry '{entry}': add it or mend the name",
                "rests_on",
            )


def identity_of(part: Rule | Process) -> str:
    """A name for one part: a process keeps its id from edition to edition, so its source joins."""
    return part.id if isinstance(part, Rule) else f"{part.id} ({part.citations[0].source})"


def _effective(rulebook: Rulebook, part: Rule | Process) -> Period:
    """When a part is in force, an edition that carries its source forward included."""
    source = rulebook.sources.get(part.citations[0].source)
    if source is not None and part.in_force.until == source.in_force.until:
        for edition in rulebook.editions:
            if edition.carries_forward == source.id:
                return Period(part.in_force.start, edition.in_force.until)
    return part.in_force


def _twice_concluded(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    seen: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        for other in seen.setdefault(rule.finding, []):
            if _effective(rulebook, rule).overlaps(_effective(rulebook, other)):
                file, _ = where("rule", other.id)
                yield _at(
                    where("rule", rule.id),
                    f"'{rule.finding}' is concluded here and in rule '{other.id}' ({file}) for the "
                    "same days: join them in one rule with 'any', or give them different dates",
                    "finding",
                )
        seen[rule.finding].append(rule)


def _cycles(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    rests_on: dict[str, set[str]] = {}
    by_finding: dict[str, Rule] = {}
    for rule in _all_rules(rulebook):
        rests_on.setdefault(rule.finding, set()).update(findings_in(rule.when))
        by_finding.setdefault(rule.finding, rule)
    done: set[str] = set()

    def visit(finding: str, trail: tuple[str, ...]) -> Iterator[Fault]:
        if finding in trail:
            ring = " rests on ".join((*trail[trail.index(finding) :], finding))
            yield _at(
                where("rule", by_finding[finding].id),
                f"these findings go round in a circle: {ring}. Break it where the guidance does",
                "when",
            )
            return
        if finding in done or finding not in rests_on:
            return
        for other in sorted(rests_on[finding]):
            yield from visit(other, (*trail, finding))
        done.add(finding)

    for finding in rests_on:
        yield from visit(finding, ())


def _listed(
    place: Place, steps: Iterable[Step], *inside: str | int
) -> Iterator[tuple[Place, Step]]:
    """Each step of a list with the place where it was read."""
    file, path = place
    for index, step in enumerate(steps):
        yield (file, (*path, *inside, index)), step


def _steps(
    rulebook: Rulebook, placed: Iterable[tuple[Place, Step]], taken: Iterable[str] = ()
) -> Iterator[Fault]:
    """Faults in steps that stand together; the ids in `taken` are those of steps beside them."""
    findings = {rule.finding for rule in rulebook.rules}
    seen = set(taken)
    for here, step in placed:
        if step.id in seen:
            yield _at(here, f"two steps here are called '{step.id}': rename one", "id")
        seen.add(step.id)
        yield from _cited(rulebook, here, step.citations, "cite")
        yield from _rested(rulebook, here, step.rests_on)
        if step.when is not None:
            yield from _condition(rulebook, here, step.when, findings, on_status=True)
        for clock in step.clocks:
            if clock.of not in rulebook.event_dates:
                yield _at(
                    here,
                    f"events.yaml has no date '{clock.of}' for this clock to start from: add it "
                    "or mend the name",
                    "by",
                )


def _all_processes(rulebook: Rulebook) -> Iterator[Process]:
    yield from rulebook.processes
    for overlay in rulebook.overlays:
        yield from overlay.processes


def _processes(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    findings = {rule.finding for rule in rulebook.rules}
    seen: dict[str, list[Process]] = {}
    for process in _all_processes(rulebook):
        place = where("process", identity_of(process))
        for other in seen.setdefault(process.id, []):
            if _effective(rulebook, process).overlaps(_effective(rulebook, other)):
                file, _ = where("process", identity_of(other))
                yield _at(
                    place,
                    f"'{process.id}' is here and in {file} for the same days: rename one of the "
                    "two, or give them different dates",
                    "id",
                )
        seen[process.id].append(process)
        if process.finding not in findings:
            yield _at(
                place,
                f"no rule concludes '{process.finding}': mend the name or write the rule",
                "finding",
            )
        yield from _own_and_also_cited(rulebook, place, process.citations)
        yield from _rested(rulebook, place, process.rests_on)
        yield from _steps(rulebook, _listed(place, process.steps, "steps"))


def _overlays(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    findings = {rule.finding for rule in rulebook.rules}
    areas: set[str] = set()
    for overlay in rulebook.overlays:
        place = where("overlay", overlay.id)
        if overlay.area in areas:
            yield _at(place, f"two overlays are for the area '{overlay.area}': keep one", "overlay")
        areas.add(overlay.area)
        for index, rule in enumerate(overlay.widenings):
            if rule.finding not in findings:
                yield _at(
                    place,
                    f"no national rule concludes '{rule.finding}', so there is nothing to widen: "
                    "mend the name",
                    "widens",
                    index,
                    "finding",
                )
        for index, placement in enumerate(overlay.placements):
            routes = {r.id: r for r in rulebook.routes if r.stage == placement.stage}
            here = (place[0], (*place[1], "steps", index))
            if placement.stage not in rulebook.stages:
                yield _at(here, f"no stage is called '{placement.stage}': mend the name", "stage")
                continue
            for name in placement.routes:
                if name not in routes:
                    yield _at(
                        here,
                        f"the stage '{placement.stage}' has no route '{name}': mend the name",
                        "routes",
                    )
            beside = placement.place.partition(" ")[2]
            stage_steps = {s.id for s in rulebook.stages[placement.stage].steps_for_every_route}
            local = {each.step.id for each in overlay.placements}
            taken: set[str] = set()
            for route in routes.values():
                if placement.routes and route.id not in placement.routes:
                    continue
                national = {s.id for s in route.steps} | stage_steps
                taken |= national
                if beside and beside not in national | local:
                    yield _at(
                        here,
                        f"the route '{route.id}' has no step '{beside}' to stand beside: use first "
                        "or last, or mend the name",
                        "place",
                    )
            step = (here[0], (*here[1], "step"))
            yield from _steps(rulebook, [(step, placement.step)], taken)
    if "none" not in areas:
        yield Fault("local", (), "no overlay has the area 'none': add the national rules alone")


def _methods(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Faults in the methods of review that local procedures describe."""
    for overlay in rulebook.overlays:
        file, path = where("overlay", overlay.id)
        seen: set[str] = set()
        for index, method in enumerate(overlay.methods):
            here = (file, (*path, "methods", index))
            if method.id in seen:
                yield _at(here, f"two methods here are called '{method.id}': rename one", "id")
            seen.add(method.id)
            yield from _own_and_also_cited(rulebook, here, method.citations)
            for key, points in _points(method):
                for number, point in enumerate(points):
                    written = "weighs_more_when" if point.stands_anyway else "when"
                    for condition in point.when:
                        there = (file, (*here[1], key, number))
                        yield from _tested(rulebook, there, condition, written)


def _points(method: Method) -> tuple[tuple[str, tuple[MethodPoint, ...]], ...]:
    """A method's lists of points by their keys."""
    return (
        ("fits", method.fits),
        ("merits", method.merits),
        ("drawbacks", method.drawbacks),
    )


def _routes(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    findings = {rule.finding for rule in rulebook.rules}
    for route in rulebook.routes:
        place = where("route", route.id)
        if route.stage not in rulebook.stages:
            yield _at(place, f"no stage is called '{route.stage}': mend the name")
        yield from _cited(rulebook, place, route.citations, "cite")
        yield from _rested(rulebook, place, route.rests_on)
        yield from _condition(rulebook, place, route.when, findings, on_status=True)
        stage = rulebook.stages.get(route.stage)
        taken = [step.id for step in stage.steps_for_every_route] if stage else []
        yield from _steps(rulebook, _listed(place, route.steps, "steps"), taken)


def _stages(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    findings = {rule.finding for rule in rulebook.rules}
    processes = {process.id for process in _all_processes(rulebook)}
    for stage in rulebook.stages.values():
        place = where("stage", stage.id)
        known: tuple[tuple[str, tuple[str, ...], Iterable[str], str], ...] = (
            ("questions", stage.questions, rulebook.questions, "no question is called"),
            ("decides", stage.decides, findings, "no rule concludes"),
            ("asked_processes", stage.asked_processes, processes, "no process is called"),
            ("shown_processes", stage.shown_processes, processes, "no process is called"),
            ("dates", stage.dates, rulebook.event_dates, "events.yaml has no date"),
            ("edition_by", stage.edition_by, rulebook.event_dates, "events.yaml has no date"),
        )
        for key, names, there, what in known:
            for index, name in enumerate(names):
                if name not in there:
                    yield _at(place, f"{what} '{name}': mend the name or add it", key, index)
                elif name in names[:index]:
                    yield _at(place, f"'{name}' is here twice: keep one", key, index)
        every = where("every route", stage.id)
        yield from _steps(rulebook, _listed(every, stage.steps_for_every_route))
        if not any(route.stage == stage.id for route in rulebook.routes):
            yield _at(place, f"the stage '{stage.id}' has no route: write its routes file")


def _words(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Names in braces that nothing fills in: those of 'none' are filled in everywhere."""
    everywhere = {*FROM_ANSWERS}
    for overlay in rulebook.overlays:
        if overlay.area == "none":
            everywhere |= {name for name, _ in overlay.words}
    for place, texts in _texts(rulebook, where):
        yield from _unfilled(place, texts, everywhere, "overlay 'none'")
    for overlay in rulebook.overlays:
        there = everywhere | {name for name, _ in overlay.words}
        file, path = where("overlay", overlay.id)
        for index, placement in enumerate(overlay.placements):
            place = (file, (*path, "steps", index, "step"))
            yield from _unfilled(place, _step_texts([placement.step]), there, "overlay")
        for process in overlay.processes:
            place = where("process", identity_of(process))
            yield from _unfilled(place, _process_texts(process), there, "overlay")
        for index, method in enumerate(overlay.methods):
            place = (file, (*path, "methods", index))
            yield from _unfilled(place, _method_texts(method), set(), "")
    for rule in _all_rules(rulebook):
        yield from _unfilled(where("rule", rule.id), {"sentence": [rule.sentence]}, set(), "")


Texts = dict[str, list[str]]


def _unfilled(place: Place, texts: Texts, there: set[str], whose: str) -> Iterator[Fault]:
    for key, those in texts.items():
        for name in sorted({name for text in those for name in names_in(text)} - there):
            todo = (
                f"add it to the words of the {whose}, or mend the name"
                if whose
                else "this is read without local names, so write the words out"
            )
            yield _at(place, f"nothing fills in '{{{name}}}': {todo}", key)


def _texts(rulebook: Rulebook, where: Where) -> Iterator[tuple[Place, Texts]]:
    """The texts of the national rules in which names in braces are filled in, by their keys."""
    for stage in rulebook.stages.values():
        for place, step in _listed(where("every route", stage.id), stage.steps_for_every_route):
            yield place, _step_texts([step])
    for route in rulebook.routes:
        place = where("route", route.id)
        yield place, {"title": [route.title], "summary": [route.summary]}
        for here, step in _listed(place, route.steps, "steps"):
            yield here, _step_texts([step])
    for process in rulebook.processes:
        yield where("process", identity_of(process)), _process_texts(process)
    for q in rulebook.questions.values():
        options = [text for option in q.options for text in (option.text, option.hint)]
        yield (
            where("question", q.id),
            {
                "text": [q.text],
                "label": [q.label],
                "hint": [q.hint],
                "why": [q.why],
                "find_out": [q.find_out],
                "ask_whom": [q.ask_whom],
                "explanation": [q.explanation],
                "options": options,
            },
        )


def _step_texts(steps: Iterable[Step]) -> Texts:
    return {
        "do": [step.do for step in steps],
        "who": [step.who for step in steps],
        "by": [step.by_words for step in steps],
        "note": [step.note for step in steps],
    }


def _method_texts(method: Method) -> Texts:
    return {
        "title": [method.title],
        "description": [method.description],
        "steps": [*method.steps],
        **{key: [point.text for point in points] for key, points in _points(method)},
    }


def _process_texts(process: Process) -> Texts:
    return {
        "title": [process.title],
        "summary": [process.summary],
        "decider": [process.decider],
        "steps": [text for texts in _step_texts(process.steps).values() for text in texts],
    }


def _reachable(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
    """Questions that a stage forgets or never uses, on whatever day and in whatever area."""
    used: dict[str, set[str]] = {stage: set() for stage in rulebook.stages}
    asked_anywhere: set[str] = set()
    rules: dict[str, list[Rule]] = {}
    for rule in _all_rules(rulebook):
        rules.setdefault(rule.finding, []).append(rule)
    for stage in rulebook.stages.values():
        told: set[str] = set()
        for finding in _asked_for(rulebook, stage, rules):
            for rule in rules[finding]:
                needed = questions_in(rule.when)
                used[stage.id] |= needed
                for question in sorted(needed - set(stage.questions) - told):
                    told.add(question)
                    yield _at(
                        where("stage", stage.id),
                        f"'{finding}' rests on the question '{question}', which this "
                        "stage does not ask: add it to the questions, in order",
                        "questions",
                    )
    for stage in rulebook.stages.values():
        for index, question in enumerate(stage.questions):
            asked = rulebook.questions[question]
            if question not in used[stage.id] and asked.detail_of not in used[stage.id]:
                yield _at(
                    where("stage", stage.id),
                    f"nothing in this stage rests on '{question}': take it out, or write the rule",
                    "questions",
                    index,
                )
        asked_anywhere |= set(stage.questions)
    for question in rulebook.questions:
        if question not in asked_anywhere:
            yield _at(
                where("question", question),
                f"no stage asks '{question}': add it to a stage or take it out",
            )


def _asked_for(
    rulebook: Rulebook, stage: Stage, rules: Mapping[str, list[Rule]]
) -> tuple[str, ...]:
    """The findings that a stage's questions are asked for, directly or through others."""
    processes = [each for each in _all_processes(rulebook) if each.id in stage.asked_processes]
    routes = [each for each in rulebook.routes if each.stage == stage.id]
    steps = [*stage.steps_for_every_route]
    steps += [step for each in routes for step in each.steps]
    steps += [step for each in processes for step in each.steps]
    conditions = [each.when for each in routes]
    conditions += [each.when for each in steps if each.when is not None]
    wanted = [
        *stage.decides,
        *(each.finding for each in processes),
        *(finding for when in conditions for finding in sorted(findings_in(when))),
    ]
    found: dict[str, None] = {}
    while wanted:
        finding = wanted.pop(0)
        if finding not in found and finding in rules:
            found[finding] = None
            wanted += sorted({f for rule in rules[finding] for f in findings_in(rule.when)})
    return tuple(found)
