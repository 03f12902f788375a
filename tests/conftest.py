"""What every folder of tests shares: the shipped rules, the calendar, and a way to make a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, settings

import rules.calendar
import rules.loader
from engine.answers import Answer, Case
from engine.clock import WorkingDays
from engine.rulebook import Rulebook

# No test is timed, and each run tries the same examples; --hypothesis-profile=explore tries others.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile("same")

MakeCase = Callable[..., Case]

LONG = ("web", "mutation")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of every page tested")
    parser.addoption(
        "--slow-pages",
        metavar="SECONDS",
        type=float,
        default=0.0,
        help="pause in the middle of every page that a browser gets: finds what does not wait",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the folders whose tests take long: no core waits for another in the end."""
    items.sort(key=lambda each: not any(part in LONG for part in each.path.parts))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rules that are shipped."""
    return rules.loader.rulebook()


@pytest.fixture(scope="session")
def working_days() -> WorkingDays:
    """England's working days."""
    return rules.calendar.england()


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the tests take place, so that no answer depends on the real one."""
    return date(2026, 6, 10)


def make_case(
    stage: str = "refer",
    area: str = "none",
    *,
    dates: dict[str, date] | None = None,
    **answers: Answer,
) -> Case:
    """A case under the rules of 2023, unless `dates` say otherwise."""
    given = {"awareness": date(2024, 2, 1)} if dates is None else dates
    return Case(stage, area, given, answers)


@pytest.fixture
def case() -> MakeCase:
    """Makes a case: `case("notify", "darlington", abuse_or_neglect="suspected")`."""
    return make_case
