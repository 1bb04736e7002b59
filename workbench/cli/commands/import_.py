"""`workbench import`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import messages, output
from workbench.cli.options import TEXT, examples
from workbench.cli.settings import General, pass_general
from workbench.errors import ConflictError, InputError


@click.command(
    epilog=examples(
        "workbench --db restored.db import desk.zip",
        "workbench import report.jsonl",
        "workbench import page.html",
        "workbench import data-commons.json --publisher snopes.com",
    )
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--publisher",
    "publishers",
    type=TEXT,
    metavar="SITE",
    multiple=True,
    help="Only fact-checks of this site; repeat it for more. [the setting publishers, else all]",
)
@pass_general
def command(general: General, files: tuple[str, ...], publishers: tuple[str, ...]) -> None:
    """Take in published fact-checks, an archive or a report.

    The kind of each FILE is found by its content. Fact-checks are ClaimReview in a web page, in JSON-LD or in a Data
    Commons feed. An archive restores a whole store exactly, into an empty store only. A report in JSON or JSON Lines
    comes in as data. Each comes in in one action that undo takes back. The same file again changes nothing; a file
    that cannot be taken changes nothing either, and the others are taken.
    """
    from workbench.services import imports

    hosts = tuple(one.strip().lower().removeprefix("www.") for one in publishers)
    options = imports.ImportOptions(publishers=hosts)
    store, failed = general.open(create=True), False
    for name in files:
        try:
            done = imports.import_file(store, Path(name), options=options, progress=messages.ProgressLine())
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
