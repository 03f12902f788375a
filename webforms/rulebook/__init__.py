"""The rulebook: every rule, where it comes from and what it does, open to everyone."""

from flask import Flask

from webforms.rulebook import change_pages, pages, stage_pages, suggest_page
from webforms.rulebook.door import blueprint

# Importing these has put their pages on the blueprint.
PAGES = (pages, stage_pages, change_pages, suggest_page)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
