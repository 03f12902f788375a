"""Names in braces that nothing fills in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.checks.parts import all_rules, identity_of, points_of
from engine.checks.places import Place, Where, at, steps_at
from engine.faults import Fault
from engine.rulebook import Method, Process, Rulebook, Step
from engine.wording import FROM_ANSWERS, names_in


def word_faults(rulebook: Rulebook, where: Where) -> Iterator[Fault]:
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
    for rule in all_rules(rulebook):
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
            yield at(place, f"nothing fills in '{{{name}}}': {todo}", key)


def _texts(rulebook: Rulebook, where: Where) -> Iterator[tuple[Place, Texts]]:
    """The texts of the national rules in which names in braces are filled in, by their keys."""
    for stage in rulebook.stages.values():
        for place, step in steps_at(where("every route", stage.id), stage.steps_for_every_route):
            yield place, _step_texts([step])
    for route in rulebook.routes:
        place = where("route", route.id)
        yield place, {"title": [route.title], "summary": [route.summary]}
        for here, step in steps_at(place, route.steps, "steps"):
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
        **{key: [point.text for point in points] for key, points in points_of(method)},
    }


def _process_texts(process: Process) -> Texts:
    return {
        "title": [process.title],
        "summary": [process.summary],
        "decider": [process.decider],
        "steps": [text for texts in _step_texts(process.steps).values() for text in texts],
    }
