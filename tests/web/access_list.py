"""Every page with who may open it and whose changes it takes.

`.venv/bin/python -m tests.web.access_list > tests/web/pages-and-access.txt` writes the list anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule as Route

from webforms import create_app
from webforms.access import READING, Rule


def pages(app: Flask) -> Iterator[tuple[Route, Rule]]:
    """Every route with its rule, in the order of the addresses."""
    rules: dict[str, Rule] = app.extensions["access"]
    for route in sorted(app.url_map.iter_rules(), key=lambda each: (each.rule, each.endpoint)):
        yield route, rules[route.endpoint]


def methods(route: Route) -> list[str]:
    """What a page is asked with: to read it, to change something, or both."""
    return sorted((route.methods or set()) - {"HEAD", "OPTIONS"})


def access_list(app: Flask) -> str:
    lines = []
    for route, rule in pages(app):
        writes = rule.writers_named if set(methods(route)) - READING else "nobody"
        lines += [
            f"{route.rule}  {' '.join(methods(route))}  {route.endpoint}",
            f"    reads:  {rule.readers_named}",
            f"    writes: {writes}",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(access_list(create_app({"DATA_FOLDER": folder})), end="")
