"""The start page with its three doors, how Waymark works, and a sign of life."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from webforms import visits
from webforms.access import open_to_everyone

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
@open_to_everyone
def start() -> str:
    return render_template("home/start.html", in_progress=bool(visits.read().get("answers")))


@blueprint.get("/about")
@open_to_everyone
def about() -> str:
    """What Waymark does and does not do, and what it keeps."""
    return render_template("home/about.html")


@blueprint.get("/healthz")
@open_to_everyone
def healthz() -> Response:
    return Response("ok\n", content_type="text/plain; charset=utf-8")
