"""`workbench redo`."""

from __future__ import annotations

import click

from workbench.cli import output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench redo", "workbench --as ana redo"))
@pass_general
def command(general: General) -> None:
    """Do again what you took back."""
    from workbench.services import history

    action = history.redo(general.open())
    output.line(f"{action.label} · workbench undo takes it back")
