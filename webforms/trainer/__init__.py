"""The door of trainers and learners: where the thresholds lie, shown on made-up cases."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from webforms.trainer import views
from webforms.trainer.door import blueprint

# Importing them puts their pages on the blueprint.
for found in iter_modules(views.__path__):
    import_module(f"{views.__name__}.{found.name}")


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
