"""`workbench migrate`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench migrate", "workbench --db other.db migrate"))
@pass_general
def command(general: General) -> None:
    """Bring an older store to today's schema.

    A backup is put beside it first. Every command does the same when it opens an older store; this one says so. It
    cannot be undone other than by going back to the backup.
    """
    from workbench.services import upkeep

    done = upkeep.migrate(general.location)
    if done.before == done.after:
        output.line(f"{done.path} has schema {done.after}, which is current: nothing to do")
        return
    output.line(f"{done.path} was upgraded from schema {done.before} to {done.after}")
    if done.backup:
        output.line(f"the store of before is kept as {done.backup}")
