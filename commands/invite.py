"""`waymark invite`: a one-time link with which somebody makes an account, or a new password.

Imports are late and few: this runs at every start of the server.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from webforms.store import Store

PANEL_MEMBER = "panel member"
ROLES = ("referrer", PANEL_MEMBER, "chair", "partnership administrator", "auditor")


def _address(given: str | None) -> str:
    return (given or f"http://127.0.0.1:{os.environ.get('PORT') or 5000}").rstrip("/")


@click.command("invite")
@click.option("--role", type=click.Choice(ROLES), help="What the person will be.")
@click.option("--area", help="The area whose cases they will see, such as darlington.")
@click.option(
    "--agency", default="", help="Their agency. A panel member needs one, and writes for it only."
)
@click.option("--first", is_flag=True, help="For the first chair: prints nothing once one exists.")
@click.option("--reset", metavar="NAME", help="For a new password of the account of this name.")
@click.option("--address", help="Where the server is reached; this machine, if not given.")
def invite_command(
    role: str | None,
    area: str | None,
    agency: str,
    first: bool,
    reset: str | None,
    address: str | None,
) -> None:
    """Prints a link with which one person makes an account. It lasts seven days.

    With --reset, a link with which somebody who has an account sets a new password. It lasts a day.
    """
    from webforms import config, store

    if first and (role or area or agency):
        raise click.UsageError("--first takes no role, area or agency: it is for the first chair.")
    if reset is not None and (first or role or area or agency):
        raise click.UsageError("--reset takes a name alone: the account has its role and area.")
    if not first and reset is None and not (role and area):
        raise click.UsageError("Say --role and --area, or --first, or --reset.")
    if role == PANEL_MEMBER and not agency.strip():
        raise click.UsageError("Say --agency: a panel member writes for their agency only.")
    if area:
        _check(area)
    folder = config.data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.migrate(folder / config.DATABASE_FILE)
    opened = store.Store(folder / config.DATABASE_FILE)
    try:
        if reset is not None:
            click.echo(f"{_address(address)}/new-password/{_new_password(opened, reset)}")
            return
        value = (
            opened.first_invitation() if first else opened.invite(role or "", area or "", agency)
        )
    finally:
        opened.close()
    if value is None:
        return
    if first:
        click.echo("Nobody has an account yet. To make the first chair’s, open this once:")
    click.echo(f"{_address(address)}/invitation/{value}")


def _new_password(opened: Store, name: str) -> str:
    account = opened.account_named(name)
    value = account and opened.offer_new_password(account.id)
    if not value:
        raise click.UsageError(f"No open account has the name {name!r}.")
    return value


def _check(area: str) -> None:
    from rules.loader import rulebook

    areas = sorted({overlay.area for overlay in rulebook().overlays})
    if area not in areas:
        raise click.UsageError(f"There is no area {area!r}. There are: {', '.join(areas)}.")
