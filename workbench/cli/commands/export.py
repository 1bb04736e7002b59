"""`workbench export`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import messages, output
from workbench.cli.options import Words, claim_filters, examples
from workbench.cli.settings import General, pass_general
from workbench.records import ClaimFilter

if TYPE_CHECKING:
    from workbench.services.store import Store

FORMATS = ("md", "html", "json", "csv")


@click.command(
    epilog=examples(
        "workbench export --format html -o report.html",
        "workbench export --format md --public --verdict false",
        "workbench export --format csv --outlet MENAFN > menafn.csv",
    )
)
@click.option("--format", "shape", type=Words(FORMATS, "|".join(FORMATS)), required=True, help="What to write.")
@click.option(
    "--public/--internal",
    "public",
    default=False,
    help="What may be published: approved claims, no notes, names or history; or everything. [internal]",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Where to write it. [standard output]")
@claim_filters
@pass_general
def command(
    general: General, shape: str, public: bool, path: str | None, filters: Callable[[Store], ClaimFilter]
) -> None:
    """Write a report of verdicts.

    Every claim of the filter is in it, open ones shown as open. An existing FILE is replaced in one step.
    """
    from workbench.services import report

    store = general.open()
    place = Path(path) if path is not None else None
    progress = messages.ProgressLine()
    written = report.export(store, filters(store), shape, public=public, output=place, progress=progress)
    messages.clear_progress()
    if written.path is None:
        output.raw(written.data)
    kind = "public" if public else "internal"
    count = "1 claim" if written.claims == 1 else f"{written.claims} claims"
    target = written.path if written.path is not None else "standard output"
    output.finish()
    messages.remark(f"wrote {count} to {target}: {shape}, {kind}")
