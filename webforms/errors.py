"""What a person reads when something went wrong: what it was, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from webforms.access import CasesSwitchedOff, MayOnlyRead


@dataclass(frozen=True)
class Sorry:
    """An error page: its heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


NOT_ERASED = "Your answers are still here: nothing has been erased."

SORRY = {
    400: Sorry(
        "We could not read what was sent",
        ("Go back and try again. " + NOT_ERASED,),
    ),
    403: Sorry(
        "You may not open this page",
        (
            "Your account’s role does not allow it. If you think that it should, ask the chair or "
            "the partnership administrator of your area.",
        ),
    ),
    404: Sorry(
        "Page not found",
        ("If you typed the address, check that it is right. If you followed a link, go back.",),
    ),
    405: Sorry(
        "This page cannot be used in that way", ("Go back and use the page’s own buttons.",)
    ),
    413: Sorry(
        "What was sent is too long",
        (
            "Go back and shorten what you wrote. Notes to a check can have up to 2,000 characters. "
            "A long file can be brought in as several shorter ones.",
        ),
    ),
    429: Sorry(
        "Too many tries",
        (
            "Several references that do not exist were tried from where you are. "
            "Wait 15 minutes and try again.",
        ),
    ),
    500: Sorry(
        "Sorry, something went wrong here",
        (
            "The fault is ours and has been noted. Try again in a few minutes.",
            "Do not wait for this tool. If you think that a child is in danger, call 999. "
            "Otherwise talk to your safeguarding lead and follow your own procedures.",
        ),
    ),
}

FORGED = Sorry(
    "This page was open for too long, or in another window",
    (
        "For your safety we take an answer only from a page that this server has just made. "
        "Go back, reload the page, and send your answer again.",
        "If it happens again, check that your browser accepts cookies from this site.",
    ),
)

ONLY_READ = Sorry(
    "You may read this, but not change it",
    (
        "Nothing has been changed: your account’s role may only read here. If you think that it "
        "should do more, ask the chair or the partnership administrator of your area.",
    ),
)

SWITCHED_OFF = Sorry(
    "Cases are switched off here",
    (
        "This Waymark was started for a training room. Training, the rules and checks are open; "
        "whatever needs an account is not served.",
        "To work on a case, go to the Waymark on which your area keeps its cases.",
    ),
)


def page(status: int, sorry: Sorry | None = None) -> tuple[str, int]:
    """The error page of a status; `sorry` says something more fitting where there is more."""
    sorry = sorry or SORRY.get(status) or SORRY[400 if status < 500 else 500]
    if status >= 500:
        # Whatever broke may break again: an apology does not look up who is signed in.
        g.setdefault("account", None)
    return render_template("error.html", sorry=sorry), status


def _http_error(error: HTTPException) -> ResponseReturnValue | HTTPException:
    if isinstance(error, SecurityError):
        # The host itself is not trusted: no link can be made, so no page either.
        return "This address is not served here.\n", 400, {"Content-Type": "text/plain"}
    if error.response is not None or (error.code or 500) < 400:
        return error
    text, status = page(error.code or 500)
    allow = error.get_headers(request.environ) if error.code == 405 else []
    return text, status, [header for header in allow if header[0] == "Allow"]


def _forged(_: CSRFError) -> tuple[str, int]:
    return page(403, FORGED)


def _only_read(_: MayOnlyRead) -> tuple[str, int]:
    return page(403, ONLY_READ)


def _switched_off(_: CasesSwitchedOff) -> tuple[str, int]:
    return page(404, SWITCHED_OFF)


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(MayOnlyRead, _only_read)
    app.register_error_handler(CasesSwitchedOff, _switched_off)
    app.register_error_handler(HTTPException, _http_error)
