"""`workbench transcripts`."""

from __future__ import annotations

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import Transcript

LISTING = Listing(
    columns=(
        Column("id"),
        Column("held", least=10),
        Column("words", right=True),
        Column("title", least=20),
        Column("speakers", least=10, optional=True),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "t"},
    csv_columns=("id", "title", "name", "held_at", "url", "words", "speakers", "digest", "added_by", "added_at"),
)


@click.command(epilog=examples("workbench transcripts", "workbench transcripts --search Hartnoll", "workbench show t2"))
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only with this in title, name or speakers.")
@list_form
@pass_general
def command(general: General, search: str, form: Form) -> None:
    """List the transcripts.

    The newest event comes first.
    """
    store = general.open_for_list()
    rows: list[Transcript] = []
    if store is not None:
        from workbench.services import transcripts

        rows = transcripts.rows(store, search)
    write(LISTING, rows, form, len(rows))


def _cells(row: Transcript) -> tuple[str, ...]:
    return (f"t{row.id}", (row.held_at or "–")[:10], f"{row.words:,}", row.title, ", ".join(row.speakers))
