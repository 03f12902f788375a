"""The blueprint that the pages about accounts are registered on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, template_folder="templates")
