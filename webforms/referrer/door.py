"""The blueprint that the pages of this door are registered on."""

from flask import Blueprint

blueprint = Blueprint("referrer", __name__, template_folder="templates")
