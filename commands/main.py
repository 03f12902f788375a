"""`waymark`: assess a case, ask the next question, explain a route, prove the rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.as_json import (
    ask_json,
    assessment_json,
    coverage_json,
    differences_json,
    explanation_json,
    proof_json,
    timetable_json,
)
from commands.as_text import (
    ask_text,
    assessment_text,
    coverage_text,
    differences_text,
    explanation_text,
    proof_text,
    timetable_text,
)
from commands.casefile import BadCaseFile, read_case
from commands.erase import erase_command
from commands.invite import invite_command
from commands.worked import tried
from engine.answers import BadCase, Case
from engine.assessment import assess
from engine.comparison import NothingToCompare, all_differences, compared
from engine.coverage import coverage
from engine.edition import program_for
from engine.explain import explain, why_asked
from engine.journey import journey
from engine.proof import every_number_has_cases, prove
from engine.results import Assessment
from engine.timetable import timetable
from rules.calendar import england
from rules.loader import FaultyRules, rulebook

BAD_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def waymark() -> None:
    """Which road to take after a child has died or been seriously harmed, and why.

    Waymark advises; a person decides.
    """


def _case_command(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)
    command = click.option("--stage", help="The decision to take, such as refer or notify.")(
        command
    )
    return click.argument("case", type=click.Path(path_type=Path))(command)


def _read(path: Path, stage: str | None) -> Case:
    given = read_case(path, rulebook(), stage, date.today())
    try:
        program_for(rulebook(), given.case)
    except BadCase as fault:
        raise given.refused(path, fault) from None
    return given.case


def _refuse(result: Assessment) -> None:
    """Ends with one sentence where the evaluators disagreed: nothing is told of such a case."""
    if result.fault:
        click.echo(f"No recommendation is given. {result.fault}", err=True)
        sys.exit(1)


def _print(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


@waymark.command("assess")
@_case_command
def assess_command(case: Path, stage: str | None, as_json: bool) -> None:
    """The assessment of a case file."""
    result = assess(rulebook(), _read(case, stage), england())
    if as_json:
        _print(assessment_json(result))
    else:
        click.echo(assessment_text(result))
    if result.fault:
        sys.exit(1)


@waymark.command("timetable")
@_case_command
def timetable_command(case: Path, stage: str | None, as_json: bool) -> None:
    """Every deadline of a case's route and processes: met, running or overdue."""
    given = _read(case, stage)
    result = assess(rulebook(), given, england())
    _refuse(result)
    lines = timetable(result, given.dates, date.today())
    if as_json:
        click.echo(json.dumps(timetable_json(lines), indent=2, ensure_ascii=False))
    else:
        click.echo(timetable_text(lines))


@waymark.command("ask")
@_case_command
def ask_command(case: Path, stage: str | None, as_json: bool) -> None:
    """The next question, why it is asked, and how many can still matter."""
    given = _read(case, stage)
    program = program_for(rulebook(), given)
    trip = journey(program, given.answers)
    why = why_asked(program, given.answers, trip.next) if trip.next else None
    if as_json:
        _print(ask_json(program, trip, why))
    else:
        click.echo(ask_text(program, trip, why))


@waymark.command("explain")
@_case_command
def explain_command(case: Path, stage: str | None, as_json: bool) -> None:
    """The reason for the route, and the fewest changes that would alter it."""
    given = _read(case, stage)
    program = program_for(rulebook(), given)
    result = assess(rulebook(), given, england())
    _refuse(result)
    explanation = explain(program, given.answers)
    if as_json:
        _print(explanation_json(program, result, explanation))
    else:
        click.echo(explanation_text(result, explanation))


@waymark.command("prove")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def prove_command(as_json: bool) -> None:
    """What holds of the rules for every set of answers; exit 1 when something does not."""
    claims = prove(rulebook(), date.today())
    cases = tried()
    if cases is not None:
        claims = (*claims, every_number_has_cases(rulebook(), cases))
    if as_json:
        _print(proof_json(claims))
    else:
        click.echo(proof_text(claims))
    if not all(each.holds for each in claims):
        sys.exit(1)


@waymark.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def coverage_command(as_json: bool) -> None:
    """Every numbered statement of the sources: encoded where, or left out why."""
    found = coverage(rulebook())
    if as_json:
        _print(coverage_json(found))
    else:
        click.echo(coverage_text(found))
    if not found.complete:
        sys.exit(1)


@waymark.command("diff")
@click.argument("first")
@click.argument("second")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff_command(first: str, second: str, as_json: bool) -> None:
    """What differs between two editions, or two areas, with a case for each difference."""
    old, new = compared(rulebook(), first, second)
    found = all_differences(rulebook(), old, new)
    if as_json:
        _print(differences_json(old, new, found))
    else:
        click.echo(differences_text(old, new, found))


@waymark.command("replay")
@click.argument("reference", required=False)
def replay_command(reference: str | None) -> None:
    """Stored records again, on the rules by which they were made; exit 1 when one differs."""
    # Kept out of the other commands' way: it loads the store.
    from commands import replay

    try:
        again = replay.replay(reference)
    except replay.NoSuchRecord as missing:
        raise click.ClickException(str(missing)) from None
    click.echo(replay.as_text(again))
    if not again.sound:
        sys.exit(1)


@waymark.command("bench")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bench_command(as_json: bool) -> None:
    """The speed figures; exit 1 when one misses its bound."""
    try:
        from benchmarks.run import main as measure
    except ImportError as missing:
        raise click.ClickException(
            f"the benchmarks need '{missing.name}': run them from a checkout, with make bench"
        ) from None
    sys.exit(measure(json_wanted=as_json))


waymark.add_command(invite_command)
waymark.add_command(erase_command)


def main() -> None:
    """Runs the command line; bad input ends with one sentence and exit 2, never a traceback."""
    try:
        waymark(standalone_mode=False)
    except (BadCaseFile, BadCase, FaultyRules, NothingToCompare) as fault:
        click.echo(str(fault), err=True)
        sys.exit(BAD_INPUT)
    except click.ClickException as fault:
        fault.show()
        sys.exit(BAD_INPUT)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        sys.exit(130)


if __name__ == "__main__":
    main()
