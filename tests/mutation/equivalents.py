"""Why the mutants that are equivalent to the rules are, in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

REGISTER = Path(__file__).with_name("equivalent.yaml")


@cache
def reasons() -> dict[str, str]:
    """The reason for each mutant that is known to be equivalent."""
    groups = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    return {name: group["because"].strip() for group in groups for name in group["mutants"]}
