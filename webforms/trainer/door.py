"""The blueprint of the pages for training. Everyone may open them; nobody needs an account."""

from flask import Blueprint

blueprint = Blueprint("trainer", __name__, template_folder="templates")
