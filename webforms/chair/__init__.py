"""The door of those who work on cases: open one, work through it, decide, sign, follow it up."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from flask import Flask, request

from webforms import errors, visits
from webforms.chair import views
from webforms.chair.door import blueprint
from webforms.store import CaseErased

# A meeting's form is long, and so is a chronology as a file.
LONGEST = 4 * 1024 * 1024

# Importing them puts their pages on the blueprint.
for found in iter_modules(views.__path__):
    import_module(f"{views.__name__}.{found.name}")


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.add_template_filter(london)
    app.add_template_filter(small_radios)
    # Erased while somebody worked in it: by now there is no case of that name.
    app.register_error_handler(CaseErased, lambda _: errors.page(404))
    # Before the check against forged forms, which already reads what was sent.
    app.before_request_funcs.setdefault(None, []).insert(0, _allow_long_forms)


def london(when: datetime) -> datetime:
    """A moment as the clocks of England showed it."""
    return when.astimezone(visits.LONDON)


def small_radios(params: dict[str, Any]) -> dict[str, Any]:
    """Radios of a form with many asks: the small ones, and beside each other where they fit."""
    return {**params, "classes": "govuk-radios--small waymark-radios"}


def _allow_long_forms() -> None:
    if request.blueprint == blueprint.name:
        request.max_content_length = LONGEST
        # What is not a file has a limit of its own, of half a megabyte.
        request.max_form_memory_size = LONGEST
