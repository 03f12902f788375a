"""Signing in and out, taking up an invitation, one's own account, and the people of an area."""

from flask import Flask

from webforms.accounts import changing_agency, new_password, own, people, signing_in, taking_up
from webforms.accounts.blueprint import blueprint

# Importing these has put their pages on the blueprint.
PAGES = (signing_in, taking_up, own, people, new_password, changing_agency)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
