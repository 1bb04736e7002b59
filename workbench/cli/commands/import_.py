"""`workbench import`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import messages, output
from workbench.cli.options import examples
from workbench.cli.settings import General, pass_general
from workbench.errors import ConflictError, InputError


@click.command(epilog=examples("workbench --db restored.db import desk.zip", "workbench import report.jsonl"))
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@pass_general
def command(general: General, files: tuple[str, ...]) -> None:
    """Take in an archive of a store, or a report as data.

    The kind of each FILE is found by its content. An archive restores a whole store exactly, into an empty store
    only. A report in JSON or JSON Lines comes in as data, in one action that undo takes back. The same file again
    changes nothing; a file that cannot be taken changes nothing either, and the others are taken.
    """
    from workbench.services import imports

    store, failed = general.open(), False
    for name in files:
        try:
            done = imports.import_file(store, Path(name), progress=messages.ProgressLine())
        except (InputError, ConflictError) as error:
            messages.clear_progress()
            messages.error(error.what, error.todo)
            failed = True
            continue
        messages.clear_progress()
        output.line(f"{name}: {done.said}")
        for line in done.failed:
            messages.error(f"{name}: {line}")
        failed = failed or bool(done.failed)
    output.finish()
    if failed:
        raise messages.Failed
