"""The start page, and the pages that belong to no door."""

from flask import Flask

from webforms.home.views import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
