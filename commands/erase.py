"""`waymark erase`: a case that is not to be kept any longer."""

from __future__ import annotations

import click


@click.command("erase")
@click.argument("reference")
@click.option("--yes", is_flag=True, help="Do not ask whether to erase it.")
def erase_command(reference: str, yes: bool) -> None:
    """Erases everything written in a case, and the records signed of it, for good.

    The log still verifies, and says that the case was erased. Copies are not reached: backups,
    documents that were taken away, a calendar.
    """
    from webforms import config, store

    path = config.data_folder() / config.DATABASE_FILE
    wanted = reference.strip().upper()
    opened = None
    if path.exists():
        store.migrate(path)
        opened = store.Store(path)
    try:
        if opened is None or opened.case(wanted) is None:
            raise click.ClickException(f"there is no case {wanted}")
        if not yes:
            click.confirm(f"Erase case {wanted} for good? Nobody can bring it back", abort=True)
        done = opened.erase_case(wanted)
        if done is None:
            raise click.ClickException(f"there is no case {wanted} any more")
        faults = opened.verify().faults
    finally:
        if opened is not None:
            opened.close()
    entries = "1 entry" if done.entries == 1 else f"{done.entries:,} entries"
    records = "1 signed record" if done.signed == 1 else f"{done.signed:,} signed records"
    click.echo(f"Case {wanted} is erased: {entries}, {records}.")
    click.echo(f"The log {'is sound' if not faults else 'is NOT sound: run waymark replay'}.")
