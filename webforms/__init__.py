"""The pages: forms for the people who decide. What the rules say is the engine's affair."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from webforms import (
    access,
    accounts,
    chair,
    components,
    config,
    errors,
    home,
    referrer,
    rulebook,
    security,
    store,
    trainer,
    visits,
    wording,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, ready to serve. It needs no configuration; `overrides` replaces settings."""
    overrides = overrides or {}
    folder = Path(overrides.get("DATA_FOLDER") or config.data_folder())
    os.makedirs(folder, mode=0o700, exist_ok=True)

    app = Flask(__name__)
    app.config.from_mapping(config.settings(folder))
    app.config["CLOCK"] = lambda: datetime.now(UTC)
    app.config.from_mapping(overrides)
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = config.secret_key(folder)

    store.migrate(app.config["DATABASE"])
    use_design_system(app)
    show_on_every_page(app)
    CSRFProtect(app)
    for part in (
        security,
        visits,
        errors,
        wording,
        home,
        referrer,
        accounts,
        chair,
        trainer,
        rulebook,
    ):
        part.init_app(app)
    access.init_app(app)
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    return app


def use_design_system(app: Flask) -> None:
    """Lets every template use the design system's macros."""
    package = "govuk_frontend_jinja"
    jinja = app.jinja_env
    assert jinja.loader is not None
    jinja.loader = ChoiceLoader([jinja.loader, PrefixLoader({package: PackageLoader(package)})])
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.globals.update(components.GLOBALS)


def show_on_every_page(app: Flask) -> None:
    """What the layout needs, whichever page is shown."""
    version = metadata.version("waymark")
    static = Path(app.static_folder or "")

    @cache
    def asset(name: str) -> str:
        """The address of a static file, which changes with its content: it may be cached long."""
        digest = hashlib.sha256((static / name).read_bytes()).hexdigest()
        return f"{app.static_url_path}/{name}?v={digest[:12]}"

    @app.context_processor
    def layout() -> dict[str, Any]:
        return {"asset": asset, "waymark_version": version, "urgent": g.get("urgent")}
