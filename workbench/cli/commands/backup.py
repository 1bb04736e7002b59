"""`workbench backup`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general


@click.command(epilog=examples("workbench backup store-2026-03-12.db", "workbench --db other.db backup copy.db"))
@click.argument("file", metavar="FILE")
@pass_general
def command(general: General, file: str) -> None:
    """Copy the store, also while others work on it.

    The copy is checked before it gets its name, and FILE must not be there yet. Keep the head: with it
    workbench log --verify --head shows later that nothing was cut off or rewritten.
    """
    from workbench.services import upkeep

    copied = upkeep.backup(general.open(), Path(file))
    output.fields(
        [("copied to", str(copied.path)), ("bytes", f"{copied.size:,}"), ("entries", str(copied.length)),
         ("head", copied.head)]
    )  # fmt: skip
    output.line(f"to restore it, use it in the store's place or as workbench --db {copied.path}")
