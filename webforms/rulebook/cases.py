"""The worked cases that turn on a part of the rulebook: they expect it, or a turned fact moves it.

The cases lie in the project's `fixtures/`; an installed copy has the vignettes and the published
cases alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.answers import Case
from engine.edition import governing_day, program_for, sources_in_force
from engine.rulebook import Rulebook
from rules.yaml_reader import read
from webforms.rulebook.catalogue import Catalogue
from webforms.rulebook.references import Kind, Ref
from webforms.rulebook.turned_cases import moved, rules_of, told, turned

HERE = Path(__file__)
FIXTURES = HERE.parents[2] / "fixtures"
FOLDERS = (
    FIXTURES / "training",
    FIXTURES / "real",
    # Where an installed copy keeps the vignettes and the published cases.
    HERE.parents[1] / "trainer" / "cases",
    HERE.parents[1] / "trainer" / "published",
)


@dataclass(frozen=True, eq=False)
class WorkedCase:
    """A worked case: what it tells, what it is expected to show, and the same with a fact turned.

    Compared by identity: each is read once.
    `vignette` is the id of the vignette that it is, if any: that has a page to learn with.
    """

    name: str
    title: str
    story: str
    case: Case
    expects: frozenset[Ref]
    turned: tuple[Case, ...] = ()
    vignette: str = ""


@lru_cache(maxsize=1)
def worked_cases(folders: tuple[Path, ...] = FOLDERS) -> tuple[WorkedCase, ...] | None:
    """Every worked case, by name; None where there are none to read."""
    there = [folder for folder in folders if folder.is_dir()]
    if not there:
        return None
    return tuple(
        _case(f"{folder.name}/{path.relative_to(folder).with_suffix('').as_posix()}", path)
        for folder in there
        for path in sorted(folder.rglob("*.yaml"))
    )


def turning_on(catalogue: Catalogue, ref: Ref) -> tuple[WorkedCase, ...] | None:
    """The cases that turn on a page, or on what rests on it where it is none of the rules itself.

    None without cases.
    """
    cases = worked_cases()
    if cases is None:
        return None
    turns = _turns(catalogue.rulebook, cases)
    if ref.kind is Kind.CONTRADICTION:
        return tuple(
            case
            for case in cases
            if any(each in turns[case.name] for each in _rest_on(catalogue.rulebook, case, ref.id))
        )
    wanted = {ref, *_stand_ins(catalogue, ref)}
    return tuple(
        case
        for case in cases
        if wanted & turns[case.name] and _governs(catalogue.rulebook, ref, case)
    )


@lru_cache(maxsize=2)
def _turns(rulebook: Rulebook, cases: tuple[WorkedCase, ...]) -> dict[str, frozenset[Ref]]:
    """What each case turns on, by its name. Worked out once: it takes about a second."""
    return {case.name: frozenset(_turns_on(rulebook, case)) for case in cases}


def _turns_on(rulebook: Rulebook, case: WorkedCase) -> Iterator[Ref]:
    yield from case.expects
    if case.case.stage in rulebook.stages:
        findings = {each.id for each in case.expects if each.kind is Kind.FINDING}
        yield from rules_of(program_for(rulebook, case.case), findings)
        for after in case.turned:
            yield from moved(rulebook, case.case, after)


def _rest_on(rulebook: Rulebook, case: WorkedCase, contradiction: str) -> Iterator[Ref]:
    """What a case, or the same with a fact turned, is told of that rests on a contradiction."""
    if case.case.stage in rulebook.stages:
        told_of = _told(rulebook, case)
        yield from (ref for ref, rests_on in told_of if rests_on == contradiction)


@lru_cache(maxsize=512)
def _told(rulebook: Rulebook, case: WorkedCase) -> frozenset[tuple[Ref, str]]:
    return frozenset(each for facts in (case.case, *case.turned) for each in told(rulebook, facts))


def _stand_ins(catalogue: Catalogue, ref: Ref) -> Iterable[Ref]:
    """A source is tried by cases of what rests on it.

    Every case has a stage, and most answer a question that some source stands behind: a case
    does not turn on a source for that.
    """
    if ref.kind is not Kind.SOURCE:
        return ()
    needed_by = catalogue.needed_by.get(ref, ())
    return (each for each in needed_by if each.kind not in (Kind.STAGE, Kind.QUESTION))


def _governs(rulebook: Rulebook, ref: Ref, case: WorkedCase) -> bool:
    """Whether a case is judged by a source: several conclude one finding, each on its own days."""
    if ref.kind is not Kind.SOURCE or not case.case.stage:
        return True
    stage = rulebook.stages[case.case.stage]
    days = (governing_day(rulebook, stage, each) for each in (case.case, *case.turned))
    return any(ref.id in sources_in_force(rulebook, day) for day in days)


def _case(name: str, path: Path) -> WorkedCase:
    data = read(path.read_text(encoding="utf-8")).data or {}
    case = _facts(data)
    turns = (data.get("exercise") or {}).get("turns_on") or ()
    return WorkedCase(
        name=name,
        title=str(data.get("title", name)),
        story=" ".join(str(data.get("story", "")).split()),
        case=case,
        expects=frozenset(_expected(data)),
        turned=tuple(turned(case, each) for each in turns),
        vignette=path.stem if "exercise" in data else "",
    )


def _facts(data: Mapping[str, Any]) -> Case:
    given = data.get("dates") or {}
    dates = {event: date.fromisoformat(str(day)) for event, day in given.items()}
    area = str(data.get("area", "none"))
    return Case(str(data.get("stage", "")), area, dates, data.get("answers") or {})


def _expected(data: Mapping[str, Any]) -> Iterator[Ref]:
    expect = data.get("expect") or {}
    if "stage" in data:
        yield Ref(Kind.STAGE, str(data["stage"]))
    if "route" in expect:
        yield Ref(Kind.ROUTE, expect["route"])
    for finding in expect.get("findings") or {}:
        yield Ref(Kind.FINDING, finding)
    for process in expect.get("processes") or {}:
        yield Ref(Kind.PROCESS, process)
    for step in (*(expect.get("due") or {}), *(expect.get("steps") or ())):
        yield Ref(Kind.CLOCK, step)
    for turn in (data.get("exercise") or {}).get("turns_on") or ():
        if "question" in turn:
            yield Ref(Kind.QUESTION, turn["question"])
        if "area" in turn:
            yield Ref(Kind.AREA, turn["area"])
