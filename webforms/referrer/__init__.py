"""The door for a professional who asks whether to refer, and for those who notify."""

from flask import Flask

from webforms.referrer import keeping, results, views
from webforms.referrer.door import blueprint

# Importing these has put their pages on the blueprint.
PAGES = (views, keeping, results)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
