"""The worked cases that turn on a part of the rulebook: those whose expectations name it.

The cases lie in the project's `fixtures/`, which an installed copy may lack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.answers import Case
from engine.edition import governing_day, sources_in_force
from engine.rulebook import Rulebook
from rules.yaml_reader import read
from webforms.rulebook.catalogue import Catalogue
from webforms.rulebook.references import Kind, Ref

HERE = Path(__file__)
FIXTURES = HERE.parents[2] / "fixtures"
FOLDERS = (
    FIXTURES / "training",
    FIXTURES / "real",
    # Where an installed copy keeps the vignettes.
    HERE.parents[1] / "trainer" / "vignettes",
)


@dataclass(frozen=True)
class WorkedCase:
    """A worked case: its name, what it tells, and what it is expected to show."""

    name: str
    title: str
    story: str
    case: Case
    named: frozenset[Ref]

    @property
    def vignette(self) -> str:
        """The id of the vignette that it is, or nothing: a vignette has a page to learn with."""
        folder, _, name = self.name.rpartition("/")
        return name if folder.endswith("vignettes") else ""


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
    wanted = {ref, *_stand_ins(catalogue, ref)}
    return tuple(
        case for case in cases if wanted & case.named and _governs(catalogue.rulebook, ref, case)
    )


def _stand_ins(catalogue: Catalogue, ref: Ref) -> Iterable[Ref]:
    """A rule is tried by cases of its finding, a source or a contradiction by what rests on it.

    Every case has a stage, and most answer a question that some source stands behind: a case
    does not turn on a source for that.
    """
    match ref.kind:
        case Kind.RULE:
            return (each for each in catalogue.entries[ref].mentions if each.kind is Kind.FINDING)
        case Kind.CONTRADICTION:
            return catalogue.needed_by.get(ref, ())
        case Kind.SOURCE:
            needed_by = catalogue.needed_by.get(ref, ())
            return (each for each in needed_by if each.kind not in (Kind.STAGE, Kind.QUESTION))
        case _:
            return ()


def _governs(rulebook: Rulebook, ref: Ref, case: WorkedCase) -> bool:
    """Whether a case is judged by a source: several conclude one finding, each on its own days."""
    if ref.kind is not Kind.SOURCE or not case.case.stage:
        return True
    day = governing_day(rulebook, rulebook.stages[case.case.stage], case.case)
    return ref.id in sources_in_force(rulebook, day)


def _asked(data: Mapping[str, Any]) -> Case:
    """The stage, the area and the dates of a case: what picks its rules."""
    given = data.get("dates") or {}
    dates = {event: date.fromisoformat(str(day)) for event, day in given.items()}
    return Case(str(data.get("stage", "")), str(data.get("area", "none")), dates)


def _case(name: str, path: Path) -> WorkedCase:
    data = read(path.read_text(encoding="utf-8")).data or {}
    return WorkedCase(
        name=name,
        title=str(data.get("title", name)),
        story=" ".join(str(data.get("story", "")).split()),
        case=_asked(data),
        named=frozenset(_named(data)),
    )


def _named(data: Mapping[str, Any]) -> Iterator[Ref]:
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
