"""A page of the wizard against a bare Flask page that renders the same template, same context."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask, render_template, template_rendered
from flask.testing import FlaskClient

from benchmarks.cases import training
from benchmarks.figures import Figure
from benchmarks.timing import in_turns, ratio
from engine.answers import Answer, Case
from engine.edition import program_for
from engine.journey import journey
from rules.loader import rulebook
from webforms import create_app, visits
from webforms.store import Store, sha256

ROUNDS = 25
MOST_TIMES = 2
TEMPLATE = "referrer/question.html"
BARE = "/bare"
# Flask adds these to every context by itself.
FLASKS_OWN = {"g", "request", "session"}


@dataclass(frozen=True)
class Page:
    """A question's page, as the application gives it and as a bare Flask page does."""

    question: str
    wizard: Callable[[], object]
    bare: Callable[[], object]


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": Path(folder)})
        pages = _pages(app)
        works = {f"{page.question} wizard": [page.wizard] for page in pages}
        works |= {f"{page.question} bare": [page.bare] for page in pages}
        seconds = in_turns(works, ROUNDS)
    for name in ("wizard", "bare"):
        seconds[name] = [
            sum(round_) / len(pages)
            for round_ in zip(*(seconds[f"{page.question} {name}"] for page in pages), strict=True)
        ]
    worst = max(
        pages, key=lambda each: ratio(seconds, f"{each.question} wizard", f"{each.question} bare")
    )
    return [
        Figure(
            "wizard_page",
            "A page of the wizard",
            1e3 * median(seconds["wizard"]),
            "ms",
            note=f"server time of a question's page; the {len(pages)} questions of one case",
        ),
        Figure(
            "bare_page",
            "A bare Flask page, same template and context",
            1e3 * median(seconds["bare"]),
            "ms",
        ),
        Figure(
            "wizard_over_bare",
            "The wizard's page takes",
            ratio(seconds, "wizard", "bare"),
            "times",
            at_most=MOST_TIMES,
        ),
        Figure(
            "wizard_over_bare_worst",
            "The worst of them takes",
            ratio(seconds, f"{worst.question} wizard", f"{worst.question} bare"),
            "times",
            note=worst.question,
        ),
    ]


def _pages(app: Flask) -> list[Page]:
    """The pages of one case, each as it is when its question is asked."""
    case = next(each for each in training("refer") if "authority_of_the_incident" in each.answers)
    program = program_for(rulebook(), case)
    pages: list[Page] = []
    answers: dict[str, Answer] = {}
    while (question := journey(program, answers).next) is not None:
        pages.append(_page(app, case, dict(answers), question))
        answers[question] = case.answers[question]
    return pages


def _page(app: Flask, case: Case, answers: dict[str, Answer], question: str) -> Page:
    client = app.test_client()
    _begin_visit(app, client, case, answers, f"visit at {question}")
    address = f"/check/question/{question}"
    contexts: list[dict[str, Any]] = []

    def note(_sender: Flask, context: dict[str, Any], **_: object) -> None:
        contexts.append(context)

    with template_rendered.connected_to(note, app):
        shown = client.get(address)
    if shown.status_code != 200:
        raise AssertionError(f"{address} answers {shown.status}")
    bare = _bare(app, contexts[0]).test_client()
    if len(bare.get(BARE).text) != len(shown.text):
        raise AssertionError(f"the bare page of {question} is not the same page")
    return Page(question, partial(_get, client, address), partial(_get, bare, BARE))


def _begin_visit(
    app: Flask, client: FlaskClient, case: Case, answers: dict[str, Answer], name: str
) -> None:
    with client.session_transaction() as session:
        session[visits.COOKIE_KEY] = name
    store = Store(app.config["DATABASE"])
    try:
        with store.changing_visit(sha256(name)) as data:
            dates = dict.fromkeys(rulebook().stages[case.stage].dates, "not known")
            dates |= {event: day.isoformat() for event, day in case.dates.items()}
            data.update(stage=case.stage, area=case.area, dates=dates, answers=answers)
    finally:
        store.close()


def _bare(app: Flask, context: dict[str, Any]) -> Flask:
    """A Flask application with one page: the template, given the context ready made."""
    bare = Flask("bare")
    bare.secret_key = "only for this measurement"
    # The very same environment, with the same compiled templates.
    bare.__dict__["jinja_env"] = app.jinja_env
    given = {name: value for name, value in context.items() if name not in FLASKS_OWN}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            # The same function each time: a page may have several addresses.
            bare.add_url_rule(rule.rule, rule.endpoint, _nothing)
    bare.add_url_rule(BARE, "bare", lambda: render_template(TEMPLATE, **given))
    return bare


def _nothing(**_: object) -> str:
    return ""


def _get(client: FlaskClient, address: str) -> object:
    return client.get(address)
