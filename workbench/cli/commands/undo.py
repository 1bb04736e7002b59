"""`workbench undo`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench undo", "workbench --as ana undo"))
@pass_general
def command(general: General) -> None:
    """Take back your last action.

    Refused where somebody built on it since; the line says what.
    """
    from workbench.services import history

    action = history.undo(general.open())
    output.line(f"{action.label} · workbench redo does it again")
