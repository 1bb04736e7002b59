"""`workbench families`."""

from __future__ import annotations

import click

from workbench.cli.lists import Form, Listing, list_form, write
from workbench.cli.options import TEXT, Whole, examples
from workbench.cli.settings import General, pass_general
from workbench.cli.tables import Column
from workbench.records import Family

LISTING = Listing(
    columns=(
        Column("id"),
        Column("size", right=True),
        Column("origins", right=True),
        Column("earliest", least=10, optional=True),
        Column("alarm"),
        Column("quote", least=20),
    ),
    cells=lambda row: _cells(row),
    ids={"id": "f"},
    csv_columns=("id", "text", "size", "origins", "alarm", "earliest"),
)


@click.command(
    epilog=examples(
        "workbench families",
        "workbench families --search crazy --min-size 3",
        "workbench show f7",
    )
)
@click.option("--search", type=TEXT, metavar="TEXT", default="", help="Only families with these words in a quote.")
@click.option("--min-size", type=Whole(1), default=2, show_default=True, help="Only families this large.")
@list_form
@pass_general
def command(general: General, search: str, min_size: int, form: Form) -> None:
    """List the families: quotes that several articles carry."""
    store = general.open_for_list()
    rows: list[Family] = []
    if store is not None:
        from workbench.services import lists

        rows = lists.family_rows(store, search, min_size)
    write(LISTING, rows, form, len(rows))


def _cells(row: Family) -> tuple[str, ...]:
    alarm = f"⚠ {row.alarm}" if row.alarm else ""
    return (f"f{row.id}", str(row.size), str(row.origins), row.earliest or "–", alarm, row.text)
